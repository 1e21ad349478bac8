"""The sheets for class: cut from the chapters, nothing of the outcome before the decision, whole on paper and on a phone."""

import os
import re
import shutil

import editions
import packets
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from casebook.usage import chapters
from test_build import soup_of
from test_teaching import LATER_PARTS, plan, search_index, source  # noqa: F401

PACKETS = packets.load()
NUMBERS = r"(\d+(?:(?:, | and )\d+)*)\b(?! min)"
CODES = {"Verdict", "Kind", "Stance", "Framing"}
each_chapter = pytest.mark.parametrize("slug", chapters())
each_packet = pytest.mark.parametrize("slug, time", [(slug, time) for slug in chapters() for time in packets.TIMES])


def letters(tag):
    """The words of a tag without blanks, which differ where a link was."""
    return "".join(tag.get_text().split())


def parts_of(sheets):
    """Names in a list of sheets: places, questions, tables."""
    parts = [part for sheet in sheets for part in sheet["parts"]]
    places = [part for part in parts if isinstance(part, str) and not part.startswith("questions ")]
    questions = [int(number) for part in parts if isinstance(part, str) and part.startswith("questions ") for number in part.split()[1:]]
    return places, questions, [part["table"] for part in parts if isinstance(part, dict)]


@each_chapter
def test_nothing_of_the_outcome_is_on_the_sheets_for_before(book, slug):
    places, _, tables = parts_of(PACKETS[slug]["before"])
    assert not set(places) & set(LATER_PARTS[slug]), f"packets.yml, {slug}: shown too early"
    sheets = soup_of(book, f"teaching/{slug}-before.html").main
    chapter = packets.read_chapter(book / "chapters" / f"{slug}.html")
    later = [*chapter.select("#decide details"), *(chapter.find(id=anchor) for anchor in LATER_PARTS[slug])]
    pieces = [piece for part in later if part for piece in part.find_all(["p", "li", "td", "th", "blockquote"])]
    pieces = {letters(piece) for piece in pieces if len(letters(piece)) - sum(map(len, map(letters, piece.find_all("a")))) >= 30}
    assert len(pieces) > 3, f"{slug}: no text of the outcome was found to look for"
    early = letters(sheets)
    assert [piece for piece in pieces if piece in early] == []
    assert "Whathappenednext" not in early and "Stophereanddecide" not in early
    assert not CODES & {head.get_text(strip=True) for head in sheets.find_all("th")}, f"{slug}: a column of codes before the box"


@each_packet
def test_each_sheet_shows_what_is_listed(book, slug, time):
    chapter = soup_of(book, f"chapters/{slug}.html")
    shown = soup_of(book, f"teaching/{slug}-{time}.html").main.find_all("section", recursive=False)
    for number, (sheet, section) in enumerate(zip(PACKETS[slug][time], shown, strict=True), start=1):
        assert section.h2.get_text().endswith(f"Sheet {number}: {sheet['title']}") and section["id"] == f"sheet-{number}"
        places, questions, tables = parts_of([sheet])
        headings = [heading.get_text() for heading in section.find_all("h3")]
        for place in places:
            heading = chapter.find(id=place).find(["h2", "h3"]) or chapter.find(id=place).find(class_="admonition-title")
            assert heading.get_text().removesuffix("#") in headings
        assert [int(item["value"]) for item in section.select("li[value]")] == questions
        if sheet["title"].endswith("to code"):
            assert not CODES & {head.get_text(strip=True) for head in section.find_all("th")}, f"{slug}: the codes stand beside what is coded"
        captions = [caption.get_text() for caption in section.find_all("caption")]
        assert len(captions) == len(tables) and all(map(str.startswith, captions, tables))


@each_chapter
def test_decide_is_whole_up_to_and_including_the_options(book, slug):
    decide = packets.read_chapter(book / "chapters" / f"{slug}.html").find(id="decide")
    options = decide.find_all("ol", recursive=False)[-1].find_all("li")
    early = letters(soup_of(book, f"teaching/{slug}-before.html"))
    assert len(options) == 4 and all(letters(option) in early for option in options)
    assert all(letters(fact) in early for fact in decide.find("ul").find_all("li"))


@each_packet
def test_a_packet_stands_alone_and_leads_nowhere_in_the_book(book, slug, time):
    page = soup_of(book, f"teaching/{slug}-{time}.html")
    assert page.html["lang"] == "en" and page.title.get_text() == page.h1.get_text() and f"{time} the box" in page.h1.get_text()
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"
    assert "default-src 'none'" in page.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
    assert not page.find_all(["script", "link", "img", "form", "details", "svg"])
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids)) == len(PACKETS[slug][time])
    inside = [link["href"] for link in page.select("a[href]") if not re.match("https?://", link["href"])]
    assert inside == [f"#{each}" for each in ids], "a link into the book would lead past the box"


def test_two_writes_give_the_same_bytes_and_those_of_the_book(book, tmp_path):
    for name in ("first", "second"):
        packets.write(tmp_path / name, book / "chapters", set(chapters()))
    written = {path.name: path.read_bytes() for path in (tmp_path / "first").iterdir()}
    assert set(written) == {f"{slug}-{time}.html" for slug in chapters() for time in packets.TIMES}
    assert written == {path.name: path.read_bytes() for path in (tmp_path / "second").iterdir()}
    assert written == {name: (book / "teaching" / name).read_bytes() for name in written}


def test_packets_are_cut_again_only_when_a_chapter_is_newer(book, tmp_path):
    shutil.copytree(book / "chapters", tmp_path / "chapters")
    times = []
    for touched in (None, None, "origins"):
        if touched:
            os.utime(tmp_path / "chapters" / f"{touched}.html")
        packets.write(tmp_path, tmp_path / "chapters", {"origins", "comparison"})
        times.append({path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*.html")})
    assert times[0] == times[1]
    assert {name for name in times[2] if times[2][name] != times[1][name]} == {"origins-before.html", "origins-after.html"}


def test_packets_are_in_no_search_site_map_or_edition(book, search_index):  # noqa: F811
    names = {f"teaching/{slug}-{time}" for slug in chapters() for time in packets.TIMES}
    assert not names & set(search_index["docnames"])
    assert not names & {path for path, _ in editions.reading_order()}
    assert not [name for name in names if name in (book / "sitemap.xml").read_text(encoding="utf-8")]


CHAPTER = BeautifulSoup(
    "<article><h1>A: b</h1><section id='documents'><ol start='3'><li>Third?</li></ol></section><table><caption>Sums of it</caption>"
    "<thead><tr><th>Day</th><th>Code</th></tr></thead><tbody><tr><td>1 May</td><td>x</td></tr></tbody></table></article>", "html.parser"
).article
FAULTS = [
    ("document-z", "no place 'document-z'"),
    ("questions 3 4", "no question 4"),
    ({"table": "Totals"}, "0 tables have a caption that begins with 'Totals'"),
    ({"table": "Sums", "rows": ["2 May"]}, "no row that begins with '2 May'"),
    ({"table": "Sums", "columns": ["Day", "Who"]}, "no column 'Who'; it has Day, Code"),
]


@pytest.mark.parametrize("part, message", FAULTS)
def test_a_part_that_is_not_there_is_named_with_its_sheet(part, message):
    with pytest.raises(packets.PacketError, match=f"packets.yml, origins, before, sheet 1: .*{re.escape(message)}"):
        packets.packet("origins", "before", [{"title": "One", "parts": [part]}], CHAPTER)


@pytest.mark.parametrize("text, message", [("origins: {before: []}", "accepted: before and after"),
                                           ("origins: {before: [{title: One}], after: []}", "origins, before, sheet 1: it needs")])
def test_a_faulty_list_is_refused_by_name(tmp_path, text, message):
    faulty = tmp_path / "packets.yml"
    faulty.write_text(text, encoding="utf-8")
    with pytest.raises(packets.PacketError, match=message):
        packets.load(faulty)


def test_rows_and_columns_are_chosen():
    part = {"table": "Sums", "rows": ["1 May | x"], "columns": ["Day"]}
    table = packets.packet("origins", "after", [{"title": "One", "parts": [part]}], CHAPTER)
    assert "1 May" in table and "Code" not in table and ">x<" not in table


# --- what the plans say of them


def numbers(words):
    """1 and 3 to 5 -> 1, 3, 4, 5."""
    found = set()
    for first, last in re.findall(r"(\d+)(?: to (\d+))?", words):
        found |= set(range(int(first), int(last or first) + 1))
    return found


@each_chapter
@pytest.mark.parametrize("length", [50, 75, 180])
def test_what_a_plan_uses_is_on_the_sheets_that_it_copies(slug, length):
    text = source(slug)
    for time in packets.TIMES:
        assert f'<a href="{slug}-{time}.html">' in text and f'<a href="{slug}-{time}.html">' in source("start")
    before, after = (numbers(cell) for cell in re.search(rf"^\| {length} minutes \| (.*?) \| (.*?) \|$", text, re.M).groups())
    rows = plan(slug, length)
    decided = next(number for number, row in enumerate(rows) if "#decide)" in row[4])
    for time, listed, part in (("before", before, rows[: decided + 1]), ("after", after, rows[decided + 1 :])):
        sheets = PACKETS[slug][time]
        assert listed <= set(range(1, len(sheets) + 1)), f"{slug}, {length}: sheets {listed} of {len(sheets)}"
        places, questions, _ = parts_of([sheets[number - 1] for number in sorted(listed)])
        words = " ".join(" ".join(row[2:4]) for row in part)
        groups = re.findall(rf"\b([A-F])(?: (?:and|with) ([A-F]))? \((?:questions? )?{NUMBERS}", words)
        asked = [int(number) for each in [*(group[2] for group in groups), *re.findall(rf"\bquestions? {NUMBERS}", words)]
                 for number in re.findall(r"\d+", each)]
        used = {letter for group in groups for letter in group[:2] if letter}
        used |= set(re.findall(r"[A-F]\b", " ".join(re.findall(r"\bDocuments? ([A-F](?:,? (?:and )?[A-F]\b)*)", words))))
        missing = [f"document-{letter.lower()}" for letter in used if f"document-{letter.lower()}" not in places]
        assert not missing, f"teaching/{slug}.md, {length} minutes, {time}: {missing} not on sheets {sorted(listed)}"
        assert set(asked) <= set(questions), f"teaching/{slug}.md, {length} minutes, {time}: questions {asked}, printed {questions}"
    assert 1 in before, "everyone gets the facts and the options"


# --- in a browser


@pytest.fixture
def tab(browser, site):
    page = browser.new_page(viewport={"width": 360, "height": 740})
    yield lambda slug, time: (page.goto(f"{site}/teaching/{slug}-{time}.html"), page)[1]
    page.close()


@each_packet
def test_nothing_sticks_out_on_a_phone_and_no_printed_page_is_empty(tab, slug, time):
    page = tab(slug, time)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    texts = [each.get_textpage().get_text_bounded() for each in printed]
    starts = [number for number, text in enumerate(texts) if re.search(r"the box\. Sheet \d", " ".join(text.split()))]
    assert len(starts) == len(PACKETS[slug][time]) and starts[0] == 0, f"{slug}, {time}: sheets start on pages {starts}"
    assert all(len(text) > 150 for text in texts), f"{slug}, {time}: {[len(text) for text in texts]} letters a page"


@pytest.mark.parametrize("slug, time", [("crisis-2010", "before"), ("rasht-insurgency", "after")])
def test_a_packet_is_accessible(tab, slug, time):
    run_only = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    found = Axe().run(tab(slug, time), options={"runOnly": run_only, "resultTypes": ["violations"]}).response["violations"]
    assert [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]] == []
