"""The book built once for all tests, and a real browser to read it with."""

import functools
import http.server
import subprocess
import sys
import threading
from pathlib import Path

import chromium
import pytest
from playwright.sync_api import sync_playwright

BOOK = Path(__file__).resolve().parents[1]


def build(source: Path, output: Path) -> subprocess.CompletedProcess:
    """Build the book in `source` into `output`, warnings as errors."""
    run = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]
    command = [*run, "build", str(source), "-W", "-n", "--keep-going", "--path-output", str(output)]
    return subprocess.run(command, capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="session")
def book(tmp_path_factory) -> Path:
    """Folder of the built HTML."""
    output = tmp_path_factory.mktemp("book")
    result = build(BOOK, output)
    assert result.returncode == 0, f"the book does not build without warnings:\n{result.stdout[-3000:]}\n{result.stderr[-3000:]}"
    return output / "_build" / "html"


@pytest.fixture(scope="session")
def site(book):
    """Address of the built book on this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=book))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.fixture(scope="session")
def browser():
    """A Chromium, found as tools/chromium.py says."""
    with sync_playwright() as playwright:
        try:
            browser = chromium.launch(playwright)
        except chromium.ChromiumMissing as error:
            pytest.fail(str(error))
        yield browser
        browser.close()
