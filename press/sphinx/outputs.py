"""What cells show, as nodes: tables, explorers, quizzes and lists, so that links in them resolve like any other.

A cell prints a directive with its content as JSON (chapters/casebook/blocks.py). Here it becomes nodes.
"""

import json
import re

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from casebook.references import short_citation

from .elements import element, make
from .links import built_file, link
from .tables import build_table

BIBLIOGRAPHY = "chapters/bibliography"


# --- parts of a text


class cited(nodes.Inline, nodes.TextElement):
    """Sources of a sentence or a cell: their `keys`, and whether they are in `brackets`; see citations.py."""


def sources_of(keys: str, brackets: bool, in_cell: bool) -> cited:
    """Cite sources, given as keys joined by commas or semicolons."""
    return cited("", keys=re.split(r"\s*[,;]\s*", keys.strip()), brackets=brackets, in_cell=in_cell)


def source_links(keys: list[str]) -> list[nodes.Node]:
    """Author and date of each source, linked to its entry in the bibliography."""
    found: list[nodes.Node] = []
    for key in keys:
        found += [nodes.Text("; ")] if found else []
        found.append(link(BIBLIOGRAPHY, short_citation(key), f"source-{key}"))
    return found


def inline(parts: list) -> list[nodes.Node]:
    """Nodes of the parts of a text, as casebook/blocks.py describes them."""
    found: list[nodes.Node] = []
    for part in parts:
        kind, *words = [part] if isinstance(part, str) else part
        if not words:
            found.append(nodes.Text(kind))
        elif kind == "sources":
            found.append(sources_of(*words, in_cell=True))
        elif kind == "strong":
            found.append(nodes.strong("", *words))
        elif kind == "missing":
            found.append(nodes.inline("", *words, classes=["no-value"]))
        else:
            page, label, anchor = words
            found.append(link(f"chapters/{page}" if page else "", label, anchor))
    return found


def paragraph(*parts, classes=(), ids=()) -> nodes.paragraph:
    return nodes.paragraph("", "", *inline(list(parts)), classes=list(classes), ids=list(ids))


# --- blocks


class Block(SphinxDirective):
    """A directive whose content is JSON."""

    has_content = True

    def run(self):
        made = self.build(json.loads("\n".join(self.content)))
        for node in made:
            node["support_smartquotes"] = False  # words of the data are shown as they are
        return made

    def build(self, content: dict) -> list[nodes.Element]:
        raise NotImplementedError


def table(content: dict) -> element:
    """Return the table that a cell describes."""
    rows = [[inline(parts) for parts in row] for row in content["rows"]]
    return build_table([nodes.Text(content["caption"])], content["header"], rows, label=content["caption"])


def fold(words: str, *children, classes=(), **attributes) -> element:
    """A part that a reader opens."""
    return make("details", make("summary", nodes.Text(words)), *children, classes=classes, **attributes)


class TableBlock(Block):
    def build(self, content):
        return [fold(f"Table: {content['caption']}", table(content)) if content["folded"] else table(content)]


class ListBlock(Block):
    def build(self, content):
        items = [nodes.list_item("", paragraph(*parts)) for parts in content["items"]]
        lead = paragraph(content["lead"])
        return [lead, nodes.bullet_list("", *items)] if items else [lead]


class PackageBlock(Block):
    def build(self, content):
        address = built_file("", content["name"], path=content["name"])
        words = f" ({content['size']}): all tables with their description, the bibliography and the license."
        return [nodes.paragraph("", "", address, nodes.Text(words))]


class QuizBlock(Block):
    def build(self, content):
        items = []
        for question in content["questions"]:
            options = [
                fold(
                    option["words"],
                    make("p", make("strong", nodes.Text(option["verdict"])), nodes.Text(f" {option['feedback']}")),
                    classes=["quiz-option"],
                    data_correct=str(option["correct"]).lower(),
                )
                for option in question["options"]
            ]
            items.append(make("li", make("p", nodes.Text(question["question"])), *options))
        return [make("ol", *items, classes=["quiz"])]


def filter_form(name: str, title: str, noun: str, choices: dict, of: str, count: int) -> element:
    """The controls above a list, which static/filter.js brings to life.

    Parameters
    ----------
    name, title, noun : str
        Id of the form, what a reader chooses, and what the entries are called.
    choices : dict
        Name of a control -> list of (value, words shown).
    of : str
        CSS selector of the entries. Each carries ``data-<control>`` with its values, joined by semicolons.
    count : int
        How many entries there are.
    """
    fields = []
    for control, values in choices.items():
        options = [make("option", nodes.Text(words), value=value) for value, words in [("", "all"), *values]]
        identity = f"{name}-{control}"
        label = make("label", nodes.Text(control.replace("_", " ").capitalize()), for_=identity)
        fields.append(make("div", label, make("select", *options, ids=[identity], name=control)))
    button = make("button", nodes.Text("Show all"), type="button")
    status = make("p", make("span", nodes.Text(str(count))), nodes.Text(f" of {count} {noun} shown"), role="status")
    controls = make("fieldset", make("legend", nodes.Text(title)), *fields, button)
    return make("form", controls, status, classes=["filter"], ids=[name], data_of=of, aria_label=title)


class RecordBlock(Block):
    def build(self, content):
        name, entries = content["name"], content["entries"]
        form = filter_form(
            name, content["title"], content["noun"], content["choices"], f"#{name}-list > li", len(entries)
        )
        items = []
        for entry in entries:
            lines = [make("p", *inline(parts)) for parts in entry["paragraphs"]]
            item = make("li", *lines, ids=[entry["id"]])
            item["attributes"] = {f"data-{column}": value for column, value in entry["by"].items()}
            items.append(item)
        return [form, make("ol", *items, classes=["records"], ids=[f"{name}-list"], role="list")]


class ExplorerBlock(Block):
    def build(self, content):
        name, title = content["name"], content["title"]
        legend = make("legend", nodes.Text(title))
        controls = [self.control(name, each) for each in content["controls"]]
        frames = [self.frame(each, content["table_title"]) for each in content["frames"]]
        form = make(
            "form",
            make("fieldset", legend, *controls, classes=["explorer-controls"]),
            make("p", classes=["explorer-status"], role="status"),
            *frames,
            classes=["explorer"],
            ids=[name],
            data_explorer=name,
            aria_label=title,
        )
        form["choice"] = "; ".join(f"{each['label']}: {each['first']}" for each in content["controls"])
        return [form]

    def control(self, explorer, control):
        name, label, values, first = (control[each] for each in ("name", "label", "values", "first"))
        identity, words = f"{explorer}-{name}", nodes.Text(label)
        if control["is_range"]:
            low, high, step = values[0], values[-1], values[1] - values[0]
            less = make("button", nodes.Text("−"), type="button", data_step=-1, aria_label=f"Previous {label.lower()}")
            more = make("button", nodes.Text("+"), type="button", data_step=1, aria_label=f"Next {label.lower()}")
            slider = {"type": "range", "name": name, "min": low, "max": high, "step": step, "value": first}
            shown = make("output", nodes.Text(str(first)), for_=identity, aria_live="off")
            field = [make("label", words, for_=identity), less, make("input", ids=[identity], **slider), more, shown]
            return make("div", *field, classes=["explorer-control"])
        if len(values) <= 4:
            radios = []
            for value in values:
                checked = "checked" if value == first else None
                radio = make("input", type="radio", name=name, value=value, checked=checked)
                radios.append(make("label", radio, nodes.Text(f" {value}")))
            return make("fieldset", make("legend", words), *radios, classes=["explorer-control"])
        options = []
        for value in values:
            selected = "selected" if value == first else None
            options.append(make("option", nodes.Text(str(value)), value=value, selected=selected))
        field = [make("label", words, for_=identity), make("select", *options, ids=[identity], name=name)]
        return make("div", *field, classes=["explorer-control"])

    def frame(self, frame, table_title):
        identity, kind = frame["id"], "text"
        if "figure" in frame:
            kind, body = "figure", [nodes.raw("", frame["figure"], format="html")]
        elif "shown" in frame:
            body = [table(frame["shown"])]
        else:
            holder = nodes.container("", *self.parse_text_to_nodes(frame["markdown"]))
            for raw in list(holder.findall(nodes.raw)):
                raw.replace_self(nodes.Text(raw.astext()))
            body = holder.children
        parts = [make("p", nodes.Text(frame["state"]), classes=["explorer-state"]), *body]
        if frame["text"]:
            parts.append(make("p", nodes.Text(frame["text"]), classes=["explorer-text"], ids=[f"{identity}-text"]))
        if "table" in frame:
            parts.append(fold(f"{table_title}: {frame['state']}", table(frame["table"])))
        hidden = "hidden" if frame["hidden"] else None
        classes = ["explorer-frame", f"explorer-{kind}"]
        return make(
            "div",
            *parts,
            classes=classes,
            ids=[identity],
            data_key=frame["key"],
            data_state=frame["address"],
            hidden=hidden,
        )


def load_filter(app, pagename, templatename, context, doctree):
    """Load the script of the lists on pages that have one."""
    if doctree and any("filter" in node["classes"] for node in doctree.findall(element)):
        app.add_js_file("filter.js", loading_method="defer")


DIRECTIVES = {
    "data-table": TableBlock,
    "plain-list": ListBlock,
    "data-package": PackageBlock,
    "quiz": QuizBlock,
    "record-list": RecordBlock,
    "explorer": ExplorerBlock,
}


def setup(app):
    app.add_node(cited)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    for name in ("elements", "links", "tables"):
        app.setup_extension(f"press.sphinx.{name}")
    app.connect("html-page-context", load_filter, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
