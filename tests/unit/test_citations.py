"""A citation is a number that names its sources, and a note at the end of the page that describes them."""

import pandas as pd
import pytest

from casebook import show_table
from press.model.sources import source
from press.sphinx import citations

RIA, FACTS = "ria-2007-10-06", "csto-basic-facts"


def test_a_number_is_behind_the_sentence_and_names_author_and_day(page):
    soup = page.soup(f"It said so {{cite:p}}`{RIA},{FACTS}`. Then nothing.")
    assert soup.p.text == "It said so.1 Then nothing."
    number = soup.p.a
    assert number["role"] == "doc-noteref"
    assert number["aria-label"] == "1: RIA Novosti, 6 October 2007; CSTO Secretariat, 2005"
    assert soup.select_one(number["href"]).name == "li"
    assert soup.select_one("#notes > [role=doc-endnotes] > ol.notes > li")


@pytest.mark.parametrize(
    "key, language",
    [("xituz-2019-05-30", "uz"), ("csto-2023-03-16", "ru-Latn"), ("zaki-cst-p2", None), (RIA, None)],
)
def test_a_title_in_another_language_is_marked_also_in_latin_letters(page, key, language):
    marked = page.soup(f"So {{cite:p}}`{key}`.").select_one("#note-1 em [lang]")
    assert (marked and marked["lang"]) == language


def test_the_same_sources_share_a_note_that_leads_back_to_each_place(page):
    soup = page.soup(f"One {{cite:p}}`{RIA}`, two {{cite:p}}`{FACTS}`; three {{cite:p}}`{RIA}`.")
    assert soup.p.text == "One,1 two;2 three.1"
    places = [number["id"] for number in soup.select("p > sup > a") if number.text == "1"]
    assert [back["href"] for back in soup.select("#note-1 .note-back")] == [f"#{place}" for place in places]
    assert [back.text for back in soup.select("#note-1 .note-back")] == ["Back 1", "Back 2"]


@pytest.mark.parametrize("key, end", [(RIA, ""), (FACTS, " Page undated")])
def test_a_note_says_what_was_read_unless_it_is_an_excerpt_which_is_said_once(page, key, end):
    notes = page.soup(f"So {{cite:p}}`{key}`.").select_one("#notes")
    described = source(key)
    assert f"{described.authors}. {described.title}. {described.place}.{end}" in notes.li.text
    assert "Excerpt read" not in notes.text and "Unless a note says otherwise, we read an excerpt" in notes.text


def test_a_source_without_a_date_ends_with_one_period(page):
    words = page.soup("So {cite:p}`swift-blog`.").li.text
    assert "n.d. " in words and "n.d.." not in words


def test_a_note_says_where_to_look(page):
    note, described = page.soup(f"So {{cite:p}}`{RIA}`.").select_one("#note-1"), source(RIA)
    assert described.archived == f"https://web.archive.org/web/20071006/{described.address}"
    addresses = [described.address, described.archived, f"bibliography.html#source-{RIA}"]
    assert [link["href"] for link in note.select("a")][:3] == addresses
    look = note.select_one(".note-archive")
    assert look.text == "Look in the web archive (may be empty)"
    assert look["aria-label"] == f"{look.text}: {described.title}"


def test_a_source_is_described_once_and_then_named(page):
    soup = page.soup(f"One {{cite:p}}`{RIA}`. Two {{cite:p}}`{FACTS},{RIA}`.")
    again = soup.select_one("#note-2 .note-again")
    assert again.parent.text.startswith("RIA Novosti, 6 October 2007: see note 1.")
    assert soup.select_one(again["href"]).parent["id"] == "note-1"


def test_a_narrative_citation_names_the_author_in_the_sentence(page):
    paragraph = page.soup(f"{{cite:t}}`{RIA}` said so.").p
    assert paragraph.text == "RIA Novosti (6 October 2007) said so."
    assert paragraph.a["href"] == f"bibliography.html#source-{RIA}"


@pytest.mark.parametrize("is_chapter, cell", [(True, "1"), (False, "RIA Novosti, 6 October 2007")])
def test_a_table_cites_by_notes_in_chapters_and_by_name_elsewhere(on_page, monkeypatch, is_chapter, cell):
    monkeypatch.setattr(citations, "chapters", lambda: {"page": "Page"} if is_chapter else {})
    frame = pd.DataFrame({"what": ["It"], "source": [RIA]})
    assert on_page(show_table(frame, "Sayings")).td.text == cell


@pytest.mark.parametrize("role", ["p", "t"])
def test_an_unknown_source_is_named(page, role):
    with pytest.raises(AssertionError, match="references.bib has no source 'nobody-1999'"):
        page.html(f"{{cite:{role}}}`nobody-1999`")


@pytest.mark.parametrize(
    "key, place",
    [
        ("allison-2004", "International Affairs 80(3): 463–483, 2004"),
        ("bogatyrev-2013", "Russia in Global Affairs, no. 1, 2013"),
        ("kudaibergen-2024", "In The Kazakh Spring, chapter 8, pages 244–274, Cambridge University Press, 16 May 2024"),
        ("icg-162", "Asia Report 162, copy at docslib.org, 12 February 2009"),
        ("kkv-1994", "Princeton University Press, ISBN 0-691-03471-0, 1994"),
        ("afp-2010-05-15", "AFP, copy at a blog, 15 May 2010"),
    ],
)
def test_a_source_says_where_it_appeared(key, place):
    assert source(key).place == place


def test_a_doi_is_a_link(page):
    links = page.soup("So {cite:p}`seawright-gerring-2008`.").select("li a")
    addresses = {link.text: link["href"] for link in links}
    assert addresses["doi 10.1177/1065912907313077"] == "https://doi.org/10.1177/1065912907313077"


@pytest.mark.parametrize("key, day", [("24kg-2021-06", "202106"), ("24kg-2021", "2021")])
def test_the_archive_is_searched_as_far_as_the_date_is_known(key, day):
    assert source(key).archived == f"https://web.archive.org/web/{day}/{source(key).address}"


@pytest.mark.parametrize("key", ["swift-blog", "afp-2010-10-04"], ids=["without a date", "without an address"])
def test_the_archive_is_not_offered_where_it_cannot_be_searched(key):
    assert source(key).archived == ""
