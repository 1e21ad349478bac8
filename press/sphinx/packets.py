"""What is printed for class: a homework reader of each chapter, and sheets as teaching/packets.yml lists them.

The book writes them as teaching/<chapter>-homework.html, -before.html and -after.html, so the words have no second
source.
"""

import base64
from collections.abc import Callable
from pathlib import Path

from docutils import nodes
from markupsafe import Markup

from casebook.membership import members
from casebook.references import short_citation

from ..editions.handouts import Notes
from ..editions.templates import render
from ..files import write_if_changed
from ..model.book import page_address
from ..model.decisions import ANSWERS, OUTCOME
from ..model.packets import FORMS, SOURCE, TIMES, WORDS_OF, PacketError, article, load
from ..model.simulation import MEETING, ROLES, read
from .citations import note_reference
from .elements import make
from .layout import is_element, is_table, lay_out, parts_of_table, replace

ANSWER = "My answer: number ____  Name: ______________________  Group: ____________"
LINE = "_" * 60
#: What the slip asks when the box has been read, with places to tick.
REVIEW = "After the box: which of your reasons used only what was known?"
TICKS = "☐ the first   ☐ the second   ☐ neither   Because: ______________________________"
#: Sections of a chapter that students read at home, after its opening.
AT_HOME = ("the-story", "documents")
#: Parts of a chapter with the questions on its documents.
ASKING = {"documents", "later-documents"}
#: Beginnings of the classes that mark a language, or what packet.css sets apart.
SHOWN_APART = ("language-", "source-card", "lines", "review", "questions", "wide")


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
            write_if_changed(folder / f"{slug}-homework.html", homework(app.builder, chapter, slug))
            for time, sheets in times.items():
                write_if_changed(folder / f"{slug}-{time}.html", packet(app.builder, chapter, slug, time, sheets))


def homework(builder, chapter: nodes.document, slug: str) -> str:
    """Write what students read before class: opening, story and documents, with their sources as endnotes.

    Folds are left out. So are titles of sources, which may tell what came later.

    Parameters
    ----------
    builder : sphinx.builders.html.StandaloneHTMLBuilder
        Writes nodes as HTML.
    chapter : docutils.nodes.document
        The chapter, resolved; it is not changed.
    slug : str
        Name of the chapter.

    Returns
    -------
    str
        HTML that loads nothing: its pictures are inside.

    Raises
    ------
    PacketError
        If the chapter lacks one of these parts.
    """
    opening = next(chapter.findall(lambda node: is_element(node, "div", "opening")), None)
    if opening is None:
        raise PacketError(f"{slug}: the chapter has no opening")
    holder = nodes.container("", *(part.deepcopy() for part in (opening, *(_place(chapter, name) for name in AT_HOME))))
    _remove(holder, lambda node: is_element(node, "details") or _is_furniture(node))
    sources: dict[str, int] = {}  # author and date of the sources of a note -> its number
    for figure in list(holder.findall(nodes.figure)):  # Sphinx would number it, and link to it
        (image,), (caption,) = list(figure.findall(nodes.image)), list(figure.findall(nodes.caption))
        replace(figure, [make("figure", _picture(builder, image), make("figcaption", *caption.children))])
    _prepare(holder, slug, lambda number: _endnote(number, sources), nested=True)
    body = "".join(builder.render_partial(node)["fragment"] for node in list(holder.children))
    title = next(chapter.findall(nodes.title)).astext()
    return render("packet-homework.html", title=title, body=Markup(body), sources=list(sources))


def _is_furniture(node):
    """Whether a node says how long a chapter takes, or up to which year it goes: then one knows that more comes."""
    return is_element(node, "p", "reading-times") or is_element(node, "p", "kicker")


def _endnote(number, sources):
    """Return the link to an endnote, which is added to `sources` if it is new."""
    words = number["label"].partition(": ")[2]
    place = sources.setdefault(words, len(sources) + 1)
    return make("sup", make("a", nodes.Text(str(place)), href=f"#note-{place}", role="doc-noteref", aria_label=words))


def _picture(builder, image):
    """Return a drawing with its content in the page, which then needs no other file."""
    content = base64.b64encode(Path(builder.srcdir, image["uri"]).read_bytes()).decode()
    written = Markup('<img src="data:image/svg+xml;base64,{}" alt="{}" />').format(content, image["alt"])
    return nodes.raw("", written, format="html")


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
        _prepare(holder, slug, lambda number: nodes.Text(f" ({number['label'].partition(': ')[2]})"))
        body = "".join(builder.render_partial(node)["fragment"] for node in list(holder.children))
        cut.append((sheet["title"], Markup(body)))
    title = next(chapter.findall(nodes.title)).astext().partition(":")[0]
    return render("packet.html", title=f"{title}, {time} the box", note=TIMES[time], sheets=cut)


def _part(chapter: nodes.document, part: str | dict) -> list[nodes.Element]:
    """Copy what a part of a sheet names."""
    if isinstance(part, dict):
        if "articles" in part:
            return [make("h3", nodes.Text("Words of the treaty")), *(_article(*named) for named in part["articles"])]
        return _decision(chapter, part) if "decide" in part else [_table(chapter, **part)]
    if part.startswith("questions "):
        questions = [_question(chapter, int(each)) for each in part.split()[1:]]
        return [make("div", make("h3", nodes.Text("Questions")), make("ol", *questions), classes=["questions"])]
    if part in FORMS:
        return _outcome(chapter) if part == "outcome" else [_form(part)]
    if part == "decide":
        return _decision(chapter, {})
    return [_without_outcome(_place(chapter, part))]


def _without_outcome(part):
    copied = part.deepcopy()
    _remove(copied, lambda node: _tells_the_outcome(node) or is_element(node, "div", "decide-lines"))
    return copied


def _remove(holder, is_unwanted):
    for node in list(holder.findall(is_unwanted)):
        if node.parent:
            replace(node, [])


def _decision(chapter: nodes.document, part: dict) -> list[nodes.Element]:
    """Copy a decision up to its answers, with a slip; `decide` replaces the words to one delegation.

    What begins with the words under `known_to` moves from the list for everybody to one for that delegation.
    """
    copied = _without_outcome(_place(chapter, "decide"))
    if "decide" in part:
        known = next(copied.findall(nodes.bullet_list))
        *to_one, _ = [node for node in copied.children[: copied.index(known)] if isinstance(node, nodes.paragraph)]
        for node in to_one:
            replace(node, [])
        copied.insert(1, nodes.paragraph("", part["decide"].strip()))
        for name, beginnings in part["known_to"].items():
            own = [item for item in known.children if item.astext().startswith(tuple(beginnings))]
            if len(own) != len(beginnings):
                raise PacketError(f"{len(own)} of {len(beginnings)} lines for {name} are in the list of Decide")
            for item in own:
                known.remove(item)
            place = copied.index(known) + 1
            copied.insert(place, [nodes.paragraph("", f"{name} knows besides:"), nodes.bullet_list("", *own)])
    return [copied, _slip()]


def _article(provision: str, wording: int) -> nodes.Element:
    """Quote an article from data/treaty-articles.csv, or give its summary if no words of it can be quoted."""
    row = article(provision, wording)
    how = ", ".join(filter(None, [f"wording of {wording}", WORDS_OF[row["text_seen"]]]))
    keys = [row["quote_source"]] if row["quote"] else row["sources"].split(";")
    words = (
        nodes.block_quote("", nodes.paragraph("", row["quote"])) if row["quote"] else nodes.paragraph("", row["gist"])
    )
    name = make("p", make("strong", nodes.Text(f"{row['instrument']}, Article {row['article']} ({how})")))
    source = make("p", nodes.Text(f"— {'; '.join(map(short_citation, keys))}"))
    return make("div", name, words, source, classes=["source-card"])


def _form(name: str) -> nodes.raw:
    """Fill in a form; the briefs are those of the members in the simulation."""
    values = {}
    if name == "briefs":
        roles = [role for role in (read(f"roles/{name}") for name in ROLES) if role["role"] in members(MEETING)]
        values = {"roles": roles, "notes": Notes(read("later-sources"))}
    return nodes.raw("", render(f"packet-{name}.html", **values), format="html")


def _outcome(chapter: nodes.document) -> list[nodes.Element]:
    """Copy the outcome of a decision, without the box around it, with two questions."""
    (box,) = _place(chapter, "decide").findall(lambda node: is_element(node, "details", "outcome"))
    form = nodes.raw("", render("packet-outcome.html", review=REVIEW.partition(": ")[2]), format="html")
    return [make("h3", nodes.Text(OUTCOME)), *box.deepcopy().children[1:], form]


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
    """Lines for the answer that a student keeps, marks when the box has been read, and hands in at the end."""
    lines = [nodes.Text(ANSWER)]
    for name in ANSWERS:
        lines += [nodes.raw("", "<br/>", format="html"), nodes.Text(f"{name}: {LINE}")]
    review = make("p", make("strong", nodes.Text(REVIEW)), nodes.raw("", "<br/>", format="html"), nodes.Text(TICKS))
    return make("div", make("p", *lines), make("div", review, classes=["review"]), classes=["lines"])


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


def _prepare(holder: nodes.Element, slug: str, cite: Callable, nested: bool = False) -> None:
    """Clear what only the chapter needs: links into the book, ids; set headings below those of the page.

    Parameters
    ----------
    holder : docutils.nodes.Element
        Parts of a chapter; it is changed.
    slug : str
        Name of the chapter.
    cite : callable
        Returns what takes the place of the number of a note.
    nested : bool
        Whether headings keep their levels; otherwise all are one below that of a sheet.
    """
    lay_out(holder, page_address(f"chapters/{slug}"))
    for number in list(holder.findall(note_reference)):
        replace(number.parent, [cite(number)])
    for heading in list(holder.findall(nodes.title)):
        replace(heading, [make(f"h{_depth(heading) + 1 if nested else 3}", *heading.children)])
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


def _depth(heading):
    """How many sections and boxes a heading is in."""
    depth = 0
    while heading := heading.parent:
        depth += isinstance(heading, (nodes.section, nodes.Admonition))
    return depth
