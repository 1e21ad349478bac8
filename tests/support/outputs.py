"""What a page makes of a block that a cell prints."""

from pathlib import Path

from bs4 import BeautifulSoup
from sphinx.application import Sphinx


class Page:
    """A page of its own that shows one block after the other, in the notebook and on the page."""

    def __init__(self, folder: Path):
        self.source = folder / "index.md"
        self.source.write_text("# Page\n", encoding="utf-8")
        settings = {
            "extensions": ["myst_parser", "press.sphinx.outputs"],
            "html_theme": "basic",
            "html_permalinks": False,
        }
        places = [str(folder), None, str(folder / "html"), str(folder / "doctrees")]
        self.app = Sphinx(*places, "html", confoverrides=settings, status=None, warning=None)
        self.app.build()

    def show(self, block) -> BeautifulSoup:
        """Read a block as Sphinx does and write it as HTML."""
        printed = block._repr_mimebundle_()["text/markdown"]
        self.source.write_text(f"# Page\n\n{printed}\n", encoding="utf-8")
        self.app.builder.read_doc("index")
        doctree = self.app.env.get_and_resolve_doctree("index", self.app.builder)
        return BeautifulSoup(self.app.builder.render_partial(doctree[0])["fragment"], "html.parser")
