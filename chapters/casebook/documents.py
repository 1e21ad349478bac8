"""The documents of a chapter: source cards with their headnotes and excerpts, read from the page."""

import re
from typing import NamedTuple

from .contents import source

CARD = re.compile(r"^:::\{document\} ((\d+)\.[^\n]*)\n(.*?)^:::$", re.M | re.S)
QUOTATION = re.compile(r"(?:^>.*\n)+", re.M)
LANGUAGE = re.compile(r"\{lang\}`([^`]+) <[\w-]+>`")
CITED = re.compile(r"^— \{cite:t\}`([^`]+)`(.*)$", re.M)


class Excerpt(NamedTuple):
    """A quotation on a card."""

    words: str
    source: str  #: key of references.bib, or "" if the card names none
    place: str  #: where in the source it is, such as "paragraph 2"; may be empty
    line: int  #: line of the page


class Document(NamedTuple):
    """A source card."""

    number: int
    title: str
    body: str  #: its source text, headnote and excerpts
    line: int  #: line of the page
    excerpts: list[Excerpt]


def documents(slug: str) -> list[Document]:
    """Read the documents of a page of the folder `chapters`, in order."""
    text = source(f"chapters/{slug}")
    found = []
    for card in CARD.finditer(text):
        title, number, body = card.groups()
        excerpts = [_excerpt(text, card.start(3) + part.start(), part[0]) for part in QUOTATION.finditer(body)]
        found.append(Document(int(number), f"Document {title}", body, _line(text, card.start()), excerpts))
    return found


def _excerpt(text: str, position: int, quotation: str) -> Excerpt:
    lines = LANGUAGE.sub(r"\1", re.sub(r"^> ?", "", quotation, flags=re.M))
    cited = CITED.search(lines)
    words = " ".join(line.strip() for line in lines.splitlines() if line.strip() and not line.startswith("—"))
    return Excerpt(words, cited[1] if cited else "", cited[2].strip(" ,") if cited else "", _line(text, position))


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
