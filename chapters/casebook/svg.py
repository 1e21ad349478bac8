"""Drawings as small SVG: matplotlib spells out in every frame of an explorer what a page says once."""

import re
from io import BytesIO
from xml.etree import ElementTree

from matplotlib.figure import Figure

SVG, HREF = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}href"
ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
REFERENCE = re.compile(r"url\(#([^)]+)\)")
#: What the style sheet of the pages sets for all drawings.
SET_BY_PAGE = re.compile(r"\s*(font-family|stroke-linejoin|stroke-linecap): [^;]*;?")
#: Attributes that hold places; a tenth of a point is more than a screen shows.
PLACES = ("d", "x", "y", "width", "height", "transform")
DECIMALS = re.compile(r"\d+\.\d+")
#: A line break or a space beside the letter of a step says nothing.
SPACES = re.compile(r"(?<=[MLCQzZ])\s+|\s+(?=[MLCQzZ])|\s+$")


def inline_svg(figure: Figure, identity: str) -> str:
    """Write a figure as SVG fit for a page that carries many: no style of its own, unique ids, one decimal.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    identity : str
        Begins the ids of the drawing; the element `<identity>-text` holds its text alternative.

    Returns
    -------
    str
        An `<svg>` element. A frame under 32 kB lets gzip see that it repeats the frame before.
    """
    stream = BytesIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    root = ElementTree.fromstring(stream.getvalue())
    used = set()
    for element in root.iter():
        used |= {found[1] for value in element.attrib.values() for found in REFERENCE.finditer(value)}
        used.add(element.get(HREF, "").removeprefix("#"))
    for element in root.iter():
        _shorten(element, identity, used)
    _unwrap(root)
    root.attrib.update({"role": "img", "aria-labelledby": f"{identity}-text"})
    return ElementTree.tostring(root, encoding="unicode")


def size_of(drawing: bytes) -> tuple[float, float]:
    """Return width and height of an SVG file, in the units of its viewBox."""
    _, _, width, height = map(float, ElementTree.fromstring(drawing).get("viewBox").split())
    return width, height


def without_doctype(drawing: bytes) -> bytes:
    """Write an SVG file without matplotlib's document type, which older checkers of EPUB refuse."""
    return ElementTree.tostring(ElementTree.fromstring(drawing), encoding="utf-8", xml_declaration=True)


def _shorten(element, identity: str, used: set[str]) -> None:
    element.tail = None
    if element.tag not in (f"{{{SVG}}}text", f"{{{SVG}}}tspan"):
        element.text = None
    attributes = dict(element.attrib)
    element.attrib.clear()
    for name, value in attributes.items():
        if name == "id":
            value = f"{identity}-{value}" if value in used else ""
        elif name == HREF:
            value = re.sub("^#", f"#{identity}-", value)
        elif name in PLACES and "scale" not in value:
            value = DECIMALS.sub(lambda found: f"{round(float(found[0]), 1):g}", SPACES.sub("", value))
        elif name == "style":
            value = SET_BY_PAGE.sub("", value).strip("; ")
        value = REFERENCE.sub(rf"url(#{identity}-\1)", value)
        if value and not value.startswith("rotate(-0 "):
            element.set(name, value)


def _unwrap(parent) -> None:
    """Drop metadata and style, and groups without attributes, which are half the elements of a frame."""
    children = []
    for child in list(parent):
        _unwrap(child)
        name = child.tag.rpartition("}")[2]
        if name in ("metadata", "style") or (name in ("g", "defs") and not len(child)):
            continue
        children += list(child) if name == "g" and not child.attrib else [child]
    parent[:] = children
