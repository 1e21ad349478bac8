"""Source keys become readable links, and the excerpts of a source are found in the documents."""

import pytest

from casebook.readings import excerpts, quoted
from casebook.references import short_citation


def test_citations_name_author_and_day():
    assert short_citation("ria-2007-10-06") == "RIA Novosti, 6 October 2007"
    with pytest.raises(ValueError, match="no source 'nobody-1999'"):
        short_citation("nobody-1999")


def test_excerpts_are_found_in_the_documents_of_the_chapters(on_page):
    found = excerpts("mcdermott2007")
    assert list(found["place"]) == ["paragraph 2", "paragraph 8", "paragraph 9", "paragraph 1"]
    assert set(zip(found["chapter"], found["document"])) == {("origins", 5), ("comparison", 1)}
    assert on_page(quoted("mcdermott2007")).a["href"] == "origins.html#document-5"
    with pytest.raises(ValueError, match="no source 'nobody-1999'"):
        excerpts("nobody-1999")
