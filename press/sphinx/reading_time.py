"""How long a page takes to read, counted in the words that a reader sees when it opens.

Folds are closed, code is off, an explorer shows its first frame, and the list of notes is left out.
"""

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from .citations import note_reference
from .elements import element, make
from .layout import is_element
from .outdated import WATCHED, depend_on

WORDS_A_MINUTE = 140
#: The section that ends the story of a chapter.
DOCUMENTS = "documents"
#: Elements whose text is not seen when a page opens.
UNREAD_TAGS = ("option", "textarea")
#: States of explorers, and what waits for the switch that shows the code.
UNREAD_CLASSES = {"explorer-state", "aside", "numbers"}
logger = logging.getLogger(__name__)


class reading_time(nodes.Inline, nodes.TextElement):
    """The minutes that a page takes: `page`, and `part`, which is "", "story" or "rest"."""


def count(node: nodes.Node) -> int:
    """Count the words that a reader sees of a node when its page opens; a sign alone is none.

    Parameters
    ----------
    node : docutils.nodes.Node
        A page or a part of one, with its notes numbered.
    """
    if isinstance(node, nodes.Text):
        return sum(any(map(str.isalnum, word)) for word in node.split())
    if _is_unread(node):
        return 0
    return sum(map(count, node.children[:1] if is_element(node, "details") else node.children))


def _is_unread(node):
    if isinstance(node, (nodes.Invisible, nodes.raw, nodes.image, note_reference)) or "notes" in node["ids"]:
        return True
    if not isinstance(node, element):
        return False
    is_hidden = "hidden" in node["attributes"] or not UNREAD_CLASSES.isdisjoint(node["classes"])
    return is_hidden or node["tag"] in UNREAD_TAGS


def minutes(words: int) -> int:
    """Return the minutes that some words take, at least one."""
    return max(1, round(words / WORDS_A_MINUTE))


def count_page(app, doctree):
    """Keep how many words a page has, in all and up to its documents."""
    everything = story = count(doctree)
    for section in doctree.findall(nodes.section):
        if DOCUMENTS in section["ids"]:
            siblings = section.parent.children
            story = sum(map(count, siblings[: siblings.index(section)]))
    app.env.metadata[app.env.docname]["words"] = {"": everything, "story": story, "rest": everything - story}


class ReadingTimeRole(SphinxRole):
    """The minutes that a page takes: {reading-time}`chapters/origins`; with #story up to its documents, or #rest."""

    def run(self):
        page, _, part = self.text.partition("#")
        if page not in self.env.found_docs or part not in ("", "story", "rest"):
            accepted = "a page such as chapters/origins, with #story, #rest or nothing behind it"
            logger.warning("no reading time of %r; accepted: %s", self.text, accepted, location=self.get_location())
            return [], []
        depend_on(self.env, [f"{page}.md", *WATCHED])
        return [reading_time("", page=page, part=part)], []


def reading_times(page: str) -> nodes.Element:
    """Return the line that says how long a chapter takes."""

    def strong(part, before=""):
        return make("strong", before, reading_time("", page=page, part=part))

    return make(
        "p",
        make("span", strong("story"), " the story"),
        make("span", " · ", classes=["dot"]),
        make("span", strong("rest", "+ "), " documents, data, decision"),
        make("span", " · ", classes=["dot"]),
        make("span", "no programming needed"),
        classes=["reading-times"],
    )


class PutTimesIn(SphinxPostTransform):
    """Write the reading times."""

    default_priority = 8

    def run(self):
        for place in list(self.document.findall(reading_time)):
            words = self.env.metadata[place["page"]]["words"][place["part"]]
            place.replace_self(nodes.Text(f"{minutes(words)} min"))


def setup(app):
    app.add_node(reading_time)
    app.add_role("reading-time", ReadingTimeRole())
    app.add_post_transform(PutTimesIn)
    app.connect("doctree-read", count_page, priority=900)  # when the page has all its parts
