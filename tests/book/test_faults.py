"""A book of few pages: a build that is cut off or finds a fault ends with a clear error, and the next one is right."""

import contextlib
import re
import subprocess
import sys
import time

import psutil
import pytest
from bs4 import BeautifulSoup
from support.builds import build, fingerprint, small_book, start_build

CELL = "print(6 * 7)"
DRAWING = "from IPython.display import SVG; SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')"
PAGES = {
    "other": "Back to the [first](page.md) page.\n",
    "first": "Two {term}`allies <ally>`.\n",
    "words": "```{glossary}\nally\n  One who helps.\n\n  ru: союзник\n```\n",
    "second": "None.\n",
    "third": "An {term}`ally`.\n",
}
#: Builder -> the files of the pages `page` and `other`.
LAYOUTS = {"singlehtml": ["page.html", "page.html"], "dirhtml": ["page/index.html", "other/index.html"]}


@contextlib.contextmanager
def changed(path, old, new):
    """A file with other words, which gets its own back in the end."""
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(old, new), encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(whole, encoding="utf-8")


def running(small, cell):
    """The page with another cell."""
    return changed(small / "page.md", CELL, cell)


def soup(small, page, builder="html"):
    return BeautifulSoup((small / "_build" / builder / page).read_text(encoding="utf-8"), "html.parser")


def built(small, builder="html"):
    """Build the book; its page must hold what the cell prints."""
    code, log = build(small, small, builder)
    assert code == 0, log[-3000:]
    page = LAYOUTS[builder][0] if builder in LAYOUTS else "page.html"
    assert soup(small, page, builder).select_one(".cell_output").get_text(strip=True) == "42"


def built_again(small, name, left):
    """Cut a file of what a build stored to its first bytes; the next build must write a lost page as it was."""
    page, stored = small / "_build" / "html" / "third.html", small / "_build" / ".doctrees" / name
    before = page.read_bytes()
    page.unlink()
    stored.write_bytes(stored.read_bytes()[:left])
    built(small)
    assert page.read_bytes() == before, f"after {left} bytes of {name}"


def own_files(small):
    """Fingerprints of all files but those that a build or Python leaves."""
    files = fingerprint(small)
    return {name: files[name] for name in files if "_build" not in name and "__pycache__" not in name}


@pytest.fixture(scope="module")
def first_builds(tmp_path_factory):
    """The book, and exit codes and logs of two builds of it at once."""
    small = small_book(tmp_path_factory.mktemp("small") / "book", CELL, **PAGES)
    with running(small, f"import time; time.sleep(2); {CELL}"):
        builds = [start_build(small, small) for _ in range(2)]
        logs = [each.communicate(timeout=300)[0] for each in builds]
    return small, [each.returncode for each in builds], logs


@pytest.fixture(scope="module")
def small(first_builds):
    return first_builds[0]


def test_a_second_build_waits_until_the_first_has_ended(first_builds):
    small, codes, logs = first_builds
    assert codes == [0, 0], logs
    assert sum("waiting until it has ended" in log for log in logs) == 1, logs
    assert soup(small, "page.html").select_one(".cell_output").get_text(strip=True) == "42"


def test_an_entry_follows_when_a_page_begins_or_ceases_to_use_its_term(small):
    assert soup(small, "words.html").select_one("dl.glossary .uses").get_text() == "In: First, Third"
    first, second = PAGES["first"], PAGES["second"]
    with changed(small / "first.md", first, second), changed(small / "second.md", second, first):
        built(small)
    assert soup(small, "words.html").select_one("dl.glossary .uses").get_text() == "In: Second, Third"


def test_the_book_builds_as_one_page_and_as_one_folder_a_page(small):
    for builder, files in LAYOUTS.items():
        built(small, builder)
        assert "Back to the first page." in soup(small, files[1], builder).article.get_text()


def test_a_crashing_cell_breaks_the_build_and_is_shown(small):
    with running(small, "1 / 0"):
        code, log = build(small, small)
    assert code != 0
    assert re.search("ZeroDivisionError.*a cell failed on page", log, re.S), log[-3000:]


def test_a_kernel_that_dies_ends_the_build_with_one_sentence_naming_the_page(small):
    with running(small, "import os; os.kill(os.getpid(), 9)"):
        code, log = build(small, small)
    assert code != 0
    assert "\nExtension error:\na cell failed on page: DeadKernelError: " in log
    assert "nbclient" not in log, "a traceback of what the reader did not write"
    built_again(small, "third.doctree", 300)


def test_a_killed_build_leaves_no_process_and_the_next_one_is_right_also_with_a_damaged_cache(small):
    started = small / "started"
    with running(small, f"open('{started}', 'w').close(); import time; time.sleep(120)"):
        killed = start_build(small, small)
        deadline = time.monotonic() + 120
        while not started.exists():
            assert killed.poll() is None and time.monotonic() < deadline, "the cell is never run"
            time.sleep(0.2)
        children = psutil.Process(killed.pid).children(recursive=True)
        assert children, "no kernel"
        killed.kill()
        killed.wait(60)
    _, left = psutil.wait_procs(children, timeout=30)
    assert left == []
    built_again(small, "environment.pickle", 0)


def test_a_picture_without_words_and_an_unknown_source_break_the_build_and_are_named_with_their_page(small):
    with running(small, DRAWING), changed(small / "other.md", "Back", "See {cite:p}`nobody-1999`. Back"):
        code, log = build(small, small)
    assert code != 0
    assert re.search(r"page\.md.*: WARNING: .* has no alternative text", log), log[-3000:]
    assert re.search(r"other\.md.*: WARNING: references.bib has no source 'nobody-1999'", log), log[-3000:]


def test_a_build_from_a_cut_table_ends_with_one_sentence_and_a_notebook_too(small):
    before, table = own_files(small), small / "data" / "events.csv"
    with changed(table, table.read_text(encoding="utf-8")[-40:], ""):
        damaged = own_files(small)
        code, log = build(small, small)
        command = [sys.executable, "-c", "import casebook"]
        notebook = subprocess.run(command, cwd=small / "chapters", capture_output=True, text=True)
        assert own_files(small) == damaged, "the build changes what is not its own"
    assert code != 0
    assert "\nExtension error:\ndata/events.csv, line " in log
    assert "a cell failed" not in log, "nothing is run"
    assert notebook.stderr.strip().splitlines()[-1].startswith("ValueError: data/events.csv, line")
    assert own_files(small) == before
