"""Every page in a real Chromium: accessible in every look, narrow enough for a phone, and silent."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import DESKTOP
from test_browser import ALL_PAGES, PHONE


@pytest.mark.parametrize("page", ALL_PAGES)
def test_no_request_leaves_no_error_is_logged_and_no_cookie_is_set(open_page, page):
    tab = open_page(page)
    tab.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    tab.wait_for_load_state("networkidle")
    assert tab.context.outside == []
    assert tab.context.problems == []
    assert tab.context.cookies() == []


@pytest.mark.parametrize("page", ALL_PAGES)
def test_nothing_sticks_out_on_a_phone(open_page, page):
    tab = open_page(page, viewport=PHONE)
    assert tab.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("look", ["light", "dark", "phone"])
@pytest.mark.parametrize("page", ALL_PAGES)
def test_axe_finds_no_violation_of_wcag_a_or_aa(open_page, page, look):
    tab = open_page(page, viewport=PHONE if look == "phone" else DESKTOP, theme="dark" if look == "dark" else "light")
    tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    tab.wait_for_timeout(300)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(tab, options={"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}).response["violations"]
    problems = [f"{each['id']} ({each['impact']}): {node['target']}" for each in found for node in each["nodes"]]
    assert problems == [], f"{page}, {look}:\n" + "\n".join(problems)
