"""Write the book as one EPUB 3 file, from the pages that `make book` wrote.

    python tools/epub.py [HTML [EPUB]]

Sphinx's own EPUB builder would run every notebook again and pass on what cells print, which is
not XHTML; ebooklib is AGPL and would still leave the pages to us. An EPUB is a zip of XHTML.
"""

import os
import re
import sys
import uuid
import zipfile
from html import escape
from pathlib import Path

import cover
import yaml
from editions import EditionError, Page, pages, relink

BOOK = Path(__file__).resolve().parents[1]
TARGET = BOOK / "_build" / "epub" / "paper-tiger-or-safe-choice.epub"

MEDIA_TYPES = {".css": "text/css", ".png": "image/png", ".svg": "image/svg+xml", ".xhtml": "application/xhtml+xml"}
RIGHT_TO_LEFT = {"fa-AF", "ps"}

#: Roles of the parts of a table, and how many columns a narrow page bears side by side.
ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "th": "columnheader", "td": "cell"}
MANY_COLUMNS = 3

#: What a page is, in the words of EPUB and of ARIA; every other page of a part is a chapter.
KINDS = {"index": ("introduction", "doc-introduction"), "glossary": ("glossary", "doc-glossary"),
         "bibliography": ("bibliography", "doc-bibliography")}
#: What a link to such a page is.
LINKS = {"glossary": ("glossref", "doc-glossref"), "bibliography": ("biblioref", "doc-biblioref")}

FEATURES = ["alternativeText", "ARIA", "displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents", "unlocked"]
SUMMARY = (
    "Every figure has an alternative text that says what it shows, and its numbers stand in a table. Tables have captions and header cells; "
    "headings are nested without gaps; names in other languages are marked. Every page passes the automatic rules of axe-core for "
    "WCAG 2.2 A and AA; no person has audited the edition, and it is not certified. There are no page numbers of a printed book."
)

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
XHTML = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}">
<head><title>{title}</title><meta name="viewport" content="width=device-width"/><link rel="stylesheet" href="epub.css"/></head>
<body>
{body}
</body>
</html>
"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="identifier" xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
{metadata}
</metadata>
<manifest>
{manifest}
</manifest>
<spine>
{spine}
</spine>
</package>
"""


def facts() -> dict:
    """What the book says of itself: `CITATION.cff`, and language, repository and rights from `_config.yml`."""
    told = yaml.safe_load((BOOK / "CITATION.cff").read_text(encoding="utf-8"))
    config = yaml.safe_load((BOOK / "_config.yml").read_text(encoding="utf-8"))
    told["authors"] = [person["name"] for person in told["authors"]]
    told["publisher"] = config["author"]
    told["language"] = config["sphinx"]["config"]["language"]
    told["repository"] = config["repository"]["url"]
    told["rights"] = re.sub(r"<[^>]+>", "", config["html"]["extra_footer"]).strip()
    return told


def contents(html: Path) -> dict[str, bytes]:
    """Every file of the EPUB, by its path in the zip and in the order of the zip.

    Parameters
    ----------
    html : pathlib.Path
        Folder of the built pages.
    """
    book, chapters = facts(), pages(html)
    images = {image["src"] for page in chapters for image in page.article.find_all("img")}
    documents = {"cover": cover_page(), "title": title_page(book), "nav": navigation(chapters)}
    documents |= {page.slug: chapter(page, chapters) for page in chapters}
    titles = {"cover": "Cover", "title": "Title page", "nav": "Contents"} | {page.slug: page.title for page in chapters}
    files = {f"{name}.xhtml": XHTML.format(language=book["language"], title=escape(titles[name]), body=body)
             for name, body in documents.items()}
    files["epub.css"] = (BOOK / "web" / "epub.css").read_text(encoding="utf-8")
    title, _, subtitle = book["title"].partition("? ")
    files["images/cover.png"] = cover.draw(f"{title}?", subtitle, ", ".join(book["authors"]))
    files |= {f"images/{Path(image).name}": (html / image).read_bytes() for image in sorted(images)}
    files["package.opf"] = package(book, list(documents), files)
    files = {f"EPUB/{name}": text if isinstance(text, bytes) else text.encode() for name, text in files.items()}
    return {"mimetype": b"application/epub+zip", "META-INF/container.xml": CONTAINER.encode(), **files}


def chapter(page: Page, book: list[Page]) -> str:
    """The body of one page as XHTML; its links lead to the files of the EPUB."""
    relink(page, book, lambda target, anchor: f"{target.slug}.xhtml#{anchor}".rstrip("#"))
    for tag in page.article.find_all(True):
        tag.attrs = {name: value for name, value in tag.attrs.items() if not name.startswith("data-")}
        if "lang" in tag.attrs:
            tag["xml:lang"] = tag["lang"]
            if tag["lang"] in RIGHT_TO_LEFT:
                tag["dir"] = "rtl"
    for table in page.article.find_all("table"):
        _label_cells(table)
    for image in page.article.find_all("img"):
        image["src"] = f"images/{Path(image['src']).name}"
    for slug, (kind, role) in LINKS.items():
        for link in page.article.select(f'a[href^="{slug}.xhtml#"]'):
            link["epub:type"], link["role"] = kind, role
    page.article.section["epub:type"], page.article.section["role"] = KINDS.get(page.slug, ("chapter", "doc-chapter"))
    return page.article.decode_contents()


def _label_cells(table):
    """Name the cells of a wide table by their column: on a narrow page epub.css lays out a row as a list of them.

    A table that is laid out otherwise is one for a screen reader only by its roles.
    """
    columns = [header.get_text(" ", strip=True) for header in table.select("thead th")]
    if len(columns) <= MANY_COLUMNS:
        return
    table["class"] = [*table.get("class", []), "wide"]
    for part in (table, *table.find_all(ROLES)):
        part["role"] = "rowheader" if part.get("scope") == "row" else ROLES[part.name]
    for row in table.select("tbody tr"):
        for column, cell in zip(columns, row.find_all(["th", "td"]), strict=True):
            cell["data-column"] = column


def cover_page() -> str:
    """The body of the cover."""
    return f'<div epub:type="cover" class="cover"><img role="doc-cover" src="images/cover.png" alt="{cover.ALTERNATIVE}"/></div>'


def title_page(book: dict) -> str:
    """The body of the title page: who, when, which version, which rights."""
    return f"""<section epub:type="titlepage" class="titlepage">
<h1>{escape(book["title"])}</h1>
<p>{escape(", ".join(book["authors"]))}</p>
<p>Version {escape(str(book["version"]))}, {book["date-released"]:%-d %B %Y}</p>
<p>{escape(book["rights"])}</p>
<p>An edition to read without a network: figures that can be changed on the web show one view, with its numbers in a table.
Source and current version: <a href="{escape(book["repository"])}">{escape(book["repository"])}</a></p>
</section>"""


def navigation(chapters: list[Page]) -> str:
    """The body of the table of contents: parts, pages and their sections; then the landmarks."""
    entries, part = [], ""
    for page in chapters:
        if page.part != part:
            entries += ["</ol></li>"] * bool(part) + [f"<li><span>{escape(page.part)}</span><ol>"]
            part = page.part
        sections = [(heading.find_parent("section")["id"], heading.get_text()) for heading in page.article.find_all("h2")]
        inner = "".join(f'<li><a href="{page.slug}.xhtml#{anchor}">{escape(" ".join(title.split()))}</a></li>' for anchor, title in sections)
        entries.append(f'<li><a href="{page.slug}.xhtml">{escape(page.title)}</a>{f"<ol>{inner}</ol>" if inner else ""}</li>')
    entries += ["</ol></li>"] * bool(part)
    first = next(page for page in chapters if page.part)
    landmarks = [("cover", "cover", "Cover"), ("toc", "nav", "Contents"), ("bodymatter", first.slug, "First chapter"),
                 *((KINDS[page.slug][0], page.slug, page.title) for page in chapters if page.part and page.slug in KINDS)]
    marks = "".join(f'<li><a epub:type="{kind}" href="{name}.xhtml">{escape(title)}</a></li>' for kind, name, title in landmarks)
    listed = "\n".join(entries)
    return f"""<nav epub:type="toc" role="doc-toc" id="toc">
<h1>Contents</h1>
<ol>
{listed}
</ol>
</nav>
<nav epub:type="landmarks" hidden=""><h2>Landmarks</h2><ol>{marks}</ol></nav>"""


def package(book: dict, spine: list[str], files: dict) -> str:
    """The package document: metadata, every file, reading order."""
    day = f"{book['date-released']:%Y-%m-%d}"
    single = {"identifier": uuid.uuid5(uuid.NAMESPACE_URL, book["repository"]).urn, "title": book["title"], "language": book["language"],
              "publisher": book["publisher"], "rights": book["rights"], "description": book["abstract"], "date": day,
              "source": book["repository"]}
    metadata = [f"<dc:{name}>{escape(text)}</dc:{name}>".replace("<dc:identifier>", '<dc:identifier id="identifier">') for name, text in single.items()]
    metadata += [f"<dc:creator>{escape(name)}</dc:creator>" for name in book["authors"]]
    metadata += [f"<dc:subject>{escape(word)}</dc:subject>" for word in book["keywords"]]
    properties = [("dcterms:modified", f"{day}T00:00:00Z"), ("schema:accessMode", "textual"), ("schema:accessMode", "visual"),
                  ("schema:accessModeSufficient", "textual"), ("schema:accessModeSufficient", "textual,visual"),
                  *(("schema:accessibilityFeature", feature) for feature in FEATURES), ("schema:accessibilityHazard", "none"),
                  ("schema:accessibilitySummary", SUMMARY)]
    metadata += [f'<meta property="{name}">{escape(text)}</meta>' for name, text in properties]
    manifest = []
    for number, (name, text) in enumerate(files.items()):
        special = {"nav.xhtml": "nav", "images/cover.png": "cover-image"}.get(name, "svg" if "<svg" in str(text) and name.endswith(".xhtml") else "")
        mark = f' properties="{special}"' if special else ""
        key = Path(name).stem if name.endswith(".xhtml") else f"file-{number}"
        manifest.append(f'<item id="{key}" href="{name}" media-type="{MEDIA_TYPES[Path(name).suffix]}"{mark}/>')
    order = [f'<itemref idref="{name}"/>' for name in spine]
    return PACKAGE.format(language=book["language"], metadata="\n".join(metadata), manifest="\n".join(manifest), spine="\n".join(order))


def write(html: Path, target: Path) -> None:
    """Write the EPUB of the built pages in `html` to `target`: the same bytes for the same pages."""
    files = contents(html)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".part")
    with zipfile.ZipFile(draft, "w") as package:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name)  # of 1980, whatever the clock says
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on every system
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(entry, data, compresslevel=9)
    os.replace(draft, target)


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    if len(given) > 2:
        sys.exit("usage: python tools/epub.py [HTML [EPUB]]")
    html, target = given + [BOOK / "_build" / "html", TARGET][len(given):]
    write(html, target)
    print(f"The EPUB is written: {target} ({target.stat().st_size / 1e6:.1f} MB)")
