"""Source keys become readable citations; one that is not there is named."""

import pytest

from casebook.readings import excerpts
from casebook.references import short_citation


def test_citations_name_author_and_day():
    assert short_citation("ria-2007-10-06") == "RIA Novosti, 6 October 2007"
    with pytest.raises(ValueError, match="no source 'nobody-1999'"):
        short_citation("nobody-1999")


def test_a_source_that_is_not_there_has_no_excerpts():
    with pytest.raises(ValueError, match="no source 'nobody-1999'"):
        excerpts("nobody-1999")
