"""Answers that a student could hand in: wrong ones with words of the hint that each must get, and right ones.

For the tests, in which the module `solution` is the solved notebook.
"""

import pandas as pd
from solution import last_moment, percent_change
from support.answers import right, wrong


def others(rows):
    return rows[rows["source"] != "tajikmemo2010"]


for hint, answer in {
    "a claim does not confirm itself": lambda table, day: table[table["date_reported"] <= day],
    "let a year count from then": lambda table, day: others(table[table["date_reported"] <= day]),
    "the day itself counts": lambda table, day: others(table[table["date_reported"] < day]),
    "Ask when a number was published, not of which year it speaks": lambda table, day: table[
        table["year"] <= int(day[:4])
    ],
    "compare with last_moment(day)": lambda table, day: others(
        table[table["date_reported"].map(last_moment) <= pd.Timestamp(f"{day} 23:59:59")]
    ),
}.items():
    wrong("in_print", hint)(answer)


def series(table, column="usd_million"):
    return table[table["basis"] == "series"].set_index("year")[column]


def ratio(table, first, last, column="usd_million"):
    return series(table, column)[last] / series(table, column)[first]


@wrong("percent_change", "Give one number, not a column")
def a_column_of_one_number(table, first, last):
    dollars = table[table["basis"] == "series"]
    earlier, later = (dollars[dollars["year"] == year]["usd_million"].values for year in (first, last))
    return (later / earlier - 1) * 100


@wrong("percent_change", "reporters do not count alike")
def reporters_mixed(table, first, last):
    dollars = table.dropna(subset="usd_million").drop_duplicates("year").set_index("year")["usd_million"]
    return (dollars[last] / dollars[first] - 1) * 100


for hint, answer in {
    "a fall is negative": lambda table, first, last: (1 - ratio(table, first, last)) * 100,
    "times 100 it is a number of percent": lambda table, first, last: ratio(table, first, last) - 1,
    "Do not round": lambda table, first, last: round(percent_change(table, first, last)),
    "the change is what was lost": lambda table, first, last: ratio(table, first, last) * 100,
    "these are percentage points": lambda table, first, last: (
        series(table, "percent_gdp")[last] - series(table, "percent_gdp")[first]
    ),
    "GDP changed too: take the dollars": lambda table, first, last: (
        (ratio(table, first, last, "percent_gdp") - 1) * 100
    ),
}.items():
    wrong("percent_change", hint)(answer)

for hint, answer in {
    "not of 0.86": lambda table, factor: (
        [year for year in range(2003, 2009) if ratio(table, year - 1, year) - 1 >= factor]
    ),
    "Your years are text": lambda table, factor: (
        [str(year) for year in range(2003, 2009) if ratio(table, year - 1, year) >= factor]
    ),
    "The sentence speaks of the years up to 2008": lambda table, factor: (
        [year for year in range(2003, 2013) if ratio(table, year - 1, year) >= factor]
    ),
}.items():
    wrong("grown_at_least", hint)(answer)


def change(table, year):
    return percent_change(table, year - 1, year)


def verdict(table, **different):
    """A right verdict but for some parts."""
    reason = "The fall came in the first of the two years, and almost forty may be ten points less."
    right_one = {"reading": "2009 alone", "tolerance": 10, "observed": [change(table, 2009)], "held": True}
    return {**right_one, "reason": reason, **different}


@right("my_verdict")
def outcomes_to_one_decimal(table):
    observed = [round(change(table, year), 1) for year in (2009, 2010)]
    held = all(abs(number + 40) <= 10 for number in observed)
    return verdict(table, reading="each of the two years", observed=observed, held=held)


@wrong("my_verdict", "Two years are not averaged into one")
def mean_of_two_years(table):
    mean = (change(table, 2009) + change(table, 2010)) / 2
    return verdict(table, reading="each of the two years", tolerance=5, observed=[mean], held=False)


for hint, answer in {
    "by your own rule `held` is False": lambda table: verdict(table, tolerance=5),
    "would let almost any outcome hold": lambda table: verdict(table, tolerance=40),
    "observed should be a list": lambda table: verdict(table, observed=change(table, 2009)),
    "holds no word of the sentence that it judges": lambda table: verdict(
        table, reason="I think that this is the right answer because it seems good to me."
    ),
    "do not round, take what percent_change returns": lambda table: verdict(
        table, observed=[round(change(table, 2009))]
    ),
    "is not the change that the reading": lambda table: verdict(table, reading="both years together"),
    "As a trial the money fell by 40 percent": lambda table: verdict(table, tolerance=5, held=False),
    "As a trial the money fell by 61 percent": lambda table: verdict(table, held=change(table, 2009) <= -40 + 10),
}.items():
    wrong("my_verdict", hint)(answer)


def alt_text_of(changes, expected="a fall of almost 40"):
    """An answer that says in these words how the money changed, and what the memo expected."""
    words = f"{changes} percent in 2010; the memo expected {expected}."
    return lambda table: words.format(fall=-change(table, 2009), growth=change(table, 2010))


FELL_AND_ROSE = "Remittances fell by {fall:.0f} percent in 2009 and rose by {growth:.0f}"
right("alt_text")(alt_text_of(FELL_AND_ROSE))
right("alt_text")(alt_text_of("The change was -{fall:.0f} percent in 2009 and {growth:+.0f}", "almost -40 for both"))
right("alt_text")(
    alt_text_of("After a fall of {fall:.0f} percent in 2009 remittances grew by {growth:.0f}", "40 percent less")
)
wrong("alt_text", "the memo expected a fall")(alt_text_of(FELL_AND_ROSE, "a rise of almost 40"))
wrong("alt_text", "what the memo expected, in digits")(alt_text_of(FELL_AND_ROSE, "a fall of almost forty"))
wrong("alt_text", "changed in 2010, rounded")(
    lambda table: f"Remittances fell by {-change(table, 2009):.0f} percent in 2009; the memo expected a fall of 40."
)
wrong("alt_text", "your text is: 'In 2009 the money changed by {fall:.0f} percent")(
    lambda table: "In 2009 the money changed by {fall:.0f} percent, in 2010 by {growth:.0f}; the memo expected -40."
)
for hint, changes in {
    "the money fell in 2009": "Remittances rose by {fall:.0f} percent in 2009 and rose by {growth:.0f}",
    "the money rose in 2010": "Remittances fell by {fall:.0f} percent in 2009 and fell by {growth:.0f}",
    "is a fall twice": "Remittances went down -{fall:.0f} percent in 2009 and up {growth:.0f}",
}.items():
    wrong("alt_text", hint)(alt_text_of(changes))
