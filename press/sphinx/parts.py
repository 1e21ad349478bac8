"""Parts of a chapter that have a form of their own: its opening, and the best case of each side.

```
::::{opening} 1992–2012
A dated scene. The question.

:::{dropdown} What you will learn and need
1. *trace* ...
:::
::::

:::::{two-sides}
::::{side} The case for "paper tiger"
* A fact.
* Your third fact: …
::::
::::{side} The case for "safe choice"
* A fact.
* Your third fact: …
::::
:::::
```
"""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from casebook.contents import chapters

from .elements import make
from .layout import is_element
from .reading_time import reading_times

LEFT_TO_THE_READER = "…"


class OpeningDirective(SphinxDirective):
    """The head of a chapter: its years, a scene with the question, reading times, and folded what a class needs."""

    required_arguments = 1
    has_content = True

    def run(self):
        slug = self.env.docname.removeprefix("chapters/")
        if slug not in chapters():
            raise self.error(f"only a chapter has an opening; {slug!r} is none of {', '.join(chapters())}")
        content = self.parse_content_to_nodes()
        folds = [place for place, node in enumerate(content) if is_element(node, "details")]
        if not folds or not folds[0]:
            raise self.error("an opening needs a scene and, below it, a fold with objectives and needs")
        kicker = f"Chapter {list(chapters()).index(slug) + 1} · {self.arguments[0]}"
        scene, folded = content[: folds[0]], content[folds[0] :]
        head = make("p", kicker, classes=["kicker"])
        return [make("div", head, *scene, reading_times(self.env.docname), *folded, classes=["opening"])]


class SideDirective(SphinxDirective):
    """The best case of one side."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self):
        content = self.parse_content_to_nodes()
        lists = [node for node in content if isinstance(node, nodes.bullet_list)]
        if not lists or not lists[-1][-1].astext().endswith(LEFT_TO_THE_READER):
            raise self.error(f"the last item of a side is left to the reader: it ends with {LEFT_TO_THE_READER}")
        title = make("p", make("strong", self.arguments[0]), classes=["side-title"])
        return [make("div", title, *content, classes=["side"])]


class TwoSidesDirective(SphinxDirective):
    """The best case of each side, beside each other."""

    has_content = True

    def run(self):
        sides = self.parse_content_to_nodes()
        if len(sides) != 2 or not all(is_element(side, "div", "side") for side in sides):
            raise self.error("two sides are needed, each a `side`, and nothing else")
        return [make("div", *sides, classes=["two-sides"])]


def setup(app):
    app.add_directive("opening", OpeningDirective)
    app.add_directive("side", SideDirective)
    app.add_directive("two-sides", TwoSidesDirective)
