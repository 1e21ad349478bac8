"""Source keys become readable links, and the excerpts of a source are found in the documents."""

import pytest

from casebook.readings import excerpts, quoted
from casebook.references import cite_html, cite_in_text, keys_in_brackets, short_citation


def test_citations_name_author_and_day_and_lead_to_the_source(in_notebook):
    assert short_citation("ria-2007-10-06") == "RIA Novosti, 6 October 2007"
    assert 'href="https://www.armeniandiaspora.com' in cite_html("ria-2007-10-06")
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
def test_brackets_are_linked_only_if_all_in_them_are_keys(on_page, text, keys):
    assert keys_in_brackets(text) == keys
    linked = cite_in_text(text)
    assert linked.count("<a ") == len(keys)
    for key in keys:
        assert f'href="bibliography.html#source-{key}"' in linked


def test_excerpts_are_found_in_the_documents_of_the_chapters(on_page):
    found = excerpts("mcdermott2007")
    assert list(found["place"]) == ["paragraph 2", "paragraph 8", "paragraph 9", "paragraph 1"]
    assert set(found["document"]) == {"A"}
    assert 'href="origins.html#document-a"' in quoted("mcdermott2007").data
    with pytest.raises(ValueError, match="no source 'nobody-1999'"):
        excerpts("nobody-1999")
