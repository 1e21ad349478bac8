"""Rubrics to download: a table for spreadsheets and learning systems, and sheets to print."""

from pathlib import Path

from ..files import write_whole
from ..model import rubrics
from .templates import render


def write(folder: Path) -> None:
    """Write the table, and a sheet a rubric with room for the points given and for a name, into a folder."""
    loaded = rubrics.load()
    sheets = render("rubrics.html", rubrics=loaded, header=rubrics.header, rows=rubrics.rows)
    write_whole(folder / "rubrics.csv", rubrics.as_csv(loaded))
    write_whole(folder / "rubrics-print.html", sheets)
