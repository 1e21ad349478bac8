"""Decisions and the switch of code in a real Chromium."""

import pytest

CHAPTER = "chapters/origins.html"
OUTCOME = "#outcome-2007-10-05"


def kept(tab):
    """What the browser keeps of decisions and of the switch."""
    return tab.evaluate("Object.entries(localStorage).filter(([key]) => /^(decide |code$)/.test(key)).map(String)")


def open_again(tab, page=None):
    """Load a page again, or another, once what it keeps has left its process: the next may run in a new one."""
    other = tab.context.new_page()
    other.goto("search.html")
    for _ in range(100):
        if kept(other) == kept(tab):
            break
        other.wait_for_timeout(100)
    assert kept(other) == kept(tab), "another tab does not see what this one keeps"
    other.close()
    tab.goto(page) if page else tab.reload()


def test_what_is_chosen_and_written_stays_until_it_is_cleared(open_page):
    tab = open_page(CHAPTER, scheme="file")
    box = tab.locator("#decide-2007-10-05")
    field, radio, outcome = box.locator("textarea"), box.get_by_label("Sign and hedge."), tab.locator(OUTCOME)
    radio.check()
    field.press_sequentially("a")
    assert len(kept(tab)) == 1, "from the first letter on"
    field.fill("One & two\nthree")
    open_again(tab)
    assert field.input_value() == "One & two\nthree" and radio.is_checked()
    assert outcome.get_attribute("open") is None, "the choice is kept, the outcome waits"
    box.get_by_role("button", name="Clear").click()
    assert field.input_value() == "" and not radio.is_checked() and kept(tab) == []
    assert box.get_by_role("status").inner_text() == "Cleared"
    open_again(tab)
    assert field.input_value() == "" and not radio.is_checked()


def test_the_outcome_opens_after_a_choice_and_not_without_one(open_page):
    tab = open_page(CHAPTER)
    button = tab.get_by_role("button", name="I have decided: show what happened")
    happened = tab.get_by_text("It was signed on 6 October 2007")
    button.click()
    assert not happened.is_visible()
    tab.get_by_label("Delay.").focus()
    tab.keyboard.press("Space")
    button.press("Enter")
    assert happened.is_visible() and tab.evaluate("document.activeElement.innerText") == "What happened next"
    assert "?" not in tab.url


def test_the_outcome_opens_by_hand_and_by_link(open_page):
    tab = open_page(f"{CHAPTER}{OUTCOME}.")  # a mail program takes the full stop with it
    happened = tab.get_by_text("It was signed on 6 October 2007")
    fold = tab.locator(f"{OUTCOME} > summary")
    assert happened.is_visible()
    fold.click()
    assert not happened.is_visible()
    fold.click()
    assert happened.is_visible()
    fold.click()
    tab.evaluate("hash => { scrollTo(0, 0); location.hash = hash }", OUTCOME)
    happened.wait_for(state="visible")
    assert 0 <= tab.locator(OUTCOME).bounding_box()["y"] < 200, "the page is scrolled to it"


def test_in_print_what_is_typed_stands_in_full_and_else_there_are_lines(open_page):
    tab = open_page(CHAPTER)
    box = tab.locator(".decide")
    lines, words = box.locator(".decide-lines"), "A reason.\n" * 30 + "The risk."
    assert not lines.is_visible() and not box.locator(".decide-typed").is_visible()
    tab.emulate_media(media="print")
    assert lines.is_visible() and not box.locator(":is(textarea, button):visible").count()
    tab.emulate_media(media="screen")
    box.locator("textarea").fill(words)
    tab.emulate_media(media="print")
    assert not lines.is_visible() and box.locator(".decide-typed").inner_text() == words
    assert box.get_by_text("It was signed on 6 October 2007").is_visible()


# --- code


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_one_switch_opens_all_code_and_is_remembered(open_page, scheme):
    tab = open_page(CHAPTER, scheme=scheme)
    folds, code = tab.locator("details.code"), tab.locator("article .cell_input pre")
    assert code.count() == folds.count() > 15
    assert tab.locator("article .cell_input pre:visible").count() == 0, "code is open"
    in_sight = tab.locator("details.code > summary:visible").all_inner_texts()
    assert in_sight and all(name.startswith("Code of Figure") for name in in_sight)
    tab.locator("details.code > summary:visible").first.click()
    assert tab.locator("article .cell_input pre:visible").count() == 1, "one opens by hand"
    tab.get_by_label("Show code").check()
    assert tab.locator("article .cell_input pre:visible").count() == code.count()
    open_again(tab, "chapters/comparison.html")
    assert tab.get_by_label("Show code").is_checked()
    assert tab.locator("article .cell_input pre:visible").count() == tab.locator("details.code").count() > 15
    tab.get_by_label("Show code").uncheck()
    assert tab.locator("article .cell_input pre:visible").count() == 0 and kept(tab) == []
