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

from .elements import element
from .links import link

logger = logging.getLogger(__name__)


def name_parts(app, doctree):
    """Number figures by their place on the page, and link the tables behind each."""
    docname = app.env.docname
    slug = docname.removeprefix("chapters/")
    if slug in pages():
        figures = uses.figures(slug)
        _name_figures(doctree, [each for each in figures if each.anchor.startswith("figure-")], docname)
        _name_explorers(doctree, {each.anchor: each for each in figures})


def _name_figures(doctree, drawn, docname):
    found = list(doctree.findall(nodes.figure))
    if len(found) != len(drawn):
        logger.warning(
            "%d figures on the page, %d in its code; see casebook.uses.figures",
            len(found),
            len(drawn),
            location=docname,
        )
        return
    for node, figure in zip(found, drawn):
        node["ids"] = [figure.anchor]
        number = nodes.inline("", f"{_in_words(figure.anchor)}. ", classes=["caption-number"])
        next(node.findall(nodes.caption)).insert(0, number)
        if figure.tables:
            node += nodes.legend("", _data_line(figure))


def _in_words(anchor):
    """Return the number of a figure in words: figure-1 becomes Figure 1."""
    return anchor.capitalize().replace("-", " ")


def _name_explorers(doctree, figures):
    """Close each explorer with links to the tables behind it."""
    for form in doctree.findall(lambda node: isinstance(node, element) and "explorer" in node["classes"]):
        figure = figures[form["ids"][0]]
        if figure.tables:
            form += _data_line(figure)


def _data_line(figure):
    line = nodes.paragraph("", "Data: ", classes=["figure-data"])
    for name in figure.tables:
        line += [nodes.Text(", ")] if len(line) > 1 else []
        line += link("chapters/codebook", name, uses.sections()[name])
    return line


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


def depart_image(self, node):
    pass


def setup(app):
    app.setup_extension("myst_nb")
    app.add_node(nodes.image, override=True, html=(visit_image, depart_image))
    app.connect("doctree-read", name_parts)
    app.connect("doctree-resolved", check_pictures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
