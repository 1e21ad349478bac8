"""Drawings as small SVG: matplotlib spells out in every frame of an explorer what a page says once."""

import re
from io import BytesIO
from xml.etree import ElementTree

from matplotlib.figure import Figure

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK)
REFERENCE = re.compile(r"(url\(#|^#)([^)]+)")
#: What the style sheet of the pages sets for all drawings.
SET_BY_PAGE = re.compile(r"\s*(font-family|stroke-linejoin|stroke-linecap): [^;]*;?")
DECIMALS = re.compile(r"(\d+)\.(\d)\d*")
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
    values = [value for element in root.iter() for value in element.attrib.values()]
    used = {found[2] for value in values for found in REFERENCE.finditer(value)}
    for element in root.iter():
        _shorten(element, identity, used)
    _unwrap(root)
    root.attrib.update({"role": "img", "aria-labelledby": f"{identity}-text"})
    return ElementTree.tostring(root, encoding="unicode")


def _shorten(element, identity, used) -> None:
    element.tail = None
    if not element.tag.endswith("}text") and not element.tag.endswith("}tspan"):
        element.text = None
    for name, value in list(element.attrib.items()):
        if name == "id":
            value = f"{identity}-{value}" if value in used else ""
        elif name == "style":
            value = SET_BY_PAGE.sub("", value).strip("; ")
        else:
            value = REFERENCE.sub(rf"\1{identity}-\2", value)
            value = "" if value.startswith("rotate(-0 ") else value
        if name == "d":
            value = SPACES.sub("", value)
        if value:
            element.set(name, DECIMALS.sub(_one_decimal, value) if name != "id" else value)
        else:
            del element.attrib[name]


def _one_decimal(found) -> str:
    return found[1] if found[2] == "0" else f"{found[1]}.{found[2]}"


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
