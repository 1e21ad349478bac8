"""An explorer is plain HTML in the book and widgets in a notebook; a bad one is refused with a reason."""

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure
from support.outputs import HOSTILE, printed

from casebook import explore


def picture(year):
    figure = Figure(figsize=(2, 2))
    figure.subplots().plot([0, year])
    return figure


def sentence(year):
    return f"In {year}."


def words(**values):
    return " ".join(map(str, values.values()))


def explorer(draw, **arguments):
    return explore(draw, **({"name": "test", "title": "Test"} | arguments))


def keys(frames):
    return [frame["data-key"] for frame in frames]


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"year": []}, "control 'year' has no values"),
        ({"year": [1, 1]}, "has a value twice"),
        ({"year": range(41)}, "41 combinations; at most 40"),
        ({"draw": lambda year: None}, "at year=1: draw returned nothing"),
        ({"draw": lambda year: 3}, "draw returned int"),
        ({"draw": lambda: None}, "draw must take year"),
        ({"describe": None}, "needs a text alternative"),
        ({"describe": lambda year: " "}, "needs a text alternative"),
        ({"describe": lambda year: None}, "needs a text alternative"),
        ({"start": {"year": 3}}, "start has no state year=3; accepted: year: 1, 2"),
        ({"name": "Not a slug"}, "use lower-case letters"),
    ],
)
def test_a_bad_explorer_is_refused_with_a_reason(on_page, arguments, message):
    with pytest.raises((TypeError, ValueError), match=message):
        explorer(**({"draw": picture, "describe": sentence, "year": [1, 2]} | arguments))


def test_an_explorer_without_a_control_is_refused(on_page):
    with pytest.raises(ValueError, match="give at least one control"):
        explorer(picture, describe=sentence)


def test_an_explorer_on_a_page_is_plain_html_with_one_visible_frame(on_page):
    root = on_page(explorer(picture, describe=sentence, year=range(2000, 2008), start={"year": 2003})).form
    assert root["data-explorer"] == "test"
    assert keys(root.select(".explorer-frame")) == [f"year={year}" for year in range(2000, 2008)]
    assert keys(root.select(".explorer-frame:not([hidden])")) == ["year=2003"]
    assert root.select_one('input[type="range"]')["value"] == "2003"
    for control in root.select("input, select"):
        assert root.select(f'label[for="{control["id"]}"]'), f"no label for {control}"
    assert not root.select("style, script")


def test_every_figure_of_an_explorer_is_named_by_its_text_and_no_two_share_an_id(on_page):
    root = on_page(explorer(picture, describe=sentence, year=["Россия", "Türkiye", "-1", "1"])).form
    texts = [root.find(id=svg["aria-labelledby"]).text for svg in root.select("svg")]
    assert texts == ["In Россия.", "In Türkiye.", "In -1.", "In 1."]
    ids = [element["id"] for element in root.select("[id]")]
    assert len(ids) == len(set(ids))


def test_the_table_of_an_explorer_is_folded_under_its_title(on_page):
    root = on_page(
        explorer(words, table=lambda year: pd.DataFrame({"year": [year]}), table_title="Rows", year=[1, 2])
    ).form
    assert [each.text for each in root.select("details:has(table) > summary")] == ["Rows: Year 1", "Rows: Year 2"]


@pytest.mark.parametrize(
    "values, control, count",
    [
        (["a", "b"], 'input[type="radio"]', 2),
        (list("abcdef"), "select option", 6),
        (np.arange(2000, 2008), 'input[type="range"]', 1),
        (range(2008, 2000, -1), "select", 1),
        (pd.date_range("2010-06-10", periods=6), "select option", 6),
    ],
    ids=["few values", "many words", "rising numbers", "falling numbers", "days"],
)
def test_the_values_of_a_control_decide_its_kind(on_page, values, control, count):
    assert len(on_page(explorer(words, kind=values)).select(control)) == count


def test_two_controls_give_every_combination(on_page):
    frames = on_page(explorer(words, year=[1, 2], kind=["a", "b"])).select(".explorer-frame")
    assert keys(frames) == ["year=1&kind=a", "year=1&kind=b", "year=2&kind=a", "year=2&kind=b"]


HOSTILE_ARGUMENTS = {
    "draw": lambda kind: pd.DataFrame({"a": [kind]}),
    "describe": lambda kind: kind,
    "table": lambda kind: pd.DataFrame({"b": [kind]}),
    "table_title": HOSTILE,
    "title": HOSTILE,
    "kind": [HOSTILE, "b"],
}


def test_markup_in_an_explorer_is_shown_as_text(on_page):
    root = on_page(explorer(**HOSTILE_ARGUMENTS)).form
    frame = root.select_one(".explorer-frame")
    assert root.legend.text == frame.select_one(".explorer-state").text == frame.caption.text == HOSTILE
    assert [cell.text for cell in frame.select("tbody th")] == [HOSTILE, HOSTILE]
    assert frame.select_one(".explorer-text").text == HOSTILE and frame.summary.text == f"{HOSTILE}: {HOSTILE}"
    assert root.label.text.strip() == HOSTILE and root.input["value"] in frame["data-key"]
    assert not root.find(["script", "code"])


def test_markup_in_a_live_explorer_is_shown_as_text(in_notebook):
    outputs = explorer(**HOSTILE_ARGUMENTS).children[-1].outputs
    soup = BeautifulSoup("".join(output["data"]["text/html"] for output in outputs), "html.parser")
    assert soup.strong.text == soup.p.text == HOSTILE
    assert [cell.text for cell in soup.select("tbody th")] == [HOSTILE, HOSTILE]
    assert not soup.find(["script", "code"])


def test_html_in_the_markdown_of_an_explorer_is_shown_as_text(on_page):
    root = on_page(explorer(words, kind=["*a* <script>alert(1)</script>", "b"])).form
    assert root.em.text == "a" and not root.script


def test_elements_that_hold_nothing_have_no_end_tag(page, on_page):
    block = explorer(words, year=range(2000, 2008), kind=["a", "b"])
    assert "</input>" not in page.html(printed(block))


def test_in_a_notebook_an_explorer_is_widgets_that_draw_what_is_chosen(in_notebook):
    drawn = []

    def draw(year):
        drawn.append(year)
        return picture(year)

    live = explore(draw, describe=sentence, name="test", title="Test", year=range(2000, 2008), start={"year": 2003})
    year, shown = live.children
    year.value = 2004
    assert drawn == [2003, 2004]
    data = [output["data"] for output in shown.outputs]
    assert data[0] == {"text/html": "<strong>Test</strong>"} and data[2] == {"text/html": "<p>In 2004.</p>"}
    assert "<svg" in data[1]["image/svg+xml"]
