"""Tables in a real browser: stops of the Tab key where they move, cards with the roles of a table on a phone."""

import pytest
from support.browsing import OPEN_FOLDS, PHONE

WRONG_STOPS = """() => [...document.querySelectorAll(".table-scroll")].filter((area) => area.checkVisibility())
  .filter((area) => (area.scrollWidth > area.clientWidth) !== (area.getAttribute("tabindex") === "0"))
  .map((area) => area.getAttribute("aria-label"))"""
PARTS = {"row": "tr", "columnheader": "thead th", "rowheader": "tbody th", "cell": "td"}


@pytest.mark.parametrize("page", ["chapters/origins.html", "chapters/comparison.html"])
def test_a_table_is_a_stop_of_the_tab_key_only_where_it_moves(open_page, page):
    tab = open_page(page)
    tab.evaluate(OPEN_FOLDS)
    for viewport in ({"width": 1280, "height": 900}, PHONE):
        tab.set_viewport_size(viewport)
        tab.wait_for_timeout(300)
        assert tab.locator(".table-scroll:visible").count() > 10
        assert tab.evaluate(WRONG_STOPS) == [], viewport


def test_without_scripts_every_table_is_a_stop(open_page):
    tab = open_page("chapters/origins.html", scripts=False)
    assert tab.locator(".table-scroll").count() == tab.locator(".table-scroll[tabindex='0']").count() > 10


def test_cards_have_the_roles_of_a_table_and_a_table_needs_none(open_page):
    tab = open_page("chapters/origins.html", viewport=PHONE)
    table = tab.locator("table.stacks").first
    for role, part in PARTS.items():
        assert table.locator(part).count() == table.locator(f"[role={role}]").count() > 0, role
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.wait_for_timeout(300)
    assert table.locator("[role]:not(a)").count() == 0
