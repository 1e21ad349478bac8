"""A source of references.bib in words: who, what, where, when, and how much of it was read."""

import functools
import re
from typing import NamedTuple

from pybtex.richtext import Text

from casebook.references import bibliography, date_of

ARCHIVE = "https://web.archive.org/web/{day}/{address}"
OTHER_LETTERS = re.compile(r"[\u0370-\u1fff]")  # Greek, Cyrillic, Armenian, Arabic and what follows
USUAL = re.compile("Excerpt read(; |$)")  #: how most notes begin; the pages say it once, for all

#: Fields of references.bib that say where a source appeared, behind its journal or series, and how they are printed.
OUTLET = {"booktitle": "In {}", "chapter": "chapter {}", "pages": "pages {}", "publisher": "{}", "organization": "{}"}
OUTLET |= {"institution": "{}", "location": "{}", "pagetotal": "{} pages", "isbn": "ISBN {}", "version": "version {}"}
OUTLET |= {"howpublished": "{}", "addendum": "{}"}


class Source(NamedTuple):
    """A source, without the marks of BibTeX."""

    authors: str
    title: str
    language: str  #: of the source: a code such as ``"ru"``
    title_language: str  #: the same for the title, or "" where it is English or translated
    address: str  #: on the web, or ""
    archived: str  #: where the web archive may have it, or "" if the source has no address or no year
    place: str  #: journal, publisher, whose copy it is, and date
    doi: str
    read: str  #: how much of it was read, or "" for an excerpt, and what else is to know


@functools.cache
def source(key: str) -> Source:
    """Describe a source by its key."""
    entry = bibliography()[key]
    fields = plain(entry)
    authors = listed([str(Text.from_latex(" ".join(_in_order(person)))) for person in entry.persons["author"]])
    outlet = [part for part in _outlet(fields) if part != authors]
    address, day = fields.get("url", ""), fields.get("date", "").replace("-", "")
    in_other_letters = fields["langid"] if OTHER_LETTERS.search(fields["title"]) else ""
    read = USUAL.sub("", fields["note"])
    return Source(
        authors=authors,
        title=fields["title"],
        language=fields["langid"],
        title_language=fields.get("usera", in_other_letters),
        address=address,
        archived=ARCHIVE.format(day=day, address=address) if day and address else "",
        place=", ".join([*outlet, date_of(entry)]),
        doi=fields.get("doi", ""),
        read=read[:1].upper() + read[1:],
    )


def listed(parts: list[str]) -> str:
    """Join parts with commas, and the last with "and"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def plain(entry) -> dict[str, str]:
    """Return the fields of a pybtex entry without the marks of BibTeX."""
    literal = ("url", "doi", "date")
    return {name: text if name in literal else str(Text.from_latex(text)) for name, text in entry.fields.items()}


def sorting_key(key: str) -> tuple[str, str, str]:
    """Sort sources by author, year and title."""
    entry = bibliography()[key]
    people = entry.persons["author"]
    names = [name for each in people for name in (*each.prelast_names, *each.last_names, *each.first_names)]
    return " ".join(names).lower().replace("{", ""), entry.fields.get("date", "n.d.")[:4], source(key).title


def _in_order(person) -> list[str]:
    return [*person.first_names, *person.middle_names, *person.prelast_names, *person.last_names, *person.lineage_names]


def _outlet(fields: dict[str, str]) -> list[str]:
    """Say where a source appeared, such as ``["International Affairs 80(3): 463–483"]``."""
    head = next((fields[name] for name in ("journaltitle", "type", "series") if name in fields), "")
    number, pages = fields.get("number", ""), fields.get("pages", "")
    if "volume" in fields:
        head += f" {fields['volume']}" + (f"({number})" if number else "") + (f": {pages}" if pages else "")
        fields = fields | {"pages": ""}
    elif number:
        head += f", no. {number}" if "journaltitle" in fields else f" {number}"
    parts = [form.format(fields[name]) for name, form in OUTLET.items() if fields.get(name)]
    return [head, *parts] if head else parts
