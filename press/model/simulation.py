"""The sources of the simulation *The Council, June 2010*, in teaching/simulation: roles, jobs, rules, cards, seats."""

import re

import yaml

from casebook.contents import BOOK
from casebook.datapackage import rows

SOURCES = BOOK / "teaching" / "simulation"
TITLE = "The Council, June 2010"
#: The day on which the delegations meet; the student pack ends on the evening before.
MEETING = "2010-06-14"
#: Delegations that sign, in the order in which a class fills them: who has most to say gets a second person first.
STATES = ("kyrgyzstan", "russia", "uzbekistan", "kazakhstan", "belarus", "tajikistan", "armenia")
OBSERVERS = ("osce", "un", "sco")
#: Every role that has a handout.
ROLES = (*STATES, "secretary-general", *OBSERVERS, "press")
#: Parts of a role sheet with their headings; a role may have another heading of its own. A part with one statement
#: has no list.
SECTIONS = {
    "public_position": "What your side has said and done",
    "private_interest": "What your side wants",
    "success": "Success for you is",
    "ask": "You may ask for",
    "live_with": "You could live with",
    "red_lines": "What you cannot sign",
    "know": "What you know besides",
    "do_not_know": "What you do not know",
}


def text(name: str) -> str:
    """Return a source file, such as ``"what-happened.md"`` or ``"handouts/rules.yml"``.

    Raises
    ------
    ValueError
        If it is missing.
    """
    path = SOURCES / name
    if not path.is_file():
        raise ValueError(f"{path.relative_to(BOOK)} is missing: restore it from the repository.")
    return path.read_text(encoding="utf-8")


def read(name: str):
    """Read a YAML file of the handouts, such as ``"rules"`` or ``"roles/armenia"``.

    Raises
    ------
    ValueError
        If the file is missing or is not YAML.
    """
    try:
        return yaml.safe_load(text(f"handouts/{name}.yml"))
    except yaml.YAMLError as error:
        message = " ".join(str(error).split())
        raise ValueError(f"teaching/simulation/handouts/{name}.yml is not YAML: {message}") from None


def part_of_plan(heading: str, name: str = "council-june-2010.md") -> str:
    """Return what a page of the simulation has under a heading of the second or third level, such as ``"Seats"``.

    Headings below one of the second level are raised by a level: the part stands on a sheet of its own.

    Raises
    ------
    ValueError
        If there is no such heading.
    """
    page = text(name)
    found = re.search(rf"^(###?) {re.escape(heading)}\n(.*)", page, re.M | re.S)
    if not found:
        accepted = ", ".join(re.findall(r"^###? (.+)$", page, re.M))
        raise ValueError(f"teaching/simulation/{name} has no heading {heading!r}; its headings: {accepted}.")
    part = re.split(rf"^#{{2,{len(found[1])}}} ", found[2], maxsplit=1, flags=re.M)[0]
    return part.replace("\n###", "\n##")


def article(row: list) -> dict[str, str]:
    """Find the row of data/treaty-articles.csv that a rule names by instrument, article and wording."""
    wanted = list(map(str, row))
    for each in rows("treaty-articles"):
        if [each["instrument"], each["article"], each["wording"]] == wanted:
            return each
    raise ValueError(
        f"teaching/simulation/handouts/rules.yml names {', '.join(wanted)}, which is not in data/treaty-articles.csv."
    )


def figure(card: dict, chosen: dict) -> dict[str, str]:
    """Find the row of data/reported-figures.csv that a card names by source and measure."""
    for each in rows("reported-figures"):
        if (each["source"], each["measure"]) == (chosen["source"], chosen["measure"]):
            return each
    raise ValueError(
        f"injects.yml, {card['title']!r}: no {chosen['measure']} by {chosen['source']} in data/reported-figures.csv."
    )


def number_of(row: dict[str, str]) -> str:
    """Write a reported number as reported: at least, up to, or exactly."""
    low, value, high = (f"{float(row[name]):,.0f}" if row[name] else "" for name in ("low", "value", "high"))
    return value or (f"{low} to {high}" if low and high else f"at least {low}" if low else f"up to {high}")
