"""The list of sheets for class: nothing of the outcome before the decision, all that a plan uses, faults by name."""

import re

import pytest
from support.teaching import (
    LATER_PARTS,
    LENGTHS,
    NUMBERS,
    decision,
    parts_of,
    plan,
    rows_of,
    section,
    source,
    used_in,
)

from casebook.contents import chapters
from press.model.packets import TIMES, PacketError, load
from press.sphinx.packets import packet

SHEETS = load()
CHAPTER = """## Documents

3. Third?

```{table} Sums of it
| Day | Code |
|---|---|
| 1 May | x |
```"""
each_chapter = pytest.mark.parametrize("slug", chapters())
PLANS = [(slug, length) for slug in chapters() for length in LENGTHS]


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


def test_questions_on_documents_from_before_and_after_the_decision_are_found(page):
    chapter = page.read(f"{CHAPTER}\n\n## Decide\n\n4. An answer.\n\n## Later documents\n\n4. Fourth?")
    written = packet(page.app.builder, chapter, "origins", "after", [{"title": "One", "parts": ["questions 3 4"]}])
    assert "Third?" in written and "Fourth?" in written and "An answer." not in written


# --- what the plans say of them


def sheet_numbers(words):
    """Numbers in the words of a cell: "1 for everyone; 3 to 5 for a group" has 1, 3, 4 and 5."""
    spans = re.findall(r"(\d+)(?: to (\d+))?", words)
    return {number for first, last in spans for number in range(int(first), int(last or first) + 1)}


@each_chapter
def test_the_page_links_the_sheets_before_and_after(slug):
    for time in TIMES:
        link = f"<teaching/{slug}-{time}.html>`"
        assert link in source(slug) and link in source("start")


def copied_for(slug, length):
    """Numbers of the sheets that a plan copies, by the time at which they may be seen."""
    cells = {row[0]: row[1:] for row in rows_of(section(source(slug), "## What students bring"))}
    return dict(zip(TIMES, map(sheet_numbers, cells[f"{length} minutes"]), strict=True))


def on_sheets(slug, time, numbers):
    """Places and questions on some sheets."""
    places, questions, _ = parts_of([SHEETS[slug][time][number - 1] for number in numbers])
    return set(places), set(questions)


@pytest.mark.parametrize("slug, length", PLANS)
def test_what_a_plan_uses_is_on_the_sheets_that_it_copies(slug, length):
    copied = copied_for(slug, length)
    assert 1 in copied["before"], "everyone gets the facts and the options"
    rows = plan(slug, length)
    decided = decision(rows) + 1
    for time, part in (("before", rows[:decided]), ("after", rows[decided:])):
        listed = SHEETS[slug][time]
        assert copied[time] <= set(range(1, len(listed) + 1)), f"{time}: sheets {copied[time]} of {len(listed)}"
        places, questions = on_sheets(slug, time, copied[time])
        documents, asked = used_in(" ".join(" ".join(row[2:4]) for row in part))
        assert documents <= places, f"{time}: {documents - places} not on sheets {copied[time]}"
        assert asked <= questions, f"{time}: questions {asked - questions} not on sheets {copied[time]}"


@pytest.mark.parametrize("slug, length", PLANS)
def test_a_plan_gives_out_each_sheet_it_copies_before_it_asks_about_it(slug, length):
    rows = plan(slug, length)
    decided = decision(rows)
    given, places, questions = {time: set() for time in TIMES}, set(), set()
    for place, row in enumerate(rows):
        where = f"teaching/{slug}.md, {length} minutes, minute {row[0]}"
        time = "before" if place <= decided else "after"
        for numbers in re.findall(rf"\bgive out [^;]*?\bsheets? {NUMBERS}(?:[^;]*?, sheets {NUMBERS})?", row[2]):
            given[time] |= {int(number) for number in re.findall(r"\d+", " ".join(numbers))}
        assert (1 in given["before"]) == (place >= decided), f"{where}: the facts of the decision come with it"
        for when in TIMES:
            more = on_sheets(slug, when, given[when])
            places, questions = places | more[0], questions | more[1]
        documents, asked = used_in(" ".join(row[2:4]))
        assert documents <= places, f"{where}: nobody holds {documents - places}"
        assert asked <= questions, f"{where}: nobody holds questions {asked - questions}"
    assert given == copied_for(slug, length), f"teaching/{slug}.md, {length} minutes: sheets copied and given out"
    assert "collect sheet 1" in rows[decided][2], f"teaching/{slug}.md, {length} minutes: when is the answer collected?"
