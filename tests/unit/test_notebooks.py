"""Every executable page has a fresh twin that runs from a clean kernel."""

import ast
import re
import sys
import time

import nbformat
import notebooks
import pytest
from nbclient import NotebookClient
from test_anywhere import WAIT

#: A figure or a list that a reader can change.
CALL = r"^(?:explore|browse)\("

each_page = pytest.mark.parametrize("page", notebooks.executable_pages(), ids=lambda page: page.stem)


@each_page
def test_the_twin_is_fresh(page):
    twin = page.with_suffix(".ipynb")
    assert twin.exists(), f"{twin.name} is missing; run: make notebooks"
    assert twin.read_text(encoding="utf-8") == notebooks.twin_of(page), f"{twin.name} is stale; run: make notebooks"


@each_page
def test_the_twin_runs_from_a_clean_kernel_in_ten_seconds(page, monkeypatch):
    monkeypatch.delenv("CASEBOOK_OUTPUT", raising=False)
    twin = nbformat.read(page.with_suffix(".ipynb"), as_version=4)
    start = time.perf_counter()
    NotebookClient(twin, timeout=WAIT, resources={"metadata": {"path": str(page.parent)}}).execute()
    seconds = time.perf_counter() - start
    print(f"{page.stem}: {seconds:.1f} s from clean kernel to last cell")
    explorers = [cell for cell in twin.cells if re.search(CALL, cell.source, re.M)]
    assert len(explorers) == len(re.findall(CALL, page.read_text(encoding="utf-8"), re.M))
    for cell in explorers:
        assert any("widget-view" in str(output.get("data", {})) for output in cell.outputs), "an explorer without live widgets"
    states = twin.metadata.get("widgets", {}).get("application/vnd.jupyter.widget-state+json", {}).get("state", {})
    shown = [state["state"]["outputs"] for state in states.values() if "outputs" in state["state"]]
    assert len(shown) == len(explorers) and all(shown), "an explorer shows nothing in a live kernel"
    for outputs in shown:
        assert not [output for output in outputs if output["output_type"] == "error"], outputs


def test_every_notebook_is_the_twin_of_a_page():
    pages = {page.with_suffix(".ipynb") for page in notebooks.executable_pages()}
    assert set((notebooks.BOOK / "chapters").glob("*.ipynb")) == pages


@each_page
def test_the_twin_has_no_output_and_no_directive_left(page):
    twin = nbformat.read(page.with_suffix(".ipynb"), as_version=4)
    for cell in twin.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None
        else:
            assert ":::" not in cell.source and "{cite" not in cell.source and "{download}" not in cell.source, cell.source[:200]


def test_directives_become_plain_markdown():
    source = ":::{admonition} Title\n:class: note\nText {cite:p}`mcdermott2007`.\n:::\n\n:::{dropdown} Open & see\nHidden.\n:::"
    plain = notebooks.plain_markdown(source)
    assert plain.startswith("> **Title**\n>\n> Text ([McDermott, October 2007](https://jamestown.org/")
    assert "<details>\n<summary>Open &amp; see</summary>\n\nHidden.\n\n</details>" in plain


def test_a_link_to_a_choice_leads_to_the_published_page():
    link = notebooks.plain_markdown('<a href="timeline.html#events?chapter=origins">events</a>')
    assert link == f'<a href="{notebooks.site_address()}/chapters/timeline.html#events?chapter=origins">events</a>'


def test_an_unknown_role_is_refused():
    with pytest.raises(ValueError, match="no plain form for the role"):
        notebooks.plain_markdown("{numref}`figure`")


def test_a_stale_twin_is_named(tmp_path, monkeypatch, capsys):
    page = tmp_path / "page.md"
    page.write_text(notebooks.executable_pages()[0].read_text(encoding="utf-8"), encoding="utf-8")
    page.with_suffix(".ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(notebooks, "executable_pages", lambda: [page])
    assert notebooks.main(check=True) == 1
    assert "page.ipynb: stale; run: make notebooks" in capsys.readouterr().out
    assert page.with_suffix(".ipynb").read_text(encoding="utf-8") == "{}"
    assert notebooks.main(check=False) == 0 == notebooks.main(check=True)


#: What comes with a kernel or with a package of the first cell.
BROUGHT = {"IPython": "ipykernel", "matplotlib_inline": "ipykernel", "numpy": "pandas", "yaml": "pybtex"}


def test_the_first_cell_names_every_package_that_the_notebooks_import():
    cells = [cell.source for page in notebooks.executable_pages() for cell in nbformat.read(page.with_suffix(".ipynb"), as_version=4).cells
             if cell.cell_type == "code"]
    sources = [*cells, *(path.read_text(encoding="utf-8") for path in (notebooks.BOOK / "chapters" / "casebook").glob("*.py"))]
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}
    imported = {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - {"casebook"} - set(BROUGHT)
    told = set(re.findall(r'(\w+)="', re.search(r"needed = dict\((.+)\)", notebooks.setup_code())[1]))
    assert imported == told
