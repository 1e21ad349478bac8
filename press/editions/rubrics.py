"""Rubrics to download: a table for spreadsheets and learning systems, and sheets to print."""

from pathlib import Path

from ..files import write_if_changed
from ..model import rubrics
from .templates import render


def print_sheets(loaded: dict[str, dict]) -> str:
    """Write one sheet a rubric, with room for the points given and for a name."""
    return render("rubrics.html", rubrics=loaded, header=rubrics.header, rows=rubrics.rows)


def write(folder: Path) -> None:
    """Write the CSV file and the print sheets into a folder."""
    loaded = rubrics.load()
    write_if_changed(folder / "rubrics.csv", rubrics.as_csv(loaded))
    write_if_changed(folder / "rubrics-print.html", print_sheets(loaded))
