"""The tables are what datapackage.json says; one that is cut short is refused; the archive holds them all."""

import io
import re
import shutil
import zipfile

import pytest
from frictionless import Package

from casebook.codebook import coverage, list_tables
from casebook.contents import BOOK, DATA, source
from casebook.datapackage import check_tables, resources, tables
from casebook.uses import pages_reading, sections
from press.archive import zipped
from press.editions.datapackage import package


def test_the_tables_are_as_described():
    found = Package(str(DATA / "datapackage.json")).validate()
    assert found.flatten(["taskNumber", "rowNumber", "message"]) == []
    assert sorted(path.name for path in DATA.glob("*.csv")) == sorted(table["path"] for table in tables().values())


def test_every_table_says_how_it_is_written_what_a_row_is_what_it_covers_and_what_is_missing(in_notebook):
    listed = in_notebook(list_tables()).tbody.find_all("tr")
    units = {row.th.text: row.find_all("td")[1].text for row in listed}
    for name, table in tables().items():
        where = f"datapackage.json, {name}"
        assert table.get("dialect"), f"{where}: no dialect"
        assert table["schema"].get("foreignKeys") != [], f"{where}: foreignKeys is empty"
        assert units[name].startswith(("a ", "an ")), f"{where}: a row is {units[name]!r}"
        assert len(coverage(name)) > 10 and len(table["gaps"]) > 20, f"{where}: coverage or gaps"


def test_every_resource_has_a_section_of_the_codebook():
    missing = set(resources()) - set(sections())
    assert not missing, f"chapters/codebook.md: no section with a download link for {sorted(missing)}"
    described = re.findall(r'^describe_table\("([\w-]+)"\)$', source("chapters/codebook"), re.M)
    assert set(described) == set(tables())
    assert "```{error-rates} draw" in source("chapters/how-this-book-was-made"), "no page reads the table of checks"
    unread = set(tables()) - set(pages_reading()) - {"checks"}
    assert not unread, f"read by no page: {sorted(unread)}"


@pytest.mark.parametrize(
    "cut, message",
    [
        (lambda text: text[:-40], "line [0-9]+: .*restore the file"),
        (lambda text: text[: text.rindex("\n", 0, -1) + 20], "line [0-9]+: 1 cells, and the table has 12 columns"),
        (lambda text: text.rstrip("\n"), "the end of the file is missing"),
        (lambda text: text.replace("date_start", "start", 1), "line 1: the columns must be id, "),
        (None, "line 1: the columns must be id, "),
    ],
    ids=["end", "last row", "last line break", "name of a column", "the file"],
)
def test_a_table_cut_short_or_gone_is_refused_with_its_line(tmp_path, monkeypatch, cut, message):
    monkeypatch.setattr("casebook.datapackage.DATA", shutil.copytree(DATA, tmp_path / "data"))
    check_tables()
    table = tmp_path / "data" / "events.csv"
    if cut:
        table.write_text(cut(table.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        table.unlink()
    with pytest.raises(ValueError, match=f"data/events.csv, .*{message}"):
        check_tables()


def test_the_archive_holds_the_whole_package_with_the_same_bytes_in_every_build():
    with zipfile.ZipFile(io.BytesIO(package())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert list(members) == sorted(members) and zipped(members) == package()
    held = {"CITATION.cff", "LICENSE", "references.bib", "data/README.md", "data/datapackage.json"}
    held |= {f"data/{resource['path']}" for resource in resources().values()}
    assert members == {f"casebook-data/{name}": (BOOK / name).read_bytes() for name in held}
