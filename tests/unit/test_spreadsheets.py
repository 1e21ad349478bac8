"""Assignments as spreadsheets: the data of the notebook, cells to fill, and checks that say not yet."""

import functools
import io
import re
import zipfile

import pytest
import yaml
from bs4 import BeautifulSoup

from press.editions.spreadsheets import workbook
from press.model import spreadsheets
from press.model.assignments import read

each_sheet = pytest.mark.parametrize("name", spreadsheets.names())


@functools.cache
def part(name, member):
    with zipfile.ZipFile(io.BytesIO(workbook(name))) as archive:
        return BeautifulSoup(archive.read(member), "xml")


@each_sheet
def test_the_workbook_has_the_rows_of_the_notebook(name):
    (data,) = read(name).data.values()
    assert len(part(name, "xl/worksheets/sheet2.xml").find_all("row")) == len(data.splitlines())
    assert [sheet["name"] for sheet in part(name, "xl/workbook.xml").find_all("sheet")] == ["Start", "Data", "Tasks"]


@each_sheet
def test_every_check_asks_for_named_cells_and_says_not_yet_at_first(name):
    checks = part(name, "xl/worksheets/sheet3.xml").find_all("f")
    known = {defined["name"] for defined in part(name, "xl/workbook.xml").find_all("definedName")}
    assert len(checks) == sum(len(task["checks"]) for task in spreadsheets.spreadsheet(name).settings["tasks"])
    for check in checks:
        words = set(re.findall(r"\b[a-z]\w+\b", re.sub('"[^"]*"', "", check.text)))
        assert words and words <= known, f"{name}: {sorted(words - known)} in {check.text}"
        assert check.find_next_sibling("v").text == "not yet"


@each_sheet
def test_every_column_and_cell_to_fill_is_looked_at_or_read(name):
    settings = spreadsheets.spreadsheet(name).settings
    formulas = " ".join(check["formula"] for task in settings["tasks"] for check in task["checks"])
    cells = [cell for task in settings["tasks"] for cell in task.get("cells", {})]
    assert [each for each in [*settings["fill"], *cells] if not re.search(rf"\b{each}\b", formulas)] == []


def test_minutes_that_do_not_add_up_are_refused(tmp_path, monkeypatch):
    settings = yaml.safe_load((spreadsheets.FOLDER / "pledges/spreadsheet.yml").read_text(encoding="utf-8"))
    (tmp_path / "pledges").mkdir()
    (tmp_path / "pledges/spreadsheet.yml").write_text(yaml.safe_dump(settings | {"minutes": 20}), encoding="utf-8")
    monkeypatch.setattr(spreadsheets, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"pledges/spreadsheet\.yml: the minutes add up to 59, not to 20"):
        spreadsheets.spreadsheet("pledges")
