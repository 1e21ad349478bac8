"""A block says the same in a notebook and on a page, and shows what the data hold as text."""

import pandas as pd
import pytest
from support.outputs import HOSTILE, in_notebook

from casebook import quiz, show_table
from casebook.blocks import Element, Link, Missing, Sources, parts_of, show_list
from casebook.codebook import list_tables
from casebook.contents import QUIZZES
from casebook.datapackage import rows, tables
from casebook.readings import quoted

KEYS = "ria-2007-10-06;csto-basic-facts"
PARTS = [f"{HOSTILE} a", Element("strong", [HOSTILE]), Missing(HOSTILE), Link("origins", HOSTILE, "promise"), " b "]
PARTS += [Sources(KEYS)]


def words(soup) -> list[str]:
    """Return what each line or cell says, whatever the page makes of it."""
    parts = soup.select("caption, th, td, summary, p:not([role=status]), li:not(:has(p))")
    return [" ".join(part.text.split()) for part in parts]


def test_a_block_says_the_same_in_a_notebook_and_on_a_page(on_page, monkeypatch):
    blocks = [show_list(HOSTILE, [PARTS, ["c"]]), list_tables()]
    blocks += [quiz(path.stem) for path in sorted(QUIZZES.glob("*.yml"))]
    blocks += [quoted(reading) for reading in {check["reading"] for check in rows("core-reading-checks")}]
    blocks += [show_table(pd.DataFrame(rows(name)).head(10), name, folded=True) for name in tables()]
    shown = [(block, words(on_page(block))) for block in blocks]
    monkeypatch.delenv("CASEBOOK_OUTPUT")
    for block, said in shown:
        assert said and said == words(in_notebook(block)), block.directive


def test_every_part_of_a_text_is_shown_as_text(shown):
    item = shown(show_list(HOSTILE, [PARTS])).select_one("li")
    names = ["RIA Novosti, 6 October 2007", "CSTO Secretariat, 2005"]
    assert item.text.strip() == f"{HOSTILE} a{HOSTILE * 3} b {'; '.join(names)}"
    assert [link.text for link in item.select("a")] == [HOSTILE, *names]
    assert not item.find(["script", "code"])


def test_every_kind_of_line_break_and_space_in_the_data_reaches_the_page(on_page):
    for character in "\n\r\t\v\f\x1c\x85\xa0\u2028\u2029":
        item = on_page(show_list("a", [[f"b{character}c"]])).li
        assert item.text.split() == ["b", "c"], f"{character!a}"


@pytest.mark.parametrize(
    "text, parts",
    [
        ("(ria-2007-10-06; csto-basic-facts) it is", [Sources("ria-2007-10-06; csto-basic-facts", True), " it is"]),
        ("a (csto-basic-facts), b", ["a ", Sources("csto-basic-facts", True), ", b"]),
        ("one is no key (csto-basic-facts; nobody-1999)", ["one is no key (csto-basic-facts; nobody-1999)"]),
        ("never signed (permanent neutrality)", ["never signed (permanent neutrality)"]),
        ("no brackets: csto-basic-facts", ["no brackets: csto-basic-facts"]),
        ("", []),
    ],
)
def test_a_text_is_split_at_brackets_that_hold_nothing_but_keys(text, parts):
    assert parts_of(text) == parts
