"""Assignments as spreadsheets, for students who do not write code: assignments/<name>/spreadsheet.yml.

The file holds what differs from the notebook: columns and cells to fill, tasks and checks. Title, situation, the
description of the columns and the written task are those of the notebook.
"""

import csv
import io
import re
from typing import NamedTuple

import yaml

from .assignments import FOLDER, read


class Spreadsheet(NamedTuple):
    """What the workbook of an assignment says."""

    title: str
    situation: list[str]  #: paragraphs
    columns: list[str]  #: what each column of the data means
    settings: dict  #: the file spreadsheet.yml
    rows: list[dict[str, str]]  #: the data
    written: dict  #: the written task: `title`, `minutes`, `text` and `criteria`, each with name, points and words


def names() -> list[str]:
    """Assignments that are also spreadsheets, in order of name."""
    return sorted(path.parent.name for path in FOLDER.glob("*/spreadsheet.yml"))


def plain(markdown: str) -> str:
    """Text without the marks of emphasis, code and links, on one line."""
    words = re.sub(r"\[([^]]+)\]\([^)]+\)", r"\1", markdown)
    words = re.sub(r"`([^`]+)`", lambda code: f'"{code[1]}"' if " " in code[1] else code[1], words)
    return " ".join(words.replace("*", "").split())


def spreadsheet(name: str) -> Spreadsheet:
    """Read what the workbook of an assignment says.

    Raises
    ------
    ValueError
        If minutes or points do not add up, or a column to fill has the name of one of the data.
    """
    path = FOLDER / name / "spreadsheet.yml"
    settings, assignment = yaml.safe_load(path.read_text(encoding="utf-8")), read(name)
    words = "\n\n".join(cell.source for cell in assignment.student if cell.cell_type == "markdown")
    opening, *sections = re.split("^## ", words, flags=re.M)
    situation = [plain(part) for part in opening.split("**Time.**")[0].split("\n\n")[1:] if plain(part)]
    table = next(section for section in sections if section.startswith("The table\n"))
    heading, last = sections[-1].split("\n\n", 1)
    title, minutes = re.fullmatch(r"\d+\. (.+) \((\d+) minutes\)", heading).groups()
    criteria = re.findall(r"^\| \| \*\*(.+?)\*\* \((\d+)\): (.+?) \| \|$", last, re.M)
    written = {"title": title, "minutes": int(minutes), "text": plain(last.split("*Your text:*")[0])}
    written["criteria"] = [(criterion, int(points), standard) for criterion, points, standard in criteria]
    (data,) = assignment.data.values()
    rows = list(csv.DictReader(io.StringIO(data)))
    total = settings["start"] + sum(task["minutes"] for task in settings["tasks"]) + written["minutes"]
    if total != settings["minutes"]:
        raise ValueError(f"{name}/{path.name}: the minutes add up to {total}, not to {settings['minutes']}")
    points = sum(task["points"] for task in settings["tasks"])
    if points != 20:
        raise ValueError(f"{name}/{path.name}: the points add up to {points}; the tasks must make 20")
    if taken := {*settings["fill"], *settings.get("given", {})} & set(rows[0]):
        raise ValueError(f"{name}/{path.name}: a column of the data is named {sorted(taken)[0]!r}, too")
    columns = [plain(line) for line in re.findall(r"^\* (.+)$", table, re.M)]
    return Spreadsheet(assignment.title, situation, columns, settings, rows, written)
