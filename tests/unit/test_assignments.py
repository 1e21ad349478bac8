"""Assignments: right answers earn full marks, the untouched copy none, wrong answers a hint, and no answer gets out."""

import ast
import contextlib
import functools
import importlib.util
import inspect
import io
import re
import runpy
import sys
import tempfile
import zipfile

import matplotlib
import nbformat
import pytest
from casebook import usage
from nbclient import NotebookClient
from pages import chapters

import assignments

matplotlib.use("Agg")
NAMES = assignments.names()
each_assignment = pytest.mark.parametrize("name", NAMES)


def answers(name, kind):
    """Functions that a student could hand in: RIGHT ones, or WRONG ones, each with a part of the hint that must answer it."""
    return runpy.run_path(str(assignments.FOLDER / name / "wrong_answers.py")).get(kind, [])


WRONG = [(name, function, hint) for name in NAMES for function, hint in answers(name, "WRONG")]
RIGHT = [(name, function) for name in NAMES for function in answers(name, "RIGHT")]
TABLES = {"membership", "reports", "remittances", "aid", "table"}  # how the functions call the table that they are given


@pytest.fixture(scope="module")
def read():
    """Each assignment, read once."""
    return {name: assignments.read(name) for name in NAMES}


@pytest.fixture
def folder(read, tmp_path, monkeypatch):
    """Unpack the ZIP file of an assignment and work in its folder, as a student does."""

    def unpack(name):
        _unpacked(read[name], tmp_path)
        _enter(tmp_path / name, monkeypatch)
        return tmp_path / name

    return unpack


@pytest.fixture(scope="module")
def solved(read, tmp_path_factory):
    """Work in the folder of an assignment, with a copy of the memory of its solved notebook; each is solved once."""

    @functools.cache
    def memory_of(name):
        place = tmp_path_factory.mktemp("solved") / name
        _unpacked(read[name], place.parent)
        with pytest.MonkeyPatch.context() as patch:
            _enter(place, patch)
            return place, run(read[name].solved)[0]

    def enter(name, monkeypatch):
        place, memory = memory_of(name)
        _enter(place, monkeypatch)
        return dict(memory)

    return enter


def _unpacked(assignment, place):
    with zipfile.ZipFile(io.BytesIO(usage.zipped(assignments.student_files(assignment)))) as archive:
        archive.extractall(place)


def _enter(place, monkeypatch):
    monkeypatch.chdir(place)
    monkeypatch.syspath_prepend(str(place))
    monkeypatch.delitem(sys.modules, "check", raising=False)


def run(cells):
    """What stands in the memory of a notebook after its cells have run, and what they printed."""
    memory, printed = {"display": print}, io.StringIO()
    with contextlib.redirect_stdout(printed):
        for cell in cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, "<cell>", "exec"), memory)
    matplotlib.pyplot.close("all")
    return memory, printed.getvalue()


def imported(code):
    """Names of the packages that code imports."""
    nodes = list(ast.walk(ast.parse(code)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in names}


def score(assignment, memory):
    """Points by question, as the grader counts: every check of a question earns the same share."""
    problem = _check_module().problem
    earned = {}
    for question in assignment.questions:
        problems = [problem(assignments.doctest_of(code), memory) for code, _ in question.tests]
        earned[question.name] = question.points * sum(not problem for problem in problems) / len(problems)
    return earned


# --- what is promised to students


@each_assignment
def test_the_solution_earns_full_marks(read, folder, name):
    folder(name)
    memory, printed = run(read[name].solved)
    assert score(read[name], memory) == {question.name: question.points for question in read[name].questions}
    assert printed.count("checks passed.") == len(read[name].questions), printed


@each_assignment
def test_the_untouched_copy_runs_and_earns_nothing(read, folder, name):
    folder(name)
    memory, printed = run(read[name].student)
    assert score(read[name], memory) == {question.name: 0 for question in read[name].questions}
    assert printed.count(": not yet (check 1 of ") == len(read[name].questions), printed


@each_assignment
def test_a_task_left_untouched_among_solved_ones_earns_nothing(read, solved, monkeypatch, name):
    found = solved(name, monkeypatch)
    given = [cell for cell, whole in zip(read[name].student, read[name].solved) if cell.source != whole.source]
    for question, cell in zip(read[name].questions, given, strict=True):
        memory = dict(found)
        exec(cell.source, memory)
        assert score(read[name]._replace(questions=[question]), memory) == {question.name: 0}


@pytest.mark.parametrize("name, function, hint", WRONG, ids=[f"{name}-{function.__name__}-{hint[:25]}" for name, function, hint in WRONG])
def test_a_wrong_answer_gets_a_hint_that_names_what_is_wrong(read, solved, monkeypatch, name, function, hint):
    said, earned, points = handed_in(read[name], solved(name, monkeypatch), function)
    assert said.startswith(f"{function.__name__}: not yet (check "), said
    assert hint in said and earned < points


@pytest.mark.parametrize("name, function", RIGHT, ids=[f"{name}-{function.__name__}" for name, function in RIGHT])
def test_a_right_answer_in_another_form_is_accepted(read, solved, monkeypatch, name, function):
    said, earned, points = handed_in(read[name], solved(name, monkeypatch), function)
    assert said.endswith(" checks passed.\n") and earned == points, said


def handed_in(assignment, memory, function):
    """What `check` says to a function in a solved notebook, and the points for it: earned, and to earn."""
    mine = memory[function.__name__] = type(function)(function.__code__, memory, function.__name__, function.__defaults__)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        memory["check"](mine)
    question = next(question for question in assignment.questions if question.name == function.__name__)
    return printed.getvalue(), score(assignment._replace(questions=[question]), memory)[function.__name__], question.points


@each_assignment
def test_a_function_that_changes_the_given_table_is_told_so(read, solved, monkeypatch, name):
    problem, found = _check_module().problem, solved(name, monkeypatch)
    for question in read[name].questions:
        solution = found[question.name]
        names = list(inspect.signature(solution).parameters)
        if not TABLES & set(names):
            continue

        def careless(*given):
            answer = solution(*given)
            given[names.index(*TABLES & set(names))]["scratch"] = 1
            return answer

        memory = found | {question.name: careless} | {key: found[key].copy() for key in TABLES & set(found)}
        hints = [problem(assignments.doctest_of(code), memory) for code, held in question.tests if not held]
        assert "Your function changes the table that it is given" in next(filter(None, hints), ""), question.name


def test_tasks_in_which_no_function_is_given_a_table_are_few(read, solved, monkeypatch):
    without = [question.name for name in NAMES for question in read[name].questions if not TABLES & set(inspect.signature(solved(name, monkeypatch)[question.name]).parameters)]
    assert sorted(without) == ["my_rule", "origin_of"]


@each_assignment
def test_there_are_wrong_answers_to_three_tasks_or_more(name):
    functions = [function.__name__ for function, _ in answers(name, "WRONG")]
    assert len(functions) >= 3 and len(set(functions)) >= 3


@each_assignment
def test_a_renamed_notebook_runs_from_a_clean_kernel(read, folder, name):
    place = folder(name)
    notebook = nbformat.read(place / f"{name}.ipynb", as_version=4)
    (place / f"{name}.ipynb").rename(place / f"{name} (1).ipynb")
    NotebookClient(notebook, timeout=60, resources={"metadata": {"path": str(place)}}).execute()
    said = [output.get("text", "") for cell in notebook.cells for output in cell.get("outputs", [])]
    assert sum("not yet (check 1 of" in text for text in said) == len(read[name].questions)


def test_the_checks_need_only_the_standard_library():
    text = (assignments.FOLDER / "check.py").read_text(encoding="utf-8")
    assert imported(text) <= sys.stdlib_module_names and len(text.splitlines()) <= 60


@pytest.mark.parametrize(
    "code, hint",
    [
        (">>> missing()", "name 'missing' is not defined. Run the cells above first"),
        (">>> open('ambush.csv')", "The file 'ambush.csv' is missing. Keep the notebook in the folder"),
        (">>> 1 / 0", "Your function stops with ZeroDivisionError: division by zero."),
        (">>> assert False", "An answer differs."),
        (">>> assert True", ""),
    ],
)
def test_a_function_that_stops_is_told_why(tmp_path, monkeypatch, code, hint):
    monkeypatch.chdir(tmp_path)
    assert _check_module().problem(code, {}).startswith(hint) and bool(hint) == bool(_check_module().problem(code, {}))


def test_a_renamed_function_is_told_the_names_that_have_a_check(folder, capsys):
    folder("death-toll")
    from check import check

    check(_check_module)
    assert capsys.readouterr().out.startswith("There is no check for '_check_module'. Functions with a check: add_span, alt_text, ")


def _check_module():
    spec = importlib.util.spec_from_file_location("check_of_the_book", assignments.FOLDER / "check.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- what an assignment holds


@each_assignment
def test_an_assignment_has_three_to_five_coded_tasks_and_one_written(read, name):
    text = (assignments.FOLDER / name / f"{name}.md").read_text(encoding="utf-8")
    tasks = re.findall(r"^## (\d)\. .+ \((\d+) minutes\)$", text, re.M)
    assert [int(number) for number, _ in tasks] == list(range(1, len(tasks) + 1)) and len(tasks) == len(read[name].questions) + 1
    assert 3 <= len(read[name].questions) <= 5 and sum(question.points for question in read[name].questions) == 20
    total, start = re.search(r"\*\*Time\.\*\* (\d+) minutes with reading: (\d+) to start, then the minutes at each task\.$", text, re.M).groups()
    assert int(total) == int(start) + sum(int(minutes) for _, minutes in tasks) < 60
    assert "**What help is allowed.**" in text and "log of three lines" in text and "Write about 100 words" in text
    rubric = re.findall(r"^\| \| \*\*[^*]+\*\* \((\d+)\): ", text, re.M)
    assert len(rubric) >= 3 and sum(map(int, rubric)) == 10 and "10 points in all" in text


@each_assignment
def test_every_figure_asks_for_words(read, name):
    figures = sum("plt.show()" in cell.source for cell in read[name].student)
    task = next(cell.source for cell in read[name].student if cell.source.startswith("## 5. A figure, and words for those who cannot see it "))
    assert figures == 1 and task and read[name].questions[-1].name in ("alt_text", "missing")


def test_the_figure_of_the_death_toll_shows_what_its_words_count(solved, monkeypatch):
    memory = solved("death-toll", monkeypatch)
    heard = memory["heard_by"](memory["reports"], "2010-09-30")
    exact, at_least = memory["axes"].lines
    assert len(heard) == len(exact.get_xdata()) + len(at_least.get_xdata()) == len({tuple(mark) for line in (exact, at_least) for mark in line.get_xydata()})
    assert len(exact.get_xdata()) == heard["value"].notna().sum() and exact.get_marker() != at_least.get_marker()


@each_assignment
def test_every_column_that_students_get_is_described(read, name):
    text = (assignments.FOLDER / name / f"{name}.md").read_text(encoding="utf-8")
    section = text.split("## The table\n")[1].split("```{code-cell}")[0]
    described = {word for line in section.split("\n") if line.startswith("* ") for word in re.findall(r"`(\w+)`", line.split(": ")[0])}
    assert {column for content in read[name].data.values() for column in content.split("\n")[0].split(",")} <= described


@each_assignment
def test_the_notebook_links_its_chapter(read, name):
    page = f"{assignments.site_address()}/chapters/{_header(name)['chapter']}.html"
    assert f"]({page})" in "".join(cell.source for cell in read[name].student)
    assert "http" not in (assignments.FOLDER / name / f"{name}.md").read_text(encoding="utf-8"), "addresses are made from _config.yml"


@each_assignment
def test_every_task_has_checks_for_students_and_some_held_back(read, name):
    for question in read[name].questions:
        hidden = [held for _, held in question.tests]
        assert hidden.count(False) >= 2 and hidden.count(True) >= 1, question.name


def test_every_chapter_has_one_assignment():
    headers = [(assignments.FOLDER / name / f"{name}.md").read_text(encoding="utf-8") for name in NAMES]
    assert sorted(re.search(r"^  chapter: (\S+)$", header, re.M)[1] for header in headers) == sorted(page.stem for page in chapters())


@each_assignment
def test_a_quotation_stands_in_the_chapter_too(read, name):
    chapter = (assignments.BOOK / "chapters" / f"{_header(name)['chapter']}.md").read_text(encoding="utf-8").replace("’", "'")
    for quote in re.findall(r"^> (.+)$", "\n".join(cell.source for cell in read[name].student if cell.cell_type == "markdown"), re.M):
        assert f"> {quote}\n" in chapter, quote


@each_assignment
def test_student_notebooks_are_plain_markdown_and_need_only_pandas_and_matplotlib(read, name):
    for cell in read[name].student:
        if cell.cell_type == "markdown":
            assert not re.search(r":::|\{\w+(:\w+)?\}`|—", cell.source), cell.source
        else:
            assert imported(cell.source) <= {"pandas", "matplotlib", "check", *sys.stdlib_module_names}, cell.source


@each_assignment
def test_the_data_are_those_of_the_book(read, name):
    for part, (file, text) in zip(_header(name)["data"], read[name].data.items()):
        table = {tuple(row.items()) for row in usage.rows(part["table"])}
        with_all = {tuple((column, row[column]) for column in text.splitlines()[0].split(",")) for row in map(dict, table)}
        with io.StringIO(text) as stream:
            given = list(assignments.csv.DictReader(stream))
        assert part["file"] == file and given and {tuple(row.items()) for row in given} <= with_all
    assert not list((assignments.FOLDER / name).glob("*.csv")), "data are made from data/, not kept twice"


def _header(name):
    text = (assignments.FOLDER / name / f"{name}.md").read_text(encoding="utf-8")
    return assignments.yaml.safe_load(text.split("---\n")[1])["assignment"]


@pytest.mark.parametrize(
    "part, message",
    [
        ({"table": "report"}, "no table 'report'; accepted: events, "),
        ({"table": "remittances", "columns": ["yaer"]}, "no column 'yaer' in remittances; accepted: year, "),
        ({"table": "remittances", "keep": {"year": [1850]}}, "no row of remittances has year '1850'"),
    ],
)
def test_a_wrong_selection_is_named(part, message):
    with pytest.raises(ValueError, match=f"assignments/x/x.md, data for x.csv: {message}"):
        assignments.selection("x", "x.csv", **part)


# --- nothing gets out


def secrets(assignment):
    """Lines of solutions and of checks held back that stand nowhere in what students get."""
    public = [cell.source for cell in assignment.student] + [code for question in assignment.questions for code, held in question.tests if not held]
    public = "\n".join([*public, *(assignments.doctest_of(code) for question in assignment.questions for code, held in question.tests if not held)])
    private = [cell.source for cell in assignment.solved]
    held_back = [code for question in assignment.questions for code, held in question.tests if held]
    lines = [line.strip() for text in [*private, *held_back, *map(assignments.doctest_of, held_back)] for line in text.split("\n")]
    return {line for line in lines if len(line) >= 25 and line not in public}


@each_assignment
def test_no_answer_is_in_what_students_get(read, name):
    canary = re.search(r'canary = "(.+)"', "\n".join(code for question in read[name].questions for code, held in question.tests if held))[1]
    for question in read[name].questions:
        assert all((canary in code) == held for code, held in question.tests), f"{question.name}: a check held back without the canary"
    solved = [cell for cell, given in zip(read[name].solved, read[name].student) if cell.source != given.source]
    assert len(solved) == len(read[name].questions) and all(canary in cell.source for cell in solved)
    hidden = secrets(read[name])
    assert len(hidden) >= 10
    for file, content in assignments.student_files(read[name]).items():
        text = content.decode().replace('\\"', '"').replace("\\'", "'")
        assert canary not in text and "HIDDEN" not in text and "SOLUTION" not in text, file
        assert [line for line in hidden if line in text] == [], file


def test_no_answer_is_in_the_book(read, book):
    hidden = {line for assignment in read.values() for line in secrets(assignment)}
    canaries = {re.search(r'canary = "(.+)"', code)[1] for assignment in read.values() for question in assignment.questions for code, held in question.tests if held}
    files = [path for path in book.rglob("*") if path.suffix in (".html", ".js", ".txt", ".py", ".ipynb", ".json", ".xml")]
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not [line for line in {*hidden, *canaries} if line in text], path.name
    index = (book / "searchindex.js").read_text(encoding="utf-8")
    assert '"docnames"' in index and "assignments/" not in index


@each_assignment
def test_student_files_are_the_same_in_every_run(name):
    one, two = (usage.zipped(assignments.student_files(assignments.read(name))) for _ in range(2))
    assert one == two and len(one) < 60_000


@each_assignment
def test_the_book_offers_the_files_for_students(read, book, name):
    assert (book / "assignments" / f"{name}.zip").read_bytes() == usage.zipped(assignments.student_files(read[name]))


def test_the_tool_says_what_to_install(monkeypatch, capsys):
    def absent(package):
        raise assignments.importlib.metadata.PackageNotFoundError(package)

    monkeypatch.setattr(assignments.importlib.metadata, "version", absent)
    with pytest.raises(SystemExit, match="otter-grader is not installed: pip install -r requirements-grading.txt"):
        assignments.main(student_only=False)


# --- with otter-grader, if it is installed

NO_GRADER = "otter-grader is not installed, so that the autograder files are not tested; run make test-grading, or pip install -r requirements-grading.txt"
with_grader = pytest.mark.skipif(importlib.util.find_spec("otter") is None, reason=NO_GRADER)


@pytest.fixture(scope="module")
def assigned(read):
    """What otter-grader makes of each assignment: its student folder, and the members of the autograder ZIP file."""
    return {name: assignments.otter_files(read[name]) for name in NAMES}


def graded(place, autograder, cells):
    """Points by question that otter-grader gives to a notebook, and how many there are to earn."""
    from otter.api import grade_submission

    (place / "autograder.zip").write_bytes(usage.zipped(autograder))
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": assignments.KERNEL})
    nbformat.write(notebook, place / "handed in (1).ipynb")
    results = grade_submission(str(place / "handed in (1).ipynb"), str(place / "autograder.zip"), quiet=True)
    return results.total, results.possible


@with_grader
@each_assignment
def test_otter_gives_full_marks_to_the_solution_and_none_to_the_untouched_copy(read, assigned, tmp_path, name):
    possible = sum(question.points for question in read[name].questions)
    assert graded(tmp_path, assigned[name][1], read[name].solved) == (possible, possible)
    assert graded(tmp_path, assigned[name][1], read[name].student) == (0, possible)


@with_grader
@each_assignment
def test_otter_makes_the_same_student_files(read, assigned, name):
    ours = {file.removeprefix(f"{name}/"): content for file, content in assignments.student_files(read[name]).items()}
    theirs = assigned[name][0]
    assert set(ours) - set(theirs) == {"README.txt"} and set(theirs) <= set(ours)
    for file in theirs:
        if file.endswith(".ipynb"):
            cells = [[(cell.cell_type, cell.source) for cell in nbformat.reads(content.decode(), as_version=4).cells] for content in (ours[file], theirs[file])]
            assert cells[0] == cells[1]
        elif file.startswith("tests/"):
            tests = [runpy.run_path(_written(content))["test"] for content in (ours[file], theirs[file])]
            assert tests[0] == tests[1], file
        else:
            assert ours[file] == theirs[file], file


def _written(content):
    with tempfile.NamedTemporaryFile(suffix=".py", delete=False) as file:
        file.write(content)
    return file.name


@with_grader
@each_assignment
def test_the_autograder_holds_every_check_and_brings_its_packages(read, assigned, name):
    members = assigned[name][1]
    assert {f"tests/{question.name}.py" for question in read[name].questions} <= set(members)
    for question in read[name].questions:
        cases = runpy.run_path(_written(members[f"tests/{question.name}.py"]))["test"]["suites"][0]["cases"]
        assert [case["hidden"] for case in cases] == [held for _, held in question.tests]
    text = b"\n".join(content for file, content in members.items() if file == "environment.yml").decode()
    assert re.search(r"pandas==\d", text) and re.search(r"matplotlib==\d", text)
    assert "points_possible" not in members["otter_config.json"].decode()
