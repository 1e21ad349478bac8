"""Building the book or a copy of it, and reading what was built."""

import functools
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from bs4 import BeautifulSoup

from casebook.contents import BOOK, reading_order

#: Every page of the book as it is built.
PAGES = [f"{name}.html" for name, _ in reading_order()]
#: Whether nothing is left out to save time: the weekly workflow sets it.
FULL_SWEEP = bool(os.environ.get("FULL_SWEEP"))
#: What a build or an installation leaves in a folder.
LEFTOVERS = ("_build", ".venv", ".git", "__pycache__", ".*_cache", ".ipynb_checkpoints", "*.egg-info")
#: The head of a page that runs cells.
NOTEBOOK = """---
jupytext: {text_representation: {extension: .md, format_name: myst}}
kernelspec: {name: python3, display_name: Python 3}
---

"""


def start_build(source: Path, output: Path, builder: str = "html") -> subprocess.Popen:
    """Start to build the book in `source` into `output`, warnings as errors, by the code of that book."""
    run = "from jupyter_book.cli.main import main; main()"  # it has no `__main__`, and its script may be elsewhere
    options = ["-W", "-n", "--keep-going", "--builder", builder, "--path-output", str(output)]
    return subprocess.Popen(
        [sys.executable, "-c", run, "build", str(source), *options],
        env={**os.environ, "PYTHONPATH": f"{source}{os.pathsep}{source / 'chapters'}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def build(source: Path, output: Path, builder: str = "html") -> tuple[int, str]:
    """Build the book in `source` into `output`; return the exit code and the log, without colors."""
    process = start_build(source, output, builder)
    log = process.communicate(timeout=600)[0]
    return process.returncode, re.sub(r"\x1b\[[\d;]*m", "", log)


def copy_of_the_book(folder: Path, *left_out: str) -> Path:
    """Copy the book, without what was built or installed."""
    return shutil.copytree(BOOK, folder, ignore=shutil.ignore_patterns(*LEFTOVERS, *left_out))


def keep_pages(copy: Path, *names: str, caption: str = "Pages") -> None:
    """Cut the table of contents of a copy to its front page and others, in a part with some caption."""
    contents = {"format": "jb-book", "root": names[0]}
    if names[1:]:
        contents["parts"] = [{"caption": caption, "chapters": [{"file": name} for name in names[1:]]}]
    (copy / "_toc.yml").write_text(yaml.safe_dump(contents), encoding="utf-8")


def small_book(folder: Path, cell: str = "print(6 * 7)", **more: str) -> Path:
    """Copy the book and leave it one page, which runs one cell, to be broken on purpose.

    `more` are pages beside it: name -> what is below the heading "Name: a page".
    """
    copy = copy_of_the_book(folder, "*.ipynb", "tests")
    keep_pages(copy, "page", *more)
    pages = {"page": f"```{{code-cell}} ipython3\n{cell}\n```\n", **more}
    for name, content in pages.items():
        head = NOTEBOOK if name == "page" else ""
        (copy / f"{name}.md").write_text(f"{head}# {name.capitalize()}: a page\n\n{content}", encoding="utf-8")
    return copy


def fingerprint(folder: Path) -> dict[str, str]:
    """Map every file of a folder to the digest of its bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@functools.cache
def soup_of(book: Path, page: str) -> BeautifulSoup:
    """Parse a built page, such as ``"chapters/origins.html"``."""
    return BeautifulSoup((book / page).read_text(encoding="utf-8"), "html.parser")


@functools.cache
def anchors_of(book: Path, page: str) -> set[str]:
    """Collect the ids of a built page."""
    return {element["id"] for element in soup_of(book, page).select("[id]")}
