"""Words and tables that a page asks for by name, such as `{{ sources }}` or `{{ rubrics }}`."""

import re

from casebook.contents import BOOK, chapters

from ..model import alignment, hub, rubrics
from ..model.book import repository
from ..model.facts import facts

#: Name -> how the Markdown is made. Counts and the citation (`facts`) come besides.
TABLES = {
    "repository": repository,
    "alignment": lambda: alignment.as_markdown(chapters()),
    "hub_links": lambda: hub.as_markdown(chapters()),
    "memo_rubric": lambda: rubrics.table(rubrics.load()["council-memo"]) + "\n",
    "rubrics": lambda: rubrics.as_markdown(rubrics.of_book()),
}
#: What all of these are made from.
INPUTS = ("*.bib", "*.cff", "_*.yml", "data/*", "quizzes/*", "chapters/*.md", "assignments/*/*.md")
INPUTS += ("teaching/*.csv", "teaching/*.yml", "teaching/simulation/handouts/**/*.*")
NAME = re.compile(r"\{\{ (\w+) \}\}")


def fill_in(app, docname, source):
    """Write the words in place of the names, and note what they are made from."""
    names = set(NAME.findall(source[0]))
    if not names:
        return
    known = {name: make() for name, make in TABLES.items() if name in names}
    if names - known.keys():
        known |= facts()
    source[0] = NAME.sub(lambda found: known.get(found[1], found[0]), source[0])
    if names - {"repository"}:
        for pattern in INPUTS:
            for path in BOOK.glob(pattern):
                app.env.note_dependency(str(path))
    app.env.note_dependency(str(BOOK / "_config.yml"))


def setup(app):
    app.connect("source-read", fill_in)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
