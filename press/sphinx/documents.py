"""Boxes of a chapter: source cards, `:::{document} 1. An analyst, October 2007`, and folds, `:::{dropdown} Words`."""

import re

from docutils.parsers.rst.directives.admonitions import Admonition
from sphinx.util.docutils import SphinxDirective

from .outputs import fold

TITLE = re.compile(r"(\d+)\. .+")


class DocumentDirective(Admonition):
    """A document of a chapter."""

    def run(self):
        title = TITLE.fullmatch(self.arguments[0])
        if not title:
            raise self.error(
                f"a document is named by a number and words, such as '1. An analyst', not {self.arguments[0]!r}"
            )
        self.arguments = [f"Document {title[0]}"]
        self.options["class"] = ["source-card"]
        (card,) = super().run()
        card["ids"] = [f"document-{title[1]}"]
        return [card]


class DropdownDirective(SphinxDirective):
    """A part that a reader opens."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self):
        return [fold(self.arguments[0], *self.parse_content_to_nodes(), classes=["fold"])]


def setup(app):
    app.add_directive("document", DocumentDirective)
    app.add_directive("dropdown", DropdownDirective)
