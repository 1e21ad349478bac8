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
from ..model.packets import (
    FORMS,
    LETTERS,
    SOURCE,
    TIMES,
    WORDS_OF,
    PacketError,
    article,
    at_home,
    load,
    sheet_of_outcome,
)
from ..model.simulation import MEETING, ROLES, read
from .citations import PUNCTUATION, note_reference
from .elements import make
from .layout import is_element, is_table, lay_out, parts_of_table, replace
from .slides import TRANSLATION, SlideError, find_part, lines, question

ANSWER = "My answer: number ____  Name: ______________________  {}: ____________"
LINE = "_" * 60
WIDE_LINE = "_" * 80
#: What the slip asks when the box has been read, with places to tick.
REVIEW = "After the box: which of your reasons rests on a source, and which is your inference?"
TICKS = "First: ☐ a source ☐ {0}. Second: ☐ a source ☐ {0}."
#: Who writes on the slip -> what the second square says: a brief of a delegation has inferences of its own.
INFERENCE = {"Group": "my inference", "Delegation": "an inference (mine or the brief's)"}
#: Beginning of what a reader of the page is asked instead: in class, sources from after the decision are not at hand.
HINDSIGHT = "Which of your reasons used only"
#: What is said of the outcome -> what a sheet says in its place, with the number of the sheet that tells it.
BOXES = {"you open the next box": "you get sheet {}", "After the box": "After sheet {}"}
#: What follows the number of the question of a sheet that every class is asked.
IN_CLASS = "*"
#: What follows the id of a document of which a sheet prints our translation in place of the original words.
TRANSLATED = " translated"
#: Sections of a chapter that students read at home, after its opening.
AT_HOME = ("the-story", "documents")
#: The part of a lesson plan with the rules of a table of delegations, which records print.
AT_THE_TABLE = "at-the-table"
#: Parts of a chapter with the questions on its documents.
ASKING = {"documents", "later-documents"}
#: Beginnings of the classes that mark a language, or what packet.css sets apart.
SHOWN_APART = ("language-", "source-card", "lines", "review", "questions", "sides", "wide")


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

    def tree_of(page):
        return app.written.get(page) or app.env.get_and_resolve_doctree(page, app.builder)

    more = at_home()
    for slug, times in load().items():
        if slug in slugs:
            chapter, plan = tree_of(f"chapters/{slug}"), f"teaching/{slug}"
            plan = app.env.get_and_resolve_doctree(plan, app.builder) if plan in app.env.found_docs else None
            added = [node for addition in more[slug] for node in _added(addition, tree_of)]
            write_if_changed(folder / f"{slug}-homework.html", homework(app.builder, chapter, slug, added))
            for time, sheets in times.items():
                written = packet(app.builder, chapter, slug, time, sheets, plan)
                write_if_changed(folder / f"{slug}-{time}.html", written)


def _added(addition, tree_of):
    """Copy what is printed with the homework; `of` names the page of a table."""
    yield make("h2", nodes.Text(addition["title"]))
    for part in addition["parts"]:
        yield from _part(None, tree_of(part["of"]) if "of" in part else None, {}, part)


def homework(builder, chapter: nodes.document, slug: str, added: list[nodes.Element] | None = None) -> str:
    """Write what students read before class: opening, story and documents, with their sources as endnotes.

    The content note comes first: the scene of an opening may count dead.

    Folds are left out. So are titles of sources, which may tell what came later.

    Parameters
    ----------
    builder : sphinx.builders.html.StandaloneHTMLBuilder
        Writes nodes as HTML.
    chapter : docutils.nodes.document
        The chapter, resolved; it is not changed.
    slug : str
        Name of the chapter.
    added : list of docutils.nodes.Element
        What comes behind the documents.

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
    holder = nodes.container(
        "", *(part.deepcopy() for part in (opening, *(find_part(chapter, name) for name in AT_HOME)))
    )
    _remove(holder, lambda node: is_element(node, "details") or _is_furniture(node))
    for note in list(holder[0].findall(nodes.admonition)):
        note.parent.remove(note)
        holder.insert(0, note)
    sources: dict[str, int] = {}  # author and date of the sources of a note -> its number
    for figure in list(holder.findall(nodes.figure)):  # Sphinx would number it, and link to it
        (image,), (caption,) = list(figure.findall(nodes.image)), list(figure.findall(nodes.caption))
        replace(figure, [make("figure", _picture(builder, image), make("figcaption", *caption.children))])
    holder += added or []
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


def packet(
    builder, chapter: nodes.document, slug: str, time: str, sheets: list[dict], plan: nodes.document | None = None
) -> str:
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
    plan : docutils.nodes.document
        The lesson plan, resolved; organizers print its question.

    Returns
    -------
    str
        HTML that loads nothing.

    Raises
    ------
    PacketError
        If a part is not in the chapter or its plan.
    """
    own = _own_lines(chapter, slug, sheets)
    cut = []
    for number, sheet in enumerate(sheets, start=1):
        try:
            content = [node for part in sheet["parts"] for node in _part(chapter, plan, own, part)]
        except (PacketError, SlideError) as error:
            raise PacketError(f"{SOURCE.name}, {slug}, {time}, sheet {number}: {error}") from None
        holder = nodes.container("", *content)
        _prepare(holder, slug)
        _name_sheet_of_outcome(holder, slug)
        body = "".join(builder.render_partial(node)["fragment"] for node in list(holder.children))
        cut.append((f"{LETTERS[time]}{number}", sheet["title"], Markup(body)))
    title = next(chapter.findall(nodes.title)).astext().partition(":")[0]
    return render("packet.html", title=f"{title}, {time} the box", note=TIMES[time], sheets=cut)


def _part(chapter: nodes.document, plan: nodes.document, own: dict, part: str | dict) -> list[nodes.Element]:
    """Copy what a part of a sheet names; `own` has the lines of Decide that only one delegation knows."""
    if isinstance(part, dict):
        if "articles" in part:
            return [make("h3", nodes.Text("Words of the treaty")), *(_article(*named) for named in part["articles"])]
        if "say" in part:
            return [nodes.paragraph("", part["say"])]
        if "outcome" in part:
            return _outcome(chapter, part["outcome"]["without"])
        if "plan" in part:
            return [find_part(plan, part["plan"]).deepcopy()]
        if "decide" in part:
            return _decision(chapter, part, own)
        named = {key: value for key, value in part.items() if key != "of"}
        return [_table(plan if "of" in part else chapter, **named)]
    if part.startswith("questions "):
        questions = [_question(chapter, int(each.rstrip(IN_CLASS)), IN_CLASS in each) for each in part.split()[1:]]
        return [make("div", make("h3", nodes.Text("Questions")), make("ol", *questions), classes=["questions"])]
    if part == "outcome":
        return _outcome(chapter)
    if part == "lines":
        return [_sentence_lines()]
    if part == "sides":
        return _sides(chapter)
    if part in FORMS:
        return [_form(part, plan, own)]
    if part == "decide":
        return _decision(chapter, {}, {})
    copied = _without_outcome(find_part(chapter, part.removesuffix(TRANSLATED)))
    if part.endswith(TRANSLATED):
        _translate(copied)
    return [copied]


def _translate(document):
    """Put our translation of a quotation in the place of its words."""
    for quote in list(document.findall(nodes.block_quote)):
        after = quote.next_node(descend=False, siblings=True)
        if after is not None and after.astext().startswith(TRANSLATION):
            after.parent.remove(after)
            quote[0] = after


def _without_outcome(part):
    copied = part.deepcopy()
    _remove(copied, lambda node: _tells_the_outcome(node) or is_element(node, "div", "decide-lines"))
    return copied


def _remove(holder, is_unwanted):
    for node in list(holder.findall(is_unwanted)):
        if node.parent:
            replace(node, [])


def _own_lines(chapter, slug, sheets):
    """Lines of Decide under `known_to`, which only one delegation knows: its name -> its lines."""
    listed = [
        part["known_to"] for sheet in sheets for part in sheet["parts"] if isinstance(part, dict) and "known_to" in part
    ]
    return {
        name: [_line(chapter, slug, start) for start in starts] for known in listed for name, starts in known.items()
    }


def _line(chapter, slug, beginning):
    known = next(find_part(chapter, "decide").findall(nodes.bullet_list))
    found = [item for item in known.children if item.astext().startswith(beginning)]
    if len(found) != 1:
        raise PacketError(
            f"{SOURCE.name}, {slug}: {len(found)} lines of Decide begin with {beginning!r}; it must be one"
        )
    return found[0]


def _decision(chapter: nodes.document, part: dict, own: dict) -> list[nodes.Element]:
    """Copy a decision up to its answers, with a slip; `decide` replaces the words to one delegation.

    Lines that only one delegation knows are left out: they are in its brief.
    """
    copied = _without_outcome(find_part(chapter, "decide"))
    if "decide" in part:
        known = next(copied.findall(nodes.bullet_list))
        *to_one, _ = [node for node in copied.children[: copied.index(known)] if isinstance(node, nodes.paragraph)]
        for node in to_one:
            replace(node, [])
        copied.insert(1, nodes.paragraph("", part["decide"].strip()))
        left_out = {item.astext() for items in own.values() for item in items}
        known[:] = [item for item in known.children if item.astext() not in left_out]
    return [copied, _slip("Delegation" if "decide" in part else "Group")]


def _article(provision: str, wording: int) -> nodes.Element:
    """Quote an article from data/treaty-articles.csv, or give its summary if no words of it can be quoted."""
    row = article(provision, wording)
    how = ", ".join(filter(None, [f"wording of {wording}", WORDS_OF[row["text_seen"]]]))
    what = f"{row['instrument']}, Article {row['article']}: {provision.lower()} ({how})"
    keys = [row["quote_source"]] if row["quote"] else row["sources"].split(";")
    words = (
        nodes.block_quote("", nodes.paragraph("", row["quote"])) if row["quote"] else nodes.paragraph("", row["gist"])
    )
    name = make("p", make("strong", nodes.Text(what)))
    source = make("p", nodes.Text(f"— {'; '.join(map(short_citation, keys))}"))
    return make("div", name, words, source, classes=["source-card"])


def _form(name: str, plan: nodes.document, own: dict) -> nodes.raw:
    """Fill in a form; the briefs are those of the members in the simulation, with what each knows besides."""
    asked = question(plan).astext() if plan else "the question of this class"
    rules = next(find_part(plan, AT_THE_TABLE).findall(nodes.bullet_list)) if own and plan else []
    values = {"rules": [rule.astext() for rule in rules], "question": asked}
    if name == "briefs":
        roles = [role for role in (read(f"roles/{name}") for name in ROLES) if role["role"] in members(MEETING)]
        besides = {name: [_in_words(item) for item in items] for name, items in own.items()}
        values |= {"roles": roles, "besides": besides, "notes": Notes(read("later-sources"))}
    return nodes.raw("", render(f"packet-{name}.html", **values), format="html")


def _in_words(item):
    """The words of a line, with its sources in place of their numbers."""
    copied = item.deepcopy()
    _name_sources(copied)
    return copied.astext()


def _name_sources(holder):
    """Put sources in the place of their numbers: a number is behind the punctuation, words are before it."""
    for number in list(holder.findall(note_reference)):
        raised, mark = number.parent, ""
        parent, place = raised.parent, raised.parent.index(raised)
        if place and isinstance(parent[place - 1], nodes.Text) and parent[place - 1].endswith(PUNCTUATION):
            before = parent[place - 1]
            mark = before[-1]
            parent[place - 1] = nodes.Text(before[:-1])
        replace(raised, [nodes.Text(f" ({number['label'].partition(': ')[2]}){mark}")])


def _name_sheet_of_outcome(holder, slug):
    for box, sheet in BOXES.items():
        for words in [each for each in holder.findall(nodes.Text) if box in each]:
            replace(words, [nodes.Text(words.replace(box, sheet.format(sheet_of_outcome(slug))))])


def _outcome(chapter: nodes.document, without: tuple[str, ...] = ()) -> list[nodes.Element]:
    """Copy the outcome of a decision, without the box around it and some sentences, with two questions."""
    (box,) = find_part(chapter, "decide").findall(lambda node: is_element(node, "details", "outcome"))
    form = nodes.raw("", render("packet-outcome.html", review=REVIEW.partition(": ")[2]), format="html")
    copied = box.deepcopy()
    hindsight = (HINDSIGHT,) if HINDSIGHT in copied.astext() else ()
    for beginning in (*without, *hindsight):
        _remove_sentence(copied, beginning)
    return [make("h3", nodes.Text(OUTCOME)), *copied.children[1:], form]


def _remove_sentence(holder, beginning):
    for paragraph in holder.findall(nodes.paragraph):
        sentences = lines(paragraph)
        kept = [each for each in sentences if not "".join(node.astext() for node in each).startswith(beginning)]
        if len(kept) < len(sentences):
            paragraph[:] = [node for each in kept for node in [*each, nodes.Text("\n")]]
            return
    raise PacketError(f"no sentence of the outcome begins with {beginning!r}")


def _sides(chapter):
    """Copy the best case of each side, with the fact that is left to the reader."""
    sides = list(chapter.findall(lambda node: is_element(node, "div", "side")))
    return [make("div", *(side.deepcopy() for side in sides), classes=["sides"])]


def _tells_the_outcome(node):
    """Whether a node is a box with the outcome, or one that leads there."""
    if isinstance(node, nodes.admonition):
        return "source-card" not in node["classes"]
    return is_element(node, "details")


def _slip(who: str) -> nodes.Element:
    """Lines for the answer that a student keeps, marks when the box has been read, and hands in at the end."""
    lines = [nodes.Text(ANSWER.format(who))]
    for name in ANSWERS:
        lines += [nodes.raw("", "<br/>", format="html"), nodes.Text(f"{name}: {LINE}")]
    ticks = nodes.Text(TICKS.format(INFERENCE[who]))
    review = make("p", make("strong", nodes.Text(REVIEW)), nodes.raw("", "<br/>", format="html"), ticks)
    return make("div", make("p", *lines), make("div", review, classes=["review"]), classes=["lines"])


def _sentence_lines() -> nodes.Element:
    """Lines on which a group writes what it tells the class."""
    lines = [nodes.Text("What our group tells the class, in one sentence:")]
    for _ in range(3):
        lines += [nodes.raw("", "<br/>", format="html"), nodes.Text(WIDE_LINE)]
    return make("div", make("p", *lines), classes=["lines"])


def _question(chapter, number, in_class=False):
    asking = [section for section in chapter.findall(nodes.section) if ASKING.intersection(section["ids"])]
    for numbered in (each for section in asking for each in section.findall(nodes.enumerated_list)):
        place = number - numbered.get("start", 1)
        if 0 <= place < len(numbered):
            words = numbered[place].deepcopy()
            if in_class:
                words[0].insert(0, make("strong", nodes.Text("In class: ")))
            return make("li", *words.children, value=number)
    raise PacketError(f"the chapter has no question {number}")


def _caption(table):
    """The node that holds the words above a table, or None."""
    return table[0] if is_element(table[0], "caption") else None


def _table(page, table: str, rows: list[str] | None = None, columns: list[str] | None = None) -> nodes.Element:
    """Copy a table of a chapter or of its plan by the beginning of its caption, with some of its rows or columns."""
    captioned = [each for each in page.findall(is_table) if _caption(each)]
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


def _prepare(holder: nodes.Element, slug: str, cite: Callable | None = None, nested: bool = False) -> None:
    """Clear what only the chapter needs: links into the book, ids; set headings below those of the page.

    Parameters
    ----------
    holder : docutils.nodes.Element
        Parts of a chapter; it is changed.
    slug : str
        Name of the chapter.
    cite : callable
        Returns what takes the place of the number of a note; by default its sources are named.
    nested : bool
        Whether headings keep their levels; otherwise all are one below that of a sheet.
    """
    lay_out(holder, page_address(f"chapters/{slug}"))
    if cite:
        for number in list(holder.findall(note_reference)):
            replace(number.parent, [cite(number)])
    else:
        _name_sources(holder)
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
