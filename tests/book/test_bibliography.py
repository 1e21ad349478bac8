"""The bibliography of the built book: every source once, under its kind, linked to its text and to its readers."""

import pytest
from pybtex.database import parse_file
from support.builds import soup_of

from casebook.references import bibliography, kind_of
from casebook.uses import sources


@pytest.fixture(scope="module")
def entries(book):
    """The entries of the page: key and list item."""
    found = soup_of(book, "chapters/bibliography.html").select("[id^=source-]")
    return [(entry["id"].removeprefix("source-"), entry) for entry in found]


def test_the_bibliography_lists_every_source_once_under_the_heading_of_its_kind(entries):
    assert sorted(key for key, _ in entries) == sorted(bibliography())
    headings = {}
    for key, entry in entries:
        kind, heading = kind_of(bibliography()[key]), entry.find_parent("section").h2.get_text()
        assert headings.setdefault(kind, heading) == heading, key


def test_every_source_with_an_address_is_linked_to_it_letter_by_letter(entries):
    for key, entry in entries:
        link = entry.select_one("a.external")
        assert (link and link["href"]) == bibliography()[key].fields.get("url"), key


def test_every_source_leads_to_the_pages_that_use_it(entries):
    used = sources()
    for key, entry in entries:
        links = [link["href"].removesuffix(".html") for link in entry.select(".used-in a")]
        assert links == used.get(key, []), key
        assert entry["data-chapter"] == (";".join(links) or "further-reading"), key
        assert entry["data-kind"] == kind_of(bibliography()[key]), key


def test_the_page_offers_every_source_to_reference_managers(book):
    links = [link["href"] for link in soup_of(book, "chapters/bibliography.html").select('a[href^="../casebook-s"]')]
    assert links == ["../casebook-sources.bib", "../casebook-sources.ris"]
    assert list(parse_file(book / "casebook-sources.bib", "bibtex").entries) == list(bibliography())
    records = (book / "casebook-sources.ris").read_text(encoding="utf-8")
    assert [line[6:] for line in records.splitlines() if line.startswith("ID  - ")] == list(bibliography())
