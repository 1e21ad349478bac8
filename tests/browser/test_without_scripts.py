"""Pages in a real Chromium without scripts: everything can be read, nothing that needs a script is shown.

Each page is loaded once for all tests, which close again what they open.
"""

import functools
import itertools

import pytest
from support.browsing import DESKTOP, all_visible
from support.builds import PAGES, soup_of

from casebook.contents import chapters, reading_order

CHAPTER = "chapters/origins.html"
PART = {f"{name}.html": part for name, part in reading_order()}


@pytest.fixture(scope="module")
def open_once(browser, site):
    """A function of a page: its tab."""
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=False)

    @functools.cache
    def open_(page):
        tab = context.new_page()
        tab.goto(f"{site}/{page}")
        return tab

    yield open_
    context.close()


@pytest.fixture
def chapter(open_once):
    return open_once(CHAPTER)


def test_a_decision_is_a_list_with_lines_and_a_fold(chapter, book):
    for slug in chapters():
        box = soup_of(book, f"chapters/{slug}.html").select_one(".decide")
        assert [len(box.select(each)) for each in (".answers > li", ".decide-lines p", ".outcome > summary")] == [
            4,
            3,
            1,
        ]
    box = chapter.locator(".decide")
    assert all_visible(chapter, ".decide .answers > li")
    assert box.locator(":is(input, textarea, button):visible").count() == 0
    assert box.locator(".decide-lines p:visible").all_inner_texts() == ["Reason 1:", "Reason 2:", "Risk:"]
    fold, outcome = box.locator(".outcome > summary"), box.locator(".outcome > p").first
    assert not outcome.is_visible()
    fold.click()
    assert outcome.is_visible()
    fold.click()


def test_code_opens_by_hand_and_no_switch_is_dead(chapter):
    assert not chapter.get_by_label("Show code").is_visible()
    fold = chapter.locator("details.code > summary").first
    fold.click()
    assert chapter.locator("article .cell_input pre").first.is_visible()
    fold.click()


def test_every_state_and_every_entry_is_shown_and_no_control_is_dead(chapter, open_once):
    assert all_visible(chapter, ".explorer-frame") and chapter.locator(".explorer-frame").count() > 30
    assert chapter.locator(".explorer-controls :is(input, select):visible").count() == 0
    for page in ("timeline", "core-readings"):
        tab = open_once(f"chapters/{page}.html")
        for fold in tab.locator("details:has(.records) > summary").all():
            fold.click()
        assert all_visible(tab, ".records > li") and tab.locator(".records > li").count() > 100, page
        assert not tab.locator("form.filter").is_visible(), page


def test_every_table_is_a_stop_of_the_tab_key(chapter):
    assert chapter.locator(".table-scroll").count() == chapter.locator(".table-scroll[tabindex='0']").count() > 10


def test_the_answers_to_guesses_are_folds(open_once):
    tab = open_once("chapters/comparison.html")
    folds = tab.locator("#predict .explorer-answer")
    assert folds.count() == tab.locator("#predict .explorer-frame:visible").count() > 5
    assert folds.locator("p:visible").count() == 0 and tab.locator("#predict button:visible").count() == 0
    folds.first.locator("summary").click()
    assert folds.locator("p:visible").count() == 1


def test_a_quiz_is_answered_by_keyboard_and_read_aloud(chapter):
    options = chapter.locator(".quiz > li").first.locator(".quiz-option")
    devtools = chapter.context.new_cdp_session(chapter)
    page = devtools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]

    def announced(name):
        """What a screen reader says of the option: whether it is open."""
        query = {"nodeId": page, "role": "DisclosureTriangle", "accessibleName": name}
        (node,) = devtools.send("Accessibility.queryAXTree", query)["nodes"]
        return {each["name"]: each["value"]["value"] for each in node["properties"]}["expanded"]

    options.first.locator("summary").focus()
    for option, key in zip(options.all(), itertools.cycle(["Enter", "Space"]), strict=False):
        name, feedback = option.locator("summary").inner_text(), option.locator("p")
        assert chapter.evaluate("document.activeElement.innerText") == name, "Tab goes from option to option"
        assert not feedback.is_visible() and not announced(name)
        chapter.keyboard.press(key)
        verdict = "✓ Right." if option.get_attribute("data-correct") == "true" else "✗ Wrong."
        assert feedback.is_visible() and feedback.inner_text().startswith(f"{verdict} ")
        assert announced(name)
        chapter.keyboard.press("Tab")


def test_a_number_leads_to_its_note_and_back(chapter):
    link = chapter.locator("article p a.note").nth(3)
    identity, note = link.get_attribute("id"), link.get_attribute("href")
    link.click()
    chapter.wait_for_url(f"**{note}")
    chapter.locator(f'{note} .note-back[href="#{identity}"]').click()
    chapter.wait_for_url(f"**#{identity}")


def test_every_page_is_reached_from_its_neighbors_in_the_frame(open_once):
    """Readers find the chapters and the reference pages; only who teaches is shown the pages for teachers."""
    for page in (CHAPTER, "teaching/start.html"):
        frame = ".site-header a, .page-contents > details:not(.on-this-page) a"
        links = open_once(page).locator(frame).evaluate_all("links => links.map(link => link.href)")
        found = {page} | {each for each in PAGES if any(link.endswith(f"/{each}") for link in links)}
        teaching = {each for each in PAGES if PART[each] == "For teachers"}
        shown = teaching if page in teaching else {"teaching/start.html"}
        assert found == {each for each in PAGES if PART[each] in ("Chapters", "Reference")} | shown | {"index.html"}
