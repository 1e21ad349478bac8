"""Print the whole book as one PDF from the HTML that `make book` wrote.

    python tools/pdf.py [folder of the HTML] [file to write]

The PDF is tagged, has an outline, and is the same to the byte for the same HTML, Chromium and fonts.
"""

import html as markup
import json
import os
import re
import sys
import tempfile
from pathlib import Path

import chromium
import pikepdf
import yaml
from bs4 import BeautifulSoup
from editions import BOOK, HTML, EditionError, Page, pages, relink
from playwright.sync_api import Browser, sync_playwright

PDF = BOOK / "_build" / "pdf" / "paper-tiger-or-safe-choice.pdf"
STYLE = Path(__file__).with_name("pdf.css")
#: Width of the text block in CSS pixels: A4 less the margins in pdf.css.
TEXT_WIDTH = round((210 - 2 * 20) / 25.4 * 96)
#: Attributes that hold an id, or several.
REFERENCES = ("aria-labelledby", "aria-describedby", "for", "headers")
#: Tables that are wider than the text block get smaller type, step by step; the last step may break words.
FIT_TABLES = """() => {
  for (const table of document.querySelectorAll("table"))
    for (const step of ["7.5pt", "7pt", "6.5pt", "6pt", "anywhere"]) {
      if (table.getBoundingClientRect().width <= table.parentElement.clientWidth + .5) break;
      step === "anywhere" ? table.style.overflowWrap = step : table.style.fontSize = step;
    }
}"""


def write_pdf(html: Path = HTML, pdf: Path = PDF) -> int:
    """Print the book.

    Parameters
    ----------
    html : pathlib.Path
        Folder of the built HTML.
    pdf : pathlib.Path
        File to write; its folder is made.

    Returns
    -------
    int
        Number of pages.

    Raises
    ------
    editions.EditionError, chromium.ChromiumMissing
        If the book is not built, or no Chromium starts.
    """
    document = assemble(html)
    pdf.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=pdf.parent) as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = chromium.launch(playwright)
        draft = print_document(browser, number_contents(document, {}), folder, tagged=False)
        numbers = page_numbers(draft)
        printed = print_document(browser, number_contents(document, numbers), folder, tagged=True)
        browser.close()
        count = finish(printed, document)
        os.replace(printed, pdf)
    return count


# --- one document of all pages


def assemble(html: Path) -> str:
    """The whole book as one HTML document, with the style sheet in it."""
    book = pages(html)
    citation = citation_file()
    contents, bodies, part = [], [], ""
    for page in book:
        prepare(page, book, html)
        if page.part != part:
            part = page.part
            contents.append(f'<p class="part">{markup.escape(part)}</p>')
            page.article.section.insert_before(new("h1", part, "part"))
        contents.append(contents_of(page))
        bodies.append(f'<div class="page" id="{page.slug}" style="page: page-{page.slug}">{page.article}</div>')
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{markup.escape(citation["title"])}</title>'
        f"<style>{STYLE.read_text(encoding='utf-8')}{''.join(map(running_title, book))}</style></head><body>"
        f'{cover(citation, book[0].address)}<div class="contents" id="contents"><h1>Contents</h1>{"".join(contents)}</div>'
        f"{''.join(bodies)}</body></html>"
    )


def new(name: str, text: str, css_class: str):
    tag = BeautifulSoup("", "html.parser").new_tag(name, attrs={"class": css_class})
    tag.string = text
    return tag


def citation_file() -> dict:
    """What CITATION.cff says of the book."""
    return yaml.safe_load((BOOK / "CITATION.cff").read_text(encoding="utf-8"))


def authors(citation: dict) -> str:
    return "; ".join(each.get("name") or f"{each['given-names']} {each['family-names']}" for each in citation["authors"])


def cover(citation: dict, address: str) -> str:
    """Title page from CITATION.cff."""
    title, question, subtitle = citation["title"].partition("? ")
    license = citation["license"].replace("CC-BY-", "CC BY ")
    lines = [
        f"Version {citation['version']}, {citation['date-released']:%-d %B %Y}",
        f"Text and data: {license}. Code: BSD 3-Clause. Quotations remain with their owners.",
        "Interactive figures stand here with one of their views and its data."
        + (f' The pages on the web have all of them, and the notebooks: <a href="{address}">{address}</a>' if address else ""),
    ]
    return (
        f'<div class="cover"><p class="title">{markup.escape(title + question.strip())}</p><p class="subtitle">{markup.escape(subtitle)}</p>'
        f'<p class="authors">{markup.escape(authors(citation))}</p><p class="imprint">{"<br>".join(lines)}</p></div>'
    )


def prepare(page: Page, book: list[Page], html: Path) -> None:
    """Fit a page into the one document: unique ids, links within it, pictures by full address, headings below its part."""
    article = page.article
    for section in article.select("section section:has(> .toctree-wrapper)"):  # the contents stand at the front
        section.decompose()
    relink(page, book, inside=lambda other, target: f"#{other.slug}{'.' * bool(target)}{target}")
    for image in article.find_all("img"):
        image["src"] = Path(html, image["src"]).resolve().as_uri()
    for tag in article.find_all(True):
        for name, value in tag.attrs.items():
            if name == "id":
                tag[name] = f"{page.slug}.{value}"
            elif name in REFERENCES:
                tag[name] = " ".join(f"{page.slug}.{each}" for each in (value if isinstance(value, list) else value.split()))
            elif name == "xlink:href":
                tag[name] = value.replace("#", f"#{page.slug}.", 1)
            elif isinstance(value, str) and "url(#" in value:
                tag[name] = value.replace("url(#", f"url(#{page.slug}.")
    for heading in article.find_all(re.compile("h[1-5]$")) if page.part else ():
        heading.name = f"h{int(heading.name[1]) + 1}"


def contents_of(page: Page) -> str:
    """Lines of the contents for a page and its sections."""
    sections = page.article.select("article > section > section[id]")
    lines = "".join(contents_line(section["id"], section.find(re.compile("h[2-3]$")).get_text()) for section in sections)
    return f"<ol><li>{contents_line(page.slug, page.title)[4:-5]}{f'<ol>{lines}</ol>' if lines else ''}</li></ol>"


def contents_line(target: str, words: str) -> str:
    return f'<li><a href="#{target}"><span>{markup.escape(" ".join(words.split()))}</span> <span data-page-of="{target}"></span></a></li>'


def number_contents(document: str, numbers: dict[str, int]) -> str:
    """Fill in the page numbers of the contents; unknown ones take the room of three digits."""
    return re.sub(r'<span data-page-of="([^"]+)"></span>', lambda found: f"<span>{numbers.get(found[1], '000')}</span>", document)


def running_title(page: Page) -> str:
    """Rule that writes the title of a page at the head of its sheets."""
    words = json.dumps(page.title.partition(":")[0], ensure_ascii=False)
    style = 'font: 8pt "Liberation Sans", Arial, "DejaVu Sans", sans-serif; color: #333; vertical-align: bottom; padding-bottom: 4mm'
    return f"@page page-{page.slug} {{ @top-left {{ content: {words}; {style}; }} }}\n"


# --- printing


def print_document(browser: Browser, document: str, folder: Path, tagged: bool) -> Path:
    """Print a document, wide tables fitted to the sheet first; return the PDF, which lies in the folder."""
    source, printed = folder / "book.html", folder / "book.pdf"
    source.write_text(document, encoding="utf-8")
    page = browser.new_page(viewport={"width": TEXT_WIDTH, "height": 900})
    page.emulate_media(media="print")
    page.goto(source.as_uri())
    page.evaluate(FIT_TABLES)
    page.pdf(path=printed, tagged=tagged, outline=tagged, prefer_css_page_size=True)
    page.close()
    return printed


def page_numbers(printed: Path) -> dict[str, int]:
    """Number of the sheet, from 1, on which each id of a document stands that is linked."""
    with pikepdf.open(printed) as pdf:
        sheets = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return {name[1:]: sheets[place[0].objgen] for name, place in pdf.Root.Dests.items()}


def finish(printed: Path, document: str) -> int:
    """Make a printed PDF the same in every run, and a quarter of its size; return the number of its pages.

    Chromium stamps its own name and the time, which give way to the authors and the date of CITATION.cff. In the
    outline it drops the blank where the line of a heading breaks. Its tags are sixty thousand objects, uncompressed.
    """
    headings = BeautifulSoup(document, "html.parser").find_all(re.compile("^h[1-6]$"))
    words = {"".join(heading.get_text().split()): " ".join(heading.get_text().split()) for heading in headings}
    citation = citation_file()
    released = f"D:{citation['date-released']:%Y%m%d}000000Z"
    with pikepdf.open(printed, allow_overwriting_input=True) as pdf:
        pdf.docinfo = pdf.make_indirect(pikepdf.Dictionary(
            Title=citation["title"], Author=authors(citation), Producer=pdf.docinfo.Producer, CreationDate=released, ModDate=released))
        with pdf.open_outline() as outline:
            for item in _all_items(outline.root):
                item.title = words.get("".join(item.title.split()), item.title)
        pdf.save(object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True, deterministic_id=True)
        return len(pdf.pages)


def _all_items(items):
    for item in items:
        yield item
        yield from _all_items(item.children)


if __name__ == "__main__":
    arguments = [Path(each) for each in sys.argv[1:3]]
    try:
        count = write_pdf(*arguments)
    except (EditionError, chromium.ChromiumMissing) as error:
        sys.exit(str(error))
    written = arguments[1] if len(arguments) > 1 else PDF
    print(f"The PDF is written: {written} ({count} pages, {written.stat().st_size / 1e6:.1f} MB)")
