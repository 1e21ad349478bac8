"""The parts of a chapter with a form of their own: on a page, in a notebook, and faults by name."""

import pytest
from bs4 import BeautifulSoup

from casebook import contents
from press.editions import twins

OPENING = """::::{opening} 1992–2012
In October 1999 armed men held hostages.
Was that the treaty failing?

:::{dropdown} What you will learn and need
1. *trace* a treaty;
:::
::::"""
SIDES = """:::::{two-sides}
::::{side} The case for A
* One.
* Your second fact: …
::::
::::{side} The case for B
* Two.
* Your second fact: …
::::
:::::"""


@pytest.fixture(autouse=True)
def page_is_the_second_chapter(monkeypatch):
    monkeypatch.setattr("press.sphinx.parts.chapters", lambda: {"first": "First", "page": "Page"})


def test_an_opening_has_its_number_a_scene_its_times_and_a_fold(page):
    opening = BeautifulSoup(page.html(OPENING), "html.parser").select_one(".opening")
    kicker, scene, times, fold = opening.find_all(True, recursive=False)
    assert kicker.get_text() == "Chapter 2 · 1992–2012"
    assert scene.get_text().startswith("In October 1999")
    assert " min the story · + " in times.get_text()
    assert fold.name == "details" and "trace a treaty" in fold.get_text()


def test_two_sides_stand_beside_each_other_with_their_titles(page):
    sides = BeautifulSoup(page.html(SIDES), "html.parser").select(".two-sides > .side")
    assert [side.strong.get_text() for side in sides] == ["The case for A", "The case for B"]
    assert [side.li.get_text(strip=True) for side in sides] == ["One.", "Two."]


@pytest.mark.parametrize(
    "markdown, wrong, right, message",
    [
        (OPENING, "", "In October 1999 armed men held hostages.\nWas that the treaty failing?", "needs a scene"),
        (OPENING, "{admonition}", "{dropdown}", "a fold with objectives"),
        (SIDES, "Your second fact.", "Your second fact: …", "the last item of a side is left to the reader"),
        (SIDES, ":::::{two-sides}\nWords.\n", ":::::{two-sides}\n", "each a `side`, and nothing else"),
    ],
)
def test_a_faulty_part_is_refused(page, markdown, wrong, right, message):
    with pytest.raises(AssertionError, match=message):
        page.read(markdown.replace(right, wrong))


def test_only_a_chapter_has_an_opening(page, monkeypatch):
    monkeypatch.setattr("press.sphinx.parts.chapters", contents.chapters)
    with pytest.raises(AssertionError, match="only a chapter has an opening; 'page' is none of origins, "):
        page.read(OPENING)


def test_a_notebook_has_them_as_plain_text():
    plain = twins.plain_markdown(f"{OPENING}\n\n{SIDES}")
    assert plain.startswith("*1992–2012*\n\nIn October 1999 armed men held hostages.\n")
    assert "<summary>What you will learn and need</summary>\n\n1. *trace* a treaty;\n\n</details>" in plain
    assert "\n**The case for A**\n\n* One.\n* Your second fact: …\n" in plain and ":::" not in plain
    assert twins.plain_markdown("Before.\n\n:::{reading-times}\n:::\n\nAfter.").split() == ["Before.", "After."]
