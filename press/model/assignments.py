"""The assignments: one notebook each, assignments/<name>/<name>.md.

It is written in the format of otter-grader's `otter assign`: raw cells mark questions, solutions and tests,
`# BEGIN SOLUTION` and `# END SOLUTION` mark what students write themselves, and a test cell that starts with
`# HIDDEN` is for the grader alone. The header of the notebook names the chapter, and says which rows and columns of
data/ the students get.
"""

import csv
import functools
import io
import re
from typing import NamedTuple

import jupytext
import nbformat
import yaml

from casebook.contents import BOOK
from casebook.datapackage import resources, rows

from .book import site

FOLDER = BOOK / "assignments"


class Question(NamedTuple):
    """A coded task."""

    name: str  #: the function that students write
    points: int
    tests: list[tuple[str, bool]]  #: code of each check, and whether it is held back


class Assignment(NamedTuple):
    """What the source notebook of an assignment holds."""

    name: str
    title: str
    chapter: str  #: slug of the chapter that it belongs to
    tasks: list[str]  #: numbers of the tasks, in order
    data: dict[str, str]  #: name of a file -> content, made from data/
    source: nbformat.NotebookNode  #: every cell of the source
    student: list[nbformat.NotebookNode]  #: the cells that students get
    solved: list[nbformat.NotebookNode]  #: the same cells with the solutions left in
    questions: list[Question]


def names() -> list[str]:
    """Assignments of the book, in order of name."""
    return sorted(path.stem for path in FOLDER.glob("*/*.md"))


def read(name: str) -> Assignment:
    """Read the source of an assignment.

    Parameters
    ----------
    name : str
        One of `names`.

    Returns
    -------
    Assignment

    Raises
    ------
    ValueError
        If a block is not closed, or the header asks for a table, column or value that data/ does not have.
    """
    path = FOLDER / name / f"{name}.md"
    text = path.read_text(encoding="utf-8")
    links = re.sub(r"\(\.\./\.\./(chapters/[\w-]+)\.md\)", rf"({site()}/\1.html)", text)
    source = jupytext.reads(links, fmt="md:myst")
    header = source.metadata["assignment"]
    student, solved, questions, blocks = [], [], [], []
    for cell in source.cells:
        if cell.cell_type == "raw":
            step, kind = re.match(r"# (BEGIN|END) (QUESTION|SOLUTION|TESTS)", cell.source).groups()
            if step == "END" and (not blocks or blocks.pop() != kind):
                raise ValueError(f"{path.name}: END {kind} without its beginning")
            if step == "BEGIN":
                blocks.append(kind)
            if (step, kind) == ("BEGIN", "QUESTION"):
                settings = yaml.safe_load(cell.source)
                questions.append(Question(settings["name"], settings["points"], []))
        elif "TESTS" in blocks:
            hidden = cell.source.startswith("# HIDDEN\n")
            questions[-1].tests.append((cell.source.removeprefix("# HIDDEN\n"), hidden))
        else:
            solved.append(cell)
            student.append(without_solution(cell) if "SOLUTION" in blocks else cell)
    if blocks:
        raise ValueError(f"{path.name}: {blocks[-1]} is not closed")
    data = {part["file"]: selection(name, **part) for part in header["data"]}
    title, tasks = re.search(r"^# (.+)$", text, re.M)[1], re.findall(r"^## (\d+)\. ", text, re.M)
    return Assignment(name, title, header["chapter"], tasks, data, source, student, solved, questions)


@functools.cache
def of_chapters() -> dict[str, Assignment]:
    """Map each chapter that has an assignment to it: slug -> assignment."""
    return {assignment.chapter: assignment for assignment in map(read, names())}


def selection(
    name: str, file: str, table: str, keep: dict[str, list] | None = None, columns: list[str] | None = None
) -> str:
    """Rows and columns of a table of data/ as CSV text, values unchanged.

    Parameters
    ----------
    name, file : str
        The assignment and the file, for messages.
    table : str
        Name of a table of data/datapackage.json.
    keep : dict, optional
        Column -> values; rows with another value are left out. Default: every row.
    columns : list of str, optional
        Columns to keep, in this order. Default: all.

    Raises
    ------
    ValueError
        If the table, a column or a value is not there.
    """
    where = f"assignments/{name}/{name}.md, data for {file}"
    if table not in resources():
        raise ValueError(f"{where}: no table {table!r}; accepted: {', '.join(resources())}")
    chosen = rows(table)
    columns = columns or list(chosen[0])
    unknown = [column for column in [*columns, *(keep or {})] if column not in chosen[0]]
    if unknown:
        raise ValueError(f"{where}: no column {unknown[0]!r} in {table}; accepted: {', '.join(chosen[0])}")
    for column, values in (keep or {}).items():
        wanted = [str(value) for value in values]
        missing = set(wanted) - {row[column] for row in chosen}
        if missing:
            raise ValueError(f"{where}: no row of {table} has {column} {sorted(missing)[0]!r}")
        chosen = [row for row in chosen if row[column] in wanted]
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(chosen)
    return stream.getvalue()


def without_solution(cell: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A cell with three dots in place of each block from `# BEGIN SOLUTION` to `# END SOLUTION`."""
    block = re.compile(r"^( *)# BEGIN SOLUTION\n.*?^ *# END SOLUTION$", re.M | re.S)
    stripped = block.sub(r"\1...", cell.source)
    if "SOLUTION" in stripped or stripped == cell.source:
        raise ValueError(f"a solution needs one # BEGIN SOLUTION and one # END SOLUTION a block: {cell.source[:80]!r}")
    return nbformat.v4.new_code_cell(stripped)
