"""Figures: what the stock writers leave out for readers with a screen reader or a slow line."""

import posixpath
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from casebook import uses
from casebook.contents import pages
from casebook.svg import size_of

from .elements import element, joined
from .links import link

logger = logging.getLogger(__name__)


def name_parts(app, doctree):
    """Number figures by their place on the page, and link the tables behind each figure and explorer."""
    slug = app.env.docname.removeprefix("chapters/")
    if slug not in pages():
        return
    known = {figure.anchor: figure for figure in uses.figures(slug)}
    numbered = [anchor for anchor in known if anchor.startswith("figure-")]
    found = list(doctree.findall(nodes.figure))
    if len(found) != len(numbered):
        words = "%d figures on the page, %d in its code; see casebook.uses.figures"
        logger.warning(words, len(found), len(numbered), location=app.env.docname)
        return
    for node, anchor in zip(found, numbered):
        node["ids"] = [anchor]
        number = nodes.inline("", f"{anchor.replace('figure-', 'Figure ')}. ", classes=["caption-number"])
        next(node.findall(nodes.caption)).insert(0, number)
        if tables := known[anchor].tables:
            node += nodes.legend("", _data_line(tables))
    for form in doctree.findall(element):
        if "explorer" in form["classes"] and (tables := known[form["ids"][0]].tables):
            form += _data_line(tables)


def _data_line(tables):
    """Link the sections of the codebook on some tables."""
    links = [link("chapters/codebook", name, uses.sections()[name]) for name in tables]
    return nodes.paragraph("", "", nodes.Text("Data: "), *joined(links, ", "), classes=["figure-data"])


def check_pictures(app, doctree, docname):
    """Complain about a picture without an alternative text: MyST-NB puts the name of a file in its place."""
    for image in doctree.findall(nodes.image):
        if not image.get("alt") or image["alt"].endswith(Path(image["uri"]).name):
            logger.warning("a picture has no alternative text; add `mystnb: image: alt:`", location=docname)


# --- how they are written


def visit_image(self, node):
    """Write a drawing with its size, so that the text below does not jump when it arrives."""
    if not node["uri"].endswith(".svg"):
        HTML5Translator.visit_image(self, node)
        return
    size = size_of(Path(self.builder.srcdir, node["uri"]).read_bytes())
    width, height = (str(round(points * 4 / 3)) for points in size)
    address = posixpath.join(self.builder.imgpath, quote(self.builder.images[node["uri"]]))
    attributes = {"src": address, "alt": node.get("alt", ""), "width": width, "height": height, "loading": "lazy"}
    self.body.append(self.emptytag(node, "img", "\n", **attributes))


def setup(app):
    app.setup_extension("myst_nb")
    app.add_node(nodes.image, override=True, html=(visit_image, None))
    app.connect("doctree-read", name_parts)
    app.connect("doctree-resolved", check_pictures)
