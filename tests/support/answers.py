"""Answers to the assignments: how wrong_answers.py notes them, and which lines must never reach a student."""

from collections.abc import Callable
from typing import NamedTuple

from press.editions.assignments import Assignment, doctest_of


class Answer(NamedTuple):
    """A function that a student could hand in."""

    task: str
    hint: str  #: words of the hint that a wrong answer must get; empty for a right one
    function: Callable


def wrong(task: str, hint: str) -> Callable:
    """Return a decorator that notes a wrong answer in the list ANSWERS of its file."""

    def note(function):
        function.__globals__.setdefault("ANSWERS", []).append(Answer(task, hint, function))
        return function

    return note


def right(task: str) -> Callable:
    """Return a decorator that notes a right answer in another form than that of the solution."""
    return wrong(task, "")


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
