"""Answers that a student could hand in: wrong ones with words of the hint that each must get, and right ones.

For the tests, in which the module `solution` is the solved notebook.
"""

import pandas as pd
from solution import contested, members_on, size_by_year, swap
from support.answers import right, wrong

TEXTS = {"Treaty", "Organization"}
OUT = {"lapsed", "suspended", "not_signed"}


def accepted(rows):
    return rows[rows["standing"] == "accepted"]


def states(rows):
    return rows[~rows["state"].isin(TEXTS)]


def still_in(rows, day, out=OUT):
    latest = rows[rows["date"] <= day].sort_values("date").groupby("state")["event"].last()
    return set(latest.index[~latest.isin(out)])


@wrong("members_on", "Between conditions on columns write & for `and`")
def two_columns_joined_by_and(membership, day):
    return set(membership[membership["date"] <= day and membership["standing"] == "accepted"]["state"])


@wrong("members_on", "put each side in brackets")
def conditions_without_brackets(membership, day):
    return set(membership[membership["date"] <= day & membership["standing"] == "accepted"]["state"])


wrong("members_on", "is a text, not a state", lambda table, day: still_in(accepted(table), day))
wrong("members_on", "Some of these signatures are disputed", lambda table, day: still_in(states(table), day))
wrong("members_on", "frozen is not out", lambda table, day: still_in(states(accepted(table)), day, OUT | {"frozen"}))


@wrong("members_on", "Organization is a text")
def texts_left_out_by_event(membership, day):
    events = ["signed", "acceded", "extended", "charter_signed", "charter_in_force", "rejoined", "frozen", *OUT]
    return still_in(accepted(membership[membership["event"].isin(events)]), day)


@wrong("members_on", "the latest step decides, not the first")
def whoever_joined(membership, day):
    return set(accepted(membership[membership["date"] <= day])["state"]) - TEXTS


@wrong("members_on", "its note of June asked for the suspension")
def out_from_the_note_on(membership, day):
    rows = states(membership[membership["standing"] != "disputed"])
    return still_in(rows, day, {"lapsed", "suspended", "suspension_notified"})


@right("members_on")
def one_state_at_a_time(membership, day):
    rows = states(accepted(membership[membership["date"] <= day]))
    return {name for name, steps in rows.groupby("state") if steps.sort_values("date")["event"].iloc[-1] not in OUT}


@wrong("members_on", "each means in, whatever came before")
def without_the_later_ways_in(membership, day):
    steps = ["signed", "acceded", "rejoined", "frozen", *OUT]
    return still_in(states(accepted(membership[membership["event"].isin(steps)])), day)


@wrong("members_on", "Sort by date")
def rows_as_they_come(membership, day):
    known = states(accepted(membership[membership["date"] <= day]))
    latest = known.groupby("state")["event"].last()
    return set(latest.index[~latest.isin(OUT)])


@wrong("members_on", "takes 'Uzbekistan' out although it is not in")
def disputed_rows_taken_out(membership, day):
    inside = set()
    for _, row in states(membership[membership["date"] <= day]).sort_values("date").iterrows():
        if row["event"] in ("signed", "acceded", "extended", "charter_signed", "charter_in_force", "rejoined"):
            inside.add(row["state"])
        elif row["event"] in OUT and row["state"] != "Kyrgyzstan" and row["state"] != "Turkmenistan":
            inside.remove(row["state"])
    return inside


@wrong("size_by_year", "both the first and the last year belong to it")
def without_the_last_year(membership, first, last):
    return size_by_year(membership, first, last - 1)


@wrong("size_by_year", "it must be whole years")
def numbered_from_zero(membership, first, last):
    return size_by_year(membership, first, last).reset_index(drop=True)


@wrong("size_by_year", "it must be whole years")
def years_as_text(membership, first, last):
    return size_by_year(membership, first, last).rename(str)


@wrong("size_by_year", "For 2012 the last day counts")
def first_day_of_the_year(membership, first, last):
    return pd.Series({year: len(members_on(membership, f"{year}-01-01")) for year in range(first, last + 1)})


@wrong("size_by_year", "count who is in, not who has ever joined")
def accessions_added_up(membership, first, last):
    joined = accepted(membership[membership["event"].isin(["signed", "acceded", "rejoined"])])
    sizes = pd.Series({year: (joined["date"] <= f"{year}-12-31").sum() for year in range(first, last + 1)})
    return sizes.where(sizes.index != 2012, 6)


@wrong("contested", "A disputed row can also take a state away")
def additions_only(membership, day):
    disputed = membership.index[membership["standing"] == "disputed"]
    believed = set().union(*(members_on(swap(membership, number), day) for number in disputed))
    return believed - members_on(membership, day)


@wrong("contested", "ask for the day")
def contested_on_any_day(membership, day):
    return set(membership.loc[membership["standing"] == "disputed", "state"]) - TEXTS


@wrong("contested", "Kyrgyzstan is in by every row")
def contested_by_the_day_of_signing(membership, day):
    return contested(membership, day) | ({"Kyrgyzstan"} if day > "1992-05-14" else set())


def sixth(state, sources_for, sources_against):
    reason = "Reporters of that very week name it, and the official lists were all written much later than that."
    return {"state": state, "sources_for": sources_for, "sources_against": sources_against, "reason": reason}


wrong("sixth_signatory", "is not one of the two", lambda table: sixth("Ukraine", ["gibler-2009"], []))


@wrong("sixth_signatory", "split the cell at the semicolon")
def cells_for_lists(membership):
    rows = membership[membership["state"] == "Turkmenistan"].set_index("event")["sources"]
    return sixth("Turkmenistan", rows["signed"], rows["not_signed"])


@wrong("sixth_signatory", "split the cell at the semicolon")
def cell_in_a_list(membership):
    return sixth("Turkmenistan", ["latimes-1992-05-16;csm-1992-05-18"], ["khovar-2016"])


@wrong("sixth_signatory", "latimes-1992-05-16 does not stand in a row in which Kyrgyzstan signed")
def source_for_the_other_state(membership):
    return sixth("Kyrgyzstan", ["khovar-2016", "latimes-1992-05-16"], ["csm-1992-05-18"])


@wrong("sixth_signatory", "A claim is worth more with its best objection")
def nothing_against(membership):
    return sixth("Kyrgyzstan", ["khovar-2016"], [])


@wrong("sixth_signatory", "says the same words again")
def one_word_thirteen_times(membership):
    return sixth("Turkmenistan", ["csm-1992-05-18"], ["khovar-2016"]) | {"reason": "bla " * 13}


@wrong("sixth_signatory", "holds no word of the rows that it judges")
def a_reason_for_anything(membership):
    reason = "I think that this is the right answer because it seems good to me."
    return sixth("Turkmenistan", ["csm-1992-05-18"], ["khovar-2016"]) | {"reason": reason}


@wrong("alt_text", "It should change with the years")
def fixed_numbers(membership, first, last):
    return "A step chart of members: 9 from 1993 to 1998, the most there ever were, and 6 at the end, in 2024."


@wrong("alt_text", "the largest number of members in digits")
def nine_in_words(membership, first, last):
    sizes = size_by_year(membership, first, last)
    return f"A step chart: nine members at most, first in {sizes.idxmax()}, and {sizes[last]} at the end of {last}."


@wrong("alt_text", "the number in the last year")
def smallest_for_last(membership, first, last):
    sizes = size_by_year(membership, first, last)
    return f"There are at most {sizes.max()} members, first in {sizes.idxmax()}, and {sizes.min()} in {last}."


@wrong("alt_text", "Your text prints a whole index")
def index_for_a_year(membership, first, last):
    sizes = size_by_year(membership, first, last)
    years = sizes[sizes == sizes.max()].index
    return f"There are at most {sizes.max()} members, first in {years}, and {sizes[last]} at the end of {last}."
