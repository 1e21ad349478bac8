"""What the page on how the book was made counts or repeats, so that no number is typed."""

import json
import re
from collections import Counter

from casebook.contents import BOOK, DATA
from casebook.datapackage import rows, tables

from .book import citation, repository

#: Kind of a source (`keywords` of references.bib) -> what the book calls it.
KINDS = {
    "news": "news reports",
    "analysis": "pieces of analysis and comment",
    "official": "official statements and pages",
    "scholarly": "works of scholarship",
    "treaty": "treaties and laws",
    "dataset": "data sets and reference works",
    "blog": "blogs",
}


def facts() -> dict[str, str]:
    """Count sources, tables and rows, and write the citation: name -> words in Markdown."""
    entries = (BOOK / "references.bib").read_text(encoding="utf-8")
    fields = {
        name: re.findall(rf"^  {name} = \{{(.*)\}},?$", entries, re.M)
        for name in ("keywords", "langid", "note", "howpublished")
    }
    kinds, languages = Counter(fields["keywords"]), Counter(fields["langid"])
    others = {language: number for language, number in languages.items() if language not in ("en", "ru")}
    fingerprints = json.loads((DATA / "fingerprints.json").read_text(encoding="utf-8"))
    return {
        "sources": f"{len(fields['keywords']):,}",
        "kinds": _listed([f"{number} {KINDS[kind]}" for kind, number in kinds.most_common()]),
        "languages": f"{languages['en']} in English, {languages['ru']} in Russian and {sum(others.values())} "
        f"in {len(others)} other languages",
        "whole": str(sum(note.startswith(("Whole", "Core reading, read in full")) for note in fields["note"])),
        "copies": str(sum("copy" in place for place in fields["howpublished"])),
        "tables": str(len(tables())),
        "rows": f"{sum(len(rows(name)) for name in tables()):,}",
        "fingerprinted": str(len(fingerprints)),
        "citation": citation_line(),
        "bibtex": citation_bibtex(),
    }


def citation_line() -> str:
    """Return the book as a list of references cites it, in Markdown."""
    book = citation()
    return f"{book.authors[0]} ({book.released.year}). *{book.full_title}*. Version {book.version}. <{repository()}>"


def citation_bibtex() -> str:
    """Return the book as an entry of a BibTeX file."""
    book = citation()
    return (
        f"@misc{{casebook{book.released.year},\n  author = {{{{{book.authors[0]}}}}},\n"
        f"  title = {{{{{book.full_title}}}}},\n  year = {{{book.released.year}}},\n"
        f"  version = {{{book.version}}},\n  url = {{{repository()}}}\n}}"
    )


def _listed(parts: list[str]) -> str:
    return ", ".join(parts[:-1]) + " and " + parts[-1]
