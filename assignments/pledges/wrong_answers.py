"""Answers that a student could hand in: wrong ones with a part of the hint that each must get, and right ones. For the tests.

They run in the memory of the solved notebook, so that they may call its functions.
"""

from support.answers import right, wrong


@wrong("so they belong to both")
def statements(aid, promise):
    return aid[aid["promise"] == promise]


@wrong("another promise of the same giver")
def statements(aid, promise):
    return aid[aid["promise"].str.contains(promise.split("-")[0])]


@wrong("Do not add them")
def promised_range(aid, promise):
    rows = statements(aid, promise)
    rows = rows[rows["stage"] == "promised"]
    return rows["usd_million"].sum(), rows["usd_million_high"].fillna(rows["usd_million"]).sum()


@wrong("the minister 150 to 200")
def promised_range(aid, promise):
    rows = statements(aid, promise)
    first = rows.loc[rows["stage"] == "promised", "usd_million"].iloc[0]
    return first, first


@wrong("No sum is not zero")
def promised_range(aid, promise):
    rows = statements(aid, promise)
    named = rows.loc[rows["stage"] == "promised", ["usd_million", "usd_million_high"]].stack().dropna()
    return (named.min(), named.max()) if len(named) else (0, 0)


@wrong("the minister 150 to 200; you have 5")
def promised_range(aid, promise):
    named = statements(aid, promise)[["usd_million", "usd_million_high"]].stack().dropna()
    return (named.min(), named.max()) if len(named) else (None, None)


@wrong("The upper end of a range stands in usd_million_high")
def promised_range(aid, promise):
    rows = statements(aid, promise)
    named = rows.loc[rows["stage"] == "promised", "usd_million"].dropna()
    return (named.min(), named.max()) if len(named) else (None, None)


@wrong("you count the same money twice")
def my_gifts(aid, promise):
    rows = statements(aid, promise)
    gifts = rows[rows["stage"] == "handed over"]
    rule = "Everything that anybody said to have been handed over under this promise, all added up."
    return {"gifts": gifts, "sum": gifts["usd_million"].sum(), "rule": rule}


@wrong("nothing had been handed over")
def my_gifts(aid, promise):
    rows = statements(aid, promise)
    gifts = rows[rows["stage"].isin(["handed over", "denied"])].drop_duplicates("usd_million")
    rule = "All that was said about deliveries by either side, each sum of money only once."
    return {"gifts": gifts, "sum": gifts["usd_million"].sum(), "rule": rule}


@wrong("and yours did not follow")
def my_gifts(aid, promise):
    rows = statements(aid, promise)
    gifts = rows[(rows["stage"] == "handed over") & (rows["usd_million"] < 100)]
    rule = "Only the small sums, because the large one is in the table three times over."
    return {"gifts": gifts, "sum": gifts["usd_million"].sum(), "rule": rule}


@wrong("your rule loses it")
def my_gifts(aid, promise):
    rows = statements(aid, promise)
    gifts = rows[(rows["stage"] == "handed over") & (rows["word_of"] == "donor")].dropna(subset="usd_million").drop_duplicates("usd_million")
    rule = "What the giver says it handed over, each sum of money once, and nothing without a price."
    return {"gifts": gifts, "sum": gifts["usd_million"].sum(), "rule": rule}


@wrong("Your gifts are no rows of the table")
def my_gifts(aid, promise):
    rows = statements(aid, promise)
    gifts = rows.loc[(rows["stage"] == "handed over") & (rows["word_of"] == "donor"), "usd_million"].drop_duplicates()
    rule = "What the giver says it handed over, each sum of money once, and every gift without a price."
    return {"gifts": gifts, "sum": gifts.sum(), "rule": rule}


@right
def gap(aid, promise):
    low, high = promised_range(aid, promise)
    mine = my_gifts(aid, promise)
    return None if low is None else {"low": low - mine["sum"], "high": high - mine["sum"], "at_most": mine["gifts"]["usd_million"].isna().any()}


@wrong("at_most is True")
def gap(aid, promise):
    low, high = promised_range(aid, promise)
    given = my_gifts(aid, promise)["sum"]
    return None if low is None else {"low": low - given, "high": high - given, "at_most": False}


@wrong("Zero would say that the promise was kept")
def gap(aid, promise):
    low, high = promised_range(aid, promise)
    mine = my_gifts(aid, promise)
    return {"low": (low or 0) - mine["sum"], "high": (high or 0) - mine["sum"], "at_most": bool(mine["gifts"]["usd_million"].isna().any())}


@wrong("does not say in digits the sum that you count")
def alt_text(aid, promise):
    return f"The bar of the promise {promise} is long: up to {promised_range(aid, promise)[1]:g} million dollars; the other is much shorter."


@wrong("does not say in digits the sum that you count")
def alt_text(aid, promise):
    return f"Of up to {promised_range(aid, promise)[1]:g} million dollars promised under {promise}, a hundred and thirty-six were handed over."
