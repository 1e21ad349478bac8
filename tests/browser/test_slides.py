"""The slides of the lesson plans on a wall, on a phone and on paper."""

import copy

import pytest
from support.browsing import OPEN_FOLDS, PHONE, axe_violations, printed_sheets, sticks_out
from support.builds import soup_of
from support.teaching import LATER_PARTS

from casebook.contents import chapters
from press.model.slides import load

PROJECTOR = {"width": 1280, "height": 720}
SMALL = """[...document.querySelectorAll(".frame *")].filter(each => [...each.childNodes].some(child =>
    child.nodeType === 3 && child.data.trim()) && parseFloat(getComputedStyle(each).fontSize) < 24)
    .map(each => each.textContent.slice(0, 40))"""
TALL = """[...document.querySelectorAll(".slide")].filter(each => each.offsetHeight > innerHeight + 1)
    .map(each => each.id)"""
each_chapter = pytest.mark.parametrize("slug", chapters())


def letters(tag):
    """The words of a tag without spaces and without numbers of notes."""
    tag = copy.copy(tag)
    for note in tag.find_all("sup"):
        note.decompose()
    return "".join(tag.get_text().split())


@each_chapter
def test_slides_for_before_the_decision_show_words_of_the_chapter_and_none_of_the_outcome(book, slug):
    chapter = copy.copy(soup_of(book, f"chapters/{slug}.html").article)
    for part in chapter.find_all(id=list(LATER_PARTS[slug])):
        part.decompose()
    rules = soup_of(book, f"teaching/{slug}.html").find(id="at-the-table")
    early = letters(chapter) + (letters(rules) if rules else "")
    shown = soup_of(book, f"teaching/{slug}-slides.html").select(".frame > .content")
    assert len(shown) == 7 and len(load(slug)) == 10
    for piece in [piece for slide in shown for piece in slide.select("p:not(.asked), li, figcaption")]:
        assert letters(piece) in early, f"{slug}: {piece.get_text()!r}"


@each_chapter
def test_a_slide_of_one_point_has_at_most_30_words(book, slug):
    for slide in soup_of(book, f"teaching/{slug}-slides.html").select(".slide")[2:5]:
        assert len(slide.select_one(".content").get_text().split()) <= 30, f"{slug}, {slide['id']}"


@each_chapter
def test_every_slide_fits_the_wall_and_can_be_read_from_the_last_row(open_page, slug):
    tab = open_page(f"teaching/{slug}-slides.html", viewport=PROJECTOR)
    tab.locator(".after > summary").first.click()
    assert tab.evaluate(TALL) == [] and tab.evaluate(SMALL) == []
    tab.set_viewport_size(PHONE)
    assert not sticks_out(tab, PHONE["width"])


@each_chapter
def test_each_slide_is_printed_with_its_notes_on_a_page_and_those_after_the_decision_are_marked(open_page, slug):
    tab = open_page(f"teaching/{slug}-slides.html", viewport=PROJECTOR, scripts=False)
    mark = tab.locator(".after > summary").first.text_content()
    for slide, words in zip(load(slug), printed_sheets(tab), strict=True):
        assert slide.heading in words and slide.notes.split("\n")[0].replace("*", "") in words
        assert (mark in words) == slide.after, f"{slug}, {slide.heading!r}"


def test_the_keys_lead_from_slide_to_slide_and_the_outcome_waits_for_a_click(open_page):
    tab = open_page("teaching/crisis-2010-slides.html", viewport=PROJECTOR)
    for _ in range(8):
        tab.keyboard.press("ArrowRight")
    tab.locator("#slide-8:focus").wait_for()
    outcome = tab.locator(".after > .content")
    assert outcome.locator("visible=true").count() == 0
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.locator(".after:not([open])").first.wait_for(state="detached")
    assert all(each.is_visible() for each in outcome.all())
    tab.keyboard.press("PageUp")
    tab.locator("#slide-7:focus").wait_for()
    notes = tab.locator(".notes > p")
    assert not notes.first.is_visible()
    tab.get_by_role("button").click()
    assert all(each.is_visible() for each in notes.all())


def test_slides_are_accessible(open_page):
    tab = open_page("teaching/rasht-insurgency-slides.html", viewport=PROJECTOR)
    tab.evaluate(OPEN_FOLDS)
    assert axe_violations(tab) == [], "on a wall"
    tab.set_viewport_size(PHONE)
    assert axe_violations(tab) == [], "on a phone"
