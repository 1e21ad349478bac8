"""The pages for teachers: plans that add up, no outcome before the decision, one source for rubrics and objectives."""

import re

import pytest
from support.teaching import (
    LATER_PARTS,
    LENGTHS,
    decision,
    explorer_states,
    faults_in_minutes,
    plan,
    rows_of,
    section,
    source,
    table_of,
    used_in,
)

from casebook import contents
from casebook.contents import chapters
from casebook.datapackage import rows
from casebook.quizzes import load_quiz
from press.model import alignment, assignments, rubrics

PARTS = (
    "75 minutes; What students bring; When time runs out; What stands on the board at the end; "
    "The planned disagreement; Likely wrong answers; What you collect and mark; Other lengths; "
    "Notes on the questions; Who has not read, and who knows the region"
)
#: What explorers may show before the decision.
EARLY_STATES = {
    "membership": r"year=(19\d\d|200[0-7])",
    "june": r"june=(\d|1[0-3])",
    "toll": r"believe=[\w ]+&until=the second day",
    "valley": r"month=.*(2009|(July|August|September) 2010)",
    "border": r"day=\d+ (June|July|August)",
    "program": r"year=20(1\d|20)",
    "recode": r"(?!)",
    "promise": r"provision=(Help against terrorism|Use of the Central Asian force)",
    "predict": r"case=Case [ABDG]",
}
each_chapter = pytest.mark.parametrize("slug", chapters())
each_plan = pytest.mark.parametrize("slug, length", [(slug, each) for slug in chapters() for each in LENGTHS])


# --- the plans


@each_chapter
def test_every_chapter_has_a_lesson_plan_with_all_its_parts(slug):
    text = source(slug)
    assert "; ".join(re.findall(r"^## (.+)$", text, re.M)) == PARTS, f"teaching/{slug}.md"
    collected = section(text, "## What you collect and mark")
    assert re.findall(r"^\* \*\*(.+?)\.\*\*", collected, re.M) == ["Collected", "Marked", "Homework after it"]
    for place in ("(rubrics.md)", f"{slug}.md#check-yourself)", f"{slug}.md#assignment)"):
        assert place in collected, f"teaching/{slug}.md: {place} is not marked or set as homework"
    last = section(text, "## Who has not read, and who knows the region")
    assert "who has not read**" in last and "who knows the region**" in last


@each_plan
def test_the_minutes_of_a_plan_add_up(slug, length):
    assert faults_in_minutes(plan(slug, length), length, filled=5 / 6) == []


@each_plan
def test_a_plan_has_one_decision_a_box_after_it_and_says_who_does_what(slug, length):
    table = plan(slug, length)
    assert all(len(row) == 5 and all(row[2:]) for row in table), "an empty cell"
    decided = [place for place, row in enumerate(table) if row[4].startswith(f"[Decide](../chapters/{slug}.md#decide)")]
    opened = [place for place, row in enumerate(table) if "open the box" in row[2]]
    assert len(decided) == len(opened) == 1, f"{len(decided)} decisions, {len(opened)} boxes opened"
    assert decided[0] <= opened[0] <= decided[0] + 4, "alone, in groups, together, the vote, then the box"
    assert "open the box *What happened next*" in table[opened[0]][2], "the box is named as the page names it"
    assert "min alone" in table[decided[0]][3], "students decide alone first"
    assert sum(row[2] == "break" for row in table) == (length == 180)


@each_chapter
def test_one_sentence_is_read_aloud_and_comes_back_at_the_end(slug):
    plans = [plan(slug, length) for length in LENGTHS]
    aloud = {re.match(r"read aloud: \*(.+?)\*", table[0][2])[1] for table in plans}
    assert len(aloud) == 1, f"teaching/{slug}.md: {aloud} are read aloud"
    for table, length in zip(plans, LENGTHS):
        voted = "vote" in " ".join(row[2] + row[3] for row in table[-3:])
        assert voted or "first sentence" in table[-2][3] + table[-1][3], f"teaching/{slug}.md, {length} minutes"


@each_chapter
def test_minutes_that_are_named_under_the_plans_are_rows_of_them(slug):
    text = source(slug)
    spans = {length: {row[:2] for row in plan(slug, length)} for length in LENGTHS}
    named = re.findall(r"(\d+)–(\d+)(?: and \d+–\d+)? of (90|50|75|180)\b", text)
    assert named, f"teaching/{slug}.md names no minutes"
    for start, end, length in named:
        assert (int(start), int(end)) in spans[int(length)], f"teaching/{slug}.md: no row {start}–{end} of {length}"
    for length in LENGTHS:
        for heading in ("What stands on the board at the end", "The planned disagreement"):
            assert f" of {length}" in section(text, f"## {heading}"), f"teaching/{slug}.md, {heading}: at which minute?"
        table = plan(slug, length)
        start, end = table[decision(table)][:2]
        assert f"{start}–{end} of {length}" in text, f"teaching/{slug}.md: what is done in *Decide* of {length}?"


@each_plan
def test_no_plan_shows_an_outcome_before_the_decision(slug, length):
    table = plan(slug, length)
    for row in table[: decision(table) + 1]:
        words = " ".join(row[2:])
        later = LATER_PARTS[slug].intersection(re.findall(rf"\.\./chapters/{slug}\.(?:md|html)#([\w-]+)", words))
        later |= {
            f"{name}?{state}"
            for _, name, state in explorer_states(row[4])
            if name in EARLY_STATES and not re.fullmatch(EARLY_STATES[name], state)
        }
        later |= LATER_PARTS[slug] & used_in(words)[0]
        assert not later, f"teaching/{slug}.md, {length} minutes, minute {row[0]}: shows {later} before the decision"


@each_chapter
def test_wrong_answers_notes_and_follow_ups_are_enough(slug):
    text, chapter = source(slug), contents.source(f"chapters/{slug}")
    wrong = rows_of(section(text, "## Likely wrong answers"))
    assert len(wrong) >= 6, f"teaching/{slug}.md: {len(wrong)} wrong answers"
    disagreement = section(text, "## The planned disagreement")
    assert "*Opening question.*" in disagreement and "*Closing vote.*" in disagreement
    assert re.findall(r"^(\d)\. ", disagreement, re.M) == ["1", "2", "3"]
    notes = section(text, "## Notes on the questions")
    documents = re.findall(r"^### Questions on the (?:later )?documents\n(.*?)^## ", chapter, re.M | re.S)
    asked = re.findall(r"^(\d+)\. ", "".join(documents), re.M)
    assert asked and re.findall(r"^(\d+)\. ", notes, re.M) == asked, f"teaching/{slug}.md: questions {asked} are asked"
    discussed = re.findall(r"^\* \*\*", section(chapter, "### Discussion"), re.M)
    noted = re.findall(r"^\* \*", section(notes, "### Discussion"), re.M)
    assert len(noted) == len(discussed) >= 3, f"teaching/{slug}.md: a note on each discussion question"


# --- what a plan counts


def reported_deaths(event):
    """Rows of data/reported-figures.csv on an event that give a whole day, in the order of the days."""
    found = [row for row in rows("reported-figures") if row["event_id"] == event and row["measure"] == "deaths"]
    return sorted((row for row in found if len(row["date_reported"]) == 10), key=lambda row: row["date_reported"])


def test_what_each_rule_of_choosing_prints_is_what_the_table_gives():
    deaths = reported_deaths("rasht-2010-09-19-kamarob-ambush")
    reports = [
        (int(row["value"] or row["low"] or row["high"]), row) for row in deaths if row["date_reported"] <= "2010-09-20"
    ]

    def span(kind):
        numbers = [number for number, row in reports if row["reporter_kind"] == kind]
        return f"{min(numbers)} to {max(numbers)}"

    everything = [number for number, _ in reports]
    first = [str(number) for number, row in reports if "the first number of the day" in row["note"]]
    expected = [span("official"), span("unnamed source"), str(min(everything)), str(max(everything)), *first]
    shown = table_of(
        "rasht-insurgency", "Six rules of choosing, and what each prints from the reports of the first two days"
    )
    assert [row[1] for row in shown[:5]] == expected and len(shown) == 6
    assert "one ministry" in shown[0][2]
    officials = [row["reporter"] for _, row in reports if row["reporter_kind"] == "official"]
    assert all("Defense Ministry" in reporter for reporter in officials), officials


def test_the_reports_on_the_sheet_are_those_of_the_table():
    deaths = reported_deaths("rasht-2010-09-19-kamarob-ambush")
    left = [row for row in deaths if row["date_reported"] <= "2010-09-20"]

    def kind(who):
        return "news outlet" if who == "not said" else "unnamed source" if who.startswith("unnamed") else "official"

    caption = "Reports of 19 and 20 September: who counted, and who printed it"
    for day, who, outlets, dead in table_of("rasht-insurgency", caption):
        date, number = f"2010-09-{day[:2]}", re.search(r"\d+", dead)[0]
        bound = "low" if re.match("at least|more than", dead) else "value"
        if "high-ranking" in who:  # no row of its own, but a note on the ministry's
            assert number == next(row["value"] for row in deaths if "a high-ranking government source" in row["note"])
            continue
        for outlet in outlets.split(", "):
            same = [row for row in left if (row["date_reported"], row[bound]) == (date, number)]
            found = [row for row in same if row["reporter_kind"] == kind(who) and outlet in row["reporter"]]
            assert found, f"{day}, {who}, {outlet}: {dead}"
            left.remove(found[0])
    assert left == [], "reports that are not on the sheet"


def test_the_rules_on_the_board_are_in_the_words_of_document_4():
    chapter = " ".join(contents.source("chapters/rasht-insurgency").split())
    document = re.search(r":::\{document\} 4\. .*? ::: ", chapter)[0]
    (row,) = [row for row in table_of("rasht-insurgency", "Board: The Rasht insurgency") if "Which rule?" in row[0]]
    words = re.findall(r"\*([^*]+)\*", row[1])
    assert len(words) >= 4 and [each for each in words if each not in document] == []


def test_what_the_list_of_rules_answers_is_what_its_table_has():
    def fit(rule, who, year):
        for row in rows("rules"):
            named = row["rule"].startswith(rule) and row["rules_of"] == year
            if named and row["who_fights"] in ("any", who) and row["it_is"] in ("any", "terrorism"):
                return row["fit"].lower()
        return "not in the list"

    caption = "What the list of rules answers, September 2010 and end of 2012, if it is terrorism"
    columns = (
        ("men of the valley", "September 2010"),
        ("a group from across the border", "September 2010"),
        ("men of the valley and some from abroad", "September 2010"),
        ("men of the valley", "end of 2012"),
    )
    of_document_4 = ("Treaty, Article 2", "Treaty, Article 4", "Agreement of 2000", "Medvedev's test")
    for rule, (_, *answers) in zip(of_document_4, table_of("rasht-insurgency", caption), strict=True):
        for (who, year), answer in zip(columns, answers, strict=True):
            assert fit(rule, who, year).startswith(re.split("[;:,]", answer)[0]), f"{who}, {year}, {rule}: {answer}"
    for who in ("men of the valley", "a group from across the border"):
        assert fit("Agreement of 2007", who, "September 2010").startswith("arguable")
    assert "stability" in fit("Treaty, Article 2", "men of the valley", "end of 2012")


def test_the_ministrys_counts_in_the_plan_are_those_of_the_table():
    deaths = reported_deaths("crisis-2010-06-10-osh-violence")
    first, *_, last = [row for row in deaths if row["reporter"] == "Health Ministry"]
    assert (first["low"], first["date_reported"]) == ("75", "2010-06-12")
    assert (last["value"], last["date_reported"][:7]) == ("393", "2010-08")
    assert "| At least 75 on 12 June, 393 in August. |" in source("crisis-2010")


@pytest.mark.parametrize("slug", ["crisis-2010", "rasht-insurgency", "afghan-border-2021", "comparison"])
def test_the_other_task_has_a_length_a_question_and_a_way_to_be_marked(slug):
    task = re.search(r"^\* \*\*A student who takes the other task\*\*.*$", source(slug), re.M)[0]
    words = 120 if slug == "crisis-2010" else 300
    assert f"{words} words" in task and re.search(r"\*[^*]+\?\*", task)
    assert "(sensitive-topics.md#the-other-task)" in task
    assert "in the last part of this page" in source(slug), "it is named to everybody a week before"


def test_the_criteria_of_the_other_task_are_those_of_the_rubric():
    points = {criterion["name"]: criterion["points"] for criterion in rubrics.load()["seminar"]["criteria"]}
    line = re.search(r"^Mark it .*$", section(source("sensitive-topics"), "### The other task"), re.M)[0]
    counted = re.findall(r"\*([^*]+)\*", line)
    assert sum(points[name] for name in counted) == int(re.search(r"(\d+) points in all", line)[1])
    assert set(points) - set(counted) == {"Listening"}


def test_the_minutes_of_preparation_add_up():
    part = section(source("start"), "## Prepare a first class")
    assert "two hours for a class of 50 minutes" in part
    assert sum(map(int, re.findall(r"^\| (\d+) \|", part, re.M))) == 120


# --- rubrics and objectives


def test_every_chapter_has_a_rubric_and_so_have_the_simulation_and_the_seminar():
    assert list(rubrics.load()) == [*chapters(), "council-memo", "seminar"]


def test_every_task_says_the_rules_of_its_rubric():
    places = {slug: (f"chapters/{slug}", "### Assignment") for slug in chapters()}
    places["council-memo"] = ("teaching/simulation/council-june-2010", "## What to mark")
    for name, (page, heading) in places.items():
        task = section(contents.source(page), heading)
        for rule in rubrics.load()[name]["rules"]:
            assert f"\n{rule}\n" in task, f"{page}.md does not say {rule!r}"


@each_chapter
def test_a_level_earns_what_its_words_say(slug):
    rubric = rubrics.load()[slug]
    assert rubric["levels"] == ["Missing", "Basic", "Sound", "Strong"]
    assert rubrics.totals(rubric) == [0, 34, 66, 100]
    straw_man = [criterion["levels"][0] for criterion in rubric["criteria"] if criterion["name"] == "Other side"]
    assert all(text.startswith("none") and "straw man" in text for text in straw_man)


@pytest.mark.parametrize(
    "lines, message",
    [
        (["Sources: Sound; dates them"], "criteria Sources; accepted, in this order: Sources, Treaty text, "),
        (["Sources: Good; dates them"], "write a level, of Missing, Basic, Sound, Strong, and a reason"),
        (["Sources: Sound"], "write a level, of Missing, Basic, Sound, Strong, and a reason"),
    ],
)
def test_a_mark_without_level_or_reason_is_refused(lines, message):
    others = [f"{name}: Basic; names it" for name in ("Treaty text", "Data", "Other side", "Advice")]
    with pytest.raises(ValueError, match=f"marks for origins.*{message}"):
        rubrics.marks("origins", lines if "accepted" in message else lines + others)


@pytest.mark.parametrize(
    "line, fault, message",
    [
        ("  task: ", "  homework: ", "rubric origins: `task` is missing"),
        ("points: 25", "points: 24", "points add up to 99"),
        ("        - names documents\n", "", r"criterion Sources: 4 text\(s\) are needed"),
    ],
)
def test_a_faulty_rubric_is_refused_by_name(tmp_path, line, fault, message):
    faulty = tmp_path / "rubrics.yml"
    faulty.write_text(rubrics.SOURCE.read_text(encoding="utf-8").replace(line, fault, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        rubrics.load(faulty)


@each_chapter
def test_every_objective_is_practiced_and_assessed(slug):
    links = [row for row in alignment.links() if row["chapter"] == slug]
    goals = alignment.objectives(slug)
    header = contents.source(f"chapters/{slug}").split("\n## ")[0]
    assert list(goals) == re.findall(r"^(\d)\. ", header, re.M), f"{slug}: an objective was not read"
    assert {row["objective"] for row in links} == set(goals)
    assert all(row["activity"] and row["assessment"] for row in links)
    in_quiz = {row["objective"] for row in links if row["assessment"].startswith("quiz")}
    assert set(goals) - in_quiz <= {max(goals)}, f"{slug}: only the last objective may be left to the assignment"


@each_chapter
def test_every_question_criterion_and_task_assesses_an_objective(slug):
    used = {row["assessment"] for row in alignment.links() if row["chapter"] == slug}
    assert all(alignment.assessment(slug, name) for name in used)
    questions = {f"quiz {number}" for number in range(1, len(load_quiz(slug)) + 1)}
    criteria = {f"assignment: {criterion['name']}" for criterion in rubrics.load()[slug]["criteria"]}
    in_data = {name for name in used if name.startswith("data tasks ")}
    assert used - in_data == questions | criteria
    assert {number for name in in_data for number in name.split()[2:]} == set(assignments.of_chapters()[slug].tasks)


@pytest.mark.parametrize(
    "name, message",
    [
        ("quiz 99", "no question 99"),
        ("exam", "accepted: quiz and a number"),
        ("assignment: Beauty", "no assessment"),
        ("data tasks 1 7", "numbers from 1, 2, 3, 4, 5, 6"),
    ],
)
def test_an_assessment_that_does_not_exist_is_refused(name, message):
    with pytest.raises(ValueError, match=message):
        alignment.assessment("origins", name)


def test_the_lines_that_a_dropped_chapter_needs_changed_are_still_there():
    changes = re.findall(r"In `(chapters/[\w-]+)\.md`.*?```python\n(.*?)```", source("adapt"), re.S)
    assert [page for page, _ in changes] == ["chapters/timeline"]
    for page, code in changes:
        start = code.strip().splitlines()[0].rstrip("[")
        assert start in contents.source(page), f"teaching/adapt.md: {page}.md has no line that begins with {start!r}"


# --- marked memos


def marked_memos():
    """Memos of the page: chapter, words of the memo, number of later uses, lines of marks."""
    text = source("marked-memos")
    found = re.findall(
        r"^### .+\n\n((?:>.*\n)+)\n```\{marks\} (\S+) .+\n((?::later: \d+\n)?)((?:.+\n)+?)```", text, re.M
    )
    for memo, slug, later, lines in found:
        yield slug, memo.replace(">", " ").split(), int(later.strip(":later \n") or 0), lines.splitlines()


@each_chapter
def test_a_chapter_has_a_strong_and_a_weak_memo_whose_points_add_up(slug):
    (strong, weak), given = [memo for memo in marked_memos() if memo[0] == slug], rubrics.load()[slug]
    totals = []
    for _, words, later, lines in (strong, weak):
        assert 250 <= len(words) <= 350, f"a memo for {slug} has {len(words)} words"
        *cells, (_, _, total, _) = rubrics.marks(slug, lines, later)
        points = [tuple(map(int, cell[2].split(" of "))) for cell in cells[: len(given["criteria"])]]
        assert [most for _, most in points] == [criterion["points"] for criterion in given["criteria"]]
        assert all(0 <= earned <= most for earned, most in points)
        totals.append(sum(earned for earned, _ in points) - 10 * later)
        assert total == f"{totals[-1]} of 100"
    assert totals[0] >= 90 and 0 <= totals[1] <= 34
