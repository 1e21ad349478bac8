"""The slides of each lesson plan as teaching/slides/<chapter>.md lists them: headings, what is shown, words to say.

A slide is a heading of the second level. Below it a block says where the plan uses the slide, in which lengths of the
plan if not in all, and which parts of the chapter it shows; the rest is what the teacher says. The words on the slides
have no second source.
"""

import re
from pathlib import Path
from typing import NamedTuple

import yaml

from casebook.contents import BOOK

SOURCES = BOOK / "teaching" / "slides"
#: Headings of the two parts of a file: what may be shown at any time, and what only after the decision.
BEFORE, AFTER = "Before the box", "After the box"
#: A heading, its level, and what is below it.
SECTION = re.compile(r"^(##?) ([^\n]+)(.*?)(?=^##? |\Z)", re.M | re.S)
#: Parts of a chapter or of its plan that a slide can show -> whether it must be said which.
PARTS = {
    "question": False,  # of the plan, which is read aloud
    "decision": False,
    "sides": False,
    "figure": True,  # by its id
    "sentence": True,  # by its beginning
    "quote": True,  # by the id of its document and its number there
    "table": True,  # by the beginning of its caption; its first two columns
}


class Slide(NamedTuple):
    """One slide."""

    heading: str
    after: bool  #: whether it is shown only when the box of the decision is open
    at: str  #: words of the row of the plan in which it is shown
    lengths: list[int]  #: minutes of the plans that use it; if there are none, all that have such a row
    parts: list[tuple[str, str]]  #: kind and name of what is shown
    notes: str  #: what the teacher says, in Markdown


def load(slug: str, folder: Path = SOURCES) -> list[Slide]:
    """Read and check the slides of a chapter.

    Parameters
    ----------
    slug : str
        Name of the chapter.
    folder : pathlib.Path
        A folder like teaching/slides.

    Returns
    -------
    list of Slide

    Raises
    ------
    ValueError
        Naming the file, the slide and what is accepted.
    """
    path = folder / f"{slug}.md"
    if not path.is_file():
        raise ValueError(f"teaching/slides/{path.name} is missing: every chapter has slides")
    slides, part = [], None
    for level, heading, content in SECTION.findall(path.read_text(encoding="utf-8")):
        where = f"teaching/slides/{path.name}, {heading!r}"
        if level == "#":
            part = heading
            continue
        if part not in (BEFORE, AFTER):
            raise ValueError(f"{where}: it is in the part {part!r}; accepted: {BEFORE!r} and {AFTER!r}")
        _, *parted = content.split("```")
        if len(parted) != 2:
            raise ValueError(f"{where}: {len(parted) // 2} blocks found; a slide has one, with `at` and `show`")
        block, notes = parted
        slides.append(Slide(heading, part == AFTER, *_block(block.removeprefix("yaml\n"), where), notes.strip()))
    return slides


def _block(text: str, where: str) -> tuple[str, list[int], list[tuple[str, str]]]:
    """Read the block of a slide: words of a row of the plan, lengths of plans, and kinds and names of parts."""
    try:
        block = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(f"{where}: its block is not YAML: {' '.join(str(error).split())}") from None
    if not isinstance(block, dict) or set(block) - {"lengths"} != {"at", "show"}:
        raise ValueError(f"{where}: its block needs `at` and `show`; accepted besides: `lengths`")
    lengths = block.get("lengths", [])
    if not isinstance(lengths, list) or not all(isinstance(each, int) for each in lengths):
        raise ValueError(f"{where}: its `lengths` are {lengths!r}; accepted: a list of minutes, such as [90, 180]")
    parts = [next(iter(each.items())) if isinstance(each, dict) else (each, "") for each in block["show"]]
    for kind, name in parts:
        if PARTS.get(kind) is not bool(name):
            accepted = ", ".join(f"{each}: …" if named else each for each, named in PARTS.items())
            raise ValueError(f"{where}: it shows {kind!r} {name!r}; accepted: {accepted}")
    return block["at"], lengths, [(kind, str(name)) for kind, name in parts]
