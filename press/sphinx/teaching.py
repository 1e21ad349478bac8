"""Sphinx extension of the book: the pages for teachers that are made from teaching/rubrics.yml and teaching/alignment.csv.

`{{ rubrics }}`, `{{ memo_rubric }}`, `{{ alignment }}` and those of a JupyterHub (tools/hub.py) in a page become tables.
All rubrics and the alignment are written beside their pages as CSV, too, the rubrics also to print, and for each chapter the
sheets for class, cut from the built page as teaching/packets.yml says.
"""

import csv
import hashlib
import re
import shutil
import sys
from functools import cache
from pathlib import Path

import yaml

BOOK = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(BOOK / "tools"))
import hub  # noqa: E402
import packets  # noqa: E402
import rubrics  # noqa: E402
from page_uses import usage  # noqa: E402

ALIGNMENT = BOOK / "teaching" / "alignment.csv"
OBJECTIVE = re.compile(r"^(\d)\. \*(\w+)\* (.+?)[;.]$", re.M)


def links() -> list[dict[str, str]]:
    """The rows of teaching/alignment.csv: chapter, number of the objective, anchor of the activity, assessment."""
    with open(ALIGNMENT, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def objectives(slug: str) -> dict[str, str]:
    """The objectives at the top of a chapter: number -> words."""
    header = (BOOK / "chapters" / f"{slug}.md").read_text(encoding="utf-8").split("## Briefing")[0]
    return {number: f"{verb} {rest}" for number, verb, rest in OBJECTIVE.findall(header)}


def quiz_question(slug: str, number: int) -> str:
    """The words of a question of a chapter's quiz, counted from 1."""
    return _questions(slug)[number - 1]["question"]


@cache  # the table asks for each question in turn
def _questions(slug: str) -> list[dict]:
    return yaml.safe_load((BOOK / "quizzes" / f"{slug}.yml").read_text(encoding="utf-8"))


@cache
def _criteria() -> dict[str, list[str]]:
    return {name: [criterion["name"] for criterion in rubric["criteria"]] for name, rubric in rubrics.load().items()}


@cache
def data_assignments() -> dict[str, tuple[str, list[str]]]:
    """The data assignment of each chapter: its title, and the numbers of its tasks."""
    found = {}
    for path in BOOK.glob("assignments/*/*.md"):
        text = path.read_text(encoding="utf-8")
        chapter, title = (re.search(pattern, text, re.M)[1] for pattern in (r"^  chapter: (.+)$", r"^# (.+)$"))
        found[chapter] = (title, re.findall(r"^## (\d+)\. ", text, re.M))
    return found


def assessment(slug: str, name: str) -> str:
    """An assessment such as ``quiz 3``, ``assignment: Data`` or ``data tasks 1 2`` in words, with its place in the chapter.

    Raises
    ------
    ValueError
        For any other form, or for a question, criterion or task that does not exist.
    """
    kind, _, which = name.partition(" ")
    if kind == "quiz" and which.isdigit():
        try:
            return f"[Quiz](../chapters/{slug}.md#check-yourself), question {which}: {quiz_question(slug, int(which))}"
        except IndexError:
            raise ValueError(f"{ALIGNMENT.name}: the quiz of {slug} has no question {which}") from None
    criteria = _criteria()[slug]
    if kind == "assignment:" and which in criteria:
        return f"[Assignment](../chapters/{slug}.md#assignment), criterion *{which}*"
    title, tasks = data_assignments()[slug]
    if name.startswith("data tasks ") and set(which.split()[1:]) <= set(tasks):
        return f"[Data assignment](../chapters/{slug}.md#assignment) *{title}*, task {' and '.join(which.split()[1:])}"
    accepted = f"quiz and a number, assignment: and one of {', '.join(criteria)}, data tasks and numbers from {', '.join(tasks)}"
    raise ValueError(f"{ALIGNMENT.name}, {slug}: no assessment {name!r}; accepted: {accepted}")


def alignment(pages: set[str]) -> str:
    """The matrix as Markdown: a section for each chapter that is among the pages of the book, a row a link."""
    parts, rows = [], links()
    for slug in dict.fromkeys(row["chapter"] for row in rows if f"chapters/{row['chapter']}" in pages):
        title = re.search(r"^# ([^:\n]+)", (BOOK / "chapters" / f"{slug}.md").read_text(encoding="utf-8"), re.M)[1]
        goals = objectives(slug)
        lines = [f"## {title}", "", f"```{{table}} {title}: what each objective is practiced and assessed with"]
        lines += ["| Objective | Activity | Assessment |", "|---|---|---|"]
        for row in rows:
            if row["chapter"] == slug:
                number = row["objective"]
                if number not in goals:
                    raise ValueError(f"{ALIGNMENT.name}: {slug} has no objective {number}")
                activity = f"[](../chapters/{slug}.md#{row['activity']})"
                cells = [f"{number}. {goals[number]}", activity, assessment(slug, row["assessment"])]
                lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        parts.append("\n".join([*lines, "```"]))
    return "\n\n".join(parts) + "\n"


def rubric_tables(pages: set[str]) -> str:
    """The rubrics as Markdown, without those of chapters that are not among the pages of the book."""
    dropped = {path.stem for path in (BOOK / "chapters").glob("*.md") if f"chapters/{path.stem}" not in pages}
    return rubrics.markdown({name: rubric for name, rubric in rubrics.load().items() if name not in dropped})


def memo_rubric(pages: set[str]) -> str:
    """The rubric of the simulation's position memo as Markdown."""
    return rubrics.table(rubrics.load()["council-memo"]) + "\n"


def hub_links(pages: set[str]) -> str:
    """Links that open the notebook of each chapter on a JupyterHub, as Markdown."""
    return hub.links_list({slug: title for slug, title in usage.chapters().items() if f"chapters/{slug}" in pages})


#: What a page asks for -> how it is made, and from which files.
TABLES = {"rubrics": (rubric_tables, ["teaching/rubrics.yml", "_toc.yml"]),
          "memo_rubric": (memo_rubric, ["teaching/rubrics.yml"]),
          "hub_links": (hub_links, ["_config.yml", "_toc.yml"]),
          "hub_load": (lambda pages: hub.load_table(), ["teaching/hub/measured.json"]),
          "hub_sizes": (lambda pages: hub.sizes_table(), ["teaching/hub/measured.json"]),
          "hub_cluster": (lambda pages: hub.cluster_sentence(), ["teaching/hub/measured.json", "teaching/hub/kubernetes.yaml"]),
          "alignment": (alignment, ["teaching/alignment.csv", "teaching/rubrics.yml", "quizzes/*.yml", "chapters/*.md", "assignments/*/*.md", "_toc.yml"])}


def fill_in(app, docname, source):
    """Write the tables where a page asks for them, and note what they are made from."""
    for name, (made, inputs) in TABLES.items():
        if f"{{{{ {name} }}}}" in source[0]:
            source[0] = source[0].replace(f"{{{{ {name} }}}}", made(app.env.found_docs))
            for pattern in inputs:
                for path in BOOK.glob(pattern):
                    app.env.note_dependency(str(path))


def write_downloads(app, error):
    """Write the files that the pages link."""
    if error or app.builder.format != "html":
        return
    folder = Path(app.outdir) / "teaching"
    if "teaching/rubrics" in app.env.found_docs:
        rubrics.write(folder)
    if "teaching/alignment" in app.env.found_docs:
        shutil.copyfile(ALIGNMENT, folder / ALIGNMENT.name)
    packets.write(folder, Path(app.outdir) / "chapters", {name.removeprefix("chapters/") for name in app.env.found_docs})


def setup(app):
    app.connect("source-read", fill_in, priority=400)  # before page_uses counts facts
    app.connect("build-finished", write_downloads, priority=990)  # after the last extension that changes pages
    version = int(hashlib.sha256(Path(__file__).read_bytes() + Path(rubrics.__file__).read_bytes()).hexdigest()[:8], 16)
    return {"version": "1", "env_version": version, "parallel_read_safe": True, "parallel_write_safe": True}
