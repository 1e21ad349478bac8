"""What the page on how the book was made counts or repeats, so that no number is typed."""

import functools
from collections import Counter

from casebook.datapackage import rows, tables
from casebook.membership import members
from casebook.references import KINDS, bibliography, kind_of

from . import checks, quotations
from .book import citation, repository
from .sources import listed

#: How a note begins that says that a source was read from beginning to end.
WHOLE = ("Whole", "Core reading, read in full")


@functools.cache
def facts() -> dict[str, str]:
    """Count sources, tables, rows and checks: name -> words in Markdown."""
    sources = [entry.fields for entry in bibliography().values()]
    kinds = Counter(map(kind_of, bibliography().values()))
    languages = Counter(source["langid"] for source in sources)
    english, russian, others = languages.pop("en"), languages.pop("ru"), languages.total()
    counts = {
        "sources": len(sources),
        "whole": sum(source.get("note", "").startswith(WHOLE) for source in sources),
        "copies": sum("copy" in source.get("howpublished", source.get("addendum", "")) for source in sources),
        "tables": len(tables()),
        "rows": sum(len(rows(name)) for name in tables()),
        "fingerprinted": len(quotations.load()),
        **card_numbers(),
        **check_numbers(),
    }
    return {name: f"{count:,}" for name, count in counts.items()} | {
        "kinds": listed([f"{number} {KINDS[kind]}" for kind, number in kinds.most_common()]),
        "languages": f"{english} in English, {russian} in Russian and {others} in {len(languages)} other languages",
        "ambush_dead": ambush_dead(),
    }


def card_numbers() -> dict[str, int]:
    """Count what the cards of the front page number; none gives an outcome away."""
    lengths = {round(float(row["value"])) for row in rows("reported-figures") if row["measure"] == "border_length"}
    return {
        "members_before_1999": len(members("1999-04-19")),
        "members_after_1999": len(members("1999-04-25")),
        "members_june_2010": len(members("2010-06-12")),
        "border_lengths": len(lengths),
        "cases": sum(row["kind"] == "case" for row in rows("cases")),
    }


def ambush_dead() -> str:
    """Return the lowest and the highest number of dead that was reported of the ambush of September 2010."""
    ambush = [row for row in rows("reported-figures") if row["event_id"] == "rasht-2010-09-19-kamarob-ambush"]
    dead = [int(row["value"] or row["low"] or row["high"]) for row in ambush if row["measure"] == "deaths"]
    return f"{min(dead)} to {max(dead)}"


def check_numbers() -> dict[str, int]:
    """Count what readers checked, what they found and what came of it."""
    checked = [row for row in rows("checks") if row["kind"] != "code"]
    found, outcomes = (Counter(row[column] for row in checked) for column in ("verdict", "then"))
    weighed = Counter(row["weight"] for row in checked if row["weight"])
    return {
        "checked": len(checked),
        "claims": len(checks.row_claims()) + len(checks.sentence_claims()),
        "checked_wrong": found["wrong"],
        "checked_in_part": found["in part"],
        "checked_weighed": weighed.total(),
        "checked_matters": weighed["matters"],
        **{f"checked_{outcome}": outcomes[outcome] for outcome in ("mended", "kept", "removed")},
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
