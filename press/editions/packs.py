"""What is printed for class as PDFs: the homework reader and the sheets of each chapter, from a finished build."""

from pathlib import Path

from playwright.sync_api import Browser

from casebook.contents import chapters

from ..model.packets import TIMES, PacketError
from . import pdf

PARTS = ("homework", *TIMES)


def print_all(browser: Browser, folder: Path, built: Path) -> dict[str, int]:
    """Print the pages that a build has written for class.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        A Chromium.
    folder : pathlib.Path
        Where the PDFs go; it is made.
    built : pathlib.Path
        Folder of the built HTML.

    Returns
    -------
    dict
        Name of the file -> number of pages.

    Raises
    ------
    PacketError
        If the build lacks a page; then no PDF is written.
    """
    documents = {}
    for name in (f"{slug}-{part}" for slug in chapters() for part in PARTS):
        page = built / "teaching" / f"{name}.html"
        if not page.is_file():
            raise PacketError(f"{page} is missing: build the book first (make book)")
        documents[name] = page.read_text(encoding="utf-8")
    return pdf.print_all(browser, documents, folder)
