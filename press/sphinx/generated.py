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
logger = logging.getLogger(__name__)


class FactRole(SphinxRole):
    """A number or some words that the book computes of itself: {fact}`sources`."""

    def run(self):
        depend_on(self.env, INPUTS)
        known = facts()
        if self.text not in known:
            logger.warning("no fact %r; accepted: %s", self.text, ", ".join(known), location=self.get_location())
        return [nodes.Text(known.get(self.text, ""))], []


class Generated(SphinxDirective):
    """A directive that writes Markdown."""

    inputs = INPUTS

    def run(self):
        depend_on(self.env, self.inputs)
        try:
            words = self.markdown(*self.arguments)
        except ValueError as error:
            raise self.error(str(error)) from error
        return self.parse_text_to_nodes(words, allow_section_headings=True)

    def markdown(self, *arguments: str) -> str:
        raise NotImplementedError


class AlignmentDirective(Generated):
    """Objectives, activities and assessments of every chapter."""

    def markdown(self):
        return alignment.as_markdown(chapters())


class RubricsDirective(Generated):
    """Every rubric as a section."""

    inputs = ("_toc.yml", "teaching/rubrics.yml")

    def markdown(self):
        return rubrics.as_markdown(rubrics.of_book())


class RubricDirective(Generated):
    """The table of one rubric, by its name in teaching/rubrics.yml."""

    required_arguments = 1
    inputs = ("teaching/rubrics.yml",)

    def markdown(self, name):
        return rubrics.table(rubrics.named(name))


class MarksDirective(Generated):
    """Marks of a paper by a rubric, a line for each criterion: its level and, after a semicolon, the reason."""

    required_arguments = 2
    final_argument_whitespace = True
    has_content = True
    option_spec = {"later": directives.nonnegative_int}
    inputs = ("teaching/rubrics.yml",)

    def markdown(self, name, title):
        rows = rubrics.marks(name, list(self.content), self.options.get("later", 0))
        return f"```{{table}} {title}\n{rubrics.grid(['Criterion', 'Level', 'Points', 'Why'], rows)}\n```"


class HubLinksDirective(Generated):
    """Links that open the chapters on a JupyterHub, to copy."""

    inputs = ("_*.yml", "chapters/*.md")

    def markdown(self):
        return hub.as_markdown(chapters())


class ErrorRatesDirective(Generated):
    """Rates of faults in the book: by draw, table, part or fault."""

    required_arguments = 1

    def markdown(self, by):
        return checks.rates_as_markdown(by)


class CitationDirective(Generated):
    """How to cite the book, in words and for BibTeX."""

    inputs = ("*.cff", "_*.yml")

    def markdown(self):
        return f"{citation_line()}\n\n```bibtex\n{citation_bibtex()}\n```"


class CommandsDirective(SphinxDirective):
    """Commands to copy; `{repository}` becomes the address of the repository."""

    has_content = True

    def run(self):
        words = "\n".join(self.content).replace("{repository}", repository())
        return [nodes.literal_block(words, words, language="text")]


DIRECTIVES = {
    "alignment": AlignmentDirective,
    "rubrics": RubricsDirective,
    "marking-rubric": RubricDirective,
    "marks": MarksDirective,
    "hub-links": HubLinksDirective,
    "error-rates": ErrorRatesDirective,
    "citation": CitationDirective,
    "commands": CommandsDirective,
}


def setup(app):
    app.add_role("fact", FactRole())
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
