"""Answers that a student could hand in: wrong ones with a part of the hint that each must get, and right ones. For the tests.

They run in the memory of the solved notebook, so that they may call its functions.
"""

from support.answers import right, wrong


@wrong("Ask when a number was published, not of which year it speaks")
def in_print(remittances, day):
    return remittances[remittances["year"] <= int(day[:4])]


@wrong("a claim does not confirm itself")
def in_print(remittances, day):
    return remittances[remittances["date_reported"] <= day]


@wrong("let a year count from then")
def in_print(remittances, day):
    return remittances[(remittances["date_reported"] <= day) & (remittances["source"] != "tajikmemo2010")]


@wrong("the day itself counts")
def in_print(remittances, day):
    return remittances[(remittances["date_reported"] < day) & (remittances["source"] != "tajikmemo2010")]


@wrong("a fall is negative")
def percent_change(remittances, first, last):
    dollars = remittances[remittances["basis"] == "series"].set_index("year")["usd_million"]
    return (1 - dollars[last] / dollars[first]) * 100


@wrong("times 100 it is a number of percent")
def percent_change(remittances, first, last):
    dollars = remittances[remittances["basis"] == "series"].set_index("year")["usd_million"]
    return dollars[last] / dollars[first] - 1


@wrong("times 100 it is a number of percent")
def percent_change(remittances, first, last):
    dollars = remittances[remittances["basis"] == "series"].set_index("year")["usd_million"]
    return round(dollars[last] / dollars[first] - 1, 2)


@wrong("Do not round")
def percent_change(remittances, first, last):
    dollars = remittances[remittances["basis"] == "series"].set_index("year")["usd_million"]
    return round((dollars[last] / dollars[first] - 1) * 100)


@wrong("the change is what was lost")
def percent_change(remittances, first, last):
    dollars = remittances[remittances["basis"] == "series"].set_index("year")["usd_million"]
    return dollars[last] / dollars[first] * 100


@wrong("these are percentage points")
def percent_change(remittances, first, last):
    share = remittances[remittances["basis"] == "series"].set_index("year")["percent_gdp"]
    return share[last] - share[first]


@wrong("GDP changed too: take the dollars")
def percent_change(remittances, first, last):
    share = remittances[remittances["basis"] == "series"].set_index("year")["percent_gdp"]
    return (share[last] / share[first] - 1) * 100


@wrong("reporters do not count alike")
def percent_change(remittances, first, last):
    dollars = remittances.dropna(subset="usd_million").drop_duplicates("year").set_index("year")["usd_million"]
    return (dollars[last] / dollars[first] - 1) * 100


@wrong("not of 0.86")
def grown_at_least(remittances, factor):
    dollars = remittances[remittances["basis"] == "series"].set_index("year")["usd_million"].loc[:2008]
    growth = dollars.pct_change()
    return list(growth.index[growth >= factor])


@wrong("Your years are text")
def grown_at_least(remittances, factor):
    return [str(year) for year in range(2003, 2009) if 1 + percent_change(remittances, year - 1, year) / 100 >= factor]


@wrong("The sentence speaks of the years up to 2008")
def grown_at_least(remittances, factor):
    dollars = remittances[remittances["basis"] == "series"].set_index("year")["usd_million"]
    growth = dollars / dollars.shift()
    return list(growth.index[growth >= factor])


@wrong("Two years are not averaged into one")
def my_verdict(remittances):
    mean = (percent_change(remittances, 2008, 2009) + percent_change(remittances, 2009, 2010)) / 2
    reason = "The mean of the two years shows best what the author of the memo had in mind."
    return {"reading": "each of the two years", "tolerance": 5, "observed": [mean], "held": False, "reason": reason}


@wrong("would let almost any outcome hold")
def my_verdict(remittances):
    observed = [percent_change(remittances, 2008, 2010)]
    return {"reading": "both years together", "tolerance": 40, "observed": observed, "held": True, "reason": "It fell."}


@wrong("by your own rule `held` is False")
def my_verdict(remittances):
    observed = [percent_change(remittances, 2008, 2009)]
    reason = "The memo was right, because the money did fall a lot in the year after the crisis."
    return {"reading": "2009 alone", "tolerance": 5, "observed": observed, "held": True, "reason": reason}


@wrong("do not round, take what percent_change returns")
def my_verdict(remittances):
    observed = [round(percent_change(remittances, 2008, 2009))]
    reason = "The fall came in the first of the two years, and almost forty may be ten points less."
    return {"reading": "2009 alone", "tolerance": 10, "observed": observed, "held": True, "reason": reason}


@right
def my_verdict(remittances):
    observed = [round(percent_change(remittances, 2008, 2009), 1), round(percent_change(remittances, 2009, 2010), 1)]
    reason = "The memo names both years, so that each of them has to fall by almost forty percent."
    return {"reading": "each of the two years", "tolerance": 10, "observed": observed, "held": all(abs(change + 40) <= 10 for change in observed), "reason": reason}


@wrong("observed should be a list")
def my_verdict(remittances):
    observed = percent_change(remittances, 2008, 2009)
    reason = "The fall came in the first of the two years, and almost forty may be ten points less."
    return {"reading": "2009 alone", "tolerance": 10, "observed": observed, "held": True, "reason": reason}


@wrong("is not the change that the reading")
def my_verdict(remittances):
    observed = [percent_change(remittances, 2008, 2009)]
    reason = "Both years stand in one sentence, so they belong together, and almost forty may be thirty."
    return {"reading": "both years together", "tolerance": 10, "observed": observed, "held": True, "reason": reason}


@wrong("changed in 2010, rounded")
def alt_text(remittances):
    return f"Remittances fell by {-percent_change(remittances, 2008, 2009):.0f} percent in 2009; the memo expected a fall of almost 40."


@wrong("what the memo expected, in digits")
def alt_text(remittances):
    fall, growth = percent_change(remittances, 2008, 2009), percent_change(remittances, 2009, 2010)
    return f"Remittances changed by {fall:.0f} percent in 2009 and by {growth:.0f} in 2010; the memo expected a fall of almost forty."
