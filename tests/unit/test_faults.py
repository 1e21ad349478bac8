"""What breaks gives the right result or one clear error, and nothing in the checkout is lost or changed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import matplotlib
import psutil
import pytest
from casebook import usage
from conftest import BOOK, build
from test_anywhere import WAIT, fingerprint
from test_build import HEADER, copy_of_the_book

TABLE = BOOK / "data" / "events.csv"


@pytest.fixture
def small(tmp_path):
    """A copy of the book with one page that runs a cell."""
    copy = copy_of_the_book(tmp_path)
    (copy / "page.md").write_text(HEADER + "```{code-cell} ipython3\nprint(6 * 7)\n```\n", encoding="utf-8")
    return copy


def start_build(book):
    command = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", str(book), "-W", "-n", "--path-output", str(book)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def page_of(book):
    return (book / "_build" / "html" / "page.html").read_text(encoding="utf-8")


def test_a_kernel_that_dies_is_named_with_its_page_and_the_next_build_is_right(small):
    page = small / "page.md"
    whole = page.read_text(encoding="utf-8")
    page.write_text(whole.replace("print(6 * 7)", "import os; os.kill(os.getpid(), 9)"), encoding="utf-8")
    died = build(small, small)
    assert died.returncode != 0 and "DeadKernelError" in died.stdout + died.stderr and "a cell failed on page" in died.stdout + died.stderr
    page.write_text(whole, encoding="utf-8")
    assert build(small, small).returncode == 0 and "42" in page_of(small)


@pytest.mark.parametrize("stored", ["page.doctree", "environment.pickle"])
@pytest.mark.parametrize("left", [0, 300])
def test_a_damaged_cache_is_made_anew(small, stored, left):
    assert build(small, small).returncode == 0
    before = page_of(small)
    (small / "_build/html/page.html").unlink()
    path = small / "_build" / ".doctrees" / stored
    path.write_bytes(path.read_bytes()[:left])
    again = build(small, small)
    assert again.returncode == 0, again.stdout[-2000:] + again.stderr[-2000:]
    assert page_of(small) == before


CUTS = [
    (lambda text: text[:-40], "line [0-9]+: .*git checkout data/events.csv"),
    (lambda text: text[: text.rstrip("\n").rindex("\n") + 20], "line [0-9]+: 1 cells, and the table has 12 columns"),
    (lambda text: text.rstrip("\n"), "it breaks off"),
    (lambda text: "", "line 1: the columns must be id, "),
    (lambda text: text.replace("date_start", "start", 1), "line 1: the columns must be id, "),
]


@pytest.mark.parametrize("cut, message", CUTS)
def test_a_table_cut_short_is_refused_with_its_line(tmp_path, monkeypatch, cut, message):
    for path in usage.DATA.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(usage, "DATA", tmp_path)
    usage.check_tables()
    (tmp_path / "events.csv").write_text(cut(TABLE.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ValueError, match=f"data/events.csv, .*{message}"):
        usage.check_tables()


def test_a_table_that_is_gone_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(usage, "DATA", tmp_path)
    with pytest.raises(ValueError, match="line 1: the columns must be"):
        usage.check_tables()


def test_a_build_from_a_cut_table_ends_with_one_sentence_and_a_notebook_too(small):
    table = small / "data" / "events.csv"
    table.write_text(table.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    before = fingerprint(small)
    failed = build(small, small)
    assert failed.returncode != 0 and (failed.stdout + failed.stderr).count("data/events.csv, line") >= 1
    assert "a cell failed" not in failed.stdout + failed.stderr, "nothing is run"
    imported = subprocess.run([sys.executable, "-c", "import casebook"], cwd=small / "chapters", capture_output=True, text=True)
    assert imported.stderr.strip().splitlines()[-1].startswith("ValueError: data/events.csv, line")
    assert {name: digest for name, digest in fingerprint(small).items() if not name.startswith("_build") and "__pycache__" not in name} == before


def test_two_builds_at_once_wait_for_each_other(small):
    first = start_build(small)
    second = start_build(small)
    told = [each.communicate(timeout=300)[0] for each in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0], told
    assert sum("waiting until it has ended" in log for log in told) == 1, told
    assert "42" in page_of(small)


def test_a_killed_build_leaves_no_process_and_the_next_one_is_right(small):
    names = ["page", *(f"page{number}" for number in range(2, 7))]  # fewer than six are not read beside each other
    (small / "_toc.yml").write_text("format: jb-book\nroot: page\nchapters:\n" + "".join(f"- file: {name}\n" for name in names[1:]), encoding="utf-8")
    whole = (small / "page.md").read_text(encoding="utf-8")
    for name in names:
        (small / f"{name}.md").write_text(whole.replace("print(6 * 7)", "import time; time.sleep(120)"), encoding="utf-8")
    killed = start_build(small)
    for _ in range(240):
        children = psutil.Process(killed.pid).children(recursive=True)
        if sum("ipykernel" in " ".join(each.cmdline()) for each in children) >= 2:
            break
        time.sleep(0.5)
    else:
        pytest.fail("no two kernels")
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait(60)
    _, left = psutil.wait_procs(children, timeout=30)
    assert left == [], [each.cmdline() for each in left]
    for name in names:
        (small / f"{name}.md").write_text(whole, encoding="utf-8")
    assert build(small, small).returncode == 0 and "42" in page_of(small)


def test_a_notebook_runs_without_the_font_of_its_figures(tmp_path):
    package = Path(matplotlib.__file__).parent
    shutil.copytree(package, tmp_path / "matplotlib", copy_function=os.symlink)  # the same files, one of them gone
    removed = tmp_path / "matplotlib" / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf"
    removed.unlink()
    asked = "from matplotlib import font_manager; print(font_manager.findfont('DejaVu Sans'))"
    without = {**os.environ, "PYTHONPATH": str(tmp_path), "MPLCONFIGDIR": str(tmp_path / "cache"), "IPYTHONDIR": str(tmp_path / "ipython")}
    found = subprocess.run([sys.executable, "-c", asked], env=without, capture_output=True, text=True, check=True).stdout.strip()
    assert found and not found.startswith(str(package)) and Path(found) != removed, "the notebook would draw with the font as always"
    command = [sys.executable, "-m", "jupyter", "execute", f"--timeout={WAIT}", str(BOOK / "chapters" / "origins.ipynb")]
    ran = subprocess.run(command, env=without, cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-2000:]


@pytest.mark.parametrize("version", ["(3, 10, 14)", "(3, 15, 0)"])
def test_an_unsupported_python_is_refused_before_anything_is_installed(tmp_path, version):
    (tmp_path / "Makefile").write_text((BOOK / "Makefile").read_text(encoding="utf-8"), encoding="utf-8")
    stub = tmp_path / "other-python"
    pretend = f"import sys; sys.version_info, sys.version = {version}, '.'.join(map(str, {version})); exec(sys.argv[1])"
    stub.write_text(f'#!/bin/sh\nshift\nexec {sys.executable} -c "{pretend}" "$@"\n', encoding="utf-8")
    stub.chmod(0o755)
    for name in ("requirements.txt", "requirements-test.txt", "constraints.txt"):
        (tmp_path / name).touch()
    run = subprocess.run(["make", "test", f"PYTHON={stub}"], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode != 0 and "This book was run with Python 3.11 to 3.14; " in run.stderr and "Try: make PYTHON=python3.11" in run.stderr
    assert not (tmp_path / ".venv").exists()
