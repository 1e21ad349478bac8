"""The book for people without a connection: one ZIP file that is opened by a double click.

It holds the pages, the notebooks with their data, and the PDF and EPUB editions.
"""

from pathlib import Path

from casebook.contents import BOOK

from ..archive import zipped
from ..errors import PressError
from ..files import write_whole
from ..model.book import citation
from .pages import NAME, edition
from .templates import render

#: What a notebook needs to run, beside the twins.
NOTEBOOK_FILES = ("chapters/*.ipynb", "chapters/casebook/*.py", "data/*", "quizzes/*.yml", "references.bib")
NOTEBOOK_FILES += ("_toc.yml", "chapters/*.md", "requirements.txt", "constraints.txt")
LICENSES = ("LICENSE", "LICENSE-CODE", "CITATION.cff")


def notebook_files() -> dict[str, bytes]:
    """Collect the notebooks and what they need to run: path in the book -> content."""
    paths = sorted(path for pattern in NOTEBOOK_FILES for path in BOOK.glob(pattern))
    return {path.relative_to(BOOK).as_posix(): path.read_bytes() for path in paths}


def offline_folder(build: Path) -> dict[str, bytes]:
    """Collect everything the offline folder holds.

    Parameters
    ----------
    build : pathlib.Path
        The folder that `make book`, `make pdf` and `make epub` wrote into.

    Returns
    -------
    dict
        Name in the archive -> content.

    Raises
    ------
    press.errors.PressError
        If an edition is not there, saying which command makes it.
    """
    html, pdf, epub = build / "html", edition("pdf", build), edition("epub", build)
    for command, path in (("book", html / "index.html"), ("pdf", pdf), ("epub", epub)):
        if not path.is_file():
            raise PressError(f"{path.name} is not in {path.parent}: run `make {command}` first")
    files = {"START-HERE.html": render("start-here.html", book=citation(), pdf=pdf.name, epub=epub.name).encode()}
    files |= {path.name: path.read_bytes() for path in (pdf, epub, *(BOOK / name for name in LICENSES))}
    for path in sorted(html.rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            files[f"book/{path.relative_to(html).as_posix()}"] = path.read_bytes()
    files |= {f"notebooks/{name}": content for name, content in notebook_files().items()}
    return {f"{NAME}/{name}": content for name, content in files.items()}


def write_offline(build: Path, target: Path | None = None) -> Path:
    """Write the ZIP file, by default beside the other editions; return its path. Errors as for `offline_folder`."""
    target = target or build / "offline" / f"{NAME}.zip"
    write_whole(target, zipped(offline_folder(build)))
    return target
