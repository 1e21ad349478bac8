"""Build times of the book beside the stock template of Jupyter Book; weight and requests of every page.

    make bench

Both are built in turn, in a temporary folder: cold, again without a change, and again after one page was edited.
The machine's speed drifts, so only the ratios can be compared from one day to the next.
"""

import functools
import gzip
import http.server
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from casebook.contents import BOOK, reading_order

from .editions import chromium

ROUNDS = 3
NOT_COPIED = ("_build", ".venv", ".git", "__pycache__", ".pytest_cache", ".ruff_cache", "*.egg-info")
KINDS = ("cold", "no-op", "one page edited")
JUPYTER_BOOK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]


def build_seconds(book: Path) -> float:
    """Build a book as `make book` does and return the seconds that it takes."""
    start = time.perf_counter()
    command = [*JUPYTER_BOOK, "build", ".", "-W", "-n", "--keep-going", "--quiet"]
    run = subprocess.run(command, cwd=book, capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"The build of {book.name} failed. The last lines of its log:\n\n{run.stderr[-1500:]}")
    return time.perf_counter() - start


def one_round(book: Path, page: Path) -> list[float]:
    """Return the seconds of a build of each kind."""
    shutil.rmtree(book / "_build", ignore_errors=True)
    seconds = [build_seconds(book), build_seconds(book)]
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n", encoding="utf-8")
    seconds.append(build_seconds(book))
    page.write_text(text, encoding="utf-8")
    return seconds


def compare_builds(folder: Path) -> Path:
    """Print the build times of both books; return the folder of the built pages of ours."""
    ours = shutil.copytree(BOOK, folder / "ours", ignore=shutil.ignore_patterns(*NOT_COPIED))
    subprocess.run([*JUPYTER_BOOK, "create", "template"], cwd=folder, check=True, capture_output=True)
    template = folder / "template"
    rounds = []
    for number in range(ROUNDS):
        rounds.append((one_round(ours, ours / "chapters" / "origins.md"), one_round(template, template / "intro.md")))
        print(f"round {number + 1} of {ROUNDS}", file=sys.stderr)
    print(f"{'build, median seconds':24}{'ours':>8}{'template':>10}{'ratio':>8}")
    for place, kind in enumerate(KINDS):
        mine, theirs = zip(*((pair[0][place], pair[1][place]) for pair in rounds))
        ratio = statistics.median(one / other for one, other in zip(mine, theirs))
        print(f"{kind:24}{statistics.median(mine):8.1f}{statistics.median(theirs):10.1f}{ratio:8.2f}")
    return ours / "_build" / "html"


def serve(folder: Path) -> http.server.ThreadingHTTPServer:
    """Serve a folder on this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def weigh_pages(html: Path) -> None:
    """Print what each page asks for when it is opened: requests, third parties, kilobytes as gzip."""
    server = serve(html)
    site = f"http://127.0.0.1:{server.server_address[1]}/"
    print(f"\n{'page':44}{'requests':>9}{'third-party':>12}{'kB gzip':>9}")
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright)
        for name, _ in reading_order():
            asked = []
            tab = browser.new_page()
            tab.on("request", lambda request, asked=asked: asked.append(request.url))
            tab.goto(f"{site}{name}.html", wait_until="networkidle")
            tab.close()
            own = {url.removeprefix(site).split("?")[0] for url in asked if url.startswith(site)}
            others = [url for url in asked if not url.startswith((site, "data:"))]
            weight = sum(len(gzip.compress((html / path).read_bytes(), 6)) for path in own if (html / path).is_file())
            print(f"{name:44}{len(own):9}{len(others):12}{weight / 1000:9.1f}")
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        weigh_pages(compare_builds(Path(temporary)))
