"""The built pages for teachers: links lead somewhere, rubrics and objectives have one wording, answers stay hidden."""

import csv
import re
from urllib.parse import parse_qsl

import pytest
from support.builds import anchors_of, soup_of, unknown_codes
from support.teaching import cells_of, explorer_states, rubric_cells, source, words_that_find

from casebook.contents import BOOK, chapters
from press.model import alignment, rubrics
from press.model.book import repository

each_chapter = pytest.mark.parametrize("slug", chapters())
#: How the plan names the actors of the explorer.
ACTORS = {
    "In the south of Kyrgyzstan": "the south",
    "Kyrgyzstan, interim government": "Kyrgyzstan",
    "CSTO": "the CSTO",
    "A report from Washington": "a report from Washington",
}


# --- lesson plans


@each_chapter
def test_every_link_to_a_state_leads_to_an_explorer_and_a_state_that_exist(book, slug):
    found = list(explorer_states(source(slug)))
    assert found, f"teaching/{slug}.md links no state of an explorer"
    for chapter, name, state in found:
        page = soup_of(book, f"chapters/{chapter}.html")
        if recoding := page.select_one(f"form.recode#{name}"):
            assert state and not unknown_codes(recoding, state), f"teaching/{slug}.md: {name} has no state {state!r}"
            continue
        form = page.select_one(f'form.explorer[data-explorer="{name}"]')
        assert form, f"teaching/{slug}.md: {chapter} has no explorer {name!r}"
        assert form.select(f'.explorer-frame[data-key="{state}"]'), f"teaching/{slug}.md: {name} has no state {state!r}"


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


@pytest.mark.parametrize("slug", [*chapters(), "marked-memos"])
def test_answers_are_not_in_the_search_and_ask_to_be_left_out(book, slug):
    page = soup_of(book, f"teaching/{slug}.html")
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"
    assert "holds answer notes" in page.select_one("article p").text, "the first line says what the page holds"
    assert words_that_find(book, f"teaching/{slug}") == []


def test_other_pages_for_teachers_are_in_the_search(book):
    assert words_that_find(book, "teaching/rubrics")


# --- rubrics and objectives: one source


def test_every_place_shows_a_rubric_in_the_words_of_the_file(book):
    shown = {name: rubric_cells(rubric) for name, rubric in rubrics.load().items()}
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
    targets = [
        row.find_all(["th", "td"])[1].a["href"] for table in page.find_all("table") for row in table.select("tbody tr")
    ]
    for row, target in zip(rows, targets, strict=True):
        page_of = f"chapters/{row['activity'].rpartition('#')[0] or row['chapter']}.html"
        path, _, anchor = target.partition("#")
        assert path == f"../{page_of}", (
            f"teaching/alignment.html: {row['activity']} of {row['chapter']} leads to {path}"
        )
        assert anchor in anchors_of(book, page_of), f"teaching/alignment.html: {page_of} has no {anchor}"
