"""The pages for teachers: plans that add up, no outcome before the decision, one source for rubrics and objectives."""

import csv
import io
import json
import re
from urllib.parse import unquote

import pytest
import rubrics
import teaching_pages
import yaml
from bs4 import BeautifulSoup
from casebook.quizzes import load_quiz
from casebook.usage import chapters
from pages import BOOK
from test_build import anchors_of, soup_of

PARTS = ["What students bring", "50 minutes", "75 minutes", "180 minutes", "What you collect and mark",
         "What stands on the board at the end", "The planned disagreement", "When time runs out", "Likely wrong answers",
         "Notes on the questions", "Who has not read, and who knows the region"]
LENGTHS = (50, 75, 180)
#: What a plan may not show before the decision: anchors of the chapter, and states of explorers beyond the day.
LATER_PARTS = {
    "origins": ["what-the-core-reading-got-right-and-wrong"],
    "crisis-2010": ["document-d", "document-e", "document-f", "figure-5", "figure-6", "what-came-of-it", "was-nothing-offered",
                    "which-reasons-were-given", "who-held-out-belarus-or-uzbekistan"],
    "rasht-insurgency": ["documents-e-and-f", "what-came-of-it-2010", "what-the-article-chose", "what-was-it-said-to-be", "rules",
                         "figure-3", "figure-4", "figure-5"],
    "afghan-border-2021": ["documents-e-and-f", "what-came-of-it-2021", "what-the-articles-left-out", "audit",
                           "figure-3", "figure-4", "figure-5"],
    "comparison": ["what-came-of-it-2022", "a-truth-table", "how-many-days", "rule", "conditions", "figure-3", "figure-4"],
}
LATER_STATES = {
    "membership": lambda state: int(state["year"]) > 2007,
    "june": lambda state: int(state["june"]) > 13,
    "toll": lambda state: state["until"] != "the second day",
    "valley": lambda state: state["month"][-4:] == "2011" or state["month"] in ("October 2010", "November 2010", "December 2010"),
    "border": lambda state: not re.fullmatch(r"\d+ June|[1-7] July", state["day"]),
    "program": lambda state: int(state["year"]) > 2020,
    "predict": lambda state: state["case"][-1] not in "ABDG" or state["my_prediction"] != "not yet",
}
each_chapter = pytest.mark.parametrize("slug", chapters())
each_plan = pytest.mark.parametrize("slug, length", [(slug, length) for slug in chapters() for length in LENGTHS])


def source(name):
    return (BOOK / "teaching" / f"{name}.md").read_text(encoding="utf-8")


def plan(slug, length):
    """Rows of the plan of that length, cell by cell, the first column as (start, end)."""
    section = source(slug).split(f"\n## {length} minutes\n")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if re.match(r"\| \d", line)]
    return [(*map(int, row[0].split("–")), *row[1:]) for row in rows]


def ninety_minutes(slug):
    """Rows of the plan that stands in the chapter itself."""
    section = (BOOK / "chapters" / f"{slug}.md").read_text(encoding="utf-8").split("\n### One class of 90 minutes\n")[1].split("\n### ")[0]
    return [tuple(map(int, found)) for found in re.findall(r"^\| (\d+)–(\d+) \|", section, re.M)]


# --- the plans


@each_chapter
def test_every_chapter_has_a_lesson_plan_with_all_its_parts(slug):
    headings = re.findall(r"^## (.+)$", source(slug), re.M)
    assert headings == PARTS, f"teaching/{slug}.md: parts missing or out of order: {headings}"
    assert f"(../chapters/{slug}.md#one-class-of-90-minutes)" in source(slug)


@each_plan
def test_the_minutes_of_a_plan_add_up(slug, length):
    rows = plan(slug, length)
    where = f"teaching/{slug}.md, {length} minutes"
    assert rows[0][0] == 0 and rows[-1][1] == length, f"{where}: it runs from {rows[0][0]} to {rows[-1][1]}"
    for before, after in zip(rows, rows[1:]):
        assert before[1] == after[0], f"{where}: after minute {before[1]} comes minute {after[0]}"
    for start, end, *cells in rows:
        assert start < end, f"{where}: {start}–{end}"
        pieces = [int(number) for number in re.findall(r"(\d+) min\b", " ".join(cells))]
        assert not pieces or sum(pieces) == end - start, f"{where}, {start}–{end}: the pieces make {sum(pieces)} minutes"


@each_chapter
def test_the_minutes_of_the_plan_in_the_chapter_add_up(slug):
    rows = ninety_minutes(slug)
    assert rows[0][0] == 0 and rows[-1][1] == 90
    assert all(before[1] == after[0] for before, after in zip(rows, rows[1:])), rows


@each_plan
def test_a_plan_has_one_decision_a_box_after_it_and_says_who_does_what(slug, length):
    rows = plan(slug, length)
    decided = [number for number, row in enumerate(rows) if row[4].startswith(f"[Decide](../chapters/{slug}.md#decide)")]
    opened = [number for number, row in enumerate(rows) if "open the box" in row[2]]
    assert len(decided) == len(opened) == 1, f"teaching/{slug}.md, {length} minutes: {len(decided)} decisions, {len(opened)} boxes opened"
    assert decided[0] <= opened[0] <= decided[0] + 1
    assert "open the box *What happened next*" in rows[opened[0]][2], "the box is named as the page names it"
    assert all(len(row) == 5 and all(row[2:]) for row in rows), f"teaching/{slug}.md, {length} minutes: an empty cell"
    assert "min alone" in rows[decided[0]][3], "students decide alone first"
    if length == 180:
        assert sum(row[2] == "break" for row in rows) == 1


@each_chapter
def test_one_sentence_is_read_aloud_and_comes_back_at_the_end(slug):
    plans = [plan(slug, length) for length in LENGTHS]
    aloud = {re.match(r"read aloud: \*(.+?)\*", rows[0][2])[1] for rows in plans}
    assert len(aloud) == 1, f"teaching/{slug}.md: {aloud} are read aloud"
    assert all("vote" in " ".join(row[2] + row[3] for row in rows[-3:]) or "first sentence" in rows[-2][3] + rows[-1][3] for rows in plans)


@each_chapter
def test_minutes_that_are_named_under_the_plans_are_rows_of_them(slug):
    text = source(slug)
    named = re.findall(r"(\d+)–(\d+)((?: and \d+–\d+)?) of (50|75|180)\b", text)
    named = [(int(start), int(end), length) for start, end, _, length in named]
    assert named and not [each for each in named if each[:2] not in {row[:2] for row in plan(slug, int(each[2]))}]
    for part in ("What stands on the board at the end", "The planned disagreement"):
        words = text.split(f"\n## {part}\n")[1].split("\n## ")[0]
        assert all(f" of {length}" in words for length in LENGTHS), f"teaching/{slug}.md, {part}: at which minute?"
    for length in LENGTHS:
        decide = next(row for row in plan(slug, length) if row[4].startswith("[Decide]"))
        assert f"{decide[0]}–{decide[1]} of {length}" in text, f"teaching/{slug}.md: what is read or voted in *Decide* of {length}?"


@each_chapter
def test_a_plan_says_what_is_collected_marked_and_set_as_homework(slug):
    part = source(slug).split("\n## What you collect and mark\n")[1].split("\n## ")[0]
    assert re.findall(r"^\* \*\*(.+?)\.\*\*", part, re.M) == ["Collected", "Marked", "Homework after it"]
    for place in ("(rubrics.md)", f"{slug}.md#check-yourself)", f"{slug}.md#assignment)"):
        assert place in part


def states(text):
    """Links into explorers: chapter, name of the explorer, state."""
    for slug, name, state in re.findall(r'href="\.\./chapters/([\w-]+)\.html#(\w+)\?([^"]+)"', text):
        pairs = unquote(state.replace("&amp;", "&"))
        yield slug, name, dict(pair.split("=", 1) for pair in pairs.split("&"))


@each_plan
def test_no_plan_shows_an_outcome_before_the_decision(slug, length):
    rows = plan(slug, length)
    decided = next(number for number, row in enumerate(rows) if "#decide)" in row[4])
    for row in rows[: decided + 1]:
        anchors = re.findall(rf"\.\./chapters/{slug}\.(?:md|html)#([\w-]+)", " ".join(row[2:]))
        later = [anchor for anchor in anchors if anchor in LATER_PARTS[slug]]
        later += [f"{name} {state}" for _, name, state in states(row[4]) if name in LATER_STATES and LATER_STATES[name](state)]
        if slug in ("crisis-2010", "rasht-insurgency", "afghan-border-2021"):
            later += re.findall(r"Documents? (?:D and )?[EF]\b", " ".join(row[2:]))
        assert not later, f"teaching/{slug}.md, {length} minutes, minute {row[0]}: shows {later} before the decision"


@each_chapter
def test_every_link_to_a_state_leads_to_an_explorer_and_a_state_that_exist(book, slug):
    found = list(states(source(slug)))
    assert found, f"teaching/{slug}.md links no state of an explorer"
    for chapter, name, state in found:
        form = soup_of(book, f"chapters/{chapter}.html").select_one(f'form.explorer[data-explorer="{name}"]')
        assert form, f"teaching/{slug}.md: {chapter} has no explorer {name!r}"
        key = "&".join(f"{control}={value}" for control, value in state.items())
        assert form.select(f'.explorer-frame[data-key="{key}"]'), f"teaching/{slug}.md: explorer {name!r} has no state {key!r}"


@each_chapter
def test_wrong_answers_notes_and_follow_ups_are_enough(slug):
    text = source(slug)
    part = lambda heading: text.split(f"\n## {heading}\n")[1].split("\n## ")[0]  # noqa: E731
    wrong = re.findall(r"^\| (?!Students say)", part("Likely wrong answers"), re.M)
    assert len(wrong) >= 6, f"teaching/{slug}.md: {len(wrong)} wrong answers"
    disagreement = part("The planned disagreement")
    assert "*Opening question.*" in disagreement and "*Closing vote.*" in disagreement
    assert re.findall(r"^(\d)\. ", disagreement, re.M) == ["1", "2", "3"]
    notes = part("Notes on the questions")
    chapter = (BOOK / "chapters" / f"{slug}.md").read_text(encoding="utf-8")
    documents = chapter.split("\n### Questions on the documents\n")[1].split("\n## ")[0]
    asked = re.findall(r"^(\d+)\. ", documents, re.M)
    assert re.findall(r"^(\d+)\. ", notes, re.M) == asked, f"teaching/{slug}.md: the chapter asks questions {asked}"
    assert len(re.findall(r"^\* \*", notes, re.M)) == 4, f"teaching/{slug}.md: notes on the four discussion questions"
    last = part("Who has not read, and who knows the region")
    assert "who has not read**" in last and "who knows the region**" in last


# --- what a plan counts


def tables_of(text):
    """Tables of a page: caption -> rows of cells, without the header."""
    found = re.findall(r"^```+\{table\} (.+?)\n(.*?)^```", text, re.M | re.S)
    return {caption: [[cell.strip() for cell in line.strip("|").split("|")] for line in body.splitlines()[2:]] for caption, body in found}


def reported(event, measure="deaths"):
    """Rows of data/reported-figures.csv on an event that give a whole day, in the order of the days."""
    with open(BOOK / "data" / "reported-figures.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["event_id"] == event and row["measure"] == measure]
    return sorted((row for row in rows if len(row["date_reported"]) == 10), key=lambda row: row["date_reported"])


def number_of(row):
    return int(row["value"] or row["low"] or row["high"])


def test_what_each_rule_of_choosing_prints_is_what_the_table_gives():
    reports = [row for row in reported("rasht-2010-09-19-kamarob-ambush") if row["date_reported"] <= "2010-09-20"]

    def span(kind):
        numbers = [number_of(row) for row in reports if row["reporter_kind"] == kind]
        return f"{min(numbers)} to {max(numbers)}"

    everything = [number_of(row) for row in reports]
    first = [number_of(row) for row in reports if "the first number of the day" in row["note"]]
    expected = [span("official"), span("unnamed source"), str(min(everything)), str(max(everything)), str(*first)]
    shown = tables_of(source("rasht-insurgency"))["Six rules of choosing, and what each prints from the reports of the first two days"]
    assert [row[1] for row in shown[:5]] == expected and len(shown) == 6
    assert "one ministry" in shown[0][2]
    assert all("Defense Ministry" in row["reporter"] for row in reports if row["reporter_kind"] == "official")


def test_what_the_list_of_rules_answers_is_what_the_explorer_shows():
    with open(BOOK / "data" / "rules.csv", encoding="utf-8", newline="") as file:
        rules = list(csv.DictReader(file))

    def fit(rule, who, year):
        named = [row for row in rules if row["rule"].startswith(rule) and row["rules_of"] == year]
        found = [row["fit"] for row in named if row["who_fights"] in ("any", who) and row["it_is"] in ("any", "terrorism")]
        return found[0].lower() if found else "not in the list"

    shown = tables_of(source("rasht-insurgency"))["What the list of rules answers, September 2010 and end of 2012, if it is terrorism"]
    for who, test, article, _ in shown:
        who, later, _ = who.partition(", rules of 2012")
        year = "end of 2012" if later else "September 2010"
        for rule, answer in (("Medvedev's test", test), ("Treaty, Article 4", article)):
            assert fit(rule, who, year).startswith(re.split("[;:]", answer)[0].split(",")[0]), f"{who}, {year}, {rule}: {answer}"
    assert fit("Agreement of 2009", "men of the valley", "September 2010").startswith("arguable")
    assert fit("Agreement of 2000", "men of the valley", "September 2010").startswith("fits")
    assert fit("Agreement of 2009", "a group from across the border", "September 2010").startswith("fits")
    assert "stability" in fit("Treaty, Article 2", "men of the valley", "end of 2012")


def test_the_ministrys_counts_in_the_plan_are_those_of_the_table():
    counts = [row for row in reported("crisis-2010-06-10-osh-violence") if row["reporter"] == "Health Ministry"]
    first, last = counts[0], counts[-1]
    assert (first["low"], first["date_reported"], last["value"], last["date_reported"][:7]) == ("75", "2010-06-12", "393", "2010-08")
    assert "| At least 75 on 12 June, 393 in August. |" in source("crisis-2010")


def test_who_has_news_on_which_day_of_june_is_what_the_explorer_shows(book):
    words = {"In the south of Kyrgyzstan": "the south", "Kyrgyzstan, interim government": "Kyrgyzstan", "CSTO": "the CSTO",
             "A report from Washington": "a report from Washington"}
    line = re.search(r"Who has news on which day: (.+?)\. Read", source("crisis-2010"))[1]
    said = {int(day): set(actors.split(", ")) for day, actors in re.findall(r"(\d+) June, (.+?)(?:;|$)", line)}
    assert set(said) == {8, 10, 11, 12, 13}
    sentences = sum(len(actors - {"nobody", "the south"}) for actors in said.values())
    assert sentences == 9 and "one sentence for each actor with news that day, nine in all" in source("crisis-2010")
    for day, actors in said.items():
        frame = soup_of(book, "chapters/crisis-2010.html").select_one(f'form[data-explorer="june"] .explorer-frame[data-key="june={day}"]')
        rows = [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in frame.select("tbody tr")]
        fresh = {words.get(actor, actor) for actor, word in rows if word.startswith(f"{day} June:")}
        assert (fresh or {"nobody"}) == actors, f"{day} June: {fresh}"


WITH_OTHER_TASK = ["crisis-2010", "rasht-insurgency", "afghan-border-2021", "comparison"]


@pytest.mark.parametrize("slug", WITH_OTHER_TASK)
def test_the_other_task_has_a_length_a_question_and_a_way_to_be_marked(slug):
    task = re.search(r"^\* \*\*A student who takes the other task\*\*.*$", source(slug), re.M)[0]
    assert "300 words" in task and re.search(r"\*[^*]+\?\*", task) and "(sensitive-topics.md#the-other-task)" in task
    assert "in the last part of this page" in source(slug), "it is named to everybody a week before"


def test_the_criteria_of_the_other_task_are_those_of_the_rubric():
    part = source("sensitive-topics").split("\n### The other task\n")[1].split("\n## ")[0]
    points = {criterion["name"]: criterion["points"] for criterion in rubrics.load()["seminar"]["criteria"]}
    line = re.search(r"^Mark it .*$", part, re.M)[0]
    counted = [name for name in re.findall(r"\*([^*]+)\*", line)]
    assert sum(points[name] for name in counted) == int(re.search(r"(\d+) points in all", line)[1])
    assert set(points) - set(counted) == {"Listening"}


def test_the_minutes_of_preparation_add_up():
    part = source("start").split("\n## Prepare a first class\n")[1].split("\n## ")[0]
    assert "an hour and a half for a class of 50 minutes" in part
    assert sum(map(int, re.findall(r"^\| (\d+) \|", part, re.M))) == 90


# --- answers stay out of the search


@pytest.fixture(scope="module")
def search_index(book):
    text = (book / "searchindex.js").read_text(encoding="utf-8")
    return json.loads(text[text.index("(") + 1 : text.rindex(")")])


@each_chapter
def test_answers_are_not_in_the_search_and_ask_to_be_left_out(book, search_index, slug):
    page = soup_of(book, f"teaching/{slug}.html")
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"
    assert "holds answer notes" in page.select_one("article p").text, "the first line says what the page holds"
    place = search_index["docnames"].index(f"teaching/{slug}")
    for kind in ("terms", "titleterms"):
        words = [word for word, pages in search_index[kind].items() if place in (pages if isinstance(pages, list) else [pages])]
        assert words == [], f"teaching/{slug}: the search finds it by {words[:5]}"


def test_other_pages_for_teachers_are_in_the_search(search_index):
    place = search_index["docnames"].index("teaching/rubrics")
    assert any(place in (pages if isinstance(pages, list) else [pages]) for pages in search_index["terms"].values())


# --- rubrics: one source


def cells_of(table):
    """Words of a table on a page, quotation marks and apostrophes as they are typed."""
    typed = str.maketrans("“”‘’", "\"\"''")
    return [[" ".join(cell.get_text().translate(typed).split()) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]


def as_shown(rubric):
    return [[cell.replace("**", "") for cell in row] for row in [rubrics.header(rubric), *rubrics.rows(rubric)]]


def test_every_chapter_has_a_rubric_and_so_have_the_simulation_and_the_seminar():
    assert list(rubrics.load()) == [*chapters(), "council-memo", "seminar"]


@each_chapter
def test_the_rubric_in_the_chapter_is_that_of_the_file(book, slug):
    rubric = rubrics.load()[slug]
    section = soup_of(book, f"chapters/{slug}.html").find(id="assignment")
    assert cells_of(section.table) == as_shown(rubric)
    task = (BOOK / "chapters" / f"{slug}.md").read_text(encoding="utf-8").split("\n### Assignment\n")[1].split("\n### ")[0]
    for rule in rubric["rules"]:
        assert f"\n{rule}\n" in task, f"chapters/{slug}.md: the assignment does not say {rule!r}"


def test_page_table_and_sheets_are_made_from_the_file(book):
    loaded = rubrics.load()
    page = soup_of(book, "teaching/rubrics.html").article
    assert [cells_of(table) for table in page.find_all("table")] == [as_shown(rubric) for rubric in loaded.values()]
    rows = list(csv.DictReader(io.StringIO((book / "teaching" / "rubrics.csv").read_text(encoding="utf-8"))))
    expected = [
        (name, criterion["name"], str(criterion["points"]), text)
        for name, rubric in loaded.items()
        for criterion in rubric["criteria"]
        for text in criterion.get("levels", [criterion.get("standard")])
    ]
    assert [(row["rubric"], row["criterion"], row["points"], row["text"]) for row in rows] == expected
    sheets = BeautifulSoup((book / "teaching" / "rubrics-print.html").read_text(encoding="utf-8"), "html.parser")
    for name, rubric in loaded.items():
        printed = [row[:-1] for row in cells_of(sheets.find(id=name).table)]  # the last column waits for points
        assert printed == as_shown(rubric)
    assert not sheets.find_all(["script", "link", "img"])


def test_the_simulation_shows_the_rubric_of_the_file(book):
    section = soup_of(book, "teaching/simulation/council-june-2010.html").find(id="what-to-mark")
    assert cells_of(section.table) == as_shown(rubrics.load()["council-memo"])


@pytest.mark.parametrize("change, message", [
    (lambda rubric: rubric.pop("task"), "rubric origins: `task` is missing"),
    (lambda rubric: rubric["criteria"][0].update(points=24), "points add up to 99"),
    (lambda rubric: rubric["criteria"][0]["levels"].pop(), r"criterion Sources: 3 text\(s\) are needed"),
])
def test_a_faulty_rubric_is_refused_by_name(tmp_path, change, message):
    loaded = rubrics.load()
    change(loaded["origins"])
    faulty = tmp_path / "rubrics.yml"
    faulty.write_text(yaml.safe_dump(loaded), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        rubrics.load(faulty)


# --- alignment


@each_chapter
def test_every_objective_is_practiced_and_assessed(slug):
    rows = [row for row in teaching_pages.links() if row["chapter"] == slug]
    goals = teaching_pages.objectives(slug)
    header = (BOOK / "chapters" / f"{slug}.md").read_text(encoding="utf-8").split("## Briefing")[0]
    assert list(goals) == re.findall(r"^(\d)\. ", header, re.M), f"{slug}: an objective was not read"
    assert {row["objective"] for row in rows} == set(goals), f"{slug}: objectives without a row, or rows without an objective"
    assert all(row["activity"] and row["assessment"] for row in rows)
    only_written = {row["objective"] for row in rows} - {row["objective"] for row in rows if row["assessment"].startswith("quiz")}
    assert only_written <= {max(goals)}, f"{slug}: by the page at most the last objective is left to the assignment; here {only_written}"


@each_chapter
def test_every_activity_and_assessment_of_the_table_exists(book, slug):
    for row in teaching_pages.links():
        if row["chapter"] == slug:
            assert teaching_pages.assessment(slug, row["assessment"])
    used = {row["assessment"] for row in teaching_pages.links() if row["chapter"] == slug}
    questions = {f"quiz {number}" for number in range(1, len(load_quiz(slug)) + 1)}
    criteria = {f"assignment: {criterion['name']}" for criterion in rubrics.load()[slug]["criteria"]}
    used_tasks = {number for name in used if name.startswith("data tasks ") for number in name.split()[2:]}
    assert used_tasks == set(teaching_pages.data_assignments()[slug][1]), f"{slug}: tasks that assess no objective, or are not there"
    written = {name for name in used if not name.startswith("data tasks ")}
    assert questions | criteria == written, f"{slug}: assesses no objective: {sorted((questions | criteria) - written)}"
    links = soup_of(book, "teaching/alignment.html").select(f'article td a[href^="../chapters/{slug}.html#"]')
    assert links and all(link["href"].split("#")[1] in anchors_of(book, f"chapters/{slug}.html") for link in links)


def test_the_page_shows_every_row_in_the_words_of_the_chapters(book):
    shown = [row[0] for table in soup_of(book, "teaching/alignment.html").article.find_all("table") for row in cells_of(table)[1:]]
    expected = [f"{row['objective']}. {teaching_pages.objectives(row['chapter'])[row['objective']]}" for row in teaching_pages.links()]
    assert shown == expected
    assert (book / "teaching" / "alignment.csv").read_bytes() == teaching_pages.ALIGNMENT.read_bytes()


UNKNOWN = [("quiz 99", "no question 99"), ("exam", "accepted: quiz and a number"), ("assignment: Beauty", "no assessment"),
           ("data tasks 1 7", "numbers from 1, 2, 3, 4, 5, 6")]


@pytest.mark.parametrize("name, message", UNKNOWN)
def test_an_assessment_that_does_not_exist_is_refused(name, message):
    with pytest.raises(ValueError, match=message):
        teaching_pages.assessment("origins", name)


# --- adapting the book


def test_the_lines_that_a_dropped_chapter_needs_changed_are_still_there():
    text = source("adapt")
    changes = re.findall(r"In `(chapters/[\w-]+\.md)`.*?```python\n(.*?)```", text, re.S)
    assert [page for page, _ in changes] == ["chapters/timeline.md", "chapters/comparison.md"]
    for page, code in changes:
        start = code.strip().splitlines()[0].rstrip("[")
        assert start in (BOOK / page).read_text(encoding="utf-8"), f"teaching/adapt.md: {page} has no line that begins with {start!r}"
