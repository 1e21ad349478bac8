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
from ..files import write_if_changed
from ..model.book import page_address
from ..model.slides import Slide, SlideError, load
from .citations import note_reference
from .elements import make
from .layout import is_element, is_table, parts_of_table, replace

#: How quotation marks are typed in the sources.
TYPED = str.maketrans("“”‘’", "\"\"''")
TRANSLATION = "Our translation: "
#: Beginnings of the classes that mark a language, or what slides.css sets apart.
SHOWN_APART = ("language-", "kicker", "sides", "side-title", "big", "asked")
PLAN = "Plan for "  #: the caption of a plan goes on with its minutes


def write_slides(app, folder: Path, slugs: set[str]) -> None:
    """Write the slides of some chapters into a folder.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        After a build; `written` maps the pages that it wrote to their resolved trees.
    folder : pathlib.Path
        Where the slides go.
    slugs : set of str
        Chapters that are in the book; one without a lesson plan has no slides.
    """
    for slug in sorted(slugs):
        page, plan = f"chapters/{slug}", f"teaching/{slug}"
        if plan in app.env.found_docs:
            chapter = app.written.get(page) or app.env.get_and_resolve_doctree(page, app.builder)
            plan = app.env.get_and_resolve_doctree(plan, app.builder)
            write_if_changed(folder / f"{slug}-slides.html", deck(app.builder, chapter, plan, slug, load(slug)))


def deck(builder, chapter: nodes.document, plan: nodes.document, slug: str, slides: list[Slide]) -> str:
    """Write the page with the slides of a chapter.

    Parameters
    ----------
    builder : sphinx.builders.html.StandaloneHTMLBuilder
        Writes nodes as HTML.
    chapter, plan : docutils.nodes.document
        The chapter and its lesson plan, resolved; they are not changed.
    slug : str
        Name of the chapter.
    slides : list of Slide

    Returns
    -------
    str
        HTML that loads nothing.

    Raises
    ------
    SlideError
        If a part is not there.
    """
    shown = []
    for number, slide in enumerate(slides, start=1):
        try:
            content = [node for part in slide.parts for node in _part(builder, chapter, plan, *part)]
            minutes = _minutes(plan, slide.at, slide.lengths)
        except SlideError as error:
            raise SlideError(f"teaching/slides/{slug}.md, slide {number}, {slide.heading!r}: {error}") from None
        holder = nodes.container("", *content)
        sources = _prepare(holder)
        body = "".join(builder.render_partial(node)["fragment"] for node in list(holder.children))
        notes = MarkdownIt().render(slide.notes)
        shown.append((slide, Markup(body), Markup(notes), minutes, sources))
    script = (TEMPLATES / "slides.js").read_text(encoding="utf-8")
    return render(
        "slides.html",
        title=next(chapter.findall(nodes.title)).astext().partition(":")[0],
        plan=page_address(f"teaching/{slug}"),
        slides=shown,
        script=Markup(script),
        digest=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


# --- what a slide shows


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
            return _figure(builder, find_part(chapter, name))
        case "sentence":
            return [make("p", *_sentence(chapter, name), classes=["big"])]
        case "quote":
            return [_quote(chapter, *name.split())]
        case "table":
            return [_table(chapter, name)]
        case "plan":
            return [node.deepcopy() for node in find_part(plan, name).children if not isinstance(node, nodes.title)]


def find_part(page: nodes.document, identity: str) -> nodes.Element:
    """Return the part of a page with an id; raise SlideError if there is none."""
    for node in page.findall(nodes.Element):
        if identity in node["ids"]:
            return node
    raise SlideError(f"there is no place {identity!r} in the chapter or its plan")


def _first(page, tag, name):
    """The first element of a page with some tag and class."""
    for node in page.findall(lambda node: is_element(node, tag, name)):
        return node
    raise SlideError(f"the chapter has no {name!r}")


def _sentence(chapter, beginning: str) -> list[nodes.Node]:
    """Copy the one sentence of a chapter with some beginning, of which there is one a line."""
    sentences = [each for paragraph in chapter.findall(nodes.paragraph) for each in lines(paragraph)]
    found = [each for each in sentences if _words(each).startswith(beginning)]
    if len(found) != 1:
        raise SlideError(f"{len(found)} sentences of the chapter begin with {beginning!r}; it must be one")
    return found[0]


def lines(paragraph: nodes.paragraph) -> list[list[nodes.Node]]:
    """Copy the children of a paragraph, parted where its source has a new line."""
    lines = [[]]
    for child in paragraph.children:
        if isinstance(child, nodes.Text):
            first, *more = child.split("\n")
            lines[-1].append(nodes.Text(first))
            lines += [[nodes.Text(each)] for each in more]
        else:
            lines[-1].append(child.deepcopy())
    return lines


def _words(line: list[nodes.Node]) -> str:
    return "".join(node.astext() for node in line).translate(TYPED).strip()


def _quote(chapter, document: str, number: str) -> nodes.Element:
    """Copy a quotation of a document, in our translation if it has one."""
    quotes = list(find_part(chapter, document).findall(nodes.block_quote))
    if int(number) not in range(1, len(quotes) + 1):
        raise SlideError(f"{document} has no quotation {number}; it has {len(quotes)}")
    quote = quotes[int(number) - 1]
    after = quote.next_node(descend=False, siblings=True)
    copied = quote.deepcopy()
    if after is not None and after.astext().startswith(TRANSLATION):
        copied[0] = after.deepcopy()
    return copied


def _figure(builder, figure: nodes.figure) -> list[nodes.Node]:
    """Copy a picture with its caption; its data are in the page, which can be taken to a room without the book."""
    image, caption = next(figure.findall(nodes.image)), next(figure.findall(nodes.caption))
    data = base64.b64encode(Path(builder.srcdir, image["uri"]).read_bytes()).decode()
    picture = nodes.image("", uri=f"data:image/svg+xml;base64,{data}", alt=image["alt"])
    _, *words = caption.deepcopy().children  # the number of the figure comes first
    return [make("figure", picture, make("figcaption", *words))]


def _decision(chapter) -> list[nodes.Node]:
    """Copy the day, the question and the answers of a decision."""
    (kicker,) = [node.deepcopy() for node in _first(chapter, "div", "decide").children if "kicker" in node["classes"]]
    legend = next(_first(chapter, "div", "decide").findall(lambda node: is_element(node, "legend")))
    answers = [item[0][-1] for item in _first(chapter, "ol", "answers").children]  # a label holds a button and words
    options = make("ol", *(make("li", *answer.deepcopy().children) for answer in answers))
    return [kicker, make("p", make("strong", *legend.deepcopy().children)), options]


def _table(chapter, beginning: str) -> nodes.Element:
    """Copy the first two columns of a table: what is explained is not shown beside what was found."""
    tables = [table for table in chapter.findall(is_table) if is_element(table[0], "caption")]
    found = [table for table in tables if table[0].astext().startswith(beginning)]
    if len(found) != 1:
        raise SlideError(f"{len(found)} tables have a caption that begins with {beginning!r}; it must be one")
    copied = found[0].deepcopy()
    for part in parts_of_table(copied):
        for row in part.children:
            row[:] = row[:2]
    return copied


def _sides(chapter) -> nodes.Element:
    """Copy the best case of each side, without the fact that is left to the reader."""
    sides = make("div", classes=["sides"])
    for side in _first(chapter, "div", "two-sides").children:
        copied = side.deepcopy()
        for facts in copied.findall(nodes.bullet_list):
            facts.pop()
        sides += copied
    return sides


# --- what the plan says of it


def _plans(plan) -> dict[int, list[nodes.Element]]:
    """Rows of each plan on a page, by its minutes."""
    captions = [(table[0].astext(), table) for table in plan.findall(is_table) if is_element(table[0], "caption")]
    plans = [(caption.removeprefix(PLAN), table) for caption, table in captions if caption.startswith(PLAN)]
    return {int(length.split()[0]): parts_of_table(table)[1].children for length, table in plans}


def question(plan: nodes.document) -> nodes.emphasis:
    """Return the sentence that a class begins with: the first one in italics in a plan."""
    for rows in _plans(plan).values():
        for sentence in rows[0].findall(nodes.emphasis):
            return sentence
    raise SlideError("the first row of the plan has no sentence in italics to read aloud")


def _minutes(plan, words: str, lengths: list[int]) -> str:
    """Say in which minutes the plans have a row with some words, shorter plans first, and which plans do without."""
    plans = _plans(plan)
    if unknown := set(lengths) - set(plans):
        raise SlideError(f"no plan has {min(unknown)} minutes; accepted: {', '.join(map(str, sorted(plans)))}")
    used, unused = [], []
    for length, rows in sorted(plans.items()):
        spans = [row[0].astext() for row in rows if words in row.astext()]
        if spans and length in (lengths or plans):
            used.append(f"{spans[0]} of {length}")
        else:
            unused.append(str(length))
    if not used:
        raise SlideError(f"no plan has a row with {words!r}")
    return ", ".join(used) + (f". Leave it out with {' and '.join(unused)} minutes" if unused else "")


# --- how it is written


def _prepare(holder) -> list[str]:
    """Clear what only the chapter needs, links and ids; return the sources of the notes that are left out."""
    sources = []
    for number in list(holder.findall(note_reference)):
        sources += number["label"].partition(": ")[2].split("; ")
        replace(number.parent, [])
    for link in list(holder.findall(nodes.reference)):
        replace(link, link.children)
    for node in holder.findall(nodes.Element):
        node["ids"], node["classes"] = [], [name for name in node["classes"] if name.startswith(SHOWN_APART)]
    return list(dict.fromkeys(sources))
