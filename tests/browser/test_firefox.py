"""What another browser may do otherwise: the same pages in Firefox, from a server and from the disk."""

import pytest
from support.browsing import PHONE
from support.builds import PAGES
from support.firefox import Firefox, path_of_firefox


@pytest.fixture(scope="module")
def firefox():
    if not path_of_firefox():
        pytest.skip("Firefox is not installed (Debian: apt-get install firefox-esr)")
    started = Firefox(path_of_firefox())
    yield started
    started.close()


def test_no_page_reports_an_error_or_sticks_out_on_a_phone(firefox, site):
    for page in PAGES:
        firefox.open(f"{site}/{page}", **PHONE)
        assert firefox.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page
        assert firefox.problems == [], page


@pytest.mark.parametrize("start", ["site", "disk"])
def test_a_slider_moves_a_note_opens_and_a_choice_is_kept(firefox, site, book, start):
    address = f"{site if start == 'site' else book.as_uri()}/chapters/origins.html"
    firefox.open(address)
    firefox.evaluate("document.querySelector('#membership-year').focus()")
    firefox.press("ArrowRight")
    shown = "[...document.querySelectorAll('#membership .explorer-frame')].filter((each) => each.checkVisibility())"
    assert firefox.evaluate(soon(f"{shown}.map((each) => each.dataset.key).join() === 'year=2000'"))
    assert firefox.evaluate(soon("location.hash === '#membership?year=2000'"))

    firefox.evaluate("document.querySelector('article p a.note').focus()")
    cards = "document.querySelectorAll('.preview:popover-open').length"
    assert firefox.evaluate(soon(f"{cards} === 1"))
    firefox.press("Escape")
    assert firefox.evaluate(soon(f"{cards} === 0"))
    assert firefox.evaluate("document.activeElement.className") == "note", "the focus stays on the number"

    chosen = "document.querySelector('#decide-2007-10-05 input[type=radio]')"
    firefox.evaluate(f"{chosen}.click()")
    firefox.evaluate("document.querySelector('#outcome-2007-10-05 > summary').click()")
    assert firefox.evaluate("document.querySelector('#outcome-2007-10-05').open") is True
    assert firefox.problems == []
    firefox.open(address.replace("origins", "comparison"))
    firefox.open(address)
    assert firefox.evaluate(f"{chosen}.checked") is True
    assert firefox.problems == []


def test_the_search_finds_a_name_without_its_accent(firefox, site):
    firefox.open(f"{site}/search.html?q=Sadozai")
    assert firefox.evaluate(soon("document.querySelector('#search-results li a') !== null"))


def soon(condition: str) -> str:
    """Whether something is the case within five seconds."""
    return f"""new Promise((done) => {{
      const look = (left) => ({condition}) ? done(true) : left ? setTimeout(look, 50, left - 1) : done(false);
      look(100);
    }})"""
