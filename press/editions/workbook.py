"""All data tables as one workbook, a sheet a table: a CSV file does not open right in every spreadsheet."""

import datetime
import io

import xlsxwriter

from casebook.datapackage import resources, rows, tables

from ..model.book import citation
from ..model.facts import citation_line

WORKBOOK = "casebook-data.xlsx"
NUMBERS = {"integer": int, "number": float, "year": int}
LONGEST = 32_767  #: characters that a cell can hold


def workbook() -> bytes:
    """Return the tables as a workbook, the same bytes for the same tables.

    A number is a number; all else is text, so that no spreadsheet makes a day of the month 2010-06.

    Raises
    ------
    ValueError
        If a value is too long for a cell; names table, row and column.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        released = citation().released
        book.set_properties({"title": citation().full_title, "created": datetime.datetime(*released.timetuple()[:3])})
        bold = book.add_format({"bold": True})
        about = book.add_worksheet("about")
        about.set_column(0, 0, 28)
        lines = [("How to cite", citation_line().replace("*", "")), ("License", "CC BY 4.0"), ("", "")]
        lines += [(name, table["description"]) for name, table in tables().items()]
        for number, line in enumerate(lines):
            about.write_string(number, 0, line[0], bold)
            about.write_string(number, 1, line[1])
        for name in tables():
            _write_table(book.add_worksheet(name), name, bold)
    return file.getvalue()


def _write_table(sheet, name: str, bold) -> None:
    kinds = {field["name"]: field["type"] for field in resources()[name]["schema"]["fields"]}
    sheet.freeze_panes(1, 1)
    for column, heading in enumerate(kinds):
        sheet.write_string(0, column, heading, bold)
    for number, row in enumerate(rows(name), start=1):
        for column, (heading, value) in enumerate(row.items()):
            if len(value) > LONGEST:
                raise ValueError(f"data/{name}.csv, row {number + 1}, {heading}: longer than {LONGEST} characters")
            if value and kinds[heading] in NUMBERS:
                sheet.write_number(number, column, NUMBERS[kinds[heading]](value))
            elif value:
                sheet.write_string(number, column, value)
