"""The bibliography: every source by kind, where it is used, and a form to choose."""

from collections import Counter

from babel import Locale
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from casebook.contents import pages
from casebook.references import KINDS, bibliography, kind_of, subject_of
from casebook.uses import sources

from ..model.sources import sorting_key
from .citations import BIBLIOGRAPHY, in_words
from .elements import element, joined, make
from .links import link
from .outputs import filter_form

FURTHER = "further-reading"  #: in the place of a page, for a work that no page uses
#: Where an outlet or publisher has its seat -> countries (`userb` in references.bib; 001 is a body of several states).
REGIONS = {
    "Central Asia": "KG KZ TJ TM UZ",
    "Russia": "RU",
    "Belarus, Moldova and Ukraine": "BY MD UA",
    "South Caucasus": "AM AZ GE",
    "Afghanistan, China, Iran and South Asia": "AF CN IN IR PK",
    "North America and Australia": "AU CA US",
    "international bodies": "001",
    "not known": "",
}
REST = "Europe and elsewhere"


class source_list(nodes.General, nodes.Element):
    """Where the sources of some kinds are listed."""


def renew_bibliography(app, env):
    """Write the bibliography again when a page uses other sources than before."""
    used = (pages(), sources())
    if BIBLIOGRAPHY not in env.all_docs or getattr(env, "used_sources", None) == used:
        return []
    env.used_sources = used
    return [BIBLIOGRAPHY]


class SourcesDirective(SphinxDirective):
    """A list of the sources of some kinds (`KINDS` of casebook/references.py)."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self):
        return [source_list(kinds=self.arguments[0].split())]


class ListSources(SphinxPostTransform):
    """List the sources, and say where each is used."""

    default_priority = 6  # before links are resolved

    def run(self):
        lists = list(self.document.findall(source_list))
        if not lists:
            return
        _, used = self.env.used_sources
        items = []
        for each in lists:
            found = {
                key: _item(key, used.get(key, []))
                for key, entry in bibliography().items()
                if kind_of(entry) in each["kinds"]
            }
            listed = [found[key] for key in sorted(found, key=sorting_key)]
            each.replace_self(make("ul", *listed, classes=["citation-list"]))
            items += found.values()
        first = next(self.document.findall(nodes.section)).next_node(nodes.section)
        first.parent.insert(first.parent.index(first), _form(items))


def region_of(entry) -> str:
    """Return the region of the outlet or publisher of a source; where it was copied does not count."""
    country = entry.fields.get("userb", "")
    return next((name for name, codes in REGIONS.items() if country in codes.split() or country == codes), REST)


def _item(key: str, where: list[str]) -> element:
    """Return the entry of a source; `where` are the pages that use it."""
    entry = bibliography()[key]
    paragraph = nodes.paragraph("", "", *in_words(key))
    if "annotation" in entry.fields:
        paragraph += nodes.inline("", entry.fields["annotation"], classes=["annotation"])
    if where:
        links = joined([link(f"chapters/{slug}", pages()[slug]) for slug in where], ", ")
        paragraph += nodes.inline("", "", nodes.Text("Used in: "), *links, classes=["used-in"])
    if subject := subject_of(entry):
        paragraph += nodes.inline("", f"Further reading on {subject}", classes=["used-in"])
    return make(
        "li",
        paragraph,
        classes=["citation"],
        ids=[f"source-{key}"],
        data_chapter=";".join(where or [FURTHER]),
        data_kind=kind_of(entry),
        data_language=entry.fields["langid"],
        data_region=region_of(entry),
    )


def _form(items: list[element]) -> element:
    """The controls above the lists; a choice says how many entries it leaves."""
    count = {
        name: Counter(value for item in items for value in item["attributes"][f"data-{name}"].split(";"))
        for name in ("chapter", "kind", "language", "region")
    }
    words = {
        "chapter": {**pages(), FURTHER: "further reading only"},
        "kind": KINDS,
        "language": {code: Locale("en").languages[code] for code, _ in count["language"].most_common()},
        "region": {name: name for name, _ in count["region"].most_common()},
    }
    choices = {
        name: [(value, f"{label} ({count[name][value]})") for value, label in labels.items() if count[name][value]]
        for name, labels in words.items()
    }
    of = "ul.citation-list > li"
    return filter_form("sources", "Choose sources", "sources", choices, of=of, count=len(items))


def setup(app):
    app.add_node(source_list)
    app.add_directive("sources", SourcesDirective)
    app.add_post_transform(ListSources)
    app.connect("env-updated", renew_bibliography)
