"""What a cell shows, described once: HTML in a notebook, a directive that Sphinx turns into nodes on a page."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from .references import BRACKETS, bibliography, keys_of, on_page, short_citation

#: Whether an answer is right -> how that is said, by a mark and a word, so that no color is needed.
VERDICTS = {True: "✓ Right.", False: "✗ Wrong."}


class Sources(NamedTuple):
    """Author and date of some sources, linked."""

    keys: str  #: keys of references.bib, joined by semicolons
    brackets: bool = False  #: whether they are in brackets where they are named


class Link(NamedTuple):
    """Words that lead to a page of the folder `chapters`, or to a place on this page if the page is ``""``."""

    page: str
    words: str
    anchor: str = ""


class Missing(NamedTuple):
    """Words in the place of a value that no source gives."""

    words: str


class Element(NamedTuple):
    """An HTML element around other parts."""

    tag: str
    parts: list
    attributes: dict[str, str] = {}


Part = str | Sources | Link | Missing | Element


def parts_of(text: str) -> list[Part]:
    """Split a text at the source keys in its brackets, as the notes of the data tables use them."""
    parts: list[Part] = []
    end = 0
    for found in BRACKETS.finditer(text):
        if keys_of(found[1]):
            parts += [text[end : found.start()], Sources(found[1], brackets=True)]
            end = found.end()
    return [part for part in [*parts, text[end:]] if part]


def html_of(parts: list[Part]) -> str:
    """Write parts as HTML for a notebook: a source leads to its address, a page to its notebook."""
    return "".join(map(_part_html, parts))


def _part_html(part: Part) -> str:
    if isinstance(part, str):
        return html.escape(part)
    if isinstance(part, Sources):
        named = "; ".join(map(_source_html, re.split(r";\s*", part.keys)))
        return f"({named})" if part.brackets else named
    if isinstance(part, Element):
        attributes = "".join(f' {name}="{html.escape(value)}"' for name, value in part.attributes.items())
        return f"<{part.tag}{attributes}>{html_of(part.parts)}</{part.tag}>"
    words = html.escape(part.words)
    if isinstance(part, Missing):
        return f"<em>{words}</em>"
    address = f"{part.page}.ipynb" if part.page else f"#{part.anchor}"
    return f'<a href="{html.escape(address)}">{words}</a>'


def _source_html(key: str) -> str:
    label, address = html.escape(short_citation(key)), bibliography()[key].fields.get("url")
    return f'<a href="{html.escape(address)}">{label}</a>' if address else label


def _as_json(value):
    """Parts as JSON: text as itself, anything else as a list that begins with its kind."""
    if isinstance(value, (Sources, Link, Missing, Element)):
        return [type(value).__name__.lower(), *map(_as_json, value)]
    if isinstance(value, dict):
        return {name: _as_json(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_json(each) for each in value]
    return value


@dataclass(repr=False)  # which a notebook would keep as text beside the HTML
class Block:
    """Something that a cell shows."""

    directive: str  #: name of the directive that writes it on a page; press/sphinx/outputs.py has them
    content: dict  #: text, numbers, lists and parts such as `Link`
    write: Callable[[dict], str]  #: takes the content and returns HTML for a notebook
    metadata: dict = field(default_factory=dict)  #: what a notebook keeps beside the HTML, for programs

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict[str, str], dict]:
        if not on_page():
            return {"text/html": self.write(self.content)}, self.metadata
        content = json.dumps(_as_json(self.content), default=str)
        return {"text/markdown": f"~~~~~~~~{{{self.directive}}}\n{content}\n~~~~~~~~"}, {}


def show_elements(*elements: Element) -> Block:
    """Show elements, one below the other."""
    return Block("elements", {"elements": list(elements)}, lambda content: html_of(content["elements"]))


def show_list(lead: str, items: list[list[Part]]) -> Block:
    """Show a sentence and a list below it, each item a list of parts."""
    listed = [Element("li", [Element("p", parts)]) for parts in items]
    return show_elements(Element("p", [lead]), *([Element("ul", listed, {"class": "simple"})] if listed else []))
