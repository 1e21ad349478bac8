"""Sphinx extension of the book: the files that students get for each assignment, beside the pages that link them."""

import sys
from pathlib import Path

BOOK = Path(__file__).resolve().parents[1]
TOOLS = BOOK / "tools"
READ = ("assignments/**/*", "data/*", "tools/assignments.py", "tools/notebooks.py", "chapters/casebook/usage.py", "_config.yml")


def write_assignments(app, error):
    """Write assignments/<name>.zip; nothing is loaded or written if every file is newer than what it is made from."""
    if error or app.builder.name != "html":
        return
    newest = max(path.stat().st_mtime for pattern in READ for path in BOOK.glob(pattern))
    names = [path.parent.name for path in BOOK.glob("assignments/*/*.md")]
    written = [Path(app.outdir) / "assignments" / f"{name}.zip" for name in names]
    if all(path.exists() and path.stat().st_mtime > newest for path in written):
        return
    sys.path.append(str(TOOLS))
    import assignments

    for path in written:
        assignments.write(path, assignments.student_files(assignments.read(path.stem)))


def setup(app):
    app.connect("build-finished", write_assignments)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
