"""The handouts of the simulation *The Council, June 2010* on paper: a PDF for each page of `handouts`.

The PDFs are the same to the byte for the same sources, Chromium and fonts.
"""

import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from casebook.contents import BOOK

from ..files import write_whole
from . import handouts, pdf

OUTPUT = BOOK / "_build" / "simulation"


def print_all(browser: Browser, folder: Path = OUTPUT) -> dict[str, int]:
    """Print all documents.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        A Chromium.
    folder : pathlib.Path
        Where the PDFs go; it is made.

    Returns
    -------
    dict
        Name of the file -> number of pages.

    Raises
    ------
    press.model.simulation.SimulationError
        If a source is missing or wrong; then no PDF is written.
    """
    documents = handouts.documents()
    counts = {}
    with tempfile.TemporaryDirectory() as place:
        for name, words in documents.items():
            file = f"council-june-2010-{name}.pdf"
            counts[file] = print_one(browser, words, Path(place, file))
        for file in counts:
            write_whole(folder / file, Path(place, file).read_bytes())
    return counts


def print_one(browser: Browser, words: str, printed: Path) -> int:
    """Print one document under its own title; return its number of pages."""
    with pdf.open_document(browser, words, printed.with_suffix(".html")) as tab:
        title, headings = pdf.print_document(tab, printed)
    return pdf.finish(printed, title, headings)
