"""The Chromium that prints the book and reads it in the tests."""

import contextlib
import functools
import os
import shutil
import subprocess
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

from ..errors import PressError

FLAGS = [
    "--no-sandbox",  # CI runs as root in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: The first has no windows, and opens a page in a third of the time.
NAMES = ("chromium-headless-shell", "chromium", "google-chrome")
#: A letter of each script that the book prints.
LETTERS = {"Latin": "ā", "Cyrillic": "Ж", "Tajik": "Ҷ", "Kazakh": "Ұ", "Armenian": "Հ", "Arabic": "ش", "Pashto": "ښ"}


@contextlib.contextmanager
def started(*more: str) -> Iterator[Browser]:
    """Start a Chromium ($CHROMIUM, one on the PATH, or the one that Playwright installs), and end it after the block.

    Parameters
    ----------
    *more : str
        Flags beside those of every start.

    Raises
    ------
    PressError
        If none starts; the message says what to install.
    """
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=found, args=[*FLAGS, *more])
        except Exception as error:
            raise PressError(
                "No Chromium to print or test with. Install one (Debian: apt-get install chromium-headless-shell; "
                f"elsewhere: .venv/bin/python -m playwright install chromium) or set CHROMIUM to its path. {error}"
            ) from None
        yield browser


@functools.cache
def require_letters() -> None:
    """See that fonts of this machine have the letters of the book: Chromium prints boxes, or nothing, without a word.

    Raises
    ------
    PressError
        If a script has no font. Where fontconfig is missing, as on Windows, nothing is known and nothing is raised.
    """
    if not shutil.which("fc-list"):
        return
    missing = [
        script
        for script, letter in LETTERS.items()
        if not subprocess.run(["fc-list", f":charset={ord(letter):x}"], capture_output=True, text=True).stdout.strip()
    ]
    if missing:
        raise PressError(
            f"No font on this machine has the letters of {', '.join(missing)}; they would be printed as boxes. Install "
            "DejaVu and Liberation (Debian: apt-get install fonts-dejavu-core fonts-liberation)."
        )
