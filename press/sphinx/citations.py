"""Citations: {cite:p}`key,key` becomes a numbered note, {cite:t}`key` names the author in the sentence.

In explorers, lists of records and cells of reference pages, where a reader looks for one source at a time, author and
date are named.
"""

import re

from docutils import nodes
from sphinx.domains import Domain
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from casebook.contents import BOOK, chapters
from casebook.references import bibliography, date_of, short_citation

from ..model.sources import source
from .elements import ancestors, joined, make
from .glossary import in_language
from .links import link

BIBLIOGRAPHY = "chapters/bibliography"
ARCHIVE = "Look in the web archive (may be empty)"
LEGEND = "Unless a note says otherwise, we read an excerpt of the source."
PUNCTUATION = (".", ",", ";", ":", "?", "!")
logger = logging.getLogger(__name__)


class cited(nodes.Inline, nodes.TextElement):
    """Sources of a sentence or a cell: their `keys`, whether they are in `brackets` and `in_cell`."""


class note_reference(nodes.reference):
    """The number of a note; its `label` names author and date of each source."""


def keys_in(words: str) -> list[str]:
    """Split keys of sources at commas and semicolons."""
    return re.split(r"\s*[,;]\s*", words.strip())


# --- in the text


class CitationRole(SphinxRole):
    """Sources behind a sentence: {cite:p}`key,key`."""

    def run(self):
        self.env.note_dependency(str(BOOK / "references.bib"))
        known = []
        for key in keys_in(self.text):
            if key in bibliography():
                known.append(key)
            else:
                logger.warning("references.bib has no source %r", key, location=self.get_location())
        return self.cite(known) if known else [], []

    def cite(self, keys):
        return [cited(keys=keys, brackets=True, in_cell=False)]


class AuthorRole(CitationRole):
    """A source whose author is part of the sentence: {cite:t}`key`."""

    def cite(self, keys):
        found = []
        for key in keys:
            date = date_of(bibliography()[key])
            author = short_citation(key).removesuffix(f", {date}")
            found += [nodes.Text(f"{author} ("), link(BIBLIOGRAPHY, date, f"source-{key}"), nodes.Text(")")]
        return found


class Citations(Domain):
    """The roles, under the names that sphinxcontrib-bibtex gives them."""

    name, label = "cite", "citations"
    roles = {"p": CitationRole(), "t": AuthorRole()}

    def merge_domaindata(self, docnames, otherdata):
        """Keep nothing: the citations of a page are in its tree."""


# --- the notes


class NumberNotes(SphinxTransform):
    """Turn the citations of a page into numbers, and list their sources at its end."""

    default_priority = 700  # before quotes are made typographic, which are in the notes, too

    def apply(self):
        is_chapter = self.env.docname.removeprefix("chapters/") in chapters()
        notes: dict[tuple[str, ...], list[str]] = {}  # sources -> ids of the numbers that lead to them
        for citation in list(self.document.findall(cited)):
            keys = tuple(citation["keys"])
            if _is_looked_up(citation, is_chapter):
                named = joined([link(BIBLIOGRAPHY, short_citation(key), f"source-{key}") for key in keys], "; ")
                citation.replace_self([nodes.Text("("), *named, nodes.Text(")")] if citation["brackets"] else named)
            else:
                uses = notes.setdefault(keys, [])
                number = list(notes).index(keys) + 1
                uses.append(f"note-{number}-use-{len(uses) + 1}")
                _behind_punctuation(citation)
                citation.replace_self(_number(number, keys, uses[-1]))
        if notes:
            described_in: dict[str, tuple[int, str]] = {}
            entries = [
                _note(number, keys, uses, described_in) for number, (keys, uses) in enumerate(notes.items(), start=1)
            ]
            listing = make("ol", *entries, classes=["notes"])
            listed = make("div", make("p", LEGEND), listing, classes=["endnotes"], role="doc-endnotes")
            section = nodes.section("", nodes.title("", "Notes"), listed, ids=["notes"], names=["notes"])
            next(self.document.findall(nodes.section)).append(section)


def _is_looked_up(citation, is_chapter):
    """Whether a reader comes for this one source: author and date stay in sight."""
    if citation["in_cell"] and not is_chapter:
        return True
    return any({"explorer", "records"} & set(each["classes"]) for each in ancestors(citation))


def _behind_punctuation(citation):
    """Put a number where English has it: behind the sentence or the clause, without a space."""
    parent, place = citation.parent, citation.parent.index(citation)
    after = parent[place + 1] if place + 1 < len(parent) else ""
    mark = after[0] if isinstance(after, nodes.Text) and after.startswith(PUNCTUATION) else ""
    if mark:
        parent[place + 1] = nodes.Text(after[1:])
    if place and isinstance(parent[place - 1], nodes.Text):
        parent[place - 1] = nodes.Text(parent[place - 1].rstrip() + mark)
    elif mark:
        parent.insert(place, nodes.Text(mark))


def _number(number, keys, identity):
    label = f"{number}: {'; '.join(map(short_citation, keys))}"
    reference = note_reference("", str(number), refid=f"note-{number}", ids=[identity], label=label, internal=True)
    return nodes.superscript("", "", reference)


def _note(number, keys, uses, described_in):
    """Return the entry of a note; a source is described once, and `described_in` says where: key -> (note, id)."""
    paragraphs = []
    for place, key in enumerate(keys, 1):
        if key in described_in:
            first, identity = described_in[key]
            link_to_it = nodes.reference("", f"see note {first}", refid=identity, internal=True, classes=["note-again"])
            paragraphs.append(make("p", f"{short_citation(key)}: ", link_to_it, "."))
        else:
            described_in[key] = (number, f"note-{number}-source-{place}")
            paragraphs.append(make("p", *described(key), ids=[described_in[key][1]]))
    for place, use in enumerate(uses, 1):
        words = "Back" if len(uses) == 1 else f"Back {place}"
        back = nodes.reference("", words, refid=use, internal=True, classes=["note-back"])
        paragraphs[-1] += [nodes.Text(" · "), back]
    return make("li", *paragraphs, ids=[f"note-{number}"])


def described(key: str) -> list[nodes.Node]:
    """A source in words, with its title as a link, a look in the web archive and the way to the bibliography."""
    found = source(key)
    links = [link(BIBLIOGRAPHY, "In the bibliography", f"source-{key}")]
    if found.archived:
        named = f"{ARCHIVE}: {found.title}"  # in a list of links every one would be the same
        classes = ["reference", "external", "note-archive"]
        links.insert(0, make("a", ARCHIVE, href=found.archived, aria_label=named, classes=classes))
    return [*in_words(key), nodes.Text(" "), *joined(links, " · ")]


def in_words(key: str) -> list[nodes.Node]:
    """Author, linked title, outlet, date, DOI, and what was read if it is not an excerpt."""
    found = source(key)
    title = nodes.emphasis("", found.title)
    if found.title_language:
        title = nodes.emphasis("", "", in_language(found.title, found.title_language))
    if found.address:
        title = nodes.reference("", "", title, refuri=found.address)
    words = [nodes.Text(f"{found.authors}. "), title, nodes.Text(f". {found.place.removesuffix('.')}")]
    if found.doi:
        words += [nodes.Text(", "), nodes.reference("", f"doi {found.doi}", refuri=f"https://doi.org/{found.doi}")]
    return [*words, nodes.Text(f". {found.read}." if found.read else ".")]


def visit_note_reference(self, node):
    attributes = {"href": f"#{node['refid']}", "role": "doc-noteref", "aria-label": node["label"], "classes": ["note"]}
    self.body.append(self.starttag(node, "a", "", **attributes))


def setup(app):
    app.add_domain(Citations)
    app.add_node(cited)
    app.add_node(note_reference, html=(visit_note_reference, None))
    app.add_transform(NumberNotes)
