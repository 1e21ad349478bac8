"""The files of each assignment: a ZIP file for students, and one for the grader.

The source is one notebook, assignments/<name>/<name>.md, in the format of otter-grader's `otter assign`: raw cells
mark questions, solutions and tests, `# BEGIN SOLUTION` and `# END SOLUTION` mark what students write themselves, and
a test cell that starts with `# HIDDEN` is for the grader alone. The header of the notebook says which rows and
columns of data/ the students get. Student files are made here, so that nobody needs otter to give out an assignment.
"""

import ast
import csv
import importlib.metadata
import io
import pprint
import re
import tempfile
import zipfile
from pathlib import Path
from typing import NamedTuple

import jupytext
import nbformat
import yaml

from casebook.archive import zipped
from casebook.contents import BOOK
from casebook.datapackage import resources, rows

from ..errors import PressError
from ..files import write_if_changed, write_whole
from ..model.book import site
from .twins import KERNEL, notebook_text

FOLDER = BOOK / "assignments"
OUTPUT = BOOK / "_build" / "assignments"
GRADER = "otter-grader"
README = (
    "{title}. Open {name}.ipynb in JupyterLab or VS Code, with all files of this folder beside it. "
    "It needs Python 3.11 or newer, pandas and matplotlib, and no connection. "
    "From the book at {site} (text and data: CC BY 4.0; code: BSD-3-Clause).\n"
)


class GraderMissing(PressError):
    """otter-grader is not installed; the message says how to get it."""


class Question(NamedTuple):
    """A coded task."""

    name: str  #: the function that students write
    points: int
    tests: list[tuple[str, bool]]  #: code of each check, and whether it is held back


class Assignment(NamedTuple):
    """What the source notebook of an assignment holds."""

    name: str
    title: str
    data: dict[str, str]  #: name of a file -> content, made from data/
    source: nbformat.NotebookNode  #: every cell of the source
    student: list[nbformat.NotebookNode]  #: the cells that students get
    solved: list[nbformat.NotebookNode]  #: the same cells with the solutions left in
    questions: list[Question]


def names() -> list[str]:
    """Assignments of the book, in order of name."""
    return sorted(path.parent.name for path in FOLDER.glob("*/*.md") if path.stem == path.parent.name)


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
    header = yaml.safe_load(text.split("---\n")[1])["assignment"]
    links = re.sub(r"\(\.\./\.\./(chapters/[\w-]+)\.md\)", rf"({site()}/\1.html)", text)
    source = jupytext.reads(links, fmt="md:myst")
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
    return Assignment(name, re.search(r"^# (.+)$", text, re.M)[1], data, source, student, solved, questions)


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


def checks(question: Question, held_back: bool = False) -> str:
    """The file of checks of a question, as otter-grader writes it and check.py reads it."""
    cases = [
        {"code": doctest_of(code), "hidden": hidden, "locked": False}
        for code, hidden in question.tests
        if held_back or not hidden
    ]
    suite = {"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    test = {"name": question.name, "points": question.points, "suites": [suite]}
    return f"OK_FORMAT = True\n\ntest = {pprint.pformat(test, indent=4, width=200)}\n"


def doctest_of(code: str) -> str:
    """Code with the prompts of an interactive session, comments gone."""
    lines = [line for line in ast.unparse(ast.parse(code)).split("\n") if line]
    later = (" ", "elif ", "else:", "except", "finally:")
    return "".join(f"{'...' if line.startswith(later) else '>>>'} {line}\n" for line in lines)


def student_files(assignment: Assignment) -> dict[str, bytes]:
    """Everything that a student gets: name in the ZIP file -> content."""
    files = {
        f"{assignment.name}.ipynb": notebook_text(assignment.student),
        "README.txt": README.format(title=assignment.title, name=assignment.name, site=site()),
        "check.py": (FOLDER / "check.py").read_text(encoding="utf-8"),
        **assignment.data,
        **{f"tests/{question.name}.py": checks(question) for question in assignment.questions},
    }
    return {f"{assignment.name}/{file}": files[file].encode() for file in sorted(files)}


def otter_files(assignment: Assignment) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What `otter assign` makes of an assignment: its student folder, and the members of its autograder ZIP file.

    The solution is graded on the way; a solution without full marks is an error.
    """
    from otter.assign import main as otter_assign  # optional: the extra `grading`

    pinned = re.findall(r"^(?:pandas|matplotlib)==\S+", (BOOK / "requirements.txt").read_text(encoding="utf-8"), re.M)
    settings = {
        "init_cell": False,  # it would look for a notebook of the old name after renaming
        "export_cell": False,
        "tests": {"files": True},  # Colab reads no tests from metadata
        "files": ["check.py", *assignment.data],
        "requirements": pinned,  # a grader without pandas gives everybody zero
    }  # no points_possible: it would rescale the coded points to the whole
    config = nbformat.v4.new_raw_cell("# ASSIGNMENT CONFIG\n" + yaml.safe_dump(settings))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for file, content in student_files(assignment).items():
            if file.endswith((".csv", "check.py")):
                (folder / Path(file).name).write_bytes(content)
        master = nbformat.v4.new_notebook(
            cells=[config, *_without_check_cells(assignment)], metadata={"kernelspec": KERNEL}
        )
        nbformat.write(master, folder / f"{assignment.name}.ipynb")
        otter_assign(str(folder / f"{assignment.name}.ipynb"), str(folder / "dist"), no_pdfs=True)
        student = {
            str(path.relative_to(folder / "dist/student")): path.read_bytes()
            for path in (folder / "dist/student").rglob("*")
            if path.is_file()
        }
        with zipfile.ZipFile(next((folder / "dist/autograder").glob("*.zip"))) as made:
            return student, {member: made.read(member) for member in made.namelist()}


def _without_check_cells(assignment):
    """The cells of the source; questions ask otter for no cell of its own, since check.py takes its place."""
    for cell in assignment.source.cells:
        if cell.source.startswith("# BEGIN QUESTION"):
            yield nbformat.v4.new_raw_cell(f"{cell.source}\ncheck_cell: false")
        else:
            yield cell


def write_student_files(folder: Path) -> None:
    """Write <name>.zip for each assignment: what the pages of the chapters link."""
    for name in names():
        write_if_changed(folder / f"{name}.zip", zipped(student_files(read(name))))


def write_all(folder: Path = OUTPUT) -> list[Path]:
    """Write the files for students and for the grader; return their paths.

    Raises
    ------
    GraderMissing
        If otter-grader is not installed; then nothing is written.
    """
    try:
        importlib.metadata.version(GRADER)
    except importlib.metadata.PackageNotFoundError:
        raise GraderMissing(
            f"{GRADER} is not installed: run `make assignments`, or `pip install -e .[grading]`. "
            "The pages of the book offer the files for students without it."
        ) from None
    written = []
    for name in names():
        assignment = read(name)
        for kind, members in (("student", student_files(assignment)), ("autograder", otter_files(assignment)[1])):
            written.append(folder / kind / f"{name}.zip")
            write_whole(written[-1], zipped(dict(sorted(members.items()))))
    return written
