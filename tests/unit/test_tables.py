"""Tables, dates and numbers are written for every reader."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from support.outputs import HOSTILE

from casebook import show_table
from casebook.codebook import describe_table
from casebook.tables import date_text, events_table, period_text, requests_table


def table(caption="Test", folded=False, **columns):
    return show_table(pd.DataFrame(columns), caption, folded)


SOURCED = {"date": ["2007-10-06"], "note": ["signed (ria-2007-10-06)"], "source": ["ria-2007-10-06;csto-basic-facts"]}


def test_tables_have_caption_scope_and_linked_sources(on_page):
    soup = on_page(table(**SOURCED))
    assert soup.caption.text == "Test"
    assert [header["scope"] for header in soup.select("th")] == ["col", "col", "col", "row"]
    assert soup.tbody.th.text == "6 October 2007"
    keys = ["ria-2007-10-06", "ria-2007-10-06", "csto-basic-facts"]
    assert [link["href"] for link in soup.select("a")] == [f"bibliography.html#source-{key}" for key in keys]


def test_the_address_of_a_table_is_on_the_table_alone(page):
    soup = BeautifulSoup(
        page.html("```{table} Named\n:name: here\n\n| a | b |\n|---|---|\n| 1 | 2 |\n```"), "html.parser"
    )
    assert [each.name for each in soup.select("#here")] == ["table"]


def test_in_a_notebook_sources_lead_to_themselves(in_notebook):
    soup = in_notebook(table(**SOURCED))
    assert [cell.text for cell in soup.select("tbody th, td")][:2] == [
        "6 October 2007",
        "signed (RIA Novosti, 6 October 2007)",
    ]
    assert soup.a["href"].startswith("https://www.armeniandiaspora.com")
    assert [header["scope"] for header in soup.select("th")] == ["col", "col", "col", "row"]


def test_years_and_numbers_are_written_as_such(on_page):
    soup = on_page(table(what=["x"], year=[1992], soldiers=[5500.0], share=[0.1 + 0.2]))
    assert [cell.text for cell in soup.select("td")] == ["1992", "5,500", "0.3"]


def test_numbers_below_zero_have_a_minus_sign(shown):
    frame = pd.DataFrame({"what": ["gap", "dates"], "number": [-1200, -0.5], "note": ["2010-06", "1-2"]})
    soup = shown(show_table(frame, "Numbers"))
    assert [cell.text for cell in soup.select("td")] == ["−1,200", "June 2010", "−0.5", "1-2"]


def test_a_folded_table_opens_under_its_caption(shown):
    folded = shown(table(folded=True, a=["x"])).details
    assert folded.summary.text == "Table: Test" and folded.table


def test_markup_in_a_table_is_shown_as_text(shown):
    soup = shown(table(caption=HOSTILE, folded=True, **{"a": ["x"], HOSTILE: [HOSTILE]}))
    assert soup.caption.text == soup.select("thead th")[1].text == soup.td.text == HOSTILE
    assert soup.summary.text == f"Table: {HOSTILE}" and not soup.find(["script", "code"])


def test_a_source_that_is_no_key_is_refused_by_the_cell_that_shows_it():
    with pytest.raises(ValueError, match="no source 'nobody-1999'"):
        table(what=["x"], source=["ria-2007-10-06;nobody-1999"])


@pytest.mark.parametrize("frame, caption", [(pd.DataFrame({"a": [1]}), " "), (pd.DataFrame({"a": []}), "Empty")])
def test_a_table_without_caption_or_rows_is_refused(frame, caption):
    with pytest.raises(ValueError):
        show_table(frame, caption)


def test_an_unknown_table_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="no table 'nothing'.*events"):
        describe_table("nothing")


def test_dates_are_written_as_prose_and_what_is_no_date_stays():
    assert date_text("2007-10-06") == "6 October 2007"
    assert date_text("2007-10") == "October 2007"
    for text in ("2007", "after 2007", "2007-13", "2007-02-30"):
        assert date_text(text) == text


@pytest.mark.parametrize(
    "start, end, precision, words",
    [
        ("2004-08-02", None, "day", "2 August 2004"),
        ("2004-08-02", "2004-08-06", "day", "2 to 6 August 2004"),
        ("2011-08-30", "2011-09-07", "day", "30 August to 7 September 2011"),
        ("1992-05-05", "1997-06-27", "day", "5 May 1992 to 27 June 1997"),
        ("2010-04-07", "2010-05-20", "month", "April to May 2010"),
        ("2009-11-01", "2009-11-30", "month", "November 2009"),
        ("1993-01-01", None, "year", "1993"),
    ],
)
def test_a_span_of_days_is_written_to_the_precision_that_is_known(start, end, precision, words):
    assert period_text(pd.Timestamp(start), pd.to_datetime(end or pd.NaT), precision) == words


def test_an_unknown_precision_is_refused():
    with pytest.raises(ValueError, match="accepted: day, month, year"):
        period_text(pd.Timestamp("1993-01-01"), pd.NaT, "decade")


def test_events_read_with_the_date_that_is_known():
    columns = {"date_start": pd.Timestamp("2004-11-01"), "place": "Dushanbe", "summary": "something", "sources": "a;b"}
    listed = events_table(pd.DataFrame({"date_precision": ["day", "month", "year"]}).assign(**columns))
    assert list(listed["date"]) == ["2004-11-01", "2004-11", "2004"]
    assert list(listed.columns) == ["date", "place", "what happened", "sources"]


def test_requests_read_as_who_asked_whom_for_what():
    asked = {"date_requested": "2010-06-12", "requester": "A", "addressee": "B", "asked_for": "help"}
    request = asked | {"sources": "xinhua-2010-06-26", "arrived": "no", "response": "none", "note": ""}
    row = requests_table(pd.DataFrame([request])).iloc[0]
    assert row["who asked whom"] == "12 June 2010: A, to: B"
    assert row["for what"] == "help (xinhua-2010-06-26)" and row["arrived"] == "no"
