"""The whole book as one EPUB, from the HTML that `make book` wrote."""

import itertools
import re
from pathlib import Path

from casebook.archive import zipped

from ..drawings import cover
from ..files import write_whole
from ..model.book import citation, identifier, repository
from .pages import HTML, Page, edition, pages, relink
from .templates import TEMPLATES, render

EPUB = edition("epub")
TYPES = {
    ".css": "text/css",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xhtml": "application/xhtml+xml",
}
RIGHT_TO_LEFT = {"fa-AF", "ps"}

#: What a page is, in the words of EPUB and ARIA, if it is not a chapter; and what a link into it is.
KINDS = {"index": "introduction", "glossary": "glossary", "bibliography": "bibliography"}
REFERENCES = {"glossary": "glossref", "bibliography": "biblioref"}

#: How many columns fit side by side on a narrow page, and the roles of the parts of a table that it lays out otherwise.
FEW_COLUMNS = 3
ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "columnheader", "td": "cell"}


def write_epub(html: Path = HTML, epub: Path = EPUB) -> None:
    """Write the book: the same bytes for the same HTML.

    Parameters
    ----------
    html : pathlib.Path
        Folder of the built HTML.
    epub : pathlib.Path
        File to write; its folder is made.

    Raises
    ------
    press.editions.pages.EditionError
        If the book is not built.
    """
    write_whole(epub, zipped(contents(html), stored=("mimetype",)))


def contents(html: Path) -> dict[str, bytes]:
    """Make every file of the EPUB: path -> bytes, in the order of the zip."""
    chapters, book = pages(html), citation()
    source = chapters[0].address.removesuffix("index.html") or repository()
    pictures = sorted({image["src"] for page in chapters for image in page.article.find_all("img")})
    for page in chapters:
        prepare(page, chapters)

    def document(template, **values):
        return render(f"epub/{template}", book=book, **values).encode()

    parts = [(part, list(group)) for part, group in itertools.groupby(chapters, lambda page: page.part)]
    files = {
        "cover.xhtml": document("cover.xhtml", title="Cover", alternative=cover.ALTERNATIVE),
        "title.xhtml": document("title.xhtml", title="Title page", source=source),
        "nav.xhtml": document("nav.xhtml", title="Contents", landmarks=landmarks(chapters), parts=parts),
    }
    for page in chapters:
        body = page.article.decode_contents()
        files[f"{page.slug}.xhtml"] = document("page.xhtml", title=page.title, body=body)
    files["epub.css"] = (TEMPLATES / "epub" / "epub.css").read_bytes()
    files["images/cover.png"] = cover.draw(book.title, book.subtitle, ", ".join(book.authors))
    for picture in pictures:
        files[f"images/{Path(picture).name}"] = _without_doctype(Path(html, picture).read_bytes())
    files["package.opf"] = document(
        "package.opf",
        manifest=[listed(*file) for file in files.items()],
        spine=[Path(name).stem for name in files if name.endswith(".xhtml")],
        identifier=identifier(),
        source=source,
    )
    return {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": document("container.xml"),
        **{f"EPUB/{name}": data for name, data in files.items()},
    }


def _without_doctype(picture: bytes) -> bytes:
    """A drawing without matplotlib's document type, which older checkers refuse."""
    return re.sub(rb"<!DOCTYPE svg[^>]*>\s*", b"", picture)


def prepare(page: Page, book: list[Page]) -> None:
    """Turn the article of a page into XHTML for a reading device; its links lead to the files of the EPUB."""
    article = page.article
    for section in article.select("section:has(> .toctree-wrapper)"):  # the contents have a page of their own
        section.decompose()
    relink(page, book, lambda target, anchor: f"{target.slug}.xhtml#{anchor}".removesuffix("#"))
    for tag in article.find_all(True):
        tag.attrs = {name: value for name, value in tag.attrs.items() if not name.startswith("data-")}
        if tag.get("lang"):
            tag["xml:lang"] = tag["lang"]
        if tag.get("lang") in RIGHT_TO_LEFT:
            tag["dir"] = "rtl"
    for image in article.find_all("img"):
        image["src"] = f"images/{Path(image['src']).name}"
    for table in article.find_all("table"):
        _name_cells(table)
    for slug, kind in REFERENCES.items():
        for link in article.select(f'a[href^="{slug}.xhtml#"]'):
            link["epub:type"], link["role"] = kind, f"doc-{kind}"
    kind = KINDS.get(page.slug, "chapter")
    article.section["epub:type"], article.section["role"] = kind, f"doc-{kind}"


def _name_cells(table):
    """Name each cell of a wide table by its column, since epub.css makes lists of the rows on a narrow page.

    A table that is no longer laid out as one is still read aloud as one by its roles.
    """
    columns = [header.get_text(" ", strip=True) for header in table.select("thead th")]
    if len(columns) <= FEW_COLUMNS:
        return
    table["class"] = [*table.get("class", []), "wide"]
    for part in (table, *table.find_all(ROLES)):
        part["role"] = "rowheader" if part.get("scope") == "row" else ROLES[part.name]
    for row in table.select("tbody tr"):
        for column, cell in zip(columns, row.find_all(["th", "td"]), strict=True):
            cell["data-column"] = column


def landmarks(chapters: list[Page]) -> list[tuple[str, str, str]]:
    """Places that a reading device offers by name: what it is, page, words."""
    first = next(page for page in chapters if page.part)
    named = [(KINDS[page.slug], page.slug, page.title) for page in chapters if page.slug in KINDS]
    return [
        ("cover", "cover", "Cover"),
        ("toc", "nav", "Contents"),
        ("bodymatter", first.slug, "First chapter"),
        *named,
    ]


def listed(name: str, data: bytes) -> dict:
    """The entry of a file in the package document."""
    path = Path(name)
    properties = {"nav.xhtml": "nav", "images/cover.png": "cover-image"}.get(name, "")
    if path.suffix == ".xhtml" and b"<svg" in data:
        properties = "svg"
    key = path.stem if path.suffix == ".xhtml" else f"file-{path.name}"
    return {"id": key, "href": name, "type": TYPES[path.suffix], "properties": properties}
