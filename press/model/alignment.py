"""Objectives, activities and assessments of each chapter, from teaching/alignment.csv."""

import csv
import functools
import re

from casebook.contents import BOOK, source
from casebook.quizzes import load_quiz

from . import assignments, rubrics
from .markdown import table

ALIGNMENT = BOOK / "teaching" / "alignment.csv"
questions_of = functools.cache(load_quiz)  # a quiz has a dozen objectives
OBJECTIVE = re.compile(r"^(\d)\. \*(\w+)\* (.+?)[;.]$", re.M)


def links() -> list[dict[str, str]]:
    """Read the rows of the file: chapter, number of the objective, activity, assessment.

    An activity is an anchor of the chapter or, with the page before it, of another: ``memo-2010#check-the-memo``.
    """
    with open(ALIGNMENT, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def objectives(slug: str) -> dict[str, str]:
    """Read the objectives at the top of a chapter: number -> words."""
    header = source(f"chapters/{slug}").split("\n## ")[0]
    return {number: f"{verb} {rest}" for number, verb, rest in OBJECTIVE.findall(header)}


def assessment(slug: str, name: str) -> str:
    """Describe an assessment such as ``quiz 3``, ``assignment: Data`` or ``data tasks 1 2``, with a link, in Markdown.

    Raises
    ------
    ValueError
        For any other form, or for a question, criterion or task that does not exist.
    """
    kind, _, which = name.partition(" ")
    if kind == "quiz" and which.isdigit():
        questions = questions_of(slug)
        if not 1 <= int(which) <= len(questions):
            raise ValueError(f"{ALIGNMENT.name}: the quiz of {slug} has no question {which}")
        words = questions[int(which) - 1]["question"]
        return f"[Quiz](../chapters/{slug}.md#check-yourself), question {which}: {words}"
    criteria = [criterion["name"] for criterion in rubrics.named(slug)["criteria"]]
    if kind == "assignment:" and which in criteria:
        return f"[Assignment](../chapters/{slug}.md#assignment), criterion *{which}*"
    if slug not in assignments.of_chapters():
        raise ValueError(f"{ALIGNMENT.name}, {slug}: {name!r}, but no assignment names this chapter")
    data = assignments.of_chapters()[slug]
    if name.startswith("data tasks ") and set(which.split()[1:]) <= set(data.tasks):
        tasks = " and ".join(which.split()[1:])
        return f"[Data assignment](../chapters/{slug}.md#assignment) *{data.title}*, task {tasks}"
    raise ValueError(
        f"{ALIGNMENT.name}, {slug}: no assessment {name!r}; accepted: quiz and a number, "
        f"assignment: and one of {', '.join(criteria)}, data tasks and numbers from {', '.join(data.tasks)}"
    )


def as_markdown(chapters: dict[str, str]) -> str:
    """Write the table of each chapter, a row a link.

    Parameters
    ----------
    chapters : dict
        Slug -> title of the chapters of the book; rows of others are left out.
    """
    parts = []
    for slug, title in chapters.items():
        goals, rows = objectives(slug), []
        for row in [row for row in links() if row["chapter"] == slug]:
            number = row["objective"]
            if number not in goals:
                raise ValueError(f"{ALIGNMENT.name}: {slug} has no objective {number}")
            page, _, anchor = row["activity"].rpartition("#")
            activity = f"[](../chapters/{page or slug}.md#{anchor})"
            cells = [f"{number}. {goals[number]}", activity, assessment(slug, row["assessment"])]
            rows.append([cell.replace("|", "\\|") for cell in cells])
        caption = f"{title}: what each objective is practiced and assessed with"
        parts.append(f"## {title}\n\n{table(caption, ('Objective', 'Activity', 'Assessment'), rows)}")
    return "\n\n".join(parts) + "\n"
