"""What the page on how the book was made counts or repeats, so that no number is typed."""

import json
from collections import Counter

from casebook.contents import DATA
from casebook.datapackage import rows, tables
from casebook.membership import members
from casebook.references import KINDS, bibliography, kind_of

from . import checks
from .book import citation, repository

#: How a note begins that says that a source was read from beginning to end.
WHOLE = ("Whole", "Core reading, read in full")


def facts() -> dict[str, str]:
    """Count sources, tables and rows, and write the citation: name -> words in Markdown."""
    sources = [entry.fields for entry in bibliography().values()]
    kinds = Counter(map(kind_of, bibliography().values()))
    languages = Counter(source["langid"] for source in sources)
    others = {language: number for language, number in languages.items() if language not in ("en", "ru")}
    fingerprints = json.loads((DATA / "fingerprints.json").read_text(encoding="utf-8"))
    return {
        "sources": f"{len(sources):,}",
        "kinds": _listed([f"{number} {KINDS[kind]}" for kind, number in kinds.most_common()]),
        "languages": f"{languages['en']} in English, {languages['ru']} in Russian and {sum(others.values())} "
        f"in {len(others)} other languages",
        "whole": str(sum(source.get("note", "").startswith(WHOLE) for source in sources)),
        "copies": str(sum("copy" in source.get("howpublished", source.get("addendum", "")) for source in sources)),
        "tables": str(len(tables())),
        "rows": f"{sum(len(rows(name)) for name in tables()):,}",
        "fingerprinted": str(len(fingerprints)),
        "citation": citation_line(),
        "bibtex": citation_bibtex(),
        **card_numbers(),
        **check_numbers(),
    }


def card_numbers() -> dict[str, str]:
    """Compute the numbers on the cards of the front page; none gives an outcome away."""
    reports = rows("reported-figures")
    ambush = [each for each in reports if each["event_id"] == "rasht-2010-09-19-kamarob-ambush"]
    dead = [int(each["value"] or each["low"] or each["high"]) for each in ambush if each["measure"] == "deaths"]
    lengths = {round(float(each["value"])) for each in reports if each["measure"] == "border_length"}
    return {
        "members_before_1999": str(len(members("1999-04-19"))),
        "members_after_1999": str(len(members("1999-04-25"))),
        "members_june_2010": str(len(members("2010-06-12"))),
        "ambush_dead": f"{min(dead)} to {max(dead)}",
        "border_lengths": str(len(lengths)),
        "cases": str(sum(each["kind"] == "case" for each in rows("cases"))),
    }


def check_numbers() -> dict[str, str]:
    """Count what readers checked, what they found and what came of it."""
    checked = [row for row in rows("checks") if row["kind"] != "code"]
    weighed = [row for row in checked if row["weight"]]
    outcomes = Counter(row["then"] for row in checked)
    counts = {
        "checked": len(checked),
        "claims": len(checks.row_claims()) + len(checks.sentence_claims()),
        "checked_wrong": sum(row["verdict"] == "wrong" for row in checked),
        "checked_in_part": sum(row["verdict"] == "in part" for row in checked),
        "checked_weighed": len(weighed),
        "checked_matters": sum(row["weight"] == "matters" for row in weighed),
    }
    counts |= {f"checked_{outcome}": outcomes[outcome] for outcome in ("mended", "kept", "removed")}
    return {name: f"{count:,}" for name, count in counts.items()}


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
