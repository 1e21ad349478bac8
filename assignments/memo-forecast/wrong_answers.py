"""Answers that a student could hand in: wrong ones with words of the hint that each must get, and right ones.

For the tests, in which the module `solution` is the solved notebook.
"""

import pandas as pd
from solution import last_moment, percent_change
from support.answers import right, wrong


def others(rows):
    return rows[rows["source"] != "tajikmemo2010"]


wrong("in_print", "a claim does not confirm itself", lambda table, day: table[table["date_reported"] <= day])
wrong("in_print", "let a year count from then", lambda table, day: others(table[table["date_reported"] <= day]))
wrong("in_print", "the day itself counts", lambda table, day: others(table[table["date_reported"] < day]))


@wrong("in_print", "Ask when a number was published, not of which year it speaks")
def by_the_year_of_the_number(remittances, day):
    return remittances[remittances["year"] <= int(day[:4])]


def series(table, column):
    return table[table["basis"] == "series"].set_index("year")[column]


def ratio(table, first, last, column="usd_million"):
    values = series(table, column)
    return values[last] / values[first]


wrong("in_print", "compare with last_moment(day)", lambda table, day: others(before_midnight(table, day)))


def before_midnight(table, day):
    return table[table["date_reported"].map(last_moment) <= pd.Timestamp(f"{day} 23:59:59")]


@wrong("percent_change", "Give one number, not a column")
def a_column_of_one_number(remittances, first, last):
    dollars = remittances[remittances["basis"] == "series"]
    earlier, later = (dollars[dollars["year"] == year]["usd_million"].values for year in (first, last))
    return (later / earlier - 1) * 100


wrong("percent_change", "a fall is negative", lambda table, first, last: (1 - ratio(table, first, last)) * 100)
wrong("percent_change", "times 100 it is a number of percent", lambda table, first, last: ratio(table, first, last) - 1)
wrong("percent_change", "Do not round", lambda table, first, last: round(percent_change(table, first, last)))
wrong("percent_change", "the change is what was lost", lambda table, first, last: ratio(table, first, last) * 100)


@wrong("percent_change", "times 100 it is a number of percent")
def rounded_share(remittances, first, last):
    return round(ratio(remittances, first, last) - 1, 2)


@wrong("percent_change", "these are percentage points")
def difference_of_shares(remittances, first, last):
    share = series(remittances, "percent_gdp")
    return share[last] - share[first]


@wrong("percent_change", "GDP changed too: take the dollars")
def change_of_the_share(remittances, first, last):
    return (ratio(remittances, first, last, "percent_gdp") - 1) * 100


@wrong("percent_change", "reporters do not count alike")
def reporters_mixed(remittances, first, last):
    dollars = remittances.dropna(subset="usd_million").drop_duplicates("year").set_index("year")["usd_million"]
    return (dollars[last] / dollars[first] - 1) * 100


@wrong("grown_at_least", "not of 0.86")
def growth_for_factor(remittances, factor):
    return [year for year in range(2003, 2009) if ratio(remittances, year - 1, year) - 1 >= factor]


@wrong("grown_at_least", "Your years are text")
def years_as_text(remittances, factor):
    return [str(year) for year in range(2003, 2009) if ratio(remittances, year - 1, year) >= factor]


@wrong("grown_at_least", "The sentence speaks of the years up to 2008")
def years_after_2008(remittances, factor):
    return [year for year in range(2003, 2013) if ratio(remittances, year - 1, year) >= factor]


def verdict(observed, reading="2009 alone", tolerance=10, held=True):
    reason = "The fall came in the first of the two years, and almost forty may be ten points less."
    return {"reading": reading, "tolerance": tolerance, "observed": observed, "held": held, "reason": reason}


def change(table, year):
    return percent_change(table, year - 1, year)


wrong("my_verdict", "by your own rule `held` is False", lambda table: verdict([change(table, 2009)], tolerance=5))
wrong("my_verdict", "would let almost any outcome hold", lambda table: verdict([change(table, 2009)], tolerance=40))
wrong("my_verdict", "observed should be a list", lambda table: verdict(change(table, 2009)))


@wrong("my_verdict", "holds no word of the sentence that it judges")
def a_reason_for_anything(remittances):
    reason = "I think that this is the right answer because it seems good to me."
    return verdict([change(remittances, 2009)]) | {"reason": reason}


@wrong("my_verdict", "do not round, take what percent_change returns")
def whole_percents(remittances):
    return verdict([round(change(remittances, 2009))])


@wrong("my_verdict", "is not the change that the reading")
def outcome_of_another_reading(remittances):
    return verdict([change(remittances, 2009)], "both years together")


@wrong("my_verdict", "Two years are not averaged into one")
def mean_of_two_years(remittances):
    mean = (change(remittances, 2009) + change(remittances, 2010)) / 2
    return verdict([mean], "each of the two years", tolerance=5, held=False)


@wrong("my_verdict", "As a trial the money fell by 40 percent")
def distance_from_a_rise(remittances):
    fall = change(remittances, 2009)
    return verdict([fall], tolerance=5, held=abs(fall - 40) <= 5)


@wrong("my_verdict", "As a trial the money fell by 40 percent")
def held_typed(remittances):
    return verdict([change(remittances, 2009)], tolerance=5, held=False)


@wrong("my_verdict", "As a trial the money fell by 61 percent")
def one_side_alone(remittances):
    fall = change(remittances, 2009)
    return verdict([fall], held=fall <= -40 + 10)


@right("my_verdict")
def outcomes_to_one_decimal(remittances):
    observed = [round(change(remittances, year), 1) for year in (2009, 2010)]
    return verdict(observed, "each of the two years", held=all(abs(number + 40) <= 10 for number in observed))


@wrong("alt_text", "changed in 2010, rounded")
def without_2010(remittances):
    return (
        f"Remittances fell by {-change(remittances, 2009):.0f} percent in 2009; the memo expected a fall of almost 40."
    )


@wrong("alt_text", "what the memo expected, in digits")
def forty_in_words(remittances):
    fall, growth = change(remittances, 2009), change(remittances, 2010)
    return f"Changes: {fall:.0f} percent in 2009, {growth:.0f} in 2010; the memo expected a fall of almost forty."


def told(table, text):
    fall, growth = change(table, 2009), change(table, 2010)
    return text.format(fall=-fall, growth=growth) + " percent in 2010; the memo expected "


FELL_AND_ROSE = "Remittances fell by {fall:.0f} percent in 2009 and rose by {growth:.0f}"
ROSE_TWICE = "Remittances rose by {fall:.0f} percent in 2009 and rose by {growth:.0f}"
FELL_TWICE = "Remittances fell by {fall:.0f} percent in 2009 and fell by {growth:.0f}"
MINUS_TWICE = "Remittances went down -{fall:.0f} percent in 2009 and up {growth:.0f}"
MINUS_ONCE = "The change was -{fall:.0f} percent in 2009 and {growth:+.0f}"
ONE_SENTENCE = "After a fall of {fall:.0f} percent in 2009 remittances grew by {growth:.0f}"

right("alt_text", lambda table: told(table, FELL_AND_ROSE) + "a fall of almost 40.")
right("alt_text", lambda table: told(table, MINUS_ONCE) + "almost -40 for both.")
right("alt_text", lambda table: told(table, ONE_SENTENCE) + "40 percent less.")
wrong("alt_text", "the memo expected a fall", lambda table: told(table, FELL_AND_ROSE) + "a rise of almost 40.")
wrong("alt_text", "the money fell in 2009", lambda table: told(table, ROSE_TWICE) + "a fall of almost 40.")
wrong("alt_text", "the money rose in 2010", lambda table: told(table, FELL_TWICE) + "a fall of almost 40.")
wrong("alt_text", "is a fall twice", lambda table: told(table, MINUS_TWICE) + "a fall of almost 40.")


@wrong("alt_text", "your text is: 'In 2009 the money changed by {fall:.0f} percent")
def forgotten_f(remittances):
    return "In 2009 the money changed by {fall:.0f} percent, in 2010 by {growth:.0f}; the memo expected -40."
