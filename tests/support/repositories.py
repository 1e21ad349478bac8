"""Git repositories on this machine, made for a test."""

import os
import subprocess
from pathlib import Path

#: Settings of the user's own Git, such as a signing key, must not reach a test.
GIT_ENVIRONMENT = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def git(folder: Path, *arguments: str) -> str:
    """Run a Git command in a folder and return what it prints."""
    run = subprocess.run(["git", *arguments], cwd=folder, env=GIT_ENVIRONMENT, capture_output=True, text=True)
    assert run.returncode == 0, f"git {' '.join(arguments)}: {run.stderr}"
    return run.stdout


def bare_repository(folder: Path, bare: Path) -> Path:
    """Commit the files of a folder, which becomes a repository, and clone it as a server would hold it."""
    identity = ("-c", "user.name=test", "-c", "user.email=test@example.org")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, *identity, "commit", "--quiet", "--message=The book as it is")
    git(folder, "clone", "--quiet", "--bare", ".", str(bare))
    return bare
