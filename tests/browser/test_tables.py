"""Tables in a real browser: stops of the Tab key where they move, cards with the roles of a table on a phone."""

import pytest
from support.browsing import DESKTOP, OPEN_FOLDS, PHONE

WRONG_STOPS = """() => [...document.querySelectorAll(".table-scroll")].filter((area) => area.checkVisibility())
  .filter((area) => (area.scrollWidth > area.clientWidth) !== (area.getAttribute("tabindex") === "0"))
  .map((area) => area.getAttribute("aria-label"))"""
PARTS = {"row": "tr", "columnheader": "thead th", "rowheader": "tbody th", "cell": "td"}


@pytest.mark.parametrize("page", ["chapters/origins.html", "chapters/comparison.html"])
def test_a_table_is_a_stop_of_the_tab_key_only_where_it_moves_and_only_cards_need_roles(open_page, page):
    tab = open_page(page, viewport=PHONE)
    tab.evaluate(OPEN_FOLDS)
    cards = tab.locator("table.stacks").first
    for role, part in PARTS.items():
        assert cards.locator(part).count() == cards.locator(f"[role={role}]").count() > 0, role
    for viewport in (PHONE, DESKTOP):
        tab.set_viewport_size(viewport)
        tab.wait_for_timeout(300)
        assert tab.locator(".table-scroll:visible").count() > 10
        assert tab.evaluate(WRONG_STOPS) == [], viewport
    assert cards.locator("[role]:not(a)").count() == 0
