"""The whole book as one PDF, printed by Chromium from pages laid out by press/sphinx/editions.py.

The PDF is tagged, has an outline, and is the same to the byte for the same pages, Chromium and fonts.
"""

import itertools
import tempfile
from pathlib import Path

import pikepdf
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from ..files import write_whole
from ..model.book import LICENSE, citation, site
from . import tags
from .chromium import require_letters
from .pages import Page
from .templates import render

#: The text block in CSS pixels: A4 less the margins in pdf.css.
TEXT_WIDTH, TEXT_HEIGHT = int((210 - 2 * 20) / 25.4 * 96), int((297 - 21 - 19) / 25.4 * 96)
#: Tables wider than the text block get narrower columns, then smaller type; the last step may break words.
FIT_TABLES = """() => {
  for (const table of document.querySelectorAll("table"))
    for (const step of ["tight", "7.5pt", "7pt", "6.5pt", "6pt", "anywhere"]) {
      if (table.getBoundingClientRect().width <= table.parentElement.clientWidth + .5) break;
      if (step === "tight") table.classList.add(step);
      else if (step === "anywhere") table.style.overflowWrap = step;
      else table.style.fontSize = step;
    }
}"""
#: A box shorter than three tenths of a sheet stays whole: cut, it may leave an empty frame at the foot.
KEEP_SHORT_BOXES = """(height) => {
  for (const box of document.querySelectorAll(".admonition, .unfolded, .quiz-answers"))
    if (box.offsetHeight < 0.3 * height) box.style.breakInside = "avoid";
}"""
#: Ids of what begins on a right-hand sheet.
RIGHT_HAND = '() => [...document.querySelectorAll(".right-hand")].map((each) => each.id)'
#: Put a blank sheet before some ids, and the numbers of sheets, by id, beside lines of the contents and the glossary.
NUMBER = """([blanks, sheets]) => {
  for (const id of blanks)
    document.getElementById(id).insertAdjacentHTML("beforebegin", '<div class="blank"></div>');
  for (const line of document.querySelectorAll(".contents a"))
    line.lastElementChild.textContent = sheets[decodeURIComponent(line.hash.slice(1))];
  for (const use of document.querySelectorAll(".uses a"))
    use.append(" " + sheets[decodeURIComponent(use.hash.slice(1))]);
}"""


def write_pdf(browser: Browser, pages: list[Page], pictures: dict[str, bytes], pdf: Path) -> int:
    """Print the book.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        A Chromium.
    pages : list of Page
        In reading order; ids are unique over all of them.
    pictures : dict
        Name -> content of the pictures that they show.
    pdf : pathlib.Path
        File to write; its folder is made.

    Returns
    -------
    int
        Number of sheets.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, printed, words = Path(folder, "book.html"), Path(folder, "book.pdf"), document(pages)
        write_pictures(pictures, Path(folder))
        with open_document(browser, words, source) as tab:
            tab.pdf(path=printed, prefer_css_page_size=True)  # without tags in half the time
            numbers = turn_right(tab.evaluate(RIGHT_HAND), sheet_numbers(printed))
        with open_document(browser, words, source) as tab:  # a second print of one tab may break otherwise
            tab.evaluate(NUMBER, numbers)
            count = print_tagged(tab, printed)
        write_whole(pdf, printed.read_bytes())
        return count


def document(pages: list[Page]) -> str:
    """Write the whole book as one HTML document, whose contents have room for numbers of three digits."""
    parts = [(part, list(group)) for part, group in itertools.groupby(pages, lambda page: page.part)]
    return render("pdf.html", pages=pages, parts=parts, book=citation(), license=LICENSE, address=f"{site()}/")


def write_pictures(pictures: dict[str, bytes], folder: Path) -> None:
    """Write pictures where the document looks for them."""
    (folder / "images").mkdir()
    for name, content in pictures.items():
        (folder / "images" / name).write_bytes(content)


# --- printing


def open_document(browser: Browser, document: str, source: Path) -> Tab:
    """Write a document to a file and open it as it will be printed, wide tables fitted to the sheet."""
    require_letters()
    source.write_text(document, encoding="utf-8")
    tab = browser.new_page(viewport={"width": TEXT_WIDTH, "height": TEXT_HEIGHT})
    tab.emulate_media(media="print")
    tab.goto(source.as_uri(), timeout=120_000)  # a busy machine needs more than half a minute for the whole book
    tab.evaluate(FIT_TABLES)
    tab.evaluate(KEEP_SHORT_BOXES, TEXT_HEIGHT)
    return tab


def print_one(browser: Browser, words: str, printed: Path) -> int:
    """Print one document under its own title; return its number of pages."""
    with open_document(browser, words, printed.with_suffix(".html")) as tab:
        return print_tagged(tab, printed)


def print_all(browser: Browser, documents: dict[str, str], folder: Path) -> dict[str, int]:
    """Print documents: name of the file without its ending -> HTML; none is written unless all can be printed.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        A Chromium.
    documents : dict
        Name of the file without its ending -> the page as HTML, which loads nothing.
    folder : pathlib.Path
        Where the PDFs go; it is made.

    Returns
    -------
    dict
        Name of the file -> number of pages.
    """
    counts = {}
    with tempfile.TemporaryDirectory() as place:
        for name, words in documents.items():
            counts[f"{name}.pdf"] = print_one(browser, words, Path(place, f"{name}.pdf"))
        for file in counts:
            write_whole(folder / file, Path(place, file).read_bytes())
    return counts


def sheet_numbers(printed: Path) -> dict[str, int]:
    """Number of the sheet, from 1, of each id that is linked."""
    with pikepdf.open(printed) as pdf:
        return {name[1:]: tags.sheet_number(pdf, name) for name in pdf.Root.Dests}


def turn_right(starts: list[str], sheets: dict[str, int]) -> tuple[list[str], dict[str, int]]:
    """Find before which starts a blank sheet must stand, so that each is on a right-hand sheet, an odd one.

    Parameters
    ----------
    starts : list of str
        Ids of what begins on a sheet of its own, in their order.
    sheets : dict
        Number of the sheet of every id without blank sheets.

    Returns
    -------
    list of str
        The ids that get one before them.
    dict
        Number of the sheet of every id with them.
    """
    blanks: list[str] = []
    for start in starts:
        if (sheets[start] + len(blanks)) % 2 == 0:
            blanks.append(start)
    places = [sheets[each] for each in blanks]
    return blanks, {name: number + sum(place <= number for place in places) for name, number in sheets.items()}


def print_tagged(tab: Tab, printed: Path) -> int:
    """Print an open document with tags and an outline, the same in every run; return the number of its pages.

    Chromium writes its own name and the time; authors and date of CITATION.cff replace them. In the outline it drops
    the space where the line of a heading breaks. Its tags are sixty thousand objects, uncompressed.
    """
    tab.pdf(path=printed, tagged=True, outline=True, prefer_css_page_size=True)
    title, headings = tab.title(), tab.locator("h1, h2, h3, h4, h5, h6").all_text_contents()
    words = {"".join(heading.split()): " ".join(heading.split()) for heading in headings}
    released = f"D:{citation().released:%Y%m%d}000000Z"
    with pikepdf.open(printed, allow_overwriting_input=True) as pdf:
        pdf.docinfo = pdf.make_indirect(
            pikepdf.Dictionary(
                Title=title,
                Author="; ".join(citation().authors),
                Producer=pdf.docinfo.Producer,
                CreationDate=released,
                ModDate=released,
            )
        )
        with pdf.open_outline() as outline:
            for item in _all_items(outline.root):
                item.title = words.get("".join(item.title.split()), item.title)
        _renumber_cells(pdf)
        tags.complete(pdf)
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["dc:title"] = title
            metadata["pdfuaid:part"] = "1"
        pdf.save(object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True, deterministic_id=True)
        return len(pdf.pages)


def _renumber_cells(pdf: pikepdf.Pdf) -> None:
    """Number the ids of header cells, which cells refer to, from 1: Chromium begins with another number in each run."""
    elements = tags.elements(pdf)
    used = sorted(str(element.ID) for element in elements if "/ID" in element)
    new = {old: pikepdf.String(f"cell{number:06}") for number, old in enumerate(used, 1)}
    for element in elements:
        if "/ID" in element:
            element.ID = new[str(element.ID)]
        for attribute in element.get("/A", ()):
            if "/Headers" in attribute:
                attribute.Headers = pikepdf.Array(new[str(each)] for each in attribute.Headers)
    if used:
        numbered = pikepdf.NameTree.new(pdf)
        for old, element in pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree).items():
            numbered[str(new[old])] = element
        pdf.Root.StructTreeRoot.IDTree = numbered.obj


def _all_items(items):
    for item in items:
        yield item
        yield from _all_items(item.children)
