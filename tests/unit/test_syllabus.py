"""The start page for teachers and the form to report a class: plans, weights, criteria and files that exist."""

import re

import pytest
import yaml
from support.teaching import LENGTHS, decision, plan, rows_of, section, source

from casebook.contents import BOOK, chapters
from press.model import rubrics

START = source("start")
SYLLABUS = section(START, "## Syllabus")
OUTLINES = ("### One week", "### Three weeks", "### Twelve weeks")


def minutes_of(slug, length, part):
    """Minutes of a plan, or of its part, such as ", up to the break"."""
    rows = plan(slug, length)
    assert rows, f"teaching/{slug}.md has no plan for {length} minutes"
    start, end = next((row[:2] for row in rows if row[2] == "break"), (0, 0))
    ends = {"": length, ", up to the break": start, ", from the break": length - end}
    return rows[decision(rows)][0] if part.startswith(", up to *Decide*") else ends[part]


@pytest.mark.parametrize("heading", OUTLINES)
def test_every_class_of_the_syllabus_has_a_plan_that_fits(heading):
    outline = section(SYLLABUS, heading)
    available = int(re.search(r"class(?:es)? of (\d+) minutes", outline)[1])
    for number, _, held, *_ in rows_of(outline):
        if "(simulation/council-june-2010.md)" in held:
            continue
        link = r"\[(\d+) minutes\]\(([\w-]+)\.md#(?:\1-minutes|other-lengths)\)(.*)"
        length, slug, part = re.search(link, held).groups()
        minutes = minutes_of(slug, int(length), part)
        assert minutes <= available, f"teaching/start.md, {heading}, {number}: {minutes} minutes"


def test_the_weights_make_a_hundred_and_count_only_what_the_outline_has():
    *work, total = rows_of(section(SYLLABUS, "### Weights"))
    for column, heading in enumerate(OUTLINES, start=2):
        weights = [int(row[column]) for row in work]
        assert sum(weights) == 100 and total[column] == "**100**", f"teaching/start.md, {heading}: {weights}"
        outline = section(SYLLABUS, heading)
        for name in ("memo for the Council", "assignment of *Comparison*"):
            weight = next(int(row[column]) for row in work if row[0] == name)
            assert bool(weight) == (name in outline), f"teaching/start.md, {heading}: {name}, {weight} percent"


def test_every_outcome_is_assessed_by_criteria_of_the_rubrics():
    known = {criterion["name"] for rubric in rubrics.load().values() for criterion in rubric["criteria"]}
    assessed = {row[0]: set(re.findall(r"\*([^*]+)\*", row[2])) for row in rows_of(section(SYLLABUS, "### Outcomes"))}
    outcomes = re.findall(r"^> (\d)\. ", section(SYLLABUS, "### Text to paste"), re.M)
    assert list(assessed) == outcomes and 4 <= len(outcomes) <= 5
    for number, criteria in assessed.items():
        assert criteria and criteria <= known, (
            f"teaching/start.md, outcome {number}: {criteria - known} is no criterion"
        )


def test_the_files_to_take_are_those_of_a_release():
    release = (BOOK / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    made = {"pdf", "epub", *re.search(r"run: make (.+)", release)[1].split()}  # `make offline` makes the first two
    attached = re.findall(r"zip -qr (\S+)", release)
    folders = re.findall(r"_build/(\w+)/\*\.(\w+)", release)
    for _, file, command in rows_of(section(START, "## Files to take")):
        target, kind = command.strip("`").removeprefix("make "), file.strip("`").rpartition(".")[2]
        assert target in made, f"teaching/start.md: a release does not run {command}"
        assert file.strip("`") in attached or (target, kind) in folders, f"teaching/start.md: {file} is in no release"


def test_the_form_offers_every_class_and_length_and_asks_before_it_is_printed():
    form = yaml.safe_load((BOOK / ".github" / "ISSUE_TEMPLATE" / "class-report.yml").read_text(encoding="utf-8"))
    asked = {part["id"]: part for part in form["body"] if "id" in part}
    options = {name: part["attributes"].get("options") for name, part in asked.items()}
    assert options["chapter"][:-1] == list(chapters().values())
    assert {int(each) for each in options["length"][:-1]} == set(LENGTHS)
    assert options["publish"][0] == "No" and asked["publish"]["validations"]["required"]
    assert {"students", "worked", "failed", "changed"} < set(asked)
    assert "<issues/new?template=class-report.yml>" in source("how-it-went")
