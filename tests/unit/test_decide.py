"""A decision: a form on a page, a list with lines and a fold elsewhere, and faults by name."""

import pytest

from press.editions import twins

OPTIONS = """1. **Wait.** *For:* it is cheap.
2. **Act now.** *For:* it is quick."""
DECISION = f"""::::{{decide}} 2007-10-05 Does it sign?
Choose one.

{OPTIONS}

The others can wait.

:::{{outcome}}
It signed.
:::
::::"""


def test_an_edition_has_a_list_lines_to_write_on_and_the_outcome(page):
    box = page.laid_out(DECISION).find(id="decide-2007-10-05")
    assert not box.select("form, fieldset, legend, label, input, textarea, button, details")
    assert [item.get_text() for item in box.ol.find_all("li")] == [
        "Wait. For: it is cheap.",
        "Act now. For: it is quick.",
    ]
    assert [line.get_text() for line in box.select(".decide-lines p")] == ["Reason 1:", "Reason 2:", "Risk:"]
    assert box.find(id="outcome-2007-10-05").strong.get_text() == "What happened next"
    words = box.get_text(" ")
    assert words.index("Does it sign?") < words.index("Choose one.") < words.index("Wait.") < words.index("The others")


def test_a_notebook_has_the_question_a_list_lines_and_a_fold():
    plain = twins.plain_markdown(DECISION)
    assert plain.startswith("**Decide · 5 October 2007.** Does it sign?\n\nChoose one.\n")
    assert f"\n{OPTIONS}\n" in plain, "not quoted"
    assert plain.index("Risk: ____") < plain.index("<details>\n<summary>What happened next</summary>\n\nIt signed.")


@pytest.mark.parametrize(
    "wrong, right, message",
    [
        ("2007-10-5 ", "2007-10-05 ", "a decision begins with its day, such as 2007-10-05, not '2007-10-5'"),
        ("1. Wait.", "1. **Wait.**", "an answer is one paragraph that begins with its name in bold"),
        ("Wait or act.", OPTIONS, "one numbered list of answers"),
        (":::{dropdown} Words", ":::{outcome}", "at its end, one outcome"),
    ],
)
def test_a_faulty_decision_is_refused(page, wrong, right, message):
    with pytest.raises(AssertionError, match=message):
        page.read(DECISION.replace(right, wrong))
