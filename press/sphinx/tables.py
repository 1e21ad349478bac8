"""Tables, of Markdown and of cells: with a caption, header cells, and rows that become cards on a narrow screen."""

from collections import Counter

from docutils import nodes
from sphinx.transforms import SphinxTransform

from .elements import ancestors, element, make

#: A cell of more characters than this is long; with one, a table of more columns than this becomes cards on a phone.
LONG, FEW_COLUMNS = 60, 2
#: More columns than this do not fit a phone, however short they are.
MANY_COLUMNS = 3


def build_table(
    caption: list[str | nodes.Node], header: list[str], rows: list[list[list[nodes.Node]]], label: str, ids=()
) -> element:
    """Build a table that takes keyboard focus, to be moved sideways where it is too wide.

    The script static/tables.js takes the focus away from a table that is not too wide, and gives the parts of one
    that is laid out as cards their roles.

    Parameters
    ----------
    caption : list of str or Node
        What the table holds; may be empty.
    header : list of str
        Names of the columns.
    rows : list of list of list of Node
        Content of each cell; the first cell of a row names it.
    label : str
        What the table is called where it has the focus.
    ids : list of str
        Addresses of the table on its page.
    """
    is_wide = len(header) > FEW_COLUMNS
    lines = []
    for row in rows:
        cells = []
        for place, (name, content) in enumerate(zip(header, row, strict=True)):
            words = "".join(node.astext() for node in content)
            classes = ["long"] if len(words) > LONG else [] if words.strip() else ["no-words"]
            if place:
                cells.append(make("td", *content, classes=classes, data_column=name if is_wide else None))
            else:
                cells.append(make("th", *content, classes=classes, scope="row"))
        lines.append(make("tr", *cells))
    is_long = any("long" in cell["classes"] for line in lines for cell in line.children)
    kind = "stacks" if is_wide and is_long else "moves" if len(header) > MANY_COLUMNS else "fits"
    captions = [make("caption", *caption)] if caption else []
    head = make("thead", make("tr", *(make("th", name, scope="col") for name in header)))
    table = make("table", *captions, head, make("tbody", *lines), classes=["table", kind], ids=ids)
    return make("div", table, classes=["table-scroll"], role="region", tabindex=0, aria_label=label)


class BuildMarkdownTables(SphinxTransform):
    """Build the tables of Markdown as those of cells."""

    default_priority = 650  # before notes are numbered

    def apply(self):
        named = Counter()
        for table in list(self.document.findall(nodes.table)):
            caption = list(table[0].children) if isinstance(table[0], nodes.title) else []
            section = next(node for node in ancestors(table) if isinstance(node, nodes.section))
            head, body = next(table.findall(nodes.thead)), next(table.findall(nodes.tbody))
            label = table[0].astext() if caption else section[0].astext()
            named[label] += 1
            built = build_table(
                caption,
                [entry.astext() for entry in head[0].children],
                [[_content(entry) for entry in row.children] for row in body.children],
                label=f"{label}, table {named[label]}" if named[label] > 1 else label,
                ids=table["ids"],
            )
            table.parent.replace(table, built)  # replace_self would give the id of the table to its area, too


def _content(entry):
    """What a cell holds, without the paragraph around a single line."""
    is_line = len(entry) == 1 and isinstance(entry[0], nodes.paragraph)
    return list(entry[0].children if is_line else entry.children)


def setup(app):
    app.add_transform(BuildMarkdownTables)
