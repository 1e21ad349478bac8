"""Numbers in sentences that the cells of a page compute: {number}`quickest`, from show_numbers(quickest=...)."""

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from .outputs import Block, fold, table

logger = logging.getLogger(__name__)


class number(nodes.Inline, nodes.TextElement):
    """The place of a number in a sentence: its `name`."""


class NumberRole(SphinxRole):
    """A number that a cell of the page computes."""

    def run(self):
        place = number(self.rawtext, name=self.text)
        self.set_source_info(place)
        return [place], []


class NumbersBlock(Block):
    """The numbers of a cell, kept for the sentences of the page."""

    def build(self, content):
        known = self.env.temp_data.setdefault("numbers", {})
        for name in known.keys() & content["numbers"].keys():
            raise self.error(f"two cells of the page compute a number {name!r}")
        known.update(content["numbers"])
        return [fold("The numbers in the text", *table(content).children, classes=["numbers", "no-print"])]


class PutNumbersIn(SphinxTransform):
    """Write the numbers into the sentences; one that no cell computes, or no sentence has, is a mistake."""

    default_priority = 5  # before the contents of the page are collected

    def apply(self):
        known, used = self.env.temp_data.get("numbers", {}), set()
        for place in list(self.document.findall(number)):
            name = place["name"]
            if name not in known:
                accepted = ", ".join(known) or "none"
                logger.warning("no cell computes a number %r; accepted: %s", name, accepted, location=place)
            used.add(name)
            place.replace_self(nodes.Text(known.get(name, "")))
        for name in sorted(known.keys() - used):
            logger.warning("no sentence has the number %r", name, location=self.env.docname)


def setup(app):
    app.add_node(number)
    app.add_role("number", NumberRole())
    app.add_directive("numbers", NumbersBlock)
    app.add_transform(PutNumbersIn)
