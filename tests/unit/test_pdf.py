"""The PDF of the whole book: readable by ear, by link and by page, and the same in every run."""

import os
import re
import subprocess
import sys
import unicodedata

import editions
import pdf
import pikepdf
import pypdfium2
import pytest
import yaml
from pages import BOOK
from playwright.sync_api import Error

CITATION = yaml.safe_load((BOOK / "CITATION.cff").read_text(encoding="utf-8"))
#: What is wider or higher than its room: drawings, pictures, tables, lines of code.
TOO_LARGE = """([width, height]) => [...document.querySelectorAll("svg, img, table, pre, figure")].filter((each) => {
  const { left, right, height: own } = each.getBoundingClientRect();
  const room = each.parentElement.getBoundingClientRect();
  return right > Math.min(width, room.right) + 1 || left < -1 || (each.matches("svg, img, figure") && own > height);
}).map((each) => each.outerHTML.slice(0, 300))"""
CUT_LABELS = """() => [...document.querySelectorAll("svg text")].filter((label) => {
  const [own, room] = [label, label.ownerSVGElement].map((each) => each.getBoundingClientRect());
  return own.left < room.left - 1 || own.right > room.right + 1 || own.top < room.top - 1 || own.bottom > room.bottom + 1;
}).map((label) => label.textContent)"""


@pytest.fixture(scope="module")
def pages(book):
    return editions.pages(book)


@pytest.fixture(scope="module")
def opened(printed):
    with pikepdf.open(printed) as file:
        yield file


@pytest.fixture(scope="module")
def tags(opened):
    """Elements of the structure tree."""
    return [each for each in opened.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem"]


@pytest.fixture(scope="module")
def lines(printed):
    """Text of every sheet, line by line."""
    return [sheet.get_textpage().get_text_range().splitlines() for sheet in pypdfium2.PdfDocument(printed)]


@pytest.fixture(scope="module")
def texts(lines):
    """Words of every sheet, without blanks and ligatures."""
    return [plain("".join(sheet)) for sheet in lines]


@pytest.fixture(scope="module")
def tab(browser, book, tmp_path_factory):
    """The document that is printed, as it stands in the browser just before."""
    tab = pdf.open_document(browser, pdf.assemble(book), tmp_path_factory.mktemp("tab") / "book.html")
    yield tab
    tab.close()


def plain(text):
    return "".join(unicodedata.normalize("NFKC", text).replace("\N{SOFT HYPHEN}", "").split())


def outline(opened):
    """Titles of the outline with their depth and the sheet they lead to."""
    sheets = {sheet.objgen: number for number, sheet in enumerate(opened.pages, 1)}

    def below(items, depth):
        for item in items:
            yield depth, item.title, sheets[item.destination[0].objgen]
            yield from below(item.children, depth + 1)

    with opened.open_outline() as found:
        return list(below(found.root, 1))


def test_it_is_tagged_in_a_language_with_a_title(opened):
    root = opened.Root
    assert root.MarkInfo.Marked and len(root.StructTreeRoot.K) and root.Lang == "en" and root.ViewerPreferences.DisplayDocTitle
    assert (opened.docinfo.Title, opened.docinfo.Author) == (CITATION["title"], CITATION["authors"][0]["name"])


def test_it_is_of_a_sane_length_and_small(printed, opened):
    print(f"{len(opened.pages)} pages, {printed.stat().st_size / 1e6:.1f} MB")
    assert 150 <= len(opened.pages) <= 350
    assert printed.stat().st_size < 9_000_000
    assert {tuple(round(float(side)) for side in sheet.mediabox) for sheet in opened.pages} == {(0, 0, 595, 842)}, "not A4"


def test_two_prints_are_the_same_bytes_and_bear_the_date_of_the_book(browser, book, printed, opened, tmp_path):
    pdf.write_pdf(browser, book, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == printed.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["again.pdf"], "something half-written is left"
    date = f"D:{CITATION['date-released']:%Y%m%d}000000Z"
    assert (opened.docinfo.CreationDate, opened.docinfo.ModDate) == (date, date)


def test_the_outline_lists_parts_pages_and_sections_in_reading_order(opened, pages):
    entries = outline(opened)
    assert [sheet for _, _, sheet in entries] == sorted(sheet for _, _, sheet in entries)
    expected = ["Contents"]
    for page in pages:
        if page.part and page.part not in expected:
            expected.append(page.part)
        expected.append(" ".join(page.title.split()))
    titles = [title for _, title, _ in entries]
    assert [title for title in titles if title in expected] == expected
    depths = {title: depth for depth, title, _ in entries}
    for page in pages:
        assert depths[" ".join(page.title.split())] == (2 if page.part else 1)
        for heading in page.article.find_all("h2"):
            assert " ".join(heading.get_text().split()) in titles, f"{page.slug}: {heading}"


def test_the_contents_name_the_sheet_on_which_each_page_begins(opened, pages, texts):
    sheets = {title: sheet for _, title, sheet in outline(opened)}
    contents = "".join(texts[1:3])
    for page in pages:
        title = " ".join(page.title.split())
        assert f"{plain(title)}{sheets[title]}" in contents, title
        assert plain(title) in texts[sheets[title] - 1], title


def test_every_sheet_has_its_number_and_from_the_first_page_on_its_title(lines, pages, opened):
    begins = {sheet: title.partition(":")[0] for _, title, sheet in outline(opened) if title in {page.title for page in pages}}
    running = []
    for number, sheet in enumerate(lines[1:], 2):
        running = [begins[number]] if number in begins else running
        assert sheet[: len(running) + 1] == [*running, str(number)]


def test_every_font_is_embedded(opened):
    fonts = {}
    for sheet in opened.pages:
        for font in sheet.Resources.get("/Font", {}).values():
            fonts[font.objgen] = font
    assert len(fonts) >= 5
    for font in fonts.values():
        if font.Subtype != "/Type3":  # drawn in the file itself
            described = font.DescendantFonts[0] if font.Subtype == "/Type0" else font
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & described.FontDescriptor.keys(), font.BaseFont


def test_nothing_is_wider_than_the_text_or_higher_than_a_sheet(tab):
    assert tab.evaluate("document.documentElement.scrollWidth") <= pdf.TEXT_WIDTH
    assert tab.evaluate(TOO_LARGE, [pdf.TEXT_WIDTH, pdf.TEXT_HEIGHT]) == []


def test_no_label_of_an_explorer_is_cut(tab):
    assert tab.evaluate("document.querySelectorAll('svg text').length") > 50
    assert tab.evaluate(CUT_LABELS) == []


def test_type_in_tables_is_not_smaller_than_six_points(tab):
    sizes = tab.evaluate("[...document.querySelectorAll('td')].map((cell) => parseFloat(getComputedStyle(cell).fontSize) * 0.75)")
    assert min(sizes) >= 6


def test_paragraphs_of_every_section_are_printed(pages, texts):
    words = "".join(texts)
    for page in pages:
        for section in page.article.find_all("section"):
            paragraphs = [paragraph for paragraph in section.find_all("p", recursive=False) if len(paragraph.get_text()) > 60]
            for paragraph in paragraphs[:1]:  # the sentence may run over the end of a sheet: its beginning does
                assert plain(paragraph.get_text())[:50] in words, f"{page.slug}: {paragraph.get_text()[:80]}"


def test_names_in_other_scripts_are_printed(pages, texts):
    words = "".join(texts)
    forms = next(page for page in pages if page.slug == "glossary").article.select(".forms [lang]")
    assert {"ru", "tg", "ky", "hy", "fa-AF", "ps"} <= {form["lang"] for form in forms}
    for form in forms:
        for word in re.findall(r"\w+", unicodedata.normalize("NFKC", form.get_text())):
            assert word in words or form["lang"] in ("fa-AF", "ps") and word[::-1] in words, form


def test_every_figure_has_its_alternative_text_in_the_tags(tags, pages):
    figures = [each for each in tags if each.S == "/Figure"]
    told = [str(each.Alt) if "/Alt" in each else "" for each in figures]
    assert all(told), "a figure without alternative text"
    expected = [image["alt"] for page in pages for image in page.article.find_all("img")]
    for page in pages:
        expected += [page.article.find(id=svg["aria-labelledby"]).get_text() for svg in page.article.find_all("svg")]
    assert sorted(map(plain, told)) == sorted(map(plain, expected))


def test_header_cells_and_lists_are_tagged(tags):
    kinds = {str(each.S) for each in tags}
    assert {"/H1", "/H2", "/H3", "/Table", "/Caption", "/TH", "/TD", "/L", "/LI", "/BlockQuote", "/Link", "/Figure"} <= kinds
    cells = {str(each.ID) for each in tags if "/ID" in each}
    referred = {str(cell) for each in tags for attribute in each.get("/A", ()) for cell in attribute.get("/Headers", ())}
    assert len(referred) > 500 and referred <= cells


def test_every_link_leads_somewhere(opened, pages):
    links = [note for sheet in opened.pages for note in sheet.get("/Annots", ()) if note.Subtype == "/Link"]
    inside = {str(link.Dest)[1:] for link in links if "/Dest" in link}
    outside = {str(link.A.URI) for link in links if "/A" in link}
    assert inside <= {name[1:] for name in opened.Root.Dests.keys()}
    assert {page.slug for page in pages} <= inside and "timeline.events" in inside
    assert len(inside) > 1_500 and len(outside) > 1_000
    assert [address for address in outside if not re.match("https?://|mailto:", address)] == []


def test_ids_are_unique_and_references_lead_to_one(tab):
    assert tab.evaluate("""() => {
      const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
      const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
      const lost = [...document.querySelectorAll("a[href^='#'], use, [clip-path], [aria-labelledby]")].flatMap((each) => [
        each.getAttribute("href") ?? each.getAttribute("xlink:href") ?? "",
        ...(each.getAttribute("clip-path") ?? "").matchAll(/url\\((#.*?)\\)/g).map((found) => found[1]),
        "#" + (each.getAttribute("aria-labelledby") ?? ""),
      ]).filter((target) => target.length > 1 && target[0] === "#" && !document.getElementById(target.slice(1)));
      return [...twice, ...lost];
    }""") == []


def test_the_pictures_are_there(tab):
    assert tab.evaluate("[...document.images].filter((image) => !image.naturalWidth).map((image) => image.src)") == []


def run(*arguments, **environment):
    command = [sys.executable, str(BOOK / "tools" / "pdf.py"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=os.environ | environment, timeout=120)


def test_without_a_book_it_says_to_make_one(tmp_path):
    result = run(tmp_path, tmp_path / "book.pdf")
    assert result.returncode == 1 and result.stderr == f"{tmp_path / 'index.html'} is missing: run `make book` first\n"


def test_without_a_chromium_it_says_what_to_install(tmp_path):
    result = run(tmp_path, tmp_path / "book.pdf", CHROMIUM=str(tmp_path / "none"))
    assert result.returncode == 1 and "Traceback" not in result.stderr
    assert result.stderr.startswith("No Chromium to print or test with. Install one (Debian: apt-get install chromium;")


def test_a_print_that_fails_leaves_the_old_file(browser, book, tmp_path, monkeypatch):
    old = tmp_path / "book.pdf"
    old.write_bytes(b"old")

    def fail(*arguments, **options):
        raise Error("no paper")

    monkeypatch.setattr(pdf, "assemble", lambda html: "")
    monkeypatch.setattr(pdf, "print_document", fail)
    with pytest.raises(Error, match="no paper"):
        pdf.write_pdf(browser, book, old)
    assert old.read_bytes() == b"old" and list(tmp_path.iterdir()) == [old]
