"""Rubrics from one source, teaching/rubrics.yml."""

import csv
import functools
import io
from pathlib import Path

import yaml

from casebook.contents import BOOK, chapters

from . import markdown

SOURCE = BOOK / "teaching" / "rubrics.yml"
#: Headings of a single-point rubric: only the standard is written down, the rest is for the marker's pen.
SINGLE_POINT = ("Not yet: what to improve", "The standard", "Beyond: what is better still")


@functools.cache
def load(path: Path = SOURCE) -> dict[str, dict]:
    """Read and check the rubrics.

    Parameters
    ----------
    path : pathlib.Path
        A file like teaching/rubrics.yml.

    Returns
    -------
    dict
        Name -> rubric with `title`, `task`, `rules`, `criteria` and, if it has levels, `levels`.
        A criterion has `name`, `points` and a text for each level, or one `standard`.

    Raises
    ------
    ValueError
        Naming the rubric, the criterion and what is missing.
    """
    rubrics = yaml.safe_load(path.read_text(encoding="utf-8"))
    for name, rubric in rubrics.items():
        for field in ("title", "task", "rules", "criteria"):
            if field not in rubric:
                raise ValueError(f"{path.name}, rubric {name}: `{field}` is missing")
        for criterion in rubric["criteria"]:
            texts = criterion.get("levels", [criterion.get("standard")])
            wanted = len(rubric.get("levels", ["standard"]))
            if len(texts) != wanted or not all(texts):
                raise ValueError(
                    f"{path.name}, rubric {name}, criterion {criterion.get('name')}: {wanted} text(s) are needed"
                )
        points = sum(criterion["points"] for criterion in rubric["criteria"])
        if points != 100:
            raise ValueError(f"{path.name}, rubric {name}: the points add up to {points}; they must make 100")
    return rubrics


def header(rubric: dict) -> list[str]:
    """List the column headings of a rubric's table."""
    return ["Criterion (points)", *rubric.get("levels", SINGLE_POINT)]


def earned(rubric: dict, criterion: dict) -> list[int]:
    """List the points of a criterion that each level earns: from nothing to all in equal steps."""
    highest = len(rubric["levels"]) - 1
    return [round(criterion["points"] * step / highest) for step in range(highest + 1)]


def totals(rubric: dict) -> list[int]:
    """List what a paper earns that is on one level in every criterion, a total for each level."""
    return [sum(points) for points in zip(*(earned(rubric, criterion) for criterion in rubric["criteria"]))]


def rows(rubric: dict) -> list[list[str]]:
    """List the cells of a rubric's table, the criterion with its points first; empty where the marker writes.

    A rubric with levels has their points in each cell, and their totals in the last row.
    """
    found = []
    for criterion in rubric["criteria"]:
        cells = ["", criterion.get("standard"), ""]
        if "levels" in rubric:
            cells = [f"{points}: {text}" for points, text in zip(earned(rubric, criterion), criterion["levels"])]
        found.append([f"{criterion['name']} ({criterion['points']})", *cells])
    if "levels" in rubric:
        found.append(["All criteria (100)", *map(str, totals(rubric))])
    return found


def grid(header: list[str], rows: list[list[str]]) -> str:
    """Write a Markdown table, the first cell of each row in bold."""
    return markdown.grid(header, [[f"**{first}**", *cells] for first, *cells in rows])


def table(rubric: dict) -> str:
    """Write a rubric as a Markdown table under its title."""
    return f"```{{table}} {rubric['title']}\n{grid(header(rubric), rows(rubric))}\n```"


def named(name: str) -> dict:
    """Find a rubric.

    Raises
    ------
    ValueError
        If there is none of this name.
    """
    if name not in load():
        raise ValueError(f"no rubric {name!r}; accepted: {', '.join(load())}")
    return load()[name]


def marks(name: str, lines: list[str], later: int = 0) -> list[list[str]]:
    """List the cells of a table of marks: criterion, level, points, reason; the total last.

    Parameters
    ----------
    name : str
        A rubric with levels.
    lines : list of str
        One for each criterion, in its order: ``Sources: Sound; dates and quotes Document 2``.
    later : int
        How often the paper uses what became known later: 10 points each time, at most 50.

    Raises
    ------
    ValueError
        If a criterion is missing, not in its place or without a reason, or its level is unknown.
    """
    rubric, cells, total = named(name), [], 0
    wanted = [criterion["name"] for criterion in rubric["criteria"]]
    found = [line.partition(": ")[0] for line in lines]
    if found != wanted:
        raise ValueError(f"marks for {name}: criteria {', '.join(found)}; accepted, in this order: {', '.join(wanted)}")
    for line, criterion in zip(lines, rubric["criteria"]):
        level, _, reason = line.partition(": ")[2].partition("; ")
        if level not in rubric["levels"] or not reason:
            raise ValueError(
                f"marks for {name}, {line!r}: write a level, of {', '.join(rubric['levels'])}, and a reason"
            )
        points = earned(rubric, criterion)[rubric["levels"].index(level)]
        cells.append([criterion["name"], level, f"{points} of {criterion['points']}", reason])
        total += points
    if later:
        lost = min(10 * later, 50)
        cells.append(["Later knowledge", f"{later} {'use' if later == 1 else 'uses'}", f"−{lost}", "10 points each"])
        total = max(total - lost, 0)
    return [*cells, ["Total", "", f"{total} of 100", ""]]


def of_book() -> dict[str, dict]:
    """Load the rubrics, without those of chapters that are not among the pages of the book."""
    left_out = {path.stem for path in (BOOK / "chapters").glob("*.md")} - set(chapters())
    return {name: rubric for name, rubric in load().items() if name not in left_out}


def as_markdown(rubrics: dict[str, dict]) -> str:
    """Write every rubric as a section of the page: heading, task, table, rules."""
    parts = []
    for rubric in rubrics.values():
        parts += [f"## {rubric['title']}", rubric["task"], table(rubric), "\n".join(rubric["rules"])]
    return "\n\n".join(filter(None, parts)) + "\n"


def as_csv(rubrics: dict[str, dict]) -> str:
    """Write all rubrics as one CSV table, a row for each text of a criterion."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["rubric", "title", "criterion", "points", "level", "earns", "text"])
    for name, rubric in rubrics.items():
        for criterion in rubric["criteria"]:
            texts = [("The standard", criterion["points"], criterion.get("standard"))]
            if "levels" in rubric:
                texts = zip(rubric["levels"], earned(rubric, criterion), criterion["levels"])
            writer.writerows([name, rubric["title"], criterion["name"], criterion["points"], *text] for text in texts)
    return stream.getvalue()
