"""Folds of code are named after what a cell makes; the code of a cell that shows nothing after what it leads to."""

from docutils import nodes

from press.sphinx.cells import fold_code
from press.sphinx.elements import make


def cell(*output, **attributes):
    """A cell as MyST-NB makes it, with what it shows."""
    made = nodes.container("", nodes.container("", nb_element="cell_code_source"), nb_element="cell_code", **attributes)
    if output:
        made += nodes.container("", *output, nb_element="cell_code_output")
    return made


def folded(*cells):
    """Fold the code of a page with some cells; return the page."""
    section = nodes.section("", nodes.title("", "How many?"), *cells)
    page = nodes.document(None, None, "", section)
    fold_code(None, page)
    return page


def names(page):
    folds = [node for node in page.findall(nodes.Element) if "code" in node["classes"]]
    return [fold[0].astext() for fold in folds]


def test_code_is_named_after_a_figure_a_table_an_explorer_numbers_or_its_section():
    page = folded(
        cell(),
        cell(nodes.figure("", ids=["figure-2"])),
        cell(make("details", make("summary", nodes.Text("Open")), make("caption", nodes.Text("Dead of April")))),
        cell(make("form", aria_label="The valley")),
        cell(make("ol", classes=["quiz"])),
        cell(make("details", make("caption", nodes.Text("Numbers")), classes=["numbers"])),
        cell(nodes.paragraph("", "Words.")),
        cell(nodes.paragraph("", "More words.")),
    )
    assert names(page) == [
        "Code: the data used on this page",
        "Code of Figure 2",
        "Code of “Dead of April”",
        "Code of “The valley”",
        "Code of the quiz",
        "Code of the numbers in “How many?”",
        "Code of “How many?”",
        "Code of “How many?” (2)",
    ]


def test_cells_that_show_nothing_are_steps_to_the_next_that_does():
    shows = cell(nodes.figure("", ids=["figure-1"]))
    assert names(folded(cell(), cell(), cell(), shows, cell())) == [
        "Code: the data used on this page",
        "Code of Figure 1, step 1",
        "Code of Figure 1, step 2",
        "Code of Figure 1, step 3",
        "Code of the data",
    ]


def test_code_that_was_hidden_stays_off_paper_and_a_page_without_code_has_no_switch():
    page = folded(cell(hide_mode="input"), cell())
    first, second = [node for node in page.findall(nodes.Element) if "code" in node["classes"]]
    assert "no-print" in first["classes"] and "no-print" not in second["classes"]
    assert not [node for node in page.findall(nodes.container) if "hide_mode" in node], "MyST-NB would fold it again"
    assert page.astext().count("Show code") == 1 and "Show code" not in folded().astext()
