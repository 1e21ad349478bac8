"""The codebook: data/datapackage.json as tables a reader can follow."""

import json

import pandas as pd
from IPython.display import Markdown, display

from .paths import DATA
from .tables import show_table


def describe_table(name: str) -> None:
    """Show what one data table holds: coverage, gaps and every column.

    Parameters
    ----------
    name : str
        Name of a resource of data/datapackage.json, such as ``"events"``.

    Raises
    ------
    ValueError
        If there is no such table; names those there are.
    """
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    tables = {resource["name"]: resource for resource in package["resources"] if "schema" in resource}
    if name not in tables:
        raise ValueError(f"no table {name!r} in datapackage.json; there is: {', '.join(tables)}")
    table = tables[name]
    rows = pd.read_csv(DATA / table["path"], dtype=str)
    display(Markdown(f"{table['description']} **{len(rows)} rows.** *Known gaps.* {table['gaps']}"))
    columns = [
        {
            "column": field["name"],
            "type": field["type"],
            "unit": field.get("unit", ""),
            "filled": f"{rows[field['name']].notna().sum()} of {len(rows)}",
            "meaning": field["description"] + _accepted(field),
        }
        for field in table["schema"]["fields"]
    ]
    display(show_table(pd.DataFrame(columns), caption=f"Columns of {table['path']}"))


def _accepted(field: dict) -> str:
    values = field.get("constraints", {}).get("enum")
    return f". Accepted: {', '.join(map(str, values))}" if values else ""
