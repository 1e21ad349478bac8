"""Print the handouts of the simulation *The Council, June 2010*: one PDF for each role, one for the teacher.

    python tools/simulation.py [folder to write]

The PDFs are the same to the byte for the same sources, Chromium and fonts.
"""

import os
import re
import sys
import tempfile
from pathlib import Path

import chromium
import handouts
import pdf as book_pdf
import pikepdf
from playwright.sync_api import Browser, sync_playwright

OUTPUT = handouts.BOOK / "_build" / "simulation"


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
    handouts.SimulationError
        If a source is missing or wrong; then no PDF is written.
    """
    sources = {f"council-june-2010-{name}": words for name, words in handouts.documents().items()}
    folder.mkdir(parents=True, exist_ok=True)
    counts = {}
    with tempfile.TemporaryDirectory(dir=folder) as place:
        for name, words in sources.items():
            counts[f"{name}.pdf"] = print_one(browser, words, Path(place, f"{name}.pdf"))
        for name in counts:
            os.replace(Path(place, name), folder / name)
    return counts


def print_one(browser: Browser, words: str, printed: Path) -> int:
    """Print one document, with a title of its own instead of that of the book; return its number of pages."""
    book_pdf.print_document(browser, words, printed.with_suffix(".html"), printed, tagged=True)
    count = book_pdf.finish(printed, words)
    with pikepdf.open(printed, allow_overwriting_input=True) as pdf:
        pdf.docinfo.Title = re.search("<title>(.+?)</title>", words)[1]
        pdf.save(object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return count


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else OUTPUT
    try:
        with sync_playwright() as playwright:
            counts = print_all(chromium.launch(playwright), folder)
    except (handouts.SimulationError, chromium.ChromiumMissing) as error:
        sys.exit(str(error))
    for name, count in counts.items():
        print(f"{folder / name}: {count} pages")
