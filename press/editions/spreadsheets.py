"""The workbook of an assignment: a sheet to start with, the data with columns to fill, and the tasks with checks."""

import datetime
import io

import xlsxwriter
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from ..model.book import citation, site
from ..model.spreadsheets import Spreadsheet, spreadsheet

NUMERIC = {"low", "value", "high", "usd_million", "usd_million_high", "from_year", "to_year"}
LINE = 15.5  #: height of a line; not every program finds the height of a row that wraps
WIDTHS = {"reporter": 40, "note": 50, "what": 40, "sources": 30, "source": 26}
HOW = (
    "Fill the yellow columns of the sheet Data, then the yellow cells of the sheet Tasks. "
    "Beside each check a cell says good or not yet, and what to look at. "
    "A check that says good does not yet mean full points; your teacher looks at your choice and your reasons."
)
HELP = (
    "You may talk the tasks over with others and use software that helps you write. "
    "The choice of rows and the text at the end are yours."
)
HAND_IN = (
    "Hand in this workbook, and a log of one line or more: "
    "what you asked whom or what, and what you changed because of it."
)


def workbook(name: str) -> bytes:
    """Return the workbook of an assignment, the same bytes for the same sources."""
    sheet, file = spreadsheet(name), io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        released = citation().released
        book.set_properties({"title": sheet.title, "created": datetime.datetime(*released.timetuple()[:3])})
        styles = {
            "title": book.add_format({"bold": True, "font_size": 16}),
            "bold": book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            "text": book.add_format({"text_wrap": True, "valign": "top"}),
            "fill": book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#FFF4C2", "border": 1}),
            "fill head": book.add_format({"bold": True, "text_wrap": True, "bg_color": "#FFE78A", "border": 1}),
        }
        start, data, tasks = (book.add_worksheet(title) for title in ("Start", "Data", "Tasks"))
        for page in (start, data, tasks):
            page.set_paper(9)
            page.set_landscape()
            page.fit_to_pages(1, 0)
        _write_start(start, sheet, styles)
        _write_data(book, data, sheet, styles)
        _write_tasks(book, tasks, sheet, styles)
    return file.getvalue()


def _height(*texts: tuple[str, int]) -> float:
    """Height of a row that holds texts, each in a width counted in characters."""
    return LINE * max(1, *(-(-len(text) * 11 // (width * 10)) for text, width in texts))


def _write_start(page, sheet: Spreadsheet, styles) -> None:
    page.set_column(0, 0, 110)
    settings, coded = sheet.settings, len(sheet.settings["tasks"])
    time = f"{settings['minutes']} minutes without the chapter: {settings['start']} to start, then each task."
    time += " It is our estimate; nobody has timed it, and the notebook took twice what we had estimated."
    text_points = sum(points for _, points, _ in sheet.written["criteria"])
    points = f"The tasks 1 to {coded} have 20 points, task {coded + 1}, the text, {text_points}."
    origin = f"From the book at {site()} (text and data: CC BY 4.0)."
    parts = {
        "Situation": sheet.situation,
        "Time": [time],
        "How to work": [HOW],
        "What help is allowed": [HELP],
        "What to hand in": [HAND_IN, points],
        "The columns of the sheet Data": sheet.columns,
        "": [origin, "It needs Excel 2016 or LibreOffice 7, or newer."],
    }
    page.write_string(0, 0, sheet.title, styles["title"])
    row = 1
    for heading, lines in parts.items():
        page.write_string(row, 0, heading, styles["bold"])
        for place, line in enumerate(lines, start=row + 1):
            page.set_row(place, _height((line, 110)))
            page.write_string(place, 0, line, styles["text"])
        row += len(lines) + 1


def _write_data(book, page, sheet: Spreadsheet, styles) -> None:
    settings, last = sheet.settings, len(sheet.rows)
    given, fill = settings.get("given", {}), settings["fill"]
    names = [*sheet.rows[0], *given, *fill]
    for column, name in enumerate(names):
        head = fill[name]["heading"] if name in fill else name
        page.write_string(0, column, head, styles["fill head" if name in fill else "bold"])
        page.set_column(column, column, fill.get(name, {}).get("width", WIDTHS.get(name, 14)))
        book.define_name(name, f"=Data!{xl_range_abs(1, column, last, column)}")
    for number, row in enumerate(sheet.rows, start=1):
        page.set_row(number, _height(*((value, WIDTHS.get(name, 14)) for name, value in row.items())))
        for column, name in enumerate(names):
            if name in fill:
                page.write_blank(number, column, None, styles["fill"])
            elif name in given:
                if printed := [float(row[part]) for part in given[name] if row[part]]:
                    value = max(printed) if name.endswith("high") else min(printed)
                    page.write_number(number, column, value, styles["text"])
            elif row[name] and name in NUMERIC:
                page.write_number(number, column, float(row[name]), styles["text"])
            elif row[name]:
                page.write_string(number, column, row[name], styles["text"])
    for name, column in fill.items():
        if "choices" in column:
            place = names.index(name)
            page.data_validation(1, place, last, place, {"validate": "list", "source": column["choices"]})
    page.set_row(0, 3 * LINE)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, len(names) - 1)
    page.repeat_rows(0)


def _write_tasks(book, page, sheet: Spreadsheet, styles) -> None:
    for column, width in enumerate((70, 40, 70)):
        page.set_column(column, column, width)
    row = 0
    for number, task in enumerate(sheet.settings["tasks"], start=1):
        heading = f"{number}. {task['title']} ({task['minutes']} minutes, {task['points']} points)"
        page.write_string(row, 0, heading, styles["bold"])
        page.merge_range(row + 1, 0, row + 1, 2, task["text"], styles["text"])
        page.set_row(row + 1, _height((task["text"], 180)))
        row += 2
        for name, label in task.get("cells", {}).items():
            page.set_row(row, (4 if name == "my_rule" else 1) * LINE)
            page.write_string(row, 0, label, styles["text"])
            page.write_blank(row, 1, None, styles["fill"])
            book.define_name(name, f"=Tasks!{xl_rowcol_to_cell(row, 1, row_abs=True, col_abs=True)}")
            row += 1
        for place, check in enumerate(task["checks"], start=1):
            page.write_string(row, 0, f"Check {number}.{place}", styles["text"])
            formula = f'{{=IF(IFERROR({check["formula"]},FALSE),"good","not yet")}}'
            page.write_array_formula(row, 1, row, 1, formula, styles["text"], "not yet")
            page.set_row(row, _height((check["hint"], 70)))
            page.write_string(row, 2, check["hint"], styles["text"])
            row += 1
        row += 1
    written = sheet.written
    page.write_string(row, 0, f"{number + 1}. {written['title']} ({written['minutes']} minutes)", styles["bold"])
    page.merge_range(row + 1, 0, row + 1, 2, written["text"], styles["text"])
    page.merge_range(row + 2, 0, row + 2, 2, "", styles["fill"])
    page.set_row(row + 1, _height((written["text"], 180)))
    page.set_row(row + 2, 12 * LINE)
    page.write_row(row + 3, 0, ["Your teacher marks the text with these criteria", "Points", "Comment"], styles["bold"])
    for place, (name, points, words) in enumerate(written["criteria"], start=row + 4):
        criterion = f"{name}: {words}"
        page.set_row(place, _height((criterion, 70)))
        page.write_string(place, 0, criterion, styles["text"])
        page.write_string(place, 1, f"of {points}", styles["text"])
