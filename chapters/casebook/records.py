"""Lists of records that a reader can filter: events, checked claims.

In a live notebook `browse` shows widgets. On a page every record is written once, and
press/sphinx/static/filter.js hides what does not fit.
"""

import html
import re

import pandas as pd

from .blocks import Block, Element, html_of
from .references import on_page
from .tables import label_of


def browse(
    records: pd.DataFrame,
    write,
    *,
    name: str,
    title: str,
    noun: str,
    by: list[str],
    labels: dict | None = None,
    folded: bool = False,
):
    """Show records as a list that a reader can filter.

    Parameters
    ----------
    records : pandas.DataFrame
        One record a row, in the order shown. Column `id` is the anchor of a record, a lower-case
        slug that no other record has.
    write : callable
        Takes a row as a named tuple and returns its paragraphs, each a list of parts: text,
        `casebook.blocks.Link`, `Sources` or `Element`.
    name : str
        Lower-case slug, unique on the page; part of links such as ``#events?chapter=origins``.
    title : str
        What the reader can choose from.
    noun : str
        What the records are called, in the plural: "events".
    by : list of str
        Columns to filter by. A cell holds one value or several, joined by semicolons.
    labels : dict, optional
        Column -> {value: words shown}; also the order of the choices, which is otherwise alphabetical.
    folded : bool
        Hide the list on a page until it is opened, or until a link leads into it.

    Returns
    -------
    casebook.blocks.Block or ipywidgets.VBox
        A block when the book is built, widgets in a live kernel.

    Raises
    ------
    ValueError
        For a bad name, record or column; the message names it and says what is accepted.
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise ValueError(f"list name {name!r}: use lower-case letters, digits and hyphens")
    _check(records, name, by)
    choices = {column: _choices(records[column], column, name, (labels or {}).get(column)) for column in by}
    if not on_page():
        return _live(records, write, title, noun, choices)
    entries = [_entry(record, write, by) for record in records.itertuples(index=False)]
    content = {"name": name, "title": title, "noun": noun, "choices": choices, "entries": entries, "folded": folded}
    return Block("record-list", content, lambda content: "")


def _check(records: pd.DataFrame, name: str, by: list[str]) -> None:
    missing = sorted({"id", *by} - set(records.columns))
    if missing or not by or records.empty:
        problem = f"no column {', '.join(missing)}" if missing else "no record" if by else "no column to filter by"
        raise ValueError(f"list {name!r}: {problem}; it takes records with the columns id and those named in `by`")
    for column in ("id", *by):
        for number, value in records[column].items():
            if not isinstance(value, str) or value == "" or "; " in value:
                accepted = "text, or several joined by semicolons without spaces"
                raise ValueError(f"list {name!r}: record {number} has {column} {value!r}; accepted: {accepted}")
    ids = records["id"]
    bad = ids[~ids.str.fullmatch(r"[a-z0-9][a-z0-9-]*") | ids.duplicated() | ids.isin([name, f"{name}-list"])]
    if len(bad):
        what = f"id {bad.iloc[0]!r} must be a lower-case slug, used once, not the name of the list"
        raise ValueError(f"list {name!r}: {what}")


def _entry(record, write, by: list[str]) -> Element:
    """Describe a record as an item of the list, which knows what it is filtered by."""
    fits = {f"data-{column}": getattr(record, column) for column in by}
    return Element("li", [Element("p", parts) for parts in write(record)], {"id": record.id} | fits)


def _choices(cells: pd.Series, column: str, name: str, labels: dict | None) -> list[tuple[str, str]]:
    """Values of a column with the words and the number of records that each choice shows."""
    counts = cells.str.split(";").explode().value_counts()
    known = labels or {value: value for value in sorted(counts.index, key=str.lower)}
    unknown = sorted(set(counts.index) - set(known))
    if unknown:
        problem = f"column {column!r} has {unknown[0]!r}, for which labels give no words"
        raise ValueError(f"list {name!r}: {problem}; they know {', '.join(known)}")
    return [(value, f"{words} ({counts[value]})") for value, words in known.items() if value in counts]


def _live(records: pd.DataFrame, write, title: str, noun: str, choices: dict):
    import ipywidgets as widgets

    # One widget whose value changes: a runner that answers captured outputs may overlook that a cell is done.
    shown = widgets.HTML()
    dropdowns = {}
    for column, values in choices.items():
        options = [("all", ""), *((words, value) for value, words in values)]
        dropdowns[column] = widgets.Dropdown(options=options, description=label_of(column))

    def show(change=None):
        fits = pd.Series(True, index=records.index)
        for column, dropdown in dropdowns.items():
            if dropdown.value:
                fits &= records[column].str.split(";").map(lambda values, wanted=dropdown.value: wanted in values)
        count = f"{fits.sum()} of {len(records)} {html.escape(noun)} shown"
        entries = html_of([_entry(record, write, by=[]) for record in records[fits].itertuples(index=False)])
        shown.value = f"<strong>{html.escape(title)}</strong><p>{count}</p><ol>{entries}</ol>"

    for dropdown in dropdowns.values():
        dropdown.observe(show, names="value")
    show()
    return widgets.VBox([*dropdowns.values(), shown])
