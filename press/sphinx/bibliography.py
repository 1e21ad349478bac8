"""Citations with their day; the bibliography with what each source is, where it is used, and a form to choose."""

from collections import Counter

from docutils import nodes
from pybtex.plugin import register_plugin as register_bibliography_style
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.unsrt import Style as PlainStyle
from pybtex.style.formatting.unsrt import date
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.template import field, first_of, href, optional, optional_field, sentence, tag
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective
from sphinxcontrib.bibtex.plugin import register_plugin as register_citation_style
from sphinxcontrib.bibtex.style.referencing import BracketStyle, GroupReferenceStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle
from sphinxcontrib.bibtex.style.referencing.basic_author_year import (
    BasicAuthorYearParentheticalReferenceStyle,
    BasicAuthorYearTextualReferenceStyle,
)
from sphinxcontrib.bibtex.style.template import join, join2, post_text, pre_text, reference

from casebook.contents import pages
from casebook.references import KINDS
from casebook.uses import sources

from .links import link
from .outputs import filter_form, make

PAGE = "chapters/bibliography"


# --- the day matters when sources disagree, so "(RIA Novosti, 6 October 2007)", not "(…, 2007)"


class DatedParenthetical(BasicAuthorYearParentheticalReferenceStyle):
    def inner(self, role_name):
        author = self.person.author_or_editor_or_title(full="s" in role_name)
        cited = reference[join(sep=", ")[author, date]]
        return join2(sep1=self.pre_text_sep, sep2=self.post_text_sep)[pre_text, cited, post_text]


class DatedTextual(BasicAuthorYearTextualReferenceStyle):
    def inner(self, role_name):
        author = self.person.author_or_editor_or_title(full="s" in role_name)
        return join(sep=" ")[author, join[self.bracket.left, reference[date], self.bracket.right]]


class AuthorDateReferenceStyle(AuthorYearReferenceStyle):
    def __post_init__(self):
        brackets = BracketStyle(left="(", right=")", sep="; ")
        self.styles.extend(style(bracket=brackets, person=self.person) for style in (DatedParenthetical, DatedTextual))
        GroupReferenceStyle.__post_init__(self)


class KeyLabels(BaseLabelStyle):
    """Label every source with its key, by which its entry is found again."""

    def format_labels(self, sorted_entries):
        return (entry.key for entry in sorted_entries)


class BookStyle(PlainStyle):
    """One form for all kinds of entries: author, linked title, outlet, date, what was read of it."""

    default_label_style = "key"
    default_sorting_style = "author_year_title"
    latest = (None, None)

    def format_entry(self, label, entry, bib_data=None):
        """Format a source once for the list and for the tooltip, which is asked for next."""
        if self.latest[0] is not entry:
            self.latest = (entry, super().format_entry(label, entry, bib_data))
        return self.latest[1]

    def get_misc_template(self, entry):
        title = tag("em")[field("title")]
        return toplevel[
            sentence[self.format_names("author", as_sentence=False)],
            sentence[first_of[optional[href(field("url", raw=True))[title]], title]],
            sentence[optional_field("journal"), optional_field("publisher"), optional_field("howpublished"), date],
            sentence[optional_field("note")],
        ]

    get_article_template = get_book_template = get_techreport_template = get_misc_template


# --- the list


class source_list(nodes.General, nodes.Element):
    """Where the sources of some kinds are listed."""


def renew_bibliography(app, env):
    """Write the bibliography again when a page uses other sources than before."""
    used = (pages(), sources())
    if PAGE not in env.all_docs or getattr(env, "used_sources", None) == used:
        return []
    env.used_sources = used
    return [PAGE]


class SourcesDirective(SphinxDirective):
    """A list of the sources of some kinds (`keywords` of references.bib), taken from the bibliography of the page."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self):
        return [source_list(kinds=self.arguments[0].split())]


class ListSources(SphinxPostTransform):
    """Sort the citations of the bibliography into the lists, and say where each source is used."""

    default_priority = 6  # after they are made, before references are resolved

    def run(self):
        lists = list(self.document.findall(source_list))
        if not lists:
            return
        entries = self.env.get_domain("cite").bibdata.data.entries
        citations = list(self.document.findall(nodes.citation))
        if citations:
            citations[0].parent.parent.remove(citations[0].parent)
        count = {"chapter": Counter(), "kind": Counter()}
        items = [self._item(citation, entries, count) for citation in citations]
        lists[0].parent.parent.insert(lists[0].parent.parent.index(lists[0].parent), _form(count))
        for each in lists:
            chosen = [item for kind, item in items if kind in each["kinds"]]
            each.replace_self(make("ul", *chosen, classes=["citation-list"]))

    def _item(self, citation, entries, count):
        label, paragraph = citation.children
        fields = entries[label.astext()].fields
        where = self.env.used_sources[1].get(label.astext(), [])
        chapters = where or ["further-reading"]
        count["chapter"].update(chapters)
        count["kind"][fields["keywords"]] += 1
        if "annotation" in fields:
            paragraph += nodes.inline("", fields["annotation"], classes=["annotation"])
        if where:
            used = nodes.inline("", "Used in: ", classes=["used-in"])
            for slug in where:
                used += [nodes.Text(", ")] if len(used) > 1 else []
                used += link(f"chapters/{slug}", pages()[slug])
            paragraph += used
        if "furtherreading" in fields:
            words = f"Further reading on {fields['furtherreading']}"
            paragraph += nodes.inline("", words, classes=["used-in"])
        ids, kind = [f"source-{label.astext()}"], fields["keywords"]
        made = make("li", paragraph, classes=["citation"], ids=ids, data_chapter=";".join(chapters), data_kind=kind)
        return kind, made


def _form(count: dict[str, Counter]):
    words = {"chapter": {**pages(), "further-reading": "further reading only"}, "kind": KINDS}
    choices = {
        name: [(value, f"{words[name][value]} ({number[value]})") for value in words[name] if number[value]]
        for name, number in count.items()
    }
    return filter_form(
        "sources", "Choose sources", "sources", choices, of="ul.citation-list > li", count=count["kind"].total()
    )


def setup(app):
    app.setup_extension("sphinxcontrib.bibtex")
    register_citation_style("sphinxcontrib.bibtex.style.referencing", "author_date", AuthorDateReferenceStyle)
    register_bibliography_style("pybtex.style.formatting", "book", BookStyle)
    register_bibliography_style("pybtex.style.labels", "key", KeyLabels)
    app.add_node(source_list)
    app.add_directive("sources", SourcesDirective)
    app.add_post_transform(ListSources)
    app.connect("env-updated", renew_bibliography)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
