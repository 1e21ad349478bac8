"""Notes and terms open beside the text, by mouse, keyboard and touch."""

import re

import pytest
from support.browsing import PHONE

CHAPTER = "chapters/origins.html"
NARROW = {"width": 320, "height": 640}


def card(tab):
    return tab.locator(".preview:popover-open")


def number(tab, place=3):
    """A number of the text, in the middle of the window, where neither header nor edge is near."""
    found = tab.locator("article p a.note").nth(place)
    found.evaluate("number => number.scrollIntoView({ block: 'center' })")
    return found


def test_a_note_opens_under_the_mouse_and_stays_while_it_is_read_or_after_a_click(open_page):
    tab = open_page(CHAPTER)
    number(tab).hover()
    card(tab).wait_for()
    name = number(tab).get_attribute("aria-label")
    assert card(tab).locator("a").first.get_attribute("href").startswith("http")
    assert name.partition(": ")[2].split(",")[0] in card(tab).inner_text()
    assert not card(tab).inner_text().rstrip().endswith("·"), "a dot before a link that is gone"
    card(tab).hover()
    tab.wait_for_timeout(500)
    assert card(tab).count() == 1
    tab.mouse.move(5, 5)
    card(tab).wait_for(state="detached")
    number(tab).click()  # which keeps it open, and Tab goes into it
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('.preview') !== null")
    tab.keyboard.press("Escape")
    assert card(tab).count() == 0
    assert tab.evaluate("document.activeElement.className") == "note", "the focus is back on the number"


def test_a_note_is_read_and_left_by_keyboard(open_page):
    tab = open_page(CHAPTER)
    number(tab).focus()
    card(tab).wait_for()
    offered = card(tab).locator("a").evaluate_all("links => links.map(link => link.href)")
    tab.keyboard.press("Escape")
    assert card(tab).count() == 0
    assert tab.evaluate("document.activeElement.className") == "note", "the focus stays on the number"
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile(r"#note-\d+$"))
    listed = tab.locator(f"{tab.evaluate('location.hash')} a").evaluate_all("links => links.map(link => link.href)")
    listed += tab.locator(".notes a").evaluate_all("links => links.map(link => link.href)")  # of a source named before
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.href") in listed
    assert set(offered) <= set(listed), "a link of the card is not in the list"


def test_tab_goes_from_number_to_number_past_open_cards(open_page):
    tab = open_page(CHAPTER)
    stops = tab.locator(
        "article :is(a, button, input, select, summary, [tabindex]):not(.headerlink, .preview *):visible"
    )
    number(tab).focus()
    following = stops.evaluate_all(
        "all => all.slice(all.indexOf(document.activeElement) + 1).filter((each) => each.tabIndex >= 0).slice(0, 12)"
        ".map((each) => each.outerHTML)"
    )
    for expected in following:
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.outerHTML") == expected


def test_a_tap_opens_a_note_inside_a_narrow_window_and_a_second_closes_it(open_page):
    tab = open_page(CHAPTER, viewport=NARROW, has_touch=True)
    number(tab).tap()
    card(tab).wait_for()
    box = card(tab).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= NARROW["width"]
    assert box["y"] >= 0 and box["y"] + box["height"] <= NARROW["height"]
    assert "#note" not in tab.url
    number(tab).tap()
    card(tab).wait_for(state="detached")
    assert tab.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_a_repeated_source_is_described_in_the_card_too(open_page):
    tab = open_page("chapters/afghan-border-2021.html")
    again = tab.locator(".notes > li:has(.note-again)").first.get_attribute("id")
    link = tab.locator(f'a.note[href="#{again}"]').first
    link.evaluate("link => link.focus()")
    assert "see note" not in card(tab).inner_text() and card(tab).locator("a[href^=http]").count()
    assert card(tab).locator("[id], .note-back").count() == 0


def test_a_term_opens_its_definition_and_leads_to_the_glossary(open_page):
    tab = open_page(CHAPTER, viewport=PHONE)
    tab.locator("article a:has(> .std-term)", has_text="Batken").first.focus()
    card(tab).wait_for()
    assert "southwest of Kyrgyzstan" in card(tab).inner_text()
    card(tab).get_by_text("In the glossary").click()
    tab.wait_for_url("**/glossary.html#term-Batken")


@pytest.mark.parametrize(
    "words, page",
    [
        ("2010", "crisis-2010"),
        ("June 2010", "crisis-2010"),
        ("6,000", "afghan-border-2021"),
        ("Sadozai", "bibliography"),
        ("Зиеев", "glossary"),
        ("Зиёев", "glossary"),
    ],
)
def test_the_search_finds_numbers_and_names_without_their_accents(open_page, words, page):
    tab = open_page(f"search.html?q={words}")
    tab.locator(f'#search-results a[href*="{page}.html"]').first.wait_for(timeout=10_000)
