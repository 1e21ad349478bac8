"""The handouts of the simulation *The Council, June 2010* as pages: one a role, one of the jobs, one for the teacher.

A student's handout holds nothing of the teacher's.
"""

import re
from pathlib import Path

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from casebook.membership import members
from casebook.references import short_citation

from ..files import write_whole
from ..model import rubrics
from ..model.simulation import (
    MEETING,
    ROLES,
    SECTIONS,
    TITLE,
    article,
    figure,
    number_of,
    part_of_plan,
    read,
    text,
)
from .templates import render

#: The page of the book that links the handouts.
PAGE = "teaching/simulation/council-june-2010"


def cited(key: str) -> str:
    """Return author and date of a source."""
    try:
        return short_citation(key)
    except ValueError as error:
        raise ValueError(f"{error}: correct the key in teaching/simulation.") from None


class Notes:
    """Numbers sources in the order in which a document uses them; the document lists them at its end."""

    def __init__(self, later: dict[str, str]):
        self.numbers: dict[str, int] = {}
        self.later = later  #: sources published after the meeting -> the earlier fact that they are cited for

    def mark(self, keys: list[str]) -> Markup:
        """Write raised numbers for some keys of references.bib."""
        if not keys:
            return Markup()
        words = "; ".join(map(cited, keys))
        numbers = ",".join(str(self.numbers.setdefault(key, len(self.numbers) + 1)) for key in keys)
        return Markup('<sup title="{}">{}</sup>').format(words, numbers)

    def listed(self) -> list[str]:
        """List the sources in words, and say for which earlier fact a later one is cited."""
        return [cited(key) + (f" (for {self.later[key]})" if key in self.later else "") for key in self.numbers]

    def prose(self, source: str) -> Markup:
        """Write a page in the Markdown of the book as HTML: citations become numbers, terms and links their words."""
        source = re.sub(r"\A---\n.*?\n---\n|^```\{formerly\}.*?\n```\n", "", source, flags=re.S | re.M)
        source = re.sub(r" ?\{cite:p\}`([^`]+)`", lambda found: self.mark(re.split(r",\s*", found[1])), source)
        source = re.sub(r"^:{3,}.*\n", "", source, flags=re.M)  # a fold lies open
        source = re.sub(r"\{cite:t\}`([^`]+)`", lambda found: escape(cited(found[1])) + self.mark([found[1]]), source)
        source = re.sub(r"\{(?:term|place|built-file)\}`([^`<]+?)(?: <[^`]+>)?`", r"\1", source)
        source = re.sub(r"(?<!!)\[([^\]]+)\]\([^)]+\)", r"\1", source)
        return Markup(MarkdownIt("commonmark", {"html": True}).enable("table").render(source))


def card(inject: dict) -> dict:
    """Fill in a card: its hour in words, and its numbers from data/reported-figures.csv, with reporter and day."""
    known, chosen, numbers = inject["known_by"], inject.get("figures", []), []
    for each in chosen:
        row = figure(inject, each)
        said = row["note"].partition(";")[0]  # what was looked for in one report alone, such as a list, stays out
        note = f"; {said}" if said and not said.startswith('"') else ""
        numbers.append((number_of(row), f"{row['reporter']}, {int(row['date_reported'][8:])} June{note}"))
    what = {"deaths": "Deaths as reported", "refugees": "Refugees as reported"}
    return {
        **inject,
        "hour": f"{known:%A}, {known.day} June, {known:%H:%M}",
        "what": what[chosen[0]["measure"]] if chosen else "",
        "numbers": numbers,
        "sources": list(map(cited, inject["sources"])),
    }


def student_document(name: str) -> str:
    """Write what one delegation gets, as HTML."""
    role = read(f"roles/{name}")
    return render(
        "handout-student.html",
        title=TITLE,
        name=role["role"],
        role_name=name,
        role=role,
        parts=SECTIONS,
        scenario=text("handouts/scenario.md"),
        rules=read("rules"),
        resolution=read("resolution"),
        memo=read("memo"),
        rubric=rubrics.load()["council-memo"],
        notes=Notes(read("later-sources")),
        article=article,
    )


def jobs_document() -> str:
    """Write a card of half a page for each job and a name sign for each role, as HTML."""
    signs = [read(f"roles/{name}")["role"] for name in ROLES]
    table = read("rules")["table"]
    return render("handout-jobs.html", title=TITLE, name="Jobs", signs=signs, table=table, **read("jobs"))


def teacher_document() -> str:
    """Write seats, plans, cards, resolution, outcome and debrief, as HTML; what is handed out is a sheet of its own."""
    read_aloud, handed_out = text("what-happened.md").split("## Member by member\n")
    return render(
        "handout-teacher.html",
        title=TITLE,
        name="For the teacher",
        content_note=text("handouts/scenario.md").partition("\n\n")[0],
        part_of_plan=part_of_plan,
        table=read("rules")["table"],
        cards=list(map(card, read("injects"))),
        resolution=read("resolution"),
        members=members(MEETING),
        read_aloud=read_aloud,
        handed_out=handed_out.partition("\n## Debrief\n")[0],
        simplified=part_of_plan("What we simplified").strip().rsplit("\n\n", 1)[0],  # without the link to the outcome
        notes=Notes({}),
    )


def documents() -> dict[str, str]:
    """Write every document: role, "jobs" or "teacher" -> HTML."""
    return {role: student_document(role) for role in ROLES} | {"jobs": jobs_document(), "teacher": teacher_document()}


def write(folder: Path) -> None:
    """Write every document as a page into a folder.

    Raises
    ------
    ValueError
        If a source is missing or wrong; then no page is written.
    """
    for name, words in documents().items():
        write_whole(folder / f"{name}.html", words)
