"""Cases of the comparison: codes as a table, days, conditions and rules."""

from itertools import compress

import pandas as pd

#: Rungs of the answer from low to high. The order is a convention of this book.
RUNGS = ("consultation", "fact_finding", "material_aid", "exercise", "deployment")
#: Values of a rung that count as reached. An offer that was not taken up does not.
REACHED = ("yes", "decided")
#: The answer in three steps, by the highest rung reached.
ANSWERS = ("none or words", "short of soldiers", "soldiers")
#: Condition in words -> variable of data/case-codes.csv and the values that meet it.
CONDITIONS = {
    "asked of the CSTO": ("request", ("to the CSTO",)),
    "from outside": ("outside", ("yes", "disputed")),
    "rulers at risk": ("government_at_risk", ("yes", "disputed")),
    "nobody objects": ("objection", ("none found",)),
    "not between members": ("two_members", ("no",)),
}


def code_table(cases: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """One row a coded case: its codes, the highest rung reached and the answer.

    Parameters
    ----------
    cases : pandas.DataFrame
        Rows of data/cases.csv.
    codes : pandas.DataFrame
        Rows of data/case-codes.csv.

    Returns
    -------
    pandas.DataFrame
        Index `id`, in the order of `cases`; `short_name`, one column a variable, `highest`
        (a name of `RUNGS`, or ``"none"``) and `answer` (one of `ANSWERS`).

    Raises
    ------
    ValueError
        If a coded case lacks a variable, or a case that is not coded has one; names case and variables.
    """
    coded = cases[cases["kind"] == "case"].set_index("id")
    strangers = sorted(set(codes["case"]) - set(coded.index))
    if strangers:
        raise ValueError(f"case-codes: {', '.join(strangers)}: codes for what is no coded case; accepted: {', '.join(coded.index)}")
    wide = codes.pivot(index="case", columns="variable", values="value").reindex(coded.index)
    for case, row in wide.iterrows():
        if row.isna().any():
            raise ValueError(f"case-codes: {case} has no code for {', '.join(row.index[row.isna()])}")
    table = coded[["short_name"]].join(wide)
    reached = wide[list(RUNGS)].isin(REACHED)
    table["highest"] = [list(compress(RUNGS, row))[-1] if any(row) else "none" for row in reached.itertuples(index=False)]
    steps = {"none": 0, "consultation": 0, "deployment": 2}
    table["answer"] = [ANSWERS[steps.get(rung, 1)] for rung in table["highest"]]
    return table


def days_to_answer(cases: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Days from the request to the first and to the highest rung of the answer.

    Parameters
    ----------
    cases, codes : pandas.DataFrame
        As for `code_table`.

    Returns
    -------
    pandas.DataFrame
        One row a case whose request is known to the day: `short_name`, `request` (value of the code),
        `asked` (date), `first_rung`, `first_days`, `highest`, `highest_days`. Days are whole numbers, negative
        if the rung came before the request, and missing if no rung was reached.
    """
    table = code_table(cases, codes)
    dates = codes.pivot(index="case", columns="variable", values="date")
    rows = []
    for case in table.index[dates.loc[table.index, "request"].fillna("").str.len() == 10]:
        asked = pd.Timestamp(dates.loc[case, "request"])
        days = {rung: (pd.Timestamp(dates.loc[case, rung]) - asked).days for rung in RUNGS if table.loc[case, rung] in REACHED}
        first, highest = min(days, key=days.get, default="none"), table.loc[case, "highest"]
        rows.append({"short_name": table.loc[case, "short_name"], "request": table.loc[case, "request"], "asked": asked,
                     "first_rung": first, "first_days": days.get(first), "highest": highest, "highest_days": days.get(highest)})
    return pd.DataFrame(rows).astype({"first_days": "Int64", "highest_days": "Int64"})


def meets(table: pd.DataFrame, condition: str) -> pd.Series:
    """Which cases meet a condition.

    Parameters
    ----------
    table : pandas.DataFrame
        From `code_table`.
    condition : str
        A key of `CONDITIONS`.

    Returns
    -------
    pandas.Series
        True or False for each row of the table.

    Raises
    ------
    ValueError
        If the condition is unknown; names those accepted.
    """
    if condition not in CONDITIONS:
        raise ValueError(f"no condition {condition!r}; accepted: {', '.join(CONDITIONS)}")
    variable, values = CONDITIONS[condition]
    return table[variable].isin(values)


def apply_rule(table: pd.DataFrame, needed: list) -> pd.Series:
    """Which cases a rule says the alliance acts in: those that meet every needed condition.

    Parameters
    ----------
    table : pandas.DataFrame
        From `code_table`.
    needed : list of str
        Keys of `CONDITIONS`; an empty list means that it always acts.

    Returns
    -------
    pandas.Series
        True or False for each row of the table.

    Raises
    ------
    ValueError
        If a condition is unknown; names those accepted.
    """
    says = pd.Series(True, index=table.index)
    for condition in needed:
        says &= meets(table, condition)
    return says
