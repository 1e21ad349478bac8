"""*Code it yourself*: the codes of the comparison as a table that a reader changes, with no kernel.

static/recode.js of the book brings it to life. Without scripts, and in a notebook, it is a table of the codes with
the values of both passes where they differed.
"""

import pandas as pd

from .blocks import Block
from .cases import CONDITIONS, REACHED, VARIABLES
from .tables import label_of, table_html

#: Columns of the table, in order: the variable of each condition, and whether soldiers were sent.
COLUMNS = (*(variable for variable, _ in CONDITIONS.values()), "deployment")


def code_it_yourself(cases: pd.DataFrame, codes: pd.DataFrame, name: str = "recode", most: int = 3) -> Block:
    """Let a reader change the codes and see at once which rules hold.

    Parameters
    ----------
    cases, codes : pandas.DataFrame
        Rows of data/cases.csv and data/case-codes.csv, as `casebook.cases.code_table` accepts them.
    name : str
        Id of the form, and first part of links such as ``#recode?kazakhstan-2022.objection=a+member``.
    most : int
        How many conditions a rule may have.

    Returns
    -------
    casebook.blocks.Block
    """
    given = codes.set_index(["case", "variable"])
    coded = cases[cases["kind"].isin(["case", "before the treaty"])]
    rows = [
        {
            "case": case.id,
            "name": case.short_name,
            "counted": case.kind == "case",
            "cells": [_cell(given.loc[(case.id, each)]) for each in COLUMNS],
        }
        for case in coded.itertuples()
    ]
    columns = [
        {"variable": each, "label": label_of(each), "question": VARIABLES[each][0], "values": VARIABLES[each][1]}
        for each in COLUMNS
    ]
    conditions = [{"name": words, "variable": each, "values": values} for words, (each, values) in CONDITIONS.items()]
    content = {"name": name, "most": most, "columns": columns, "conditions": conditions, "rows": rows}
    return Block("recode", content | {"acted": {"variable": "deployment", "values": REACHED}}, _html)


def _cell(code: pd.Series) -> tuple[str, dict]:
    """A code in words, with those of the passes where they differ from each other or from it; and all three."""
    value, first, second = code["value"], code["first"], code["second"]
    words = value if value == first == second else f"{value} (passes: {first}; {second})"
    return words, {"value": value, "first": first, "second": second}


def _html(content: dict) -> str:
    rows = [[[row["name"]], *([words] for words, _ in row["cells"])] for row in content["rows"]]
    header = ["Case", *(column["label"] for column in content["columns"])]
    return table_html({"caption": "The codes, with both passes where they differ", "header": header, "rows": rows})
