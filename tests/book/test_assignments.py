"""The assignments that the book offers: nothing in it gives an answer away, and the files run as they are.

With otter-grader, if it is installed, also what it makes of the source of each assignment.
"""

import re
import zipfile

import nbformat
import pytest
from nbclient import NotebookClient
from support.answers import checks, secrets

from press.archive import zipped
from press.editions import assignments
from press.editions.spreadsheets import workbook
from press.model import spreadsheets
from press.model.assignments import names, read


@pytest.fixture(scope="module", params=names())
def assignment(request):
    return read(request.param)


def test_no_answer_is_in_the_book(book):
    hidden = set()
    for name in names():
        assignment = read(name)
        held_back = checks(assignment, held_back=True)
        hidden |= secrets(assignment) | {re.search(r'canary = "(.+)"', code)[1] for code in held_back}
    for path in book.rglob("*"):
        if path.suffix in (".html", ".js", ".txt", ".py", ".ipynb", ".json", ".xml"):
            text = path.read_text(encoding="utf-8")
            assert [line for line in hidden if line in text] == [], path.relative_to(book)
    index = (book / "searchindex.js").read_text(encoding="utf-8")
    assert '"docnames"' in index and "assignments/" not in index


def test_the_book_offers_the_files_for_students(book, assignment):
    offered = (book / "assignments" / f"{assignment.name}.zip").read_bytes()
    assert offered == zipped(assignments.student_files(assignment))


def test_a_spreadsheet_is_offered_where_the_chapter_names_it(book):
    for name in names():
        page = (book / f"chapters/{read(name).chapter}.html").read_text(encoding="utf-8")
        assert (f"assignments/{name}.xlsx" in page) == (name in spreadsheets.names()), name
    for name in spreadsheets.names():
        assert (book / "assignments" / f"{name}.xlsx").read_bytes() == workbook(name)


def test_a_renamed_notebook_runs_from_a_clean_kernel(book, tmp_path):
    name = names()[0]  # one is enough: all begin with the same cells
    with zipfile.ZipFile(book / "assignments" / f"{name}.zip") as archive:
        archive.extractall(tmp_path)
    notebook = nbformat.read(tmp_path / name / f"{name}.ipynb", as_version=4)
    (tmp_path / name / f"{name}.ipynb").rename(tmp_path / name / f"{name} (1).ipynb")
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(tmp_path / name)}}).execute()
    printed = [output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", [])]
    assert sum("not yet (check 1 of" in text for text in printed) == len(read(name).questions)


# --- with otter-grader


@pytest.fixture(scope="module")
def made_by_otter(assignment):
    """The student folder that otter-grader makes, and the members of its autograder ZIP file."""
    missing = "otter-grader is not installed: run make test-grading, or pip install -e .[grading]"
    pytest.importorskip("otter", reason=missing)
    return assignments.otter_files(assignment)


def suite_in(content):
    """Checks of a question out of the bytes of their file."""
    memory = {}
    exec(content, memory)
    return memory["test"]


def grade(folder, autograder, cells):
    """Points that otter-grader gives to a notebook, and how many there are to earn."""
    from otter.api import grade_submission

    (folder / "autograder.zip").write_bytes(zipped(autograder))
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": assignments.KERNEL})
    nbformat.write(notebook, folder / "handed in (1).ipynb")
    results = grade_submission(str(folder / "handed in (1).ipynb"), str(folder / "autograder.zip"), quiet=True)
    return results.total, results.possible


def test_otter_gives_full_marks_to_the_solution_and_none_to_the_untouched_copy(assignment, made_by_otter, tmp_path):
    possible = sum(question.points for question in assignment.questions)
    assert grade(tmp_path, made_by_otter[1], assignment.solved) == (possible, possible)
    assert grade(tmp_path, made_by_otter[1], assignment.student) == (0, possible)


def test_otter_makes_the_same_student_files(assignment, made_by_otter):
    theirs = made_by_otter[0]
    ours = {file.split("/", 1)[1]: content for file, content in assignments.student_files(assignment).items()}
    assert set(ours) - set(theirs) == {"README.txt"} and set(theirs) <= set(ours)

    def meaning(file, content):
        if file.endswith(".ipynb"):
            return [(cell.cell_type, cell.source) for cell in nbformat.reads(content.decode(), as_version=4).cells]
        return suite_in(content) if file.startswith("tests/") else content

    for file in theirs:
        assert meaning(file, ours[file]) == meaning(file, theirs[file]), file


def test_the_autograder_holds_every_check_and_brings_its_packages(assignment, made_by_otter):
    members = made_by_otter[1]
    for question in assignment.questions:
        cases = suite_in(members[f"tests/{question.name}.py"])["suites"][0]["cases"]
        assert [case["hidden"] for case in cases] == [held for _, held in question.tests], question.name
    environment = members["environment.yml"].decode()
    assert re.search(r"pandas==\d", environment) and re.search(r"matplotlib==\d", environment)
    assert "points_possible" not in members["otter_config.json"].decode()
