"""Sources as reference managers read them."""

import re
from collections import Counter

import pytest

from casebook.references import bibliography
from press.model.ris import as_ris


@pytest.fixture
def record():
    """Return the lines of a source."""
    return lambda key: as_ris(bibliography()[key]).split("\r\n")


def test_every_record_is_whole():
    for key, entry in bibliography().items():
        lines = as_ris(entry).removesuffix("\r\n").split("\r\n")
        assert lines[0].startswith("TY  - ") and lines[-1] == "ER  - ", key
        assert all(re.match(r"[A-Z][A-Z0-9]  - [^\\{}\n]*$", line) for line in lines), key
        assert {"AU", "TI", "LA", "KW", "N1"} <= {line[:2] for line in lines}, key


def test_a_type_is_that_of_the_entry_or_of_its_kind():
    types = Counter(as_ris(entry)[6:10] for entry in bibliography().values())
    assert set(types) == {"JOUR", "BOOK", "CHAP", "THES", "RPRT", "DATA", "NEWS", "ELEC"}


def test_an_article_has_its_authors_journal_volume_pages_and_doi(record):
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
def test_names_are_turned_and_dates_are_as_full_as_they_are_known(record, key, expected):
    assert [line for line in record(key) if line[:2] in ("AU", "PY", "DA")] == expected
