"""What stands around the text of a page: header, menus, search, contents, the front page and its short path."""

import pytest
from support.browsing import PHONE, sticks_out

CHAPTER = "chapters/origins.html"


@pytest.mark.parametrize("scripts", [True, False])
def test_the_menus_of_the_header_open_on_a_phone_with_and_without_scripts(open_page, scripts):
    tab = open_page("index.html", viewport=PHONE, scripts=scripts)
    tab.locator("summary", has_text="Reference").click()
    tab.locator('.menu a[href$="glossary.html"]').click()
    tab.wait_for_url("**/glossary.html")


def test_esc_closes_a_menu_and_the_focus_returns_to_its_button(open_page):
    tab = open_page(CHAPTER)
    for width in (1280, 975, 640):
        tab.set_viewport_size({"width": width, "height": 800})
        tab.locator("summary", has_text="Chapters").focus()
        tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.getAttribute('href')") == "#" or tab.locator(".menu[open]").count()
        tab.keyboard.press("Escape")
        assert tab.locator(".menu[open]").count() == 0
        assert tab.evaluate("document.activeElement.innerText") == "Chapters"
        assert not sticks_out(tab, width)


def test_the_search_finds_a_page_without_fetching_it_and_its_index_loads_nowhere_else(open_page):
    tab, fetched = open_page(CHAPTER), []
    tab.on("request", lambda request: fetched.append(request.url))
    assert tab.locator('script[src*="searchindex"]').count() == 0
    tab.keyboard.press("Control+k")
    tab.keyboard.press("Escape")
    tab.locator(".search-link").click()
    tab.keyboard.type("remittances")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search.html?q=remittances")
    tab.locator('#search-results a[href*="memo-2010.html"]').first.wait_for()
    tab.wait_for_load_state("networkidle")
    assert not [address for address in fetched if "memo-2010" in address]


def test_the_dark_theme_is_chosen_once_for_all_pages(open_page):
    tab = open_page("index.html")
    assert tab.evaluate("document.documentElement.dataset.theme") == "light"
    tab.locator(".theme-button").click()
    assert tab.evaluate("[document.documentElement.dataset.theme, localStorage.theme]") == ["dark", "dark"]
    assert tab.locator(".theme-button").get_attribute("aria-pressed") == "true"


def test_text_is_a_serif_of_about_66_characters_a_line_that_moves_none_when_it_arrives(open_page):
    tab = open_page(CHAPTER)
    tab.evaluate("document.fonts.ready")
    loaded = tab.evaluate("[...document.fonts].filter((each) => each.status === 'loaded').map((each) => each.family)")
    assert "Source Serif 4" in [each.strip('"') for each in loaded]
    fonts = tab.locator("article pre").evaluate_all("all => all.map((each) => getComputedStyle(each).fontFamily)")
    assert fonts and all(each.endswith("monospace") for each in fonts), "code needs letters of one width"
    count = tab.evaluate(
        """() => {
          const long = [...document.querySelectorAll("article section > p")].filter((p) => p.textContent.length > 400);
          return long.slice(0, 8).map((p) => {
            const lines = p.getBoundingClientRect().height / parseFloat(getComputedStyle(p).lineHeight);
            return p.textContent.length / lines;
          });
        }"""
    )
    mean = sum(count) / len(count)
    assert 58 <= mean <= 72, f"{mean:.0f} characters a line"
    shift = tab.evaluate(
        """() => new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((each) => { sum += each.value; }))
            .observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(sum), 500);
        })"""
    )
    assert shift < 0.02


def test_the_first_screen_of_the_front_page_holds_question_picture_and_button(open_page):
    tab = open_page("index.html")
    for viewport in ({"width": 390, "height": 844}, {"width": 1280, "height": 800}):
        tab.set_viewport_size(viewport)
        for part in (".hook", ".invitation a >> nth=0", ".explorer-frame:visible svg", ".explorer input"):
            box = tab.locator(part).bounding_box()
            assert box["y"] + box["height"] <= viewport["height"], f"{part} at {viewport}"


def test_the_button_of_the_front_page_opens_a_path_that_ends(open_page):
    tab = open_page("index.html")
    tab.locator(".invitation a").first.click()
    tab.wait_for_url("**/chapters/five-minutes.html")
    words = tab.locator("article").inner_text().split()
    assert len(words) <= 5 * 140, f"{len(words)} words are more than five minutes"
    assert tab.get_by_role("heading", name="The end of the short path").is_visible()
