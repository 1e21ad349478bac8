"""Source keys turned into readable, linked citations."""

import html
import os
import re
from functools import lru_cache

from pybtex.database import parse_file

from .contents import BOOK

BRACKETS = re.compile(r"\(([a-z0-9][a-z0-9;\s-]+)\)")


@lru_cache(maxsize=1)
def bibliography():
    """Read references.bib: key -> pybtex entry."""
    return parse_file(BOOK / "references.bib", "bibtex").entries


def short_citation(key: str) -> str:
    """Author and date of a source, as the running text cites it.

    Parameters
    ----------
    key : str
        A key of references.bib, such as ``"ria-2007-10-06"``.

    Returns
    -------
    str
        For example ``"RIA Novosti, 6 October 2007"``.

    Raises
    ------
    KeyError
        If references.bib has no such key.
    """
    if key not in bibliography():
        raise KeyError(f"references.bib has no source {key!r}")
    entry = bibliography()[key]
    people = [" ".join(person.last_names) for person in entry.persons["author"]]
    author = people[0] if len(people) == 1 else " and ".join(people) if len(people) == 2 else f"{people[0]} et al."
    return f"{author}, {date_of(entry)}".replace("{", "").replace("}", "")


def date_of(entry) -> str:
    """Date of a pybtex entry as printed: ``"6 October 2007"``, ``"2005"`` or ``"n.d."``."""
    fields = entry.fields
    return " ".join(fields[name] for name in ("month", "year") if name in fields) or "n.d."


def cite_html(keys: str) -> str:
    """Turn source keys into links: on a page to the bibliography, in a notebook to the source itself.

    Parameters
    ----------
    keys : str
        Keys of references.bib, joined by semicolons.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    KeyError
        If references.bib lacks one of the keys; names it.
    """
    links = []
    for key in map(str.strip, keys.split(";")):
        label = html.escape(short_citation(key))
        url = f"bibliography.html#source-{key}" if on_page() else bibliography()[key].fields.get("url")
        links.append(f'<a href="{html.escape(url)}">{label}</a>' if url else label)
    return "; ".join(links)


def keys_in_brackets(text: str) -> list[str]:
    """List the source keys in brackets, as the notes of the data tables use them."""
    return [key for found in BRACKETS.finditer(text) for key in _keys(found[1])]


def cite_in_text(text: str) -> str:
    """Turn keys in brackets, as the notes of the data tables use them, into links; leave other brackets alone."""
    return BRACKETS.sub(lambda found: f"({cite_html(found[1])})" if _keys(found[1]) else found[0], text)


def _keys(words: str) -> list[str]:
    """The source keys that some words in brackets are, or none if one of them is no key."""
    keys = re.split(r";\s*", words)
    return keys if all(key in bibliography() for key in keys) else []


def link_to(page: str, words: str, anchor: str = "") -> str:
    """A link to another page in chapters/: on a page to its HTML, in a notebook to its notebook.

    Parameters
    ----------
    page : str
        Name of the page without its ending, such as ``"origins"``.
    words : str
        What is shown.
    anchor : str
        Id of an element on that page; a notebook has none and leaves it out.

    Returns
    -------
    str
        HTML.
    """
    address = f"{page}.html{'#' if anchor else ''}{anchor}" if on_page() else f"{page}.ipynb"
    return f'<a href="{html.escape(address)}">{html.escape(words)}</a>'


def on_page() -> bool:
    """Whether the book is being built, rather than a notebook run by hand."""
    return os.environ.get("CASEBOOK_OUTPUT") == "page"
