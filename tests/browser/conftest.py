"""A real browser, and the pages and prints that it opens."""

import functools
import http.server
import threading
from pathlib import Path

import pytest
from support.browsing import DESKTOP

from press.editions import chromium, pdf

#: Chromium finds no computer but this one.
THIS_MACHINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@pytest.fixture(scope="session")
def browser():
    """A Chromium, found as press/editions/chromium.py says, that reaches this machine alone."""
    with chromium.started(THIS_MACHINE) as browser:
        yield browser


@pytest.fixture(scope="session")
def printed(made_once, browser, laid_out) -> Path:
    """The PDF of the built book."""
    return made_once("book.pdf", lambda path: pdf.write_pdf(browser, *laid_out("print"), path))


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


@pytest.fixture
def open_page(browser, site, book):
    """A function that opens a page of the book, or another by its whole address; nothing may go wrong on any.

    Wrong is a request for what is not on this machine, and an error of a page or in its console: after the test, each
    fails it. Tabs go to other pages by their names, too. The scheme "file" opens a page from the disk, where a browser
    allows it less than on the web.
    """
    contexts, problems = [], []

    def note_request(request):
        if not request.url.startswith((site, "file:", "data:", "blob:")):
            problems.append(f"a request for {request.url}")

    def note_message(message):
        if message.type == "error":
            problems.append(f"{message.text} ({message.location['url']})")

    def open_(page, viewport=DESKTOP, scheme="http", scripts=True, **options):
        start = site if scheme == "http" else book.as_uri()
        context = browser.new_context(viewport=viewport, base_url=f"{start}/", java_script_enabled=scripts, **options)
        contexts.append(context)
        context.on("request", note_request)
        context.on("console", note_message)
        context.on("weberror", lambda raised: problems.append(str(raised.error)))
        tab = context.new_page()
        tab.goto(page)
        return tab

    yield open_
    for context in contexts:
        context.close()
    assert problems == []
