"""Sphinx extension of the book: the handouts of the simulation as pages to read and to print, beside the page that links them."""

import sys
from pathlib import Path

BOOK = Path(__file__).resolve().parents[1]
TOOLS = BOOK / "tools"
PAGE = "teaching/simulation/council-june-2010"
READ = ("teaching/simulation/**/*", "teaching/rubrics.yml", "data/*.csv", "references.bib", "tools/handouts.*", "tools/rubrics.py",
        "chapters/casebook/references.py")


def write_handouts(app, error):
    """Write handouts/<role>.html and handouts/teacher.html; nothing is loaded or written if all are newer than what they are made from."""
    if error or app.builder.name != "html" or PAGE not in app.env.found_docs:
        return
    folder = Path(app.outdir, PAGE).parent / "handouts"
    newest = max(path.stat().st_mtime for pattern in READ for path in BOOK.glob(pattern))
    roles = [path.stem for path in BOOK.glob("teaching/simulation/handouts/roles/*.yml")]
    written = [folder / f"{name}.html" for name in (*roles, "teacher")]
    if all(path.exists() and path.stat().st_mtime > newest for path in written):
        return
    sys.path.append(str(TOOLS))
    import handouts

    handouts.write(folder)


def setup(app):
    app.connect("build-finished", write_handouts, priority=990)  # last: a mistake in a handout leaves the pages of the book whole
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
