"""Source keys become readable links, and the excerpts of a source are found in the documents."""

import pytest

from casebook.blocks import Sources, parts_of
from casebook.readings import excerpts, quoted
from casebook.references import cite, keys_in_brackets, short_citation


def test_citations_name_author_and_day_and_lead_to_the_source(in_notebook):
    assert short_citation("ria-2007-10-06") == "RIA Novosti, 6 October 2007"
    assert cite("ria-2007-10-06").startswith("[RIA Novosti, 6 October 2007](https://www.armeniandiaspora.com")
    with pytest.raises(KeyError, match="no source 'nobody-1999'"):
        short_citation("nobody-1999")


@pytest.mark.parametrize(
    "text, keys",
    [
        ("registered on 1 November (csto-basic-facts)", ["csto-basic-facts"]),
        ("by 188 to 34 (nrc-1993-04-10; loc-belarus-1995)", ["nrc-1993-04-10", "loc-belarus-1995"]),
        ("never signed (permanent neutrality)", []),
        ("one of them is no key (csto-basic-facts; nobody-1999)", []),
        ("no brackets: csto-basic-facts", []),
    ],
)
def test_brackets_are_linked_only_if_all_in_them_are_keys(text, keys):
    assert keys_in_brackets(text) == keys
    parts = parts_of(text)
    linked = [key for part in parts if isinstance(part, Sources) for key in part.keys.split("; ")]
    assert linked == keys
    assert "".join(part.keys if isinstance(part, Sources) else part for part in parts) == text


def test_excerpts_are_found_in_the_documents_of_the_chapters(on_page):
    found = excerpts("mcdermott2007")
    assert list(found["place"]) == ["paragraph 2", "paragraph 8", "paragraph 9", "paragraph 1"]
    assert set(found["document"]) == {"A"}
    assert on_page(quoted("mcdermott2007")).a["href"] == "chapters/origins.html#document-a"
    with pytest.raises(ValueError, match="no source 'nobody-1999'"):
        excerpts("nobody-1999")
