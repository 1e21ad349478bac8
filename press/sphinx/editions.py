"""The book as its editions have it: pages without answers, laid out without a screen, from the stored doctrees."""

import posixpath
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from docutils import nodes
from jupyter_book.config import get_final_config
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.docutils import docutils_namespace, patch_docutils
from sphinx.writers.html5 import HTML5Translator

from casebook.contents import BOOK

from ..editions import epub
from ..editions.pages import Page
from ..errors import PressError
from ..model.book import open_pages, page_address
from .citations import note_reference
from .elements import ancestors, element, make
from .layout import is_element, is_table, lay_out, parts_of_table
from .tables import FEW_COLUMNS

RIGHT_TO_LEFT = ("fa-AF", "ps")
FIRST_SENTENCE = re.compile(r"(?:Figure \d+\. )?.+?(?:[.?!](?=\s)|$)", re.S)


class EditionTranslator(HTML5Translator):
    """Writes the attributes that an edition needs: those in `written` of a node."""

    def __init__(self, document, builder):
        super().__init__(document, builder)
        self.initial_header_level = builder.header_level

    def starttag(self, node, tagname, suffix="\n", empty=False, **attributes):
        attributes.pop("loading", None)
        return super().starttag(node, tagname, suffix, empty, **attributes, **node.get("written", {}))


def slugs_of(names: Iterable[str]) -> dict[str, str]:
    """Map names of pages to short names that are unique in the book: "chapters/origins" -> "origins"."""
    slugs: dict[str, str] = {}
    for name in names:
        slug = posixpath.basename(name)
        slugs[name] = name.replace("/", "-") if slug in slugs.values() else slug
    return slugs


class EditionBuilder(StandaloneHTMLBuilder):
    """Lays out the open pages of the book: `pages`, and `images` as Sphinx collects them."""

    search = copysource = add_permalinks = allow_parallel = False
    header_level = 1  #: of the title of a page

    def get_outdated_docs(self):
        return "all pages"

    def write(self, *ignored):
        self.app.set_translator(self.name, EditionTranslator, override=True)
        self.prepare_writing(set())
        self.imgpath = "images"
        self.fignumbers = {}  # which Sphinx expects; press/sphinx/figures.py numbers figures
        self.slugs = slugs_of(name for name, _ in open_pages())
        self.pages = [self.page(name, part) for name, part in open_pages()]

    def page(self, name: str, part: str) -> Page:
        """Read a page, lay it out and write its body."""
        doctree = self.env.get_and_resolve_doctree(name, self)
        lay_out(doctree, page_address(name))
        self.post_process_images(doctree)
        _name_tables(doctree)
        self.adapt(doctree, name, part)
        whole = next(doctree.findall(nodes.section))
        sections = [section for section in whole.children if isinstance(section, nodes.section)]
        headings = {section["ids"][0]: section[0].astext() for section in sections}
        body = self.render_partial(whole)["fragment"]
        title = self.env.titles[name].astext()
        return Page(self.slugs[name], title, part, name, body, headings, _figures(doctree), _tables(doctree))

    def adapt(self, doctree: nodes.document, name: str, part: str) -> None:
        """Adapt a page that is laid out to the edition."""
        raise NotImplementedError

    def get_target_uri(self, docname, typ=None):
        return self.own_address(self.slugs[docname]) if docname in self.slugs else page_address(docname)

    def get_relative_uri(self, from_, to, typ=None):
        return self.get_target_uri(to)

    def own_address(self, slug: str) -> str:
        """Return the address of a page in the edition."""
        raise NotImplementedError

    def finish(self):
        Path(self.outdir, "_static").mkdir(exist_ok=True)  # MyST-NB puts a style sheet there


def _name_tables(doctree):
    """Give every table an id, so that a list of tables can lead to it."""
    for number, table in enumerate(doctree.findall(is_table), 1):
        if not table["ids"] and not _is_in_explorer(table):
            table["ids"] = [f"table-{number}"]


def _figures(doctree):
    """Map the ids of figures and explorers to their captions."""
    found = {}
    for node in doctree.findall(nodes.Element):
        if isinstance(node, nodes.figure) and node["ids"]:
            words = next(node.findall(nodes.caption)).astext()
            found[node["ids"][0]] = FIRST_SENTENCE.match(words)[0]
        elif is_element(node, "div", "explorer"):
            found[node["ids"][0]] = node[0].astext()
    return found


def _tables(doctree):
    """Map the ids of tables outside explorers to their captions."""
    captioned = [table for table in doctree.findall(is_table) if is_element(table[0], "caption")]
    return {table["ids"][0]: table[0].astext() for table in captioned if not _is_in_explorer(table)}


def anchor_of(fragment: str) -> str:
    """Return the anchor in a fragment of an address; what follows "?" is a choice on a screen."""
    return unquote(fragment.partition("?")[0])


class PrintBuilder(EditionBuilder):
    """Lays out pages to be one HTML document, which press/editions/pdf.py prints."""

    name = "print"

    def own_address(self, slug):
        return f"#{slug}"

    def adapt(self, doctree, name, part):
        """Make ids unique in the book, and links lead within it."""
        self.header_level = 2 if part else 1
        slug = self.slugs[name]
        for node in doctree.findall(nodes.Element):
            if not _is_in_explorer(node):
                node["ids"] = [f"{slug}.{identity}" for identity in node["ids"]]
        for link in doctree.findall(nodes.reference):
            if "refid" in link:
                link["refid"] = f"{slug}.{link['refid']}"
            elif link["refuri"].startswith("#"):
                page, _, rest = link["refuri"][1:].partition("#")
                link["refuri"] = f"#{page}.{anchor_of(rest)}" if rest else f"#{page}"
        for link in doctree.findall(lambda node: is_element(node, "a", "note-archive")):
            link.children = [nodes.Text("Archive")]  # in full, it took a third of the notes
        for table in doctree.findall(is_table):
            for cell in [cell for part in parts_of_table(table) for row in part.children for cell in row.children]:
                if not cell.astext():
                    cell += nodes.Text("\u00a0")  # Chromium leaves an empty cell out of the tags
        for node in doctree.findall(nodes.inline):
            if any(each.startswith("language-") for each in node["classes"]):
                node["written"] = {"role": "term"}  # Chromium writes no tag, hence no language, for a span without role
        for figure in doctree.findall(nodes.figure):
            figure["written"] = {"role": "group"}  # else a tag Figure without a text surrounds that of the picture


def _is_in_explorer(node):
    """Whether a node is inside an explorer, where ids begin with its name and are unique in the book."""
    return any(is_element(around, "div", "explorer") for around in ancestors(node))


class EpubBuilder(EditionBuilder):
    """Lays out pages to be files of an EPUB, which press/editions/epub.py packs."""

    name = "ebook"

    def own_address(self, slug):
        return f"{slug}.xhtml"

    def adapt(self, doctree, name, part):
        """Say in attributes what a part is, where the elements of HTML do not."""
        kind = epub.KINDS.get(self.slugs[name], "chapter")
        next(doctree.findall(nodes.section))["written"] = {"epub:type": kind, "role": f"doc-{kind}"}
        for node in doctree.findall(nodes.inline):
            for language in [each[9:] for each in node["classes"] if each.startswith("language-")]:
                node["written"] = {"xml:lang": language} | ({"dir": "rtl"} if language in RIGHT_TO_LEFT else {})
        for node in doctree.findall(note_reference):
            node["written"] = {"epub:type": "noteref"}
        for node in doctree.findall(lambda node: is_element(node, "div", "endnotes")):
            node["written"] = {"epub:type": "endnotes", "role": "doc-endnotes"}
            for note in node[-1].children:
                words = make("div", *note.children, ids=note["ids"])  # some devices hide an aside, and with it the list
                words["written"] = {"epub:type": "footnote", "role": "doc-footnote"}  # opens in place on many devices
                note.children, note["ids"] = [], []
                note += words
        for node in doctree.findall(element):
            node["attributes"] = {
                key: value for key, value in node["attributes"].items() if key[:5] != "data-" or key == "data-column"
            }
        for table in doctree.findall(is_table):
            _name_parts(table)
        for link in doctree.findall(nodes.reference):
            page, anchor = self.slugs[name], link.get("refid", "")
            address = urlsplit(link.get("refuri", ""))
            if address.path.endswith(".xhtml") and not address.scheme:
                page, anchor = address.path.removesuffix(".xhtml"), anchor_of(address.fragment)
                link["refuri"] = f"{address.path}#{anchor}" if anchor else address.path
            target = epub.REFERENCES.get(page)
            if target and anchor:
                link["written"] = {"epub:type": target, "role": f"doc-{target}"}


def _name_parts(table):
    """Give a table whose rows may become cards the roles that reading systems forget with the layout."""
    head, body = parts_of_table(table)
    if len(head[0]) > FEW_COLUMNS:
        table["written"] = {"role": "table"}
        for part, header in ((head, "columnheader"), (body, "rowheader")):
            part["written"] = {"role": "rowgroup"}
            for row in part.children:
                row["written"] = {"role": "row"}
                for cell in row.children:
                    cell["written"] = {"role": header if cell["tag"] == "th" else "cell"}


def lay_out_book(name: str, folder: Path | None = None) -> tuple[list[Page], dict[str, bytes]]:
    """Lay out the book for an edition; what was not read by a build before is read now.

    Parameters
    ----------
    name : str
        Name of a builder: ``"print"`` or ``"ebook"``.
    folder : pathlib.Path
        Where the folder `_build` is, whose stored pages are used; by default that of the book.

    Returns
    -------
    list of Page
        The open pages in reading order.
    dict
        Their pictures: name -> content.

    Raises
    ------
    PressError
        If a page has a fault, which is printed.
    """
    build = (folder or BOOK) / "_build"
    cli = {"external_toc_path": (BOOK / "_toc.yml").as_posix(), "latex_individualpages": False}
    config, _ = get_final_config(user_yaml=BOOK / "_config.yml", cli_config=cli, sourcedir=BOOK)
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            srcdir=BOOK,
            confdir=None,
            outdir=build / "editions",
            doctreedir=build / ".doctrees",
            buildername=name,
            confoverrides=config,
            status=None,
            warningiserror=True,
            keep_going=True,
        )
        app.build()
    shutil.rmtree(build / "editions")
    if app.statuscode:
        raise PressError("the book has faults: see the warnings above")
    pictures = {name: Path(BOOK, path).read_bytes() for path, name in sorted(app.builder.images.items())}
    return app.builder.pages, pictures


def choose_outputs(app, config):
    """Tell MyST-NB, which does not know these builders, what to show of a cell."""
    kinds = ("image/svg+xml", "text/markdown", "text/plain")
    config.nb_mime_priority_overrides = [
        (builder, kind, number) for builder in ("print", "ebook") for number, kind in enumerate(kinds)
    ]


def setup(app):
    app.connect("config-inited", choose_outputs)
    app.add_builder(PrintBuilder)
    app.add_builder(EpubBuilder)  # Sphinx's own knows neither languages nor landmarks nor stacked tables
