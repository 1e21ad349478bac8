"""Where a helper of the casebook runs: in a build of the book or in a notebook."""

import matplotlib
import pytest

matplotlib.use("svg")  # opens no window


@pytest.fixture
def on_page(monkeypatch):
    """As in a build of the book."""
    monkeypatch.setenv("CASEBOOK_OUTPUT", "page")


@pytest.fixture
def in_notebook(monkeypatch):
    """As in a notebook run by hand."""
    monkeypatch.delenv("CASEBOOK_OUTPUT", raising=False)
