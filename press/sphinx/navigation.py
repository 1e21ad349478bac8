"""The frame of a page, which templates/layout.html writes: its parts of the book, its files and its policy."""

import base64
import hashlib
from collections import Counter

from casebook.contents import reading_order

from .elements import element

#: Style sheets of a page; those of the theme and of its extensions are nine times as heavy.
STYLES = ("_static/pygments.css", "_static/book.css")
#: Class of an element -> the script that brings it to life, which pages without one do not load.
SCRIPTS = {
    "table-scroll": "tables.js",
    "explorer": "explore.js",
    "quiz": "quiz.js",
    "filter": "filter.js",
    "recode": "recode.js",
}
#: Sets light or dark before anything is painted.
THEME_SCRIPT = """
for (const name of ["mode", "theme"]) document.documentElement.dataset[name] = localStorage.getItem(name) || "light";
"""
DIGEST = base64.b64encode(hashlib.sha256(THEME_SCRIPT.encode()).digest()).decode()
#: A page may load nothing from elsewhere and run no script but its own. Frames of explorers have styles on elements.
POLICY = (
    f"default-src 'none'; script-src 'self' 'sha256-{DIGEST}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
)


def add_frame(app, pagename, templatename, context, doctree):
    """Give the layout the parts of the book with their pages, the part of this page, and what a page may load."""
    parts: dict[str, list[tuple[str, str]]] = {}
    titles = {name: app.env.titles[name].astext() for name, _ in reading_order()}
    short = {name: title.partition(":")[0] for name, title in titles.items()}
    used = Counter(short.values())
    for name, part in reading_order():
        parts.setdefault(part, []).append((name, short[name] if used[short[name]] == 1 else titles[name]))
    context["book_parts"] = parts
    context["part"] = dict(reading_order()).get(pagename, "")
    context["theme_script"], context["policy"] = THEME_SCRIPT, POLICY
    context["css_files"] = [each for each in context["css_files"] if each.filename in STYLES]
    classes = {name for node in doctree.findall(element) for name in node["classes"]} if doctree else set()
    for name, script in SCRIPTS.items():
        if name in classes:
            app.add_js_file(script)
    scripts = [each for each in context["script_files"] if each.filename and "sphinx-book-theme" not in each.filename]
    for script in scripts:
        script.attributes["defer"] = "defer"  # no script holds up the first paint
    context["script_files"] = scripts


def setup(app):
    app.connect("html-page-context", add_frame, priority=950)  # after the theme has added its files
