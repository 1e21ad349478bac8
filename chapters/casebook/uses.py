"""What is used where: the sources and tables behind every page, and the tables behind every figure.

Read from the cells of the pages and the rows of the tables, so that no list is kept twice.
"""

import functools
import re
from collections import defaultdict
from typing import NamedTuple

import yaml

from .blocks import Sources, parts_of
from .contents import pages, source
from .datapackage import resources, rows, tables
from .references import keys_of

EXPLORER = re.compile(r'^explore\(.*?\bname="([\w-]+)",\s+title="([^"]+)"', re.M | re.S)
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", re.M | re.S)
READ = re.compile(r'read_csv\("\.\./data/([\w-]+)\.csv"([^\n]*)')
QUERY = re.compile(r"""\.query\("(\w+) (?:==|in) ([^"]+)"\)""")


class Figure(NamedTuple):
    """A figure or an explorer of a page."""

    anchor: str  #: its id on the page: the name of an explorer, or `figure-1` for the first figure
    title: str  #: title of an explorer, or first sentence of a caption
    tables: tuple[str, ...]  #: names of the tables behind it


# --- tables


@functools.cache
def sections() -> dict[str, str]:
    """Map each table or basemap to the anchor of the section of the codebook that has its download link."""
    found = re.findall(r"^## (.+)\n\n\{download\}`([\w-]+)\.(?:csv|geojson) ", source("chapters/codebook"), re.M)
    return {name: re.sub(r"\W+", "-", heading.lower()) for heading, name in found}


@functools.cache
def pages_reading() -> dict[str, dict[str, tuple[str, frozenset[str]] | None]]:
    """Map which pages read a table: name -> slug -> the column and values that the page keeps, None for every row."""
    found: dict[str, dict[str, tuple[str, frozenset[str]] | None]] = {}
    for slug in pages():
        for cell in CELL.findall(source(f"chapters/{slug}")):
            for name, query in READ.findall(cell):
                kept = QUERY.search(query)
                values = (kept[1], frozenset(re.findall("'([^']+)'", kept[2]))) if kept else None
                found.setdefault(name, {})[slug] = values
    return found


# --- figures


def figures(slug: str) -> list[Figure]:
    """List the figures and explorers of a page in their order, each with the tables that its cell names.

    Parameters
    ----------
    slug : str
        A page of the folder `chapters`, such as ``"origins"``.

    Raises
    ------
    ValueError
        If there is no such page, or a cell names an unknown table; names those that exist.
    """
    if slug not in pages():
        raise ValueError(f"no page {slug!r}; accepted: {', '.join(pages())}")
    found: list[Figure] = []
    for cell in CELL.findall(source(f"chapters/{slug}")):
        options = yaml.safe_load("\n".join(line[1:] for line in cell.split("\n") if line.startswith(":"))) or {}
        caption = options.get("mystnb", {}).get("figure", {}).get("caption")
        explorer = EXPLORER.search(cell)
        named = tuple(options.get("data", ()))
        for name in named:
            if name not in resources():
                raise ValueError(f"chapters/{slug}.md: no table {name!r}; accepted: {', '.join(resources())}")
        if caption:
            number = sum(figure.anchor.startswith("figure-") for figure in found) + 1
            found.append(Figure(f"figure-{number}", re.match(r".+?[.?](?= |$)", caption)[0], named))
        if explorer:
            found.append(Figure(*explorer.groups(), named))
    return found


# --- sources


def cited_in(row: dict[str, str]) -> list[str]:
    """List the source keys of a row: of its source columns and in brackets in its notes."""
    keys = []
    for column, value in row.items():
        if column in ("source", "sources", "quote_source"):
            keys += [key for key in value.split(";") if key]
        else:
            cited = [part for part in parts_of(value) if isinstance(part, Sources)]
            keys += [key for part in cited for key in keys_of(part.keys)]
    return keys


def cited_on(text: str) -> set[str]:
    """Collect the source keys that a page cites in its text."""
    groups = re.findall(r"\{cite:[a-z]+\}`([^`]+)`", text)
    return {key.strip() for group in groups for key in group.split(",")}


def sources() -> dict[str, list[str]]:
    """Map where each source is used: key -> slugs of pages in reading order.

    A page uses the sources that it cites and those of the rows that it shows. A row belongs to the chapter in its
    column `chapter`, or else to that of the row its foreign key names, or else to the pages that read it.
    """
    used: dict[str, set[str]] = defaultdict(set)
    for slug in pages():
        for key in cited_on(source(f"chapters/{slug}")):
            used[key].add(slug)
    chapters_of: dict[tuple[str, str], set[str]] = defaultdict(set)  # (table, value of its first column) -> slugs
    for name in sorted(tables(), key=_is_read_late):
        for row in rows(name):
            where = _pages_of(name, row, chapters_of)
            chapters_of[name, next(iter(row.values()))] |= where
            for key in cited_in(row):
                used[key] |= where
    return {key: [slug for slug in pages() if slug in where] for key, where in used.items()}


def _is_read_late(name: str) -> bool:
    """Whether the rows of a table find their chapter through those of another table."""
    return bool(_links(name)) and "chapter" not in {field["name"] for field in tables()[name]["schema"]["fields"]}


def _links(name: str) -> list[tuple[str, str]]:
    keys = tables()[name]["schema"].get("foreignKeys", [])
    return [(link["fields"], link["reference"]["resource"]) for link in keys]


def _pages_of(name: str, row: dict[str, str], chapters_of: dict[tuple[str, str], set[str]]) -> set[str]:
    if "chapter" in row:
        return {row["chapter"]}
    reading = pages_reading().get(name, {})
    where = {slug for slug, kept in reading.items() if kept is None or row[kept[0]] in kept[1]}
    for column, other in _links(name):
        where = where & chapters_of.get((other, row[column]), where) or where
    return where
