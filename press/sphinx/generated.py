"""Parts of pages that are made from other files: rubrics, objectives, counts, the citation of the book."""

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from casebook.contents import chapters

from ..model import alignment, checks, hub, rubrics
from ..model.book import repository
from ..model.facts import citation_bibtex, citation_line, facts
from .outdated import depend_on

#: What these parts are made from at most.
INPUTS = ("*.bib", "*.cff", "_*.yml", "data/*", "quizzes/*", "chapters/*.md", "assignments/*/*.md")
INPUTS += ("teaching/*.csv", "teaching/*.yml", "teaching/simulation/handouts/**/*.*")
RUBRICS = ("_toc.yml", "teaching/rubrics.yml")
logger = logging.getLogger(__name__)


class FactRole(SphinxRole):
    """A number or some words that the book computes of itself: {fact}`sources`."""

    def run(self):
        depend_on(self.env, INPUTS)
        known = facts()
        if self.text not in known:
            logger.warning("no fact %r; accepted: %s", self.text, ", ".join(known), location=self.get_location())
        return [nodes.Text(known.get(self.text, ""))], []


def rubric_table(name: str) -> str:
    """Write the table of one rubric, by its name in teaching/rubrics.yml."""
    return rubrics.table(rubrics.named(name))


#: Directive -> what writes it in Markdown from its arguments, and what that reads.
GENERATED = {
    "alignment": (lambda: alignment.as_markdown(chapters()), INPUTS),
    "rubrics": (lambda: rubrics.as_markdown(rubrics.of_book()), RUBRICS),
    "marking-rubric": (rubric_table, RUBRICS),
    "hub-links": (lambda: hub.as_markdown(chapters()), ("_*.yml", "chapters/*.md")),
    "error-rates": (checks.rates_as_markdown, INPUTS),
    "citation": (lambda: f"{citation_line()}\n\n```bibtex\n{citation_bibtex()}\n```", ("*.cff", "_*.yml")),
}


class Generated(SphinxDirective):
    """A part of a page that is written in Markdown, by its name in `GENERATED`."""

    optional_arguments = 1

    def run(self):
        write, inputs = GENERATED[self.name]
        return self.read(inputs, write, *self.arguments)

    def read(self, inputs, write, *arguments):
        """Read as a part of the page what a function writes."""
        depend_on(self.env, inputs)
        try:
            words = write(*arguments)
        except (TypeError, ValueError) as error:  # a wrong argument, or none
            raise self.error(str(error)) from error
        return self.parse_text_to_nodes(words, allow_section_headings=True)


class MarksDirective(Generated):
    """Marks of a paper by a rubric, a line for each criterion: its level and, after a semicolon, the reason."""

    required_arguments = 2
    optional_arguments = 0
    final_argument_whitespace = True
    has_content = True
    option_spec = {"later": directives.nonnegative_int}

    def run(self):
        return self.read(RUBRICS, self.markdown, *self.arguments)

    def markdown(self, name, title):
        rows = rubrics.marks(name, list(self.content), self.options.get("later", 0))
        return f"```{{table}} {title}\n{rubrics.grid(['Criterion', 'Level', 'Points', 'Why'], rows)}\n```"


class CommandsDirective(SphinxDirective):
    """Commands to copy; `{repository}` becomes the address of the repository."""

    has_content = True

    def run(self):
        depend_on(self.env, ["_config.yml"])
        words = "\n".join(self.content).replace("{repository}", repository())
        return [nodes.literal_block(words, words, language="text")]


def setup(app):
    app.add_role("fact", FactRole())
    for name in GENERATED:
        app.add_directive(name, Generated)
    app.add_directive("marks", MarksDirective)
    app.add_directive("commands", CommandsDirective)
