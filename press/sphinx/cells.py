"""Code of the cells: each a closed fold that is named after what it makes, and one switch a page that opens all.

Until then only the folds of figures are in sight; the others have the class ``aside``.
"""

from collections import Counter

from docutils import nodes

from .elements import ancestors, make
from .layout import is_element
from .outputs import fold

SWITCH = "Show code"


def fold_code(app, doctree):
    """Fold the code of every cell, and put the switch at the head of the page."""
    steps: list[nodes.Element] = []  # folds of cells that show nothing, up to the cell that does
    seen: Counter[str] = Counter()
    codes = [node for node in doctree.findall(nodes.container) if node.get("nb_element") == "cell_code_source"]
    for code in codes:
        cell = code.parent
        name = _made_by(cell)
        classes = ["code"]
        if cell.attributes.pop("hide_mode", None):  # else MyST-NB folds the code, too
            classes.append("no-print")
        if not name.startswith("Figure"):
            classes.append("aside")
        cell[0] = fold("", code, classes=classes)
        steps.append(cell[0])
        if name:
            seen[name] += 1
            _name(steps, f"Code of {name} ({seen[name]})" if seen[name] > 1 else f"Code of {name}")
        elif code is codes[0]:
            _name(steps, "Code: the data used on this page")
    _name(steps, "Code of the data")  # nothing follows
    if codes:
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


def _heading(cell):
    return next(node for node in ancestors(cell) if isinstance(node, nodes.section))[0].astext()


def _put_switch_in(doctree):
    """Put the switch below the line of reading times, or below the title."""
    label = make("label", make("input", type="checkbox"), f" {SWITCH}")
    times = next(doctree.findall(lambda node: is_element(node, "p", "reading-times")), None)
    place = times or next(doctree.findall(nodes.title))
    place.parent.insert(place.parent.index(place) + 1, make("div", label, classes=["code-switch", "no-print"]))


def setup(app):
    app.connect("doctree-read", fold_code, priority=600)  # when figures have their numbers
