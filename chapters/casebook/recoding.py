"""*Code it yourself*: the codes of the comparison as a table that a reader changes, with no kernel.

static/recode.js of the book brings it to life. Without scripts, and in a notebook, it is a table of the codes with
the values of both passes where they differed.
"""

import pandas as pd

from .blocks import Block
from .cases import CODED, CONDITIONS, REACHED, VARIABLES
from .tables import label_of, table_html

#: Columns of the table, in order: the variable of each condition, and whether soldiers were sent.
COLUMNS = (*(variable for variable, _ in CONDITIONS.values()), "deployment")


def code_it_yourself(cases: pd.DataFrame, codes: pd.DataFrame) -> Block:
    """Let a reader change the codes and see at once which rules hold.

    Parameters
    ----------
    cases, codes : pandas.DataFrame
        Rows of data/cases.csv and data/case-codes.csv, as `casebook.cases.code_table` accepts them.
    """
    given = codes.set_index(["case", "variable"])[["value", "first", "second"]]
    coded = cases[cases["kind"].isin(CODED)]
    rows = [
        {
            "case": case.id,
            "name": case.short_name,
            "counted": case.kind == CODED[0],
            "cells": [_cell(given.loc[(case.id, each)]) for each in COLUMNS],
        }
        for case in coded.itertuples()
    ]
    columns = [{"variable": each, "label": label_of(each), "values": VARIABLES[each]} for each in COLUMNS]
    conditions = [{"name": words, "variable": each, "values": values} for words, (each, values) in CONDITIONS.items()]
    content = {"name": "recode", "most": 3, "columns": columns, "conditions": conditions, "rows": rows}
    return Block("recode", content | {"acted": {"variable": "deployment", "values": REACHED}}, _html)


def _cell(code: pd.Series) -> tuple[str, dict]:
    """A code in words, with those of the passes where they differ from each other or from it; and all three."""
    value, first, second = code
    words = value if value == first == second else f"{value} (passes: {first}; {second})"
    return words, code.to_dict()


def _html(content: dict) -> str:
    rows = [[[row["name"]], *([words] for words, _ in row["cells"])] for row in content["rows"]]
    header = ["Case", *(column["label"] for column in content["columns"])]
    return table_html({"caption": "The codes, with both passes where they differ", "header": header, "rows": rows})
