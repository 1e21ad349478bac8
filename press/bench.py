"""Build times of the book beside the stock template of Jupyter Book; weight and requests of every page.

    make bench

Both are built in turn, in a temporary folder: cold, again without a change, and again after one page was edited.
The machine's speed drifts, so only the ratios can be compared from one day to the next.
"""

import gzip
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd

from casebook.contents import BOOK, reading_order

from .editions import chromium

ROUNDS = 3
NOT_COPIED = ("_build", ".venv", ".git", "__pycache__", ".pytest_cache", ".ruff_cache", "*.egg-info")
JUPYTER_BOOK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]
#: Where the browser finds the pages, which it is given from the disk.
SITE = "http://book.invalid/"


def build_seconds(book: Path) -> float:
    """Build a book as `make book` does and return the seconds that it takes."""
    start = time.perf_counter()
    command = [*JUPYTER_BOOK, "build", ".", "-W", "-n", "--keep-going", "--quiet"]
    run = subprocess.run(command, cwd=book, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"The build of {book.name} failed. The last lines of its log:\n\n{run.stderr[-1500:]}")
    return time.perf_counter() - start


def one_round(book: Path, page: Path) -> dict[str, float]:
    """Return the seconds of a build of each kind."""
    shutil.rmtree(book / "_build", ignore_errors=True)
    seconds = {"cold": build_seconds(book), "no-op": build_seconds(book)}
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n", encoding="utf-8")
    seconds["one page edited"] = build_seconds(book)
    page.write_text(text, encoding="utf-8")
    return seconds


def compare_builds(folder: Path) -> Path:
    """Print the build times of both books; return the folder of the built pages of ours."""
    ours = shutil.copytree(BOOK, folder / "ours", ignore=shutil.ignore_patterns(*NOT_COPIED))
    subprocess.run([*JUPYTER_BOOK, "create", "template"], cwd=folder, check=True, capture_output=True)
    template = folder / "template"
    mine, theirs = [], []
    for number in range(ROUNDS):
        mine.append(one_round(ours, ours / "chapters" / "origins.md"))
        theirs.append(one_round(template, template / "intro.md"))
        print(f"round {number + 1} of {ROUNDS}", file=sys.stderr)
    mine, theirs = pd.DataFrame(mine), pd.DataFrame(theirs)
    medians = {"ours": mine.median(), "template": theirs.median(), "ratio": (mine / theirs).median()}
    print("Median seconds of a build", pd.DataFrame(medians).round(2), sep="\n")
    return ours / "_build" / "html"


def weigh_pages(html: Path) -> None:
    """Print what each page asks for when it is opened: requests, third parties, kilobytes as gzip."""

    def file_of(url):
        return html / urlsplit(url).path.removeprefix("/")

    weights = {}
    with chromium.started() as browser:
        for name, _ in reading_order():
            asked = set()
            tab = browser.new_page()
            tab.on("request", lambda request, asked=asked: asked.add(request.url))
            tab.route(f"{SITE}**", lambda route: route.fulfill(path=file_of(route.request.url)))
            tab.goto(f"{SITE}{name}.html", wait_until="networkidle")
            tab.close()
            own = {file_of(url) for url in asked if url.startswith(SITE)}
            others = [url for url in asked if not url.startswith((SITE, "data:"))]
            weight = sum(len(gzip.compress(path.read_bytes(), 6)) for path in own)
            weights[name] = {"requests": len(own), "third-party": len(others), "kB gzip": round(weight / 1000, 1)}
    print("\nWhat a page asks for", pd.DataFrame.from_dict(weights, orient="index").to_string(), sep="\n")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        weigh_pages(compare_builds(Path(temporary)))
