"""A source of references.bib in words: who, what, where, when, and how much of it was read."""

import functools
import re
from datetime import datetime
from typing import NamedTuple

from pybtex.richtext import Text

from casebook.references import bibliography, date_of

ARCHIVE = "https://web.archive.org/web/{day}/{address}"
OTHER_LETTERS = re.compile(r"[\u0370-\u1fff]")  # Greek, Cyrillic, Armenian, Arabic and what follows
#: How a date is written in references.bib, and how the web archive writes as much of it.
DATES = {"%d %B %Y": "%Y%m%d", "%B %Y": "%Y%m", "%Y": "%Y"}

#: What a reader sees of an entry, beside its author, date and address.
SHOWN = ("title", "journal", "publisher", "howpublished", "note", "langid", "titlelanguage")


class Source(NamedTuple):
    """A source, without the marks of BibTeX."""

    authors: str
    title: str
    language: str  #: of the source: a code such as ``"ru"``
    title_language: str  #: the same for the title, or "" where it is English or translated
    address: str  #: on the web, or ""
    archived: str  #: where the web archive may have it, or "" if the source has no address or no year
    place: str  #: journal, publisher, whose copy it is, and date
    read: str  #: how much of it was read


@functools.cache
def source(key: str) -> Source:
    """Describe a source by its key."""
    entry = bibliography()[key]
    fields = {name: str(Text.from_latex(value)) for name, value in entry.fields.items() if name in SHOWN}
    names = [str(Text.from_latex(" ".join(_in_order(person)))) for person in entry.persons["author"]]
    outlet = [fields[name] for name in ("journal", "publisher", "howpublished") if name in fields]
    address, date = entry.fields.get("url", ""), date_of(entry)
    day = _archive_day(date)
    in_other_letters = entry.fields["langid"] if OTHER_LETTERS.search(fields["title"]) else ""
    return Source(
        authors=names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}",
        title=fields["title"],
        language=entry.fields["langid"],
        title_language=entry.fields.get("titlelanguage", in_other_letters),
        address=address,
        archived=ARCHIVE.format(day=day, address=address) if day and address else "",
        place=", ".join([*outlet, date]),
        read=fields["note"],
    )


def sorting_key(key: str) -> tuple[str, str, str]:
    """Sort sources by author, year and title."""
    entry = bibliography()[key]
    names = [
        " ".join([*person.prelast_names, *person.last_names, *person.first_names]) for person in entry.persons["author"]
    ]
    return " ".join(names).lower().replace("{", ""), entry.fields["year"], source(key).title


def _in_order(person) -> list[str]:
    return [*person.first_names, *person.middle_names, *person.prelast_names, *person.last_names, *person.lineage_names]


def _archive_day(date: str) -> str:
    for form, digits in DATES.items():
        try:
            return datetime.strptime(date, form).strftime(digits)
        except ValueError:
            continue
    return ""
