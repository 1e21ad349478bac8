"""The built book in a real Chromium: by keyboard and mouse, by link, from a disk, in print."""

import pytest
from support.browsing import all_visible, follow, shown

CHAPTER = "chapters/origins.html"
#: Addresses, as a mail program or a reader may have changed them -> explorer and state.
MAILED = [
    ("#membership%3Fyear=1992", "membership", "year=1992"),
    ("#membership?year=1993.", "membership", "year=1993"),
    ("#membership%3Fyear%3D1992", "membership", "year=1992"),
    ("#promise?provision=Mutual+defense", "promise", "provision=Mutual defense"),
    ("#promise?provision=Consensus", "promise", "provision=Consensus"),
    ("#promise?provision=Mutual_defense", "promise", "provision=Mutual defense"),
    ("#promise?provision=Consensus.", "promise", "provision=Consensus"),
    ("#promise?provision=Mutual%20defense", "promise", "provision=Mutual defense"),
]


def test_explorers_are_operated_by_keyboard_and_mouse(open_page):
    tab = open_page(CHAPTER, scheme="file")
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

    slider.focus()
    tab.keyboard.press("Tab")
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    box = tab.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
    assert box["top"] >= 0 and box["bottom"] <= tab.viewport_size["height"], "the focus is out of sight"


def test_a_link_leads_to_a_state(open_page):
    tab = open_page(f"{CHAPTER}#membership?year=2012", scheme="file")
    assert shown(tab, "membership") == "year=2012"
    assert tab.locator("#membership-year").input_value() == "2012"
    for address, name, state in MAILED:
        follow(tab, address)
        assert shown(tab, name) == state, address
        assert tab.locator(f"#{name} :is(input, select)").input_value() == state.partition("=")[2], address
    for unknown in ("#promise?provision=Nope", "#100%"):
        follow(tab, unknown)
        assert shown(tab, "promise") == "provision=Mutual defense"
    tab.evaluate("scrollTo(0, 0)")
    follow(tab, "#membership?year=MCMXCII")
    assert shown(tab, "membership") == "year=1992"
    assert tab.evaluate("scrollY") > 1000, "the page is scrolled to it"


def test_a_list_is_filtered_and_its_state_is_in_the_address(open_page):
    tab = open_page("chapters/timeline.html", scheme="file")
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

    follow(tab, "#events?chapter=origins&kind=request")
    assert entries.evaluate_all("all => all.map(each => each.id)") == ["origins-1992-08-09-armenia-appeal"]
    follow(tab, "#border-2021-07-07-sultonov")  # hidden by the choice: the choice gives way
    assert tab.locator("#border-2021-07-07-sultonov").is_visible() and entries.count() == everything
    follow(tab, "#events?kind=nope&nobody=1")
    assert entries.count() == everything


def test_sources_are_filtered_by_chapter_and_kind(open_page):
    tab = open_page("chapters/bibliography.html#sources?chapter=origins&kind=scholarly")
    entries = tab.locator("ul.citation-list > li:visible").evaluate_all("all => all.map(each => ({...each.dataset}))")
    assert entries
    for each in entries:
        assert "origins" in each["chapter"].split(";") and each["kind"] == "scholarly", each
    assert tab.locator("#sources [role=status]").inner_text().startswith(f"{len(entries)} of ")
    assert tab.locator("article h2:visible").all_inner_texts() == ["Scholarship"], "a kind without a source is hidden"
    follow(tab, "#source-21by-2010-08-20")
    assert tab.locator("#source-21by-2010-08-20").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_in_print_everything_is_laid_out_and_no_card_is_left(open_page, scripts):
    tab = open_page(CHAPTER, scripts=scripts)
    tab.locator("article p a.note").nth(3).focus()
    if scripts:
        tab.locator(".preview:popover-open").wait_for()
    tab.emulate_media(media="print")
    assert not tab.locator(".preview").is_visible() and tab.locator(".notes > li").first.is_visible()
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
