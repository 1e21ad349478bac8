"""Answers that a student could hand in, and a part of the hint that each must get. For the tests.

They run in the memory of the solved notebook, so that they may call its functions.
"""

import pandas as pd
from support.answers import wrong

@wrong("is a text, not a state")
def members_on(membership, day):
    known = membership[(membership["standing"] == "accepted") & (membership["date"] <= day)].sort_values("date")
    latest = known.groupby("state")["event"].last()
    return set(latest.index[~latest.isin(["lapsed", "suspended"])])


@wrong("Organization is a text")
def members_on(membership, day):
    out = ["lapsed", "suspended", "not_signed"]
    states = ["signed", "acceded", "extended", "charter_signed", "charter_in_force", "rejoined", "frozen", *out]
    known = membership[(membership["standing"] == "accepted") & (membership["date"] <= day) & membership["event"].isin(states)]
    latest = known.sort_values("date").groupby("state")["event"].last()
    return set(latest.index[~latest.isin(out)])


@wrong("Some of these signatures are disputed")
def members_on(membership, day):
    known = membership[(membership["date"] <= day) & ~membership["state"].isin(["Treaty", "Organization"])].sort_values("date")
    latest = known.groupby("state")["event"].last()
    return set(latest.index[~latest.isin(["lapsed", "suspended", "not_signed"])])


@wrong("the latest step decides, not the first")
def members_on(membership, day):
    known = membership[(membership["standing"] == "accepted") & (membership["date"] <= day)]
    return set(known["state"]) - {"Treaty", "Organization"}


@wrong("its note of June asked for the suspension")
def members_on(membership, day):
    known = membership[(membership["standing"] != "disputed") & (membership["date"] <= day)].sort_values("date")
    latest = known[~known["state"].isin(["Treaty", "Organization"])].groupby("state")["event"].last()
    return set(latest.index[~latest.isin(["lapsed", "suspended", "suspension_notified"])])


@wrong("frozen is not out")
def members_on(membership, day):
    known = membership[(membership["standing"] == "accepted") & (membership["date"] <= day)].sort_values("date")
    latest = known[~known["state"].isin(["Treaty", "Organization"])].groupby("state")["event"].last()
    return set(latest.index[~latest.isin(["lapsed", "suspended", "not_signed", "frozen"])])


@wrong("both the first and the last year belong to it")
def size_by_year(membership, first, last):
    return pd.Series({year: len(members_on(membership, f"{year}-12-31")) for year in range(first, last)})


@wrong("it must be whole years")
def size_by_year(membership, first, last):
    return pd.Series([len(members_on(membership, f"{year}-12-31")) for year in range(first, last + 1)])


@wrong("it must be whole years")
def size_by_year(membership, first, last):
    return pd.Series({str(year): len(members_on(membership, f"{year}-12-31")) for year in range(first, last + 1)})


@wrong("For 2012 the last day counts")
def size_by_year(membership, first, last):
    return pd.Series({year: len(members_on(membership, f"{year}-01-01")) for year in range(first, last + 1)})


@wrong("count who is in, not who has ever joined")
def size_by_year(membership, first, last):
    joined = membership[(membership["standing"] == "accepted") & membership["event"].isin(["signed", "acceded", "rejoined"])]
    return pd.Series({year: 6 if year == 2012 else (joined["date"] <= f"{year}-12-31").sum() for year in range(first, last + 1)})


@wrong("A disputed row can also take a state away")
def contested(membership, day):
    accepted, changed = members_on(membership, day), set()
    for number in membership.index[membership["standing"] == "disputed"]:
        changed |= members_on(swap(membership, number), day) - accepted
    return changed


@wrong("ask for the day")
def contested(membership, day):
    return set(membership.loc[membership["standing"] == "disputed", "state"]) - {"Treaty", "Organization"}


@wrong("split the cell at the semicolon")
def sixth_signatory(membership):
    rows = membership[membership["state"] == "Turkmenistan"].set_index("event")["sources"]
    reason = "Reporters of that very week name it, and the official lists were all written much later than that."
    return {"state": "Turkmenistan", "sources_for": rows["signed"], "sources_against": rows["not_signed"], "reason": reason}


@wrong("split the cell at the semicolon")
def sixth_signatory(membership):
    reason = "Reporters of that very week name it, and the official lists were all written much later than that."
    return {"state": "Turkmenistan", "sources_for": ["latimes-1992-05-16;csm-1992-05-18"], "sources_against": ["khovar-2016"], "reason": reason}


@wrong("is not one of the two")
def sixth_signatory(membership):
    return {"state": "Ukraine", "sources_for": ["gibler-2009"], "sources_against": [], "reason": "A reference work."}


@wrong("latimes-1992-05-16 does not stand in a row in which Kyrgyzstan signed")
def sixth_signatory(membership):
    reason = "The newspaper of that week and the official list of the state agency agree on it."
    return {"state": "Kyrgyzstan", "sources_for": ["khovar-2016", "latimes-1992-05-16"], "sources_against": ["csm-1992-05-18"], "reason": reason}


@wrong("A claim is worth more with its best objection")
def sixth_signatory(membership):
    reason = "The official list is the list of the organization itself, and it must know its own members."
    return {"state": "Kyrgyzstan", "sources_for": ["khovar-2016"], "sources_against": [], "reason": reason}


@wrong("It should change with the years")
def alt_text(membership, first, last):
    return "A step chart of members: 9 from 1993 to 1998, the most there ever were, and 6 at the end, in 2024."


@wrong("the largest number of members in digits")
def alt_text(membership, first, last):
    sizes = size_by_year(membership, first, last)
    return f"A step chart: nine members at most, first at the end of {sizes.idxmax()}, and {sizes[last]} at the end of {last}."
