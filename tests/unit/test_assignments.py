"""The assignments: right answers earn full marks, the untouched copy none, and a wrong answer gets a hint."""

import ast
import contextlib
import csv
import io
import re
import runpy
import sys
import types
import zipfile

import pandas as pd
import pytest
from matplotlib import pyplot
from support.answers import checks, secrets

from casebook.contents import chapters, source
from casebook.datapackage import rows
from press.archive import zipped
from press.editions import assignments
from press.model.assignments import FOLDER, names, read, selection
from press.model.book import page_address

CHECK = FOLDER / "check.py"
problem = runpy.run_path(str(CHECK))["problem"]
TIME = (
    r"\*\*Time\.\*\* (\d+) minutes in two sittings, without the chapter: "
    r"(\d+) for the start \((\d+)\) and tasks 1 to 3, (\d+) for tasks 4 to 6 and handing in \((\d+)\)\.\n"
)
RUNS = r"Three runs in the role of a student took (\d+), (\d+) and (\d+) minutes, .+; no class has been timed\.\n"


@pytest.fixture(scope="module", params=names())
def assignment(request):
    return read(request.param)


@pytest.fixture(scope="module")
def folder(assignment, tmp_path_factory):
    """Work in the folder of the unpacked ZIP file, as a student does."""
    place = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(io.BytesIO(zipped(assignments.student_files(assignment)))) as archive:
        archive.extractall(place)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place / assignment.name)
        patch.syspath_prepend(place / assignment.name)
        patch.delitem(sys.modules, "check", raising=False)
        yield place / assignment.name


@pytest.fixture(scope="module")
def solution(assignment, folder):
    """Run the solved notebook: its memory, which wrong_answers.py imports as a module."""
    module = types.ModuleType("solution")
    run(assignment.solved, vars(module))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "solution", module)
        yield vars(module)


@pytest.fixture(scope="module")
def answers(assignment, solution):
    return runpy.run_path(str(FOLDER / assignment.name / "wrong_answers.py"))["ANSWERS"]


def run(cells, memory):
    """Run the cells of a notebook in this process; return what they printed."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        for cell in cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, "<cell>", "exec"), memory)
    pyplot.close("all")
    return printed.getvalue()


def problems(question, memory):
    """What each check of a question says, those held back included; empty if it passes."""
    return [problem(assignments.doctest_of(code), memory) for code, _ in question.tests]


def handed_in(answer, solution):
    """An answer as the function of a student who has solved all else."""
    function = answer.function
    memory = solution | function.__globals__
    return types.FunctionType(function.__code__, memory, answer.task, closure=function.__closure__)


def careless(correct):
    """A correct function that changes the table that it is given."""

    def function(*given):
        answer = correct(*given)
        for table in given:
            if isinstance(table, pd.DataFrame):
                table["scratch"] = 1
        return answer

    return function


def text_of(assignment):
    return (FOLDER / assignment.name / f"{assignment.name}.md").read_text(encoding="utf-8")


def runs(assignment):
    """Minutes that runs in the role of a student took: least, middle and most."""
    return sorted(map(int, re.search(RUNS, text_of(assignment)).groups()))


def imports_of(code):
    """Packages that code imports."""
    nodes = list(ast.walk(ast.parse(code)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in names}


# --- what is promised to students


def test_the_solution_earns_full_marks(assignment, solution):
    for question in assignment.questions:
        assert not any(problems(question, solution)), question.name


def test_the_untouched_copy_runs_and_earns_nothing(assignment, folder):
    memory = {}
    printed = run(assignment.student, memory)
    for question in assignment.questions:
        assert all(problems(question, memory)), question.name
    assert printed.count(": not yet (check 1 of ") == len(assignment.questions), printed


def test_a_task_left_untouched_among_solved_ones_earns_nothing(assignment, solution):
    given = [cell for cell, whole in zip(assignment.student, assignment.solved) if cell.source != whole.source]
    for question, cell in zip(assignment.questions, given, strict=True):
        memory = dict(solution)
        exec(cell.source, memory)
        assert all(problems(question, memory)), question.name


def test_a_wrong_answer_to_any_task_gets_a_hint_that_names_what_is_wrong(assignment, solution, answers, capsys):
    wrong = [answer for answer in answers if answer.hint]
    assert {answer.task for answer in wrong} == {question.name for question in assignment.questions}
    for answer in wrong:
        solution["check"](handed_in(answer, solution))
        said = capsys.readouterr().out
        assert said.startswith(f"{answer.task}: not yet (check ") and answer.hint in said, f"{answer}: {said}"


def test_a_right_answer_in_another_form_is_accepted(assignment, solution, answers):
    questions = {question.name: question for question in assignment.questions}
    for answer in answers:
        if not answer.hint:
            function = handed_in(answer, solution)
            found = problems(questions[answer.task], function.__globals__ | {answer.task: function})
            assert not any(found), f"{answer}: {found}"


def test_a_function_that_changes_the_given_table_gets_a_hint(assignment, solution):
    for question in assignment.questions:
        if question.name not in ("my_rule", "origin_of"):  # which are given no table
            copies = {name: value.copy() for name, value in solution.items() if isinstance(value, pd.DataFrame)}
            memory = solution | copies | {question.name: careless(solution[question.name])}
            hint = next(filter(None, problems(question, memory)), "")
            assert "Your function changes the table that it is given" in hint, question.name


def test_the_checks_need_only_the_standard_library():
    text = CHECK.read_text(encoding="utf-8")
    assert imports_of(text) <= sys.stdlib_module_names
    assert len(text.splitlines()) <= 60


@pytest.mark.parametrize(
    "code, hint",
    [
        (">>> missing()", "name 'missing' is not defined. Run the cells above first"),
        (">>> open('ambush.csv')", "The file 'ambush.csv' is missing. Keep the notebook in the folder"),
        (">>> 1 / 0", "Your function stops with ZeroDivisionError: division by zero."),
        (">>> assert False", "An answer differs."),
        (">>> {}[0]", "Your function stops with KeyError: 0. No column, row, key or member has this name."),
        (">>> case = 'id'\n>>> case['id']", "Your function stops with TypeError: string indices must be integers"),
        (">>> import pandas as pd\n>>> assert pd.Series([1, 2]) == 1", "Your function gives a column where one value"),
        (">>> ask(1)", "In your function a whole column is asked for one yes or no."),
    ],
)
def test_a_function_that_stops_gets_the_reason(code, hint):
    assert problem(code, {"ask": lambda number: bool(pd.Series([1, 2]) == number)}).startswith(hint)


def test_a_renamed_function_gets_the_names_that_have_a_check(assignment, solution, capsys):
    solution["check"](handed_in)
    known = ", ".join(sorted(question.name for question in assignment.questions))
    assert capsys.readouterr().out == f"There is no check for 'handed_in'. Functions with a check: {known}.\n"


# --- what an assignment holds


def test_every_chapter_has_one_assignment():
    assert sorted(read(name).chapter for name in names()) == sorted(chapters())


def test_an_assignment_has_three_to_five_coded_tasks_and_a_written_one_in_two_sittings(assignment):
    text = text_of(assignment)
    tasks = re.findall(r"^## (\d)\. .+ \((\d+) minutes\)$", text, re.M)
    assert [int(number) for number, _ in tasks] == list(range(1, len(assignment.questions) + 2))
    assert 3 <= len(assignment.questions) <= 5 and sum(question.points for question in assignment.questions) == 20
    total, first, start, second, end = map(int, re.search(TIME, text).groups())
    minutes = [int(spent) for _, spent in tasks]
    assert first == start + sum(minutes[:3]) and second == sum(minutes[3:]) + end and total == first + second
    assert first <= 60 and second <= 60 and runs(assignment)[0] <= total <= runs(assignment)[2]
    for words in ("**What help is allowed.**", "log of one line", "Write about 60 words", "10 points in all"):
        assert words in text, words
    rubric = [int(points) for points in re.findall(r"^\| \| \*\*[^*]+\*\* \((\d+)\): ", text, re.M)]
    assert len(rubric) >= 3 and sum(rubric) == 10


def test_what_the_runs_took_is_said_wherever_a_time_is_given():
    took = [minutes for name in names() for minutes in runs(read(name))]
    said = f"Runs in the role of a student took {min(took)} to {max(took)} minutes; no class has been timed."
    assert said in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert 90 < sum(took) / len(took) < 150
    for slug in chapters():
        assert "**With data, about two hours.**" in source(f"chapters/{slug}"), slug
    assert "a notebook that takes about two hours" in source("teaching/start")


def test_the_figure_asks_for_words(assignment):
    cells = [cell.source for cell in assignment.student]
    assert sum("plt.show()" in cell for cell in cells) == 1
    assert any(cell.startswith("## 5. A figure, and words for those who cannot see it ") for cell in cells)
    assert assignment.questions[-1].name in ("alt_text", "missing")


@pytest.mark.parametrize("assignment", ["death-toll"], indirect=True, scope="module")
def test_the_figure_of_the_death_toll_shows_what_its_words_count(assignment, solution):
    heard = solution["heard_by"](solution["reports"], "2010-09-30")
    exact, at_least = solution["axes"].lines
    marks = [*map(tuple, exact.get_xydata()), *map(tuple, at_least.get_xydata())]
    assert len(heard) == len(marks) == len(set(marks))
    assert len(exact.get_xdata()) == heard["value"].notna().sum() and exact.get_marker() != at_least.get_marker()


def test_every_column_that_students_get_is_described(assignment):
    section = text_of(assignment).split("## The table\n")[1].split("```{code-cell}")[0]
    heads = [line.split(": ")[0] for line in section.split("\n") if line.startswith("* ")]
    columns = {column for content in assignment.data.values() for column in content.split("\n")[0].split(",")}
    assert columns <= set(re.findall(r"`(\w+)`", " ".join(heads)))


def test_the_notebook_links_its_chapter(assignment):
    page = page_address(f"chapters/{assignment.chapter}")
    assert f"]({page})" in "".join(cell.source for cell in assignment.student)
    assert "http" not in text_of(assignment), "addresses are made from _config.yml"


def test_a_quotation_is_in_the_chapter_too(assignment):
    chapter = source(f"chapters/{assignment.chapter}").replace("’", "'")
    prose = "\n".join(cell.source for cell in assignment.student if cell.cell_type == "markdown")
    for quotation in re.findall(r"^> .+$", prose, re.M):
        assert f"{quotation}\n" in chapter, quotation


def test_student_notebooks_are_plain_markdown_and_need_only_pandas_and_matplotlib(assignment):
    for cell in assignment.student:
        if cell.cell_type == "markdown":
            assert not re.search(r":::|\{\w+(:\w+)?\}`|—", cell.source), cell.source
        else:
            known = {"pandas", "matplotlib", "check", *sys.stdlib_module_names}
            assert imports_of(cell.source) <= known, cell.source


def test_the_data_are_rows_of_the_tables_of_the_book():
    text = selection("x", "x.csv", "remittances", keep={"year": [2009]}, columns=["source", "year"])
    expected = [{"source": row["source"], "year": "2009"} for row in rows("remittances") if row["year"] == "2009"]
    assert expected and list(csv.DictReader(io.StringIO(text))) == expected
    assert not list(FOLDER.glob("*/*.csv")), "data are made from data/, not kept twice"


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
        selection("x", "x.csv", **part)


# --- the files


def test_every_task_has_checks_for_students_and_some_held_back(assignment):
    for question in assignment.questions:
        held = [held for _, held in question.tests]
        assert held.count(False) >= 2 and held.count(True) >= 1, question.name


def test_no_answer_is_in_what_students_get(assignment):
    held_back = checks(assignment, held_back=True)
    (canary,) = {re.search(r'canary = "(.+)"', code)[1] for code in held_back}
    assert not [code for code in checks(assignment, held_back=False) if canary in code]
    solutions = [cell for cell, given in zip(assignment.solved, assignment.student) if cell.source != given.source]
    assert len(solutions) == len(assignment.questions)
    assert all(canary in cell.source for cell in solutions), "a solution without the canary"
    hidden = secrets(assignment)
    assert len(hidden) >= 10
    for file, content in assignments.student_files(assignment).items():
        text = content.decode().replace('\\"', '"').replace("\\'", "'")
        assert [line for line in (*hidden, canary, "HIDDEN", "SOLUTION") if line in text] == [], file


def test_student_files_are_small(assignment):
    assert len(zipped(assignments.student_files(assignment))) < 60_000
