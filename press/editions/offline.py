"""The book for people without a connection: one ZIP file that is opened by a double click.

It holds the pages, the notebooks with their data, and the PDF and EPUB editions.
"""

from pathlib import Path

from casebook.archive import zipped
from casebook.contents import BOOK

from ..files import write_whole
from ..model.book import citation
from .pages import BUILD, NAME, EditionError, edition
from .templates import render

EDITIONS = {"pdf": "The book as a PDF, for paper", "epub": "The book as an EPUB, for readers and phones"}
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
    press.editions.pages.EditionError
        If an edition is not there, saying which command makes it.
    """
    needed = {"book": build / "html" / "index.html", **{kind: edition(kind, build) for kind in EDITIONS}}
    for command, path in needed.items():
        if not path.is_file():
            raise EditionError(f"{path.name} is not in {path.parent}: run `make {command}` first")
    links = {"book/index.html": "Read the book in the browser"}
    links |= {f"{NAME}.{kind}": words for kind, words in EDITIONS.items()}
    links |= {"notebooks/chapters/": "Notebooks, one a chapter, and their data"}
    links |= {"book/casebook-data.zip": "All data as one file"}
    files = {"START-HERE.html": render("start-here.html", book=citation(), links=links).encode()}
    files |= {f"{NAME}.{kind}": needed[kind].read_bytes() for kind in EDITIONS}
    files |= {name: (BOOK / name).read_bytes() for name in LICENSES}
    for path in sorted((build / "html").rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            files[f"book/{path.relative_to(build / 'html').as_posix()}"] = path.read_bytes()
    files |= {f"notebooks/{name}": content for name, content in notebook_files().items()}
    return {f"{NAME}/{name}": content for name, content in files.items()}


def write_offline(build: Path | None = None, target: Path | None = None) -> Path:
    """Write the ZIP file, by default beside the other editions; return its path. Errors as for `offline_folder`."""
    build = build or BUILD
    target = target or build / "offline" / f"{NAME}.zip"
    write_whole(target, zipped(offline_folder(build)))
    return target
