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
        return [make("ol", *items, classes=["quiz"]), make("p", classes=["quiz-score"], role="status")]


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
        shown = [form, make("ol", *items, classes=["records"], ids=[f"{name}-list"], role="list")]
        return [fold(f"All {len(entries)} {content['noun']}", *shown)] if content["folded"] else shown


#: Letters of a line beside a figure on a full screen; texts of more lines than these get smaller type there.
LINE, LONG, LONGEST = 55, 18, 32


class ExplorerBlock(Block):
    def build(self, content):
        name, title = content["name"], content["title"]
        controls = [self.control(name, each) for each in content["controls"]]
        controls += [self.guesses(content["guesses"])] if content["guesses"] else []
        frames = [self.frame(each, content["table_title"]) for each in content["frames"]]
        form = make(
            "form",
            make("fieldset", make("legend", nodes.Text(title)), *controls, classes=["explorer-controls"]),
            self.buttons(name, content["locks"]),
            make("p", classes=["explorer-status"], role="status"),
            *frames,
            classes=["explorer"],
            ids=[name],
            data_explorer=name,
            data_locks=content["locks"] or None,
            aria_label=title,
        )
        form["choice"] = "; ".join(f"{each['label']}: {each['words'][each['first']]}" for each in content["controls"])
        return [form]

    def control(self, explorer, control):
        identity, label = f"{explorer}-{control['name']}", nodes.Text(control["label"])
        if control["is_slider"]:
            return make("div", *self.slider(identity, control), classes=["explorer-control", "explorer-slider"])
        classes = ["explorer-control", *(["explorer-merged"] if control["is_merged"] else [])]
        choices = []
        for place, (value, words) in enumerate(zip(control["values"], control["words"])):
            chosen = place == control["first"]
            if len(control["values"]) > 4:
                selected = "selected" if chosen else None
                choices.append(make("option", nodes.Text(words), value=value, selected=selected))
            else:
                checked = "checked" if chosen else None
                radio = make("input", type="radio", name=control["name"], value=value, checked=checked)
                choices.append(make("label", radio, nodes.Text(f" {words}")))
        if len(choices) <= 4:
            return make("fieldset", make("legend", label), *choices, classes=classes)
        select = make("select", *choices, ids=[identity], name=control["name"])
        return make("div", make("label", label, for_=identity), select, classes=classes)

    def slider(self, identity, control):
        """A slider with a stop for each value; the list of its stops has their words."""
        name, values, words, first = (control[each] for each in ("name", "values", "words", "first"))
        last, label = len(values) - 1, control["label"].lower()
        # A stop of whole numbers is the number itself, so that it is read aloud also without its words.
        places = values if all(isinstance(value, int) for value in values) else range(len(values))
        step = places[1] - places[0] if last else 1
        stops = [
            make("option", nodes.Text(str(value)), value=place, label=said if said != str(value) else None)
            for place, value, said in zip(places, values, words)
        ]
        less = make("button", nodes.Text("−"), type="button", data_step=-1, aria_label=f"Previous {label}")
        more = make("button", nodes.Text("+"), type="button", data_step=1, aria_label=f"Next {label}")
        track = make(
            "input",
            ids=[identity],
            type="range",
            name=name,
            min=places[0],
            max=places[last],
            step=step,
            value=places[first],
            list=f"{identity}-stops",
            aria_valuetext=words[first],
            data_eve=None if control["eve"] is None else places[control["eve"]],
        )
        ends = [make("span", nodes.Text(said)) for said in (words[0], words[last])]
        return [
            make("label", nodes.Text(control["label"]), for_=identity),
            make("output", nodes.Text(words[first]), for_=identity, aria_live="off"),
            less,
            track,
            more,
            make("datalist", *stops, ids=[f"{identity}-stops"]),
            make("div", *ends, classes=["explorer-ends"], aria_hidden="true"),
        ]

    def guesses(self, guesses):
        buttons = [make("button", nodes.Text(each), type="button", data_guess=each) for each in guesses]
        score = make("output", classes=["explorer-score"], aria_live="off", aria_label="Your score")
        classes = ["explorer-control", "explorer-guesses"]
        return make("fieldset", make("legend", nodes.Text("Your guess")), *buttons, score, classes=classes)

    def buttons(self, explorer, locks):
        identity = f"{explorer}-full"
        named = f"{identity} {explorer}"  # its own words, which change, and the name of the explorer
        attributes = {"type": "button", "classes": ["explorer-full"], "ids": [identity], "aria_labelledby": named}
        full = make("button", nodes.Text("Full screen"), **attributes)
        words = "Unlock what comes after the decision"
        unlock = make("button", nodes.Text(words), type="button", classes=["explorer-unlock"], hidden="hidden")
        return make("p", full, *([unlock] if locks else []), classes=["explorer-buttons"])

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
            lines = sum(1 + len(line) // LINE for line in frame["text"].split("\n"))
            size = [name for name, least in (("long", LONG), ("longest", LONGEST)) if lines > least]
            classes = ["explorer-text", *size]
            parts.append(make("p", nodes.Text(frame["text"]), classes=classes, ids=[f"{identity}-text"]))
        if "table" in frame:
            parts.append(fold(f"{table_title}: {frame['state']}", table(frame["table"])))
        if "reveal" in frame:
            answer = make("p", make("strong", classes=["explorer-verdict"]), nodes.Text(frame["reveal"]))
            parts.append(fold(f"The answer: {frame['state']}", answer, classes=["explorer-answer"]))
        hidden = "hidden" if frame["hidden"] else None
        also = "&".join(f"{name}={value}" for values in frame.get("also", []) for name, value in values.items())
        classes = ["explorer-frame", f"explorer-{kind}"]
        return make(
            "div",
            *parts,
            classes=classes,
            ids=[identity],
            data_key=frame["key"],
            data_state=frame["address"],
            data_also=also or None,
            data_answer=frame.get("answer"),
            hidden=hidden,
        )


class RecodeBlock(Block):
    """The codes of the comparison as a table; static/recode.js lets a reader change them."""

    def build(self, content):
        rules = {part: content[part] for part in ("conditions", "columns", "acted", "most")}
        actions = {"book": "Codes of the book", "first": "First pass", "second": "Second pass"}
        buttons = [make("button", nodes.Text(words), type="button", data_take=of) for of, words in actions.items()]
        save = make("button", nodes.Text("Save as CSV"), type="button", classes=["recode-save"])
        heads = [make("th", nodes.Text(words), scope="col") for words in ("Rule", "Broken by")]
        results = make(
            "table",
            make("caption", nodes.Text("The best rules under your codes: soldiers where all is met, and nowhere else")),
            make("thead", make("tr", *heads)),
            make("tbody", classes=["recode-rules"]),
            classes=["table"],
        )
        rows = []
        for row in content["rows"]:
            counted = str(row["counted"]).lower()
            name = make("span", nodes.Text(row["name"]), data_case=row["case"], data_counted=counted)
            cells = [[make("span", nodes.Text(words), **_data(cell))] for words, cell in row["cells"]]
            rows.append([[name], *cells])
        header = ["Case", *(column["label"] for column in content["columns"])]
        caption = "The codes, with both passes where they differed; a case that is ticked counts"
        form = make(
            "form",
            make("p", classes=["recode-status"], role="status"),
            make("p", *buttons, save, classes=["recode-buttons", "no-print"], hidden="hidden"),
            make("ul", classes=["recode-changes"]),
            make("div", results, classes=["table-scroll", "recode-results"], hidden="hidden"),
            fold("The codes: change any", build_table([nodes.Text(caption)], header, rows, label=caption)),
            classes=["recode"],
            ids=[content["name"]],
            data_rules=json.dumps(rules),
            aria_label="Code it yourself",
        )
        return [form]


def _data(values: dict) -> dict:
    return {f"data_{name}": value for name, value in values.items()}


def load_scripts(app, pagename, templatename, context, doctree):
    """Load each script on the pages that have something for it: class of an element -> name of the script."""
    classes = {name for node in doctree.findall(element) for name in node["classes"]} if doctree else set()
    for name, script in SCRIPTS.items():
        if name in classes:
            app.add_js_file(script, loading_method="defer")


#: Class of an element -> the script that brings it to life.
SCRIPTS = {"explorer": "explore.js", "quiz": "quiz.js", "filter": "filter.js", "recode": "recode.js"}
DIRECTIVES = {
    "data-table": TableBlock,
    "plain-list": ListBlock,
    "data-package": PackageBlock,
    "quiz": QuizBlock,
    "record-list": RecordBlock,
    "explorer": ExplorerBlock,
    "recode": RecodeBlock,
}


def setup(app):
    app.add_node(cited)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    for name in ("elements", "links", "tables"):
        app.setup_extension(f"press.sphinx.{name}")
    app.connect("html-page-context", load_scripts, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
