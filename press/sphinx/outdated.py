"""Which pages a build reads again, besides those whose own text has changed."""

from pathlib import Path

from casebook import uses
from casebook.contents import BOOK, pages
from casebook.documents import documents

#: What a notebook page is made from besides its own text.
WATCHED = ("data/*", "quizzes/*.yml", "references.bib", "_toc.yml")


def watch_inputs(app, docname, source):
    """Read a notebook page again when a table or the helper code changes, not only its own text."""
    if "kernelspec:" in source[0][:600]:
        depend_on(app.env, WATCHED)


def depend_on(env, patterns):
    """Read the page that is being read again when a file changes whose path fits a pattern."""
    for pattern in patterns:
        for path in BOOK.glob(pattern):
            env.note_dependency(str(path))


def read_repetitions_again(app, env, added, changed, removed):
    """Read a page again that repeats what other pages say or show, when that has changed."""
    if not any((added, changed, removed)):
        return []
    sections = uses.sections() if "codebook" in pages() else {}
    figures = {slug: uses.figures(slug) for slug in pages()}
    repeated = {f"chapters/{slug}": (sections,) for slug in pages() if figures[slug]}
    repeated |= {
        "chapters/bibliography": (pages(), uses.sources()),
        "chapters/codebook": (pages(), uses.pages_reading(), figures),
        "chapters/core-readings": (pages(), {slug: documents(slug) for slug in pages()}, sections),
        "chapters/timeline": (pages(), sections),
    }
    before, env.repeated = getattr(env, "repeated", {}), repeated
    return [page for page in repeated if page in env.found_docs and repeated[page] != before.get(page)]


def read_damaged_again(app, env, added, changed, removed):
    """Read a page again whose stored form was cut short: a complete pickle ends with a full stop."""
    return [page for page in env.all_docs if not _is_whole(Path(app.doctreedir) / f"{page}.doctree")]


def _is_whole(stored: Path) -> bool:
    return stored.exists() and stored.read_bytes().endswith(b".")


def setup(app):
    app.connect("source-read", watch_inputs)
    app.connect("env-get-outdated", read_damaged_again)
    app.connect("env-get-outdated", read_repetitions_again)
