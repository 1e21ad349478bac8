"""Where a helper of the casebook runs: in a build of the book or in a notebook."""

import matplotlib
import pytest
from sphinx.util.docutils import docutils_namespace
from support import outputs

matplotlib.use("svg")  # opens no window


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with docutils_namespace():  # later tests run Sphinx in this process, too
        yield outputs.Page(tmp_path_factory.mktemp("page"))


@pytest.fixture
def on_page(monkeypatch, page):
    """As in a build of the book: a function that returns what the page shows of a block."""
    monkeypatch.setenv("CASEBOOK_OUTPUT", "page")
    return page.show


@pytest.fixture
def in_notebook(monkeypatch):
    """As in a notebook run by hand: a function that returns what the notebook shows of a block."""
    monkeypatch.delenv("CASEBOOK_OUTPUT", raising=False)
    return outputs.in_notebook


@pytest.fixture(params=["on_page", "in_notebook"])
def shown(request):
    """One after the other: a function that returns what a reader sees of a block."""
    return request.getfixturevalue(request.param)
