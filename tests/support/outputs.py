"""What a reader sees of a block: on a page, where Sphinx reads what the cell prints, and in a notebook."""

from io import StringIO
from pathlib import Path

from bs4 import BeautifulSoup
from sphinx.application import Sphinx

from press.model.book import config
from press.sphinx.layout import lay_out

#: Concerns of a page that need no other page.
MODULES = ("elements", "links", "tables", "outputs", "citations", "documents", "decide", "parts", "numbers")
MODULES += ("reading_time", "generated", "glossary")
#: What HTML, Markdown, MyST, a typographer or the fence of a block could take for markup of its own.
HOSTILE = (
    "<script>alert(1)</script> &copy <!-- `a` {cite:p}`b` **c** [d](e) {{ f }} \"g\" 'h' -- ... \\i :::\n"
    "~~~~~~~~\n```\n::::"
)


class Page:
    """A page in the folder `chapters` that shows one thing after the other."""

    def __init__(self, folder: Path):
        self.source = folder / "chapters" / "page.md"
        self.source.parent.mkdir()
        self.source.write_text("# Page\n", encoding="utf-8")
        settings = {
            "root_doc": "chapters/page",
            "source_suffix": {".md": "markdown"},  # Sphinx adds to its default for the whole process
            "extensions": ["myst_parser", *(f"press.sphinx.{name}" for name in MODULES)],
            "myst_enable_extensions": config()["parse"]["myst_enable_extensions"],
            "html_theme": "basic",
            "html_permalinks": False,
        }
        places = [str(folder), None, str(folder / "html"), str(folder / "doctrees")]
        self.warnings = StringIO()
        self.app = Sphinx(*places, "html", confoverrides=settings, status=None, warning=self.warnings)
        self.app.build()

    def read(self, markdown: str):
        """Read Markdown as Sphinx does, up to the links; a warning is an error, as in a build."""
        self.source.write_text(f"# Page\n\n{markdown}\n", encoding="utf-8")
        self.app.builder.read_doc("chapters/page")
        doctree = self.app.env.get_and_resolve_doctree("chapters/page", self.app.builder)
        warnings = self.warnings.getvalue()
        self.warnings.truncate(self.warnings.seek(0))
        assert not warnings, warnings
        return doctree

    def html(self, markdown: str) -> str:
        """Write Markdown that a cell prints as HTML."""
        return self.app.builder.render_partial(self.read(markdown)[0])["fragment"]

    def soup(self, markdown: str) -> BeautifulSoup:
        """Return what the page shows of Markdown."""
        return BeautifulSoup(self.html(markdown), "html.parser")

    def show(self, block) -> BeautifulSoup:
        """Return what the page shows of a block."""
        return self.soup(printed(block))

    def laid_out(self, markdown: str, address: str = "https://example.org/page.html") -> BeautifulSoup:
        """Return what an edition shows of Markdown."""
        doctree = self.read(markdown)
        lay_out(doctree, address)
        return BeautifulSoup(self.app.builder.render_partial(doctree[0])["fragment"], "html.parser")


def printed(block) -> str:
    """Return the Markdown that a cell prints for a block in a build."""
    return block._repr_mimebundle_()[0]["text/markdown"]


def in_notebook(block) -> BeautifulSoup:
    """Return what a notebook shows of a block."""
    return BeautifulSoup(block._repr_mimebundle_()[0]["text/html"], "html.parser")
