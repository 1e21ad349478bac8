"""A role or a directive that names nothing is refused with what it accepts."""

import pytest


@pytest.mark.parametrize(
    "markdown, message",
    [
        ("{place}`words <chapters/nowhere#a>`", "there is no page 'chapters/nowhere'"),
        ("{reading-time}`chapters/nowhere`", "no reading time of 'chapters/nowhere'; accepted: a page such as"),
        ("{reading-time}`chapters/page#end`", "no reading time of 'chapters/page#end'; accepted: a page such as"),
        ("{fact}`none`", "no fact 'none'; accepted: sources, "),
        ("{lang}`слово <qq>`", "no language 'qq'; accepted: "),
        ("```{marking-rubric} none\n```", "no rubric 'none'; accepted: "),
    ],
)
def test_an_unknown_name_is_refused(page, markdown, message):
    with pytest.raises(AssertionError, match=message):
        page.read(markdown)
