"""The book built once for all tests, and a real browser to read it with."""

import functools
import http.server
import subprocess
import sys
import threading
from pathlib import Path

import chromium
import epub
import pdf
import pytest
from filelock import FileLock
from playwright.sync_api import sync_playwright

BOOK = Path(__file__).resolve().parents[1]
DESKTOP = {"width": 1280, "height": 900}


def build(source: Path, output: Path) -> subprocess.CompletedProcess:
    """Build the book in `source` into `output`, warnings as errors."""
    run = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]
    command = [*run, "build", str(source), "-W", "-n", "--keep-going", "--path-output", str(output)]
    return subprocess.run(command, capture_output=True, text=True, timeout=600)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory, worker_id):
    """Make a file or folder once for all processes that run the tests: takes its name and a function of its path."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder if worker_id == "master" else folder.parent

    def made(name, make):
        target, draft = folder / name, folder / f"draft-{name}"
        with FileLock(f"{target}.lock"):
            if not target.exists():
                make(draft)
                draft.rename(target)
        return target

    return made


@pytest.fixture(scope="session")
def book(made_once) -> Path:
    """Folder of the built HTML."""

    def make(folder):
        result = build(BOOK, folder)
        assert result.returncode == 0, f"the book does not build without warnings:\n{result.stdout[-3000:]}\n{result.stderr[-3000:]}"

    return made_once("book", make) / "_build" / "html"


@pytest.fixture(scope="session")
def printed(made_once, browser, book) -> Path:
    """The PDF of the built book."""
    return made_once("book.pdf", lambda path: pdf.write_pdf(browser, book, path))


@pytest.fixture(scope="session")
def epub_file(made_once, book) -> Path:
    """The EPUB of the built book."""
    return made_once("book.epub", lambda path: epub.write_epub(book, path))


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


@pytest.fixture
def open_page(browser, site, book):
    """Open a page of the book; refuse and record every request that leaves this machine."""
    contexts = []

    def open_(page, viewport=DESKTOP, theme="light", scheme="http", scripts=True, **options):
        context = browser.new_context(viewport=viewport, java_script_enabled=scripts, **options)
        contexts.append(context)
        context.add_init_script(f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}')")
        context.outside, context.problems = [], []

        def guard(route):
            address = route.request.url
            if address.startswith((site, "file:", "data:", "blob:")):
                return route.continue_()
            context.outside.append(address)
            return route.abort()

        context.route("**/*", guard)
        tab = context.new_page()
        tab.on("pageerror", lambda error: context.problems.append(str(error)))
        tab.on("console", lambda message: context.problems.append(message.text) if message.type == "error" else None)
        tab.goto(f"{site}/{page}" if scheme == "http" else f"{book.as_uri()}/{page}")
        return tab

    yield open_
    for context in contexts:
        context.close()
