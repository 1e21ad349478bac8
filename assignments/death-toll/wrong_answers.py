"""Answers that a student could hand in, and a part of the hint that each must get. For the tests.

They run in the memory of the solved notebook, so that they may call its functions.
"""

import pandas as pd
from support.answers import wrong


@wrong("is known only to the month")
def heard_by(reports, day):
    return reports[reports["date_reported"] <= day]


@wrong("a report of the day itself counts")
def heard_by(reports, day):
    ends = reports["date_reported"].map(lambda date: pd.Period(date).end_time, na_action="ignore")
    return reports[ends.notna() & (ends < pd.Period(day).start_time)]


@wrong("By 30 September the month is over")
def heard_by(reports, day):
    return reports[(reports["date_reported"].str.len() == 10) & (reports["date_reported"] <= day)]


@wrong("A report without a date never counts")
def heard_by(reports, day):
    return reports[reports["date_reported"].fillna("2011").map(last_moment) <= last_moment(day)]


@wrong("a minimum has no upper end")
def add_span(reports):
    number = reports["value"].fillna(reports["low"])
    return reports.assign(lowest=number, highest=reports["high"].fillna(number))


@wrong("Your function changes the table")
def add_span(reports):
    reports["lowest"] = reports["value"].fillna(reports["low"])
    reports["highest"] = reports["value"].fillna(reports["high"])
    return reports


@wrong("it is one witness")
def origin_of(reporter):
    return reporter


@wrong("Makhmadaliyev and the Defense Ministry are one origin")
def origin_of(reporter):
    return reporter.split(", by ")[0]


@wrong("A source without a name in the ministry is not the ministry")
def origin_of(reporter):
    return "Defense Ministry" if "Defense Ministry" in reporter else reporter.split(", by ")[0]


@wrong("The Defense Ministry and the Interior Ministry are two origins")
def origin_of(reporter):
    speaker = reporter.split(", by ")[0]
    return "the government" if speaker.endswith("Ministry") and not speaker.startswith("Source") else speaker


@wrong("two sources without a name are not one witness")
def origin_of(reporter):
    speaker = reporter.split(", by ")[0]
    return "a source without a name" if "ource" in speaker else speaker.split(", ")[-1]


@wrong("'Preliminary data' and 'Official data' name nobody")
def origin_of(reporter):
    speaker = reporter.split(", by ")[0].split(", ")[-1]
    return "Defense Ministry" if "Official" in speaker else speaker


@wrong("Your reports are no rows of the table")
def my_estimate(reports):
    heard = heard_by(reports, "2010-09-30")
    rule = "Officials and outlets in their own name, but no source that does not give its name."
    return {"reports": list(heard.index), "low": 10, "high": 28, "rule": rule}


@wrong("Your reports are no rows of the table")
def my_estimate(reports):
    heard = heard_by(reports, "2010-09-30")
    rule = "Officials and outlets in their own name, but no source that does not give its name."
    return {"reports": heard["source"], "low": 10, "high": 28, "rule": rule}


@wrong("A newspaper cannot print what comes later")
def my_estimate(reports):
    chosen = reports[reports["reporter_kind"] == "official"]
    rule = "Only officials, because they alone can have seen a list of the dead themselves."
    return {"reports": chosen, "low": chosen["value"].min(), "high": chosen["value"].max(), "rule": rule}


@wrong("repeated is not confirmed")
def my_estimate(reports):
    heard = heard_by(reports, "2010-09-30")
    chosen = heard[heard["reporter"].str.startswith("Security source of Asia-Plus")]
    rule = "The forty of the security source, because four outlets of three countries print it."
    return {"reports": chosen, "low": 40, "high": 40, "rule": rule}


@wrong("Reports that disagree are not averaged")
def my_estimate(reports):
    chosen = heard_by(reports, "2010-09-30")
    mean, spread = chosen["value"].mean(), chosen["value"].std()
    rule = "The mean of all reports that were out, give or take one standard deviation."
    return {"reports": chosen, "low": mean - spread, "high": mean + spread, "rule": rule}


@wrong("and your range did not follow")
def my_estimate(reports):
    heard = heard_by(reports, "2010-09-30")
    chosen = heard[heard["value"].between(20, 30)]
    rule = "All reports between twenty and thirty, since the others are plainly too low or too high."
    return {"reports": chosen, "low": chosen["value"].min(), "high": chosen["value"].max(), "rule": rule}


@wrong("Say in at least twelve whom you believe")
def my_estimate(reports):
    heard = heard_by(reports, "2010-09-30")
    numbers = numbers_printed(heard)
    return {"reports": heard, "low": numbers.min(), "high": numbers.max(), "rule": "Everybody."}


@wrong("count as task 1 does")
def alt_text(reports, day):
    return draft(reports, day)


@wrong("the highest number in digits")
def alt_text(reports, day):
    heard = heard_by(reports, day)
    return f"By {day} there were {len(heard)} reports of soldiers killed; they run from {numbers_printed(heard).min():.0f} to forty."


@wrong("Your text states the numbers as facts")
def alt_text(reports, day):
    heard = heard_by(reports, day)
    return f"On {day} the ambush had killed {numbers_printed(heard).min():.0f} to {numbers_printed(heard).max():.0f} soldiers, by {len(heard)} lines of a table."


@wrong("sees no colors and no dots")
def alt_text(reports, day):
    heard = heard_by(reports, day)
    return f"Blue dots, one for each of {len(heard)} reports by {day}; they say {numbers_printed(heard).min():.0f} to {numbers_printed(heard).max():.0f}."


@wrong("compute it")
def alt_text(reports, day):
    return "A chart of the reports by day: 23 reports say that between 10 and 40 soldiers were killed in the ambush."


@wrong("write 40 to 300")
def alt_text(reports, day):
    return "Deaths by day of report"
