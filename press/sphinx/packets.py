"""Sheets to print for class, cut from the chapters as teaching/packets.yml says.

The book writes them as teaching/<chapter>-before.html and -after.html, so the words have no second source.
"""

from pathlib import Path

from docutils import nodes
from markupsafe import Markup

from ..editions.templates import render
from ..files import write_if_changed
from ..model.book import page_address
from ..model.decisions import ANSWERS
from ..model.packets import SOURCE, TIMES, PacketError, load
from .citations import note_reference
from .elements import make
from .layout import is_element, is_table, lay_out, parts_of_table, replace

ANSWER = "My answer: number ____  Name: ______________________  Group: ____________"
#: Parts of a chapter with the questions on its documents.
ASKING = {"documents", "later-documents"}
#: Beginnings of the classes that mark a language, or what packet.css sets apart.
SHOWN_APART = ("language-", "source-card", "lines", "wide")


def write_packets(app, folder: Path, slugs: set[str]) -> None:
    """Write the packets of some chapters into a folder.

    Parameters
    ----------
    app : sphinx.application.Sphinx
        After a build; `written` maps the pages that it wrote to their resolved trees.
    folder : pathlib.Path
        Where the packets go.
    slugs : set of str
        Chapters that are in the book.
    """
    for slug, times in load().items():
        if slug in slugs:
            page = f"chapters/{slug}"
            chapter = app.written.get(page) or app.env.get_and_resolve_doctree(page, app.builder)
            for time, sheets in times.items():
                write_if_changed(folder / f"{slug}-{time}.html", packet(app.builder, chapter, slug, time, sheets))


def packet(builder, chapter: nodes.document, slug: str, time: str, sheets: list[dict]) -> str:
    """Write the page of one packet.

    Parameters
    ----------
    builder : sphinx.builders.html.StandaloneHTMLBuilder
        Writes nodes as HTML.
    chapter : docutils.nodes.document
        The chapter, resolved; it is not changed.
    slug : str
        Name of the chapter.
    time : str
        "before" or "after".
    sheets : list of dict
        Title and parts of each sheet.

    Returns
    -------
    str
        HTML that loads nothing.

    Raises
    ------
    PacketError
        If a part is not in the chapter.
    """
    cut = []
    for number, sheet in enumerate(sheets, start=1):
        try:
            content = [node for part in sheet["parts"] for node in _part(chapter, part)]
        except PacketError as error:
            raise PacketError(f"{SOURCE.name}, {slug}, {time}, sheet {number}: {error}") from None
        holder = nodes.container("", *content)
        _prepare(holder, slug)
        body = "".join(builder.render_partial(node)["fragment"] for node in list(holder.children))
        cut.append((sheet["title"], Markup(body)))
    title = next(chapter.findall(nodes.title)).astext().partition(":")[0]
    return render("packet.html", title=f"{title}, {time} the box", note=TIMES[time], sheets=cut)


def _part(chapter: nodes.document, part: str | dict) -> list[nodes.Element]:
    """Copy what a part of a sheet names."""
    if isinstance(part, dict):
        return [_table(chapter, **part)]
    if part.startswith("questions "):
        questions = [_question(chapter, int(each)) for each in part.split()[1:]]
        return [make("h3", nodes.Text("Questions")), make("ol", *questions)]
    copied = _place(chapter, part).deepcopy()
    for unwanted in list(
        copied.findall(lambda node: _tells_the_outcome(node) or is_element(node, "div", "decide-lines"))
    ):
        replace(unwanted, [])
    return [copied, _slip()] if part == "decide" else [copied]


def _place(chapter, identity):
    for node in chapter.findall(nodes.Element):
        if identity in node["ids"]:
            return node
    raise PacketError(f"the chapter has no place {identity!r}")


def _tells_the_outcome(node):
    """Whether a node is a box with the outcome, or one that leads there."""
    if isinstance(node, nodes.admonition):
        return "source-card" not in node["classes"]
    return is_element(node, "details")


def _slip() -> nodes.Element:
    """Lines for the answer that a student hands in."""
    lines = [nodes.Text(ANSWER)]
    for name in ANSWERS:
        lines += [nodes.raw("", "<br/>", format="html"), nodes.Text(f"{name}: {'_' * 60}")]
    return make("p", *lines, classes=["lines"])


def _question(chapter, number):
    asking = [section for section in chapter.findall(nodes.section) if ASKING.intersection(section["ids"])]
    for numbered in (each for section in asking for each in section.findall(nodes.enumerated_list)):
        place = number - numbered.get("start", 1)
        if 0 <= place < len(numbered):
            return make("li", *numbered[place].deepcopy().children, value=number)
    raise PacketError(f"the chapter has no question {number}")


def _caption(table):
    """The node that holds the words above a table, or None."""
    return table[0] if is_element(table[0], "caption") else None


def _table(chapter, table: str, rows: list[str] | None = None, columns: list[str] | None = None) -> nodes.Element:
    """Copy a table by the beginning of its caption, with some of its rows or columns."""
    captioned = [each for each in chapter.findall(is_table) if _caption(each)]
    found = [each for each in captioned if _caption(each).astext().startswith(table)]
    if len(found) != 1:
        raise PacketError(f"{len(found)} tables have a caption that begins with {table!r}; it must be one")
    copied = found[0].deepcopy()
    head, body = parts_of_table(copied)
    texts = {row: " | ".join(cell.astext().strip() for cell in row.children) for row in body.children}
    for start in rows or []:
        if not any(text.startswith(start) for text in texts.values()):
            raise PacketError(f"the table {table!r} has no row that begins with {start!r}")
    body[:] = [row for row, text in texts.items() if not rows or text.startswith(tuple(rows))]
    heads = [cell.astext() for cell in head[0].children]
    for name in columns or []:
        if name not in heads:
            raise PacketError(f"the table {table!r} has no column {name!r}; it has {', '.join(heads)}")
    for row in [*head.children, *body.children]:
        row[:] = [cell for name, cell in zip(heads, row.children, strict=True) if not columns or name in columns]
    return copied


def _prepare(holder, slug):
    """Clear what only the chapter needs: links into the book, ids; set headings below that of the sheet."""
    for number in list(holder.findall(note_reference)):  # a sheet has no notes
        replace(number.parent, [nodes.Text(f" ({number['label'].partition(': ')[2]})")])
    lay_out(holder, page_address(f"chapters/{slug}"))
    for heading in list(holder.findall(nodes.title)):
        replace(heading, [make("h3", *heading.children)])
    for link in list(holder.findall(nodes.reference)):
        outside = link.get("refuri", "").startswith("http")
        replace(link, [nodes.reference("", "", *link.children, refuri=link["refuri"])] if outside else link.children)
    for node in holder.findall(nodes.Element):
        node["ids"], node["classes"] = [], [name for name in node["classes"] if name.startswith(SHOWN_APART)]
    for table in list(holder.findall(is_table)):  # wider than a phone: moved by touch or by arrow keys
        label = _caption(table).astext()
        scrolled = make("div", classes=["wide"], role="region", tabindex=0, aria_label=label)
        replace(table, [scrolled])
        scrolled += table
