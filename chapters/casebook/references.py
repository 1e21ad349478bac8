"""Source keys turned into readable, linked citations."""

import calendar
import os
import re
from functools import cache

from pybtex.database import parse_file

from .contents import BOOK

#: Kind of a source (first of its `keywords` in references.bib) -> what the book calls it.
KINDS = {
    "news": "news reports",
    "analysis": "pieces of analysis and comment",
    "official": "official statements and pages",
    "scholarly": "works of scholarship",
    "treaty": "treaties and laws",
    "dataset": "data sets and reference works",
    "blog": "blogs",
}
BRACKETS = re.compile(r"\(([a-z0-9][a-z0-9;\s-]+)\)")


@cache
def bibliography():
    """Read references.bib: key -> pybtex entry."""
    return parse_file(BOOK / "references.bib", "bibtex").entries


def short_citation(key: str) -> str:
    """Author and date of a source, as the running text cites it.

    Parameters
    ----------
    key : str
        A key of references.bib, such as ``"ria-2007-10-06"``.

    Returns
    -------
    str
        For example ``"RIA Novosti, 6 October 2007"``.

    Raises
    ------
    ValueError
        If references.bib has no such key.
    """
    if key not in bibliography():
        raise ValueError(f"references.bib has no source {key!r}")
    entry = bibliography()[key]
    people = [" ".join(person.last_names) for person in entry.persons["author"]]
    author = " and ".join(people) if len(people) < 3 else f"{people[0]} et al."
    return f"{author}, {date_of(entry)}".replace("{", "").replace("}", "")


def date_of(entry) -> str:
    """Date of a pybtex entry as printed: ``"6 October 2007"``, ``"2005"`` or ``"n.d."``."""
    year, *numbers = entry.fields.get("date", "n.d.").split("-")
    month = [calendar.month_name[int(number)] for number in numbers[:1]]
    day = [str(int(number)) for number in numbers[1:]]
    return " ".join([*day, *month, year])


def kind_of(entry) -> str:
    """Kind of a pybtex entry, one of `KINDS`."""
    return entry.fields["keywords"].split(", ")[0]


def subject_of(entry) -> str:
    """On what a pybtex entry is further reading, or ``""`` if a page cites it."""
    return entry.fields["keywords"].partition(", further reading on ")[2]


def keys_of(words: str) -> list[str]:
    """List the source keys that some words in brackets are, or none if one of them is not a key."""
    keys = re.split(r";\s*", words)
    return keys if all(key in bibliography() for key in keys) else []


def on_page() -> bool:
    """Whether the book is being built, rather than a notebook run by hand."""
    return os.environ.get("CASEBOOK_OUTPUT") == "page"
