"""Figures, tables and folded code: what the stock writers leave out for readers with a screen reader or a slow line."""

import posixpath
from html import escape
from pathlib import Path
from urllib.parse import quote

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

from casebook import uses
from casebook.contents import pages
from casebook.svg import size_of

from .elements import element
from .links import link

logger = logging.getLogger(__name__)


def name_parts(app, doctree):
    """Name figures by their place on the page, folds of code after them, and link the tables behind each figure."""
    docname = app.env.docname
    slug = docname.removeprefix("chapters/")
    if slug in pages():
        figures = uses.figures(slug)
        _name_figures(doctree, [each for each in figures if each.anchor.startswith("figure-")], docname)
        _name_explorers(doctree, {each.anchor: each for each in figures})
        _name_folds(doctree)


def _name_folds(doctree):
    """Name each fold of code after what the code makes: a reader who lists the folds can tell them apart."""
    for cell in doctree.findall(nodes.container):
        if cell.get("hide_mode"):
            made = [f"Figure {figure['ids'][0].removeprefix('figure-')}" for figure in cell.findall(nodes.figure)]
            for part in cell.findall(element):
                if part["tag"] == "form":
                    made.append(part["attributes"]["aria-label"])
                elif part["tag"] == "caption" and not made:
                    made.append(part.astext())
            of = f" of {made[0]}" if made else ""
            cell["prompt_show"], cell["prompt_hide"] = f"Show the code{of}", f"Hide the code{of}"


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
        if figure.tables:
            node += nodes.legend("", _data_line(figure))


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


def visit_folded_code(self, node):
    """Open a fold of code; MyST-NB's summary has a label that hides its words from voice control, and paragraphs."""
    show, hide = escape(node["prompt_show"]), escape(node["prompt_hide"])
    self.body.append(
        f'<details class="admonition hide {" ".join(node["classes"])}">\n<summary>'
        f'<span class="collapsed admonition-title">{show}</span>'
        f'<span class="expanded admonition-title">{hide}</span></summary>\n'
    )


def depart_folded_code(self, node):
    self.body.append("</details>\n")


def setup(app):
    app.setup_extension("myst_nb")
    app.add_node(nodes.image, override=True, html=(visit_image, depart_image))
    app.add_node(HideCodeCellNode, override=True, html=(visit_folded_code, depart_folded_code))
    app.connect("doctree-read", name_parts)
    app.connect("doctree-resolved", check_pictures)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
