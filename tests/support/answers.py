"""Answers to the assignments: how wrong_answers.py notes them, and which lines must never reach a student."""

import functools
from collections.abc import Callable
from typing import NamedTuple

from press.editions.assignments import Assignment, doctest_of


class Answer(NamedTuple):
    """A function that a student could hand in."""

    task: str
    hint: str  #: words of the hint that a wrong answer must get; empty for a right one
    function: Callable


def wrong(task: str, hint: str, function: Callable | None = None):
    """Note a wrong answer in the list ANSWERS of its file: pass a function, or decorate one."""
    if function is None:
        return functools.partial(wrong, task, hint)
    function.__globals__.setdefault("ANSWERS", []).append(Answer(task, hint, function))
    return function


def right(task: str, function: Callable | None = None):
    """Note a right answer in another form than that of the solution."""
    return wrong(task, "", function)


def checks(assignment: Assignment, held_back: bool) -> list[str]:
    """List the code of the checks that students get, or of those held back."""
    return [code for question in assignment.questions for code, held in question.tests if held == held_back]


def secrets(assignment: Assignment) -> set[str]:
    """Collect the lines of solutions and of checks held back that are nowhere in what students get."""

    def text(cells, codes):
        return "\n".join([*(cell.source for cell in cells), *codes, *map(doctest_of, codes)])

    public = text(assignment.student, checks(assignment, held_back=False))
    private = text(assignment.solved, checks(assignment, held_back=True))
    return {line.strip() for line in private.split("\n") if len(line.strip()) >= 25 and line.strip() not in public}
