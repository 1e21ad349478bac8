"""The notebooks run where their readers are: in a locked folder, without a network, from an empty folder."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import matplotlib
import pytest
from support.builds import copy_of_the_book, fingerprint
from support.repositories import GIT_ENVIRONMENT, bare_repository

from casebook.contents import BOOK
from press.editions import twins
from press.editions.offline import notebook_files
from press.model.book import repository_name

TWINS = [page.with_suffix(".ipynb").name for page in twins.executable_pages()]
NAME = repository_name()
WIDGET, STATES = "application/vnd.jupyter.widget-view+json", "application/vnd.jupyter.widget-state+json"
#: A figure or a list that a reader can change.
CALL = r"^(?:explore|browse)\("
#: Python runs this before anything else when its folder is on the path.
NO_NETWORK = """
import sys

def refuse(event, arguments):
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if host not in ("127.0.0.1", "::1", "localhost", "", None):
        raise OSError(f"network refused: {host}")

sys.addaudithook(refuse)
"""


def execute(folder: Path, *notebooks: str, before=(), output: Path | None = None, **environment):
    """Run notebooks one after the other, each in its own folder, without a limit for a cell."""
    command = [*before, sys.executable, "-m", "jupyter", "execute", *notebooks]
    if output:
        command.append(f"--output={output}/{{notebook_name}}")
    environment = {**os.environ, "CASEBOOK_OUTPUT": "", **environment}
    try:
        return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired as stopped:
        pytest.fail(f"a notebook does not come to its end:\n{stopped.stderr.decode()[-1000:]}")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The notebooks of the offline folder, locked, in a place whose name has spaces and letters of two alphabets."""
    copy = tmp_path_factory.mktemp("anywhere") / "Osh café, Ошский курс"
    for name, content in notebook_files().items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes(content)
    places = [copy, *copy.rglob("*")]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    yield copy
    for place in places:
        place.chmod(0o755 if place.is_dir() else 0o644)


@pytest.fixture(scope="module")
def behind_the_lock():
    """The command before which a process cannot pass the lock: root could."""
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.fixture(scope="module")
def offline(tmp_path_factory):
    """Environment in which Python reaches this machine only."""
    folder = tmp_path_factory.mktemp("no-network")
    (folder / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    return {"PYTHONPATH": str(folder), "IPYTHONDIR": f"{folder}/ipython", "MPLCONFIGDIR": f"{folder}/matplotlib"}


@pytest.fixture(scope="module")
def executed(copy, behind_the_lock, offline, tmp_path_factory):
    """Every twin after one run in the locked copy, by name."""
    output, before = tmp_path_factory.mktemp("executed"), fingerprint(copy)
    run = execute(copy / "chapters", *TWINS, before=behind_the_lock, output=output, **offline)
    assert run.returncode == 0, run.stderr[-3000:]
    assert fingerprint(copy) == before, "a run changes the book"
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in output.iterdir()}


def test_the_network_is_refused_and_the_lock_holds(copy, behind_the_lock, offline):
    code = "import urllib.request; urllib.request.urlopen('http://192.0.2.1', timeout=3)"
    environment = {**os.environ, **offline}
    refused = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert "network refused: 192.0.2.1" in refused.stderr
    command = [*behind_the_lock, sys.executable, "-c", "open('new', 'w')"]
    written = subprocess.run(command, cwd=copy / "data", capture_output=True, text=True)
    assert "PermissionError" in written.stderr


def test_every_twin_runs_from_a_locked_folder_with_an_odd_name_and_no_network(executed):
    assert sorted(executed) == sorted(TWINS)
    for name, twin in executed.items():
        outputs = [output for cell in twin["cells"] for output in cell.get("outputs", [])]
        assert outputs, name
        assert [output for output in outputs if output["output_type"] == "error"] == [], name


def test_the_numbers_in_the_sentences_of_a_twin_are_those_that_its_cells_compute(executed):
    for name, twin in executed.items():
        assert twins.numbers_of(twin["cells"]) == twin["metadata"].get("numbers", {}), f"{name}: run make notebooks"
    assert executed["origins.ipynb"]["metadata"]["numbers"]


def test_every_explorer_and_list_of_a_twin_is_live_and_shows_something(executed):
    for name, twin in executed.items():
        states = twin["metadata"].get("widgets", {}).get(STATES, {"state": {}})["state"]
        calls = [cell for cell in twin["cells"] if re.search(CALL, "".join(cell["source"]), re.M)]
        source = (BOOK / "chapters" / name).with_suffix(".md").read_text(encoding="utf-8")
        assert len(calls) == len(re.findall(CALL, source, re.M)), f"{name}: not one cell for each"
        for cell in calls:
            (view,) = [output["data"][WIDGET] for output in cell["outputs"] if WIDGET in output.get("data", {})]
            children = [child.removeprefix("IPY_MODEL_") for child in states[view["model_id"]]["state"]["children"]]
            *controls, shown = (states[child]["state"] for child in children)
            content = shown.get("outputs") or shown.get("value")
            assert controls and content, f"{name}: nothing to choose, or nothing is shown"
            assert '"output_type": "error"' not in json.dumps(content), f"{name}: {content}"


def test_a_notebook_runs_without_the_font_of_its_figures(copy, tmp_path):
    package = Path(matplotlib.__file__).parent
    shutil.copytree(package, tmp_path / "matplotlib", copy_function=os.symlink)  # the same files, one of them gone
    removed = tmp_path / "matplotlib" / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf"
    removed.unlink()
    without = {"PYTHONPATH": str(tmp_path), "MPLCONFIGDIR": f"{tmp_path}/cache", "IPYTHONDIR": f"{tmp_path}/ipython"}
    code = "from matplotlib import font_manager; print(font_manager.findfont('DejaVu Sans'))"
    found = subprocess.check_output([sys.executable, "-c", code], env={**os.environ, **without}, text=True).strip()
    assert found and not found.startswith(str(package)) and Path(found) != removed, "the font is still there"
    run = execute(copy / "chapters", "core-readings.ipynb", **without)
    assert run.returncode == 0, run.stderr[-2000:]


@pytest.fixture
def alone(tmp_path):
    """A folder with one notebook and nothing else."""
    shutil.copy(BOOK / "chapters" / "codebook.ipynb", tmp_path)
    return tmp_path


def test_a_twin_alone_in_a_folder_fetches_the_book_once_and_finds_it_from_then_on(alone, tmp_path_factory):
    work = copy_of_the_book(tmp_path_factory.mktemp("work") / "book")
    source = bare_repository(work, tmp_path_factory.mktemp("bare") / "book.git")
    output = tmp_path_factory.mktemp("output")
    run = execute(alone, "codebook.ipynb", output=output, CASEBOOK_SOURCE=str(source))
    assert run.returncode == 0, run.stderr[-3000:]
    assert f"Fetching {source} ..." in (output / "codebook.ipynb").read_text(encoding="utf-8")
    assert sorted(path.name for path in alone.iterdir()) == sorted(["codebook.ipynb", NAME])

    command = [sys.executable, "-c", f"{twins.setup_code()}\nprint(os.getcwd())"]
    environment = {**os.environ, "CASEBOOK_SOURCE": "/nowhere"}
    for folder in (alone, alone / NAME, alone / NAME / "chapters"):
        found = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        assert found.stdout.strip() == str(alone / NAME / "chapters"), f"from {folder}: {found.stderr}"


def test_a_twin_that_finds_and_fetches_nothing_says_what_to_do(alone):
    run = execute(alone, "codebook.ipynb", CASEBOOK_SOURCE=str(alone / "no such repository"))
    assert run.returncode != 0
    last = re.sub(r"\x1b\[[\d;]*m", "", run.stderr).strip().splitlines()[-1]
    assert last.startswith("SystemExit: What this notebook needs could not be fetched: download https://")
    assert last.endswith("and open the notebook in its folder chapters.")
    assert [path.name for path in alone.iterdir()] == ["codebook.ipynb"]


def test_a_twin_behind_a_proxy_that_never_answers_says_what_it_fetches_and_ends_with_one_sentence(tmp_path):
    source = "https://example.org/book"
    with socket.create_server(("127.0.0.1", 0)) as proxy:  # it accepts a connection, and that is all
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        environment = dict.fromkeys(("https_proxy", "HTTPS_PROXY", "ALL_PROXY"), address)
        environment |= {"CASEBOOK_SOURCE": source, "CASEBOOK_PATIENCE": "2", "NO_PROXY": "", "no_proxy": ""}
        run = subprocess.run(
            [sys.executable, "-c", twins.setup_code()],
            cwd=tmp_path,
            env={**GIT_ENVIRONMENT, **environment},
            capture_output=True,
            text=True,
            timeout=60,
        )
        proxy.settimeout(1)
        with proxy.accept()[0] as connection:
            assert connection.recv(100).startswith(b"CONNECT example.org"), "nobody asked the proxy"
    assert run.returncode == 1
    assert run.stdout == f"Fetching {source} ...\n"
    assert run.stderr.startswith("What this notebook needs could not be fetched: download https://")
    assert run.stderr.count("\n") == 1, run.stderr
    assert list(tmp_path.iterdir()) == []
