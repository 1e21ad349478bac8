"""An explorer is plain HTML in the book and widgets in a notebook; a bad one is refused with a reason."""

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure
from support.outputs import HOSTILE

from casebook import explore
from casebook.style import use_style


def picture(year):
    figure = Figure(figsize=(2, 2))
    figure.subplots().plot([0, year])
    return figure


ROW = pd.DataFrame({"a": ["b"]})


def sentence(year):
    return f"In {year}."


def table(**values):
    return pd.DataFrame([values])


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
        ({"draw": lambda year: 3}, "draw returned int; return a figure or a DataFrame"),
        ({"draw": lambda: None}, "draw must take year"),
        ({"describe": None}, "needs a text alternative"),
        ({"describe": lambda year: " "}, "needs a text alternative"),
        ({"describe": lambda year: None}, "needs a text alternative"),
        ({"start": {"year": 3}}, "start has no state year=3; accepted: year: 1, 2"),
        ({"name": "Not a slug"}, "use lower-case letters"),
        ({"ordered": ["month"]}, "ordered names no control 'month'; accepted: year"),
        ({"words": {"month": "{}"}}, "words names no control 'month'"),
        ({"merge": "month"}, "merge names no control 'month'"),
        ({"ordered": ["year"], "eve": {"year": 3}}, "eve has no state year=3; accepted: year: 1, 2"),
        ({"eve": {"year": 1}}, "eve needs a slider, and 'year' is none"),
        ({"guesses": ["a"]}, "guesses need answer= and reveal="),
        ({"guesses": ["a"], "answer": lambda year: "b", "reveal": sentence}, "answer 'b' is not a guess; accepted: a"),
    ],
)
def test_a_bad_explorer_is_refused_with_a_reason(on_page, arguments, message):
    with pytest.raises((TypeError, ValueError), match=message):
        explorer(**({"draw": picture, "describe": sentence, "year": [1, 2]} | arguments))


def test_an_explorer_without_a_control_is_refused(on_page):
    with pytest.raises(ValueError, match="give at least one control"):
        explorer(picture, describe=sentence)


def test_every_figure_of_an_explorer_is_named_by_its_text_and_no_two_share_an_id(on_page):
    root = on_page(explorer(picture, describe=sentence, year=["Россия", "Türkiye", "-1", "1"])).form
    texts = [root.find(id=svg["aria-labelledby"]).text for svg in root.select("svg")]
    assert texts == ["In Россия.", "In Türkiye.", "In -1.", "In 1."]
    ids = [element["id"] for element in root.select("[id]")]
    assert len(ids) == len(set(ids))


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
    assert len(on_page(explorer(table, kind=values)).select(control)) == count


def test_a_value_is_said_in_words_and_its_address_stays(on_page):
    root = on_page(explorer(table, june=range(8, 15), words={"june": "{} June"}, table=lambda june: ROW)).form
    assert root.output.text == root.input["aria-valuetext"] == root.select_one(".explorer-state").text == "8 June"
    assert root.select_one("option")["label"] == "8 June" and root.select_one("option").text == "8"
    assert keys(root.select(".explorer-frame"))[0] == "june=8"
    assert root.caption.text == "8 June"


def test_figures_and_texts_are_compared_when_states_are_merged(on_page):
    use_style()  # drawings of the same have the same bytes
    alike = explorer(lambda year: picture(1), describe=lambda year: "One.", year=[1, 2], merge="year")
    assert len(on_page(alike).select(".explorer-frame")) == 1
    assert len(on_page(explorer(picture, describe=lambda year: "One.", year=[1, 2], merge="year")).select("svg")) == 2
    assert len(on_page(explorer(lambda year: ROW, describe=sentence, year=[1, 2], merge="year")).select("table")) == 2


def test_what_comes_after_the_decision_can_be_locked(on_page):
    root = on_page(explorer(table, month=["a", "b", "c"], ordered=["month"], eve={"month": "b"})).form
    assert root.input["data-eve"] == "1" and root["data-locks"] == "part"
    assert root.select_one("button.explorer-unlock[hidden]")
    years = on_page(explorer(table, year=range(2000, 2010), eve={"year": 2004})).form
    assert years.input["data-eve"] == "2004"
    assert on_page(explorer(table, year=[1, 2], eve={})).form["data-locks"] == "all"
    without = on_page(explorer(table, year=[1, 2])).form
    assert not without.get("data-locks") and not without.select(".explorer-unlock")


GUESS = {
    "guesses": ["yes", "no"],
    "answer": lambda case: "no" if case == "A" else "yes",
    "reveal": lambda case: f"It was {case}.",
}


HOSTILE_ARGUMENTS = {
    "draw": lambda kind: pd.DataFrame({"a": [kind]}),
    "describe": lambda kind: kind,
    "table": lambda kind: pd.DataFrame({"b": [kind]}),
    "table_title": f"Rows {HOSTILE}",
    "title": HOSTILE,
    "kind": [HOSTILE, "b"],
}


def test_markup_in_an_explorer_is_shown_as_text(on_page):
    root = on_page(explorer(**HOSTILE_ARGUMENTS)).form
    frame = root.select_one(".explorer-frame")
    assert root.legend.text == frame.select_one(".explorer-state").text == frame.caption.text == HOSTILE
    assert [cell.text for cell in frame.select("tbody th")] == [HOSTILE, HOSTILE]
    assert frame.select_one(".explorer-text").text == HOSTILE and frame.summary.text == f"Rows {HOSTILE}: {HOSTILE}"
    assert root.label.text.strip() == HOSTILE and root.input["value"] in frame["data-key"]
    assert not root.find(["script", "code"])


def test_markup_in_a_live_explorer_is_shown_as_text(in_notebook):
    outputs = explorer(**HOSTILE_ARGUMENTS).children[-1].outputs
    soup = BeautifulSoup("".join(output["data"]["text/html"] for output in outputs), "html.parser")
    assert soup.strong.text == soup.p.text == HOSTILE
    assert [cell.text for cell in soup.select("tbody th")] == [HOSTILE, HOSTILE]
    assert not soup.find(["script", "code"])


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


def test_in_a_notebook_another_case_hides_the_answer_again(in_notebook):
    case, guess, shown = explorer(table, case=["A", "B"], **GUESS).children

    def said():
        return "".join(output["data"].get("text/html", "") for output in shown.outputs)

    assert "It was" not in said()
    guess.value = "yes"
    assert "<p>✗ Wrong. It was A.</p>" in said()
    guess.value = "no"
    assert "<p>✓ Right. It was A.</p>" in said()
    case.value = "B"
    assert guess.value == "not yet" and "It was" not in said()


def test_in_a_notebook_ordered_words_are_a_slider(in_notebook):
    block = explorer(table, month=["a", "b"], june=range(8, 15), ordered=["month"], words={"june": "{} June"})
    month, june = block.children[:2]
    assert [type(each).__name__ for each in (month, june)] == ["SelectionSlider"] * 2
    assert june.options[0] == ("8 June", 8) and june.value == 8
