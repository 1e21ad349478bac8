"""Every page in a real Chromium: accessible in every look, narrow enough for a phone, and silent.

Every row is looked at on a phone, without the rule of contrast; on a desktop two rows stand for a table. The weekly
workflow sets FULL_SWEEP, so that every row is looked at there, too.
"""

import pytest
from support.browsing import DESKTOP, DROP_HIDDEN, OPEN_FOLDS, PHONE, SHORTEN, axe_violations, sticks_out
from support.builds import FULL_SWEEP, PAGES


@pytest.mark.parametrize("page", [*PAGES, "search.html", "genindex.html", "404.html"])
def test_a_page_is_accessible_in_every_look_and_asks_for_nothing(open_page, page):
    tab = open_page(page, viewport=PHONE)  # first: where the theme lets a table scroll, it makes it reachable by key
    tab.evaluate("window.scrollTo(0, document.body.scrollHeight)")  # what is loaded late is asked for now
    tab.evaluate("window.scrollTo(0, 0)")
    assert not sticks_out(tab, PHONE["width"]), "it sticks out on a phone"
    tab.evaluate(OPEN_FOLDS)
    tab.evaluate(DROP_HIDDEN)
    assert axe_violations(tab, contrast=False) == [], "on a phone"

    tab.set_viewport_size(DESKTOP)
    tab.add_style_tag(content="* { transition: none !important }")  # colors would fade over
    if not FULL_SWEEP:
        tab.evaluate(SHORTEN)
    assert axe_violations(tab) == [], "on a desktop, in the light theme"
    tab.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert axe_violations(tab, contrast=True) == [], "in the dark theme"

    tab.wait_for_load_state("networkidle")
    assert tab.context.cookies() == []
