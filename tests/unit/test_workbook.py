"""All tables as one workbook that opens right in a spreadsheet."""

import io
import re
import zipfile

import pytest
from bs4 import BeautifulSoup

from casebook.datapackage import tables
from press.editions import workbook


@pytest.fixture(scope="module")
def parts():
    with zipfile.ZipFile(io.BytesIO(workbook.workbook())) as archive:
        return {name: BeautifulSoup(archive.read(name), "xml") for name in archive.namelist() if name.endswith(".xml")}


def test_every_table_is_a_sheet_behind_the_one_that_says_how_to_cite(parts):
    assert [sheet["name"] for sheet in parts["xl/workbook.xml"].find_all("sheet")] == ["about", *tables()]


def test_a_month_stays_text_russian_stays_russian_and_a_number_is_a_number(parts):
    texts = [item.text for item in parts["xl/sharedStrings.xml"].find_all("si")]
    sheet = parts[f"xl/worksheets/sheet{list(tables()).index('conflict-deaths') + 2}.xml"]
    assert "2010-06" in texts and any(re.search("[А-я]{4}", text) for text in texts)
    first = sheet.find_all("row")[1].find_all("c")[0]
    assert first.get("t") is None and 1990 < float(first.v.text) < 2100


def test_two_workbooks_of_the_same_tables_are_the_same_bytes():
    assert workbook.workbook() == workbook.workbook()


def test_a_value_too_long_for_a_cell_is_named(monkeypatch):
    monkeypatch.setattr(workbook, "LONGEST", 3)
    with pytest.raises(ValueError, match="data/events.csv, row 2, id: longer than 3 characters"):
        workbook.workbook()
