"""The helpers do what they say, and a bad call gets a clear error."""

import matplotlib

matplotlib.use("svg")

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import pytest  # noqa: E402
from bs4 import BeautifulSoup  # noqa: E402
from casebook import browse, draw_map, explore, quiz, range_plot, show_table, timeline  # noqa: E402
from casebook.aid import PROMISES, RULES, audit  # noqa: E402
from casebook.codebook import describe_table  # noqa: E402
from casebook.maps import add_places  # noqa: E402
from casebook.paths import DATA, chapters  # noqa: E402
from casebook.plots import lanes  # noqa: E402
from casebook.readings import excerpts, quoted, verdict_plot  # noqa: E402
from casebook.references import cite_html, short_citation  # noqa: E402
from casebook.tables import date_text, events_table, period_text, requests_table, table_html  # noqa: E402


def picture(year):
    figure = matplotlib.figure.Figure(figsize=(2, 2))
    figure.subplots().plot([0, year])
    return figure


def sentence(year):
    return f"In {year}."


@pytest.fixture
def on_page(monkeypatch):
    monkeypatch.setenv("CASEBOOK_OUTPUT", "page")


def form(**arguments):
    return BeautifulSoup(explore(**arguments).data, "html.parser").form


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"draw": picture, "describe": sentence}, "give at least one control"),
        ({"draw": picture, "describe": sentence, "year": []}, "control 'year' has no values"),
        ({"draw": picture, "describe": sentence, "year": [1, 1]}, "has a value twice"),
        ({"draw": picture, "describe": sentence, "year": range(41)}, "41 combinations; at most 40"),
        ({"draw": lambda year: None, "describe": sentence, "year": [1, 2]}, "at year=1: draw returned nothing"),
        ({"draw": lambda year: 3, "describe": sentence, "year": [1, 2]}, "draw returned int"),
        ({"draw": picture, "year": [1, 2]}, "needs a text alternative"),
        ({"draw": picture, "describe": lambda year: " ", "year": [1, 2]}, "needs a text alternative"),
        ({"draw": picture, "describe": lambda year: None, "year": [1, 2]}, "needs a text alternative"),
        ({"draw": lambda: None, "describe": sentence, "year": [1, 2]}, "draw must take year"),
        ({"draw": picture, "describe": sentence, "year": [1, 2], "start": {"year": 3}}, "start has no state year=3; accepted: year: 1, 2"),
        ({"draw": picture, "describe": sentence, "year": [1, 2], "name": "Not a slug"}, "use lower-case letters"),
    ],
)
def test_a_bad_explorer_is_refused_with_a_reason(on_page, arguments, message):
    with pytest.raises((TypeError, ValueError), match=message):
        explore(**({"name": "test", "title": "Test"} | arguments))


def test_an_explorer_on_a_page_is_plain_html_with_one_visible_frame(on_page):
    root = form(draw=picture, describe=sentence, name="test", title="Test", year=range(2000, 2008), start={"year": 2003})
    frames = root.select(".explorer-frame")
    assert root["data-explorer"] == "test"
    assert [frame["data-key"] for frame in frames] == [f"year={year}" for year in range(2000, 2008)]
    assert [frame["data-key"] for frame in frames if not frame.has_attr("hidden")] == ["year=2003"]
    assert root.select_one('input[type="range"]')["value"] == "2003"
    for control in root.select("input, select"):
        assert root.select(f'label[for="{control["id"]}"]'), "a control without a label"


def test_every_frame_with_a_figure_is_named_by_its_text(on_page):
    root = form(draw=picture, describe=sentence, name="test", title="Test", year=[1, 2])
    for svg in root.select("svg"):
        assert root.find(id=svg["aria-labelledby"]).text.startswith("In ")
    assert "<style" not in str(root) and "<script" not in str(root)


def test_the_table_of_an_explorer_is_folded_under_its_title(on_page):
    root = form(draw=picture, describe=sentence, name="test", title="Test", table=lambda year: pd.DataFrame({"year": [year]}), table_title="Rows", year=[1, 2])
    assert [each.text for each in root.select("details:has(table) > summary")] == ["Rows: Year 1", "Rows: Year 2"]


def test_ids_in_frames_do_not_clash(on_page):
    root = form(draw=picture, describe=sentence, name="test", title="Test", year=["Россия", "Türkiye", "-1", "1"])
    ids = [element["id"] for element in root.select("[id]")]
    assert len(ids) == len(set(ids))


def test_few_values_become_radio_buttons_and_words_a_select(on_page):
    def words(kind):
        return f"**{kind}**"

    assert len(form(draw=words, name="test", title="Test", kind=["a", "b"]).select('input[type="radio"]')) == 2
    assert len(form(draw=words, name="test", title="Test", kind=list("abcdef")).select("option")) == 6


def test_only_rising_whole_numbers_become_a_slider(on_page):
    def words(year):
        return str(year)

    assert form(draw=words, name="test", title="Test", year=np.arange(2000, 2008)).select('input[type="range"]')
    assert form(draw=words, name="test", title="Test", year=range(2008, 2000, -1)).select("select")


def test_two_controls_give_every_combination(on_page):
    def table(year, kind):
        return pd.DataFrame({"year": [year], "kind": [kind]})

    root = form(draw=table, name="test", title="Test", year=[1, 2], kind=["a", "b"])
    keys = [frame["data-key"] for frame in root.select(".explorer-frame")]
    assert keys == ["year=1&kind=a", "year=1&kind=b", "year=2&kind=a", "year=2&kind=b"]


def test_markup_in_data_is_shown_as_text(on_page):
    attack = "<script>alert(1)</script>"
    assert "<script" not in table_html(pd.DataFrame({"a": ["x"], attack: [attack]}), caption=attack)
    assert "<script" not in str(form(draw=lambda kind: attack, name="test", title=attack, kind=[attack, "b"]))


def test_in_a_live_kernel_an_explorer_is_widgets(monkeypatch):
    monkeypatch.delenv("CASEBOOK_OUTPUT", raising=False)
    drawn = []

    def draw(year):
        drawn.append(year)
        return picture(year)

    live = explore(draw, describe=sentence, name="test", title="Test", year=range(2000, 2008), start={"year": 2003})
    assert live.children[0].value == 2003
    live.children[0].value = 2004
    assert drawn == [2003, 2004]


def test_tables_have_caption_scope_and_linked_sources(on_page):
    soup = BeautifulSoup(show_table(pd.DataFrame({"date": ["2007-10-06"], "source": ["ria-2007-10-06"]}), "Test").data, "html.parser")
    assert soup.caption.text == "Test"
    assert [header["scope"] for header in soup.select("th")] == ["col", "col", "row"]
    assert soup.tbody.th.text == "6 October 2007"
    assert soup.a["href"] == "bibliography.html#source-ria-2007-10-06"


@pytest.mark.parametrize("frame, caption", [(pd.DataFrame({"a": [1]}), " "), (pd.DataFrame({"a": []}), "Empty")])
def test_a_table_without_caption_or_rows_is_refused(frame, caption):
    with pytest.raises(ValueError):
        table_html(frame, caption)


def test_dates_are_written_as_prose():
    assert [date_text(text) for text in ("2007-10-06", "2007-10", "2007", "after 2007", "2007-13", "2007-02-30")] == [
        "6 October 2007", "October 2007", "2007", "after 2007", "2007-13", "2007-02-30",
    ]


def test_years_and_numbers_are_written_as_such():
    soup = BeautifulSoup(table_html(pd.DataFrame({"what": ["x"], "year": [1992], "soldiers": [5500.0], "share": [0.1 + 0.2]}), "Test"), "html.parser")
    assert [cell.text for cell in soup.select("td")] == ["1992", "5,500", "0.3"]


def test_citations_name_author_and_day(monkeypatch):
    monkeypatch.delenv("CASEBOOK_OUTPUT", raising=False)
    assert short_citation("ria-2007-10-06") == "RIA Novosti, 6 October 2007"
    assert 'href="https://www.armeniandiaspora.com' in cite_html("ria-2007-10-06")
    with pytest.raises(KeyError, match="no source 'nobody-1999'"):
        short_citation("nobody-1999")


def test_a_range_plot_refuses_a_report_without_a_number():
    report = {"reporter": ["Nobody"], "date_reported": ["2007"], "low": [None], "value": [None], "high": [None]}
    with pytest.raises(ValueError, match="row 0 .Nobody. has neither low, value nor high"):
        range_plot(pd.DataFrame(report), unit="persons", source="test")
    with pytest.raises(ValueError, match="missing column.s. reporter"):
        range_plot(pd.DataFrame(report).drop(columns="reporter"), unit="persons", source="test")


def test_a_range_plot_writes_bounds_in_words():
    reports = pd.DataFrame(
        {
            "reporter": list("abcde"),
            "date_reported": ["2007"] * 5,
            "low": [None, 5, 5, None, 5],
            "value": [3, None, None, None, 7],
            "high": [None, None, 9, 8, 9],
        }
    )
    texts = [text.get_text().strip() for text in range_plot(reports, unit="persons", source="test").axes[0].texts]
    assert texts == ["3", "a, 2007", "at least 5", "b, 2007", "5 to 9", "c, 2007", "up to 8", "d, 2007", "7 (5 to 9)", "e, 2007"]


def test_a_timeline_refuses_an_unknown_event():
    with pytest.raises(ValueError, match="no event missing-id"):
        timeline(pd.DataFrame({"id": ["a"], "date_start": [pd.Timestamp("2007")]}), {"missing-id": "x"}, source="test")
    with pytest.raises(ValueError, match="at least two events"):
        timeline(pd.DataFrame({"id": ["a"], "date_start": [pd.Timestamp("2007")]}), {"a": "x"}, source="test")


def test_a_timeline_of_one_year_counts_months():
    events = pd.DataFrame({"id": ["a", "b"], "date_start": pd.to_datetime(["2010-04-07", "2010-06-12"])})
    axes = timeline(events, {"a": "first", "b": "second"}, source="test").axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["May 2010", "Jun 2010"]


def test_a_longer_timeline_labels_fewer_months():
    events = pd.DataFrame({"id": ["a", "b"], "date_start": pd.to_datetime(["2009-07-11", "2011-11-11"])})
    labels = [label.get_text() for label in timeline(events, {"a": "first", "b": "second"}, source="test").axes[0].get_yticklabels()]
    assert labels[:2] == ["Aug 2009", "Nov 2009"] and len(labels) <= 12


def test_a_timeline_leaves_out_a_day_that_is_not_known():
    events = pd.DataFrame({"id": ["a", "b"], "date_start": pd.to_datetime(["2020-11-01", "2021-06-22"]), "date_precision": ["month", "day"]})
    words = {text.get_text() for text in timeline(events, {"a": "first", "b": "second"}, source="test").axes[0].texts}
    assert {"Nov 2020", "22 Jun 2021"} <= words


def test_events_read_with_the_date_that_is_known():
    row = {"place": "Dushanbe", "summary": "something", "sources": "a;b"}
    events = pd.DataFrame([row | {"date_start": pd.Timestamp("2004-11-01"), "date_precision": precision} for precision in ("day", "month", "year")])
    table = events_table(events)
    assert list(table["date"]) == ["2004-11-01", "2004-11", "2004"] and list(table.columns) == ["date", "place", "what happened", "sources"]


@pytest.mark.parametrize("promise, sums", [("Russia, 200 million (2012)", [258, 136, 127, 122, 0]), ("Russia, 1,230 million (2014)", [258, 136, 127, 0, 0]),
                                           ("United States, 60 million (2021)", [6.55, 6.55, 6.55, 0, 4.25])])
def test_the_rules_of_the_audit_give_the_sums_reckoned_by_hand(promise, sums):
    aid = pd.read_csv(DATA / "aid.csv")
    assert [round(audit(aid, promise, rule)[1]["usd_million"].sum(), 2) for rule in RULES] == sums


def test_an_unknown_promise_or_rule_is_refused():
    with pytest.raises(ValueError, match="no audit of 'a yacht'"):
        audit(pd.DataFrame(), "a yacht", RULES[0])
    with pytest.raises(ValueError, match="rules: all that the giver says"):
        audit(pd.DataFrame(), next(iter(PROMISES)), "half of it")


def test_requests_read_as_who_asked_whom_for_what():
    request = {"date_requested": "2010-06-12", "requester": "A", "addressee": "B", "asked_for": "help", "sources": "xinhua-2010-06-26",
               "arrived": "no", "response": "none", "note": ""}
    row = requests_table(pd.DataFrame([request])).iloc[0]
    assert row["who asked whom"] == "12 June 2010: A, to: B"
    assert row["for what"] == "help (xinhua-2010-06-26)" and row["arrived"] == "no"


def test_a_map_names_the_states_it_knows():
    with pytest.raises(ValueError, match="unknown states on the map .*Atlantis; accepted: .*Kazakhstan"):
        draw_map({"Atlantis": {"color": "white"}})
    with pytest.raises(ValueError, match="the style of Kazakhstan needs a color"):
        draw_map({"Kazakhstan": {}})
    with pytest.raises(ValueError, match="unknown map views: moon; accepted: csto-area"):
        draw_map({}, view="moon")


def test_places_on_a_map_must_exist():
    places = pd.DataFrame({"id": ["kant"], "lat": [42.9], "lon": [74.8], "kind": ["base"], "location": ["exact"]})
    figure, axes = draw_map({}, view="eastern-central-asia")
    with pytest.raises(ValueError, match="unknown places: cant; accepted: kant"):
        add_places(axes, places, {"cant": ("Kant", "left")}, "eastern-central-asia")
    with pytest.raises(ValueError, match="unknown sides: north; accepted: above"):
        add_places(axes, places, {"kant": ("Kant", "north")}, "eastern-central-asia")


def test_a_place_outside_the_picture_becomes_an_arrowhead_at_its_edge():
    places = pd.DataFrame({"id": ["osh", "moscow"], "lat": [40.5, 55.8], "lon": [72.8, 37.6], "kind": "town", "location": "exact"})
    figure, axes = draw_map({}, view="kyrgyzstan")
    add_places(axes, places, {"osh": ("Osh", "below"), "moscow": ("Moscow", "right")}, "kyrgyzstan")
    osh, moscow = axes.lines
    assert osh.get_marker() == "o"
    sides, _, heading = moscow.get_marker()
    assert sides == 3 and 0 < heading < 90, "Moscow lies to the northwest: left of north"
    assert axes.viewLim.contains(moscow.get_xdata()[0], moscow.get_ydata()[0])


def test_approximate_places_are_hollow_and_earlier_ones_small():
    places = pd.DataFrame({"id": ["gharm", "kamarob"], "lat": [39.0, 39.1], "lon": [70.4, 70.3], "kind": ["earlier", "town"], "location": ["exact", "approximate"]})
    figure, axes = draw_map({}, view="tajikistan")
    add_places(axes, places, {"gharm": ("Gharm", "right"), "kamarob": ("Kamarob", "above")}, "tajikistan")
    gharm, kamarob = axes.lines
    assert kamarob.get_markerfacecolor() == "white" != gharm.get_markerfacecolor()
    assert gharm.get_markersize() < kamarob.get_markersize()


def test_a_missing_quiz_or_table_lists_those_there_are():
    with pytest.raises(FileNotFoundError, match="no quiz nothing.yml; there is: .*origins.yml"):
        quiz("nothing")
    with pytest.raises(ValueError, match="no table 'nothing'.*events"):
        describe_table("nothing")


ONE_RIGHT = "- question: Q\n  options:\n  - {text: a, feedback: f, correct: true}\n"


@pytest.mark.parametrize(
    "text, message",
    [
        ("- question: Q: R", "mapping values are not allowed here in .* line 1"),
        ("[]", " ?a list of questions is needed"),
        ("- options: []", "question 1: `question` is missing"),
        ("- Q", "question 1: needs the fields question, options, has 'Q'"),
        ("- question: Q\n  options: both", "question 1: needs two to 8 options, has no list"),
        (ONE_RIGHT, "question 1: needs two to 8 options, has 1"),
        ("- question: Q\n  options:\n  - {text: a, feedback: f}\n  - {text: b, feedback: f}", "question 1: exactly one option"),
        (f"{ONE_RIGHT}  - {{text: b, feedback: f, correct: true}}", "question 1: exactly one option"),
        (f"{ONE_RIGHT}  - b", "question 1, option B: needs the fields text, feedback, correct, has 'b'"),
        (f"{ONE_RIGHT}  - {{text: b}}", "question 1, option B: `feedback` is missing"),
        (f"{ONE_RIGHT}  - {{text: b, feedback: ' '}}", "question 1, option B: `feedback` is missing"),
        (f"{ONE_RIGHT}  - {{text: '', feedback: f}}", "question 1, option B: `text` is missing"),
        (f"{ONE_RIGHT}  - {{text: No, feedback: f}}", "question 1, option B: `text` is read as False, which is no text"),
        (f"{ONE_RIGHT}  - {{text: b, feedback: f, correct: 'no'}}", "question 1, option B: `correct` must be true or left out, not 'no'"),
        (f"{ONE_RIGHT}  - {{text: b, feedback: f, wrong: true}}", "question 1, option B: unknown field `wrong`; there is: text, feedback, correct"),
        (f"{ONE_RIGHT}  - {{text: b c, feedback: f}}\n  - {{text: B  c, feedback: f}}", "question 1, option C: `text` repeats option B"),
        (f"{ONE_RIGHT}  - {{text: b, feedback: f}}\n" * 2, "question 2: `question` repeats question 1"),
    ],
)
def test_a_bad_quiz_names_file_question_and_field(tmp_path, monkeypatch, text, message):
    monkeypatch.setattr("casebook.quizzes.QUIZZES", tmp_path)
    (tmp_path / "bad.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"bad.yml[,:] ?{message}"):
        quiz("bad")


def records(**columns):
    return pd.DataFrame({"id": ["a-1", "b-2", "c-3"], "kind": ["aid", "aid", "request"], "party": ["UN;CSTO", "CSTO", "R&D"]} | columns)


def show_record(record):
    return f"<p>{record.id}</p>"


def filtered(**arguments):
    standard = {"records": records(), "write": show_record, "name": "list", "title": "Choose", "noun": "things", "by": ["kind", "party"]}
    return browse(**(standard | arguments))


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"name": "Not a slug"}, "use lower-case letters"),
        ({"by": []}, "no column to filter by"),
        ({"by": ["place"]}, "no column place"),
        ({"records": records().head(0)}, "no record"),
        ({"records": records(party=["UN", None, "UN"])}, "record 1 has party nan; accepted: text"),
        ({"records": records(id=["a", "a", "b"])}, "id 'a' is no lower-case slug, stands twice or is the name"),
        ({"records": records(id=["a", "B", "c"])}, "id 'B' is no lower-case slug"),
        ({"labels": {"kind": {"aid": "Aid"}}}, "'request', for which labels give no words; they know aid"),
    ],
)
def test_a_bad_list_is_refused_with_a_reason(on_page, arguments, message):
    with pytest.raises(ValueError, match=message):
        filtered(**arguments)


def test_a_list_on_a_page_is_a_form_with_labels_and_one_entry_a_record(on_page):
    soup = BeautifulSoup(filtered(labels={"kind": {"request": "Asked", "aid": "Given"}}).data, "html.parser")
    for control in soup.select("select"):
        assert soup.select(f'label[for="{control["id"]}"]'), "a control without a label"
    assert [option.text for option in soup.select("#list-kind option")] == ["all", "Asked (1)", "Given (2)"]
    assert [option["value"] for option in soup.select("#list-party option")] == ["", "CSTO", "R&D", "UN"]
    assert soup.select_one("[role=status]").text == "3 of 3 things shown"
    entries = [(entry["id"], entry["data-party"]) for entry in soup.select(soup.form["data-of"])]
    assert entries == [("a-1", "UN;CSTO"), ("b-2", "CSTO"), ("c-3", "R&D")]


def test_in_a_live_kernel_a_list_is_widgets_that_filter_it(monkeypatch):
    monkeypatch.delenv("CASEBOOK_OUTPUT", raising=False)
    shown = []
    monkeypatch.setattr("casebook.records.display", lambda output: shown.append(output.data))
    widget = filtered()
    assert [child.description for child in widget.children[:2]] == ["Kind", "Party"]
    widget.f(kind="aid", party="UN")
    assert "1 of 3 things shown" in shown[-2] and 'id="a-1"' in shown[-1] and 'id="b-2"' not in shown[-1]


def test_chapters_are_named_by_their_pages():
    assert list(chapters().items())[:2] == [("origins", "Origins"), ("crisis-2010", "The 2010 crisis")]


@pytest.mark.parametrize(
    "start, end, precision, words",
    [
        ("2004-08-02", None, "day", "2 August 2004"),
        ("2004-08-02", "2004-08-06", "day", "2 to 6 August 2004"),
        ("2011-08-30", "2011-09-07", "day", "30 August to 7 September 2011"),
        ("1992-05-05", "1997-06-27", "day", "5 May 1992 to 27 June 1997"),
        ("2010-04-07", "2010-05-20", "month", "April to May 2010"),
        ("2009-11-01", "2009-11-30", "month", "November 2009"),
        ("1993-01-01", None, "year", "1993"),
    ],
)
def test_a_span_of_days_is_written_to_the_precision_that_is_known(start, end, precision, words):
    assert period_text(pd.Timestamp(start), pd.NaT if end is None else pd.Timestamp(end), precision) == words


def test_an_unknown_precision_is_refused():
    with pytest.raises(ValueError, match="accepted: day, month, year"):
        period_text(pd.Timestamp("1993-01-01"), pd.NaT, "decade")


def test_lanes_have_one_dot_per_event_and_refuse_a_chapter_without_a_name():
    events = pd.DataFrame({"chapter": ["a", "a", "b"], "date_start": pd.to_datetime(["2001-01-01", "2001-05-01", "2003-01-01"])})
    figure = lanes(events, {"b": "Second", "a": "First", "c": "Empty"}, source="test")
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Second: 1 event", "First: 2 events"]
    assert [len(axes.lines[0].get_xdata()) for axes in figure.axes] == [1, 2]
    with pytest.raises(ValueError, match="no name for chapter 'b'; there is: a"):
        lanes(events, {"a": "First"}, source="test")


def test_excerpts_are_found_in_the_documents_of_the_chapters(on_page):
    found = excerpts("mcdermott2007")
    assert list(found["place"]) == ["paragraph 2", "paragraph 8", "paragraph 9", "paragraph 1"] and set(found["document"]) == {"A"}
    assert 'href="origins.html#document-a"' in quoted("mcdermott2007").data
    with pytest.raises(ValueError, match="no source 'nobody-1999'"):
        excerpts("nobody-1999")


def test_verdicts_are_counted_and_unknown_ones_refused():
    checks = pd.DataFrame({"reading": ["a", "a", "b"], "verdict": ["wrong", "wrong", "confirmed"]})
    words = [text.get_text() for text in verdict_plot(checks, {"a": "First", "b": "Second"}, source="test").axes[0].texts]
    assert "First: 2 checked" in words and words[:6] == ["First: 2 checked", "0", "0", "0", "0", "2"]
    with pytest.raises(ValueError, match="verdict 'true'; accepted: confirmed"):
        verdict_plot(checks.assign(verdict="true"), {"a": "First", "b": "Second"}, source="test")
