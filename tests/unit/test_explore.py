"""An explorer is plain HTML in the book and widgets in a notebook; a bad one is refused with a reason."""

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from matplotlib.figure import Figure

from casebook import explore


def picture(year):
    figure = Figure(figsize=(2, 2))
    figure.subplots().plot([0, year])
    return figure


def sentence(year):
    return f"In {year}."


def words(**values):
    return " ".join(map(str, values.values()))


def form(draw, **arguments):
    return BeautifulSoup(explore(draw, **({"name": "test", "title": "Test"} | arguments)).data, "html.parser").form


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
        form(**({"draw": picture, "describe": sentence, "year": [1, 2]} | arguments))


def test_an_explorer_without_a_control_is_refused(on_page):
    with pytest.raises(ValueError, match="give at least one control"):
        form(picture, describe=sentence)


def test_an_explorer_on_a_page_is_plain_html_with_one_visible_frame(on_page):
    root = form(picture, describe=sentence, year=range(2000, 2008), start={"year": 2003})
    assert root["data-explorer"] == "test"
    assert keys(root.select(".explorer-frame")) == [f"year={year}" for year in range(2000, 2008)]
    assert keys(root.select(".explorer-frame:not([hidden])")) == ["year=2003"]
    assert root.select_one('input[type="range"]')["value"] == "2003"
    for control in root.select("input, select"):
        assert root.select(f'label[for="{control["id"]}"]'), f"no label for {control}"
    assert not root.select("style, script")


def test_every_figure_of_an_explorer_is_named_by_its_text_and_no_two_share_an_id(on_page):
    root = form(picture, describe=sentence, year=["Россия", "Türkiye", "-1", "1"])
    texts = [root.find(id=svg["aria-labelledby"]).text for svg in root.select("svg")]
    assert texts == ["In Россия.", "In Türkiye.", "In -1.", "In 1."]
    ids = [element["id"] for element in root.select("[id]")]
    assert len(ids) == len(set(ids))


def test_the_table_of_an_explorer_is_folded_under_its_title(on_page):
    root = form(words, table=lambda year: pd.DataFrame({"year": [year]}), table_title="Rows", year=[1, 2])
    assert [each.text for each in root.select("details:has(table) > summary")] == ["Rows: Year 1", "Rows: Year 2"]


@pytest.mark.parametrize(
    "values, control, count",
    [
        (["a", "b"], 'input[type="radio"]', 2),
        (list("abcdef"), "select option", 6),
        (np.arange(2000, 2008), 'input[type="range"]', 1),
        (range(2008, 2000, -1), "select", 1),
    ],
    ids=["few values", "many words", "rising numbers", "falling numbers"],
)
def test_the_values_of_a_control_decide_its_kind(on_page, values, control, count):
    assert len(form(words, kind=values).select(control)) == count


def test_two_controls_give_every_combination(on_page):
    frames = form(words, year=[1, 2], kind=["a", "b"]).select(".explorer-frame")
    assert keys(frames) == ["year=1&kind=a", "year=1&kind=b", "year=2&kind=a", "year=2&kind=b"]


def test_markup_in_an_explorer_is_shown_as_text(on_page):
    attack = "<script>alert(1)</script>"
    assert not form(words, title=attack, kind=[attack, "b"]).script


def test_in_a_notebook_an_explorer_is_widgets_that_draw_what_is_chosen(in_notebook):
    drawn = []

    def draw(year):
        drawn.append(year)
        return picture(year)

    live = explore(draw, describe=sentence, name="test", title="Test", year=range(2000, 2008), start={"year": 2003})
    live.children[0].value = 2004
    assert drawn == [2003, 2004]
