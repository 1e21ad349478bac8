"""Tables that a screen reader can follow: a caption, header cells with scope, no empty header."""

import html
import re

import numpy as np
import pandas as pd

from .blocks import Block, Link, Missing, Part, Sources, html_of, parts_of
from .references import short_citation

SOURCE_COLUMNS = ("source", "sources")


def table_content(frame: pd.DataFrame, caption: str) -> dict:
    """Describe a table: what it is called, its headings, and the parts of every cell.

    Parameters
    ----------
    frame : pandas.DataFrame
        The rows to show; the first column names each row. The index is not shown.
        Columns called `source` or `sources` hold keys of references.bib and become links, and so
        do keys in brackets anywhere; ISO dates become prose. A cell may hold a `casebook.blocks.Link`;
        everything else is shown as text, never as markup.
    caption : str
        What the table holds.

    Returns
    -------
    dict
        `caption`, `header` (list of str) and `rows` (lists of cells, each a list of parts).

    Raises
    ------
    ValueError
        If the caption is empty or the table has no row.
    """
    if not caption.strip():
        raise ValueError("a table needs a caption")
    if frame.empty:
        raise ValueError(f"the table {caption!r} has no row")
    names = [str(column) for column in frame.columns]
    rows = [[_cell(name, value) for name, value in zip(names, values)] for values in frame.itertuples(index=False)]
    return {"caption": caption, "header": list(map(label_of, names)), "rows": rows}


def table_html(content: dict) -> str:
    """Write a table, as `table_content` returns it, as HTML for a notebook."""
    header = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in content["header"])
    rows = []
    for first, *others in content["rows"]:
        cells = "".join(f"<td>{html_of(parts)}</td>" for parts in others)
        rows.append(f'<tr><th scope="row">{html_of(first)}</th>{cells}</tr>')
    caption = f"<caption>{html.escape(content['caption'])}</caption>"
    table = f"<table>{caption}<thead><tr>{header}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    if content.get("folded"):
        return f"<details><summary>Table: {html.escape(content['caption'])}</summary>{table}</details>"
    return table


def show_table(frame: pd.DataFrame, caption: str, folded: bool = False) -> Block:
    """Show a DataFrame as an accessible table.

    Parameters
    ----------
    frame, caption
        As for `table_content`, which also says what is refused.
    folded : bool
        Hide the table behind its caption: for the numbers behind a figure.
    """
    return Block("data-table", table_content(frame, caption) | {"folded": folded}, table_html)


def show_numbers(**numbers: float | str) -> Block:
    """Show the numbers that the text of a page takes from its cells by ``{number}`name```.

    Parameters
    ----------
    **numbers
        Name -> value. An integer gets separators of thousands; any other form is given as text, such as
        ``f"{share:.0%}"``.

    Returns
    -------
    Block
        In a notebook a table, so that whoever changes the data sees the numbers change.

    Raises
    ------
    TypeError
        If a value is neither an integer, a whole float nor text; names it.
    """
    words = {name: _number_text(name, value) for name, value in numbers.items()}
    frame = pd.DataFrame({"name": list(words), "in the text": list(words.values())})
    content = {"numbers": words, **table_content(frame.replace({"_": " "}, regex=True), "Numbers in the text")}
    return Block("numbers", content, table_html, metadata={"numbers": words})


def _number_text(name: str, value) -> str:
    if isinstance(value, str):
        return with_minus(value)
    if isinstance(value, (int, np.integer)) or isinstance(value, float) and value.is_integer():
        return with_minus(f"{int(value):,}")
    raise TypeError(f"{name}={value!r}: give a whole number, or the text as it is printed")


def requests_table(requests: pd.DataFrame) -> pd.DataFrame:
    """Rows of requests-and-responses.csv as a table to read.

    Parameters
    ----------
    requests : pandas.DataFrame
        One request a row, with the columns of data/requests-and-responses.csv.

    Returns
    -------
    pandas.DataFrame
        Columns `who asked whom`, `for what` (with sources), `arrived` and `response`.
    """
    asked = requests["date_requested"].map(date_text) + ": " + requests["requester"] + ", to: " + requests["addressee"]
    wanted = requests["asked_for"] + " (" + requests["sources"] + ")"
    return pd.DataFrame({"who asked whom": asked, "for what": wanted}).join(requests[["arrived", "response"]])


def events_table(events: pd.DataFrame) -> pd.DataFrame:
    """Rows of data/events.csv as a table to read.

    Parameters
    ----------
    events : pandas.DataFrame
        With `date_start` as datetime.

    Returns
    -------
    pandas.DataFrame
        Columns `date` (to the day, month or year that is known), `place`, `what happened` and `sources`.
    """
    date = list(map(known_date, events["date_start"], events["date_precision"]))
    return pd.DataFrame(
        {"date": date, "place": events["place"], "what happened": events["summary"], "sources": events["sources"]}
    )


def known_date(day: pd.Timestamp, precision: str) -> str:
    """Return as much of an ISO date as is known: to the ``"day"``, the ``"month"`` or the ``"year"``."""
    length = {"year": 4, "month": 7, "day": 10}.get(precision)
    if length is None:
        raise ValueError(f"precision {precision!r}; accepted: day, month, year")
    return f"{day:%Y-%m-%d}"[:length]


def is_date(value: str) -> bool:
    """Whether a text is an ISO date, to the day, the month or the year."""
    try:
        return bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", value) and pd.Timestamp(value))
    except ValueError:  # no such month or day
        return False


def date_text(value: str) -> str:
    """An ISO date as prose: ``"2007-10-06"`` -> ``"6 October 2007"``, ``"2007-10"`` -> ``"October 2007"``."""
    if not is_date(value):
        return value
    date = pd.Timestamp(value)
    return {4: f"{date:%Y}", 7: f"{date:%B %Y}", 10: f"{date.day} {date:%B %Y}"}[len(value)]


def period_text(start: pd.Timestamp, end: pd.Timestamp, precision: str) -> str:
    """One day, month or year, or the span between two, as prose.

    Parameters
    ----------
    start, end : pandas.Timestamp
        First and last day; `end` is missing (NaT) where there is one only.
    precision : str
        How much of the dates is known: ``"day"``, ``"month"`` or ``"year"``.

    Returns
    -------
    str
        For example ``"2 to 6 August 2004"`` or ``"April to May 2010"``.

    Raises
    ------
    ValueError
        For any other precision.
    """
    first = date_text(known_date(start, precision))
    last = first if pd.isna(end) else date_text(known_date(end, precision))
    if first == last:
        return last
    words, others = first.split(), last.split()
    while words and words[-1] == others[-1]:  # the year, and the month, are said once
        words.pop(), others.pop()
    return f"{' '.join(words)} to {last}"


def with_minus(text: str) -> str:
    """Write a hyphen before a number, where it stands for less than nothing, as a minus sign."""
    return re.sub(r"(?<![\w-])-(?=\d)", "−", text)


def label_of(name: str) -> str:
    """A column or control name as a heading: ``"date_reported"`` -> ``"Date reported"``."""
    return (name[:1].upper() + name[1:]).replace("_", " ")


def _cell(name: str, value) -> list[Part]:
    if isinstance(value, Link):
        return [value]
    if isinstance(value, list):
        return value
    if pd.isna(value) or value == "":
        return [] if name in ("note", "unit") else [Missing("none given")]
    if name in SOURCE_COLUMNS:
        for key in value.split(";"):
            short_citation(key.strip())  # an unknown key is refused here, in the cell that shows it
        return [Sources(value)]
    if isinstance(value, pd.Timestamp):
        return [date_text(f"{value:%Y-%m-%d}")]
    if isinstance(value, float):
        value = int(value) if value.is_integer() else with_minus(f"{value:g}")
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
        return [str(value) if name == "year" else with_minus(f"{value:,}")]
    return parts_of(date_text(str(value)))
