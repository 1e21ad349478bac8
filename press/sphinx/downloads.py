"""Files that pages offer beside them: data, sources, rubrics, sheets and slides for class, assignments and handouts."""

import functools
import shutil
from pathlib import Path

from casebook.contents import BOOK, chapters
from casebook.datapackage import PACKAGE, package
from casebook.references import bibliography

from ..editions import assignments, handouts, rubrics
from ..editions.workbook import WORKBOOK, workbook
from ..files import write_if_changed
from ..model.alignment import ALIGNMENT
from ..model.ris import as_ris
from .packets import write_packets
from .slides import write_slides


def note_writing(app, pagename, templatename, context, doctree):
    """Remember that this build writes pages: it writes none if nothing has changed."""
    app.written = True


def write_downloads(app, error):
    """Write the files once all pages are written; a mistake in a source leaves the pages whole."""
    if error or app.builder.name != "html" or not getattr(app, "written", False):
        return
    folder, pages = Path(app.outdir), app.env.found_docs
    if "chapters/codebook" in pages:
        write_if_changed(folder / PACKAGE, package())
        write_if_changed(folder / WORKBOOK, workbook())
    if "chapters/bibliography" in pages:
        shutil.copyfile(BOOK / "references.bib", folder / "casebook-sources.bib")
        write_if_changed(folder / "casebook-sources.ris", "".join(map(as_ris, bibliography().values())))
    if "teaching/rubrics" in pages:
        rubrics.write(folder / "teaching")
    if "teaching/alignment" in pages:
        shutil.copyfile(ALIGNMENT, folder / "teaching" / ALIGNMENT.name)
    if any(f"chapters/{slug}" in pages for slug in chapters()):
        assignments.write_student_files(folder / "assignments")
    taught = [slug for slug in chapters() if f"teaching/{slug}" in pages]
    tree_of = functools.cache(lambda page: app.env.get_and_resolve_doctree(page, app.builder))
    write_packets(app.builder, tree_of, taught, folder / "teaching")
    write_slides(app.builder, tree_of, taught, folder / "teaching")
    if handouts.PAGE in pages:
        handouts.write(folder / Path(handouts.PAGE).parent / "handouts")


def setup(app):
    app.connect("html-page-context", note_writing)
    app.connect("build-finished", write_downloads, priority=990)
