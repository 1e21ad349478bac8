"""The handouts of the simulation *The Council, June 2010* on paper: a PDF for each page of `handouts`.

The PDFs are the same to the byte for the same sources, Chromium and fonts.
"""

from pathlib import Path

from playwright.sync_api import Browser

from . import handouts, pdf


def print_all(browser: Browser, folder: Path) -> dict[str, int]:
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
    press.errors.PressError
        If a source is missing or wrong; then no PDF is written.
    """
    documents = {f"council-june-2010-{name}": words for name, words in handouts.documents().items()}
    return pdf.print_all(browser, documents, folder)
