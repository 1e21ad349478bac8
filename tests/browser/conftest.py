"""A real browser, and the pages and prints that it opens."""

import functools
import http.server
import threading
from pathlib import Path

import pytest
from support.browsing import DESKTOP

from press.editions import chromium, pdf


@pytest.fixture(scope="session")
def browser():
    """A Chromium, found as press/editions/chromium.py says."""
    with chromium.started() as browser:
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
    """Open a page of the book; refuse and record every request that leaves this machine."""
    contexts = []

    def open_(page, viewport=DESKTOP, scheme="http", scripts=True, **options):
        context = browser.new_context(viewport=viewport, java_script_enabled=scripts, **options)
        contexts.append(context)
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
