"""What is printed for class: a homework reader of each chapter, and sheets as teaching/packets.yml lists them.

The book writes them as teaching/<chapter>-homework.html, -before.html and -after.html, so the words have no second
source.
"""

from pathlib import Path

from docutils import nodes

from casebook.membership import members
from casebook.references import short_citation

from ..editions.handouts import Notes
from ..editions.templates import render
from ..files import write_whole
from ..model.book import page_address
from ..model.decisions import ANSWERS, OUTCOME
from ..model.packets import LETTERS, SOURCE, TIMES, WORDS_OF, article, at_home, load, sheet_of_outcome
from ..model.simulation import MEETING, ROLES, read
from .citations import PUNCTUATION, note_reference
from .elements import ancestors, make
from .excerpts import (
    as_html,
    as_typed,
    clear,
    copy_figure,
    copy_sides,
    copy_table,
    find_element,
    find_part,
    question,
    sentences,
    sources_of_note,
    translate,
)
from .layout import is_element, is_table, lay_out, parts_of_table, replace

#: What is asked when the box has been read.
REVIEW = "which of your reasons rests on a source, and which is your inference?"
#: Beginning of what a reader of the page is asked instead: in class, sources from after the decision are not at hand.
HINDSIGHT = "Which of your reasons used only"
#: What a page says of the outcome, in place of which a sheet names the sheet that tells it.
BOX = "you open the next box"
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
SHOWN_APART = ("language-", "source-card", "questions", "sides")


def write_packets(builder, tree_of, slug: str, folder: Path) -> None:
    """Write the packets of a chapter.

    Parameters
    ----------
    builder : sphinx.builders.html.StandaloneHTMLBuilder
        The builder of the pages.
    tree_of : callable
        Name of a page -> its resolved tree, which is not changed.
    folder : pathlib.Path
        Where the packets go.

    Raises
    ------
    ValueError
        If a sheet names a part that is not there.
    """
    chapter, plan = tree_of(f"chapters/{slug}"), tree_of(f"teaching/{slug}")
    added = [node for addition in at_home()[slug] for node in _added(addition, tree_of)]
    write_whole(folder / f"{slug}-homework.html", homework(builder, chapter, slug, added))
    for time, sheets in load()[slug].items():
        write_whole(folder / f"{slug}-{time}.html", packet(builder, chapter, slug, time, sheets, plan))


def _added(addition, tree_of):
    """Copy what is printed with the homework; `of` names the page of a table."""
    yield make("h2", addition["title"])
    for part in addition["parts"]:
        yield nodes.paragraph("", part["say"]) if "say" in part else _table(tree_of(part["of"]), part)


# --- what is read at home


def homework(builder, chapter: nodes.document, slug: str, added: list[nodes.Element] | None = None) -> str:
    """Write what students read before class: opening, story and documents, with their sources as endnotes.

    The content note comes first: the scene of an opening may count dead. Folds are left out, and so are titles of
    sources, which may tell what came later.

    Parameters
    ----------
    chapter : docutils.nodes.document
        The chapter, resolved; it is not changed.
    added : list of docutils.nodes.Element
        What comes behind the documents.

    Returns
    -------
    str
        HTML that loads nothing: its pictures are inside.

    Raises
    ------
    ValueError
        If the chapter lacks one of these parts.
    """
    try:
        parts = [find_element(chapter, "div", "opening"), *(find_part(chapter, name) for name in AT_HOME)]
    except ValueError as error:
        raise ValueError(f"{slug}: {error}") from None
    holder = nodes.container("", *(part.deepcopy() for part in parts))
    _remove(holder, _is_left_out_at_home)
    for note in list(holder[0].findall(nodes.admonition)):
        note.parent.remove(note)
        holder.insert(0, note)
    for figure in list(holder.findall(nodes.figure)):  # Sphinx would number it, and link to it
        replace(figure, [copy_figure(builder, figure)])
    holder += added or []
    lay_out(holder, page_address(f"chapters/{slug}"))
    sources = _number_sources(holder)
    _prepare(holder, level=1)
    title = next(chapter.findall(nodes.title)).astext()
    return render("packet-homework.html", title=title, body=as_html(builder, holder), sources=sources)


def _is_left_out_at_home(node):
    """Whether a node is a fold, or says how long a chapter takes, or its years: then one knows that more comes."""
    return is_element(node, "details") or is_element(node, "p", "reading-times") or is_element(node, "p", "kicker")


def _number_sources(holder):
    """Let the numbers of notes lead to their sources, each of which is listed once; return the list."""
    sources: list[str] = []
    for number in list(holder.findall(note_reference)):
        words = sources_of_note(number)
        if words not in sources:
            sources.append(words)
        place = str(sources.index(words) + 1)
        link = make("a", place, href=f"#note-{place}", role="doc-noteref", aria_label=words)
        replace(number.parent, [make("sup", link)])
    return sources


# --- sheets


def packet(
    builder, chapter: nodes.document, slug: str, time: str, sheets: list[dict], plan: nodes.document | None = None
) -> str:
    """Write the page of one packet.

    Parameters
    ----------
    chapter : docutils.nodes.document
        The chapter, resolved; it is not changed.
    time : str
        "before" or "after".
    sheets : list of dict
        Title and parts of each sheet.
    plan : docutils.nodes.document
        The lesson plan, resolved, if a sheet has a part of it.

    Returns
    -------
    str
        HTML that loads nothing.

    Raises
    ------
    ValueError
        If a part is not in the chapter or its plan.
    """
    own = _own_lines(chapter, slug, sheets)
    cut = []
    for number, sheet in enumerate(sheets, start=1):
        try:
            content = [node for part in sheet["parts"] for node in _part(part, chapter, plan, slug, own)]
        except ValueError as error:
            raise ValueError(f"{SOURCE.name}, {slug}, {time}, sheet {number}: {error}") from None
        holder = nodes.container("", *content)
        lay_out(holder, page_address(f"chapters/{slug}"))
        _name_sources(holder)
        _prepare(holder, level=2)
        cut.append((f"{LETTERS[time]}{number}", sheet["title"], as_html(builder, holder)))
    title = next(chapter.findall(nodes.title)).astext().partition(":")[0]
    return render("packet.html", title=f"{title}, {time} the box", note=TIMES[time], sheets=cut)


def _part(part: str | dict, chapter, plan, slug: str, own: dict) -> list[nodes.Element]:
    """Copy what a part of a sheet names; `own` has the lines of Decide that only one delegation knows."""
    match part:
        case {"articles": named}:
            return [make("h3", "Words of the treaty"), *(_article(*each) for each in named)]
        case {"say": words}:
            return [nodes.paragraph("", words)]
        case {"plan": identity}:
            return [find_part(plan, identity).deepcopy()]
        case {"table": _}:
            return [_table(plan if "of" in part else chapter, part)]
        case {"outcome": {"without": beginnings}}:
            return _outcome(chapter, beginnings)
        case "outcome":
            return _outcome(chapter, [])
        case {"decide": words}:
            decision = _decision(chapter, slug)
            _address_all(decision, words, own)
            return [decision, _slip(slug, "Delegation", "an inference (mine or the brief's)")]
        case "decide":
            return [_decision(chapter, slug), _slip(slug, "Group", "my inference")]
        case "sides":
            return [copy_sides(chapter)]
        case "lines":
            return [_form("lines")]
        case "organizer":
            return [_form("organizer", question=question(plan).astext())]
        case "record":
            return [_form("record", rules=_rules(plan) if own else [])]
        case "briefs":
            return [_briefs(own)]
        case str() if part.startswith("questions "):
            return [_questions(chapter, part.split()[1:])]
        case str():
            copied = _without_outcome(find_part(chapter, part.removesuffix(TRANSLATED)))
            if part.endswith(TRANSLATED):
                translate(copied)
            return [copied]


def _article(provision: str, wording: int) -> nodes.Element:
    """Quote an article from data/treaty-articles.csv, or give its summary if no words of it can be quoted."""
    row = article(provision, wording)
    how = ", ".join(filter(None, [f"wording of {wording}", WORDS_OF[row["text_seen"]]]))
    what = f"{row['instrument']}, Article {row['article']}: {provision.lower()} ({how})"
    if row["quote"]:
        keys, words = [row["quote_source"]], nodes.block_quote("", nodes.paragraph("", row["quote"]))
    else:
        keys, words = row["sources"].split(";"), nodes.paragraph("", row["gist"])
    name = make("p", make("strong", what))
    source = make("p", f"— {'; '.join(map(short_citation, keys))}")
    return make("div", name, words, source, classes=["source-card"])


def _table(page, part):
    """Copy a table by the beginning of its caption, with the rows and the columns that are named, if any."""
    copied = copy_table(page, part["table"])
    head, body = parts_of_table(copied)
    if "rows" in part:
        texts = {row: " | ".join(cell.astext().strip() for cell in row.children) for row in body.children}
        for start in part["rows"]:
            if not any(text.startswith(start) for text in texts.values()):
                raise ValueError(f"the table {part['table']!r} has no row that begins with {start!r}")
        body[:] = [row for row, text in texts.items() if text.startswith(tuple(part["rows"]))]
    if "columns" in part:
        names = [cell.astext() for cell in head[0].children]
        for name in part["columns"]:
            if name not in names:
                raise ValueError(f"the table {part['table']!r} has no column {name!r}; it has {', '.join(names)}")
        for row in [*head.children, *body.children]:
            row[:] = [cell for name, cell in zip(names, row.children, strict=True) if name in part["columns"]]
    return copied


def _questions(chapter, numbers):
    """Copy questions by their numbers, with a mark behind that of the class."""
    asked = []
    for each in numbers:
        number = int(each.removesuffix(IN_CLASS))
        words = _question(chapter, number).deepcopy()
        if each.endswith(IN_CLASS):
            words[0].insert(0, make("strong", "In class: "))
        asked.append(make("li", *words.children, value=number))
    return make("div", make("h3", "Questions"), make("ol", *asked), classes=["questions"])


def _question(chapter, number):
    asking = [section for section in chapter.findall(nodes.section) if ASKING.intersection(section["ids"])]
    for numbered in (each for section in asking for each in section.findall(nodes.enumerated_list)):
        place = number - numbered.get("start", 1)
        if 0 <= place < len(numbered):
            return numbered[place]
    raise ValueError(f"the chapter has no question {number}")


# --- decisions and outcomes


def _decision(chapter, slug):
    """Copy a decision up to its answers."""
    copied = _without_outcome(find_part(chapter, "decide"))
    for words in [words for words in copied.findall(nodes.Text) if BOX in words]:
        replace(words, [nodes.Text(words.replace(BOX, f"you get sheet {sheet_of_outcome(slug)}"))])
    return copied


def _address_all(decision, words, own):
    """Put words that fit every delegation in the place of those to one, without the lines that only one knows."""
    known = next(decision.findall(nodes.bullet_list))
    *to_one, _ = [node for node in decision.children[: decision.index(known)] if isinstance(node, nodes.paragraph)]
    for node in to_one:
        decision.remove(node)
    decision.insert(1, nodes.paragraph("", words.strip()))
    left_out = {item.astext() for items in own.values() for item in items}
    known[:] = [item for item in known.children if item.astext() not in left_out]


def _own_lines(chapter, slug, sheets):
    """Lines of Decide under `known_to`, which only one delegation knows: its name -> its lines."""
    parts = [part for sheet in sheets for part in sheet["parts"] if isinstance(part, dict)]
    listed = [item for part in parts for item in part.get("known_to", {}).items()]
    return {name: [_line(chapter, slug, start) for start in starts] for name, starts in listed}


def _line(chapter, slug, beginning):
    known = next(find_part(chapter, "decide").findall(nodes.bullet_list))
    found = [item for item in known.children if item.astext().startswith(beginning)]
    if len(found) != 1:
        raise ValueError(
            f"{SOURCE.name}, {slug}: {len(found)} lines of Decide begin with {beginning!r}; it must be one"
        )
    return found[0]


def _outcome(chapter, without: list[str]) -> list[nodes.Element]:
    """Copy the outcome of a decision, without the box around it and some sentences, with two questions."""
    copied = find_element(chapter, "details", "outcome").deepcopy()
    for beginning in [*without, *([HINDSIGHT] if HINDSIGHT in copied.astext() else [])]:
        _remove_sentence(copied, beginning)
    return [make("h3", OUTCOME), *copied.children[1:], _form("outcome", review=REVIEW)]


def _remove_sentence(holder, beginning):
    for paragraph in holder.findall(nodes.paragraph):
        found = sentences(paragraph)
        kept = [sentence for sentence in found if not as_typed(sentence).startswith(beginning)]
        if len(kept) < len(found):
            paragraph[:] = [node for sentence in kept for node in [*sentence, nodes.Text("\n")]]
            return
    raise ValueError(f"no sentence of the outcome begins with {beginning!r}")


def _without_outcome(part):
    copied = part.deepcopy()
    _remove(copied, _is_left_out_before)
    return copied


def _is_left_out_before(node):
    """Whether a node is a box with the outcome, one that leads there, or lines to write on, which a slip has."""
    if isinstance(node, nodes.admonition):
        return "source-card" not in node["classes"]
    return is_element(node, "details") or is_element(node, "div", "decide-lines")


def _remove(holder, is_unwanted):
    for node in list(holder.findall(is_unwanted)):
        node.parent.remove(node)


# --- forms


def _form(name: str, **values) -> nodes.raw:
    """Fill in a form."""
    return nodes.raw("", render(f"packet-{name}.html", **values), format="html")


def _slip(slug, who, inference):
    """A slip for the answer; `who` writes on it, and a brief of a delegation has inferences of its own."""
    sheet = sheet_of_outcome(slug)
    return _form("slip", who=who, inference=inference, answers=ANSWERS, sheet=sheet, review=REVIEW)


def _rules(plan):
    """The rules of a table of delegations."""
    return [rule.astext() for rule in next(find_part(plan, AT_THE_TABLE).findall(nodes.bullet_list)).children]


def _briefs(own):
    """The briefs of the members in the simulation, with what each knows besides."""
    roles = [role for role in (read(f"roles/{name}") for name in ROLES) if role["role"] in members(MEETING)]
    besides = {name: [_in_words(item) for item in items] for name, items in own.items()}
    return _form("briefs", roles=roles, besides=besides, notes=Notes(read("later-sources")))


def _in_words(item):
    """The words of a line, with its sources in place of their numbers."""
    copied = item.deepcopy()
    _name_sources(copied)
    return copied.astext()


# --- how all of it is written


def _name_sources(holder):
    """Put sources in the place of their numbers: a number is behind the punctuation, words are before it."""
    for number in list(holder.findall(note_reference)):
        raised, mark = number.parent, ""
        parent, place = raised.parent, raised.parent.index(raised)
        if place and isinstance(parent[place - 1], nodes.Text) and parent[place - 1].endswith(PUNCTUATION):
            before = parent[place - 1]
            mark = before[-1]
            parent[place - 1] = nodes.Text(before[:-1])
        replace(raised, [nodes.Text(f" ({sources_of_note(number)}){mark}")])


def _prepare(holder: nodes.Element, level: int) -> None:
    """Clear parts of a chapter of what only the book needs, links into it and ids; headings begin below some level."""
    for heading in list(holder.findall(nodes.title)):
        depth = sum(isinstance(node, (nodes.section, nodes.Admonition)) for node in ancestors(heading))
        replace(heading, [make(f"h{level + depth}", *heading.children)])
    for link in list(holder.findall(nodes.reference)):
        outside = link.get("refuri", "").startswith("http")
        replace(link, [nodes.reference("", "", *link.children, refuri=link["refuri"])] if outside else link.children)
    clear(holder, SHOWN_APART)
    for table in list(holder.findall(is_table)):  # wider than a phone: moved by touch or by arrow keys
        scrolled = make("div", classes=["wide"], role="region", tabindex=0, aria_label=table[0].astext())
        replace(table, [scrolled])
        scrolled += table
