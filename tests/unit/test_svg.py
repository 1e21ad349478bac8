"""A drawing of an explorer is small, loses no word, and shares no id with the drawing of another state."""

import re
from io import BytesIO
from xml.etree import ElementTree

import matplotlib
import pytest
from matplotlib.figure import Figure

from casebook.svg import inline_svg

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def figure():
    """Lines, hatched bars, a mark in several places and words that look like markup."""
    with matplotlib.rc_context({"svg.fonttype": "none", "svg.hashsalt": "casebook"}):  # as `use_style` sets them
        figure = Figure(figsize=(3, 3))
        axes = figure.subplots()
        axes.plot([0, 1, 2], [2001.25, 2007.125, 2010])
        axes.bar([0, 1], [2010, 2005], hatch="//", label="Россия & <sun>")
        axes.scatter([0, 1], [2000, 2001])
        axes.set_title("First line\nsecond  3.14159 -- {{ a }}")
        axes.set_xlabel("$x^2$ of a < b")
        axes.legend()
        yield figure


def as_drawn(figure) -> str:
    stream = BytesIO()
    figure.savefig(stream, format="svg")
    return stream.getvalue().decode()


def root_of(figure, identity="rain-state-0"):
    return ElementTree.fromstring(inline_svg(figure, identity))


def words(root):
    """Return each text; without spaces if it is in pieces, as a formula is, since they lie between the pieces."""
    whole = [("".join(text.itertext()), len(text)) for text in root.iter(f"{SVG}text")]
    return ["".join(words.split()) if pieces else words for words, pieces in whole]


def ids(root):
    return [element.get("id") for element in root.iter() if element.get("id")]


def test_a_drawing_keeps_every_word_and_every_color(figure):
    before, after = as_drawn(figure), inline_svg(figure, "rain-state-0")
    kept = words(ElementTree.fromstring(after))
    assert kept == words(ElementTree.fromstring(before))
    assert {"Россия & <sun>", "First line", "second  3.14159 -- {{ a }}"} <= set(kept)
    color = r"#[0-9a-f]{6}\b"
    assert re.findall(color, after) == re.findall(color, before)


def test_a_drawing_is_named_by_its_text_and_holds_nothing_without_effect(figure):
    root = root_of(figure)
    assert root.tag == f"{SVG}svg" and root.get("role") == "img"
    assert root.get("aria-labelledby") == "rain-state-0-text"
    for element in root.iter():
        assert element.tag not in (f"{SVG}style", f"{SVG}metadata")
        assert element.attrib or element.tag != f"{SVG}g", "a group that does nothing"
        for name in ("d", "transform", "x", "y"):
            assert not re.search(r"\.\d\d", element.get(name, "")), f"{name}={element.get(name)!r}"


def test_every_id_of_a_drawing_is_its_own_and_every_reference_leads_to_one(figure):
    root, other = root_of(figure, "rain-state-0"), root_of(figure, "rain-state-1")
    assert len(set(ids(root))) == len(ids(root)) and not set(ids(root)) & set(ids(other))
    referred = set(re.findall(r'(?:url\(|href=")#([^)"]+)', inline_svg(figure, "rain-state-0")))
    assert referred and referred == set(ids(root))
