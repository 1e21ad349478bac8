"""The PDF of the whole book: readable by ear, by link and by page, and the same in every run."""

import filecmp
import re
import unicodedata
from collections import Counter

import pikepdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from support.builds import FULL_SWEEP

from press.editions import pdf
from press.model.book import citation

#: The title of the box below a decision.
OUTCOME = "What happened next"
#: Operators of PDF that show text, paint a path, a shade or a picture.
PAINTING = "Tj TJ ' \" f F f* B B* b b* S s sh Do BI ID EI"
#: What the printed document must not have -> a script that lists it, given width and height of the text.
FLAWS = {
    "a drawing, picture, table or line of code wider or higher than its room": """([width, height]) =>
      [...document.querySelectorAll("svg, img, table, pre, figure")].filter((each) => {
        const { left, right, height: own } = each.getBoundingClientRect();
        const room = each.parentElement.getBoundingClientRect();
        const high = each.matches("svg, img, figure") && own > height;
        return high || right > Math.min(width, room.right) + 1 || left < -1;
      }).map((each) => each.outerHTML.slice(0, 300))""",
    "a label of an explorer that is cut": """() =>
      [...document.querySelectorAll("svg text")].filter((label) => {
        const [own, room] = [label, label.ownerSVGElement].map((each) => each.getBoundingClientRect());
        const across = own.left < room.left - 1 || own.right > room.right + 1;
        return across || own.top < room.top - 1 || own.bottom > room.bottom + 1;
      }).map((label) => label.textContent)""",
    "type smaller than six points in a table": """() =>
      [...document.querySelectorAll("td")].filter((cell) => parseFloat(getComputedStyle(cell).fontSize) * 0.75 < 6)
        .map((cell) => cell.textContent)""",
    "a missing picture": "() => [...document.images].filter((each) => !each.naturalWidth).map((each) => each.src)",
    "more width than the text": "([width]) => [document.documentElement.scrollWidth].filter((own) => own > width)",
    "too few drawings": "() => [document.querySelectorAll('svg text').length].filter((count) => count <= 50)",
}


@pytest.fixture(scope="module")
def pages(laid_out):
    return laid_out("print")[0]


@pytest.fixture(scope="module")
def articles(pages):
    """Content of every page: slug -> parsed."""
    return {page.slug: BeautifulSoup(page.body, "html.parser") for page in pages}


@pytest.fixture(scope="module")
def opened(printed):
    with pikepdf.open(printed) as file:
        yield file


@pytest.fixture(scope="module")
def outline(opened):
    """Entries of the outline: depth, title, and number of the sheet that it leads to."""
    sheets = {sheet.objgen: number for number, sheet in enumerate(opened.pages, 1)}

    def below(items, depth):
        for item in items:
            yield depth, item.title, sheets[item.destination[0].objgen]
            yield from below(item.children, depth + 1)

    with opened.open_outline() as found:
        return list(below(found.root, 1))


@pytest.fixture(scope="module")
def tags(opened):
    """Elements of the structure tree."""
    found = (each for each in opened.objects if isinstance(each, pikepdf.Dictionary))
    return [each for each in found if each.get("/Type") == "/StructElem"]


@pytest.fixture(scope="module")
def lines(printed):
    """Text of every sheet, line by line."""
    return [sheet.get_textpage().get_text_range().splitlines() for sheet in pypdfium2.PdfDocument(printed)]


@pytest.fixture(scope="module")
def texts(lines):
    """Words of every sheet, without spaces and ligatures."""
    return [plain("".join(sheet)) for sheet in lines]


@pytest.fixture(scope="module")
def tab(browser, laid_out, tmp_path_factory):
    """The document that is printed, as the browser has it just before."""
    folder = tmp_path_factory.mktemp("tab")
    pages, pictures = laid_out("print")
    pdf.write_pictures(pictures, folder)
    with pdf.open_document(browser, pdf.document(pages), folder / "book.html") as tab:
        yield tab


def plain(text):
    return "".join(unicodedata.normalize("NFKC", text).replace("\N{SOFT HYPHEN}", "").split())


def title_of(page):
    return " ".join(page.title.split())


# --- the file


def test_it_is_tagged_in_a_language_with_a_title_and_the_date_of_the_book(opened):
    root = opened.Root
    assert root.MarkInfo.Marked and len(root.StructTreeRoot.K) and root.Lang == "en"
    assert root.ViewerPreferences.DisplayDocTitle
    assert opened.open_metadata()["dc:title"] == citation().full_title
    assert (opened.docinfo.Title, opened.docinfo.Author) == (citation().full_title, citation().authors[0])
    date = f"D:{citation().released:%Y%m%d}000000Z"
    assert (opened.docinfo.CreationDate, opened.docinfo.ModDate) == (date, date)


def test_the_rows_of_a_table_have_as_many_cells_as_its_head_also_where_one_is_empty(tags):
    rows = {each.objgen: each for each in tags if each.S == "/TR"}
    cells = Counter(each.P.objgen for each in tags if each.S in ("/TH", "/TD"))
    widths = {}  # table -> how many cells its rows have
    for place, row in rows.items():
        holder = row.P if row.P.S == "/Table" else row.P.P
        widths.setdefault(holder.objgen, set()).add(cells[place])
    assert len(widths) > 50 and len(rows) > 1000
    assert not [found for found in widths.values() if len(found) != 1], "a row lacks a cell"


def test_it_is_of_a_sane_length_and_small(printed, opened):
    assert 150 <= len(opened.pages) <= 350
    assert printed.stat().st_size < 9_000_000
    sizes = {tuple(round(float(side)) for side in sheet.mediabox) for sheet in opened.pages}
    assert sizes == {(0, 0, 595, 842)}, "not A4"


def test_two_prints_are_the_same_bytes(browser, laid_out, tmp_path):
    """The front page and one with tables and pictures, or the whole book where FULL_SWEEP is set."""
    pages, pictures = laid_out("print")
    if not FULL_SWEEP:
        pages = [page for page in pages if page.slug in ("index", "memo-2010")]
    prints = [tmp_path / name / "book.pdf" for name in "ab"]
    for path in prints:
        pdf.write_pdf(browser, pages, pictures, path)
        assert list(path.parent.iterdir()) == [path], "something half-written"
    assert filecmp.cmp(*prints, shallow=False), "the prints differ"  # pytest would compare them for hours


def test_every_font_is_embedded(opened):
    fonts = {}
    for sheet in opened.pages:
        fonts |= {font.objgen: font for font in sheet.Resources.get("/Font", {}).values()}
    assert len(fonts) >= 5
    for font in fonts.values():
        if font.Subtype != "/Type3":  # drawn in the file itself
            described = font.DescendantFonts[0] if font.Subtype == "/Type0" else font
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & described.FontDescriptor.keys(), font.BaseFont


# --- the way through it


def test_the_outline_lists_parts_pages_and_sections_in_reading_order(outline, pages, articles):
    sheets = [sheet for _, _, sheet in outline]
    assert sheets == sorted(sheets)
    expected = ["Contents"]
    for page in pages:
        if page.part and page.part not in expected:
            expected.append(page.part)
        expected.append(title_of(page))
    depths = {title: depth for depth, title, _ in outline}
    assert [title for _, title, _ in outline if title in expected] == expected
    for page in pages:
        assert depths[title_of(page)] == (2 if page.part else 1), page.slug
        for heading in articles[page.slug].find_all(f"h{2 + bool(page.part)}"):
            assert " ".join(heading.get_text().split()) in depths, f"{page.slug}: {heading}"


def test_a_left_sheet_has_the_title_of_the_book_and_a_right_one_of_the_page_above_and_its_number_below(
    lines, pages, outline
):
    titles = {page.title for page in pages}
    begins = {sheet: title.partition(":")[0] for _, title, sheet in outline if title in titles}
    assert len(lines[1]) > 3 and lines[2][0] == "3"  # cover and imprint have no number
    running = ""
    for number, sheet in enumerate(lines, 1):
        running = begins.get(number, running)
        if running and sheet:  # a blank one comes before a chapter
            head = running if number % 2 else citation().title
            assert plain("".join(sheet)).startswith(plain(f"{head}{number}")), f"sheet {number}"


def test_each_chapter_and_each_part_begins_on_a_right_hand_sheet(outline, pages):
    sheets = {title: sheet for _, title, sheet in outline}
    right = {title_of(page): sheets[title_of(page)] for page in pages if page.part == "Chapters"}
    right |= {page.part: sheets[page.part] for page in pages if page.part}
    assert len(right) == 9 and [title for title, sheet in right.items() if sheet % 2 == 0] == []


def test_what_happened_is_not_on_the_sheet_of_its_decision(lines):
    outcomes = [sheet for sheet in lines if OUTCOME in sheet]
    assert len(outcomes) == 6 and not [sheet for sheet in outcomes if any("Risk:" in line for line in sheet)]


def test_no_third_of_a_sheet_is_blank_but_at_the_end_of_a_page(printed, outline, lines):
    # what cannot be broken, a drawing with its title, may leave a hole: two in the whole book
    begins = {sheet for depth, _, sheet in outline if depth < 3}
    decisions = {number for number, sheet in enumerate(lines) if OUTCOME in sheet}  # on the sheet before
    short = []
    for number, sheet in enumerate(pypdfium2.PdfDocument(printed), 1):
        places = [place.get_bounds() for place in sheet.get_objects()]
        lowest = min((bottom for _, bottom, _, top in places if bottom > 70 and top < 770), default=842)
        if lowest > 842 * 0.4 and number > 7 and not begins & {number + 1, number + 2} and number not in decisions:
            short.append(number)
    assert len(short) <= 2, short


def test_contents_figures_tables_and_terms_are_listed_with_their_sheets(
    printed, opened, outline, pages, articles, texts
):
    sheets = {sheet.objgen: number for number, sheet in enumerate(opened.pages, 1)}
    at = {name[1:]: sheets[place[0].objgen] for name, place in opened.Root.Dests.items()}
    words_of = [sheet.get_textpage().get_text_bounded for sheet in pypdfium2.PdfDocument(printed)]
    seen = {}  # what a list of the front names, or a use in the glossary -> all that stands in its link
    for number, sheet in enumerate(opened.pages, 1):
        for link in [link for link in sheet.get("/Annots", ()) if "/Dest" in link]:
            target = str(link.Dest)[1:]
            if number < 9 or ".use-" in target:
                seen[target] = seen.get(target, "") + words_of[number - 1](*map(float, link.Rect))
    figures = {figure["id"] for article in articles.values() for figure in article.select("figure[id]")}
    uses = {use["href"][1:] for use in articles["glossary"].select(".uses a")}
    assert figures | uses <= seen.keys() and len(uses) > 200 and len(figures) > 20
    for target, words in seen.items():
        assert re.search(rf"\b{at[target]},?\s*$", words), f"{target}: {words}"  # a comma may touch the link
    starts = {title: sheet for _, title, sheet in outline}
    for page in pages:
        title, sheet = title_of(page), at[page.slug]
        assert plain(seen[page.slug]) == plain(f"{title}{sheet}") and starts[title] == sheet, page.slug
        assert plain(title) in texts[sheet - 1], page.slug


def test_every_link_leads_somewhere(opened, pages):
    links = [note for sheet in opened.pages for note in sheet.get("/Annots", ()) if note.Subtype == "/Link"]
    inside = {str(link.Dest)[1:] for link in links if "/Dest" in link}
    outside = {str(link.A.URI) for link in links if "/A" in link}
    assert inside <= {name[1:] for name in opened.Root.Dests}
    assert {page.slug for page in pages} <= inside and "timeline.events" in inside
    assert len(inside) > 1_500 and len(outside) > 1_000
    assert [address for address in outside if not re.match("https?://|mailto:", address)] == []


def test_no_id_is_used_twice_and_none_that_is_named_is_missing(pages):
    """Chromium prints a link without its place as mere words."""
    document = pdf.document(pages)
    ids = re.findall(r'\sid="([^"]+)"', document)
    named = re.findall(r'(?:href="#|url\(#|labelledby=")([^")]+)', document)
    assert [each for each, count in Counter(ids).items() if count > 1] == []
    assert len(named) > 5_000 and set(named) - set(ids) == set()


# --- what is on paper


@pytest.mark.parametrize("flaw", FLAWS)
def test_the_printed_document_has_no_flaw(tab, flaw):
    assert tab.evaluate(FLAWS[flaw], [pdf.TEXT_WIDTH, pdf.TEXT_HEIGHT]) == [], flaw


def test_paragraphs_of_every_section_are_printed(articles, texts):
    words = "".join(texts)
    for slug, article in articles.items():
        for section in article.find_all("section"):
            paragraphs = [each.get_text() for each in section.find_all("p", recursive=False)]
            for paragraph in [each for each in paragraphs if len(each) > 60][:1]:
                beginning = plain(paragraph)[:50]  # the rest may run over the end of a sheet
                assert beginning in words, f"{slug}: {paragraph[:80]}"


def test_names_in_other_scripts_are_printed(articles, texts):
    words = "".join(texts)
    forms = articles["glossary"].select(".forms [lang]")
    assert {"ru", "tg", "ky", "hy", "fa-AF", "ps"} <= {form["lang"] for form in forms}
    for form in forms:
        leftward = form["lang"] in ("fa-AF", "ps")
        for word in re.findall(r"\w+", unicodedata.normalize("NFKC", form.get_text())):
            assert word in words or (leftward and word[::-1] in words), form


# --- what is read aloud


def test_every_figure_has_its_alternative_text_in_the_tags(tags, articles):
    texts = [str(each.get("/Alt", "")) for each in tags if each.S == "/Figure"]
    assert all(texts), "a figure without alternative text"
    expected = []
    for article in articles.values():
        expected += [image["alt"] for image in article.find_all("img")]
        expected += [article.find(id=svg["aria-labelledby"]).get_text() for svg in article.find_all("svg")]
    assert sorted(map(plain, texts)) == sorted(map(plain, expected))


def test_every_other_language_is_in_the_tags(tags, articles):
    marked = Counter(each["lang"] for article in articles.values() for each in article.select("[lang]"))
    assert {"ru", "ru-Latn", "tg", "fa-AF", "uz"} <= marked.keys()
    assert Counter(str(each.Lang) for each in tags if "/Lang" in each) - Counter(en=1) == marked


def test_header_cells_lists_and_emphasis_are_tagged(tags, opened):
    kinds = {"/H1", "/H2", "/H3", "/Table", "/Caption", "/TH", "/TD", "/L", "/LI", "/BlockQuote", "/Link", "/Figure"}
    assert kinds | {"/Em", "/Strong"} <= {str(each.S) for each in tags}
    assert dict(opened.Root.StructTreeRoot.RoleMap) == {"/Em": "/Span", "/Strong": "/Span"}, "for older readers"
    cells = {str(each.ID) for each in tags if "/ID" in each}
    assert cells == {f"cell{number:06}" for number in range(1, len(cells) + 1)}, "Chromium's own vary"
    attributes = [attribute for each in tags for attribute in each.get("/A", ())]
    named = {str(cell) for attribute in attributes for cell in attribute.get("/Headers", ())}
    assert len(named) > 500 and named <= cells


def test_what_pdf_ua_asks_for_is_there(tags, opened):
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    links = [note for sheet in opened.pages for note in sheet.get("/Annots", ())]
    assert links and all(str(link.get("/Contents", "")) for link in links), "a link without a description"
    assert {str(sheet.Tabs) for sheet in opened.pages if "/Annots" in sheet} == {"/S"}
    items = [each for each in tags if each.S == "/LI"]
    assert len(items) > 3000
    for item in items:
        assert [str(part.S) for part in item.K] in (["/LBody"], ["/Lbl", "/LBody"])
    assert opened.Root.PageLabels.Nums[1].S == "/D"


def test_what_is_painted_is_tagged_or_marked_as_decoration(opened):
    for number, sheet in enumerate(opened.pages, 1):
        depth = 0
        for each in pikepdf.parse_content_stream(sheet, f"BDC BMC EMC {PAINTING}"):
            operator = str(each.operator)
            depth += (operator in ("BDC", "BMC")) - (operator == "EMC")
            assert depth or operator == "EMC", f"sheet {number}: {operator} unmarked"
