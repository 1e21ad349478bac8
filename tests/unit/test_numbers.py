"""A number in a sentence is the one that a cell of the page computes; a name that does not fit is refused."""

import pytest
from support.outputs import printed

from casebook import show_numbers


@pytest.fixture
def sentence(page, on_page):
    """Write a sentence above a cell with numbers as HTML, as a page shows it."""

    def write(words, **numbers):
        return page.html(f"{words}\n\n{printed(show_numbers(**numbers))}")

    return write


def test_a_sentence_above_its_cell_has_the_number(sentence):
    words = sentence("It took {number}`days` days, {number}`share` of a year.", days=1705, share="93%")
    assert "<p>It took 1,705 days, 93% of a year.</p>" in words


def test_less_than_nothing_has_a_minus_sign(sentence):
    words = sentence("{number}`a`, {number}`b` and {number}`c`.", a=-1705, b="-11", c="2010-06-12 to 2010-06-14")
    assert "<p>−1,705, −11 and 2010-06-12 to 2010-06-14.</p>" in words


def test_a_notebook_shows_the_numbers_as_a_table(in_notebook):
    rows = in_notebook(show_numbers(days_of_war=5.0)).select("tbody tr")
    assert [cell.get_text() for cell in rows[0].find_all(["th", "td"])] == ["days of war", "5"]


@pytest.mark.parametrize(
    "words, message",
    [
        ("{number}`days` of {number}`weeks`", "no cell computes a number 'weeks'; accepted: days"),
        ("No number.", "no sentence has the number 'days'"),
    ],
)
def test_names_that_do_not_fit_are_named(sentence, words, message):
    with pytest.raises(AssertionError, match=message):
        sentence(words, days=5)


def test_a_number_is_computed_once(page, on_page):
    cell = printed(show_numbers(days=5))
    with pytest.raises(AssertionError, match="two cells of the page compute a number 'days'"):
        page.html(f"{{number}}`days`\n\n{cell}\n\n{cell}")


def test_a_number_with_a_fraction_is_given_as_it_is_printed():
    with pytest.raises(TypeError, match=r"share=0.5: give a whole number, or the text"):
        show_numbers(share=0.5)
