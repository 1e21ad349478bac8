"""The files of each assignment: a ZIP file for students, and one for the grader.

Student files are made here, so that nobody needs otter to give out an assignment.
"""

import ast
import pprint
import re
import shutil
import tempfile
import zipfile
from pathlib import Path

import nbformat
import yaml

from casebook.contents import BOOK

from ..archive import zipped
from ..files import write_whole
from ..model import spreadsheets
from ..model.assignments import FOLDER, Assignment, Question, names, read
from ..model.book import site
from .spreadsheets import workbook
from .twins import KERNEL, notebook_text

OUTPUT = BOOK / "_build" / "assignments"
README = (
    "{title}. Open {name}.ipynb in JupyterLab or VS Code, with all files of this folder beside it. "
    "It needs Python 3.11 or newer, pandas and matplotlib, and no connection.\n\n"
    "Without Python on your computer: open {name}.ipynb at https://colab.research.google.com (it asks for an account), "
    "upload {name}.zip in the panel Files, and run first, in a new cell at the top, these two lines:\n\n"
    "    !unzip -q {name}.zip\n    %cd {name}\n\n"
    "From the book at {site} (text and data: CC BY 4.0; code: BSD-3-Clause).\n"
)


def checks(question: Question) -> str:
    """The file of checks that students get of a question, as otter-grader writes it and check.py reads it."""
    cases = [
        {"code": doctest_of(code), "hidden": False, "locked": False} for code, hidden in question.tests if not hidden
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
        shutil.copy(FOLDER / "check.py", folder)
        for file, content in assignment.data.items():
            (folder / file).write_bytes(content.encode())
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


def write_student_files(assignment: Assignment, folder: Path) -> None:
    """Write <name>.zip, and <name>.xlsx if there is a spreadsheet of the assignment: what its chapter links."""
    name = assignment.name
    write_whole(folder / f"{name}.zip", zipped(student_files(assignment)))
    if name in spreadsheets.names():
        write_whole(folder / f"{name}.xlsx", workbook(name))


def write_all(folder: Path = OUTPUT) -> list[Path]:
    """Write the files for students and for the grader, which needs otter-grader; return their paths."""
    written = []
    for name in names():
        assignment = read(name)
        for kind, members in (("student", student_files(assignment)), ("autograder", otter_files(assignment)[1])):
            written.append(folder / kind / f"{name}.zip")
            write_whole(written[-1], zipped(dict(sorted(members.items()))))
    return written
