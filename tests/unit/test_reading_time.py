"""Reading time counts what a reader sees when a page opens."""

import pytest

from press.sphinx.reading_time import WORDS_A_MINUTE, count, minutes


def words(page, markdown):
    """How many words a page with one title of one word has below it."""
    return count(page.read(markdown)) - 1


@pytest.mark.parametrize(
    "markdown, expected",
    [
        ("One two *three* four-five — six.", 5),
        ("One two {cite:p}`mcdermott2007`.", 2),
        ("* one\n* two three\n\n| four | five |\n|---|---|\n| six | seven |", 7),
        (":::{dropdown} Two words\nHidden words.\n:::", 2),
        ("% a comment\n\nOne.", 1),
    ],
)
def test_words_are_counted_as_they_are_seen(page, markdown, expected):
    assert words(page, markdown) == expected


def test_minutes_are_whole_and_at_least_one():
    assert [minutes(words) for words in (3, 10 * WORDS_A_MINUTE, 10.4 * WORDS_A_MINUTE)] == [1, 10, 10]


def test_a_page_says_its_times_up_to_the_documents_and_after(page):
    story, rest = "word " * 5 * WORDS_A_MINUTE, "word " * 3 * WORDS_A_MINUTE
    times = "{reading-time}`chapters/page#story`, {reading-time}`chapters/page#rest`, {reading-time}`chapters/page`"
    doctree = page.read(f"{story}\n\n## Documents\n\n{rest}\n\n{times}")
    assert doctree.astext().endswith("5 min, 3 min, 8 min")
