"""How a page is laid out where nothing can be clicked: on paper, on a reading device, on the sheets for class.

The functions change a page as it is when all its references are resolved.
"""

from urllib.parse import quote

from docutils import nodes
from sphinx.addnodes import download_reference

from ..model.book import site
from .elements import ancestors, element, make

#: Attributes of elements that do something on a screen.
SCREEN_ATTRIBUTES = ("tabindex", "hidden", "role", "aria-label", "aria-level")


def is_element(node: nodes.Node, tag: str, name: str = "") -> bool:
    """Whether a node is an HTML element with some tag, and a class if one is given."""
    return isinstance(node, element) and node["tag"] == tag and (not name or name in node["classes"])


def is_table(node: nodes.Node) -> bool:
    """Whether a node is a table."""
    return is_element(node, "table")


def replace(node: nodes.Element, others: list[nodes.Node]) -> None:
    """Put other nodes in the place of one."""
    node.parent.replace(node, others)


def parts_of_table(table: nodes.Element) -> tuple[nodes.Element, nodes.Element]:
    """Return head and body of a table; their children are rows, whose children are cells."""
    head, body = table.children[-2:]
    return head, body


def lay_out(page: nodes.Element, address: str) -> None:
    """Clear a page of what only a screen needs, and open what a screen folds away.

    Parameters
    ----------
    page : docutils.nodes.Element
        A resolved page or a part of one; it is changed.
    address : str
        Where the page is published.
    """
    for is_one, laid_out in (
        (_is_for_screens, lambda node: []),
        (lambda node: "tag_web-only" in node["classes"], lambda node: [_table_on_the_web(address)]),
        (lambda node: is_element(node, "form", "explorer"), lambda node: [_lay_out_explorer(node, address)]),
        (lambda node: is_element(node, "form", "recode"), lambda node: node[-1:]),
        (lambda node: is_element(node, "form", "filter"), lambda node: [make("div", ids=node["ids"])]),
        (lambda node: is_element(node, "form") and "data-decide" in node["attributes"], lay_out_decision),
        (lambda node: is_element(node, "ol", "quiz"), _lay_out_quiz),
        (lambda node: is_element(node, "details", "code"), lambda node: node[1:]),
        (lambda node: is_element(node, "details"), _open),
        (lambda node: is_element(node, "div", "table-scroll"), lambda node: node.children),
        (lambda node: "cell" in node["classes"] and not _shows_something(node), lambda node: []),
    ):
        for node in [node for node in page.findall(nodes.Element) if is_one(node)]:
            replace(node, laid_out(node))
    for node in page.findall(element):
        for name in SCREEN_ATTRIBUTES:
            node["attributes"].pop(name, None)
    for link in [node for node in page.findall() if isinstance(node, (nodes.reference, download_reference))]:
        _lay_out_link(link)


def _is_for_screens(node):
    if isinstance(node, nodes.section) and isinstance(node.parent, nodes.section):  # an edition has its own contents
        return any("toctree-wrapper" in child["classes"] for child in node.children if isinstance(child, nodes.Element))
    return bool({"no-print", "quiz-score"} & set(node["classes"]))


def _shows_something(node):
    return bool(node.astext().strip()) or any(node.findall(lambda part: isinstance(part, (nodes.image, nodes.raw))))


def _on_the_web(address: str, anchor: str = "") -> nodes.reference:
    return nodes.reference("", "page on the web", refuri=f"{address}#{anchor}" if anchor else address)


def _table_on_the_web(address):
    return nodes.paragraph("", "The ", _on_the_web(address), nodes.Text(" has it as a table, too."))


def _lay_out_explorer(form, address):
    """Make an explorer a block: title, choice, the frame shown with its table, how many views are left."""
    title, choice = form["attributes"]["aria-label"], form["choice"]
    frames = [child for child in form.children if "explorer-frame" in child["classes"]]
    _, *parts = next(frame for frame in frames if "hidden" not in frame["attributes"]).children
    captions = []
    for place, part in enumerate(parts):
        for caption in list(part.findall(_is_caption)):
            if is_element(part, "details"):
                captions.append(f"{part[0].astext().partition(': ')[0]} ({choice})")
                parts[place] = part[1]
            else:
                captions.append(choice)
            caption[:] = [nodes.Text(captions[-1])]
    block = make("div", classes=["explorer"], ids=form["ids"])
    block += make("p", make("strong", title), classes=["explorer-title"])
    if choice not in captions:
        block += make("p", choice, classes=["explorer-choice"])
    block += parts
    if len(frames) > 1:
        more = f" has {len(frames) - 1} more {'view' if len(frames) == 2 else 'views'}, one for each choice."
        link = _on_the_web(address, form["ids"][0])
        block += make("p", "The ", link, more, classes=["explorer-more"])
    return block


def _lay_out_quiz(quiz):
    """Write the options of each question as a list, and all answers after the last question."""
    answers = make("ol")
    for question in quiz.children:
        answer, options = make("li"), make("ul", classes=["quiz-options"])
        for words, feedback in (option.children for option in question.children[1:]):
            options += make("li", words.astext())
            letter = words.astext().partition(".")[0]
            answer += make("p", make("b", f"{letter}. "), *feedback.children)
        question[1:] = [options]
        answers += answer
    title = make("p", make("strong", "Answers"), classes=["quiz-answers-title"])
    return [quiz, make("div", title, answers, classes=["quiz-answers"])]


def lay_out_decision(form: nodes.Element) -> list[nodes.Element]:
    """Write the question of a decision as a bold line and its answers as a list."""
    legend, *content = form[0].children
    for answers in (node for node in content if is_element(node, "ol", "answers")):
        for item in answers.children:
            _, words = item[0].children
            item[:] = words.children
    return [make("p", make("strong", *legend.children)), *content]


def _open(fold):
    """Open a folded part: its words become a bold line, or the caption if the part is one table."""
    words, content = fold[0].astext(), fold[1:]
    captions = [node.astext() for part in content for node in part.findall(_is_caption)]
    if captions and words.endswith(captions[0]) and not fold["ids"]:
        return content
    title = make("p", make("strong", words), classes=["unfolded-title"])
    return [make("div", title, *content, classes=["unfolded"], ids=fold["ids"])]


def _is_caption(node):
    return is_element(node, "caption")


def _lay_out_link(node):
    """Let a link to a file lead to the web; a link to what is around it, which is an address to copy, is bold."""
    node.attributes.pop("reftitle", None)
    path = f"_downloads/{quote(node['filename'])}" if isinstance(node, download_reference) else node.get("built_file")
    if path:
        replace(node, [nodes.reference("", "", *node.children, refuri=f"{site()}/{path}")])
    elif "refid" in node and any(node["refid"] in around["ids"] for around in ancestors(node)):
        replace(node, [nodes.strong("", "", *node.children)])
