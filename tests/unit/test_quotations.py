"""Every quotation is verbatim, sourced and short."""

import re

import pytest
from support.pages import CORE_READINGS, inline_quotations, prose_pages

from casebook.contents import DATA, chapters
from casebook.datapackage import rows, tables
from casebook.documents import documents
from press.model import quotations

KNOWN = quotations.load()


def excerpts():
    """Yield every excerpt of the documents with its page and line."""
    for slug in chapters():
        for document in documents(slug):
            for excerpt in document.excerpts:
                yield f"{slug}.md, line {excerpt.line}", excerpt


def check(words, keys, where):
    assert keys, f"{where}: the quotation names no source: {words[:60]!r}"
    wrong = quotations.missing(words, set().union(*(KNOWN.get(key, set()) for key in keys)))
    unread = [key for key in keys if key not in KNOWN]
    assert not wrong, f"{where}: not verbatim in {keys}: {wrong[:3]}; not fingerprinted: {unread or 'none'}"


def test_every_chapter_quotes_its_documents_verbatim():
    for slug in chapters():
        assert any(document.excerpts for document in documents(slug)), f"{slug}.md: no excerpt found"
    for where, excerpt in excerpts():
        check(excerpt.words, [excerpt.source] if excerpt.source else [], where)


def test_every_quotation_in_running_text_is_verbatim():
    for page in prose_pages():
        for words, keys, line in inline_quotations(page.read_text(encoding="utf-8")):
            check(words, keys, f"{page.name}, line {line}")


def test_every_quotation_in_the_data_is_verbatim():
    for name in tables():
        for number, row in enumerate(rows(name), start=2):
            if row.get("quote"):
                check(row["quote"], [row.get("quote_source") or row["source"]], f"data/{name}.csv, row {number}")


def test_excerpts_stay_within_the_limits_of_fair_quotation():
    totals = dict.fromkeys(CORE_READINGS, 0)
    for where, excerpt in excerpts():
        count = len(excerpt.words.split())
        assert count <= 90, f"{where}: an excerpt of {count} words; at most 90 are allowed"
        if excerpt.source in totals:
            totals[excerpt.source] += count
    over = {key: total for key, total in totals.items() if total > 300}
    assert not over, f"words quoted from one core reading, at most 300: {over}"


def test_the_fingerprints_hold_no_words():
    stored = (DATA / "fingerprints.json").read_text(encoding="utf-8")
    words = re.search(r"[g-z ]{12,}", re.sub(r'"[^"]+":', "", stored))
    assert not words, f"fingerprints.json holds words, not only hashes: {words[0]!r}"


def test_a_changed_word_is_found():
    text = "The treaty came into force on 20 April 1994 for five years."
    known = set(map(quotations.fingerprint, quotations.runs(text)))
    assert quotations.missing("the treaty came into force on 20 april 1994", known) == []
    assert quotations.missing("the treaty came into force […] 20 April 1994 for five years", known) == []
    assert quotations.missing("the treaty came into effect on 20 April 1994", known)
    assert quotations.missing("made up […] words […] only", known), "pieces too short to be checked"


def test_an_unknown_key_or_an_empty_folder_writes_nothing(tmp_path):
    before = quotations.FINGERPRINTS.read_bytes()
    with pytest.raises(ValueError, match="no .txt files"):
        quotations.add([tmp_path])
    (tmp_path / "nobody-1999.txt").write_text("words", encoding="utf-8")
    with pytest.raises(ValueError, match="references.bib has no source 'nobody-1999'"):
        quotations.add([tmp_path])
    assert quotations.FINGERPRINTS.read_bytes() == before
