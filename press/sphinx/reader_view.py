"""Pages in the reader view of a browser: Mozilla's library drops elements whose id looks like that of a side matter."""

import re

from docutils import nodes

#: The words by which the library (@mozilla/readability 0.6) knows what is not text, and those that save it.
SIDE_MATTER = re.compile(
    "-ad-|ai2html|banner|breadcrumbs|combx|comment|community|cover-wrap|disqus|extra|footer|gdpr|header|legends|menu|"
    "related|remark|replies|rss|shoutbox|sidebar|skyscraper|social|sponsor|supplemental|ad-break|agegate|pagination|"
    "pager|popup|yom-remote"
)
TEXT = re.compile("and|article|body|column|content|main|shadow")


def mark_text(app, doctree, docname):
    """Give elements whose id has such a word, as keys of sources may, a class that saves them."""
    for node in doctree.findall(nodes.Element):
        words = " ".join([*node["classes"], *node["ids"]]).lower()
        if SIDE_MATTER.search(words) and not TEXT.search(words):
            node["classes"].append("main-text")


def setup(app):
    app.connect("doctree-resolved", mark_text, priority=900)
