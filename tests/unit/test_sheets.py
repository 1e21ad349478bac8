"""The list of sheets for class: nothing of the outcome before the decision, all that a plan uses, faults by name."""

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from support.teaching import (
    LENGTHS,
    LETTERED,
    day_of_decision,
    decision,
    parts_of,
    plan,
    section,
    source,
    table_of,
    used_in,
)

from casebook import contents
from casebook.contents import chapters
from casebook.references import bibliography
from press.model.book import page_address
from press.model.packets import LETTERS, TIMES, at_home, load, sheet_of_outcome
from press.sphinx.elements import make
from press.sphinx.packets import homework, packet

SHEETS = load()
CHAPTER = """## Documents

3. Third?

```{table} Sums of it
| Day | Code |
|---|---|
| 1 May | x |
```"""
DECISION = """::::{decide} 2007-10-05 Does it act?
Choose one.

1. **Act.** *For:* it is quick.

:::{outcome}
It rained.
:::
::::"""
PLAN = """```{table} Plan for 50 minutes
| Minutes | You |
|---|---|
| 0–3 | read aloud: *Who asks?* |
```

## Before class

### At the table

* One no stops a text.
* Russia answers last."""
each_chapter = pytest.mark.parametrize("slug", chapters())
PLANS = [(slug, length) for slug in chapters() for length in LENGTHS]


@pytest.fixture
def sheet(page):
    """A function of a chapter and parts of it: the sheet of a class that shows them."""

    def show(chapter, *parts, time="before"):
        sheets = [{"title": "One", "parts": parts}]
        written = packet(page.app.builder, page.read(chapter), "origins", time, sheets, page.read(PLAN))
        return BeautifulSoup(written, "html.parser").main

    return show


@pytest.mark.parametrize(
    "part, message",
    [
        ("document-z", "no place 'document-z'"),
        ("questions 3 4", "no question 4"),
        ({"table": "Totals"}, "0 tables have a caption that begins with 'Totals'"),
        ({"table": "Sums", "rows": ["2 May"]}, "no row that begins with '2 May'"),
        ({"table": "Sums", "columns": ["Day", "Who"]}, "no column 'Who'; it has Day, Code"),
        ({"articles": [["Help", 1992]]}, "no provision 'Help' in the wording of 1992"),
    ],
)
def test_a_part_that_is_not_there_is_named_with_its_sheet(sheet, part, message):
    with pytest.raises(ValueError, match=f"packets.yml, origins, before, sheet 1: .*{re.escape(message)}"):
        sheet(CHAPTER, part)


@pytest.mark.parametrize(
    "text, message",
    [
        ("origins: {before: []}", "accepted: before and after"),
        ("origins: {before: [{title: One}], after: []}", "origins, before, sheet 1: it needs"),
        ("origins: {before: [], after: []}", "no sheets for every chapter"),
    ],
)
def test_a_faulty_list_is_refused_by_name(tmp_path, text, message):
    faulty = tmp_path / "packets.yml"
    faulty.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load(faulty)


def test_rows_and_columns_are_chosen(sheet):
    shown = sheet(CHAPTER, {"table": "Sums", "rows": ["1 May | x"], "columns": ["Day"]})
    assert [cell.get_text() for cell in shown.select("th, td")] == ["Day", "1 May"]


def test_questions_from_before_and_after_the_decision_are_found_and_the_one_that_is_asked_in_class_is_marked(sheet):
    chapter = f"{CHAPTER}\n\n## Decide\n\n4. An answer.\n\n## Later documents\n\n4. Fourth?"
    asked = sheet(chapter, "questions 3* 4", time="after").select(".questions li")
    assert [question.get_text().strip() for question in asked] == ["In class: Third?", "Fourth?"]


def test_sources_are_named_before_the_punctuation_and_a_quotation_is_shown_in_our_translation(sheet):
    story = "It began {cite:p}`ria-2010-06-11`; it went on {cite:p}`xinhua-2010-06-12a`."
    document = ":::{document} 1. A rule\n> {lang}`Нет <ru>`\n>\n> — Kremlin\n\nOur translation: No.\n\n> Perhaps.\n:::"
    shown = sheet(f"## The story\n\n{story}\n\n## Documents\n\n{document}", "the-story", "document-1 translated")
    assert "It began (RIA Novosti, 11 June 2010); it went on (Xinhua, 12 June 2010)." in shown.get_text()
    card = shown.select_one(".source-card").get_text()
    assert re.search("Our translation: No.*Kremlin.*Perhaps", card, re.S) and "Нет" not in card


def test_a_decision_names_the_sheet_that_tells_the_outcome(sheet):
    decision = DECISION.replace("Choose one.", "Choose one, before you open the next box.")
    words = sheet(f"## Decide\n\n{decision}", "decide").get_text()
    assert f"Choose one, before you get sheet {sheet_of_outcome('origins')}." in words


def test_words_for_every_delegation_take_the_place_of_those_for_one_whose_lines_are_in_its_brief(page):
    decision = f"## Decide\n\nYou are Alice.\n\nYou know:\n\n* It rains.\n* Your roof leaks.\n\n{DECISION}"

    def written(*own):
        part = {"decide": "All meet.", "known_to": {"Tajikistan": own}}
        sheets = [{"title": "One", "parts": [part]}, {"title": "Two", "parts": ["briefs", "record"]}]
        return packet(page.app.builder, page.read(decision), "origins", "before", sheets, page.read(PLAN))

    first, second = BeautifulSoup(written("Your roof"), "html.parser").main.find_all("section", recursive=False)
    words = ["All meet.", "You know:", "It rains.", "Act."]
    assert sorted(words, key=first.get_text().index) == words
    assert "You are Alice." not in first.get_text() and "Your roof" not in first.get_text()
    (brief,) = [each for each in second.select(".brief") if "Your roof leaks." in each.get_text()]
    assert brief.h3.get_text() == "Tajikistan"
    (form,) = second.select(".rules")  # the record has the rules of the table, and no brief
    assert [rule.get_text() for rule in form.find_all("li")] == ["One no stops a text.", "Russia answers last."]
    assert "To whose text" in second.get_text()
    with pytest.raises(ValueError, match="packets.yml, origins: 0 lines of Decide begin with 'Your house'"):
        written("Your house")


def test_groups_that_advise_one_government_cannot_stop_a_text(sheet):
    words = sheet(CHAPTER, "record").get_text()
    assert "One no" not in words and "At the table" not in words and "To whose text" not in words


def test_the_organizer_tables_and_parts_of_the_plan_are_taken_from_it(sheet):
    table = {"table": "Plan", "columns": ["Minutes"], "of": "plan"}
    shown = sheet(CHAPTER, {"say": "Use it."}, "organizer", table, {"plan": "at-the-table"})
    words = shown.get_text()
    assert "Sheet A1: One" in words and "in one sentence: Who asks?" in words
    assert "Use it." in words and "0–3" in words and "read aloud" not in words
    assert shown.find("h3", string="At the table") and "Russia answers last." in words


def test_a_sheet_of_the_outcome_has_it_with_two_questions(sheet):
    chapter = f"## Decide\n\n{DECISION}"
    shown = sheet(chapter, "outcome", time="after")
    assert "It rained." in shown.get_text() and "Act." not in shown.get_text()
    assert len(shown.select(".questions li")) == 2
    shown = sheet(chapter, {"outcome": {"without": ["It rained"]}}, time="after")
    assert "It rained." not in shown.get_text()
    with pytest.raises(ValueError, match="no sentence of the outcome begins with 'It snowed'"):
        sheet(chapter, {"outcome": {"without": ["It snowed"]}}, time="after")


def test_a_sheet_has_the_best_case_of_each_side_with_the_fact_that_is_left_to_the_reader(sheet):
    side = ":::{{side}} {}\n* It is {}.\n* Your third fact: …\n:::\n"
    chapter = "::::{two-sides}\n" + side.format("For", "quick") + side.format("Against", "late") + "::::"
    shown = sheet(chapter, "sides", time="after")
    assert [each.get_text() for each in shown.select("strong")] == ["For", "Against"]
    assert [each.get_text() for each in shown.select("li")][1::2] == ["Your third fact: …"] * 2


def test_a_sheet_may_have_lines_for_the_sentence_of_a_group(sheet):
    lines = sheet(CHAPTER, "lines").select_one(".lines").get_text()
    assert "in one sentence" in lines and lines.count("_" * 80) == 3


def test_a_sentence_may_name_the_address_of_its_chapter():
    said = str(load()["rasht-insurgency"])
    assert page_address("chapters/rasht-insurgency") in said and "{address}" not in said


def test_a_homework_reader_has_the_content_note_the_scene_all_tasks_numbered_sources_and_no_fold(page):
    words = "It began.{cite:p}`ria-2010-06-11` It went on.{cite:p}`xinhua-2010-06-12a` Again.{cite:p}`ria-2010-06-11`"
    chapter = page.read(f"## The story\n\n{words}\n\n:::{{dropdown}} More\nHidden.\n:::\n\n{CHAPTER}")
    note = nodes.admonition("", nodes.title("", "Content note"), nodes.paragraph("", "It counts dead."))
    chapter[0].insert(1, make("div", make("p", nodes.Text("A scene.")), note, classes=["opening"]))
    added = [make("h2", nodes.Text("The other task"))]
    reader = BeautifulSoup(homework(page.app.builder, chapter, "origins", added), "html.parser")
    order = "It counts dead.*A scene.*It began.*Third.*The other task.*Stop here"
    assert re.search(order, reader.get_text(), re.S) and "Hidden" not in reader.get_text()
    assert [link["href"] for link in reader.select("sup a")] == ["#note-1", "#note-2", "#note-1"]
    sources = [item.get_text() for item in reader.select(".sources li")]
    assert sources == ["RIA Novosti, 11 June 2010", "Xinhua, 12 June 2010"]


def first_day_of(key):
    """First day on which a source may have been published; one without a date counts as old."""
    parts = re.split("[-/]", bibliography()[key].fields.get("date", "1"))[:3]
    return date(*map(int, [*parts, 1, 1][:3]))


@each_chapter
def test_what_is_read_at_home_rests_on_nothing_younger_than_the_decision_unless_it_says_so(slug):
    read = contents.source(f"chapters/{slug}").partition("\n## Decide\n")[0]
    read = re.sub(r"^(:{3,})\{dropdown\}.*?^\1$", "", read, flags=re.M | re.S)
    for line in read.splitlines():  # a sentence each; {cite:t} prints the year
        keys = [key.strip() for each in re.findall(r"\{cite:p\}`([^`]+)`", line) for key in each.split(",")]
        for key in (key for key in keys if first_day_of(key) > day_of_decision(slug)):
            assert re.search(rf"\blater\b|\b{first_day_of(key).year}\b", re.sub("`[^`]+`", "", line)), f"{slug}: {line}"


# --- what the plans say of them


def test_the_other_task_that_is_printed_with_the_homework_asks_what_the_plan_asks():
    for slug, additions in at_home().items():
        said = " ".join(part.get("say", "") for each in additions for part in each["parts"])
        for asked in re.findall(r"which [^?]+\?", said):
            task = re.search(r"^\* \*\*A student who takes the other task\*\*.*$", source(slug), re.M)[0]
            assert f"*{asked}*" in task, f"packets.yml, {slug}: {asked}"
    assert at_home()["crisis-2010"]


def test_what_a_number_answers_at_home_is_the_question_in_class_of_its_sheet():
    said = at_home()["crisis-2010"][0]["parts"][0]["say"]
    asked = {
        int(number): question
        for numbers, question in re.findall(r"number ([\d, or]+), question (\d+)", said)
        for number in re.findall(r"\d", numbers)
    }
    for number, _, works_on, _ in table_of("crisis-2010", "One seating"):
        sheet = SHEETS["crisis-2010"]["before"][int(re.search(r"sheet A(\d)", works_on)[1]) - 1]
        assert re.search(rf"\b{asked.pop(int(number))}\*", str(sheet["parts"])), f"number {number}"
    assert asked == {}


@each_chapter
def test_the_page_links_what_is_printed(slug):
    for time in TIMES:
        link = f"<teaching/{slug}-{time}.html>`"
        assert link in source(slug) and link in source("start")
    for part in ("homework", "slides"):
        assert f"<teaching/{slug}-{part}.html>`" in source(slug), f"teaching/{slug}.md names no {part}"


def rows_of_sheets(slug):
    """Rows of the table of sheets of a plan: sheet, who holds it, lengths, copies, when it is collected."""
    return table_of(slug, "Sheets: who holds each, and when you collect it")


def sheets_named(slug, length):
    """What the table of sheets says for a class of some length: (time, number) -> when the sheet is collected."""
    named = {}
    for sheet, _, lengths, _, collected in rows_of_sheets(slug):
        for time, number in numbered(re.match(rf"{LETTERED}: ", sheet)[1]):
            assert 1 <= number <= len(SHEETS[slug][time]), f"teaching/{slug}.md: no sheet {number} {time} the box"
            if lengths == "all" or str(length) in lengths.split(", "):
                named[time, number] = collected
    return named


def numbered(words):
    """Sheets in a text: (time, number)."""
    times = {letter: time for time, letter in LETTERS.items()}
    lists = re.findall(LETTERED, words)
    return [(times[letter], int(number)) for each in lists for letter, number in re.findall(r"([AB])(\d+)", each)]


def given_out(cell):
    """Sheets that a cell of a plan gives out: (time, number)."""
    clauses = [clause for clause in cell.split("; ") if "give out" in clause]
    return {sheet for clause in clauses for sheet in numbered(clause)}


def on_sheets(slug, sheets):
    """Places and questions on some sheets."""
    places, questions, _ = parts_of([SHEETS[slug][time][number - 1] for time, number in sheets])
    return set(places), set(questions)


@each_chapter
def test_the_table_of_sheets_names_each_once(slug):
    table = rows_of_sheets(slug)
    named = [each for sheet, *_ in table for each in numbered(re.match(LETTERED, sheet)[1])]
    assert all(copies == "25" for _, who, _, copies, _ in table if who.startswith("everyone"))
    assert all(re.match(r"\d+", copies) for *_, copies, _ in table), "copies for 25"
    assert sorted(named) == sorted((time, number) for time in TIMES for number in range(1, len(SHEETS[slug][time]) + 1))
    assert {collected for *_, collected in table} == {"at the end", "never"}


@pytest.mark.parametrize("slug, length", PLANS)
def test_a_plan_gives_out_each_sheet_in_order_before_it_asks_about_it(slug, length):
    rows = plan(slug, length)
    decided = decision(rows)
    given, opened = set(), False
    for place, row in enumerate(rows):
        where = f"teaching/{slug}.md, {length} minutes, minute {row[0]}"
        more = given_out(row[2])
        assert not more & given, f"{where}: {more & given} given out twice"
        given |= more
        assert place >= decided or not [number for time, number in given if time == "after"], f"{where}: too early"
        assert (("before", 1) in given) == (place >= decided), f"{where}: the facts of the decision come with it"
        before, box, _ = row[2].partition("open the box")
        assert opened or not re.search(r"\bB\d", before), f"{where}: shown before the box"
        assert place >= decided or not box, f"{where}: the box is opened before the decision"
        opened = opened or bool(box)
        places, questions = on_sheets(slug, given)
        documents, asked = used_in(" ".join(row[2:4]))
        assert documents <= places, f"{where}: nobody holds {documents - places}"
        assert asked <= questions, f"{where}: nobody holds questions {asked - questions}"
    assert opened, f"teaching/{slug}.md, {length} minutes: nobody opens the box"
    assert given == set(sheets_named(slug, length)), f"teaching/{slug}.md, {length} minutes: sheets named and given out"


@pytest.mark.parametrize("slug, length", PLANS)
def test_sheets_are_collected_once_when_the_class_ends(slug, length):
    rows = plan(slug, length)
    collected = [re.findall(rf"\bcollect sheets? {LETTERED}", row[2]) for row in rows]
    assert not any(collected[:-1]) and len(collected[-1]) == 1, f"teaching/{slug}.md, {length} minutes: {collected}"
    assert set(numbered(collected[-1][0])) == {
        sheet for sheet, when in sheets_named(slug, length).items() if when == "at the end"
    }


@pytest.mark.parametrize("slug, length", PLANS)
def test_a_plan_closes_with_what_theory_says(slug, length):
    start, end, *cells = plan(slug, length)[-1]
    assert end - start >= (5 if length == 50 else 10)
    assert "theory" in " ".join(cells).lower(), f"teaching/{slug}.md, {length} minutes"
    points = section(section(source(slug), "## What stands on the board at the end"), "### What theory says")
    assert len(re.findall(r"^(?:\d\.|\*) ", points, re.M)) >= 3 and "{cite:p}" in points, f"teaching/{slug}.md"
