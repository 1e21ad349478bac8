"""A checkout is the same on every system, and `make` installs into it exactly what was tested."""

import importlib.metadata
import os
import re
import shutil
import subprocess
import sys

import pytest
from packaging.specifiers import SpecifierSet
from support.repositories import git

from casebook.contents import BOOK

#: A Python of another version, which only notes the settings of pip that would reach a real one.
STUB = """#!/bin/sh
case "$2" in
  venv) mkdir -p .venv/bin; cp "$0" .venv/bin/python; printf '#!/bin/sh\\ntouch built\\n' > .venv/bin/jupyter-book
    chmod +x .venv/bin/jupyter-book ;;
  pip) env > environment-of-pip ;;
  *) exec {python} -c "import sys; sys.version_info = {version}; sys.version = '{version}'; exec(sys.argv[1])" "$2" ;;
esac
"""


@pytest.fixture
def make(tmp_path):
    """Run the book's Makefile with the stub, by its version, in a folder that holds nothing else to build."""
    for name in ("Makefile", "requirements.txt", "constraints.txt", "pyproject.toml"):
        shutil.copy(BOOK / name, tmp_path)
    stub = tmp_path / "other-python"

    def run(target, version, **settings):
        stub.write_text(STUB.format(python=sys.executable, version=version), encoding="utf-8")
        stub.chmod(0o755)
        command = ["make", target, f"PYTHON={stub}"]
        return subprocess.run(command, cwd=tmp_path, env={**os.environ, **settings}, capture_output=True, text=True)

    return run


@pytest.mark.parametrize("version", [(3, 10, 14), (3, 15, 0)])
def test_an_unsupported_python_is_refused_before_anything_is_installed(make, tmp_path, version):
    run = make("test", version)
    assert run.returncode != 0
    assert "This book was run with Python 3.11 to 3.14; " in run.stderr
    assert "Try: make PYTHON=python3.11" in run.stderr
    assert not (tmp_path / ".venv").exists()


def test_settings_of_the_user_s_pip_do_not_lead_an_installation_astray(make, tmp_path):
    elsewhere = {f"PIP_{name}": str(tmp_path / name) for name in ("TARGET", "PREFIX", "ROOT")}
    run = make("book", (3, 11, 0), PIP_USER="1", **elsewhere)
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "built").exists(), "make did not go on to the build"
    seen = dict(re.findall(r"^(PIP_\w+)=(.*)$", (tmp_path / "environment-of-pip").read_text(encoding="utf-8"), re.M))
    assert seen.get("PIP_USER", "0") in ("0", "false", "no", "off"), "pip would refuse to install into .venv"
    assert not seen.keys() & elsewhere.keys(), "pip would install outside .venv"


def test_every_pinned_package_accepts_the_oldest_and_the_newest_python():
    pins = re.findall(r"^([\w.-]+)==", (BOOK / "constraints.txt").read_text(encoding="utf-8"), re.M)
    makefile = (BOOK / "Makefile").read_text(encoding="utf-8")
    supported = re.search(r"\((3), (\d+)\) <= sys.version_info\[:2\] <= \((3), (\d+)\)", makefile)
    oldest, newest = f"{supported[1]}.{supported[2]}.0", f"{supported[3]}.{supported[4]}.0"
    refused = []
    for name in pins:
        try:
            accepted = SpecifierSet(importlib.metadata.metadata(name).get("Requires-Python") or "")
        except importlib.metadata.PackageNotFoundError:
            continue  # for another system, or an optional set
        refused += [f"{name} on Python {python}" for python in (oldest, newest) if python not in accepted]
    assert refused == []


def test_a_clone_on_windows_keeps_the_line_ends_that_a_shell_reads(tmp_path):
    shutil.copy(BOOK / ".gitattributes", tmp_path)
    git(tmp_path, "init", "--quiet")
    asked = git(tmp_path, "check-attr", "eol", "text", "--", ".ci/run", "press/errors.py", "cover.png")
    assert asked.count("eol: lf") == 3 and asked.count("text: auto") == 2 and "cover.png: text: unset" in asked
