"""Every quotation is verbatim, marked, sourced and short."""

import csv
import re

import fingerprint
import pytest
from pages import BOOK, CORE_READINGS, chapters, excerpts, inline_quotations, prose_pages

KNOWN = fingerprint.load()


def check(words, keys, where):
    assert keys, f"{where}: the quotation names no source: {words[:60]!r}"
    unprinted = [key for key in keys if key not in KNOWN]
    sources = set().union(*(KNOWN.get(key, set()) for key in keys))
    wrong = fingerprint.missing(words, sources)
    assert not wrong, (
        f"{where}: not verbatim in {', '.join(keys)}: {'; '.join(wrong[:3])!r}"
        + (f" (not fingerprinted: {', '.join(unprinted)})" if unprinted else "")
    )


@pytest.mark.parametrize("page", chapters(), ids=lambda page: page.stem)
def test_every_excerpt_is_verbatim(page):
    found = list(excerpts(page.read_text(encoding="utf-8")))
    assert found, f"{page.name}: no source cards found"
    for words, keys, line in found:
        check(words, keys, f"{page.name}, line {line}")


@pytest.mark.parametrize("page", prose_pages(), ids=lambda page: page.stem)
def test_every_quotation_in_running_text_is_verbatim(page):
    for words, keys, line in inline_quotations(page.read_text(encoding="utf-8")):
        check(words, keys, f"{page.name}, line {line}")


def test_every_quotation_in_the_data_is_verbatim():
    for table in (BOOK / "data").glob("*.csv"):
        with open(table, encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                if row.get("quote"):
                    check(row["quote"], [row.get("quote_source") or row["source"]], f"data/{table.name}, row {number}")


def test_excerpts_stay_within_the_limits_of_fair_quotation():
    totals = dict.fromkeys(CORE_READINGS, 0)
    for page in chapters():
        for words, keys, line in excerpts(page.read_text(encoding="utf-8")):
            count = len(re.findall(r"\S+", words))
            assert count <= 90, f"{page.name}, line {line}: an excerpt of {count} words; at most 90 are allowed"
            for key in set(keys) & CORE_READINGS:
                totals[key] += count
    over = {key: total for key, total in totals.items() if total > 300}
    assert not over, f"words quoted from one core reading, at most 300: {over}"


def test_the_fingerprints_hold_no_words():
    stored = (BOOK / "data" / "fingerprints.json").read_text(encoding="utf-8")
    assert not re.search(r"[g-z ]{12,}", re.sub(r'"[^"]+":', "", stored)), "fingerprints.json holds words, not only hashes"


def test_a_changed_word_is_found():
    known = set(fingerprint.grams("The treaty came into force on 20 April 1994 for five years."))
    assert fingerprint.missing("the treaty came into force on 20 april 1994", known) == []
    assert fingerprint.missing("the treaty came into force […] 20 April 1994 for five years", known) == []
    assert fingerprint.missing("the treaty came into effect on 20 April 1994", known)
    assert fingerprint.missing("made up […] words […] only", known)


def test_an_unknown_key_or_an_empty_folder_writes_nothing(tmp_path):
    before = fingerprint.FINGERPRINTS.read_bytes()
    with pytest.raises(SystemExit, match="no .txt files"):
        fingerprint.main([str(tmp_path)])
    (tmp_path / "nobody-1999.txt").write_text("words", encoding="utf-8")
    with pytest.raises(SystemExit, match="references.bib has no source 'nobody-1999'"):
        fingerprint.main([str(tmp_path)])
    assert fingerprint.FINGERPRINTS.read_bytes() == before
