"""Parts of chapters and lesson plans, found and copied for slides and sheets.

What is not there raises a ValueError, to which the caller adds the slide or sheet that names it.
"""

import base64
import re
from pathlib import Path

from docutils import nodes
from markupsafe import Markup

from .citations import note_reference
from .elements import make
from .layout import is_element, is_table, parts_of_table

#: How quotation marks are typed in the sources.
TYPED = str.maketrans("“”‘’", "\"\"''")
TRANSLATION = "Our translation: "


def find_part(page: nodes.document, identity: str) -> nodes.Element:
    """Return the part of a page with an id."""
    for node in page.findall(nodes.Element):
        if identity in node["ids"]:
            return node
    raise ValueError(f"there is no place {identity!r} in the chapter or its plan")


def find_element(page: nodes.document, tag: str, name: str) -> nodes.Element:
    """Return the first element of a page with some tag and class."""
    for node in page.findall(lambda node: is_element(node, tag, name)):
        return node
    raise ValueError(f"the chapter has no {name!r}")


def copy_table(page: nodes.document, beginning: str) -> nodes.Element:
    """Copy the one table of a page whose caption has some beginning."""
    captioned = [table for table in page.findall(is_table) if is_element(table[0], "caption")]
    found = [table for table in captioned if table[0].astext().startswith(beginning)]
    if len(found) != 1:
        raise ValueError(f"{len(found)} tables have a caption that begins with {beginning!r}; it must be one")
    return found[0].deepcopy()


def copy_sides(chapter: nodes.document) -> nodes.Element:
    """Copy the best case of each side."""
    sides = find_element(chapter, "div", "two-sides")
    return make("div", *sides.deepcopy().children, classes=["sides"])


def copy_figure(builder, figure: nodes.figure) -> nodes.Element:
    """Copy a picture with its caption; its data are in the page, which then needs no other file."""
    image, caption = next(figure.findall(nodes.image)), next(figure.findall(nodes.caption))
    data = base64.b64encode(Path(builder.srcdir, image["uri"]).read_bytes()).decode()
    picture = nodes.image("", uri=f"data:image/svg+xml;base64,{data}", alt=image["alt"])
    return make("figure", picture, make("figcaption", *caption.deepcopy().children))


def translate(part: nodes.Element) -> None:
    """Put our translation of a quotation in the place of its words."""
    for quote in list(part.findall(nodes.block_quote)):
        after = quote.next_node(descend=False, siblings=True)
        if after is not None and after.astext().startswith(TRANSLATION):
            after.parent.remove(after)
            quote[0] = after


def sentences(paragraph: nodes.paragraph) -> list[list[nodes.Node]]:
    """Copy the children of a paragraph, parted where its source has a new line."""
    found = [[]]
    for child in paragraph.children:
        if isinstance(child, nodes.Text):
            first, *more = child.split("\n")
            found[-1].append(nodes.Text(first))
            found += [[nodes.Text(each)] for each in more]
        else:
            found[-1].append(child.deepcopy())
    return found


def as_typed(sentence: list[nodes.Node]) -> str:
    """Return the words of a sentence as they are typed in its source."""
    return "".join(node.astext() for node in sentence).translate(TYPED).strip()


def sources_of_note(number: note_reference) -> str:
    """Return author and date of the sources of a note, joined by semicolons."""
    return number["label"].partition(": ")[2]


def plans(page: nodes.document) -> dict[int, list[nodes.Element]]:
    """Return the rows of each plan on a page, by its minutes."""
    found = {}
    for table in page.findall(is_table):
        if caption := re.match(r"Plan for (\d+) ", table[0].astext()):
            found[int(caption[1])] = parts_of_table(table)[1].children
    return found


def question(plan: nodes.document) -> nodes.emphasis:
    """Return the sentence that a class begins with: the first one in italics in a plan."""
    for rows in plans(plan).values():
        for sentence in rows[0].findall(nodes.emphasis):
            return sentence
    raise ValueError("the first row of the plan has no sentence in italics to read aloud")


def clear(copied: nodes.Element, shown_apart: tuple[str, ...]) -> None:
    """Take ids away, and classes but those with some beginnings."""
    for node in copied.findall(nodes.Element):
        node["ids"], node["classes"] = [], [name for name in node["classes"] if name.startswith(shown_apart)]


def as_html(builder, copied: nodes.Element) -> Markup:
    """Write what some node holds."""
    return Markup("".join(builder.render_partial(node)["fragment"] for node in copied.children))
