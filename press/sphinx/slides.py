"""Slides for class, made of parts of the chapters and of their lesson plans as teaching/slides/<chapter>.md says.

The book writes them as teaching/<chapter>-slides.html: one file that loads nothing, scrolls without scripts and
prints. We chose this over sphinx-revealjs 3.2.1, which adds 5.5 MB, shows no notes on paper, needs scripts to show a
slide at all, and has themes that ask Google for fonts.
"""

import base64
import hashlib
from pathlib import Path

from docutils import nodes
from markdown_it import MarkdownIt
from markupsafe import Markup

from ..editions.templates import TEMPLATES, render
from ..files import write_whole
from ..model.book import page_address
from ..model.slides import Slide, load
from .citations import note_reference
from .elements import make
from .excerpts import (
    as_html,
    as_typed,
    clear,
    copy_figure,
    copy_sides,
    copy_table,
    find_element,
    find_part,
    plans,
    question,
    sentences,
    sources_of_note,
    translate,
)
from .layout import is_element, lay_out_decision, parts_of_table, replace

#: Beginnings of the classes that mark a language, or what slides.css sets apart.
SHOWN_APART = ("language-", "kicker", "sides", "side-title", "big", "asked")


def write_slides(builder, tree_of, slug: str, folder: Path) -> None:
    """Write the slides of a chapter; takes what `press.sphinx.packets.write_packets` takes."""
    chapter, plan = tree_of(f"chapters/{slug}"), tree_of(f"teaching/{slug}")
    write_whole(folder / f"{slug}-slides.html", deck(builder, chapter, plan, slug, load(slug)))


def deck(builder, chapter: nodes.document, plan: nodes.document, slug: str, slides: list[Slide]) -> str:
    """Write the page with the slides of a chapter.

    Parameters
    ----------
    chapter, plan : docutils.nodes.document
        The chapter and its lesson plan, resolved; they are not changed.

    Returns
    -------
    str
        HTML that loads nothing.

    Raises
    ------
    ValueError
        If a part is not there.
    """
    shown = []
    for number, slide in enumerate(slides, start=1):
        try:
            content = [node for part in slide.parts for node in _part(builder, chapter, plan, *part)]
            minutes = _minutes(plan, slide.at, slide.lengths)
        except ValueError as error:
            raise ValueError(f"teaching/slides/{slug}.md, slide {number}, {slide.heading!r}: {error}") from None
        holder = nodes.container("", *content)
        sources = _prepare(holder)
        notes = Markup(MarkdownIt().render(slide.notes))
        shown.append((slide, as_html(builder, holder), notes, minutes, sources))
    script = (TEMPLATES / "slides.js").read_text(encoding="utf-8")
    return render(
        "slides.html",
        title=next(chapter.findall(nodes.title)).astext().partition(":")[0],
        plan=page_address(f"teaching/{slug}"),
        slides=shown,
        script=Markup(script),
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _part(builder, chapter, plan, kind: str, name: str) -> list[nodes.Node]:
    """Copy what a slide names."""
    match kind:
        case "question":
            return [make("p", *question(plan).deepcopy().children, classes=["asked"])]
        case "decision":
            return _decision(chapter)
        case "sides":
            return [_sides(chapter)]
        case "figure":
            figure = copy_figure(builder, find_part(chapter, name))
            del figure[1][0]  # its number
            return [figure]
        case "sentence":
            return [make("p", *_sentence(chapter, name), classes=["big"])]
        case "quote":
            return [_quote(chapter, *name.split())]
        case "table":
            return [_table(chapter, name)]


def _decision(chapter) -> list[nodes.Node]:
    """Copy the day, the question and the answers of a decision."""
    day, form, *_ = find_element(chapter, "div", "decide").deepcopy().children
    asked, *content = lay_out_decision(form)
    return [day, asked, *(node for node in content if is_element(node, "ol", "answers"))]


def _sides(chapter) -> nodes.Element:
    """Copy the best case of each side, without the fact that is left to the reader."""
    sides = copy_sides(chapter)
    for facts in sides.findall(nodes.bullet_list):
        facts.pop()
    return sides


def _sentence(chapter, beginning: str) -> list[nodes.Node]:
    """Copy the one sentence of a chapter with some beginning."""
    each_one = (sentence for paragraph in chapter.findall(nodes.paragraph) for sentence in sentences(paragraph))
    found = [sentence for sentence in each_one if as_typed(sentence).startswith(beginning)]
    if len(found) != 1:
        raise ValueError(f"{len(found)} sentences of the chapter begin with {beginning!r}; it must be one")
    return found[0]


def _quote(chapter, document: str, number: str) -> nodes.Element:
    """Copy a quotation of a document, in our translation if it has one."""
    copied = find_part(chapter, document).deepcopy()
    translate(copied)
    quotes = list(copied.findall(nodes.block_quote))
    if int(number) not in range(1, len(quotes) + 1):
        raise ValueError(f"{document} has no quotation {number}; it has {len(quotes)}")
    return quotes[int(number) - 1]


def _table(chapter, beginning: str) -> nodes.Element:
    """Copy the first two columns of a table: what is explained is not shown beside what was found."""
    copied = copy_table(chapter, beginning)
    for part in parts_of_table(copied):
        for row in part.children:
            row[:] = row[:2]
    return copied


def _minutes(plan, words: str, lengths: list[int]) -> str:
    """Say in which minutes the plans have a row with some words, shorter plans first, and which plans do without."""
    known = plans(plan)
    if unknown := set(lengths) - set(known):
        raise ValueError(f"no plan has {min(unknown)} minutes; accepted: {', '.join(map(str, sorted(known)))}")
    used, unused = [], []
    for length, rows in sorted(known.items()):
        spans = [row[0].astext() for row in rows if words in row.astext()]
        if spans and length in (lengths or known):
            used.append(f"{spans[0]} of {length}")
        else:
            unused.append(str(length))
    if not used:
        raise ValueError(f"no plan has a row with {words!r}")
    return ", ".join(used) + (f". Leave it out with {' and '.join(unused)} minutes" if unused else "")


def _prepare(holder) -> list[str]:
    """Clear what only the chapter needs, links and ids; return the sources of the notes that are left out."""
    sources = []
    for number in list(holder.findall(note_reference)):
        sources += sources_of_note(number).split("; ")
        replace(number.parent, [])
    for link in list(holder.findall(nodes.reference)):
        replace(link, link.children)
    clear(holder, SHOWN_APART)
    return list(dict.fromkeys(sources))
