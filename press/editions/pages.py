"""A page of the book as an edition has it, and where editions are written."""

from pathlib import Path
from typing import NamedTuple

from casebook.contents import BOOK

BUILD = BOOK / "_build"
#: Name of an edition's file, without its ending.
NAME = "paper-tiger-or-safe-choice"


class Page(NamedTuple):
    """A page, laid out."""

    slug: str  #: its name, unique in the book: "index", "origins"
    title: str
    part: str  #: caption of its part in _toc.yml, or ""
    path: str  #: its name in _toc.yml: "chapters/origins"
    body: str  #: its content as HTML
    sections: dict[str, str]  #: its sections: id -> heading
    figures: dict[str, str]  #: its figures and explorers: id -> caption, to its first full stop
    tables: dict[str, str]  #: its tables, those of explorers aside: id -> caption


def edition(kind: str, build: Path = BUILD) -> Path:
    """Return where an edition is written: kind is ``"pdf"`` or ``"epub"``."""
    return build / kind / f"{NAME}.{kind}"
