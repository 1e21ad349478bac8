"""Cases of the comparison: codes as a table, conditions, rules, and how far either hangs on a single code."""

from collections import Counter
from itertools import combinations, product

import krippendorff
import pandas as pd

from . import datapackage

#: Variable of data/case-codes.csv -> the values accepted.
VARIABLES = {row["variable"]: tuple(row["values"].split(";")) for row in datapackage.rows("case-variables")}
#: Rungs of the answer from low to high. The order is a convention of this book.
RUNGS = ("consultation", "fact_finding", "material_aid", "exercise", "deployment")
#: Values of a rung that count as reached. An offer that was not taken up does not, nor what was planned anyway.
REACHED = ("yes", "decided")
#: The answer in three steps, by the highest rung reached.
ANSWERS = ("none or words", "short of soldiers", "soldiers")
#: Condition in words -> variable of data/case-codes.csv and the values that meet it.
CONDITIONS = {
    "asked of the CSTO": ("request", ("to the CSTO",)),
    "from outside": ("outside", ("yes", "disputed")),
    "rulers at risk": ("government_at_risk", ("yes",)),
    "nobody objects": ("objection", ("none found",)),
    "not between members": ("two_members", ("no",)),
    "no soldiers of Russia alone": ("russia_alone", ("none found", "mediation", "aid")),
}
#: Other readings that one can defend -> conditions that replace those of the same name, and cells coded otherwise.
READINGS = {
    "an appeal to Russia alone counts as asking": (
        {"asked of the CSTO": ("request", ("to the CSTO", "to a member"))},
        {},
    ),
    "an unclear request counts as asking": ({"asked of the CSTO": ("request", ("to the CSTO", "unclear"))}, {}),
    "a disputed claim does not count as from outside": ({"from outside": ("outside", ("yes",))}, {}),
    "“an internal matter” counts as an objection": (
        {"nobody objects": ("objection_to_soldiers", ("none found",))},
        {},
    ),
    "who announces a refusal does not object (April 2010)": (
        {},
        {("kyrgyzstan-april-2010", "objection"): "none found"},
    ),
    "a president who has fallen cannot ask (April 2010)": ({}, {("kyrgyzstan-april-2010", "request"): "unclear"}),
    "conditions count to the end of the window (September 2022)": (
        {},
        {("armenia-2022", "objection"): "a member", ("armenia-2022", "government_at_risk"): "yes"},
    ),
}
#: Kinds of case in data/cases.csv that are coded; only the first is counted.
CODED = ("case", "before the treaty")


def code_table(cases: pd.DataFrame, codes: pd.DataFrame, column: str = "value", kinds=CODED[:1]) -> pd.DataFrame:
    """One row a coded case: its codes, the highest rung reached and the answer.

    Parameters
    ----------
    cases, codes : pandas.DataFrame
        Rows of data/cases.csv and data/case-codes.csv.
    column : str
        Whose codes: ``"value"`` of the book, or those of the passes, ``"first"`` or ``"second"``.
    kinds : tuple of str
        Kinds of case, of `CODED`.

    Returns
    -------
    pandas.DataFrame
        Index `id`, in the order of `cases`; `short_name`, one column a variable, `highest`
        (a name of `RUNGS`, or ``"none"``) and `answer` (one of `ANSWERS`).

    Raises
    ------
    ValueError
        If a code is missing, given twice, given to a case that is not coded, or not accepted, or if a rung that was
        reached has no date or a difference of the passes no decision; names case, variable and, if it is one, the row.
    """
    _check(codes, list(cases.loc[cases["kind"].isin(CODED), "id"]))
    coded = cases[cases["kind"].isin(kinds)].set_index("id")
    wide = codes.pivot(index="case", columns="variable", values=column).reindex(
        index=coded.index, columns=list(VARIABLES)
    )
    return with_answer(coded[["short_name"]].join(wide))


def with_answer(table: pd.DataFrame) -> pd.DataFrame:
    """Add the highest rung and the answer to a table with one column a variable, or find them again."""
    table = table.assign(highest="none")
    for rung in RUNGS:
        table.loc[table[rung].isin(REACHED), "highest"] = rung
    words, short, soldiers = ANSWERS
    answers = {"none": words, "consultation": words, "deployment": soldiers}
    return table.assign(answer=table["highest"].map(answers).fillna(short))


def _check(codes: pd.DataFrame, coded: list[str]) -> None:
    """Refuse codes for what datapackage.json cannot say of them."""
    for number, row in enumerate(codes.itertuples(), start=2):
        where = f"case-codes.csv, row {number}, {row.case}, {row.variable}"
        if row.case not in coded:
            raise ValueError(f"{where}: no coded case of that name; accepted: {', '.join(coded)}")
        for column in ("value", "first", "second"):
            _check_code(where, row.variable, column, getattr(row, column))
        if pd.isna(row.decision) and not row.first == row.second == row.value:
            raise ValueError(f"{where}: the passes differ from each other or from the value; say why in `decision`")
        if row.variable in RUNGS and row.value in REACHED and pd.isna(row.date):
            raise ValueError(f"{where}: reached, but without a date; accepted: YYYY, YYYY-MM or YYYY-MM-DD")
    given = Counter(zip(codes["case"], codes["variable"]))
    wrong = [f"{given[cell]} for {', '.join(cell)}" for cell in product(coded, VARIABLES) if given[cell] != 1]
    if wrong:
        raise ValueError(f"case-codes.csv: one code a case and variable is needed; there are {'; '.join(wrong)}")


def _check_code(where: str, variable: str, column: str, value) -> None:
    if variable not in VARIABLES:
        raise ValueError(f"{where}: no such variable; accepted: {', '.join(VARIABLES)}")
    accepted = VARIABLES[variable]
    if value not in accepted:
        raise ValueError(f"{where}: {column} {value!r}; accepted: {', '.join(accepted)}")


# --- conditions and rules


def conditions_met(table: pd.DataFrame, conditions: dict = CONDITIONS) -> pd.DataFrame:
    """Which cases meet which condition: True or False, one row a case of `table`, one column a condition."""
    return pd.DataFrame({name: table[variable].isin(values) for name, (variable, values) in conditions.items()})


def soldiers_sent(table: pd.DataFrame) -> pd.Series:
    """In which cases of `table` soldiers were sent in the name of the alliance: True or False."""
    return table["deployment"].isin(REACHED)


def all_rules(conditions, most: int) -> list[tuple[str, ...]]:
    """Every rule of one to `most` conditions, short ones first: the alliance acts where all of them are met."""
    return [rule for count in range(1, most + 1) for rule in combinations(conditions, count)]


def rules_that_fit(met: pd.DataFrame, acted: pd.Series, most: int) -> list[tuple[str, ...]]:
    """The rules of one to `most` conditions that are right in every case.

    Parameters
    ----------
    met : pandas.DataFrame
        From `conditions_met`.
    acted : pandas.Series
        True or False for each case: what happened.
    most : int
        How many conditions a rule may have.
    """
    cases, right = met.to_dict("records"), acted.to_list()
    return [
        rule for rule in all_rules(met, most) if [all(case[condition] for condition in rule) for case in cases] == right
    ]


def rule_fits(met: pd.DataFrame, acted: pd.Series, most: int, names: pd.Series) -> pd.DataFrame:
    """How well each rule does as a sufficient condition.

    Parameters
    ----------
    met, acted, most
        As for `rules_that_fit`.
    names : pandas.Series
        Name of each case.

    Returns
    -------
    pandas.DataFrame
        `rule`, `names` (in how many cases it says that the alliance acts), `consistency` (share of these in which it
        acted), `coverage` (share of the cases in which it acted that the rule names), `broken by` (cases in which
        the rule is wrong). The fewest wrong first. Consistency is missing where a rule names no case.
    """
    rows = []
    for rule in all_rules(met, most):
        says = met[list(rule)].all(axis=1)
        both, wrong = (says & acted).sum(), names[says != acted]
        consistency = both / says.sum() if says.any() else float("nan")
        broken_by = "; ".join(wrong) or "no case"
        rows.append((" and ".join(rule), says.sum(), consistency, both / acted.sum(), broken_by, len(wrong)))
    columns = ["rule", "names", "consistency", "coverage", "broken by", "wrong"]
    return pd.DataFrame(rows, columns=columns).sort_values("wrong", kind="stable", ignore_index=True)


def necessity(met: pd.DataFrame, acted: pd.Series) -> pd.DataFrame:
    """How far each condition is necessary.

    Returns
    -------
    pandas.DataFrame
        `condition`, `met in` (cases), `consistency` (share of the cases in which the alliance acted that meet the
        condition; 1 for a necessary one) and `relevance` (of the cases but those that meet it and in which the
        alliance acted, the share that does not meet it; near 0 for a condition that is nearly always met, and so
        says little). Schneider and Wagemann 2012.
    """
    cases, both = met.sum(), met[acted].sum()
    relevance = (len(met) - cases) / (len(met) - both)
    table = pd.DataFrame({"met in": cases, "consistency": both / acted.sum(), "relevance": relevance})
    return table.rename_axis("condition").reset_index()


def single_flips(met: pd.DataFrame, acted: pd.Series, most: int) -> pd.DataFrame:
    """What one code that is coded otherwise does to the rules.

    Parameters
    ----------
    met, acted, most
        As for `rules_that_fit`.

    Returns
    -------
    pandas.DataFrame
        One row for each cell of `met` and each value of `acted`: `case`, `cell` (a condition, or ``"soldiers"``),
        `lost` and `won` (rules that fit before and no longer, or now; lists), `left` (how many fit).
    """
    before = rules_that_fit(met, acted, most)
    table = met.assign(soldiers=acted)
    rows = []
    for cell in table:
        for case in table.index:
            other = table.copy()
            other.loc[case, cell] = not table.loc[case, cell]
            after = rules_that_fit(other[met.columns], other["soldiers"], most)
            lost, won = [rule for rule in before if rule not in after], [rule for rule in after if rule not in before]
            rows.append((case, cell, lost, won, len(after)))
    return pd.DataFrame(rows, columns=["case", "cell", "lost", "won", "left"])


def recode(table: pd.DataFrame, changes: dict[tuple[str, str], str]) -> pd.DataFrame:
    """Change codes of some cells.

    Parameters
    ----------
    table : pandas.DataFrame
        From `code_table`.
    changes : dict
        (case, variable) -> the new value.

    Returns
    -------
    pandas.DataFrame
        A table as `table`; the answers follow the new codes.

    Raises
    ------
    ValueError
        If a case, a variable or a value is not accepted; names those that are.
    """
    table = table.copy()
    for (case, variable), value in changes.items():
        if case not in table.index:
            raise ValueError(f"no case {case!r}; accepted: {', '.join(table.index)}")
        _check_code(f"{case}, {variable}", variable, "value", value)
        table.loc[case, variable] = value
    return with_answer(table)


# --- agreement of the two passes


def agreement(codes: pd.DataFrame) -> pd.DataFrame:
    """How far the two passes agree on each variable.

    Parameters
    ----------
    codes : pandas.DataFrame
        Rows of data/case-codes.csv.

    Returns
    -------
    pandas.DataFrame
        `variable`, `cells`, `same` (cells on which both passes agree), `percent`, `alpha` (Krippendorff's, nominal;
        missing where both passes use a single value), `prevailing` (the value used most, and how often of all
        codes of both passes). Where one value prevails, alpha is low although nearly all cells agree.
    """
    rows = []
    for variable in VARIABLES:
        pairs = codes.loc[codes["variable"] == variable, ["first", "second"]]
        counts = pairs.stack().value_counts()
        alpha = float("nan")
        if len(counts) > 1:
            alpha = krippendorff.alpha(pairs.to_numpy().T.astype(str), level_of_measurement="nominal")
        same = (pairs["first"] == pairs["second"]).sum()
        prevailing = f"{counts.index[0]}: {counts.iloc[0]} of {counts.sum()}"
        rows.append((variable.replace("_", " "), len(pairs), same, 100 * same / len(pairs), alpha, prevailing))
    return pd.DataFrame(rows, columns=["variable", "cells", "same", "percent", "alpha", "prevailing"])
