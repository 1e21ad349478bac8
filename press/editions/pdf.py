"""The whole book as one PDF, printed from the HTML that `make book` wrote.

The PDF is tagged, has an outline, and is the same to the byte for the same HTML, Chromium and fonts.
"""

import html as markup
import json
import re
import tempfile
from pathlib import Path

import pikepdf
from bs4 import BeautifulSoup
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from ..files import write_whole
from ..model.book import LICENSE, citation
from .pages import HTML, Page, edition, new_tag, pages, relink
from .templates import TEMPLATES

PDF = edition("pdf")
STYLE = TEMPLATES / "pdf.css"
#: The text block in CSS pixels: A4 less the margins in pdf.css.
TEXT_WIDTH, TEXT_HEIGHT = int((210 - 2 * 20) / 25.4 * 96), int((297 - 21 - 19) / 25.4 * 96)
#: Attributes that hold an id, or several.
REFERENCES = ("aria-labelledby", "aria-describedby", "for", "headers")
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


def write_pdf(browser: Browser, html: Path = HTML, pdf: Path = PDF) -> int:
    """Print the book.

    Parameters
    ----------
    browser : playwright.sync_api.Browser
        A Chromium.
    html : pathlib.Path
        Folder of the built HTML.
    pdf : pathlib.Path
        File to write; its folder is made.

    Returns
    -------
    int
        Number of sheets.

    Raises
    ------
    press.editions.pages.EditionError
        If the book is not built.
    """
    document = assemble(html)
    with tempfile.TemporaryDirectory() as folder:
        source, printed = Path(folder, "book.html"), Path(folder, "book.pdf")
        print_document(browser, number_contents(document, {}), source, printed, tagged=False)
        numbers = sheet_numbers(printed)
        title = print_document(browser, number_contents(document, numbers), source, printed, tagged=True)
        count = finish(printed, document, title)
        write_whole(pdf, printed.read_bytes())
    return count


# --- one document of all pages


def assemble(html: Path) -> str:
    """The whole book as one HTML document, with the style sheet in it."""
    book = pages(html)
    contents, bodies, part = [], [], ""
    for page in book:
        prepare(page, book, html)
        if page.part != part:
            part = page.part
            contents.append(f'<p class="part">{markup.escape(part)}</p>')
            page.article.section.insert_before(new_tag("h1", part, class_="part"))
        contents.append(contents_of(page))
        bodies.append(f'<div class="page" id="{page.slug}" style="page: page-{page.slug}">{page.article}</div>')
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{markup.escape(citation().full_title)}</title>"
        f"<style>{STYLE.read_text(encoding='utf-8')}{''.join(map(running_title, book))}</style></head><body>"
        f'{cover(book[0].address)}<div class="contents" id="contents"><h1>Contents</h1>{"".join(contents)}</div>'
        f"{''.join(bodies)}</body></html>"
    )


def cover(address: str) -> str:
    """Title page from CITATION.cff."""
    book = citation()
    lines = [
        f"Version {book.version}, {book.day}",
        f"Text and data: {LICENSE}. Code: BSD 3-Clause. Quotations remain with their owners.",
        "Interactive figures are printed with one of their views and its data. "
        "Pages with answers for teachers are on the web only."
        + (
            f' The pages on the web have all of them, and the notebooks: <a href="{address}">{address}</a>'
            if address
            else ""
        ),
    ]
    return (
        f'<div class="cover"><p class="title">{markup.escape(book.title)}</p>'
        f'<p class="subtitle">{markup.escape(book.subtitle)}</p>'
        f'<p class="authors">{markup.escape("; ".join(book.authors))}</p>'
        f'<p class="imprint">{"<br>".join(lines)}</p></div>'
    )


def prepare(page: Page, book: list[Page], html: Path) -> None:
    """Fit a page into the one document: unique ids, links within it, full addresses, headings below its part."""
    article = page.article
    for section in article.select("section section:has(> .toctree-wrapper)"):  # the contents are at the front
        section.decompose()
    relink(page, book, inside=lambda other, target: f"#{other.slug}{'.' * bool(target)}{target}")
    for image in article.find_all("img"):
        image["src"] = Path(html, image["src"]).resolve().as_uri()
    for figure in article.find_all("figure"):
        figure["role"] = "group"  # else a tag Figure without alternative text surrounds that of the picture
    for tag in article.find_all(True):
        for name, value in tag.attrs.items():
            if name == "id":
                tag[name] = f"{page.slug}.{value}"
            elif name in REFERENCES:
                tag[name] = " ".join(
                    f"{page.slug}.{each}" for each in (value if isinstance(value, list) else value.split())
                )
            elif name == "xlink:href":
                tag[name] = value.replace("#", f"#{page.slug}.", 1)
            elif isinstance(value, str) and "url(#" in value:
                tag[name] = value.replace("url(#", f"url(#{page.slug}.")
    for heading in article.find_all(re.compile("h[1-5]$")) if page.part else ():
        heading.name = f"h{int(heading.name[1]) + 1}"


def contents_of(page: Page) -> str:
    """Lines of the contents for a page and its sections."""
    sections = page.article.select("article > section > section[id]")
    links = [contents_link(section["id"], section.find(re.compile("^h[1-6]$")).get_text()) for section in sections]
    below = "".join(f"<li>{link}</li>" for link in links)
    return f"<ol><li>{contents_link(page.slug, page.title)}{f'<ol>{below}</ol>' if below else ''}</li></ol>"


def contents_link(target: str, words: str) -> str:
    words = markup.escape(" ".join(words.split()))
    return f'<a href="#{target}"><span>{words}</span> <span data-page-of="{target}"></span></a>'


def number_contents(document: str, numbers: dict[str, int]) -> str:
    """Fill in the page numbers of the contents; unknown ones take the room of three digits."""
    return re.sub(
        r'<span data-page-of="([^"]+)"></span>', lambda found: f"<span>{numbers.get(found[1], '000')}</span>", document
    )


def running_title(page: Page) -> str:
    """Rule that writes the title of a page at the head of its sheets."""
    words = json.dumps(page.title.partition(":")[0], ensure_ascii=False)
    style = 'font: 8pt "Liberation Sans", Arial, "DejaVu Sans", sans-serif; color: #333; '
    style += "vertical-align: bottom; padding-bottom: 4mm"
    return f"@page page-{page.slug} {{ @top-left {{ content: {words}; {style}; }} }}\n"


# --- printing


def open_document(browser: Browser, document: str, source: Path) -> Tab:
    """Write a document to a file and open it as it will be printed, wide tables fitted to the sheet."""
    source.write_text(document, encoding="utf-8")
    tab = browser.new_page(viewport={"width": TEXT_WIDTH, "height": TEXT_HEIGHT})
    tab.emulate_media(media="print")
    tab.goto(source.as_uri(), timeout=120_000)  # a busy machine needs more than half a minute for the whole book
    tab.evaluate(FIT_TABLES)
    return tab


def print_document(browser: Browser, document: str, source: Path, printed: Path, tagged: bool) -> str:
    """Print a document, with tags and an outline or, in half the time, without; return its title."""
    tab = open_document(browser, document, source)
    tab.pdf(path=printed, tagged=tagged, outline=tagged, prefer_css_page_size=True)
    title = tab.title()
    tab.close()
    return title


def sheet_numbers(printed: Path) -> dict[str, int]:
    """Number of the sheet, from 1, of each id that is linked."""
    with pikepdf.open(printed) as pdf:
        sheets = {sheet.objgen: number for number, sheet in enumerate(pdf.pages, 1)}
        return {name[1:]: sheets[place[0].objgen] for name, place in pdf.Root.Dests.items()}


def finish(printed: Path, document: str, title: str) -> int:
    """Make a printed PDF the same in every run, and a quarter of its size; return the number of its pages.

    Chromium writes its own name and the time; authors and date of CITATION.cff replace them. In the outline it drops
    the space where the line of a heading breaks. Its tags are sixty thousand objects, uncompressed.
    """
    headings = BeautifulSoup(document, "html.parser").find_all(re.compile("^h[1-6]$"))
    words = {"".join(heading.get_text().split()): " ".join(heading.get_text().split()) for heading in headings}
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
        pdf.save(object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True, deterministic_id=True)
        return len(pdf.pages)


def _renumber_cells(pdf: pikepdf.Pdf) -> None:
    """Number the ids of header cells, which cells refer to, from 1: Chromium begins with another number in each run."""
    elements = [
        each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/StructElem"
    ]
    used = sorted(str(element.ID) for element in elements if "/ID" in element)
    new = {old: pikepdf.String(f"cell{number:06}") for number, old in enumerate(used, 1)}
    for element in elements:
        if "/ID" in element:
            element.ID = new[str(element.ID)]
        for attribute in element.get("/A", ()):
            if "/Headers" in attribute:
                attribute.Headers = pikepdf.Array(new[str(each)] for each in attribute.Headers)
    branches = [pdf.Root.StructTreeRoot.IDTree] if "/IDTree" in pdf.Root.StructTreeRoot else []
    for branch in branches:
        branches.extend(branch.get("/Kids", ()))
        for key in {"/Limits", "/Names"} & branch.keys():
            branch[key] = pikepdf.Array(
                new[str(each)] if isinstance(each, pikepdf.String) else each for each in branch[key]
            )


def _all_items(items):
    for item in items:
        yield item
        yield from _all_items(item.children)
