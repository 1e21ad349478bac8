"""Cases of the comparison: codes as a table, days, conditions and rules."""

import re
from itertools import combinations, compress

import pandas as pd

#: Variable of data/case-codes.csv -> what is asked, the values accepted, and how to choose among them.
VARIABLES = {
    "request": (
        "Was help asked for, and of whom?",
        ("to the CSTO", "in part", "none found", "unclear"),
        "to the CSTO: a public request of the government to a body of the alliance; in part: to Russia alone, by word "
        "of mouth, or by others than the government; "
        "unclear: a request is mentioned, its content or its address is not known",
    ),
    "asked_for": (
        "What was asked for?",
        ("talks", "equipment", "soldiers", "left open", "nothing"),
        "the most that the words seen ask for; left open: help that could mean soldiers and does not say so",
    ),
    "threat": (
        "Where did the danger come from?",
        ("inside", "armed group from abroad", "another state", "another member"),
        "who stood on the other side; not who was blamed for it",
    ),
    "outside": (
        "Did it come from outside, by the words of the day?",
        ("yes", "no", "disputed"),
        "no: no government of a member said so; disputed: one said so, and others in the alliance or its own "
        "officials denied it or would not say it",
    ),
    "government_at_risk": (
        "Could those in power fall?",
        ("yes", "no", "disputed"),
        "yes: they fell, or people of the country took or attacked a seat of government; disputed: they said that "
        "they could not restore order by themselves. An attack by another state alone does not count",
    ),
    "two_members": ("Did two members fight each other?", ("yes", "no"), "armed forces of both"),
    "objection": (
        "Who spoke in public against acting or sending soldiers?",
        ("none found", "a member", "the secretariat"),
        "heads, ministers or spokesmen of a member, or the secretariat, on this case; the date shows whether it came "
        "before the answer; not single deputies or votes",
    ),
    "russia_alone": (
        "What did Russia do in its own name?",
        ("none found", "mediation", "aid", "soldiers"),
        "the farthest step, also if the soldiers guarded only Russia's own base",
    ),
    "force": (
        "Which standing force existed?",
        ("none", "rapid deployment", "rapid reaction", "peacekeeping"),
        "the newest that was formed: 2001 for Central Asia, 2009 for all, 2011 for peacekeeping",
    ),
    "consultation": (
        "Did members confer?",
        ("yes", "no", "decided", "offered"),
        "a meeting or exchange of members, or of the secretary general with the sides; a statement alone is none",
    ),
    "fact_finding": (
        "Was a mission sent to look?",
        ("yes", "no", "decided", "offered"),
        "officers or the secretary general on the spot",
    ),
    "material_aid": (
        "Was equipment given in the name of the alliance?",
        ("yes", "no", "decided", "offered"),
        "decided: delivery of the whole was not found; offered: not taken up",
    ),
    "exercise": (
        "Was there an exercise in answer?",
        ("yes", "no", "decided", "offered", "planned"),
        "called for or moved because of the case, as far as is known; planned: it was in the plan of the year anyway",
    ),
    "deployment": (
        "Were soldiers sent in the name of the alliance?",
        ("yes", "no", "decided", "offered"),
        "soldiers, or observers, with a task in the member state",
    ),
}
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
        If a code is missing, given twice, given to a case that is not coded, or not accepted, or if a date is not
        one or a rung that was reached has no date; names row, case and variable.
    """
    coded = cases[cases["kind"] == "case"].set_index("id")
    _check(codes, list(coded.index))
    wide = codes.pivot(index="case", columns="variable", values="value").reindex(
        index=coded.index, columns=list(VARIABLES)
    )
    table = coded[["short_name"]].join(wide)
    reached = wide[list(RUNGS)].isin(REACHED)
    table["highest"] = [
        list(compress(RUNGS, row))[-1] if any(row) else "none" for row in reached.itertuples(index=False)
    ]
    steps = {"none": 0, "consultation": 0, "deployment": 2}
    table["answer"] = [ANSWERS[steps.get(rung, 1)] for rung in table["highest"]]
    return table


def _check(codes: pd.DataFrame, coded: list[str]) -> None:
    given = set()
    for number, row in enumerate(codes.itertuples(), start=2):
        where = f"case-codes.csv, row {number}, {row.case}, {row.variable}"
        if row.case not in coded:
            raise ValueError(f"{where}: no coded case of that name; accepted: {', '.join(coded)}")
        if row.variable not in VARIABLES:
            raise ValueError(f"{where}: no such variable; accepted: {', '.join(VARIABLES)}")
        if (row.case, row.variable) in given:
            raise ValueError(f"{where}: coded twice; accepted: one row a case and variable")
        given.add((row.case, row.variable))
        if row.value not in VARIABLES[row.variable][1]:
            raise ValueError(f"{where}: value {row.value!r}; accepted: {', '.join(VARIABLES[row.variable][1])}")
        if row.variable in RUNGS and row.value in REACHED and pd.isna(row.date):
            raise ValueError(f"{where}: reached, but without a date; accepted: YYYY, YYYY-MM or YYYY-MM-DD")
        if not pd.isna(row.date):
            _check_date(row.date, where)
    missing = [f"{case}, {variable}" for case in coded for variable in VARIABLES if (case, variable) not in given]
    if missing:
        raise ValueError(f"case-codes.csv: no code for {'; '.join(missing)}")


def _check_date(date: str, where: str) -> None:
    try:
        known = re.fullmatch(r"\d{4}(-\d\d){0,2}", date) and pd.Period(date)
    except ValueError:
        known = None
    if not known:
        raise ValueError(f"{where}: date {date!r}; accepted: YYYY, YYYY-MM or YYYY-MM-DD")


def days_to_answer(cases: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Days from the request to the first and to the highest rung of the answer.

    Parameters
    ----------
    cases, codes : pandas.DataFrame
        As for `code_table`, which also says what is refused.

    Returns
    -------
    pandas.DataFrame
        One row a case whose request is known to the day: `short_name`, `request` (value of the code),
        `asked` (date), `first_rung`, `first_days`, `highest`, `highest_days`. Days are whole numbers, negative
        if the rung came before the request, and missing if no rung was reached. A rung known to the month counts
        from the month's end.
    """
    table = code_table(cases, codes)
    dates = codes.pivot(index="case", columns="variable", values="date").reindex(columns=list(VARIABLES))
    columns = ["short_name", "request", "asked", "first_rung", "first_days", "highest", "highest_days"]
    rows = []
    for case, code in table.iterrows():
        if len(str(dates.loc[case, "request"])) < len("2022-01-05"):
            continue
        asked = pd.Timestamp(dates.loc[case, "request"])
        days = {
            rung: (pd.Period(dates.loc[case, rung]).end_time.normalize() - asked).days
            for rung in RUNGS
            if code[rung] in REACHED
        }
        first, highest = min(days, key=days.get, default="none"), code["highest"]
        rows.append((code["short_name"], code["request"], asked, first, days.get(first), highest, days.get(highest)))
    return pd.DataFrame(rows, columns=columns).astype({"first_days": "Int64", "highest_days": "Int64"})


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


def apply_rule(table: pd.DataFrame, needed: list[str]) -> pd.Series:
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
    if isinstance(needed, str):
        raise ValueError(f"a rule is a list of conditions, such as [{needed!r}]")
    says = pd.Series(True, index=table.index)
    for condition in needed:
        says &= meets(table, condition)
    return says


def rules_that_fit(table: pd.DataFrame, outcome: pd.Series, most: int) -> list[tuple[str, ...]]:
    """Which rules of few conditions are right in every case.

    Parameters
    ----------
    table : pandas.DataFrame
        From `code_table`.
    outcome : pandas.Series
        True or False for each row of the table: what happened.
    most : int
        How many conditions a rule may need; rules that need none are tried too.

    Returns
    -------
    list of tuple of str
        The conditions of each rule, short rules first, in the order of `CONDITIONS`.
    """
    fitting = []
    for count in range(most + 1):
        for needed in combinations(CONDITIONS, count):
            if (apply_rule(table, list(needed)) == outcome).all():
                fitting.append(needed)
    return fitting
