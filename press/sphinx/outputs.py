"""What cells show, as nodes: tables, explorers, quizzes and lists, so that links in them resolve like any other.

A cell prints a directive with its content as JSON (chapters/casebook/blocks.py). Here it becomes nodes.
"""

import json

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from .citations import cited, keys_in
from .elements import element, make
from .links import link
from .tables import build_table


def inline(parts: list) -> list[nodes.Node]:
    """Nodes of the parts of a text, as casebook/blocks.py describes them."""
    return [_part(part) for part in parts]


def _part(part: str | list) -> nodes.Node:
    match part:
        case str():
            return nodes.Text(part)
        case ["sources", keys, brackets]:
            return cited(keys=keys_in(keys), brackets=brackets, in_cell=True)
        case ["missing", words]:
            return nodes.inline("", words, classes=["no-value"])
        case ["link", page, words, anchor]:
            return link(f"chapters/{page}" if page else "", words, anchor)
        case ["element", tag, parts, attributes]:
            ids, classes = (attributes.pop(name, "").split() for name in ("id", "class"))
            return element("", "", *inline(parts), tag=tag, attributes=attributes, ids=ids, classes=classes)


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
    return build_table([content["caption"]], content["header"], rows, label=content["caption"])


def fold(words: str, *children, classes=(), **attributes) -> element:
    """A part that a reader opens."""
    return make("details", make("summary", words), *children, classes=classes, **attributes)


class TableBlock(Block):
    def build(self, content):
        return [fold(f"Table: {content['caption']}", table(content)) if content["folded"] else table(content)]


class ElementsBlock(Block):
    def build(self, content):
        return inline(content["elements"])


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
        options = [make("option", words, value=value) for value, words in [("", "all"), *values]]
        identity = f"{name}-{control}"
        label = make("label", control.replace("_", " ").capitalize(), for_=identity)
        fields.append(make("div", label, make("select", *options, ids=[identity], name=control)))
    button = make("button", "Show all", type="button")
    status = make("p", make("span", count), f" of {count} {noun} shown", role="status")
    controls = make("fieldset", make("legend", title), *fields, button)
    return make("form", controls, status, classes=["filter"], ids=[name], data_of=of, aria_label=title)


class RecordBlock(Block):
    def build(self, content):
        name, title, noun, entries = (content[each] for each in ("name", "title", "noun", "entries"))
        form = filter_form(name, title, noun, content["choices"], of=f"#{name}-list > li", count=len(entries))
        shown = [form, make("ol", *inline(entries), classes=["records"], ids=[f"{name}-list"], role="list")]
        return [fold(f"All {len(entries)} {noun}", *shown)] if content["folded"] else shown


#: Letters of a line beside a figure on a full screen; texts of more lines than these get smaller type there.
LINE, LONG, LONGEST = 55, 18, 32


class ExplorerBlock(Block):
    def build(self, content):
        name, title, locks = content["name"], content["title"], content["locks"] or None
        controls = [_control(name, each) for each in content["controls"]]
        if content["guesses"]:
            controls.append(_guesses(content["guesses"]))
        form = make(
            "form",
            make("fieldset", make("legend", title), *controls, classes=["explorer-controls"]),
            _buttons(name, locks),
            make("p", classes=["explorer-status"], role="status"),
            *(self.frame(each, content["table_title"]) for each in content["frames"]),
            classes=["explorer"],
            ids=[name],
            data_explorer=name,
            data_locks=locks,
            aria_label=title,
        )
        form["choice"] = "; ".join(f"{each['label']}: {each['words'][each['first']]}" for each in content["controls"])
        return [form]

    def frame(self, frame, table_title):
        """One state: what it shows, what that says in words, and what a reader may open."""
        kind = "figure" if "figure" in frame else "text"
        shown = nodes.raw("", frame["figure"], format="html") if kind == "figure" else table(frame["shown"])
        parts = [make("p", frame["state"], classes=["explorer-state"]), shown]
        if frame["text"]:
            lines = sum(1 + len(line) // LINE for line in frame["text"].split("\n"))
            size = [name for name, least in (("long", LONG), ("longest", LONGEST)) if lines > least]
            parts.append(make("p", frame["text"], classes=["explorer-text", *size], ids=[f"{frame['id']}-text"]))
        if "table" in frame:
            parts.append(fold(f"{table_title}: {frame['state']}", table(frame["table"])))
        if "reveal" in frame:
            answer = make("p", make("strong", classes=["explorer-verdict"]), frame["reveal"])
            parts.append(fold(f"The answer: {frame['state']}", answer, classes=["explorer-answer"]))
        also = "&".join(f"{name}={value}" for values in frame.get("also", []) for name, value in values.items())
        return make(
            "div",
            *parts,
            classes=["explorer-frame", f"explorer-{kind}"],
            ids=[frame["id"]],
            data_key=frame["key"],
            data_state=frame["address"],
            data_also=also or None,
            data_answer=frame.get("answer"),
            hidden="hidden" if frame["hidden"] else None,
        )


def _control(explorer, control):
    """A slider, buttons for up to four values, or a list to choose from."""
    identity, name = f"{explorer}-{control['name']}", control["name"]
    if control["is_slider"]:
        return make("div", *_slider(identity, control), classes=["explorer-control", "explorer-slider"])
    classes = ["explorer-control", "explorer-merged"] if control["is_merged"] else ["explorer-control"]
    choices = list(zip(control["values"], control["words"]))
    first, _ = choices[control["first"]]
    if len(choices) <= 4:
        labels = []
        for value, words in choices:
            checked = "checked" if value == first else None
            labels.append(
                make("label", make("input", type="radio", name=name, value=value, checked=checked), f" {words}")
            )
        return make("fieldset", make("legend", control["label"]), *labels, classes=classes)
    options = [
        make("option", words, value=value, selected="selected" if value == first else None) for value, words in choices
    ]
    label = make("label", control["label"], for_=identity)
    return make("div", label, make("select", *options, ids=[identity], name=name), classes=classes)


def _slider(identity, control):
    """A slider with a stop for each value; the list of its stops has their words."""
    values, words, first, eve = (control[each] for each in ("values", "words", "first", "eve"))
    last, label = len(values) - 1, control["label"].lower()
    # A stop of whole numbers is the number itself, so that it is read aloud also without its words.
    places = values if all(isinstance(value, int) for value in values) else range(len(values))
    stops = [
        make("option", value, value=place, label=said if said != str(value) else None)
        for place, value, said in zip(places, values, words)
    ]
    track = make(
        "input",
        ids=[identity],
        type="range",
        name=control["name"],
        min=places[0],
        max=places[last],
        step=places[1] - places[0] if last else 1,
        value=places[first],
        list=f"{identity}-stops",
        aria_valuetext=words[first],
        data_eve=None if eve is None else places[eve],
    )
    return [
        make("label", control["label"], for_=identity),
        make("output", words[first], for_=identity, aria_live="off"),
        make("button", "−", type="button", data_step=-1, aria_label=f"Previous {label}"),
        track,
        make("button", "+", type="button", data_step=1, aria_label=f"Next {label}"),
        make("datalist", *stops, ids=[f"{identity}-stops"]),
        make("div", make("span", words[0]), make("span", words[-1]), classes=["explorer-ends"], aria_hidden="true"),
    ]


def _guesses(guesses):
    buttons = [make("button", each, type="button", data_guess=each) for each in guesses]
    score = make("output", classes=["explorer-score"], aria_live="off", aria_label="Your score")
    classes = ["explorer-control", "explorer-guesses"]
    return make("fieldset", make("legend", "Your guess"), *buttons, score, classes=classes)


def _buttons(explorer, locks):
    identity = f"{explorer}-full"
    named = f"{identity} {explorer}"  # its own words, which change, and the name of the explorer
    full = make(
        "button", "Full screen", type="button", classes=["explorer-full"], ids=[identity], aria_labelledby=named
    )
    words, classes = "Unlock what comes after the decision", ["explorer-unlock"]
    unlock = [make("button", words, type="button", classes=classes, hidden="hidden")] if locks else []
    return make("p", full, *unlock, classes=["explorer-buttons"])


class RecodeBlock(Block):
    """The codes of the comparison as a table; static/recode.js lets a reader change them."""

    def build(self, content):
        rules = {part: content[part] for part in ("conditions", "columns", "acted", "most")}
        actions = {"book": "Codes of the book", "first": "First pass", "second": "Second pass"}
        buttons = [make("button", words, type="button", data_take=of) for of, words in actions.items()]
        buttons.append(make("button", "Save as CSV", type="button", classes=["recode-save"]))
        results = make(
            "table",
            make("caption", "The best rules under your codes: soldiers where all is met, and nowhere else"),
            make("thead", make("tr", make("th", "Rule", scope="col"), make("th", "Broken by", scope="col"))),
            make("tbody", classes=["recode-rules"]),
            classes=["table"],
        )
        rows = []
        for row in content["rows"]:
            counted = str(row["counted"]).lower()
            cells = [make("span", row["name"], data_case=row["case"], data_counted=counted)]
            for words, codes in row["cells"]:
                cells.append(make("span", words, **{f"data_{part}": code for part, code in codes.items()}))
            rows.append([[cell] for cell in cells])
        header = ["Case", *(column["label"] for column in content["columns"])]
        caption = "The codes, with both passes where they differed; a case that is ticked counts"
        form = make(
            "form",
            make("p", classes=["recode-status"], role="status"),
            make("p", *buttons, classes=["recode-buttons", "no-print"], hidden="hidden"),
            make("ul", classes=["recode-changes"]),
            make("div", results, classes=["table-scroll", "recode-results"], hidden="hidden"),
            fold("The codes: change any", build_table([caption], header, rows, label=caption)),
            classes=["recode"],
            ids=[content["name"]],
            data_rules=json.dumps(rules),
            aria_label="Code it yourself",
        )
        return [form]


DIRECTIVES = {
    "data-table": TableBlock,
    "elements": ElementsBlock,
    "record-list": RecordBlock,
    "explorer": ExplorerBlock,
    "recode": RecodeBlock,
}


def setup(app):
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
