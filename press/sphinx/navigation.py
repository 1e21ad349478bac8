"""What the header, the side and the foot of a page link to; templates/layout.html writes them."""

from casebook.contents import reading_order

#: A script of the theme for sidebars that our layout does not have.
THEME_SCRIPT = "scripts/sphinx-book-theme.js"


def add_parts(app, pagename, templatename, context, doctree):
    """Give the layout the parts of the book, each with its pages, and the part to which a page belongs."""
    parts: dict[str, list[tuple[str, str]]] = {}
    for name, part in reading_order():
        parts.setdefault(part, []).append((name, app.env.titles[name].astext().partition(":")[0]))
    context["book_parts"] = parts
    context["part"] = dict(reading_order()).get(pagename, "")
    context["script_files"] = [each for each in context["script_files"] if THEME_SCRIPT not in str(each)]


def setup(app):
    app.connect("html-page-context", add_parts, priority=950)  # after the theme has added its files
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
