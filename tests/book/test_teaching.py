"""The built pages for teachers: links lead somewhere, rubrics and objectives have one wording, answers stay hidden."""

import csv
import re
from urllib.parse import parse_qsl

from support.builds import soup_of
from support.teaching import cells_of, explorer_states, source, words_that_find

from casebook.contents import BOOK, chapters
from press.model import alignment, rubrics
from press.model.book import repository

#: How the plan names the actors of the explorer.
ACTORS = {
    "In the south of Kyrgyzstan": "the south",
    "Kyrgyzstan, interim government": "Kyrgyzstan",
    "CSTO": "the CSTO",
    "A report from Washington": "a report from Washington",
}


# --- lesson plans


def test_every_lesson_plan_links_a_state_of_an_explorer():
    assert [slug for slug in chapters() if not explorer_states(source(slug))] == []


def test_who_has_news_on_which_day_of_june_is_what_the_explorer_shows(book):
    line = re.search(r"Who has news on which day: (.+?)\. Read", source("crisis-2010"))[1]
    said = {int(day): set(actors.split(", ")) for day, actors in re.findall(r"(\d+) June, (.+?)(?:;|$)", line)}
    assert set(said) == {8, 10, 11, 12, 13}
    assert sum(len(actors - {"nobody", "the south"}) for actors in said.values()) == 9
    assert "one sentence for each actor with news that day, nine in all" in source("crisis-2010")
    form = soup_of(book, "chapters/crisis-2010.html").select_one('form[data-explorer="june"]')
    for day, actors in said.items():
        table = form.select_one(f'.explorer-frame[data-key="june={day}"] table')
        fresh = {ACTORS.get(row[0], row[0]) for row in cells_of(table) if row[1].startswith(f"{day} June:")}
        assert (fresh or {"nobody"}) == actors, f"teaching/crisis-2010.md, {day} June"


def test_every_link_to_a_hub_opens_the_notebook_of_a_chapter(book):
    blocks = soup_of(book, "teaching/hub.html").find(id="links-that-open-a-chapter").select("pre")
    for slug, block in zip(chapters(), blocks, strict=True):
        query = dict(parse_qsl(block.text.strip().partition("?")[2]))
        assert query["repo"] == repository() and query["branch"] == "main"
        opened = query["urlpath"].removeprefix(f"lab/tree/{query['targetpath']}/")
        assert opened == f"chapters/{slug}.ipynb" and (BOOK / opened).exists()


# --- answers stay out of the search


def test_answers_are_not_in_the_search_and_ask_to_be_left_out(book):
    for slug in (*chapters(), "marked-memos"):
        page = soup_of(book, f"teaching/{slug}.html")
        assert page.select_one('meta[name="robots"]')["content"] == "noindex", slug
        assert "holds answer notes" in page.select_one("article p").text, f"{slug}: not said in the first line"
        assert words_that_find(book, f"teaching/{slug}") == [], slug
    assert words_that_find(book, "teaching/rubrics")


# --- rubrics and objectives: one source


def test_every_place_shows_a_rubric_in_the_words_of_the_file(book):
    tables = {name: [rubrics.header(each), *rubrics.rows(each)] for name, each in rubrics.load().items()}
    shown = {name: [[cell.replace("**", "") for cell in row] for row in table] for name, table in tables.items()}
    for slug in chapters():
        assert cells_of(soup_of(book, f"chapters/{slug}.html").find(id="assignment").table) == shown[slug], slug
    simulation = soup_of(book, "teaching/simulation/council-june-2010.html").find(id="what-to-mark")
    assert cells_of(simulation.table) == shown["council-memo"]
    page = soup_of(book, "teaching/rubrics.html").article
    assert [cells_of(table) for table in page.find_all("table")] == list(shown.values())
    for name, cells in shown.items():
        printed = cells_of(soup_of(book, "teaching/rubrics-print.html").find(id=name).table)
        assert [row[:-1] for row in printed] == cells, f"rubrics-print.html, {name}"  # the last column is for points


def test_the_table_of_rubrics_has_a_row_for_each_text_of_the_file(book):
    expected = [
        (name, criterion["name"], str(criterion["points"]), text)
        for name, rubric in rubrics.load().items()
        for criterion in rubric["criteria"]
        for text in criterion.get("levels", [criterion.get("standard")])
    ]
    with open(book / "teaching" / "rubrics.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["rubric"], row["criterion"], row["points"], row["text"]) for row in rows] == expected


def test_the_table_of_objectives_is_that_of_the_file_and_leads_to_every_activity(book):
    page, rows = soup_of(book, "teaching/alignment.html").article, alignment.links()
    shown = [row[0] for table in page.find_all("table") for row in cells_of(table)[1:]]
    assert shown == [f"{row['objective']}. {alignment.objectives(row['chapter'])[row['objective']]}" for row in rows]
    assert (book / "teaching" / "alignment.csv").read_bytes() == alignment.ALIGNMENT.read_bytes()
    targets = [row.select("th, td")[1].a["href"] for row in page.select("tbody tr")]
    for row, target in zip(rows, targets, strict=True):
        page_of = row["activity"].rpartition("#")[0] or row["chapter"]
        assert target.startswith(f"../chapters/{page_of}.html#"), f"{row['activity']} of {row['chapter']}"
