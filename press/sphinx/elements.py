"""HTML elements that docutils has no node for, as nodes."""

from docutils import nodes


class element(nodes.General, nodes.TextElement):
    """An HTML element: `tag`, and `attributes` besides ids and classes."""


def make(tag, *children, classes=(), ids=(), **attributes):
    """Make an element; an underscore at the end of an attribute's name is dropped, others become hyphens."""
    named = {name.rstrip("_").replace("_", "-"): str(value) for name, value in attributes.items() if value is not None}
    return element("", "", *children, tag=tag, attributes=named, classes=list(classes), ids=list(ids))


def visit_element(self, node):
    self.body.append(self.starttag(node, node["tag"], "", **node["attributes"]))


def depart_element(self, node):
    if node["tag"] != "input":
        self.body.append(f"</{node['tag']}>")


def setup(app):
    app.add_node(element, html=(visit_element, depart_element))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
