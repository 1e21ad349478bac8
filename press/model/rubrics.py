"""Rubrics from one source, teaching/rubrics.yml."""

import csv
import functools
import io
from pathlib import Path

import yaml

from casebook.contents import BOOK, chapters

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


def texts(criterion: dict) -> list[str]:
    """List the texts of a criterion, one a column of the table; empty where the marker writes."""
    return criterion["levels"] if "levels" in criterion else ["", criterion["standard"], ""]


def rows(rubric: dict) -> list[list[str]]:
    """List the cells of a rubric's table, the criterion with its points first, in Markdown."""
    return [[f"**{criterion['name']}** ({criterion['points']})", *texts(criterion)] for criterion in rubric["criteria"]]


def table(rubric: dict) -> str:
    """Write a rubric as a Markdown table under its title."""
    lines = [
        "| " + " | ".join(cells) + " |" for cells in (header(rubric), ["---"] * len(header(rubric)), *rows(rubric))
    ]
    return f"```{{table}} {rubric['title']}\n" + "\n".join(lines) + "\n```"


def of_book() -> dict[str, dict]:
    """Load the rubrics, without those of chapters that are not among the pages of the book."""
    left_out = {path.stem for path in (BOOK / "chapters").glob("*.md")} - set(chapters())
    return {name: rubric for name, rubric in load().items() if name not in left_out}


def as_markdown(rubrics: dict[str, dict]) -> str:
    """Write every rubric as a section of the page: heading, task, table, rules."""
    parts = []
    for rubric in rubrics.values():
        parts += [f"## {rubric['title']}", rubric["task"], table(rubric)]
        parts += ["\n".join(rubric["rules"])] if rubric["rules"] else []
    return "\n\n".join(parts) + "\n"


def as_csv(rubrics: dict[str, dict]) -> str:
    """Write all rubrics as one CSV table, a row for each text of a criterion."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["rubric", "title", "criterion", "points", "level", "text"])
    for name, rubric in rubrics.items():
        for criterion in rubric["criteria"]:
            texts = (
                zip(rubric["levels"], criterion["levels"])
                if "levels" in rubric
                else [("The standard", criterion["standard"])]
            )
            writer.writerows(
                [name, rubric["title"], criterion["name"], criterion["points"], level, text] for level, text in texts
            )
    return stream.getvalue()
