"""A decision of a chapter: a question of some day, the answers to choose from, and what happened next.

```
::::{decide} 2007-10-05 Does Kazakhstan sign?
Words that lead to the answers, and a numbered list of them, each beginning with its name in bold.

:::{outcome}
What happened.
:::
::::
```

On a page it is a form, and static/decide.js keeps what is typed in the browser. Without scripts and in print it is a
list, lines to write on and a fold. Links to `#decide-2007-10-05` and `#outcome-2007-10-05` lead there.
"""

from datetime import date

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from ..model.decisions import ANSWERS, OUTCOME, kicker
from .elements import make
from .layout import is_element
from .outputs import fold

REASONS = "Your two reasons and one risk (saved in this browser only, and printed with the page)"


class OutcomeDirective(SphinxDirective):
    """What happened after the day of a decision."""

    has_content = True

    def run(self):
        return [fold(OUTCOME, *self.parse_content_to_nodes(), classes=["fold", "outcome"])]


class DecideDirective(SphinxDirective):
    """A decision: its day, the question, the answers and the outcome."""

    required_arguments = 2
    final_argument_whitespace = True
    has_content = True

    def run(self):
        try:
            day = date.fromisoformat(self.arguments[0])
        except ValueError:
            raise self.error(f"a decision begins with its day, such as 2007-10-05, not {self.arguments[0]!r}") from None
        content = self.parse_content_to_nodes()
        outcomes = [node for node in content if is_element(node, "details", "outcome")]
        lists = [node for node in content if isinstance(node, nodes.enumerated_list)]
        if len(lists) != 1 or len(outcomes) != 1 or content[-1] is not outcomes[0]:
            raise self.error("a decision needs one numbered list of answers and, at its end, one outcome")
        (outcome,), place = outcomes, content.index(lists[0])
        outcome["ids"].append(f"outcome-{day}")
        answers = make("ol", *map(self.answer, lists[0].children), classes=["answers"])
        question = make("fieldset", make("legend", self.arguments[1]), *content[:place], answers)
        question += content[place + 1 : -1]
        form = make("form", question, _controls(f"reasons-{day}"), autocomplete="off")
        form["attributes"]["data-decide"] = f"{self.env.docname} {day}"
        lines = make("div", *(make("p", f"{words}:") for words in ANSWERS), classes=["decide-lines"])
        head = make("p", kicker(day), classes=["kicker"])
        return [make("div", head, form, lines, outcome, classes=["decide"], ids=[f"decide-{day}"])]

    def answer(self, item: nodes.list_item) -> nodes.Element:
        """Make an item of the list an answer to choose."""
        words = [node for node in item[0].children if node.astext()]
        if len(item) != 1 or not isinstance(words[0], nodes.strong):
            raise self.error(f"an answer is one paragraph that begins with its name in bold, not {item.astext()!r}")
        name = nodes.make_id(words[0].astext())
        radio = make("input", type="radio", name="answer", value=name, required="required")
        return make("li", make("label", radio, make("span", *words)))


def _controls(identity: str) -> nodes.Element:
    """What a reader writes and clicks on a screen."""
    return make(
        "div",
        make("label", REASONS, for_=identity),
        make("textarea", ids=[identity], name="reasons", rows=4),
        make("button", "I have decided: show what happened", type="submit"),
        make("button", "Clear", type="reset"),
        make("p", role="status"),
        classes=["no-print"],
    )


def setup(app):
    app.add_directive("decide", DecideDirective)
    app.add_directive("outcome", OutcomeDirective)
