"""Where a helper of the casebook runs: in a build of the book or in a notebook."""

import matplotlib
import pytest
from bs4 import BeautifulSoup
from support.outputs import Page

matplotlib.use("svg")  # opens no window


@pytest.fixture(scope="session")
def page(tmp_path_factory):
    return Page(tmp_path_factory.mktemp("page"))


@pytest.fixture
def on_page(monkeypatch, page):
    """As in a build of the book: a function that returns what the page shows of a block."""
    monkeypatch.setenv("CASEBOOK_OUTPUT", "page")
    return page.show


@pytest.fixture
def in_notebook(monkeypatch):
    """As in a notebook run by hand: a function that returns what the notebook shows of a block."""
    monkeypatch.delenv("CASEBOOK_OUTPUT", raising=False)
    return lambda block: BeautifulSoup(block._repr_mimebundle_()["text/html"], "html.parser")
