"""Code of the cells: each a closed fold that is named after what it makes, and one switch a page that opens all.

Until then only the folds of figures are in sight; the others have the class ``aside``.
"""

from collections import Counter

from docutils import nodes

from .elements import make
from .layout import is_element
from .outputs import fold

SWITCH = "Show code"


def fold_code(app, doctree):
    """Fold the code of every cell, and put the switch at the head of the page."""
    steps: list[nodes.Element] = []  # folds of cells that show nothing, up to the cell that does
    seen: Counter[str] = Counter()
    is_first = True
    cells = [node for node in doctree.findall(nodes.container) if node.get("nb_element") == "cell_code"]
    for cell in [cell for cell in cells if cell[0].get("nb_element") == "cell_code_source"]:
        code = cell[0]
        is_hidden = "hide_mode" in cell
        cell.attributes.pop("hide_mode", None)  # else MyST-NB folds the code, too
        name = _made_by(cell)
        seen[name] += 1
        again = f" ({seen[name]})" if seen[name] > 1 else ""
        classes = ["code"] + ["no-print"] * is_hidden + ["aside"] * (not name.startswith("Figure"))
        folded = fold("", code, classes=classes)
        cell[0] = folded
        steps.append(folded)
        if is_first and not name:
            _name(steps, "Code: the data used on this page")
        elif name:
            _name(steps, f"Code of {name}{again}")
        is_first = False
    _name(steps, "Code of the data")  # nothing follows
    if not is_first:
        _put_switch_in(doctree)


def _name(steps, words):
    """Name some folds and forget them."""
    for number, step in enumerate(steps, 1):
        step[0] += nodes.Text(words if len(steps) == 1 else f"{words}, step {number}")
    steps.clear()


def _made_by(cell):
    """What the output of a cell is called; "" if it has none."""
    for shown in [node for output in cell.children[1:] for node in output.findall(nodes.Element)]:
        if isinstance(shown, nodes.figure) and shown["ids"]:
            return shown["ids"][0].replace("figure-", "Figure ")
        if is_element(shown, "form"):
            return f"“{shown['attributes']['aria-label']}”"
        if is_element(shown, "caption"):
            return f"“{shown.astext()}”"
        if is_element(shown, "ol", "quiz"):
            return "the quiz"
        if is_element(shown, "details", "numbers"):
            return f"the numbers in “{_heading(cell)}”"
    return f"“{_heading(cell)}”" if len(cell) > 1 else ""


def _heading(node):
    while not isinstance(node, nodes.section):
        node = node.parent
    return node[0].astext()


def _put_switch_in(doctree):
    """Put the switch below the line of reading times, or below the title."""
    box = make("input", type="checkbox")
    switch = make("div", make("label", box, nodes.Text(f" {SWITCH}")), classes=["code-switch", "no-print"])
    times = next(doctree.findall(lambda node: is_element(node, "p", "reading-times")), None)
    place = times if times else next(doctree.findall(nodes.title))
    place.parent.insert(place.parent.index(place) + 1, switch)


def setup(app):
    app.connect("doctree-read", fold_code, priority=600)  # when figures have their numbers
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
