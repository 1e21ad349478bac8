"""Where the book's files are, whatever folder a notebook is started from, and what its chapters are called."""

import re
from functools import lru_cache
from pathlib import Path

import yaml

BOOK = Path(__file__).resolve().parents[2]
DATA = BOOK / "data"
QUIZZES = BOOK / "quizzes"


@lru_cache(maxsize=1)
def chapters() -> dict[str, str]:
    """Slug and short name of every chapter, in reading order.

    The order is that of _toc.yml; the name is the heading of the page up to its colon.

    Returns
    -------
    dict of str to str
        For example ``{"origins": "Origins", ...}``.
    """
    contents = yaml.safe_load((BOOK / "_toc.yml").read_text(encoding="utf-8"))
    listed = next(part["chapters"] for part in contents["parts"] if part["caption"] == "Chapters")
    names = {}
    for page in (BOOK / f"{chapter['file']}.md" for chapter in listed):
        names[page.stem] = re.search(r"^# ([^:\n]+)", page.read_text(encoding="utf-8"), re.M)[1].strip()
    return names
