"""Answers that a student could hand in: wrong ones with words of the hint that each must get, and right ones.

For the tests, in which the module `solution` is the solved notebook.
"""

from solution import gap, my_gifts, promised_range, statements
from support.answers import right, wrong

wrong("statements", "so they belong to both", lambda aid, promise: aid[aid["promise"] == promise])


@wrong("statements", "Among the rows of russia-2021")
def every_row_of_two_promises(aid, promise):
    return aid[(aid["promise"] == promise) | aid["promise"].str.contains(";")]


@wrong("statements", "another promise of the same giver")
def every_promise_of_the_giver(aid, promise):
    return aid[aid["promise"].str.contains(promise.split("-")[0])]


def rows_of(aid, promise, *stages):
    rows = statements(aid, promise)
    return rows[rows["stage"].isin(stages)]


def ends(sums):
    named = sums.stack().dropna()
    return (named.min(), named.max()) if len(named) else (None, None)


@wrong("promised_range", "Do not add them")
def statements_added_up(aid, promise):
    rows = rows_of(aid, promise, "promised")
    return rows["usd_million"].sum(), rows["usd_million_high"].fillna(rows["usd_million"]).sum()


@wrong("promised_range", "the minister 150 to 200")
def first_sum_alone(aid, promise):
    first = rows_of(aid, promise, "promised")["usd_million"].iloc[0]
    return first, first


@wrong("promised_range", "No sum is not zero")
def zero_for_no_sum(aid, promise):
    low, high = promised_range(aid, promise)
    return low or 0, high or 0


@wrong("promised_range", "the minister 150 to 200; you have 5")
def statements_of_every_stage(aid, promise):
    return ends(statements(aid, promise)[["usd_million", "usd_million_high"]])


@wrong("promised_range", "The upper end of a range stands in usd_million_high")
def upper_ends_ignored(aid, promise):
    return ends(rows_of(aid, promise, "promised")[["usd_million"]])


@wrong("promised_range", "The upper end is empty")
def the_columns_one_by_one(aid, promise):
    rows = rows_of(aid, promise, "promised")
    low, high = rows["usd_million"].min(), rows["usd_million_high"].max()
    return (None, None) if low != low else (low, high)


def counted(gifts):
    rule = "What was handed over by the word of the giver, and each sum of money only once."
    return {"gifts": gifts, "sum": gifts["usd_million"].sum(), "rule": rule}


@wrong("my_gifts", "you count the same money twice")
def everything_added_up(aid, promise):
    return counted(rows_of(aid, promise, "handed over"))


@wrong("my_gifts", "nothing had been handed over")
def denials_counted(aid, promise):
    return counted(rows_of(aid, promise, "handed over", "denied").drop_duplicates("usd_million"))


@wrong("my_gifts", "and yours did not follow")
def chosen_by_the_sum(aid, promise):
    gifts = rows_of(aid, promise, "handed over")
    return counted(gifts[gifts["usd_million"] < 100])


@wrong("my_gifts", "your rule loses it")
def nothing_without_a_price(aid, promise):
    gifts = rows_of(aid, promise, "handed over").query("word_of == 'donor'")
    return counted(gifts.dropna(subset="usd_million").drop_duplicates("usd_million"))


@wrong("my_gifts", "your rule makes one of them")
def gifts_without_a_price_as_one(aid, promise):
    return counted(rows_of(aid, promise, "handed over").query("word_of == 'donor'").drop_duplicates("usd_million"))


@right("my_gifts")
def the_long_period_alone(aid, promise):
    given = rows_of(aid, promise, "handed over").query("word_of == 'donor'")
    return counted(given[given["usd_million"].isna() | (given["to_year"] > given["from_year"])])


@wrong("my_gifts", "holds no word of the rows that it judges")
def a_rule_for_anything(aid, promise):
    rule = "I think that this is the right answer because it seems good to me."
    return my_gifts(aid, promise) | {"rule": rule}


@wrong("my_gifts", "Your gifts are no rows of the table")
def column_of_sums(aid, promise):
    gifts = my_gifts(aid, promise)
    return gifts | {"gifts": gifts["gifts"]["usd_million"]}


def with_doubt(aid, promise, at_most):
    found = gap(aid, promise)
    return None if found is None else found | {"at_most": at_most}


@right("gap")
def numpy_truth(aid, promise):
    return with_doubt(aid, promise, my_gifts(aid, promise)["gifts"]["usd_million"].isna().any())


@wrong("gap", "at_most is True")
def gifts_without_a_price_overlooked(aid, promise):
    return with_doubt(aid, promise, False)


@wrong("gap", "at_most is False")
def always_at_most(aid, promise):
    return with_doubt(aid, promise, True)


@wrong("gap", "Zero would say that the promise was kept")
def zero_for_no_promise(aid, promise):
    given = -my_gifts(aid, promise)["sum"]
    return gap(aid, promise) or {"low": given, "high": given, "at_most": False}


@wrong("alt_text", "does not say in digits the sum that you count")
def looks_of_the_bars(aid, promise):
    high = promised_range(aid, promise)[1]
    return f"The bar of the promise {promise} is long: up to {high:g} million dollars; the other is much shorter."


@wrong("alt_text", "does not say in digits the sum that you count")
def sum_in_words(aid, promise):
    high = promised_range(aid, promise)[1]
    return f"Of up to {high:g} million dollars promised under {promise}, a hundred and thirty-six were handed over."


@wrong("alt_text", "what was promised and what you count are exchanged")
def roles_exchanged(aid, promise):
    high, given = promised_range(aid, promise)[1], my_gifts(aid, promise)["sum"]
    return f"Under {promise}, {high:g} million dollars were handed over; {given:g} million were only promised."


@wrong("alt_text", "in million dollars")
def numbers_without_a_unit(aid, promise):
    high, given = promised_range(aid, promise)[1], my_gifts(aid, promise)["sum"]
    return f"Up to {high:g} were promised under {promise}, and the statements that I count make {given:g}."


@right("alt_text")
def the_gift_first(aid, promise):
    high, given = promised_range(aid, promise)[1], my_gifts(aid, promise)["sum"]
    return f"I count {given:g} million US dollars handed over under {promise}, of at most {high:g} million promised."
