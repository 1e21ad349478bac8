"""The built book in a real Chromium: operated by keyboard and mouse, linked to, from a disk, without scripts, in print."""

import pytest
from test_build import PAGES

PHONE = {"width": 360, "height": 740}
CHAPTER = "chapters/origins.html"
ALL_PAGES = [*PAGES, "search.html", "genindex.html", "404.html"]


def shown(tab, name):
    """Key of the one visible frame of an explorer."""
    frames = tab.locator(f'form.explorer[data-explorer="{name}"] .explorer-frame:visible')
    assert frames.count() == 1
    return frames.first.get_attribute("data-key")


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_slider_is_operated_by_keyboard_and_mouse(open_page, scheme):
    tab = open_page(CHAPTER, scheme=scheme)
    slider = tab.locator("#membership-year")
    assert shown(tab, "membership") == "year=2007"
    slider.focus()
    tab.keyboard.press("ArrowRight")
    assert shown(tab, "membership") == "year=2008"
    tab.keyboard.press("Home")
    assert shown(tab, "membership") == "year=1992"
    tab.locator('#membership button[data-step="1"]').click()
    assert shown(tab, "membership") == "year=1993"
    box = slider.bounding_box()
    tab.mouse.click(box["x"] + box["width"] - 3, box["y"] + box["height"] / 2)
    assert shown(tab, "membership") == "year=2024"
    assert tab.locator("#membership output").inner_text() == "2024"
    tab.wait_for_url("**#membership?year=2024")
    assert "Armenia declared its participation frozen" in tab.locator("#membership .explorer-status").text_content()


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_select_is_operated_by_keyboard_and_mouse(open_page, scheme):
    tab = open_page(CHAPTER, scheme=scheme)
    before = shown(tab, "promise")
    tab.locator("#promise-provision").focus()
    tab.keyboard.press("ArrowDown")
    after = shown(tab, "promise")
    assert after != before
    tab.locator("#promise-provision").select_option("Consensus")
    assert shown(tab, "promise") == "provision=Consensus"


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_link_leads_to_a_state(open_page, scheme):
    tab = open_page(CHAPTER + "#membership?year=2012", scheme=scheme)
    assert shown(tab, "membership") == "year=2012"
    assert tab.locator("#membership-year").input_value() == "2012"
    tab.evaluate("location.hash = '#promise?provision=Mutual%20defense'")
    tab.wait_for_function("document.querySelector('#promise-provision').value === 'Mutual defense'")
    assert shown(tab, "promise") == "provision=Mutual defense"
    tab.evaluate("location.hash = '#promise?provision=Nope'")
    tab.evaluate("location.hash = '#100%'")
    tab.wait_for_timeout(200)
    assert shown(tab, "promise") == "provision=Mutual defense"
    assert tab.context.problems == []


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_list_is_filtered_and_its_state_is_in_the_address(open_page, scheme):
    tab = open_page("chapters/timeline.html", scheme=scheme)
    entries, status = tab.locator("#events-list > li:visible"), tab.locator("#events [role=status]")
    everything = entries.count()
    tab.locator("#events-kind").focus()
    tab.keyboard.press("ArrowDown")
    kind = tab.locator("#events-kind").input_value()
    assert kind and entries.evaluate_all("all => [...new Set(all.map(each => each.dataset.kind))]") == [kind]
    assert status.inner_text() == f"{entries.count()} of {everything} events shown" and entries.count() < everything
    tab.locator("#events-party").select_option("CSTO")
    parties = entries.evaluate_all("all => all.map(each => each.dataset.party.split(';'))")
    assert parties and all("CSTO" in each for each in parties)
    assert tab.evaluate("location.hash") == f"#events?party=CSTO&kind={kind}"
    tab.locator("#events button").click()
    assert entries.count() == everything and tab.evaluate("location.hash") == "#events?"
    assert tab.context.problems == []


def test_sources_are_filtered_by_chapter_and_kind(open_page):
    tab = open_page("chapters/bibliography.html#sources?chapter=origins&kind=scholarly")
    entries = tab.locator("ul.citation-list > li:visible")
    shown = entries.evaluate_all("all => all.map(each => [each.dataset.chapter.split(';').includes('origins'), each.dataset.kind])")
    assert shown and all(each == [True, "scholarly"] for each in shown)
    assert tab.locator("#sources [role=status]").inner_text().startswith(f"{len(shown)} of ")
    assert tab.locator("article h2:visible").all_inner_texts() == ["Scholarship"], "a kind without a source left is hidden"
    tab.evaluate("location.hash = '#source-21by-2010-08-20'")
    tab.locator("#source-21by-2010-08-20").wait_for(state="visible")


@pytest.mark.parametrize("scheme", ["http", "file"])
def test_a_link_leads_to_a_choice_of_events_or_to_one_event(open_page, scheme):
    tab = open_page("chapters/timeline.html#events?chapter=origins&kind=request", scheme=scheme)
    entries = tab.locator("#events-list > li:visible")
    assert entries.evaluate_all("all => all.map(each => each.id)") == ["origins-1992-08-09-armenia-appeal"]
    tab.evaluate("location.hash = '#border-2021-07-07-sultonov'")  # hidden by the choice: the choice gives way
    tab.locator("#border-2021-07-07-sultonov").wait_for(state="visible")
    assert entries.count() == tab.locator("#events-list > li").count()
    tab.evaluate("location.hash = '#events?kind=nope&nobody=1'")
    tab.wait_for_timeout(200)
    assert entries.count() == tab.locator("#events-list > li").count()
    assert tab.context.problems == []


@pytest.mark.parametrize("page", ["timeline", "core-readings"])
def test_without_scripts_a_list_is_whole_and_shows_no_dead_controls(open_page, page):
    tab = open_page(f"chapters/{page}.html", scripts=False)
    entries = tab.locator(".records > li")
    assert tab.locator(".records > li:visible").count() == entries.count() > 100
    assert not tab.locator("form.filter").is_visible()


def test_in_print_a_list_shows_what_was_chosen(open_page):
    tab = open_page("chapters/core-readings.html#claims?verdict=wrong")
    tab.emulate_media(media="print")
    verdicts = tab.locator("#claims-list > li:visible").evaluate_all("all => all.map(each => each.dataset.verdict)")
    assert verdicts and set(verdicts) == {"wrong"}
    assert tab.locator("#claims-verdict").is_visible() and not tab.locator("#claims button").is_visible()


def test_the_day_on_the_slider_is_the_day_in_the_table(open_page):
    tab = open_page("chapters/crisis-2010.html#june?june=12")
    frame = tab.locator('#june .explorer-frame:visible')
    assert frame.get_attribute("data-key") == "june=12"
    words = frame.locator("table").text_content()
    assert "12 June: Otunbayeva announces a signed letter" in words and "14 June" not in words


def test_without_scripts_every_frame_can_be_reached(open_page):
    tab = open_page(CHAPTER, scripts=False)
    frames = tab.locator(".explorer-frame")
    assert frames.count() > 30
    assert tab.locator(".explorer-frame:visible").count() == frames.count()
    assert tab.locator(".explorer-controls input:visible, .explorer-controls select:visible").count() == 0
    first = tab.locator(".quiz-option").first
    first.locator("summary").click()
    assert first.locator("p").is_visible()


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_without_scripts_a_quiz_is_answered_by_keyboard_and_read_aloud(open_page, key):
    tab = open_page(CHAPTER, scripts=False)
    options = tab.locator(".quiz > li").first.locator(".quiz-option")
    devtools = tab.context.new_cdp_session(tab)
    page = devtools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]

    def announced(name):
        """What a screen reader is told of the option: whether it is open."""
        query = {"nodeId": page, "role": "DisclosureTriangle", "accessibleName": name}
        (node,) = devtools.send("Accessibility.queryAXTree", query)["nodes"]
        return {each["name"]: each["value"]["value"] for each in node["properties"]}["expanded"]

    options.first.locator("summary").focus()
    for number in range(options.count()):
        option = options.nth(number)
        name = option.locator("summary").inner_text()
        assert tab.evaluate("document.activeElement.innerText") == name, "Tab goes from option to option"
        assert not option.locator("p").is_visible() and not announced(name)
        tab.keyboard.press(key)
        verdict = "Right." if option.get_attribute("data-correct") == "true" else "Not quite."
        assert option.locator("p").is_visible() and option.locator("p").inner_text().startswith(f"{verdict} ")
        assert announced(name)
        tab.keyboard.press("Tab")


@pytest.mark.parametrize("scripts", [True, False])
def test_in_print_every_option_of_a_quiz_shows_its_feedback(open_page, scripts):
    tab = open_page(CHAPTER, scripts=scripts)
    tab.emulate_media(media="print")
    assert tab.locator(".quiz-option p:visible").count() == tab.locator(".quiz-option").count() > 10


def test_without_scripts_the_front_page_leads_to_every_page(open_page):
    tab = open_page("index.html", viewport=PHONE, scripts=False)
    links = tab.locator("article a[href]").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert [page for page in PAGES if page != "index.html" and page not in links] == []


def test_in_print_everything_is_laid_out(open_page):
    tab = open_page(CHAPTER)
    tab.emulate_media(media="print")
    frames = tab.locator(".explorer-frame")
    assert tab.locator(".explorer-frame:visible").count() == frames.count()
    assert tab.get_by_text("All seven presidents signed on 6 October 2007").is_visible()
    assert tab.locator(".quiz-option p").first.is_visible()


def test_the_search_finds_a_page_and_its_index_loads_nowhere_else(open_page):
    tab = open_page(CHAPTER)
    assert tab.locator('script[src*="searchindex"]').count() == 0
    tab.locator("button.search-button__button:visible, button.search-button-field:visible").first.click()
    tab.keyboard.type("remittances")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/search.html?q=remittances")
    tab.locator('#search-results a[href*="crisis-2010.html"]').first.wait_for()


def test_the_menu_opens_on_a_phone(open_page):
    tab = open_page(CHAPTER, viewport=PHONE)
    link = tab.locator('.bd-sidebar-primary a[href="glossary.html"], #pst-primary-sidebar-modal a[href="glossary.html"]').first
    assert not link.is_visible()
    tab.locator("button.primary-toggle:visible").click()
    link.wait_for(state="visible")
    link.click()
    tab.wait_for_url("**/glossary.html")


def test_focus_is_visible_and_not_hidden_under_the_header(open_page):
    tab = open_page(CHAPTER)
    tab.locator("#membership-year").focus()
    tab.keyboard.press("Tab")
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    box = tab.evaluate("(() => { const box = document.activeElement.getBoundingClientRect(); return [box.top, box.bottom, innerHeight] })()")
    assert outline == "solid"
    assert 0 <= box[0] and box[1] <= box[2]
