"""Where the book's files are, and which pages it has, in the order of _toc.yml."""

import functools
import re
from pathlib import Path

import yaml

BOOK = Path(__file__).resolve().parents[2]
DATA = BOOK / "data"
QUIZZES = BOOK / "quizzes"


@functools.cache
def reading_order() -> tuple[tuple[str, str], ...]:
    """List every page as (name, caption of its part); the front page, which comes first, has the caption ``""``."""
    contents = yaml.safe_load((BOOK / "_toc.yml").read_text(encoding="utf-8"))
    found = [(contents["root"], "")]
    for part in contents.get("parts", []):
        found += [(page["file"], part["caption"]) for page in part["chapters"]]
    return tuple(found)


def source(name: str) -> str:
    """Return the source text of a page, such as ``"chapters/origins"``."""
    return (BOOK / f"{name}.md").read_text(encoding="utf-8")


def title(name: str) -> str:
    """Return the title of a page up to its colon."""
    return re.search(r"^# ([^:\n]+)", source(name), re.M)[1]


@functools.cache
def pages() -> dict[str, str]:
    """Map the pages of the folder `chapters`, in reading order: slug -> title up to its colon."""
    return {Path(name).stem: title(name) for name, _ in reading_order() if name.startswith("chapters/")}


@functools.cache
def chapters() -> dict[str, str]:
    """Map the pages listed under Chapters, in reading order: slug -> title up to its colon."""
    return {Path(name).stem: title(name) for name, caption in reading_order() if caption == "Chapters"}
