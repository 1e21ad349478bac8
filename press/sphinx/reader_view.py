"""Pages in the reader view of a browser: Mozilla's library drops elements whose id looks like that of a side matter."""

import re

from docutils import nodes

from .elements import make

#: The words by which the library (@mozilla/readability 0.6) knows what is not text, and those that save it.
SIDE_MATTER = re.compile(
    "-ad-|ai2html|banner|breadcrumbs|combx|comment|community|cover-wrap|disqus|extra|footer|gdpr|header|legends|menu|"
    "related|remark|replies|rss|shoutbox|sidebar|skyscraper|social|sponsor|supplemental|ad-break|agegate|pagination|"
    "pager|popup|yom-remote"
)
TEXT = re.compile("and|article|body|column|content|main|shadow")


def move_ids(app, doctree, docname):
    """Move an id with such a word to an empty element, which may go; links still lead to it."""
    for node in list(doctree.findall(nodes.Element)):
        words = " ".join([*node["classes"], *node["ids"]]).lower()
        if node["ids"] and SIDE_MATTER.search(words) and not TEXT.search(words):
            node.insert(0, make("span", ids=node["ids"]))
            node["ids"] = []


def setup(app):
    app.connect("doctree-resolved", move_ids, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
