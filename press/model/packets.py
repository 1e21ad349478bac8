"""The sheets for class as teaching/packets.yml lists them: parts of a chapter, before and after the decision."""

from pathlib import Path

import yaml

from casebook.contents import BOOK, chapters
from casebook.datapackage import rows

from .book import page_address

SOURCE = BOOK / "teaching" / "packets.yml"
#: When a packet is given out -> the line under its title.
TIMES = {
    "before": "Give these sheets out before the decision. They do not tell how it came out.",
    "after": "Give these sheets out only when the box is open. They tell what came later.",
}
#: When a packet is given out -> the letter before the numbers of its sheets.
LETTERS = {"before": "A", "after": "B"}
#: The key of the sheets that every chapter has, behind its own.
EVERY = "every chapter"
#: The key of what a chapter prints with its homework, behind what is read at home.
HOMEWORK = "homework"
#: What a sentence to say has in place of the address of its chapter, which a fork of the book changes.
ADDRESS = "{address}"
#: How much of an article was read -> what a sheet says of its words.
WORDS_OF = {
    "full": "",
    "part": "in part",
    "summary": "in a summary",
    "scholar": "as a scholar describes it",
    "not seen": "not read; as others report it",
}


def load(path: Path = SOURCE) -> dict[str, dict[str, list[dict]]]:
    """Read and check the list of sheets.

    Parameters
    ----------
    path : pathlib.Path
        A file like teaching/packets.yml.

    Returns
    -------
    dict
        Chapter -> "before" and "after" -> sheets, each with `title` and `parts`; those of every chapter come last,
        each replaced by a sheet of the chapter with its title.

    Raises
    ------
    ValueError
        Naming the chapter, and the field or that it is missing.
    """
    packets = _checked(path)
    shared = packets.pop(EVERY)
    return {slug: {time: _joined(times[time], shared[time]) for time in TIMES} for slug, times in packets.items()}


def at_home(path: Path = SOURCE) -> dict[str, list[dict]]:
    """Read what is printed with the homework: chapter -> title and parts of each addition, none for most chapters."""
    return {slug: times.get(HOMEWORK, []) for slug, times in _checked(path).items() if slug != EVERY}


def pages_of(slug: str) -> set[str]:
    """Return the pages of which the sheets and the homework of a chapter have parts."""
    parts = [part for addition in at_home()[slug] for part in addition["parts"]]
    return {f"chapters/{slug}", f"teaching/{slug}", *(part["of"] for part in parts if "of" in part)}


def sheet_of_outcome(slug: str) -> str:
    """Letter and number of the sheet that tells how the decision of a chapter came out."""
    sheets = enumerate(load()[slug]["after"], start=1)
    parts = [(number, part) for number, sheet in sheets for part in sheet["parts"]]
    found = [number for number, part in parts if part == "outcome" or (isinstance(part, dict) and "outcome" in part)]
    return f"{LETTERS['after']}{found[0]}"


def _checked(path):
    """Read the list as it is, and say what is missing or wrong in it."""
    packets = yaml.safe_load(path.read_text(encoding="utf-8"))
    for slug, times in packets.items():
        if [time for time in times if time != HOMEWORK] != list(TIMES):
            raise ValueError(
                f"{path.name}, {slug}: {', '.join(times)} found; accepted: {' and '.join(TIMES)}, and {HOMEWORK}"
            )
        for time, sheets in times.items():
            for number, sheet in enumerate(sheets, start=1):
                if set(sheet) != {"title", "parts"}:
                    raise ValueError(
                        f"{path.name}, {slug}, {time}, sheet {number}: it needs `title` and `parts` and nothing else"
                    )
                for part in sheet["parts"]:
                    if isinstance(part, dict) and "say" in part:
                        part["say"] = part["say"].replace(ADDRESS, page_address(f"chapters/{slug}"))
    for slug in (EVERY, *chapters()):
        if slug not in packets:
            raise ValueError(f"{path.name}: no sheets for {slug if slug == EVERY else f'the chapter {slug}'}")
    return packets


def _joined(own: list[dict], shared: list[dict]) -> list[dict]:
    """Put shared sheets behind those of a chapter, whose own with the title of a shared one take its place."""
    titles, replaced = [sheet["title"] for sheet in shared], {sheet["title"]: sheet for sheet in own}
    first = [sheet for sheet in own if sheet["title"] not in titles]
    return first + [replaced.get(sheet["title"], sheet) for sheet in shared]


def article(provision: str, wording: str) -> dict[str, str]:
    """Find the row of data/treaty-articles.csv with a provision in a wording.

    Raises
    ------
    ValueError
        If there is none.
    """
    for row in rows("treaty-articles"):
        if (row["provision"], row["wording"]) == (provision, str(wording)):
            return row
    raise ValueError(f"data/treaty-articles.csv has no provision {provision!r} in the wording of {wording}")
