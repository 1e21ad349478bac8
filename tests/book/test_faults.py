"""A build that is cut off, or made from damaged files, ends with one clear error, and the next one is right."""

import contextlib
import subprocess
import sys
import time

import psutil
import pytest
from bs4 import BeautifulSoup
from support.builds import build, fingerprint, small_book, start_build

CELL = "print(6 * 7)"


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A copy of the book with one page that runs one cell."""
    return small_book(tmp_path_factory.mktemp("small") / "book", CELL)


@contextlib.contextmanager
def changed(path, change):
    """A file with another text, which gets its own back in the end."""
    whole = path.read_text(encoding="utf-8")
    path.write_text(change(whole), encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(whole, encoding="utf-8")


def running(small, cell):
    """The page with another cell."""
    return changed(small / "page.md", lambda page: page.replace(CELL, cell))


def built_page(small) -> str:
    """Build the book; return its page."""
    code, log = build(small, small)
    assert code == 0, log[-3000:]
    return whole_page(small)


def whole_page(small) -> str:
    """Return the page, which must hold what the cell prints."""
    page = (small / "_build" / "html" / "page.html").read_text(encoding="utf-8")
    assert BeautifulSoup(page, "html.parser").select_one(".cell_output").get_text(strip=True) == "42"
    return page


def own_files(small) -> dict[str, str]:
    """Fingerprints of all files but those that a build or Python leaves."""
    files = fingerprint(small)
    return {name: files[name] for name in files if "_build" not in name and "__pycache__" not in name}


def test_a_damaged_cache_is_built_again(small):
    before = built_page(small)
    for name, left in (("page.doctree", 300), ("environment.pickle", 0)):
        stored = small / "_build" / ".doctrees" / name
        stored.write_bytes(stored.read_bytes()[:left])
        (small / "_build" / "html" / "page.html").unlink()
        assert built_page(small) == before, f"after {left} bytes of {name}"


def test_a_kernel_that_dies_ends_the_build_with_one_sentence_naming_the_page(small):
    with running(small, "import os; os.kill(os.getpid(), 9)"):
        code, log = build(small, small)
    assert code != 0
    assert "\nExtension error:\na cell failed on page: DeadKernelError: " in log
    assert "nbclient" not in log, "a traceback of what the reader did not write"
    built_page(small)


def test_a_build_from_a_cut_table_ends_with_one_sentence_and_a_notebook_too(small):
    before = own_files(small)
    with changed(small / "data" / "events.csv", lambda table: table[:-40]):
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


def test_a_second_build_waits_until_the_first_has_ended(small):
    with running(small, f"import time; time.sleep(2); {CELL}"):
        builds = [start_build(small, small) for _ in range(2)]
        logs = [each.communicate(timeout=300)[0] for each in builds]
    assert [each.returncode for each in builds] == [0, 0], logs
    assert sum("waiting until it has ended" in log for log in logs) == 1, logs
    assert whole_page(small)


def test_a_killed_build_leaves_no_process_and_the_next_one_is_right(small):
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
    built_page(small)
