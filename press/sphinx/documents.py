"""Source cards: `:::{document} A. An analyst, October 2007`, with a headnote and excerpts, linked by their letter."""

import re

from docutils.parsers.rst.directives.admonitions import Admonition

TITLE = re.compile(r"([A-Z])\. .+")


class DocumentDirective(Admonition):
    """A document of a chapter."""

    def run(self):
        title = TITLE.fullmatch(self.arguments[0])
        if not title:
            raise self.error(
                f"a document is named by a letter and words, such as 'A. An analyst', not {self.arguments[0]!r}"
            )
        self.arguments = [f"Document {title[0]}"]
        self.options["class"] = ["source-card"]
        (card,) = super().run()
        card["ids"] = [f"document-{title[1].lower()}"]
        return [card]


def setup(app):
    app.add_directive("document", DocumentDirective)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
