"""All tables as one workbook that opens right in a spreadsheet."""

import io
import re
import zipfile

import pytest

from casebook.datapackage import tables
from press.editions import workbook


@pytest.fixture(scope="module")
def written():
    return workbook.workbook()


def part(written, name):
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        return archive.read(f"xl/{name}.xml").decode()


def test_every_table_is_a_sheet_behind_the_one_that_says_how_to_cite(written):
    assert re.findall('<sheet name="([^"]+)"', part(written, "workbook")) == ["about", *tables()]


def test_a_month_stays_text_russian_stays_russian_and_a_number_is_a_number(written):
    texts = re.findall("<t>([^<]*)</t>", part(written, "sharedStrings"))
    assert "2010-06" in texts and any(re.search("[А-я]{4}", text) for text in texts)
    sheet = part(written, f"worksheets/sheet{list(tables()).index('conflict-deaths') + 2}")
    assert re.search(r'<c r="A2"><v>(19|20)\d\d</v>', sheet), "a number has no type, a text has one"


def test_two_workbooks_of_the_same_tables_are_the_same_bytes(written):
    assert workbook.workbook() == written


def test_a_value_too_long_for_a_cell_is_named(monkeypatch):
    monkeypatch.setattr(workbook, "LONGEST", 3)
    with pytest.raises(ValueError, match="data/events.csv, row 2, id: longer than 3 characters"):
        workbook.workbook()
