"""Files that pages offer: data, sources, rubrics, sheets and slides for class, assignments and handouts.

What a page offers is written just before the page: after a build that is killed in between, the next writes both.
"""

import functools
import shutil
from pathlib import Path

from sphinx.util import logging

from casebook.contents import BOOK, chapters
from casebook.references import bibliography

from ..editions import assignments, handouts, rubrics
from ..editions.datapackage import PACKAGE, package
from ..editions.workbook import WORKBOOK, workbook
from ..files import write_whole
from ..model.alignment import ALIGNMENT
from ..model.assignments import of_chapters
from ..model.packets import pages_of
from ..model.ris import as_ris
from .outdated import WATCHED, depend_on
from .packets import write_packets
from .slides import write_slides

logger = logging.getLogger(__name__)


def watch_inputs(app, docname, source):
    """Read a page again when a file changes from which the book makes what it offers."""
    folder, _, name = docname.rpartition("/")
    if docname == "chapters/codebook":
        depend_on(app.env, ["CITATION.cff", "LICENSE", "_config.yml"])
    elif folder == "chapters" and name in of_chapters():
        depend_on(app.env, ["assignments/check.py", f"assignments/{of_chapters()[name].name}/*.*"])
    elif folder == "teaching" and name in chapters():
        depend_on(app.env, [*WATCHED, "teaching/packets.yml", f"teaching/slides/{name}.md"])
        depend_on(app.env, ["teaching/simulation/handouts/**/*.*", *(f"{page}.md" for page in pages_of(name))])
    elif docname == handouts.PAGE:
        depend_on(app.env, ["data/*", "references.bib", "teaching/rubrics.yml", "teaching/simulation/**/*.*"])


def write_offered(app, pagename, templatename, context, doctree):
    """Write what a page offers; what cannot be made is named, and the page is written without it."""
    if app.builder.name != "html":
        return
    try:
        _write(app, pagename, Path(app.outdir))
    except ValueError as error:
        logger.warning("%s", error, location=pagename)


def _write(app, page, folder):
    match page.split("/"):
        case ["chapters", "codebook"]:
            write_whole(folder / PACKAGE, package())
            write_whole(folder / WORKBOOK, workbook())
        case ["chapters", "bibliography"]:
            shutil.copyfile(BOOK / "references.bib", folder / "casebook-sources.bib")
            write_whole(folder / "casebook-sources.ris", "".join(map(as_ris, bibliography().values())))
        case ["chapters", slug] if slug in of_chapters():
            assignments.write_student_files(of_chapters()[slug], folder / "assignments")
        case ["teaching", "rubrics"]:
            rubrics.write(folder / "teaching")
        case ["teaching", "alignment"]:
            shutil.copyfile(ALIGNMENT, folder / "teaching" / ALIGNMENT.name)
        case ["teaching", slug] if slug in chapters():
            tree_of = functools.cache(lambda name: app.env.get_and_resolve_doctree(name, app.builder))
            write_packets(app.builder, tree_of, slug, folder / "teaching")
            write_slides(app.builder, tree_of, slug, folder / "teaching")
        case _ if page == handouts.PAGE:
            handouts.write(folder / Path(page).parent / "handouts")


def setup(app):
    app.connect("source-read", watch_inputs)
    app.connect("html-page-context", write_offered)
