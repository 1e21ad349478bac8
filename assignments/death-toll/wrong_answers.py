"""Answers that a student could hand in: wrong ones with words of the hint that each must get, and right ones.

For the tests, in which the module `solution` is the solved notebook.
"""

import pandas as pd
from solution import draft, heard_by, last_moment, numbers_printed
from support.answers import right, wrong

wrong("heard_by", "is known only to the month", lambda reports, day: reports[reports["date_reported"] <= day])


@wrong("heard_by", "a report of the day itself counts")
def not_on_the_day_itself(reports, day):
    return heard_by(reports, str(pd.Period(day) - 1))


@wrong("heard_by", "compare with last_moment(day)")
def before_midnight(reports, day):
    return reports[reports["date_reported"].map(last_moment) <= pd.Timestamp(f"{day} 23:59:59")]


@wrong("heard_by", "By 30 September the month is over")
def months_never_counted(reports, day):
    return reports[(reports["date_reported"].str.len() == 10) & (reports["date_reported"] <= day)]


@wrong("heard_by", "A report without a date never counts")
def invented_date(reports, day):
    return reports[reports["date_reported"].fillna("2011").map(last_moment) <= last_moment(day)]


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


wrong("origin_of", "it is one witness", lambda reporter: reporter)
wrong("origin_of", "Makhmadaliyev and the Defense Ministry are one origin", speaker_of)


def ministry_or_speaker(reporter):
    ministries = [name for name in ("Defense Ministry", "Interior Ministry") if speaker_of(reporter).endswith(name)]
    return (
        speaker_of(reporter) if speaker_of(reporter).startswith("Source") else (ministries or [speaker_of(reporter)])[0]
    )


@right("origin_of")
def nameless_with_their_outlet(reporter):
    nameless = "Source" in reporter or reporter.startswith("Unnamed")
    return reporter if nameless else ministry_or_speaker(reporter)


wrong("origin_of", "may be two people: keep the outlet", ministry_or_speaker)


@wrong("origin_of", "Normatov and the Interior Ministry are one origin")
def one_spokesman_by_name(reporter):
    speaker = reporter if reporter.startswith(("Source", "Unnamed")) else speaker_of(reporter)
    return "Defense Ministry" if "Makhmadaliyev" in reporter else speaker


@wrong("origin_of", "'in a press digest' says where a paper was found")
def the_last_part(reporter):
    return (
        nameless_with_their_outlet(reporter)
        if "ource" in reporter or "Unn" in reporter
        else speaker_of(reporter).split(", ")[-1]
    )


@wrong("origin_of", "A source without a name in the ministry is not the ministry")
def ministry_wherever_it_is_mentioned(reporter):
    return "Defense Ministry" if "Defense Ministry" in reporter else speaker_of(reporter)


@wrong("origin_of", "The Defense Ministry and the Interior Ministry are two origins")
def both_ministries_as_one(reporter):
    speaker = speaker_of(reporter)
    return "the government" if speaker.endswith("Ministry") and not speaker.startswith("Source") else speaker


@wrong("origin_of", "two sources without a name are not one witness")
def unnamed_sources_as_one(reporter):
    speaker = speaker_of(reporter)
    return "a source without a name" if "ource" in speaker else speaker.split(", ")[-1]


@wrong("origin_of", "'Preliminary data' and 'Official data' name nobody")
def official_data_as_the_ministry(reporter):
    speaker = speaker_of(reporter).split(", ")[-1]
    return "Defense Ministry" if "Official" in speaker else speaker


def september(reports):
    return heard_by(reports, "2010-09-30")


def estimate(chosen, **different):
    numbers = numbers_printed(chosen)
    rule = "Officials and outlets in their own name, but no source that does not give its name."
    return {"reports": chosen, "low": numbers.min(), "high": numbers.max(), "rule": rule, **different}


@wrong("my_estimate", "Your reports are no rows of the table")
def row_numbers(reports):
    return estimate(september(reports), reports=list(september(reports).index))


@wrong("my_estimate", "Your reports are no rows of the table")
def one_column(reports):
    return estimate(september(reports), reports=september(reports)["source"])


@wrong("my_estimate", "A newspaper cannot print what comes later")
def officials_of_any_day(reports):
    return estimate(reports[reports["reporter_kind"] == "official"])


@wrong("my_estimate", "repeated is not confirmed")
def one_source_in_four_outlets(reports):
    heard = september(reports)
    return estimate(heard[heard["reporter"].str.startswith("Security source of Asia-Plus")])


@wrong("my_estimate", "Reports that disagree are not averaged")
def mean_and_deviation(reports):
    mean, spread = september(reports)["value"].mean(), september(reports)["value"].std()
    return estimate(september(reports), low=mean - spread, high=mean + spread)


@wrong("my_estimate", "use numbers_printed")
def an_empty_end(reports):
    heard = september(reports)
    return estimate(heard, high=heard["value"].iloc[:1].mean() * float("nan"))


@wrong("my_estimate", "puts its ten soldiers in another attack")
def another_attack(reports):
    heard = september(reports)
    return estimate(heard[heard["reporter_kind"] != "analyst or rights group"])


@right("my_estimate")
def by_day(reports):
    heard = september(reports)
    rule = "I take all from the third day because the first two days knew too little of it."
    return estimate(heard[heard["date_reported"] >= "2010-09-21"], rule=rule)


@wrong("my_estimate", "and your range did not follow")
def chosen_by_the_number(reports):
    heard = september(reports)
    return estimate(heard[heard["value"].between(20, 30)])


@wrong("my_estimate", "Say in at least twelve whom you believe")
def rule_of_one_word(reports):
    return estimate(september(reports), rule="Everybody.")


@wrong("my_estimate", "holds no word of the rows that it judges")
def a_rule_for_anything(reports):
    heard = september(reports)
    chosen = heard[heard["reporter_kind"].isin(["official", "news outlet"])]
    return estimate(chosen, rule="I think that this is the right answer because it seems good to me.")


wrong("alt_text", "count as task 1 does", lambda reports, day: draft(reports, day))
wrong("alt_text", "write 40 to 300", lambda reports, day: "Deaths by day of report")


@wrong("alt_text", "compute it")
def fixed_numbers(reports, day):
    return "A chart of the reports by day: 23 reports say that between 10 and 40 soldiers were killed in the ambush."


def count_and_ends(reports, day):
    heard = heard_by(reports, day)
    return len(heard), f"{numbers_printed(heard).min():.0f}", f"{numbers_printed(heard).max():.0f}"


@wrong("alt_text", "the highest number in digits")
def forty_in_words(reports, day):
    count, low, _ = count_and_ends(reports, day)
    return f"By {day} there were {count} reports of soldiers killed; they run from {low} to forty."


@wrong("alt_text", "Your text states the numbers as facts")
def numbers_as_facts(reports, day):
    count, low, high = count_and_ends(reports, day)
    return f"On {day} the ambush had killed {low} to {high} soldiers, by {count} lines of a table."


@wrong("alt_text", "sees no colors and no dots")
def colors_and_dots(reports, day):
    count, low, high = count_and_ends(reports, day)
    return f"Blue dots, one for each of {count} reports by {day}; they say {low} to {high}."


@wrong("alt_text", "Your text states the numbers as facts")
def known_to_reports(reports, day):
    count, low, high = count_and_ends(reports, day)
    return f"By {day}, with {count} reports out, the ambush had killed {low} to {high} soldiers."


@wrong("alt_text", "no lines of a table")
def lines_of_a_table(reports, day):
    count, low, high = count_and_ends(reports, day)
    return f"By {day} reporters said that {low} to {high} soldiers were killed, by {count} lines of a table."


@wrong("alt_text", "from the lowest number to the highest")
def ends_exchanged(reports, day):
    count, low, high = count_and_ends(reports, day)
    return f"By {day} there were {count} reports of soldiers killed; they run from {high} to {low}."


@right("alt_text")
def reported_to_have_killed(reports, day):
    count, low, high = count_and_ends(reports, day)
    return f"By {day} it was known from {count} reports, which say that the ambush had killed {low} to {high} soldiers."
