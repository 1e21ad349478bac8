"""Explorers and quizzes in a real Chromium: sliders, guesses that keep score, merged states, the full screen."""

import pytest
from support.browsing import PHONE, all_visible, axe_violations, follow, shown, sticks_out

from casebook.contents import chapters

BORDER, COMPARISON, RASHT = (
    f"chapters/{slug}.html" for slug in ("afghan-border-2021", "comparison", "rasht-insurgency")
)
PROJECTOR = {"width": 1280, "height": 720}
NARROW = {"width": 320, "height": 640}


# --- sliders


def test_months_are_a_slider_that_says_where_it_stands(open_page):
    tab = open_page(f"{RASHT}#valley?month=August%202009%20to%20July%202010")  # an address from before the sliders
    slider, said = tab.locator("#valley-month"), tab.locator("#valley output")
    assert shown(tab, "valley") == f"month={said.inner_text()}" == "month=August 2009 to July 2010"
    tab.locator("#valley").get_by_role("button", name="Previous month").click()
    assert shown(tab, "valley") == f"month={said.inner_text()}" == "month=July 2009"
    assert slider.get_attribute("aria-valuetext") == said.inner_text()
    tab.wait_for_url("**#valley?month=July+2009")


def test_the_wordings_of_a_promise_stand_one_above_the_other_on_a_phone(open_page):
    tab = open_page("chapters/origins.html#promise?provision=Duty%20to%20consult", viewport=PHONE)
    rows = tab.locator("#promise .explorer-frame:visible tbody tr")
    assert rows.count() > 3
    for row in rows.all():
        old, new = (cell.bounding_box() for cell in row.locator("td").all())
        assert old["y"] + old["height"] <= new["y"], "the wordings stand side by side"
        assert max(box["x"] + box["width"] for box in (old, new)) <= PHONE["width"], "a wording is cut off"
    headings = tab.locator("#promise .explorer-frame:visible tbody tr").first.locator("td")
    assert [each.get_attribute("data-column")[:4] for each in headings.all()] == ["1992", "2010"]


# --- states that show the same


def test_what_gives_the_same_or_is_gone_cannot_be_chosen_and_its_old_address_lives(open_page):
    tab = open_page(f"{BORDER}#border%3Fday%3D5%20July")
    assert shown(tab, "border") == "day=5 July"
    same = "promise=Russia,%201,230%20million%20(2014)&count_as_handed_over=what%20went%20to%20the%20border%20troops"
    follow(tab, f"#audit?{same}")
    kept = "promise=Russia, 1,230 million (2014)&count_as_handed_over=what others than the giver report"
    assert shown(tab, "audit") == kept
    said = tab.locator("#audit p.explorer-text:visible").inner_text()
    assert "The same with: what went to the border troops." in said
    rules = tab.locator("#audit-count_as_handed_over")
    assert rules.input_value() == "what others than the giver report"
    assert rules.locator("option:disabled").all_inner_texts() == ["what went to the border troops"]
    tab.locator("#audit-promise").select_option("China, a base (2021)")
    assert rules.locator("option:enabled").count() == 1, "only one state of this promise differs"
    assert shown(tab, "audit") == f"promise=China, a base (2021)&count_as_handed_over={rules.input_value()}"
    follow(tab, "#audit?promise=a%20yacht&count_as_handed_over=the%20same%20time%20only%20once")
    assert shown(tab, "audit").endswith("&count_as_handed_over=the same time only once")


# --- guesses


def test_a_guess_opens_the_answer_and_another_case_hides_it_again(open_page):
    tab = open_page(f"{COMPARISON}#predict?case=Case%20D&my_prediction=soldiers")
    score, status = tab.locator("#predict .explorer-score"), tab.locator("#predict .explorer-status")
    answer = tab.locator("#predict .explorer-answer:visible")
    assert shown(tab, "predict") == "case=Case D", "an address from before the guesses"
    assert not answer.locator("p").is_visible(), "an address gives the answer away"
    rights = 0
    for place, letter in enumerate("ABC", start=1):
        tab.locator("#predict-case").select_option(f"Case {letter}")
        assert not answer.locator("p").is_visible(), "the answer of the next case shows"
        assert tab.locator("#predict [aria-pressed=true]").count() == 0, "the guess at the case before is kept"
        right = tab.locator("#predict .explorer-frame:visible").get_attribute("data-answer")
        button = tab.locator("#predict [data-guess=soldiers]")
        button.focus()
        tab.keyboard.press("Enter")
        rights += right == "soldiers"
        verdict = "✓ Right. This is" if right == "soldiers" else "✗ Wrong. This is"
        assert answer.locator("p").is_visible() and answer.locator("p").inner_text().startswith(verdict)
        assert button.get_attribute("aria-pressed") == "true"
        assert score.inner_text() == f"{rights} of {place} right"
        tab.wait_for_timeout(300)  # the case is announced first
        assert verdict in status.text_content() and status.text_content().endswith(score.inner_text())
    tab.locator("#predict-case").select_option("Case A")
    assert not answer.locator("p").is_visible()
    tab.locator("#predict [data-guess=soldiers]").click()
    assert score.inner_text() == f"{rights} of 3 right", "a case counts twice"
    tab.locator("#predict-case").select_option("Case E")
    answer.locator("summary").click()
    right = tab.locator("#predict .explorer-frame:visible").get_attribute("data-answer")
    tab.locator(f"#predict [data-guess='{right}']").click()
    assert answer.locator("p").inner_text().startswith("✓ Right.")
    assert score.inner_text() == f"{rights} of 3 right", "a guess after a look at the answer counts"


def test_in_print_no_button_shows_and_every_answer_is_open(open_page):
    tab = open_page(COMPARISON)
    tab.emulate_media(media="print")
    assert tab.locator(".explorer button:visible").count() == 0
    assert all_visible(tab, "#predict .explorer-frame") and all_visible(tab, "#predict .explorer-answer p")


# --- quizzes


def test_a_quiz_counts_first_tries_and_right_and_wrong_differ_by_word_mark_and_line(open_page):
    tab = open_page("chapters/origins.html", scheme="file")
    questions, score = tab.locator(".quiz > li").all(), tab.locator(".quiz-score")
    assert not score.is_visible() and len(questions) >= 5
    for place, question in enumerate(questions, start=1):
        right, wrong = (
            question.locator(f".quiz-option[data-correct={each}] summary").first for each in ("true", "false")
        )
        for option in (wrong, right) if place == 2 else (right, wrong):
            option.focus()
            tab.keyboard.press("Enter")
        left = len(questions) - place
        points = place - (place >= 2)
        end = f"; {left} to go." if left else "."
        assert score.inner_text() == f"{points} of {place} right at the first try{end}"
    assert score.get_attribute("role") == "status"
    for correct, verdict, line in (("true", "✓ Right.", "solid"), ("false", "✗ Wrong.", "dashed")):
        option = tab.locator(f".quiz-option[open][data-correct={correct}]").first
        assert option.locator("strong").inner_text() == verdict
        assert option.evaluate("each => getComputedStyle(each).borderLeftStyle") == line


# --- the full screen


def project(tab, name):
    title = tab.locator(f"#{name}").get_attribute("aria-label")
    tab.get_by_role("button", name=f"Full screen {title}").click()
    tab.locator(f"#{name}.projected").wait_for()


@pytest.mark.parametrize("slug", chapters())
def test_explorers_fit_a_finger_on_a_narrow_screen_and_a_full_screen_in_every_state(open_page, slug):
    tab = open_page(f"chapters/{slug}.html", viewport=NARROW)
    assert not sticks_out(tab, NARROW["width"])
    for slider in tab.locator(".explorer input[type=range]").all():
        assert slider.bounding_box()["width"] >= 150, slider.get_attribute("id")
    for button in tab.locator(".explorer button:visible").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24, button.inner_text()

    tab.set_viewport_size(PROJECTOR)
    for name in tab.locator("form.explorer").evaluate_all("forms => forms.map(form => form.id)"):
        project(tab, name)
        unlock = tab.locator(f"#{name} .explorer-unlock")
        if unlock.count():
            unlock.click()
        out_of_sight = tab.locator(f"#{name}").evaluate(
            """form => {
              const frames = [...form.querySelectorAll(".explorer-frame")];
              const below = (part) => part.getBoundingClientRect().bottom > innerHeight;
              return frames.filter((frame) => {
                for (const each of frames) each.hidden = each !== frame;
                const parts = ":scope > :is(svg, p.explorer-text), :scope > .table-scroll tr";
                return [...frame.querySelectorAll(parts)].some(below);
              }).map((frame) => frame.dataset.key);
            }"""
        )
        assert out_of_sight == [], name
        tab.locator(f"#{name} .explorer-full").click()
        tab.locator(f"#{name}:not(.projected)").wait_for()


def test_a_full_screen_keeps_the_focus_until_it_is_left_and_where_it_is_refused_a_layer_covers_the_page(open_page):
    tab = open_page("chapters/origins.html", viewport=PROJECTOR)
    project(tab, "membership")
    assert tab.evaluate("document.fullscreenElement?.id") in ("membership", None)
    for _ in range(12):
        tab.keyboard.press("Tab")
        assert tab.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('#membership')"
        )
    assert axe_violations(tab, within="#membership") == []
    tab.locator("#membership-year").focus()
    tab.keyboard.press("Escape")
    tab.locator("#membership:not(.projected)").wait_for()
    assert tab.locator("#membership .explorer-full").inner_text() == "Full screen"

    tab.evaluate("() => { Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('refused')); }")
    project(tab, "membership")
    box = tab.locator("#membership").bounding_box()
    assert box == {"x": 0, "y": 0, **PROJECTOR}
    corners = "[[2, 2], [1278, 718]].every(([x, y]) => document.elementFromPoint(x, y).closest('#membership'))"
    assert tab.evaluate(corners), "something of the page lies over it"
    tab.keyboard.press("Escape")
    tab.locator("#membership:not(.projected)").wait_for()


def test_a_full_screen_stops_at_the_eve_of_the_decision_until_it_is_unlocked(open_page):
    tab = open_page("chapters/crisis-2010.html#june?june=12", viewport=PROJECTOR)
    assert shown(tab, "june") == "june=12"
    words = tab.locator("#june .explorer-frame:visible table").text_content()
    assert "12 June: Otunbayeva announces a signed letter" in words and "14 June" not in words
    follow(tab, "#june?june=17")
    assert shown(tab, "june") == "june=17"
    project(tab, "june")
    assert shown(tab, "june") == "june=13", "it opens on what is later"
    tab.locator("#june-june").focus()
    tab.keyboard.press("End")
    assert shown(tab, "june") == "june=13"
    tab.locator("#june [data-step='1']").click()
    assert shown(tab, "june") == "june=13"
    tab.locator("#june .explorer-unlock").click()
    tab.locator("#june [data-step='1']").click()
    assert shown(tab, "june") == "june=14" and not tab.locator("#june .explorer-unlock").is_visible()


def test_where_every_state_is_later_nothing_shows_until_it_is_unlocked(open_page):
    tab = open_page(BORDER, viewport=PROJECTOR)
    project(tab, "audit")
    assert tab.locator("#audit .explorer-frame:visible").count() == 0
    tab.locator("#audit .explorer-unlock").click()
    assert tab.locator("#audit .explorer-frame:visible").count() == 1
