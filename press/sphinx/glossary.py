"""The glossary: names in their own language, definitions that open on other pages, the pages that use a term."""

import re

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole

from .elements import make

#: Languages of the forms in an entry: the mark in the source, and what the page calls it.
LANGUAGES = {
    "ru": "Russian",
    "tg": "Tajik",
    "ky": "Kyrgyz",
    "uz": "Uzbek",
    "kk": "Kazakh",
    "hy": "Armenian",
    "be": "Belarusian",
    "az": "Azerbaijani",
    "fa-AF": "Dari",
    "ps": "Pashto",
}
FORM = re.compile(r"((?:, )?[a-z]{2}(?:-[A-Z]{2})?)+: ")
logger = logging.getLogger(__name__)


class LanguageRole(ReferenceRole):
    """A word in another language: {lang}`х <ru>`."""

    def run(self):
        if self.target not in LANGUAGES:
            accepted = ", ".join(LANGUAGES)
            logger.warning("no language %r; accepted: %s", self.target, accepted, location=self.get_location())
        return [in_language(self.title, self.target)], []


def in_language(words: str, language: str) -> nodes.inline:
    """Mark the language of some words."""
    return nodes.inline("", words, classes=[f"language-{language}"])  # docutils writes this class as lang


def read_terms(app, doctree):
    """Link the first use of each term on a page and give it an address; in the glossary, mark the language of forms."""
    uses = {}
    for link in list(doctree.findall(pending_xref)):
        target = link["reftarget"].lower()
        if link["reftype"] == "term" and target in uses:
            link.replace_self(nodes.Text(link.astext()))
        elif link["reftype"] == "term":
            uses[target] = f"use-{nodes.make_id(target)}"
            link[0]["ids"].append(uses[target])
    app.env.metadata[app.env.docname]["term_uses"] = uses  # which Sphinx keeps, merges and forgets with the page
    for glossary in list(doctree.findall(nodes.definition_list)):
        if "glossary" in glossary["classes"]:
            for paragraph in list(glossary.findall(nodes.paragraph)):
                if FORM.match(paragraph.astext()):
                    paragraph.replace_self(_forms(paragraph))


def _forms(paragraph):
    """The forms of an entry, such as `ru, ky: Ош; uz: Oʻsh`, each in its language."""
    line = nodes.paragraph(classes=["forms"])
    for form in paragraph.astext().split("; "):
        marks, _, words = form.partition(": ")
        marks = marks.split(", ")
        if not words or not LANGUAGES.keys() >= set(marks):
            accepted = ", ".join(LANGUAGES)
            logger.warning("form %r must begin with marks of %s and a colon", form, accepted, location=paragraph)
        names = " and ".join(LANGUAGES.get(mark, mark) for mark in marks)
        line += nodes.Text(f"{'; ' if len(line) else ''}{names}: ")
        line += in_language(words, marks[0])
    return line


def list_term_pages(app, env):
    """Find the pages that use a term, in reading order; write the glossary again if a list changed."""
    entries = env.get_domain("std").data.get("terms", {})  # term -> page and label of its entry
    before, env.term_pages = getattr(env, "term_pages", {}), {}
    for docname in env.collect_relations():
        title = env.titles[docname].astext().partition(":")[0]
        for target, address in env.metadata[docname].get("term_uses", {}).items():
            if target in entries and entries[target][0] != docname:
                env.term_pages.setdefault(entries[target], []).append((docname, address, title))
    changed = [entry for entry in before | env.term_pages if before.get(entry) != env.term_pages.get(entry)]
    return sorted({glossary for glossary, _ in changed})


def link_term_pages(app, doctree, docname):
    """Close an entry of the glossary with links to the first use on each page."""
    for item in doctree.findall(nodes.definition_list_item):
        labels = [label for term in item.findall(nodes.term) for label in term["ids"]]
        uses = [use for label in labels for use in app.env.term_pages.get((docname, label), [])]
        if uses:
            line = nodes.paragraph("", "In: ", classes=["uses"])
            for page, address, title in uses:
                link = f"{app.builder.get_relative_uri(docname, page)}#{address}"
                line += nodes.Text(", " if len(line) > 1 else "")
                line += nodes.reference("", title, internal=True, refuri=link)
            item[-1] += line


def read_definitions(app, env):
    """Read the first sentence of each entry; write the pages again that use an entry which changed."""
    before, env.definitions = getattr(env, "definitions", {}), {}
    for glossary in {glossary for glossary, _ in env.term_pages}:
        for term in env.get_doctree(glossary).findall(nodes.term):
            env.definitions[term["ids"][0]] = term.parent[-1][0].astext()
    changed = {label for label, words in env.definitions.items() if before.get(label) != words}
    return sorted({page for (_, label), uses in env.term_pages.items() if label in changed for page, _, _ in uses})


def put_definitions_in(app, doctree, docname):
    """Close a page with the definitions of its terms, hidden; static/preview.js shows each beside its term."""
    if app.builder.name != "html":
        return
    definitions = [
        make("div", app.env.definitions[label], ids=[f"define-{label}"])
        for (_, label), uses in app.env.term_pages.items()
        if docname in {page for page, _, _ in uses}
    ]
    if definitions:
        next(doctree.findall(nodes.section)).append(make("div", *definitions, hidden="hidden"))


def setup(app):
    app.add_role("lang", LanguageRole())
    app.connect("doctree-read", read_terms)
    app.connect("env-updated", list_term_pages)
    app.connect("env-updated", read_definitions)
    app.connect("doctree-resolved", link_term_pages)
    app.connect("doctree-resolved", put_definitions_in)
