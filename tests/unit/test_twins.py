"""Every executable page has a fresh notebook twin, which any notebook viewer can show."""

import ast
import re
import sys

import nbformat
import pytest
from support.builds import NOTEBOOK

from casebook.contents import BOOK
from press import __main__ as press
from press.editions import twins
from press.model.book import site

#: What comes with a kernel or with a package of the first cell.
BROUGHT = {"IPython": "ipykernel", "matplotlib_inline": "ipykernel", "numpy": "pandas", "yaml": "pybtex"}


def cells_of_twins(kind):
    """Cells of one kind in all twins, each with the name of its twin."""
    for page in twins.executable_pages():
        path = page.with_suffix(".ipynb")
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == kind:
                yield path.name, cell


def test_every_twin_is_fresh():
    assert [path.name for path in twins.stale_twins()] == [], "missing or stale; run: make notebooks"


def test_every_notebook_is_the_twin_of_a_page():
    pages = {page.with_suffix(".ipynb") for page in twins.executable_pages()}
    assert set((BOOK / "chapters").glob("*.ipynb")) == pages


def test_a_twin_has_no_directive_left():
    for name, cell in cells_of_twins("markdown"):
        assert not re.search(r":::|\{cite|\{download|\{formerly", cell.source), f"{name}: {cell.source[:200]}"


def test_directives_become_plain_markdown():
    box = ":::{admonition} Title\n:class: note\nText {cite:p}`mcdermott2007`.\n:::"
    plain = twins.plain_markdown(f"{box}\n\n:::{{dropdown}} Open & see\nHidden.\n:::")
    assert plain.startswith("> **Title**\n>\n> Text ([McDermott, October 2007](https://jamestown.org/")
    assert "<details>\n<summary>Open &amp; see</summary>\n\nHidden.\n\n</details>" in plain


def test_an_address_of_a_page_is_no_text_of_its_notebook():
    assert twins.plain_markdown("Before.\n\n(old-name)=\n## New name") == "Before.\n\n## New name"


def test_links_to_a_choice_and_to_a_file_that_is_built_lead_to_the_published_book():
    link = twins.plain_markdown("{place}`events <chapters/timeline#events?chapter=origins>`")
    assert link == f"[events]({site()}/chapters/timeline.html#events?chapter=origins)"
    assert twins.plain_markdown("{built-file}`data <a/b.zip>`") == f"[data]({site()}/a/b.zip)"


def test_an_unknown_role_is_refused():
    with pytest.raises(ValueError, match="no plain form for the role"):
        twins.plain_markdown("{numref}`figure`")


def test_a_number_that_no_cell_computes_is_refused():
    with pytest.raises(ValueError, match="no cell computes the number 'dead'"):
        twins.plain_markdown("It took {number}`dead` days.", {"died": "1"})


@pytest.mark.parametrize("there", ["{}", None], ids=["stale", "missing"])
def test_a_twin_not_that_of_its_page_is_named_and_written_by_a_run(tmp_path, monkeypatch, capsys, there):
    page, twin = tmp_path / "chapters" / "page.md", tmp_path / "chapters" / "page.ipynb"
    page.parent.mkdir()
    cell = "```{code-cell} ipython3\nfrom casebook import show_numbers\nshow_numbers(dead=2000 + 7)\n```"
    page.write_text(f"{NOTEBOOK}It took {{number}}`dead` days.\n\n{cell}\n", encoding="utf-8")
    if there:
        twin.write_text(there, encoding="utf-8")
    monkeypatch.setattr(twins, "BOOK", tmp_path)
    monkeypatch.delenv("CASEBOOK_OUTPUT", raising=False)
    with pytest.raises(SystemExit):
        press.main(["notebooks", "--check"])
    assert "page.ipynb: stale; run: make notebooks" in capsys.readouterr().out
    assert (twin.read_text(encoding="utf-8") if twin.exists() else None) == there, "a check writes nothing"
    press.main(["notebooks"])
    press.main(["notebooks", "--check"])
    written = twin.read_text(encoding="utf-8")
    assert written == twins.twin_of(page, {"dead": "2,007"}) and "It took 2,007 days." in written


def test_the_first_cell_names_every_package_that_the_notebooks_import():
    sources = [cell.source for _, cell in cells_of_twins("code")]
    sources += [path.read_text(encoding="utf-8") for path in (BOOK / "chapters" / "casebook").glob("*.py")]
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}
    imported = {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - {"casebook"} - set(BROUGHT)
    needed = re.search(r"^needed = (\(.+?\))$", twins.setup_code(), re.M)[1]
    assert imported == set(ast.literal_eval(needed))
