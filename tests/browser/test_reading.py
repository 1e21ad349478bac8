"""The built book in a real Chromium: by keyboard and mouse, by link, from a disk, without scripts, in print."""

import itertools

import pytest
from support.browsing import from_the_web_and_from_a_disk, shown

CHAPTER = "chapters/origins.html"


def all_visible(tab, elements):
    """Whether a page has some elements and shows all of them."""
    return tab.locator(f"{elements}:visible").count() == tab.locator(elements).count() > 0


@from_the_web_and_from_a_disk
def test_explorers_are_operated_by_keyboard_and_mouse(open_page, scheme):
    tab = open_page(CHAPTER, scheme=scheme)
    slider = tab.locator("#membership-year")
    assert shown(tab, "membership") == "year=1999"
    slider.focus()
    tab.keyboard.press("ArrowRight")
    assert shown(tab, "membership") == "year=2000"
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

    before = shown(tab, "promise")
    tab.locator("#promise-provision").focus()
    tab.keyboard.press("ArrowDown")
    assert shown(tab, "promise") != before
    tab.locator("#promise-provision").select_option("Consensus")
    assert shown(tab, "promise") == "provision=Consensus"


@from_the_web_and_from_a_disk
def test_a_link_leads_to_a_state(open_page, scheme):
    tab = open_page(f"{CHAPTER}#membership?year=2012", scheme=scheme)
    assert shown(tab, "membership") == "year=2012"
    assert tab.locator("#membership-year").input_value() == "2012"
    tab.evaluate("location.hash = '#promise?provision=Mutual%20defense'")
    tab.wait_for_function("document.querySelector('#promise-provision').value === 'Mutual defense'")
    assert shown(tab, "promise") == "provision=Mutual defense"
    for unknown in ("#promise?provision=Nope", "#100%"):
        tab.evaluate("hash => { location.hash = hash }", unknown)
    tab.wait_for_timeout(200)
    assert shown(tab, "promise") == "provision=Mutual defense"
    assert tab.context.problems == []


def test_the_day_on_the_slider_is_the_day_in_the_table(open_page):
    tab = open_page("chapters/crisis-2010.html#june?june=12")
    assert shown(tab, "june") == "june=12"
    words = tab.locator("#june .explorer-frame:visible table").text_content()
    assert "12 June: Otunbayeva announces a signed letter" in words and "14 June" not in words


@from_the_web_and_from_a_disk
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


def test_a_link_leads_to_a_choice_of_events_or_to_one_event(open_page):
    tab = open_page("chapters/timeline.html#events?chapter=origins&kind=request")
    entries, everything = tab.locator("#events-list > li:visible"), tab.locator("#events-list > li").count()
    assert entries.evaluate_all("all => all.map(each => each.id)") == ["origins-1992-08-09-armenia-appeal"]
    tab.evaluate("location.hash = '#border-2021-07-07-sultonov'")  # hidden by the choice: the choice gives way
    tab.locator("#border-2021-07-07-sultonov").wait_for(state="visible")
    assert entries.count() == everything
    tab.evaluate("location.hash = '#events?kind=nope&nobody=1'")
    tab.wait_for_timeout(200)
    assert entries.count() == everything
    assert tab.context.problems == []


def test_sources_are_filtered_by_chapter_and_kind(open_page):
    tab = open_page("chapters/bibliography.html#sources?chapter=origins&kind=scholarly")
    entries = tab.locator("ul.citation-list > li:visible").evaluate_all("all => all.map(each => ({...each.dataset}))")
    assert entries
    for each in entries:
        assert "origins" in each["chapter"].split(";") and each["kind"] == "scholarly", each
    assert tab.locator("#sources [role=status]").inner_text().startswith(f"{len(entries)} of ")
    assert tab.locator("article h2:visible").all_inner_texts() == ["Scholarship"], "a kind without a source is hidden"
    tab.evaluate("location.hash = '#source-21by-2010-08-20'")
    tab.locator("#source-21by-2010-08-20").wait_for(state="visible")


def test_without_scripts_every_state_and_every_entry_is_shown_and_no_control_is_dead(open_page):
    tab = open_page(CHAPTER, scripts=False)
    assert all_visible(tab, ".explorer-frame") and tab.locator(".explorer-frame").count() > 30
    assert tab.locator(".explorer-controls :is(input, select):visible").count() == 0
    for page in ("timeline", "core-readings"):
        tab = open_page(f"chapters/{page}.html", scripts=False)
        for fold in tab.locator("details:has(.records) > summary").all():
            fold.click()
        assert all_visible(tab, ".records > li") and tab.locator(".records > li").count() > 100, page
        assert not tab.locator("form.filter").is_visible(), page


def test_without_scripts_a_quiz_is_answered_by_keyboard_and_read_aloud(open_page):
    tab = open_page(CHAPTER, scripts=False)
    options = tab.locator(".quiz > li").first.locator(".quiz-option")
    devtools = tab.context.new_cdp_session(tab)
    page = devtools.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]

    def announced(name):
        """What a screen reader says of the option: whether it is open."""
        query = {"nodeId": page, "role": "DisclosureTriangle", "accessibleName": name}
        (node,) = devtools.send("Accessibility.queryAXTree", query)["nodes"]
        return {each["name"]: each["value"]["value"] for each in node["properties"]}["expanded"]

    options.first.locator("summary").focus()
    for option, key in zip(options.all(), itertools.cycle(["Enter", "Space"]), strict=False):
        name, feedback = option.locator("summary").inner_text(), option.locator("p")
        assert tab.evaluate("document.activeElement.innerText") == name, "Tab goes from option to option"
        assert not feedback.is_visible() and not announced(name)
        tab.keyboard.press(key)
        verdict = "✓ Right." if option.get_attribute("data-correct") == "true" else "✗ Wrong."
        assert feedback.is_visible() and feedback.inner_text().startswith(f"{verdict} ")
        assert announced(name)
        tab.keyboard.press("Tab")


@pytest.mark.parametrize("scripts", [True, False])
def test_in_print_everything_is_laid_out(open_page, scripts):
    tab = open_page(CHAPTER, scripts=scripts)
    tab.emulate_media(media="print")
    assert all_visible(tab, ".explorer-frame")
    assert tab.get_by_text("It was signed on 6 October 2007").is_visible(), "a fold stays closed"
    options = tab.locator(".quiz-option").count()
    assert tab.locator(".quiz-option p:visible").count() == options > 10, "an option without its feedback"


def test_in_print_a_list_shows_what_was_chosen(open_page):
    tab = open_page("chapters/core-readings.html#claims?verdict=wrong")
    tab.emulate_media(media="print")
    verdicts = tab.locator("#claims-list > li:visible").evaluate_all("all => all.map(each => each.dataset.verdict)")
    assert verdicts and set(verdicts) == {"wrong"}
    assert tab.locator("#claims-verdict").is_visible() and not tab.locator("#claims button").is_visible()


def test_focus_is_visible_and_not_hidden_under_the_header(open_page):
    tab = open_page(CHAPTER)
    tab.locator("#membership-year").focus()
    tab.keyboard.press("Tab")
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    box = tab.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
    assert box["top"] >= 0 and box["bottom"] <= tab.viewport_size["height"]


def test_code_is_set_in_letters_of_one_width(open_page):
    tab = open_page(CHAPTER)
    fonts = tab.locator("article pre").evaluate_all("all => all.map((each) => getComputedStyle(each).fontFamily)")
    assert fonts and all(each.endswith("monospace") for each in fonts)
