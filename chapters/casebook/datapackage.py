"""The tables of the book as data/datapackage.json describes them, without pandas."""

import csv
import functools
import io
import json

from .contents import DATA


@functools.cache
def resources() -> dict[str, dict]:
    """Map the tables and the basemap: name -> description."""
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def tables() -> dict[str, dict]:
    """Map the tables alone: name -> description."""
    return {name: resource for name, resource in resources().items() if "schema" in resource}


def rows(name: str) -> list[dict[str, str]]:
    """Read a table, every value as text."""
    with open(DATA / resources()[name]["path"], encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def accepted(name: str, column: str) -> list:
    """List the values that a column of a table accepts, in the order of datapackage.json."""
    fields = {field["name"]: field for field in tables()[name]["schema"]["fields"]}
    return fields[column]["constraints"]["enum"]


def check_tables() -> None:
    """Refuse a table that is cut short or mixed up: a chapter would go on without the rows that are lost.

    Raises
    ------
    ValueError
        Naming the file, the line and the problem.
    """
    for resource in tables().values():
        problem = _problem(resource)
        if problem:
            file = f"data/{resource['path']}"
            raise ValueError(f"{file}, {problem}. Correct it, or restore the file from the repository.")


def _problem(resource: dict) -> str:
    path = DATA / resource["path"]
    header = [field["name"] for field in resource["schema"]["fields"]]
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    reader = csv.reader(io.StringIO(text, newline=""))
    if next(reader, None) != header:
        return f"line 1: the columns must be {', '.join(header)}"
    for row in reader:
        if len(row) != len(header):
            return f"line {reader.line_num}: {len(row)} cells, and the table has {len(header)} columns"
    return "" if text.endswith("\n") else f"line {reader.line_num}: the end of the file is missing"
