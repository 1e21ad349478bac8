"""Sphinx extension of the book: what the theme gets wrong on a page, and what it lacks.

Each function says which defect it mends. Nothing here is needed to run a notebook.
"""

import ast
import atexit
import functools
import gc
import hashlib
import logging as standard_logging
import os
import re
import shutil
import sys
from multiprocessing.sharedctypes import RawArray
from pathlib import Path

import pybtex.plugin
from bs4 import BeautifulSoup
from docutils import nodes
from fontTools import subset
from jupyter_client import KernelManager
from jupyter_client.connect import LocalPortCache
from publishing import pages_of
from pybtex.markup import LaTeXParser
from pybtex.plugin import register_plugin as register_bibliography_style
from pybtex.richtext import Text
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.unsrt import Style as PlainStyle
from pybtex.style.formatting.unsrt import date
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.template import field, first_of, href, optional, optional_field, sentence, tag
from sphinx.addnodes import pending_xref
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinxcontrib.bibtex.domain import BibtexDomain, _FilterVisitor
from sphinxcontrib.bibtex.plugin import register_plugin as register_citation_style
from sphinxcontrib.bibtex.style.referencing import BracketStyle, GroupReferenceStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle
from sphinxcontrib.bibtex.style.referencing.basic_author_year import (
    BasicAuthorYearParentheticalReferenceStyle,
    BasicAuthorYearTextualReferenceStyle,
)
from sphinxcontrib.bibtex.style.template import join, join2, post_text, pre_text, reference

BOOK = Path(__file__).resolve().parents[1]
WATCHED = ("data/*", "quizzes/*.yml", "references.bib", "chapters/casebook/*.py", "_toc.yml")
MERGED = "styles/merged.css"
#: A page a process: more than processors, since a kernel often waits; eight take 1.2 GB.
PAGES_AT_ONCE = 8
FINISHED = re.compile(r'<form class="explorer".*?</form>|<ol class="records".*?</ol>', re.S)
#: Names, punctuation and blanks in code: the styles give them the color of the block, so a third of its elements do nothing.
PLAIN_TOKEN = r'<span class="(?:n|p|w)">([^<]*)</span>'
STYLE_LINK = re.compile(r'<link [^>]*href="([^"?]+\.css)[^"]*"[^>]*/>(?!</noscript>)\n?')
logger = logging.getLogger(__name__)
standard_logging.getLogger("fontTools").setLevel("WARNING")  # it would print eighty lines a build


# --- citations: the day matters when sources disagree, so "(RIA Novosti, 6 October 2007)", not "(…, 2007)"


class DatedParenthetical(BasicAuthorYearParentheticalReferenceStyle):
    def inner(self, role_name):
        return join2(sep1=self.pre_text_sep, sep2=self.post_text_sep)[
            pre_text,
            reference[join(sep=", ")[self.person.author_or_editor_or_title(full="s" in role_name), date]],
            post_text,
        ]


class DatedTextual(BasicAuthorYearTextualReferenceStyle):
    def inner(self, role_name):
        return join(sep=" ")[
            self.person.author_or_editor_or_title(full="s" in role_name),
            join[self.bracket.left, reference[date], self.bracket.right],
        ]


class AuthorDateReferenceStyle(AuthorYearReferenceStyle):
    def __post_init__(self):
        round_brackets = BracketStyle(left="(", right=")", sep="; ")
        self.styles.extend(style(bracket=round_brackets, person=self.person) for style in (DatedParenthetical, DatedTextual))
        GroupReferenceStyle.__post_init__(self)


class KeyLabels(BaseLabelStyle):
    """Label every source with its key: unique over the lists that the bibliography is split into."""

    def format_labels(self, sorted_entries):
        return (entry.key for entry in sorted_entries)


#: What LaTeX writes its own way: a command, a hard blank, a dash or quotation mark of several signs.
LATEX_SIGN = re.compile(r"[\\~$%^`]|--|''|\s\s|[\n\t]")
decode_latex = Text.from_latex


def read_latex(text):
    """Spare the rest the decoder: letter by letter it took two seconds of a build, and made a quotation mark of ``,,`` in an address."""
    return decode_latex(text) if LATEX_SIGN.search(text) else LaTeXParser(text).parse()


#: Sources as formatted before: key, fields and persons -> entry of the bibliography.
FORMATTED = {}


class BookStyle(PlainStyle):
    """One form for the kinds of entries that references.bib holds: author, linked title, outlet, date, what was read of it."""

    default_label_style = "key"
    default_sorting_style = "author_year_title"

    def format_entry(self, label, entry, bib_data=None):
        """Format a source once: the list and the tooltip ask for it, and so does the next build."""
        known = (label, *entry.fields.items(), str(entry.persons))
        if known not in FORMATTED:
            FORMATTED[known] = super().format_entry(label, entry, bib_data)
        return FORMATTED[known]

    def get_misc_template(self, entry):
        title = field("title")
        return toplevel[
            sentence[self.format_names("author", as_sentence=False)],
            sentence[first_of[optional[href[field("url", raw=True), tag("em")[title]]], tag("em")[title]]],
            sentence[optional_field("journal"), optional_field("publisher"), optional_field("howpublished"), date],
            sentence[optional_field("note")],
        ]

    get_article_template = get_book_template = get_techreport_template = get_misc_template


class SourcesByKind(BibtexDomain):
    """Lists sources by kind without asking who cites each: over nearly a thousand sources that took a second of every build."""

    def get_filtered_entries(self, bibliography_key):
        bibliography = self.bibliographies[bibliography_key]
        if {node.id for node in ast.walk(bibliography.filter_) if isinstance(node, ast.Name)} & {"cited", "docname", "docnames"}:
            yield from super().get_filtered_entries(bibliography_key)
            return
        for entry in self.get_entries(bibliography.bibfiles):
            fits = _FilterVisitor(entry, bibliography_key.docname, cited_docnames=set()).visit(bibliography.filter_)
            if fits or entry.key in bibliography.keys:
                yield bibliography.keyprefix + entry.key, entry


def remember_sources(app):
    """Keep formatted sources from one build to the next, in Sphinx's own environment, until this file changes."""
    made_by = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    stored = getattr(app.env, "formatted_sources", None)
    FORMATTED.clear()
    if stored and stored[0] == made_by:
        FORMATTED.update(stored[1])
    app.env.formatted_sources = (made_by, FORMATTED)


# --- execution


def spare_the_collector():
    """Look for garbage seldom: a build's objects live to its end, and to sort them took a tenth of it and two seconds of the exit."""
    gc.set_threshold(100_000, 20, 50)
    atexit.register(gc.freeze)


def announce_build(app):
    """Tell `casebook` in every kernel of this build to write HTML instead of widgets."""
    os.environ["CASEBOOK_OUTPUT"] = "page"
    KernelManager.transport_encryption.default_value = "auto"  # each kernel warns if what is sent to it is not


class SharedPorts:
    """The ports given to kernels, known to all processes of a build: two kernels that start at once must not get the same."""

    def __init__(self):
        self.given = RawArray("b", 65536)

    def __contains__(self, port):
        return bool(self.given[port])

    def add(self, port):
        self.given[port] = 1

    def remove(self, port):
        self.given[port] = 0


def read_in_parallel(app):
    """Run the notebooks beside each other, which takes a third off a build; jupyter-book has no option for it.

    Two extensions do not say whether they bear it: one numbers the table of contents after all is read, the other
    changes the tree of a page and keeps nothing. On macOS a forked process may crash, so there pages are read in turn.
    """
    if sys.platform != "linux":
        return
    app.parallel = PAGES_AT_ONCE
    LocalPortCache.instance().currently_used_ports = SharedPorts()
    for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
        if name in app.extensions:
            app.extensions[name].parallel_read_safe = True


def refuse_failed_notebooks(app, env):
    """End the build after all notebooks ran if a cell of one failed: MyST-NB would stop at the first, or go on to exit code 0."""
    failed = [docname for docname, told in env.nb_metadata.items() if not told.get("exec_data", {}).get("succeeded", True)]
    if failed:
        raise ExtensionError(f"a cell failed on {', '.join(sorted(failed))}: see its traceback above; no page was written")


def watch_inputs(app, docname, source):
    """Read a notebook page anew when a table or the helper code changes, not only its own text."""
    if "kernelspec:" in source[0][:600]:
        for pattern in WATCHED:
            for path in BOOK.glob(pattern):
                app.env.note_dependency(str(path))


# --- the glossary: names in their own language, and the pages that use a term

#: Languages of the forms in an entry: the mark in the source, and what the page calls it.
LANGUAGES = {"ru": "Russian", "tg": "Tajik", "ky": "Kyrgyz", "uz": "Uzbek", "kk": "Kazakh", "hy": "Armenian", "be": "Belarusian",
             "az": "Azerbaijani", "fa-AF": "Dari", "ps": "Pashto"}
FORM = re.compile(r"((?:, )?[a-z]{2}(?:-[A-Z]{2})?)+: ")


def remember_terms(app):
    """Keep from build to build which term each page uses first where, and what the glossary says of it."""
    vars(app.env).setdefault("term_uses", {})
    vars(app.env).setdefault("term_pages", {})


def forget_terms(app, env, docname):
    env.term_uses.pop(docname, None)


def merge_terms(app, env, docnames, other):
    env.term_uses.update({docname: other.term_uses[docname] for docname in docnames if docname in other.term_uses})


def read_terms(app, doctree):
    """Give the first use of each term on a page an address; in the glossary, mark the language of every form."""
    uses = {}
    for link in doctree.findall(pending_xref):
        target = link["reftarget"].lower()
        if link["reftype"] == "term" and target not in uses:
            uses[target] = f"use-{nodes.make_id(target)}"
            link[0]["ids"].append(uses[target])
    app.env.term_uses[app.env.docname] = uses
    for glossary in list(doctree.findall(lambda node: isinstance(node, nodes.definition_list) and "glossary" in node["classes"])):
        for paragraph in list(glossary.findall(lambda node: isinstance(node, nodes.paragraph) and FORM.match(node.astext()))):
            paragraph.replace_self(_forms(paragraph))


def _forms(paragraph):
    """The forms of an entry, such as `ru, ky: Ош; uz: Oʻsh`, with words for the marks and each form in its language."""
    line = nodes.paragraph(classes=["forms"])
    for form in paragraph.astext().split("; "):
        marks, _, words = form.partition(": ")
        marks = marks.split(", ")
        if not words or not LANGUAGES.keys() >= set(marks):
            logger.warning("form %r must begin with marks of %s and a colon", form, ", ".join(LANGUAGES), location=paragraph)
        names = " and ".join(LANGUAGES.get(mark, mark) for mark in marks)
        line += [nodes.Text(f"{'; ' if len(line) else ''}{names}: "),
                 nodes.inline("", words, classes=[f"language-{marks[0]}"])]  # docutils writes this class as lang
    return line


def list_term_pages(app, env):
    """Work out which pages use a term, in reading order; have a glossary written anew if its list changed."""
    labels = env.get_domain("std").data.get("terms", {})
    pages = {}
    for docname in env.collect_relations():
        title = env.titles[docname].astext().partition(":")[0]
        for target, address in env.term_uses.get(docname, {}).items():
            glossary, label = labels.get(target, (docname, ""))
            if glossary != docname:
                pages.setdefault(glossary, {}).setdefault(label, []).append((docname, address, title))
    changed = [docname for docname in {**pages, **env.term_pages} if pages.get(docname) != env.term_pages.get(docname)]
    env.term_pages = pages
    return [docname for docname in changed if docname in env.all_docs]


def link_term_pages(app, doctree, docname):
    """Close an entry of the glossary with links to the first use on each page."""
    pages = app.env.term_pages.get(docname, {})
    for item in doctree.findall(nodes.definition_list_item):
        found = [use for term in item.findall(nodes.term) for label in term["ids"] for use in pages.get(label, [])]
        if found:
            line = nodes.paragraph("", "In: ", classes=["uses"])
            for page, address, title in found:
                link = f"{app.builder.get_relative_uri(docname, page)}#{address}"
                line += [nodes.Text(", " if len(line) > 1 else ""), nodes.reference("", title, internal=True, refuri=link)]
            item[-1] += line


# --- the finished page


def mend_page(app, pagename, templatename, context, doctree):
    """Mend one page's HTML before it is written; complain where an author must act."""
    if "body" not in context or doctree is None:
        return
    finished = re.findall(FINISHED, context["body"])  # nothing to mend in explorers and lists, and a megabyte to parse
    body = re.sub(FINISHED, "<finished-part></finished-part>", context["body"])
    if 'class="filter"' in body:
        app.add_js_file("filter.js", loading_method="defer")  # on this page only
    soup = BeautifulSoup(re.sub(PLAIN_TOKEN, r"\1", body), "html.parser")
    sources = {name: path for path, (_, name) in app.env.images.items()}
    for image in soup.find_all("img"):
        name = image["src"].rsplit("/", 1)[-1]
        alt = image.get("alt", "")
        if not alt or name in alt or alt == image["src"]:
            logger.warning("figure %s has no alternative text; add `mystnb: image: alt:`", name, location=pagename)
        _reserve_space(app, image, sources.get(name))
    for summary in soup.select("summary[aria-label]"):
        del summary["aria-label"]  # MyST-NB's label hides the visible words from voice control (WCAG 2.5.3)
    for entry in soup.select("div.citation"):  # docutils' roles for a bibliography break ARIA's rules; a list needs none
        entry.name, entry.parent.name = "li", "ul"
        del entry["role"], entry.parent["role"]
        entry.find("span", class_="label").decompose()
    for card in soup.select("div.source-card"):  # links lead to a document by its letter
        letter = re.match(r"Document ([A-Z])\.", card.p.get_text(strip=True))
        if letter:
            card["id"] = f"document-{letter[1].lower()}"
    for header in soup.select("thead th:not([scope])"):
        header["scope"] = "col"
    body = re.sub(r'(id="|#)list\d+-source-', r"\1source-", str(soup))  # one list of sources, split by kind
    for part in finished:
        body = body.replace("<finished-part></finished-part>", part, 1)
    context["body"] = body


def _reserve_space(app, image, source):
    """Give an SVG its width and height, so that the text below does not jump when it arrives."""
    if not source or not source.endswith(".svg"):
        return
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', Path(app.srcdir, source).read_text(encoding="utf-8"))
    if size:
        image["width"], image["height"] = (str(round(float(number) * 4 / 3)) for number in size.groups())
    image["loading"] = "lazy"


def slim_assets(app, error):
    """Make the first load small: three quarters of a stock page are icons and scripts that can wait."""
    if error or app.builder.format != "html":
        return
    output = Path(app.outdir)
    for path in (BOOK / "web" / "static").iterdir():  # Sphinx copies them only when a page is written anew
        shutil.copyfile(path, output / "_static" / path.name)
    pages = pages_of(output)
    classes = set(re.findall(r"\b(?:fa|sd)-[a-z0-9-]+", " ".join(pages.values())))
    _keep_used_icons(output / "_static", classes)
    link = _merge_styles(output, pages, classes)
    for path, text in pages.items():
        head, end, body = text.partition("</head>")
        head = head if path.name == "search.html" else _drop_search(head)
        depth = len(path.relative_to(output).parts) - 1
        slim = _defer_scripts(_link_merged(head, "../" * depth + link)) + end + body
        if slim != text:
            path.write_text(slim, encoding="utf-8")


def _merge_styles(output, pages, classes):
    """Write the style sheets of the pages as one file; return its address with the digest of its content.

    Ten sheets, one of which imports an eleventh, cost a phone more than a second before the first paint.
    Rules of sphinx-design for parts that the book does not use are left out. The first line names the
    sheets, because pages that an incremental build does not write anew no longer link them.
    """
    merged = output / "_static" / MERGED
    for path, text in pages.items():
        names = [(path.parent / name).resolve().relative_to(output.resolve()) for name in STYLE_LINK.findall(text.partition("</head>")[0])]
        if names and not names[0].match(MERGED):
            break
    else:
        names = [Path(name) for name in merged.read_text(encoding="utf-8").split("*/")[0].split()[1:]]
    css = "\n".join((output / name).read_text(encoding="utf-8") for name in names).replace('@charset "UTF-8";', "")
    css = re.sub(r'@import "\.\./([\w.-]+\.css)";', lambda found: (output / "_static" / found[1]).read_text(encoding="utf-8"), css)

    def keep(rule):
        needed = re.findall(r"\.(sd-[a-z0-9-]+)", rule[1])
        return rule[0] if not needed or classes.intersection(needed) else ""

    css = re.sub(r"([^{}]*)\{[^{}]*\}", keep, css)
    merged.write_text(f"/* {' '.join(name.as_posix() for name in names)} */\n{css}", encoding="utf-8")
    return f"_static/{MERGED}?v={hashlib.sha256(css.encode()).hexdigest()[:8]}"


def _link_merged(head, address):
    """Replace a page's links to style sheets by one to the merged sheet."""
    link = f'<link rel="stylesheet" href="{address}" />'
    return STYLE_LINK.sub("", head).replace("<title>", f"{link}\n<title>", 1)


def _keep_used_icons(static, icons):
    """Drop from the theme's icon fonts (300 kB) and style sheet (85 kB) every icon that no page uses."""
    sheet = static / "styles" / "pydata-sphinx-theme.css"
    css = sheet.read_text(encoding="utf-8")
    used = {ord(character) for character in re.findall(r'--pst-icon-[a-z-]+:"(.)"', css)}

    def keep(rule):
        if icons.isdisjoint(re.findall(r"fa-[a-z0-9-]+", rule[1])):
            return ""
        used.add(int(rule[2], 16))
        return rule[0]

    sheet.write_text(re.sub(r'((?:\.fa-[a-z0-9-]+:before,?)+)\{content:"\\([0-9a-f]+)"\}', keep, css), encoding="utf-8")
    for font in (static / "vendor" / "fontawesome" / "webfonts").iterdir():
        if font.suffix == ".ttf":
            font.unlink()  # fallback for browsers older than 2016
            continue
        options = subset.Options(flavor="woff2", recalc_timestamp=False, notdef_outline=True)
        loaded = subset.load_font(str(font), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=used)
        subsetter.subset(loaded)
        subset.save_font(loaded, str(font), options)


def _drop_search(head):
    """Leave the search index (which grows with every chapter) to the search page: the field in the header only leads there."""
    return re.sub(r'<script [^>]*src="[^"]*(?:searchtools|language_data|searchindex)\.js[^>]*></script>\s*', "", head)


def _defer_scripts(head):
    """Let no script hold up the first paint, but the one whose value inline scripts change."""
    return re.sub(r"<script (?![^>]*\bdefer\b)(?=[^>]*\bsrc=)(?![^>]*documentation_options)", "<script defer ", head)


def setup(app):
    spare_the_collector()
    app.setup_extension("sphinxcontrib.bibtex")
    app.setup_extension("page_uses")
    app.add_domain(SourcesByKind, override=True)
    register_citation_style("sphinxcontrib.bibtex.style.referencing", "author_date", AuthorDateReferenceStyle)
    register_bibliography_style("pybtex.style.formatting", "book", BookStyle)
    register_bibliography_style("pybtex.style.labels", "key", KeyLabels)
    Text.from_latex = staticmethod(read_latex)
    pybtex.plugin.find_plugin = functools.cache(pybtex.plugin.find_plugin)  # else every citation scans all installed packages
    app.add_config_value("comments_config", {}, "html")  # jupyter-book sets it even without sphinx_comments
    app.connect("builder-inited", announce_build)
    app.connect("builder-inited", read_in_parallel)
    app.connect("builder-inited", remember_sources)
    app.connect("source-read", watch_inputs)
    app.connect("builder-inited", remember_terms)
    app.connect("env-purge-doc", forget_terms)
    app.connect("env-merge-info", merge_terms)
    app.connect("doctree-read", read_terms)
    app.connect("env-updated", refuse_failed_notebooks, priority=100)
    app.connect("env-updated", list_term_pages)
    app.connect("doctree-resolved", link_term_pages)
    app.connect("html-page-context", mend_page, priority=900)
    app.connect("build-finished", slim_assets, priority=900)  # the theme writes its pygments.css there too
    version = int(hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8], 16)  # a changed extension means new pages
    return {"version": "1", "env_version": version, "parallel_read_safe": True, "parallel_write_safe": True}
