"""The whole book as one EPUB, from pages laid out by press/sphinx/editions.py."""

import itertools
from pathlib import Path

from casebook.svg import without_doctype

from ..archive import zipped
from ..drawings import cover
from ..files import write_whole
from ..model.book import citation, identifier, site
from .pages import Page
from .templates import TEMPLATES, render

TYPES = {
    ".css": "text/css",
    ".jpg": "image/jpeg",
    ".ncx": "application/x-dtbncx+xml",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xhtml": "application/xhtml+xml",
}
#: What a page is, in the words of EPUB and ARIA, if it is not a chapter; and what a link into it is.
KINDS = {"index": "introduction", "glossary": "glossary", "bibliography": "bibliography"}
REFERENCES = {"glossary": "glossref", "bibliography": "biblioref"}


def write_epub(pages: list[Page], pictures: dict[str, bytes], epub: Path) -> None:
    """Write the book: the same bytes for the same pages.

    Parameters
    ----------
    pages : list of Page
        In reading order.
    pictures : dict
        Name -> content of the pictures that they show.
    epub : pathlib.Path
        File to write; its folder is made.
    """
    write_whole(epub, zipped(contents(pages, pictures), stored=("mimetype",)))


def contents(pages: list[Page], pictures: dict[str, bytes]) -> dict[str, bytes]:
    """Make every file of the EPUB: path -> bytes, in the order of the zip."""
    book = citation()

    def document(template, **values):
        return render(f"epub/{template}", book=book, source=f"{site()}/", **values).encode()

    parts = [(part, list(group)) for part, group in itertools.groupby(pages, lambda page: page.part)]
    files = {
        "cover.xhtml": document("cover.xhtml", title="Cover", alternative=cover.ALTERNATIVE),
        "title.xhtml": document("title.xhtml", title="Title page"),
        "nav.xhtml": document("nav.xhtml", title="Contents", landmarks=landmarks(pages), parts=parts),
    }
    for page in pages:
        files[f"{page.slug}.xhtml"] = document("page.xhtml", title=page.title, body=page.body)
    files["epub.css"] = (TEMPLATES / "epub" / "epub.css").read_bytes()
    files["images/cover.png"] = cover.draw(book.title, book.subtitle, ", ".join(book.authors))
    for name, content in pictures.items():
        files[f"images/{name}"] = without_doctype(content) if name.endswith(".svg") else content
    files["toc.ncx"] = document("toc.ncx", pages=pages, identifier=identifier())
    files["package.opf"] = document(
        "package.opf",
        manifest=[listed(*file) for file in files.items()],
        spine=[Path(name).stem for name in files if name.endswith(".xhtml")],
        identifier=identifier(),
    )
    return {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": document("container.xml"),
        **{f"EPUB/{name}": data for name, data in files.items()},
    }


def landmarks(pages: list[Page]) -> list[tuple[str, str, str]]:
    """Places that a reading device offers by name: what it is, page, words."""
    first = next(page for page in pages if page.part)
    fixed = [("cover", "cover", "Cover"), ("toc", "nav", "Contents"), ("bodymatter", first.slug, "First chapter")]
    return fixed + [(KINDS[page.slug], page.slug, page.title) for page in pages if page.slug in KINDS]


def listed(name: str, data: bytes) -> dict:
    """The entry of a file in the package document."""
    path = Path(name)
    properties = {"nav.xhtml": "nav", "images/cover.png": "cover-image"}.get(name, "")
    if path.suffix == ".xhtml" and b"<svg" in data:
        properties = "svg"
    key = path.stem if path.suffix == ".xhtml" else f"file-{path.name}"
    return {"id": key, "href": name, "type": TYPES[path.suffix], "properties": properties}
