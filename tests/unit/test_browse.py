"""A list that readers can filter is plain HTML in the book and widgets in a notebook; a bad one is refused."""

import ipywidgets
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from support.outputs import HOSTILE

from casebook import browse
from casebook.blocks import Link


def records(**columns):
    standard = {
        "id": ["a-1", "b-2", "c-3"],
        "kind_of_help": ["aid", "aid", "request"],
        "party": ["UN;CSTO", "CSTO", "R&D"],
    }
    return pd.DataFrame(standard | columns)


def show_record(record):
    return [[Link("", record.id, record.id)], [record.party]]


def browsed(**arguments):
    standard = {"records": records(), "write": show_record, "name": "list", "title": "Choose", "noun": "things"}
    return browse(**(standard | {"by": ["kind_of_help", "party"]} | arguments))


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"name": "Not a slug"}, "use lower-case letters"),
        ({"by": []}, "no column to filter by"),
        ({"by": ["place"]}, "no column place"),
        ({"records": records().head(0)}, "no record"),
        ({"records": records(party=["UN", None, "UN"])}, "record 1 has party nan; accepted: text"),
        ({"records": records(id=["a", "a", "b"])}, "id 'a' must be a lower-case slug, used once"),
        ({"records": records(id=["a", "B", "c"])}, "id 'B' must be a lower-case slug"),
        ({"labels": {"kind_of_help": {"aid": "Aid"}}}, "'request', for which labels give no words; they know aid"),
    ],
)
def test_a_bad_list_is_refused_with_a_reason(on_page, arguments, message):
    with pytest.raises(ValueError, match=message):
        browsed(**arguments)


def test_an_entry_says_the_same_in_a_notebook_and_on_a_page_and_shows_markup_as_text(on_page, monkeypatch):
    hostile = {"records": records(party=["UN", "CSTO", HOSTILE]), "title": HOSTILE, "noun": HOSTILE}
    soup = on_page(browsed(**hostile))
    monkeypatch.delenv("CASEBOOK_OUTPUT")
    live = BeautifulSoup(browsed(**hostile).children[-1].value, "html.parser")
    for each in (soup, live):
        lines = [paragraph.text for paragraph in each.select("ol > li > p")]
        assert lines == ["a-1", "UN", "b-2", "CSTO", "c-3", HOSTILE]
        assert not each.find(["script", "code"])
    assert soup.legend.text == live.strong.text == HOSTILE
    assert soup.select_one("[role=status]").text == live.p.text == f"3 of 3 {HOSTILE} shown"
    assert soup.find(id="c-3")["data-party"] == soup.select("#list-party option")[1]["value"]


def test_in_a_notebook_a_choice_changes_the_one_list_that_is_shown(in_notebook):
    kind, party, shown = browsed().children
    assert [kind.description, party.description] == ["Kind of help", "Party"] and isinstance(shown, ipywidgets.HTML)

    def listed():
        soup = BeautifulSoup(shown.value, "html.parser")
        return soup.p.text, [entry["id"] for entry in soup.select("ol > li")]

    assert listed() == ("3 of 3 things shown", ["a-1", "b-2", "c-3"])
    kind.value = "aid"
    assert listed() == ("2 of 3 things shown", ["a-1", "b-2"])
    party.value = "UN"
    assert listed() == ("1 of 3 things shown", ["a-1"])
    kind.value = party.value = ""
    assert listed() == ("3 of 3 things shown", ["a-1", "b-2", "c-3"])
