"""Answers that a student could hand in: wrong ones with words of the hint that each must get, and right ones.

For the tests, in which the module `solution` is the solved notebook.
"""

from solution import gap, my_gifts, promised_range, statements
from support.answers import right, wrong

for hint, answer in {
    "so they belong to both": lambda aid, promise: aid[aid["promise"] == promise],
    "Among the rows of russia-2021": lambda aid, promise: aid[
        (aid["promise"] == promise) | aid["promise"].str.contains(";")
    ],
    "another promise of the same giver": lambda aid, promise: aid[aid["promise"].str.contains(promise.split("-")[0])],
}.items():
    wrong("statements", hint)(answer)


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


@wrong("promised_range", "The upper end is empty")
def the_columns_one_by_one(aid, promise):
    rows = rows_of(aid, promise, "promised")
    low, high = rows["usd_million"].min(), rows["usd_million_high"].max()
    return (None, None) if low != low else (low, high)


@wrong("promised_range", "the minister 150 to 200")
def first_sum_alone(aid, promise):
    first = rows_of(aid, promise, "promised")["usd_million"].iloc[0]
    return first, first


for hint, answer in {
    "No sum is not zero": lambda aid, promise: [end or 0 for end in promised_range(aid, promise)],
    "the minister 150 to 200; you have 5": lambda aid, promise: ends(
        statements(aid, promise)[["usd_million", "usd_million_high"]]
    ),
    "The upper end of a range stands in usd_million_high": lambda aid, promise: ends(
        rows_of(aid, promise, "promised")[["usd_million"]]
    ),
}.items():
    wrong("promised_range", hint)(answer)


def counted(gifts):
    rule = "What was handed over by the word of the giver, and each sum of money only once."
    return {"gifts": gifts, "sum": gifts["usd_million"].sum(), "rule": rule}


def choosing(choose):
    """An answer that counts what is chosen from the rows on what was handed over."""
    return lambda aid, promise: counted(choose(rows_of(aid, promise, "handed over")))


right("my_gifts")(
    choosing(lambda given: given.query("word_of == 'donor' and (usd_million.isna() or to_year > from_year)"))
)
for hint, choose in {
    "you count the same money twice": lambda given: given,
    "and yours did not follow": lambda given: given[given["usd_million"] < 100],
    "your rule loses it": lambda given: (
        given.query("word_of == 'donor'").dropna(subset="usd_million").drop_duplicates("usd_million")
    ),
    "your rule makes one of them": lambda given: given.query("word_of == 'donor'").drop_duplicates("usd_million"),
}.items():
    wrong("my_gifts", hint)(choosing(choose))


wrong("my_gifts", "nothing had been handed over")(
    lambda aid, promise: counted(rows_of(aid, promise, "handed over", "denied").drop_duplicates("usd_million"))
)
wrong("my_gifts", "holds no word of the rows that it judges")(
    lambda aid, promise: (
        my_gifts(aid, promise) | {"rule": "I think that this is the right answer because it seems good to me."}
    )
)
wrong("my_gifts", "Your gifts are no rows of the table")(
    lambda aid, promise: my_gifts(aid, promise) | {"gifts": my_gifts(aid, promise)["gifts"]["usd_million"]}
)


def with_doubt(aid, promise, at_most):
    found = gap(aid, promise)
    return found and {**found, "at_most": at_most}


@right("gap")
def numpy_truth(aid, promise):
    return with_doubt(aid, promise, my_gifts(aid, promise)["gifts"]["usd_million"].isna().any())


@wrong("gap", "Zero would say that the promise was kept")
def zero_for_no_promise(aid, promise):
    given = -my_gifts(aid, promise)["sum"]
    return gap(aid, promise) or {"low": given, "high": given, "at_most": False}


wrong("gap", "at_most is True")(lambda aid, promise: with_doubt(aid, promise, False))
wrong("gap", "at_most is False")(lambda aid, promise: with_doubt(aid, promise, True))


def alt_text_of(words):
    """An answer in these words, with the promise, the most that was promised, and what was given."""
    return lambda aid, promise: words.format(
        promise=promise, high=promised_range(aid, promise)[1], given=my_gifts(aid, promise)["sum"]
    )


right("alt_text")(
    alt_text_of(
        "I count {given:g} million US dollars handed over under {promise}, of at most {high:g} million promised."
    )
)
for hint, words in {
    "does not say in digits the sum that you count": (
        "Of up to {high:g} million dollars promised under {promise}, a hundred and thirty-six were handed over."
    ),
    "what was promised and what you count are exchanged": (
        "Under {promise}, {high:g} million dollars were handed over; {given:g} million were only promised."
    ),
    "in million dollars": (
        "Up to {high:g} were promised under {promise}, and the statements that I count make {given:g}."
    ),
}.items():
    wrong("alt_text", hint)(alt_text_of(words))
