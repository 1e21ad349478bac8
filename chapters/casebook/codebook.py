"""The codebook: data/datapackage.json as tables a reader can follow."""

import functools
import re

import pandas as pd
from IPython.display import Markdown, display

from .blocks import Block, Link, show_list
from .contents import DATA, chapters, pages
from .datapackage import tables
from .tables import show_table
from .uses import figures, pages_reading, sections

LICENSE = {"title": "Creative Commons Attribution 4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}


def list_tables() -> Block:
    """Show every data table in one table: rows, what a row is, and the chapters that read it."""
    listed = []
    for name, table in tables().items():
        readers = pages_reading().get(name, {})
        links = [Link(slug, title) for slug, title in chapters().items() if slug in readers]
        listed.append((Link("", name, sections()[name]), len(_rows(table)), _unit(table), _joined(links, ", ")))
    columns = ["table", "rows", "a row is", "chapters"]
    return show_table(pd.DataFrame(listed, columns=columns), caption="The tables, in the order of this page")


def _joined(links: list[Link], separator: str) -> list:
    return [part for link in links for part in (separator, link)][1:]


def describe_table(name: str) -> None:
    """Show what one data table holds: rows, coverage, gaps, license, every column, and the figures that read it.

    Parameters
    ----------
    name : str
        Name of a resource of data/datapackage.json, such as ``"events"``.

    Raises
    ------
    ValueError
        If there is no such table; names those there are.
    """
    if name not in tables():
        raise ValueError(f"no table {name!r} in datapackage.json; accepted: {', '.join(tables())}")
    table = tables()[name]
    rows, fields = _rows(table), table["schema"]["fields"]
    license = table.get("licenses", [LICENSE])[0]
    display(
        Markdown(
            f"{table['description']} **{len(rows)} rows, {len(fields)} columns.** *Coverage.* {coverage(name)} "
            f"*Known gaps.* {table['gaps']} *License.* [{license['title']}]({license['path']})."
        )
    )
    described = []
    for field in fields:
        filled = f"{rows[field['name']].notna().sum()} of {len(rows)}"
        values = field.get("constraints", {}).get("enum")
        accepted = f". Accepted: {', '.join(map(str, values))}" if values else ""
        meaning = field["description"] + accepted
        described.append((field["name"], field["type"], field.get("unit", ""), filled, meaning))
    columns = pd.DataFrame(described, columns=["column", "type", "unit", "filled", "meaning"])
    display(show_table(columns, caption=f"Columns of {table['path']}"))
    list_uses(name)


def coverage(name: str) -> str:
    """The time that a table covers, from its columns of dates; what datapackage.json says where there are none."""
    table = tables()[name]
    if "coverage" in table:
        return table["coverage"]
    names = [field["name"] for field in table["schema"]["fields"]]
    columns = [name for name in names if re.match(r"date(?!_precision)|year|(from|to)_year", name)]
    years = _rows(table)[columns].stack().str.extract(r"^(\d{4})", expand=False).dropna()
    if years.empty:
        raise ValueError(
            f"table {name!r} has no column of dates or years: say in datapackage.json, under `coverage`, what it covers"
        )
    return f"{years.min()} to {years.max()}, by {', '.join(columns)}."


def list_uses(name: str) -> None:
    """Show which pages read a table or the basemap, with the figures and explorers made from it."""
    items = []
    for slug, title in pages().items():
        made = [figure for figure in _figures()[slug] if name in figure.tables]
        if made or slug in pages_reading().get(name, {}):
            links = _joined([Link(slug, each.title.rstrip("."), each.anchor) for each in made], "; ")
            items.append([Link(slug, title), *([": "] if links else []), *links])
    if items:
        display(show_list("Used in, with the figures made from it:", items))


@functools.cache
def _figures() -> dict[str, list]:
    return {slug: figures(slug) for slug in pages()}


def _rows(table: dict) -> pd.DataFrame:
    return pd.read_csv(DATA / table["path"], dtype=str)


def _unit(table: dict) -> str:
    """What a row is, as the description says it: "one row an event" -> "an event"."""
    found = re.search(r"one row (an? [^.;:]+)", table["description"], re.I)
    if not found:
        raise ValueError(
            f"the description of table {table['name']!r} in datapackage.json must say what a row is: 'one row an event'"
        )
    return found[1]
