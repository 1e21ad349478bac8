"""Sources as reference managers read them."""

import re

import pytest

from casebook.references import bibliography
from press.model.ris import as_ris


def record(key):
    """The lines of a source."""
    return as_ris(bibliography()[key]).removesuffix("\r\n").split("\r\n")


def test_every_record_is_whole_and_of_a_type_that_is_known():
    types = set()
    for key in bibliography():
        lines = record(key)
        types.add(lines[0])
        assert lines[-1] == "ER  - ", key
        assert all(re.match(r"[A-Z][A-Z0-9]  - [^\\{}\n]*$", line) for line in lines), key
        assert {"AU", "TI", "LA", "KW", "N1"} <= {line[:2] for line in lines}, key
    known = ("JOUR", "BOOK", "CHAP", "THES", "RPRT", "DATA", "NEWS", "ELEC")
    assert types == {f"TY  - {each}" for each in known}


def test_an_article_has_its_authors_journal_volume_pages_and_doi():
    fields = {"AU  - Gerring, John", "T2  - Political Research Quarterly", "VL  - 61", "IS  - 2", "SP  - 294"}
    fields |= {"EP  - 308", "DO  - 10.1177/1065912907313077", "UR  - https://www.jstor.org/stable/20299733"}
    assert {"TY  - JOUR", *fields} <= set(record("seawright-gerring-2008"))


@pytest.mark.parametrize(
    "key, expected",
    [
        ("ria-2007-10-06", ["AU  - RIA Novosti", "PY  - 2007", "DA  - 2007/10/06/"]),
        ("jamestown-2004-10", ["AU  - Eurasia Daily Monitor", "PY  - 2004", "DA  - 2004/10//"]),
        ("dehaas-2017", ["AU  - de Haas, Marcel", "PY  - 2017", "DA  - 2017/01/23/"]),
        ("allison-2004", ["AU  - Allison, Roy", "PY  - 2004", "DA  - 2004///"]),
        ("swift-blog", ["AU  - Swift, Christopher"]),
    ],
)
def test_names_are_turned_and_dates_are_as_full_as_they_are_known(key, expected):
    assert [line for line in record(key) if line[:2] in ("AU", "PY", "DA")] == expected
