"""The layout of the code: what may import what, and code that ruff accepts."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from casebook.contents import BOOK

HTML = ("bs4", "lxml", "html.parser", "html5lib")
#: Modules -> what they may not import.
REFUSED = {
    "chapters/casebook/*.py": ("press", *HTML),
    "press/**/*.py": HTML,
    "press/model/*.py": ("sphinx", "docutils", "press.sphinx", "press.editions"),
    "press/editions/*.py": ("press.sphinx",),
    "press/drawings/*.py": ("press.sphinx",),
}
#: Modules of casebook that Sphinx and commands read the book with.
WITHOUT_PANDAS = "blocks contents datapackage documents membership quizzes references uses"
REFUSED |= {f"chapters/casebook/{name}.py": ("pandas", "numpy", "matplotlib") for name in WITHOUT_PANDAS.split()}


def imports(path: Path) -> set[str]:
    """Names of the modules that a file imports, relative ones as they are inside the package."""
    package = path.relative_to(BOOK).parent.parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*start, *filter(None, [node.module])])
            found |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("files", REFUSED)
def test_no_module_imports_what_it_may_not(files):
    refused, paths = tuple(f"{package}." for package in REFUSED[files]), list(BOOK.glob(files))
    assert paths, f"no file is called {files}"
    for path in paths:
        wrong = [name for name in imports(path) if f"{name}.".startswith(refused)]
        assert not wrong, f"{path.name} imports {wrong}"


def test_the_model_writes_no_html():
    for path in BOOK.glob("press/model/*.py"):
        assert not re.search(r"</\w+>", path.read_text(encoding="utf-8")), f"{path.name} writes HTML"


def test_nothing_reads_finished_pages():
    for path in [*BOOK.glob("press/**/*.py"), *BOOK.glob("chapters/casebook/*.py")]:
        assert "xml.etree" not in imports(path) or path.name == "svg.py", f"{path.name} reads XML"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
                    texts = [each.value for each in ast.walk(node) if isinstance(each, ast.Constant)]
                    tags = [each for each in texts if isinstance(each, str) and re.search("<[a-z/]", each)]
                    assert not tags, f"{path.name}, line {node.lineno}: a pattern over HTML"


@pytest.mark.parametrize("command", ["check", "format --check"])
def test_ruff_accepts_the_code(command):
    command = [sys.executable, "-m", "ruff", *command.split(), "."]
    run = subprocess.run(command, cwd=BOOK, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def test_requirements_name_what_the_book_is_made_of():
    pinned = re.findall(r"^([\w-]+)==\S+", (BOOK / "requirements.txt").read_text(encoding="utf-8"), re.M)
    assert {"jupyter-book", "myst-nb", "pandas", "matplotlib", "ipywidgets"} <= set(pinned)
