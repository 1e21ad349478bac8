"""What is printed for class: the homework reader and the sheets of each chapter, from a finished build."""

from pathlib import Path

from casebook.contents import chapters

from ..errors import PressError
from ..model.packets import TIMES

PARTS = ("homework", *TIMES)


def documents(built: Path) -> dict[str, str]:
    """Read the pages for class from the folder of the built HTML: name -> HTML.

    Raises
    ------
    PressError
        If the build lacks a page.
    """
    found = {}
    for name in (f"{slug}-{part}" for slug in chapters() for part in PARTS):
        page = built / "teaching" / f"{name}.html"
        if not page.is_file():
            raise PressError(f"{page} is missing: build the book first (make book)")
        found[name] = page.read_text(encoding="utf-8")
    return found
