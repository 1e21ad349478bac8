"""The list of sheets for class: nothing of the outcome before the decision, all that a plan uses, faults by name."""

import re

import pytest
from support.teaching import LATER_PARTS, LENGTHS, decision, parts_of, plan, rows_of, section, source

from casebook.contents import chapters
from press.model.packets import TIMES, PacketError, load
from press.sphinx.packets import packet

SHEETS = load()
NUMBERS = r"(\d+(?:(?:, | and )\d+)*)\b(?! min)"
CHAPTER = """## Documents

3. Third?

```{table} Sums of it
| Day | Code |
|---|---|
| 1 May | x |
```"""
each_chapter = pytest.mark.parametrize("slug", chapters())


@each_chapter
def test_no_part_with_the_outcome_is_listed_before_the_decision(slug):
    places, _, _ = parts_of(SHEETS[slug]["before"])
    assert not LATER_PARTS[slug].intersection(places), f"packets.yml, {slug}: shown too early"


@pytest.mark.parametrize(
    "part, message",
    [
        ("document-z", "no place 'document-z'"),
        ("questions 3 4", "no question 4"),
        ({"table": "Totals"}, "0 tables have a caption that begins with 'Totals'"),
        ({"table": "Sums", "rows": ["2 May"]}, "no row that begins with '2 May'"),
        ({"table": "Sums", "columns": ["Day", "Who"]}, "no column 'Who'; it has Day, Code"),
    ],
)
def test_a_part_that_is_not_there_is_named_with_its_sheet(page, part, message):
    with pytest.raises(PacketError, match=f"packets.yml, origins, before, sheet 1: .*{re.escape(message)}"):
        packet(page.app.builder, page.read(CHAPTER), "origins", "before", [{"title": "One", "parts": [part]}])


@pytest.mark.parametrize(
    "text, message",
    [
        ("origins: {before: []}", "accepted: before and after"),
        ("origins: {before: [{title: One}], after: []}", "origins, before, sheet 1: it needs"),
    ],
)
def test_a_faulty_list_is_refused_by_name(tmp_path, text, message):
    faulty = tmp_path / "packets.yml"
    faulty.write_text(text, encoding="utf-8")
    with pytest.raises(PacketError, match=message):
        load(faulty)


def test_rows_and_columns_are_chosen(page):
    part = {"table": "Sums", "rows": ["1 May | x"], "columns": ["Day"]}
    sheets = [{"title": "One", "parts": [part, "questions 3"]}]
    written = packet(page.app.builder, page.read(CHAPTER), "origins", "after", sheets)
    assert "1 May" in written and "Third?" in written and "Code" not in written and ">x<" not in written


# --- what the plans say of them


def sheet_numbers(words):
    """Numbers in the words of a cell: "1 for everyone; 3 to 5 for a group" has 1, 3, 4 and 5."""
    spans = re.findall(r"(\d+)(?: to (\d+))?", words)
    return {number for first, last in spans for number in range(int(first), int(last or first) + 1)}


def used_in(words):
    """Documents and questions that a plan names, as in "two on A (questions 1 and 7)": ids and numbers."""
    groups = re.findall(rf"\b([A-F])(?: (?:and|with) ([A-F]))? \((?:questions? )?{NUMBERS}", words)
    lists = re.findall(r"\bDocuments? ([A-F](?:,? (?:and )?[A-F]\b)*)", words)
    letters = {letter for first, second, _ in groups for letter in first + second}
    letters |= {letter for each in lists for letter in re.findall(r"[A-F]\b", each)}
    asked = [numbers for *_, numbers in groups] + re.findall(rf"\bquestions? {NUMBERS}", words)
    questions = {int(number) for each in asked for number in re.findall(r"\d+", each)}
    return {f"document-{letter.lower()}" for letter in letters}, questions


@each_chapter
def test_the_page_links_the_sheets_before_and_after(slug):
    for time in TIMES:
        link = f"<teaching/{slug}-{time}.html>`"
        assert link in source(slug) and link in source("start")


@each_chapter
@pytest.mark.parametrize("length", LENGTHS)
def test_what_a_plan_uses_is_on_the_sheets_that_it_copies(slug, length):
    copied = {row[0]: row[1:] for row in rows_of(section(source(slug), "## What students bring"))}
    copied = dict(zip(TIMES, map(sheet_numbers, copied[f"{length} minutes"]), strict=True))
    assert 1 in copied["before"], "everyone gets the facts and the options"
    rows = plan(slug, length)
    decided = decision(rows) + 1
    for time, part in (("before", rows[:decided]), ("after", rows[decided:])):
        listed = SHEETS[slug][time]
        assert copied[time] <= set(range(1, len(listed) + 1)), f"{time}: sheets {copied[time]} of {len(listed)}"
        places, questions, _ = parts_of([listed[number - 1] for number in copied[time]])
        documents, asked = used_in(" ".join(" ".join(row[2:4]) for row in part))
        assert documents <= set(places), f"{time}: {documents - set(places)} not on sheets {copied[time]}"
        assert asked <= set(questions), f"{time}: questions {asked - set(questions)} not on sheets {copied[time]}"
