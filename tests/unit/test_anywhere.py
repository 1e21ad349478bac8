"""The notebooks run where their readers are: in folders with odd names, read-only, without a network, from an empty folder."""

import hashlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import notebooks
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from packaging.specifiers import SpecifierSet

BOOK = notebooks.BOOK
NOT_COPIED = ("_build", ".venv", ".git", "node_modules", "__pycache__", ".pytest_cache", ".ipynb_checkpoints")
#: Seconds for a cell. On a busy machine nbclient, which answers the widgets of an explorer, may overlook a reply that comes
#: at the same moment; it finds it when its time is up, so a long limit would be a long wait, and none a wait for ever.
WAIT = 20
#: Python runs this before anything else when its folder is on the path.
NO_NETWORK = '''
import socket

HERE = ("127.0.0.1", "::1", "localhost", "")
connect, look_up = socket.socket.connect, socket.getaddrinfo

def connect_here(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in HERE:
        raise OSError(f"network refused: {address[0]}")
    return connect(self, address)

def look_up_here(host, *arguments, **options):
    if host and host not in HERE:
        raise socket.gaierror(f"network refused: {host}")
    return look_up(host, *arguments, **options)

socket.socket.connect, socket.getaddrinfo = connect_here, look_up_here
'''


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The book's files in a folder whose name has blanks and letters of two alphabets."""
    folder = tmp_path_factory.mktemp("anywhere") / "Osh café, Ошский курс"
    shutil.copytree(BOOK, folder, ignore=shutil.ignore_patterns(*NOT_COPIED))
    return folder


@pytest.fixture(scope="module")
def offline(tmp_path_factory):
    """Environment in which Python reaches this machine only."""
    folder = tmp_path_factory.mktemp("no-network")
    (folder / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": str(folder), "IPYTHONDIR": str(folder / "ipython"), "MPLCONFIGDIR": str(folder / "matplotlib")}


@pytest.fixture
def read_only(copy):
    """The copy with every file and folder locked; the command before which a process cannot pass the lock."""
    places = [copy, *copy.rglob("*")]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    yield ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    for place in places:
        place.chmod(0o755 if place.is_dir() else 0o644)


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of a folder with the digest of its bytes."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_the_network_is_refused_and_the_lock_holds(copy, offline, read_only):
    code = "import urllib.request; urllib.request.urlopen('http://192.0.2.1', timeout=3)"
    refused = subprocess.run([sys.executable, "-c", code], env=offline, capture_output=True, text=True)
    assert "network refused: 192.0.2.1" in refused.stderr
    written = subprocess.run([*read_only, sys.executable, "-c", "open('new', 'w')"], cwd=copy / "data", capture_output=True, text=True)
    assert "PermissionError" in written.stderr


def test_every_twin_runs_from_a_locked_folder_with_an_odd_name_and_no_network(copy, offline, read_only):
    before = fingerprint(copy)
    twins = [str(page.relative_to(BOOK).with_suffix(".ipynb")) for page in notebooks.executable_pages()]
    command = [*read_only, sys.executable, "-m", "jupyter", "execute", f"--timeout={WAIT}", *twins]
    run = subprocess.run(command, cwd=copy, env=offline, capture_output=True, text=True, timeout=600)
    assert run.returncode == 0, run.stderr[-3000:]
    assert [twin for twin in twins if f"Executing {twin}" not in run.stderr] == []
    assert fingerprint(copy) == before


# --- a bare kernel, as on Colab


@pytest.fixture(scope="module")
def repository(copy, tmp_path_factory):
    """A bare repository on this machine with the book as it is."""
    work, bare = tmp_path_factory.mktemp("work") / "book", tmp_path_factory.mktemp("bare") / "book.git"
    shutil.copytree(copy, work)
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    for command in (["init", "--quiet", "-b", "main"], ["add", "--all"], [*identity, "commit", "--quiet", "-m", "book"], ["clone", "--quiet", "--bare", ".", str(bare)]):
        subprocess.run(["git", *command], cwd=work, check=True, capture_output=True)
    return bare


def run_twin(name, folder, monkeypatch, source):
    """Run a twin from a folder, with the book to be had from `source`."""
    monkeypatch.setenv("CASEBOOK_SOURCE", str(source))
    monkeypatch.delenv("CASEBOOK_OUTPUT", raising=False)
    twin = nbformat.read(BOOK / "chapters" / f"{name}.ipynb", as_version=4)
    NotebookClient(twin, timeout=WAIT, resources={"metadata": {"path": str(folder)}}).execute()
    return twin


def test_a_twin_alone_in_a_folder_fetches_the_book_once(tmp_path, monkeypatch, repository):
    run_twin("origins", tmp_path, monkeypatch, repository)
    assert [path.name for path in tmp_path.iterdir()] == [notebooks.repository_address().rsplit("/", 1)[1]]
    run_twin("codebook", tmp_path, monkeypatch, "/nowhere")  # the book is there now


def test_a_twin_that_finds_and_fetches_nothing_says_what_to_do(tmp_path, monkeypatch):
    with pytest.raises(CellExecutionError) as stopped:
        run_twin("origins", tmp_path, monkeypatch, tmp_path / "no such repository")
    last = re.sub(r"\x1b\[[\d;]*m", "", str(stopped.value)).strip().splitlines()[-1]
    assert last.startswith("SystemExit: What this notebook needs could not be fetched: download https://")
    assert last.endswith("and open the notebook in its folder chapters.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("folder", [".", "chapters"])
def test_a_twin_finds_the_book_from_its_folder_and_from_the_root(monkeypatch, folder):
    run_twin("codebook", BOOK / folder, monkeypatch, "/nowhere")


# --- the pins


def test_every_pinned_package_accepts_the_oldest_and_the_newest_python():
    pins = re.findall(r"^([\w.-]+)==", (BOOK / "constraints.txt").read_text(encoding="utf-8"), re.M)
    oldest, newest = re.search(r"\((3, \d+)\) <= sys.version_info\[:2\] <= \((3, \d+)\)", (BOOK / "Makefile").read_text(encoding="utf-8")).groups()
    refused = []
    for name in pins:
        try:
            accepted = SpecifierSet(importlib.metadata.metadata(name).get("Requires-Python") or "")
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system, or an optional set
        refused += [(name, python) for python in (f"{each.replace(', ', '.')}.0" for each in (oldest, newest)) if python not in accepted]
    assert refused == []
