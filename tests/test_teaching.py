"""The pages for teachers: plans that add up, no outcome before the decision, one source for rubrics and objectives."""

import csv
import io
import json
import re
from urllib.parse import unquote

import pytest
import rubrics
import teaching_pages
import yaml
from bs4 import BeautifulSoup
from casebook.quizzes import load_quiz
from casebook.usage import chapters
from pages import BOOK
from test_build import anchors_of, soup_of

PARTS = ["What students bring", "50 minutes", "75 minutes", "180 minutes", "What stands on the board at the end",
         "The planned disagreement", "When time runs out", "Likely wrong answers", "Notes on the questions",
         "Who has not read, and who knows the region"]
LENGTHS = (50, 75, 180)
#: What a plan may not show before the decision: anchors of the chapter, and states of explorers beyond the day.
LATER_PARTS = {
    "origins": ["what-the-core-reading-got-right-and-wrong"],
    "crisis-2010": ["document-d", "document-e", "document-f", "figure-5", "figure-6", "what-came-of-it", "was-nothing-offered",
                    "which-reasons-were-given", "who-held-out-belarus-or-uzbekistan"],
    "rasht-insurgency": ["documents-e-and-f", "what-came-of-it", "what-the-article-chose", "what-was-it-said-to-be", "rules",
                         "figure-3", "figure-4", "figure-5"],
    "afghan-border-2021": ["documents-e-and-f", "what-came-of-it", "what-the-articles-left-out", "audit",
                           "figure-3", "figure-4", "figure-5"],
    "comparison": ["what-came-of-it", "a-truth-table", "how-many-days", "rule", "conditions", "figure-3", "figure-4"],
}
LATER_STATES = {
    "membership": lambda state: int(state["year"]) > 2007,
    "june": lambda state: int(state["june"]) > 13,
    "toll": lambda state: state["until"] != "the second day",
    "valley": lambda state: state["month"][-4:] == "2011" or state["month"] in ("October 2010", "November 2010", "December 2010"),
    "border": lambda state: not re.fullmatch(r"\d+ June|[1-7] July", state["day"]),
    "program": lambda state: int(state["year"]) > 2020,
    "predict": lambda state: state["case"][-1] not in "ABDG" or state["my_prediction"] != "not yet",
}
each_chapter = pytest.mark.parametrize("slug", chapters())
each_plan = pytest.mark.parametrize("slug, length", [(slug, length) for slug in chapters() for length in LENGTHS])


def source(name):
    return (BOOK / "teaching" / f"{name}.md").read_text(encoding="utf-8")


def plan(slug, length):
    """Rows of the plan of that length, cell by cell, the first column as (start, end)."""
    section = source(slug).split(f"\n## {length} minutes\n")[1].split("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if re.match(r"\| \d", line)]
    return [(*map(int, row[0].split("–")), *row[1:]) for row in rows]


def ninety_minutes(slug):
    """Rows of the plan that stands in the chapter itself."""
    section = (BOOK / "chapters" / f"{slug}.md").read_text(encoding="utf-8").split("\n### One class of 90 minutes\n")[1].split("\n### ")[0]
    return [tuple(map(int, found)) for found in re.findall(r"^\| (\d+)–(\d+) \|", section, re.M)]


# --- the plans


@each_chapter
def test_every_chapter_has_a_lesson_plan_with_all_its_parts(slug):
    headings = re.findall(r"^## (.+)$", source(slug), re.M)
    assert headings == PARTS, f"teaching/{slug}.md: parts missing or out of order: {headings}"
    assert f"(../chapters/{slug}.md#one-class-of-90-minutes)" in source(slug)


@each_plan
def test_the_minutes_of_a_plan_add_up(slug, length):
    rows = plan(slug, length)
    where = f"teaching/{slug}.md, {length} minutes"
    assert rows[0][0] == 0 and rows[-1][1] == length, f"{where}: it runs from {rows[0][0]} to {rows[-1][1]}"
    for before, after in zip(rows, rows[1:]):
        assert before[1] == after[0], f"{where}: after minute {before[1]} comes minute {after[0]}"
    for start, end, *cells in rows:
        assert start < end, f"{where}: {start}–{end}"
        pieces = [int(number) for number in re.findall(r"(\d+) min\b", " ".join(cells))]
        assert not pieces or sum(pieces) == end - start, f"{where}, {start}–{end}: the pieces make {sum(pieces)} minutes"


@each_chapter
def test_the_minutes_of_the_plan_in_the_chapter_add_up(slug):
    rows = ninety_minutes(slug)
    assert rows[0][0] == 0 and rows[-1][1] == 90
    assert all(before[1] == after[0] for before, after in zip(rows, rows[1:])), rows


@each_plan
def test_a_plan_has_one_decision_a_box_after_it_and_says_who_does_what(slug, length):
    rows = plan(slug, length)
    decided = [number for number, row in enumerate(rows) if row[4].startswith(f"[Decide](../chapters/{slug}.md#decide)")]
    opened = [number for number, row in enumerate(rows) if "open the box" in row[2]]
    assert len(decided) == len(opened) == 1, f"teaching/{slug}.md, {length} minutes: {len(decided)} decisions, {len(opened)} boxes opened"
    assert decided[0] <= opened[0] <= decided[0] + 1
    assert all(len(row) == 5 and all(row[2:]) for row in rows), f"teaching/{slug}.md, {length} minutes: an empty cell"
    assert "min alone" in rows[decided[0]][3], "students decide alone first"
    if length == 180:
        assert sum(row[2] == "break" for row in rows) == 1


def states(text):
    """Links into explorers: chapter, name of the explorer, state."""
    for slug, name, state in re.findall(r'href="\.\./chapters/([\w-]+)\.html#(\w+)\?([^"]+)"', text):
        pairs = unquote(state.replace("&amp;", "&"))
        yield slug, name, dict(pair.split("=", 1) for pair in pairs.split("&"))


@each_plan
def test_no_plan_shows_an_outcome_before_the_decision(slug, length):
    rows = plan(slug, length)
    decided = next(number for number, row in enumerate(rows) if "#decide)" in row[4])
    for row in rows[: decided + 1]:
        anchors = re.findall(rf"\.\./chapters/{slug}\.(?:md|html)#([\w-]+)", " ".join(row[2:]))
        later = [anchor for anchor in anchors if anchor in LATER_PARTS[slug]]
        later += [f"{name} {state}" for _, name, state in states(row[4]) if name in LATER_STATES and LATER_STATES[name](state)]
        if slug in ("crisis-2010", "rasht-insurgency", "afghan-border-2021"):
            later += re.findall(r"Documents? (?:D and )?[EF]\b", " ".join(row[2:]))
        assert not later, f"teaching/{slug}.md, {length} minutes, minute {row[0]}: shows {later} before the decision"


@each_chapter
def test_every_link_to_a_state_leads_to_an_explorer_and_a_state_that_exist(book, slug):
    found = list(states(source(slug)))
    assert found, f"teaching/{slug}.md links no state of an explorer"
    for chapter, name, state in found:
        form = soup_of(book, f"chapters/{chapter}.html").select_one(f'form.explorer[data-explorer="{name}"]')
        assert form, f"teaching/{slug}.md: {chapter} has no explorer {name!r}"
        key = "&".join(f"{control}={value}" for control, value in state.items())
        assert form.select(f'.explorer-frame[data-key="{key}"]'), f"teaching/{slug}.md: explorer {name!r} has no state {key!r}"


@each_chapter
def test_wrong_answers_notes_and_follow_ups_are_enough(slug):
    text = source(slug)
    part = lambda heading: text.split(f"\n## {heading}\n")[1].split("\n## ")[0]  # noqa: E731
    wrong = re.findall(r"^\| (?!Students say)", part("Likely wrong answers"), re.M)
    assert len(wrong) >= 6, f"teaching/{slug}.md: {len(wrong)} wrong answers"
    disagreement = part("The planned disagreement")
    assert "*Opening question.*" in disagreement and "*Closing vote.*" in disagreement
    assert re.findall(r"^(\d)\. ", disagreement, re.M) == ["1", "2", "3"]
    notes = part("Notes on the questions")
    chapter = (BOOK / "chapters" / f"{slug}.md").read_text(encoding="utf-8")
    documents = chapter.split("\n### Questions on the documents\n")[1].split("\n## ")[0]
    asked = re.findall(r"^(\d+)\. ", documents, re.M)
    assert re.findall(r"^(\d+)\. ", notes, re.M) == asked, f"teaching/{slug}.md: the chapter asks questions {asked}"
    assert len(re.findall(r"^\* \*", notes, re.M)) == 4, f"teaching/{slug}.md: notes on the four discussion questions"
    last = part("Who has not read, and who knows the region")
    assert "who has not read**" in last and "who knows the region**" in last


# --- answers stay out of the search


@pytest.fixture(scope="module")
def search_index(book):
    text = (book / "searchindex.js").read_text(encoding="utf-8")
    return json.loads(text[text.index("(") + 1 : text.rindex(")")])


@each_chapter
def test_answers_are_not_in_the_search_and_ask_to_be_left_out(book, search_index, slug):
    page = soup_of(book, f"teaching/{slug}.html")
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"
    assert "holds answer notes" in page.select_one("article p").text, "the first line says what the page holds"
    place = search_index["docnames"].index(f"teaching/{slug}")
    for kind in ("terms", "titleterms"):
        words = [word for word, pages in search_index[kind].items() if place in (pages if isinstance(pages, list) else [pages])]
        assert words == [], f"teaching/{slug}: the search finds it by {words[:5]}"


def test_other_pages_for_teachers_are_in_the_search(search_index):
    place = search_index["docnames"].index("teaching/rubrics")
    assert any(place in (pages if isinstance(pages, list) else [pages]) for pages in search_index["terms"].values())


# --- rubrics: one source


def cells_of(table):
    """Words of a table on a page, quotation marks and apostrophes as they are typed."""
    typed = str.maketrans("“”‘’", "\"\"''")
    return [[" ".join(cell.get_text().translate(typed).split()) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]


def as_shown(rubric):
    return [[cell.replace("**", "") for cell in row] for row in [rubrics.header(rubric), *rubrics.rows(rubric)]]


def test_every_chapter_has_a_rubric_and_so_have_the_simulation_and_the_seminar():
    assert list(rubrics.load()) == [*chapters(), "council-memo", "seminar"]


@each_chapter
def test_the_rubric_in_the_chapter_is_that_of_the_file(book, slug):
    rubric = rubrics.load()[slug]
    section = soup_of(book, f"chapters/{slug}.html").find(id="assignment")
    assert cells_of(section.table) == as_shown(rubric)
    task = (BOOK / "chapters" / f"{slug}.md").read_text(encoding="utf-8").split("\n### Assignment\n")[1].split("\n### ")[0]
    for rule in rubric["rules"]:
        assert f"\n{rule}\n" in task, f"chapters/{slug}.md: the assignment does not say {rule!r}"


def test_page_table_and_sheets_are_made_from_the_file(book):
    loaded = rubrics.load()
    page = soup_of(book, "teaching/rubrics.html").article
    assert [cells_of(table) for table in page.find_all("table")] == [as_shown(rubric) for rubric in loaded.values()]
    rows = list(csv.DictReader(io.StringIO((book / "teaching" / "rubrics.csv").read_text(encoding="utf-8"))))
    expected = [
        (name, criterion["name"], str(criterion["points"]), text)
        for name, rubric in loaded.items()
        for criterion in rubric["criteria"]
        for text in criterion.get("levels", [criterion.get("standard")])
    ]
    assert [(row["rubric"], row["criterion"], row["points"], row["text"]) for row in rows] == expected
    sheets = BeautifulSoup((book / "teaching" / "rubrics-print.html").read_text(encoding="utf-8"), "html.parser")
    for name, rubric in loaded.items():
        printed = [row[:-1] for row in cells_of(sheets.find(id=name).table)]  # the last column waits for points
        assert printed == as_shown(rubric)
    assert not sheets.find_all(["script", "link", "img"])


def test_the_simulation_shows_the_rubric_of_the_file(book):
    section = soup_of(book, "teaching/simulation/council-june-2010.html").find(id="what-to-mark")
    assert cells_of(section.table) == as_shown(rubrics.load()["council-memo"])


@pytest.mark.parametrize("change, message", [
    (lambda rubric: rubric.pop("task"), "rubric origins: `task` is missing"),
    (lambda rubric: rubric["criteria"][0].update(points=24), "points add up to 99"),
    (lambda rubric: rubric["criteria"][0]["levels"].pop(), r"criterion Sources: 3 text\(s\) are needed"),
])
def test_a_faulty_rubric_is_refused_by_name(tmp_path, change, message):
    loaded = rubrics.load()
    change(loaded["origins"])
    faulty = tmp_path / "rubrics.yml"
    faulty.write_text(yaml.safe_dump(loaded), encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        rubrics.load(faulty)


# --- alignment


@each_chapter
def test_every_objective_is_practiced_and_assessed(slug):
    rows = [row for row in teaching_pages.links() if row["chapter"] == slug]
    goals = teaching_pages.objectives(slug)
    header = (BOOK / "chapters" / f"{slug}.md").read_text(encoding="utf-8").split("## Briefing")[0]
    assert list(goals) == re.findall(r"^(\d)\. ", header, re.M), f"{slug}: an objective was not read"
    assert {row["objective"] for row in rows} == set(goals), f"{slug}: objectives without a row, or rows without an objective"
    assert all(row["activity"] and row["assessment"] for row in rows)
    only_written = {row["objective"] for row in rows} - {row["objective"] for row in rows if row["assessment"].startswith("quiz")}
    assert only_written <= {max(goals)}, f"{slug}: by the page at most the last objective is left to the assignment; here {only_written}"


@each_chapter
def test_every_activity_and_assessment_of_the_table_exists(book, slug):
    for row in teaching_pages.links():
        if row["chapter"] == slug:
            assert teaching_pages.assessment(slug, row["assessment"])
    used = {row["assessment"] for row in teaching_pages.links() if row["chapter"] == slug}
    questions = {f"quiz {number}" for number in range(1, len(load_quiz(slug)) + 1)}
    criteria = {f"assignment: {criterion['name']}" for criterion in rubrics.load()[slug]["criteria"]}
    used_tasks = {number for name in used if name.startswith("data tasks ") for number in name.split()[2:]}
    assert used_tasks == set(teaching_pages.data_assignments()[slug][1]), f"{slug}: tasks that assess no objective, or are not there"
    written = {name for name in used if not name.startswith("data tasks ")}
    assert questions | criteria == written, f"{slug}: assesses no objective: {sorted((questions | criteria) - written)}"
    links = soup_of(book, "teaching/alignment.html").select(f'article td a[href^="../chapters/{slug}.html#"]')
    assert links and all(link["href"].split("#")[1] in anchors_of(book, f"chapters/{slug}.html") for link in links)


def test_the_page_shows_every_row_in_the_words_of_the_chapters(book):
    shown = [row[0] for table in soup_of(book, "teaching/alignment.html").article.find_all("table") for row in cells_of(table)[1:]]
    expected = [f"{row['objective']}. {teaching_pages.objectives(row['chapter'])[row['objective']]}" for row in teaching_pages.links()]
    assert shown == expected
    assert (book / "teaching" / "alignment.csv").read_bytes() == teaching_pages.ALIGNMENT.read_bytes()


UNKNOWN = [("quiz 99", "no question 99"), ("exam", "accepted: quiz and a number"), ("assignment: Beauty", "no assessment"),
           ("data tasks 1 7", "numbers from 1, 2, 3, 4, 5, 6")]


@pytest.mark.parametrize("name, message", UNKNOWN)
def test_an_assessment_that_does_not_exist_is_refused(name, message):
    with pytest.raises(ValueError, match=message):
        teaching_pages.assessment("origins", name)


# --- adapting the book


def test_the_lines_that_a_dropped_chapter_needs_changed_are_still_there():
    text = source("adapt")
    changes = re.findall(r"In `(chapters/[\w-]+\.md)`.*?```python\n(.*?)```", text, re.S)
    assert [page for page, _ in changes] == ["chapters/timeline.md", "chapters/comparison.md"]
    for page, code in changes:
        start = code.strip().splitlines()[0].rstrip("[")
        assert start in (BOOK / page).read_text(encoding="utf-8"), f"teaching/adapt.md: {page} has no line that begins with {start!r}"
