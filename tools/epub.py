"""Write the whole book as one EPUB from the HTML that `make book` wrote.

    python tools/epub.py [folder of the HTML] [file to write]

An EPUB is a zip of XHTML pages and a list of them: the templates in web/epub. Sphinx's builder would run every notebook
again and pass on what cells print, which need not be XHTML; ebooklib is AGPL and leaves the pages to its caller.
"""

import itertools
import os
import re
import sys
import uuid
from pathlib import Path

import cover
import jinja2
import yaml
from casebook import usage
from editions import BOOK, HTML, EditionError, Page, pages, relink

EPUB = BOOK / "_build" / "epub" / "paper-tiger-or-safe-choice.epub"
PARTS = BOOK / "web" / "epub"
TYPES = {".css": "text/css", ".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml", ".xhtml": "application/xhtml+xml"}
RIGHT_TO_LEFT = {"fa-AF", "ps"}

#: What a page is, in the words of EPUB and ARIA, if it is not a chapter; and what a link into it is.
KINDS = {"index": "introduction", "glossary": "glossary", "bibliography": "bibliography"}
REFERENCES = {"glossary": "glossref", "bibliography": "biblioref"}

#: How many columns a narrow page bears side by side, and the roles of the parts of a table that it lays out otherwise.
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
    editions.EditionError
        If the book is not built.
    """
    files = contents(html)
    epub.parent.mkdir(parents=True, exist_ok=True)
    draft = epub.with_suffix(".part")
    draft.write_bytes(usage.zipped(files, stored=("mimetype",)))
    os.replace(draft, epub)


def contents(html: Path) -> dict[str, bytes]:
    """Every file of the EPUB: path -> bytes, in the order of the zip."""
    chapters = pages(html)
    book = facts(chapters[0].address)
    pictures = sorted({image["src"] for page in chapters for image in page.article.find_all("img")})
    for page in chapters:
        prepare(page, chapters)
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(PARTS), autoescape=True, trim_blocks=True, lstrip_blocks=True,
                                   undefined=jinja2.StrictUndefined)

    def render(template, **values):
        return templates.get_template(template).render(book=book, **values).encode()

    files = {
        "cover.xhtml": render("cover.xhtml", title="Cover", alternative=cover.ALTERNATIVE),
        "title.xhtml": render("title.xhtml", title="Title page"),
        "nav.xhtml": render("nav.xhtml", title="Contents", landmarks=landmarks(chapters),
                            parts=[(part, list(group)) for part, group in itertools.groupby(chapters, lambda page: page.part)]),
        **{f"{page.slug}.xhtml": render("page.xhtml", title=page.title, body=page.article.decode_contents()) for page in chapters},
        "epub.css": (PARTS / "epub.css").read_bytes(),
        "images/cover.png": cover.draw(book["name"], book["subtitle"], ", ".join(book["authors"])),
        **{f"images/{Path(picture).name}": Path(html, picture).read_bytes() for picture in pictures},
    }
    spine = [Path(name).stem for name in files if name.endswith(".xhtml")]
    files["package.opf"] = render("package.opf", manifest=[listed(*file) for file in files.items()], spine=spine)
    return {"mimetype": b"application/epub+zip", "META-INF/container.xml": render("container.xml"),
            **{f"EPUB/{name}": data for name, data in files.items()}}


def facts(address: str) -> dict:
    """What the book says of itself, from CITATION.cff and _config.yml; `address` is that of the book on the web, or ""."""
    book = yaml.safe_load((BOOK / "CITATION.cff").read_text(encoding="utf-8"))
    config = yaml.safe_load((BOOK / "_config.yml").read_text(encoding="utf-8"))
    repository, released = config["repository"]["url"], book["date-released"]
    return book | {
        "authors": [author.get("name") or f"{author['given-names']} {author['family-names']}" for author in book["authors"]],
        "publisher": config["author"],
        "name": config["title"],
        "subtitle": book["title"].removeprefix(config["title"]).strip(),
        "language": config["sphinx"]["config"]["language"],
        "rights": re.sub("<[^>]+>", "", config["html"]["extra_footer"]).strip(),
        "identifier": uuid.uuid5(uuid.NAMESPACE_URL, repository).urn,
        "source": address.removesuffix("index.html") or repository,
        "released": released.isoformat(),
        "day": f"{released.day} {released:%B %Y}",
    }


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
    return [("cover", "cover", "Cover"), ("toc", "nav", "Contents"), ("bodymatter", first.slug, "First chapter"), *named]


def listed(name: str, data: bytes) -> dict:
    """The entry of a file in the package document."""
    path = Path(name)
    properties = {"nav.xhtml": "nav", "images/cover.png": "cover-image"}.get(name, "")
    if path.suffix == ".xhtml" and b"<svg" in data:
        properties = "svg"
    return {"id": path.stem if path.suffix == ".xhtml" else f"file-{path.name}", "href": name, "type": TYPES[path.suffix], "properties": properties}


if __name__ == "__main__":
    arguments = [Path(each) for each in sys.argv[1:3]]
    try:
        write_epub(*arguments)
    except EditionError as error:
        sys.exit(str(error))
    written = arguments[1] if len(arguments) > 1 else EPUB
    print(f"The EPUB is written: {written} ({written.stat().st_size / 1e6:.1f} MB)")
