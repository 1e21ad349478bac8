"""What is printed for class as PDFs: the homework reader and the sheets of each chapter, from a finished build."""

from pathlib import Path

from playwright.sync_api import Browser

from casebook.contents import BOOK, chapters

from ..model.packets import TIMES, PacketError
from . import pdf

OUTPUT = BOOK / "_build" / "packs"
PARTS = ("homework", *TIMES)


def print_all(browser: Browser, folder: Path = OUTPUT, book: Path | None = None) -> dict[str, int]:
    """Print the pages that a build has written for class.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        A Chromium.
    folder : pathlib.Path
        Where the PDFs go; it is made.
    book : pathlib.Path
        Folder of the built HTML; by default that of the book.

    Returns
    -------
    dict
        Name of the file -> number of pages.

    Raises
    ------
    PacketError
        If the build lacks a page; then no PDF is written.
    """
    pages = (book or BOOK / "_build" / "html") / "teaching"
    documents = {}
    for name in (f"{slug}-{part}" for slug in chapters() for part in PARTS):
        page = pages / f"{name}.html"
        if not page.is_file():
            raise PacketError(f"{page} is missing: build the book first (make book)")
        documents[name] = page.read_text(encoding="utf-8")
    return pdf.print_all(browser, documents, folder)
