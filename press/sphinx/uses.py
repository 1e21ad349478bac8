"""Sphinx extension of the book: what is used where, and the data package.

The bibliography says in which chapters a source is used, a figure leads to the tables behind it, and the codebook
to the figures. All of it is computed by chapters/casebook/usage.py; this file writes it into the pages.
"""

import hashlib
import html
import importlib.util
import re
import sys
from collections import Counter
from pathlib import Path

from sphinx.util import logging

BOOK = Path(__file__).resolve().parents[1]
SOURCE = re.compile(r'(<li class="citation" )id="source-([^"]+)">(.*?)</p>\s*</li>', re.S)
FIGURE = re.compile(r'<figure class="[^"]*" id="(id\d+)">.*?</figure>', re.S)
CARD = re.compile(r"^:::\{admonition\} Document [A-Z]\..*?^:::$", re.M | re.S)
EXPLORER = re.compile(r'(<form class="explorer"[^>]* data-explorer="([^"]+)".*?)</form>', re.S)
logger = logging.getLogger(__name__)


def _load(name):
    """Load one file of `casebook` alone: the package would import pandas and matplotlib, which takes a second."""
    spec = importlib.util.spec_from_file_location(f"casebook_{name}", BOOK / "chapters" / "casebook" / f"{name}.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)  # where Sphinx finds it when it stores figures
    spec.loader.exec_module(module)
    return module


usage, filters = _load("usage"), _load("filters")


def pages_to_renew(app, env, added, changed, removed):
    """Read anew the pages that tell what others use, cite or are called, when that has changed."""
    before = getattr(env, "uses", {"figures": {}})
    pages = usage.pages()
    texts = {slug: (BOOK / "chapters" / f"{slug}.md").read_text(encoding="utf-8") for slug in pages}
    figures = {}
    for slug, text in texts.items():
        digest = hashlib.sha256(text.encode()).hexdigest()
        known = before["figures"].get(slug)
        figures[slug] = known if known and known[0] == digest else (digest, usage.figures(slug))
    found = {slug: each for slug, (_, each) in figures.items()}
    cards = {slug: CARD.findall(text) for slug, text in texts.items()}
    now = {
        "bibliography": (pages, usage.sources()),
        "codebook": (pages, usage.readers(), found),
        "timeline": (pages,),
        "core-readings": (pages, cards),
    }
    renew = [slug for slug in now if now[slug] != before.get(slug)]
    if before.get("sections", usage.sections()) != usage.sections():
        renew = list(pages)  # every figure links a section of the codebook
    env.uses = {"figures": figures, "sections": usage.sections(), **now}
    return [page for page in (f"chapters/{slug}" for slug in renew) if page in env.found_docs]


def count_facts(app, docname, source):
    """Fill in the counts, the citation and the address of the repository where a page asks for them."""
    if "{{ " not in source[0]:
        return
    facts = usage.facts()
    source[0] = re.sub(r"\{\{ (\w+) \}\}", lambda match: facts.get(match[1], match[0]), source[0])
    for name in ("references.bib", "CITATION.cff", "_config.yml", *(f"data/{path.name}" for path in (BOOK / "data").iterdir())):
        app.env.note_dependency(str(BOOK / name))


def show_uses(app, pagename, templatename, context, doctree):
    """Write the uses into a finished page."""
    slug = pagename.removeprefix("chapters/")
    if doctree is None or slug not in usage.pages():
        return
    if slug == "bibliography":
        context["body"] = _sources_with_uses(app.env, context["body"])
        app.add_js_file("filter.js", loading_method="defer")
    else:
        context["body"] = _figures_with_tables(app.env.uses["figures"][slug][1], context["body"], pagename)


def _sources_with_uses(env, body):
    entries = env.get_domain("cite").bibdata.data.entries
    titles, used = env.uses["bibliography"]
    count = {"chapter": Counter(), "kind": Counter()}

    def add(match):
        start, key, text = match.groups()
        fields, where = entries[key].fields, used.get(key, [])
        links = ", ".join(f'<a href="{slug}.html">{html.escape(titles[slug])}</a>' for slug in where)
        notes = [f"<span>{html.escape(fields['annotation'])}</span>"] if "annotation" in fields else []
        notes += [f"<small>Used in: {links}</small>"] if where else []
        notes += [f"<small>Further reading on {html.escape(fields['furtherreading'])}</small>"] if "furtherreading" in fields else []
        chapters, kind = where or ["further-reading"], fields["keywords"]
        count["chapter"].update(chapters)
        count["kind"][kind] += 1
        return f'{start}id="source-{key}" data-chapter="{";".join(chapters)}" data-kind="{kind}">{text}{"".join(notes)}</p></li>'

    body = SOURCE.sub(add, body)
    words = {"chapter": {**titles, "further-reading": "further reading only"}, "kind": usage.KINDS}
    choices = {name: [(value, f"{words[name][value]} ({count[name][value]})") for value in words[name] if count[name][value]] for name in count}
    form = filters.filter_form("sources", "Choose sources", "sources", choices, of="ul.citation-list > li", count=count["kind"].total())
    introduction, section, rest = body.partition('<section id="treaties-and-laws">')
    return introduction + form + section + rest


def _figures_with_tables(figures, body, pagename):
    """Name every figure by its place on the page, and link the tables behind it."""
    drawn = [figure for figure in figures if figure.anchor.startswith("figure-")]
    count = len(FIGURE.findall(body))
    if count != len(drawn):
        logger.warning("%d figures on the page, %d in its code; see casebook.usage.figures", count, len(drawn), location=pagename)
        return body
    waiting = iter(drawn)

    def mark(match):
        figure = next(waiting)
        named = match[0].replace(f'"{match[1]}"', f'"{figure.anchor}"').replace(f'"#{match[1]}"', f'"#{figure.anchor}"')
        return named.replace("</figcaption>", f"{_data_line(figure)}</figcaption>")

    body = FIGURE.sub(mark, body)
    explorers = {figure.anchor: figure for figure in figures}
    return EXPLORER.sub(lambda match: match[1] + _data_line(explorers[match[2]]) + "</form>", body)


def _data_line(figure):
    sections = usage.sections()
    links = ", ".join(f'<a href="codebook.html#{sections[name]}">{name}</a>' for name in figure.tables)
    return f'<p class="figure-data">Data: {links}</p>' if links else ""


def write_package(app, error):
    """Write the data package beside the pages, where the codebook links it."""
    if error or app.builder.format != "html":
        return
    written = Path(app.outdir) / usage.PACKAGE
    newest = max(path.stat().st_mtime for path in (*(BOOK / "data").iterdir(), *(BOOK / name for name in ("references.bib", "CITATION.cff", "LICENSE"))))
    if not written.exists() or written.stat().st_mtime <= newest:  # packing takes longer than the rest of this file
        written.write_bytes(usage.package())


def setup(app):
    app.connect("env-get-outdated", pages_to_renew)
    app.connect("source-read", count_facts)
    app.connect("html-page-context", show_uses, priority=950)  # after book_pages has mended the page
    app.connect("build-finished", write_package)
    text = b"".join(Path(file).read_bytes() for file in (__file__, usage.__file__, filters.__file__))
    version = int(hashlib.sha256(text).hexdigest()[:8], 16)
    return {"version": "1", "env_version": version, "parallel_read_safe": True, "parallel_write_safe": True}
