"""The bibliography: every source by kind, where it is used, and a form to choose."""

from collections import Counter

from babel import Locale
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from casebook.contents import BOOK, pages
from casebook.references import KINDS, bibliography, kind_of, subject_of
from casebook.uses import sources

from ..model.sources import sorting_key
from .citations import in_words
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


class SourcesDirective(SphinxDirective):
    """A list of the sources of some kinds (`KINDS` of casebook/references.py), with the pages that use each."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self):
        self.env.note_dependency(str(BOOK / "references.bib"))
        used = sources()
        kinds = self.arguments[0].split()
        keys = [key for key, entry in bibliography().items() if kind_of(entry) in kinds]
        items = [_item(key, used.get(key, [])) for key in sorted(keys, key=sorting_key)]
        listed = make("ul", *items, classes=["citation-list"])
        listed["support_smartquotes"] = False  # titles are shown as they are
        return [listed]


class ChooseSourcesDirective(SphinxDirective):
    """The controls above the lists; a choice says how many sources it leaves."""

    def run(self):
        used = sources()
        entries = bibliography().values()
        count = {
            "chapter": Counter(slug for key in bibliography() for slug in used.get(key, [FURTHER])),
            "kind": Counter(map(kind_of, entries)),
            "language": Counter(entry.fields["langid"] for entry in entries),
            "region": Counter(map(region_of, entries)),
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
        of, total = "ul.citation-list > li", len(entries)
        return [filter_form("sources", "Choose sources", "sources", choices, of=of, count=total)]


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


def setup(app):
    app.add_directive("sources", SourcesDirective)
    app.add_directive("choose-sources", ChooseSourcesDirective)
