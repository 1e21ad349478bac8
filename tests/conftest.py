"""The book, built once for all tests that need it."""

import pickle
from pathlib import Path

import pytest
from filelock import FileLock
from support.builds import BOOK, build


def pytest_addoption(parser):
    parser.addoption(
        "--built", type=Path, help="test the pages in this folder, such as _build/html, instead of a new build"
    )


#: Files that begin first, the longest at the head: the first builds the book for all, the others build or run without
#: it. What needs no book comes next, then what waits for it, the PDF first.
FIRST = ["browser/test_accessibility.py", "book/test_rebuilds.py", "book/test_notebooks.py", "book/test_faults.py"]
WAITING = ["browser/test_pdf.py", "browser/test_recode.py", "book/test_epub.py", "browser/test_explorers.py"]
ORDER = [*FIRST, "unit", "browser/test_jupyterlab.py", *WAITING]


def pytest_collection_modifyitems(items):
    """Begin with what takes longest, so that no processor is idle while the book is built or at the end."""

    def place(item):
        name = item.path.relative_to(Path(__file__).parent).as_posix()
        return next((number for number, start in enumerate(ORDER) if name.startswith(start)), len(ORDER))

    items.sort(key=place)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory, worker_id):
    """Make a file or folder once for all processes that run the tests: takes its name and a function of its path."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder if worker_id == "master" else folder.parent

    def made(name, make):
        target, whole = folder / name, folder / f"{name}.whole"
        with FileLock(f"{target}.lock"):
            if not whole.exists():
                make(target)  # in its place: pages whose pictures have moved are read again
                whole.touch()
        return target

    return made


@pytest.fixture(scope="session")
def book(made_once, request) -> Path:
    """Folder of the built HTML."""
    if request.config.getoption("--built"):
        return request.config.getoption("--built").resolve()

    def make(folder):
        code, log = build(BOOK, folder)
        assert code == 0, f"the book does not build without warnings:\n{log[-6000:]}"

    return made_once("book", make) / "_build" / "html"


@pytest.fixture(scope="session")
def laid_out(made_once, book):
    """A function of the name of a builder: the pages of the built book as it lays them out, and their pictures."""

    def read(name):
        def make(path):
            from press.sphinx.editions import lay_out_book

            path.write_bytes(pickle.dumps(lay_out_book(name, book.parents[1])))

        return pickle.loads(made_once(f"{name}.pickle", make).read_bytes())

    return read


@pytest.fixture(scope="session")
def epub_file(made_once, laid_out) -> Path:
    """The EPUB of the built book."""
    from press.editions import epub

    return made_once("book.epub", lambda path: epub.write_epub(*laid_out("ebook"), path))
