"""The layout of the code: what may import what, and code that ruff accepts."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.contents import BOOK

CODE = sorted(
    path for folder in ("press", "chapters/casebook", "tests", "assignments") for path in BOOK.glob(f"{folder}/**/*.py")
)
#: Modules of casebook that Sphinx and commands read the book with.
WITHOUT_PANDAS = (
    "archive",
    "blocks",
    "contents",
    "datapackage",
    "documents",
    "membership",
    "quizzes",
    "references",
    "uses",
)


def imports(path: Path) -> set[str]:
    """Names of the modules that a file imports, relative ones as they are inside the package."""
    package = path.relative_to(BOOK).parent.parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, [start, node.module]))
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return found


def is_in(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def test_notebooks_need_nothing_of_the_press():
    for path in BOOK.glob("chapters/casebook/*.py"):
        assert not [name for name in imports(path) if is_in(name, "press")], path.name


@pytest.mark.parametrize("module", WITHOUT_PANDAS)
def test_what_reads_the_book_needs_no_pandas(module):
    found = imports(BOOK / "chapters" / "casebook" / f"{module}.py")
    assert not [name for name in found if is_in(name, "pandas", "numpy", "matplotlib")]


def test_the_model_knows_neither_sphinx_nor_html():
    for path in BOOK.glob("press/model/*.py"):
        wrong = [
            name for name in imports(path) if is_in(name, "sphinx", "docutils", "bs4", "press.sphinx", "press.editions")
        ]
        assert not wrong, f"{path.name} imports {wrong}"
        assert not re.search(r"</\w+>", path.read_text(encoding="utf-8")), f"{path.name} writes HTML"


def test_editions_and_drawings_do_not_reach_into_the_extensions():
    for path in [*BOOK.glob("press/editions/*.py"), *BOOK.glob("press/drawings/*.py")]:
        assert not [name for name in imports(path) if is_in(name, "press.sphinx")], path.name


def test_nothing_reads_finished_pages():
    for path in [*BOOK.glob("press/**/*.py"), *BOOK.glob("chapters/casebook/*.py")]:
        assert not [name for name in imports(path) if is_in(name, "bs4", "lxml", "html.parser", "html5lib")], path.name
        assert "xml.etree" not in imports(path) or path.name == "svg.py", f"{path.name} reads XML"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and ast.unparse(node.func.value) == "re"
            ):
                patterns = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
                tags = [each for each in patterns if isinstance(each, str) and re.search("<[a-z/]", each)]
                assert not tags, f"{path.name}, line {node.lineno}: a pattern over HTML"


def test_modules_are_found_without_tricks():
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                used = f"{node.value.id}.{node.attr}"
                assert used not in ("sys.path", "importlib.util"), (
                    f"{path.relative_to(BOOK)}, line {node.lineno}: {used}"
                )


@pytest.mark.parametrize("command", ["check", "format --check"])
def test_ruff_accepts_the_code(command):
    run = subprocess.run(
        [sys.executable, "-m", "ruff", *command.split(), "."], cwd=BOOK, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_requirements_name_what_the_book_is_made_of():
    pinned = re.findall(r"^([\w-]+)==\S+", (BOOK / "requirements.txt").read_text(encoding="utf-8"), re.M)
    assert {"jupyter-book", "myst-nb", "pandas", "matplotlib", "ipywidgets"} <= set(pinned)
