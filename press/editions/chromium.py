"""The Chromium that prints the book and reads it in the tests."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

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


class ChromiumMissing(PressError):
    """No Chromium started; the message says what to install."""


def launch(playwright: Playwright) -> Browser:
    """Start a Chromium: $CHROMIUM, one on the PATH, or the one that Playwright installs.

    Parameters
    ----------
    playwright : playwright.sync_api.Playwright

    Returns
    -------
    playwright.sync_api.Browser

    Raises
    ------
    ChromiumMissing
        If none starts.
    """
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    try:
        return playwright.chromium.launch(executable_path=found, args=FLAGS)
    except Exception as error:
        raise ChromiumMissing(
            "No Chromium to print or test with. Install one (Debian: apt-get install chromium; elsewhere: "
            f".venv/bin/python -m playwright install chromium) or set CHROMIUM to its path. {error}"
        ) from None
