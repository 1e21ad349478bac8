"""Answers that a student could hand in: wrong ones with words of the hint that each must get, and right ones.

For the tests, in which the module `solution` is the solved notebook.
"""

import re

import pandas as pd
from solution import draft, heard_by, last_moment, numbers_printed
from support.answers import right, wrong


def until(reports, moment, unknown=None):
    """Reports up to a moment; those without a date count as of a day that is made up, if one is given."""
    return reports[reports["date_reported"].fillna(unknown).map(last_moment) <= moment]


for hint, answer in {
    "is known only to the month": lambda reports, day: reports[reports["date_reported"] <= day],
    "a report of the day itself counts": lambda reports, day: heard_by(reports, str(pd.Period(day) - 1)),
    "compare with last_moment(day)": lambda reports, day: until(reports, pd.Timestamp(f"{day} 23:59:59")),
    "By 30 September the month is over": lambda reports, day: reports[
        (reports["date_reported"].str.len() == 10) & (reports["date_reported"] <= day)
    ],
    "A report without a date never counts": lambda reports, day: until(reports, last_moment(day), unknown="2011"),
}.items():
    wrong("heard_by", hint)(answer)


@wrong("add_span", "a minimum has no upper end")
def minimum_as_upper_end(reports):
    number = reports["value"].fillna(reports["low"])
    return reports.assign(lowest=number, highest=reports["high"].fillna(number))


@wrong("add_span", "Your function changes the table")
def columns_in_the_given_table(reports):
    reports["lowest"] = reports["value"].fillna(reports["low"])
    reports["highest"] = reports["value"].fillna(reports["high"])
    return reports


def speaker_of(reporter):
    return reporter.split(", by ")[0]


def office_of(reporter):
    return speaker_of(reporter).split(", ")[-1]


def names_a_ministry(reporter):
    return speaker_of(reporter).endswith("Ministry") and not reporter.startswith("Source")


@wrong("origin_of", "may be two people: keep the outlet")
def ministry_or_speaker(reporter):
    return re.search(r"\w+ Ministry$", speaker_of(reporter))[0] if names_a_ministry(reporter) else speaker_of(reporter)


@right("origin_of")
def nameless_with_their_outlet(reporter):
    return reporter if re.search("Source|^Unnamed", reporter) else ministry_or_speaker(reporter)


@wrong("origin_of", "Normatov and the Interior Ministry are one origin")
def one_spokesman_by_name(reporter):
    speaker = reporter if reporter.startswith(("Source", "Unnamed")) else speaker_of(reporter)
    return "Defense Ministry" if "Makhmadaliyev" in reporter else speaker


for hint, answer in {
    "it is one witness": lambda reporter: reporter,
    "Makhmadaliyev and the Defense Ministry are one origin": speaker_of,
    "'in a press digest' says where a paper was found": lambda reporter: (
        nameless_with_their_outlet(reporter) if re.search("ource|Unn", reporter) else office_of(reporter)
    ),
    "A source without a name in the ministry is not the ministry": lambda reporter: (
        "Defense Ministry" if "Defense Ministry" in reporter else speaker_of(reporter)
    ),
    "The Defense Ministry and the Interior Ministry are two origins": lambda reporter: (
        "the government" if names_a_ministry(reporter) else speaker_of(reporter)
    ),
    "two sources without a name are not one witness": lambda reporter: (
        "a source without a name" if "ource" in speaker_of(reporter) else office_of(reporter)
    ),
    "'Preliminary data' and 'Official data' name nobody": lambda reporter: (
        "Defense Ministry" if "Official" in office_of(reporter) else office_of(reporter)
    ),
}.items():
    wrong("origin_of", hint)(answer)


def estimate(chosen, **different):
    numbers = numbers_printed(chosen)
    rule = "Officials and outlets in their own name, but no source that does not give its name."
    return {"reports": chosen, "low": numbers.min(), "high": numbers.max(), "rule": rule, **different}


def in_september(answer):
    """An answer that goes by what was reported by the end of the month."""
    return lambda reports: answer(heard_by(reports, "2010-09-30"))


@right("my_estimate")
@in_september
def by_day(heard):
    rule = "I take all from the third day because the first two days knew too little of it."
    return estimate(heard[heard["date_reported"] >= "2010-09-21"], rule=rule)


@wrong("my_estimate", "Reports that disagree are not averaged")
@in_september
def mean_and_deviation(heard):
    mean, spread = heard["value"].mean(), heard["value"].std()
    return estimate(heard, low=mean - spread, high=mean + spread)


@wrong("my_estimate", "holds no word of the rows that it judges")
@in_september
def a_rule_for_anything(heard):
    chosen = heard[heard["reporter_kind"].isin(["official", "news outlet"])]
    return estimate(chosen, rule="I think that this is the right answer because it seems good to me.")


wrong("my_estimate", "A newspaper cannot print what comes later")(
    lambda reports: estimate(reports[reports["reporter_kind"] == "official"])
)
for hint, answer in {
    "Your reports are no rows of the table": lambda heard: estimate(heard, reports=list(heard.index)),
    "repeated is not confirmed": lambda heard: estimate(
        heard[heard["reporter"].str.startswith("Security source of Asia-Plus")]
    ),
    "use numbers_printed": lambda heard: estimate(heard, high=float("nan")),
    "puts its ten soldiers in another attack": lambda heard: estimate(
        heard[heard["reporter_kind"] != "analyst or rights group"]
    ),
    "and your range did not follow": lambda heard: estimate(heard[heard["value"].between(20, 30)]),
    "Say in at least twelve whom you believe": lambda heard: estimate(heard, rule="Everybody."),
}.items():
    wrong("my_estimate", hint)(in_september(answer))


def alt_text_of(words):
    """An answer in these words, with the day, the count of reports, and the lowest and the highest number in them."""

    def answer(reports, day):
        heard = heard_by(reports, day)
        low, high = f"{numbers_printed(heard).min():.0f}", f"{numbers_printed(heard).max():.0f}"
        return words.format(day=day, count=len(heard), low=low, high=high)

    return answer


wrong("alt_text", "count as task 1 does")(lambda reports, day: draft(reports, day))
right("alt_text")(
    alt_text_of(
        "By {day} it was known from {count} reports, which say that the ambush had killed {low} to {high} soldiers."
    )
)
for hint, words in {
    "write 40 to 300": "Deaths by day of report",
    "compute it": (
        "A chart of the reports by day: 23 reports say that between 10 and 40 soldiers were killed in the ambush."
    ),
    "the highest number in digits": (
        "By {day} there were {count} reports of soldiers killed; they run from {low} to forty."
    ),
    "Your text states the numbers as facts": (
        "On {day} the ambush had killed {low} to {high} soldiers, by {count} lines of a table."
    ),
    "sees no colors and no dots": "Blue dots, one for each of {count} reports by {day}; they say {low} to {high}.",
    "no lines of a table": (
        "By {day} reporters said that {low} to {high} soldiers were killed, by {count} lines of a table."
    ),
    "from the lowest number to the highest": (
        "By {day} there were {count} reports of soldiers killed; they run from {high} to {low}."
    ),
}.items():
    wrong("alt_text", hint)(alt_text_of(words))
