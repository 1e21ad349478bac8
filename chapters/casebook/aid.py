"""Which gifts count: rules for comparing what was promised with what was handed over."""

import pandas as pd

#: Promise as a reader sees it -> its name in the column `promise` of data/aid.csv.
PROMISES = {
    "Russia, 200 million (2012)": "russia-2012",
    "Russia, 1,230 million (2014)": "russia-2014",
    "Russia, an outpost (2021)": "russia-2021",
    "CSTO, decision of Sochi (2013)": "sochi-2013",
    "CSTO, border program (2024)": "csto-2024",
    "United States, 60 million (2021)": "us-2021",
    "China, a base (2021)": "china-2021",
    "China, nine buildings (2026)": "china-2026",
}
RULES = (
    "all that the giver says, added up",
    "the same sum only once",
    "the same time only once",
    "what others than the giver report",
    "what went to the border troops",
)


def audit(aid: pd.DataFrame, promise: str, rule: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Select what was said of one promise, and the gifts that count under a rule.

    Parameters
    ----------
    aid : pandas.DataFrame
        Rows of data/aid.csv.
    promise : str
        A key of `PROMISES`.
    rule : str
        One of `RULES`. The second drops a sum that the giver names again; the third a
        statement whose years lie inside those of a longer statement made later.

    Returns
    -------
    tuple of pandas.DataFrame
        Statements that are no gifts (promised, decided, under way, denied), and the gifts that
        count; `usd_million` is missing where a gift has no price.

    Raises
    ------
    ValueError
        If the promise or the rule is unknown; names those accepted.
    """
    if promise not in PROMISES or rule not in RULES:
        raise ValueError(
            f"no audit of {promise!r} by {rule!r}; promises: {', '.join(PROMISES)}; rules: {', '.join(RULES)}"
        )
    rows = aid[aid["promise"].fillna("").str.split(";").map(lambda names: PROMISES[promise] in names)]
    rows = rows.sort_values("date_reported", kind="stable")
    given, rest = rows[rows["stage"] == "handed over"], rows[rows["stage"] != "handed over"]
    from_giver = given["word_of"] == "donor"
    given = given[~from_giver if rule == "what others than the giver report" else from_giver]
    if rule == "the same sum only once":
        given = given[given["usd_million"].isna() | ~given["usd_million"].duplicated()]
    elif rule == "the same time only once":
        given = given.loc[[not _inside_another(row, given) for row in given.itertuples()]]
    elif rule == "what went to the border troops":
        given = given[given["goes_to"] == "border"]
    return rest, given


def _inside_another(row, given: pd.DataFrame) -> bool:
    longer = given["to_year"] - given["from_year"] > row.to_year - row.from_year
    around = (given["from_year"] <= row.from_year) & (given["to_year"] >= row.to_year)
    return (longer & around & (given["date_reported"] >= row.date_reported)).any()
