"""HTML elements that docutils has no node for, as nodes."""

from collections.abc import Iterator

from docutils import nodes


class element(nodes.General, nodes.TextElement):
    """An HTML element: `tag`, and `attributes` besides ids and classes."""


def make(tag, *children, classes=(), ids=(), **attributes):
    """Make an element of nodes and words; attributes that are None are left out.

    An underscore at the end of an attribute's name is dropped, others become hyphens.
    """
    content = [child if isinstance(child, nodes.Node) else nodes.Text(child) for child in children]
    named = {name.rstrip("_").replace("_", "-"): str(value) for name, value in attributes.items() if value is not None}
    return element("", "", *content, tag=tag, attributes=named, classes=list(classes), ids=list(ids))


def joined(parts: list[nodes.Node], separator: str) -> list[nodes.Node]:
    """Put a separator between nodes."""
    return [node for part in parts for node in (nodes.Text(separator), part)][1:]


def ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    """Yield what is around a node, from the inside out."""
    while node := node.parent:
        yield node


def visit_element(self, node):
    self.body.append(self.starttag(node, node["tag"], "", **node["attributes"]))


def depart_element(self, node):
    if node["tag"] != "input":
        self.body.append(f"</{node['tag']}>")


def setup(app):
    app.add_node(element, html=(visit_element, depart_element))
