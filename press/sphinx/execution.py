"""One build at a time, from whole tables; a cell that fails ends it, and nothing damaged is used again."""

import os
from pathlib import Path

from filelock import FileLock, Timeout
from jupyter_client import KernelManager
from myst_nb.sphinx_ import Parser
from nbclient.exceptions import DeadKernelError
from sphinx.errors import ExtensionError
from sphinx.util import logging

from casebook import uses
from casebook.contents import BOOK, pages
from casebook.documents import documents

#: What a notebook page is made from besides its own text.
WATCHED = ("data/*", "quizzes/*.yml", "references.bib", "chapters/casebook/*.py", "_toc.yml")
logger = logging.getLogger(__name__)


class NotebookParser(Parser):
    """MyST-NB's parser, which names the page whose kernel died: MyST-NB would end with a traceback that does not."""

    def parse(self, inputstring, document):
        try:
            super().parse(inputstring, document)
        except DeadKernelError as error:
            page = self.env.docname
            raise ExtensionError(
                f"a cell failed on {page}: DeadKernelError: {error}. Something ended it, or memory ran out."
            ) from None


def wait_for_turn(app):
    """Take the lock of the output folder, which is given back when this process ends."""
    folder = Path(app.outdir).parent
    folder.mkdir(parents=True, exist_ok=True)
    app.build_lock = FileLock(folder / ".lock")
    try:
        app.build_lock.acquire(blocking=False)
    except Timeout:
        logger.info("another build writes into %s: waiting until it has ended", folder)
        app.build_lock.acquire()


def announce_build(app):
    """Tell `casebook` in every kernel of this build to write HTML instead of widgets."""
    os.environ["CASEBOOK_OUTPUT"] = "page"
    KernelManager.transport_encryption.default_value = "auto"  # each kernel prints a warning otherwise


def watch_inputs(app, docname, source):
    """Read a notebook page again when a table or the helper code changes, not only its own text."""
    if "kernelspec:" in source[0][:600]:
        for pattern in WATCHED:
            for path in BOOK.glob(pattern):
                app.env.note_dependency(str(path))


def refuse_failed_notebooks(app, env):
    """End the build after all notebooks ran if a cell of one failed: MyST-NB stops at the first, or goes on."""
    failed = [
        docname
        for docname, metadata in env.nb_metadata.items()
        if not metadata.get("exec_data", {}).get("succeeded", True)
    ]
    if failed:
        raise ExtensionError(
            f"a cell failed on {', '.join(sorted(failed))}: see its traceback above; no page was written"
        )


def read_repetitions_again(app, env, added, changed, removed):
    """Read a page again that repeats what other pages say or show, when that has changed."""
    sections = uses.sections() if "codebook" in pages() else {}
    figures = {slug: uses.figures(slug) for slug in pages()}
    repeated = {f"chapters/{slug}": (sections,) for slug in pages() if figures[slug]}
    repeated |= {
        "chapters/codebook": (pages(), uses.readers(), figures),
        "chapters/core-readings": (pages(), {slug: documents(slug) for slug in pages()}, sections),
        "chapters/timeline": (pages(), sections),
    }
    before, env.repeated = getattr(env, "repeated", {}), repeated
    return [page for page in repeated if page in env.found_docs and repeated[page] != before.get(page)]


def read_damaged_again(app, env, added, changed, removed):
    """Read a page again whose stored form breaks off: the last character of a whole pickle is a full stop."""
    return [page for page in env.all_docs if not _is_whole(Path(app.doctreedir) / f"{page}.doctree")]


def _is_whole(stored: Path) -> bool:
    return stored.exists() and stored.read_bytes().endswith(b".")


def setup(app):
    wait_for_turn(app)
    app.setup_extension("myst_nb")
    app.add_source_parser(NotebookParser, override=True)
    app.connect("builder-inited", announce_build)
    app.connect("source-read", watch_inputs)
    app.connect("env-get-outdated", read_damaged_again)
    app.connect("env-get-outdated", read_repetitions_again)
    app.connect("env-updated", refuse_failed_notebooks, priority=100)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
