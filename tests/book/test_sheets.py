"""What is printed for class: sheets cut from the chapters, handouts of the simulation, rubrics."""

import re
from copy import copy
from pathlib import Path

import pytest
from support.builds import fingerprint, soup_of
from support.teaching import LATER_PARTS, LENGTHS, decision, parts_of, plan, search_index

from casebook.contents import chapters, reading_order
from casebook.membership import members
from press.editions import handouts
from press.model.book import holds_answers, repository
from press.model.packets import LETTERS, TIMES, load
from press.model.simulation import MEETING, ROLES, read

SHEETS = load()
#: Columns with our codes, which students do not see before they have coded.
CODES = {"Verdict", "Kind", "Stance", "Framing"}
PACKETS = [(slug, time) for slug in chapters() for time in TIMES]
HANDOUTS = f"{Path(handouts.PAGE).parent}/handouts"
HOMEWORK = [f"teaching/{slug}-homework.html" for slug in chapters()]
PACKET_PAGES = [f"teaching/{slug}-{time}.html" for slug, time in PACKETS]
HANDOUT_PAGES = [f"{HANDOUTS}/{name}.html" for name in (*ROLES, "jobs", "teacher")]
PRINTED = [*PACKET_PAGES, *HANDOUT_PAGES, "teaching/rubrics-print.html"]
each_chapter = pytest.mark.parametrize("slug", chapters())
each_packet = pytest.mark.parametrize("slug, time", PACKETS)


def letters(tag):
    """The words of a tag without spaces, which differ where a link was."""
    return "".join(tag.get_text().split())


def heads(tag):
    """Headings of the columns of all tables in a tag."""
    return {head.get_text(strip=True) for head in tag.find_all("th")}


def early_rows(chapter, sheets):
    """Rows of later tables of a chapter that are listed on some sheets, since they were known on the day."""
    listed = [part for sheet in sheets for part in sheet["parts"] if isinstance(part, dict) and "rows" in part]
    for part in listed:
        for table in chapter.find_all("table"):
            if table.caption and table.caption.get_text(strip=True).startswith(part["table"]):
                rows = table.select("tbody tr")
                yield from (row for row in rows if row.get_text(" ", strip=True).startswith(tuple(part["rows"])))


@pytest.mark.parametrize("page", ["before", "homework"])
@each_chapter
def test_nothing_of_the_outcome_is_in_what_students_get_before(book, slug, page):
    chapter = copy(soup_of(book, f"chapters/{slug}.html").article)
    for row in early_rows(chapter, SHEETS[slug]["before"]):
        row.decompose()
    later = [*chapter.select("#decide details"), *chapter.find_all(id=list(LATER_PARTS[slug]))]
    later.append(chapter.find(id="key-points").ul)  # the assignment is below it
    strings = [words for part in later for words in part.find_all(string=lambda words: not words.find_parent("a"))]
    pieces = {letters(words).rstrip(".,;:?!") for words in strings if len(letters(words)) >= 30}  # between two notes
    assert len(pieces) > 30, f"{slug}: no text of the outcome was found to look for"
    main = soup_of(book, f"teaching/{slug}-{page}.html").main
    early = letters(main)
    assert [piece for piece in pieces if piece in early] == []
    assert "Whathappenednext" not in early and "Stophereanddecide" not in early
    assert not CODES & heads(main), f"{slug}: a column of codes before the box"


@each_chapter
def test_a_homework_reader_has_all_that_a_chapter_tells_before_the_decision(book, slug):
    chapter = copy(soup_of(book, f"chapters/{slug}.html"))
    reader = soup_of(book, f"teaching/{slug}-homework.html")
    for tag in chapter.select("details, sup, .figure-data, .reading-times, .no-print, .headerlink"):
        tag.decompose()
    read = letters(reader.main)
    parts = [chapter.select_one(".opening"), chapter.find(id="the-story"), chapter.find(id="documents")]
    for words in [letters(piece) for part in parts for piece in part.find_all("blockquote")]:
        assert words in read, f"{slug}: not in the reader: {words}"
    assert len(reader.select(".source-card")) == len(chapter.select("#documents .source-card"))
    assert reader.h1.get_text() == chapter.h1.get_text()
    notes = [link["href"][1:] for link in reader.select("sup a")]
    assert list(dict.fromkeys(notes)) == [item["id"] for item in reader.select(".sources li")]
    pictures = reader.find_all("img")
    assert len(pictures) == len(chapter.select("#the-story figure img")) > 0
    assert all(picture["src"].startswith("data:") and picture["alt"] for picture in pictures)
    policy = reader.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert not reader.find_all(["script", "link", "form", "details"])
    assert not [link for link in reader.select("a[href]") if not re.match("https?://|#note-", link["href"])]


@each_packet
def test_each_sheet_shows_what_is_listed(book, slug, time):
    chapter = soup_of(book, f"chapters/{slug}.html")
    shown = soup_of(book, f"teaching/{slug}-{time}.html").main.find_all("section", recursive=False)
    for number, (sheet, section) in enumerate(zip(SHEETS[slug][time], shown, strict=True), start=1):
        where = f"{slug}, {time}, sheet {number}"
        assert section["id"] == f"sheet-{number}"
        assert section.h2.get_text().endswith(f"Sheet {LETTERS[time]}{number}: {sheet['title']}"), where
        places, questions, tables = parts_of([sheet])
        headings = [heading.get_text() for heading in section.find_all("h3")]
        for place in places:
            part = chapter.find(id=place)
            heading = part.find(["h2", "h3"]) or part.find(class_="admonition-title")
            assert heading.get_text().removesuffix("#") in headings, f"{where}: {place} is not there"
        assert [int(item["value"]) for item in section.select("li[value]")] == questions, where
        captions = [caption.get_text() for caption in section.select("table:not(.form) > caption")]
        assert len(captions) == len(tables) and all(map(str.startswith, captions, tables)), where
        if sheet["title"].endswith("to code"):
            assert not CODES & heads(section), f"{where}: the codes are beside what is to be coded"


@each_chapter
def test_decide_is_whole_up_to_and_including_the_options(book, slug):
    decide = soup_of(book, f"chapters/{slug}.html").find(id="decide")
    early = letters(soup_of(book, f"teaching/{slug}-before.html"))
    options = decide.select(".answers > li")
    assert len(options) == 4
    for item in [*options, *decide.find("ul").find_all("li")]:
        for words in item.find_all(string=lambda words: not words.find_parent("sup")):
            is_cited = getattr(words.next_sibling, "name", None) == "sup"  # a sheet names the source before the mark
            said = letters(words).rstrip(".,;:?!") if is_cited else letters(words)
            assert said in early, f"{slug}: not on the sheet: {words!r}"


@pytest.mark.parametrize("length", LENGTHS)
def test_who_decides_alone_has_time_to_read_the_facts_and_a_brief_and_four_minutes_to_write(book, length):
    sheets = copy(soup_of(book, "teaching/crisis-2010-before.html").main)
    for tag in sheets.select("sup, .lines, .from"):
        tag.decompose()
    longest = max(len(brief.get_text().split()) for brief in sheets.select(".brief")[: len(members(MEETING))])
    words = len(sheets.find(id="sheet-1").get_text().split()) + longest
    rows = plan("crisis-2010", length)
    alone = int(re.search(r"(\d+) min alone", rows[decision(rows)][3])[1])
    assert words / 140 + 4 <= alone, f"{length} minutes: {words} words, {alone} minutes alone"


@each_packet
def test_a_packet_leads_nowhere_in_the_book(book, slug, time):
    page = soup_of(book, f"teaching/{slug}-{time}.html")
    assert page.title.get_text() == page.h1.get_text() and f"{time} the box" in page.h1.get_text()
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids)) == len(SHEETS[slug][time])
    inside = [link["href"] for link in page.select("a[href]") if not re.match("https?://", link["href"])]
    assert inside == [f"#{each}" for each in ids], "a link into the book would lead past the box"


def test_the_page_of_the_simulation_links_every_handout_and_no_other(book):
    section = soup_of(book, f"{handouts.PAGE}.html").find(id="print")
    links = [link["href"] for link in section.select('a[href^="handouts/"]')]
    assert [f"{HANDOUTS}/{Path(link).name}" for link in links] == HANDOUT_PAGES
    listed = [link.get_text() for link in section.select('li a[href^="handouts/"]')]  # without jobs and teacher
    assert listed == [read(f"roles/{role}")["role"] for role in ROLES]
    figure = soup_of(book, "chapters/crisis-2010.html").select_one("#figure-1 .caption-number")
    maps = soup_of(book, f"{handouts.PAGE}.html").select('a[href$="crisis-2010.html#figure-1"]')
    assert [link.get_text() for link in maps] == [figure.get_text().rstrip(". ")]
    assert section.find("a", href=f"{repository()}/releases/latest") and "simulation.zip" in section.get_text()


# --- all of it


def test_what_is_printed_needs_no_other_file(book):
    for page in PRINTED:
        soup = soup_of(book, page)
        assert soup.html["lang"] == "en" and soup.title.string and soup.select_one('meta[name="viewport"]'), page
        policies = [tag["content"] for tag in soup.select('meta[http-equiv="Content-Security-Policy"]')]
        assert policies == ["default-src 'none'; style-src 'unsafe-inline'"], page
        assert not soup.find_all(["script", "link", "img", "form", "details", "svg"]), page
        assert not soup.a or page in PACKET_PAGES, f"{page} has a link"


def test_what_is_printed_is_in_no_search_site_map_or_edition(book):
    names = {page.removesuffix(".html") for page in [*PRINTED, *HOMEWORK]}
    assert not names.intersection(search_index(book)["docnames"])
    assert not names.intersection(name for name, _ in reading_order())
    assert holds_answers(handouts.PAGE), "else the PDF and the EPUB would have the page with its links"
    site_map = (book / "sitemap.xml").read_text(encoding="utf-8")
    for name in names:
        assert name not in site_map, name
        assert soup_of(book, f"{name}.html").select_one('meta[name="robots"]')["content"] == "noindex", name


def test_handouts_are_the_same_bytes_whenever_they_are_written(book, tmp_path):
    handouts.write(tmp_path)
    assert fingerprint(tmp_path) == fingerprint(book / HANDOUTS)
    assert len(list(tmp_path.iterdir())) == len(HANDOUT_PAGES)
