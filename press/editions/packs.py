"""What is printed for class as PDFs: the homework reader and the sheets of each chapter, from a finished build."""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from casebook.contents import BOOK, chapters

from ..files import write_whole
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
    counts = {}
    with tempfile.TemporaryDirectory() as place:
        for name in (f"{slug}-{part}" for slug in chapters() for part in PARTS):
            page, printed = pages / f"{name}.html", Path(place, f"{name}.pdf")
            if not page.is_file():
                raise PacketError(f"{page} is missing: build the book first (make book)")
            with pdf.open_document(browser, page.read_text(encoding="utf-8"), Path(place, page.name)) as tab:
                title, headings = pdf.print_document(tab, printed)
            counts[printed.name] = pdf.finish(printed, title, headings)
        for file in counts:
            write_whole(folder / file, Path(place, file).read_bytes())
    return counts
