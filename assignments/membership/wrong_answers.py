"""Answers that a student could hand in: wrong ones with words of the hint that each must get, and right ones.

For the tests, in which the module `solution` is the solved notebook.
"""

import pandas as pd
from solution import contested, members_on, size_by_year, swap
from support.answers import right, wrong

TEXTS = {"Treaty", "Organization"}
OUT = ["lapsed", "suspended", "not_signed"]
IN = ["signed", "acceded", "extended", "charter_signed", "charter_in_force", "rejoined"]


def accepted(rows):
    return rows[rows["standing"] == "accepted"]


def states(rows):
    return rows[~rows["state"].isin(TEXTS)]


def still_in(rows, day, out=OUT):
    latest = rows[rows["date"] <= day].sort_values("date").groupby("state")["event"].last()
    return set(latest.index[~latest.isin(out)])


@right("members_on")
def one_state_at_a_time(table, day):
    rows = states(accepted(table[table["date"] <= day]))
    return {name for name, steps in rows.groupby("state") if steps.sort_values("date")["event"].iloc[-1] not in OUT}


@wrong("members_on", "Sort by date")
def rows_as_they_come(table, day):
    latest = states(accepted(table[table["date"] <= day])).groupby("state")["event"].last()
    return set(latest.index[~latest.isin(OUT)])


@wrong("members_on", "takes 'Uzbekistan' out although it is not in")
def disputed_rows_taken_out(table, day):
    inside = set()
    for _, row in states(table[table["date"] <= day]).sort_values("date").iterrows():
        if row["event"] in IN:
            inside.add(row["state"])
        elif row["event"] in OUT and row["state"] not in ("Kyrgyzstan", "Turkmenistan"):
            inside.remove(row["state"])
    return inside


for hint, answer in {
    "Between conditions on columns write & for `and`": lambda table, day: set(
        table[table["date"] <= day and table["standing"] == "accepted"]["state"]
    ),
    "put each side in brackets": lambda table, day: set(
        table[table["date"] <= day & table["standing"] == "accepted"]["state"]
    ),
    "is a text, not a state": lambda table, day: still_in(accepted(table), day),
    "Some of these signatures are disputed": lambda table, day: still_in(states(table), day),
    "frozen is not out": lambda table, day: still_in(states(accepted(table)), day, [*OUT, "frozen"]),
    "Organization is a text": lambda table, day: still_in(
        accepted(table[table["event"].isin([*IN, "frozen", *OUT])]), day
    ),
    "the latest step decides, not the first": lambda table, day: (
        set(accepted(table[table["date"] <= day])["state"]) - TEXTS
    ),
    "its note of June asked for the suspension": lambda table, day: still_in(
        states(table[table["standing"] != "disputed"]), day, ["lapsed", "suspended", "suspension_notified"]
    ),
    "each means in, whatever came before": lambda table, day: still_in(
        states(accepted(table[table["event"].isin(["signed", "acceded", "rejoined", "frozen", *OUT])])), day
    ),
}.items():
    wrong("members_on", hint)(answer)


@wrong("size_by_year", "count who is in, not who has ever joined")
def accessions_added_up(table, first, last):
    joined = accepted(table[table["event"].isin(["signed", "acceded", "rejoined"])])
    sizes = pd.Series({year: (joined["date"] <= f"{year}-12-31").sum() for year in range(first, last + 1)})
    return sizes.where(sizes.index != 2012, 6)


for hint, answer in {
    "both the first and the last year belong to it": lambda table, first, last: size_by_year(table, first, last - 1),
    "it must be whole years": lambda table, first, last: size_by_year(table, first, last).rename(str),
    "For 2012 the last day counts": lambda table, first, last: pd.Series(
        {year: len(members_on(table, f"{year}-01-01")) for year in range(first, last + 1)}
    ),
}.items():
    wrong("size_by_year", hint)(answer)


def disputed(table):
    return table[table["standing"] == "disputed"]


for hint, answer in {
    "A disputed row can also take a state away": lambda table, day: (
        set().union(*(members_on(swap(table, number), day) for number in disputed(table).index))
        - members_on(table, day)
    ),
    "ask for the day": lambda table, day: set(disputed(table)["state"]) - TEXTS,
    "Kyrgyzstan is in by every row": lambda table, day: (
        contested(table, day) | ({"Kyrgyzstan"} if day > "1992-05-14" else set())
    ),
}.items():
    wrong("contested", hint)(answer)


def sixth(state, sources_for, sources_against, reason=None):
    reason = reason or "Reporters of that very week name it, and the official lists were all written much later."
    return {"state": state, "sources_for": sources_for, "sources_against": sources_against, "reason": reason}


@wrong("sixth_signatory", "split the cell at the semicolon")
def cells_for_lists(table):
    rows = table[table["state"] == "Turkmenistan"].set_index("event")["sources"]
    return sixth("Turkmenistan", rows["signed"], rows["not_signed"])


for hint, answer in {
    "is not one of the two": lambda table: sixth("Ukraine", ["gibler-2009"], []),
    "latimes-1992-05-16 does not stand in a row in which Kyrgyzstan signed": lambda table: sixth(
        "Kyrgyzstan", ["khovar-2016", "latimes-1992-05-16"], ["csm-1992-05-18"]
    ),
    "A claim is worth more with its best objection": lambda table: sixth("Kyrgyzstan", ["khovar-2016"], []),
    "says the same words again": lambda table: sixth(
        "Turkmenistan", ["csm-1992-05-18"], ["khovar-2016"], reason="bla " * 13
    ),
    "holds no word of the rows that it judges": lambda table: sixth(
        "Turkmenistan",
        ["csm-1992-05-18"],
        ["khovar-2016"],
        reason="I think that this is the right answer because it seems good to me.",
    ),
}.items():
    wrong("sixth_signatory", hint)(answer)


def alt_text_of(words):
    """An answer in these words, with the most and the fewest members, the first year with the most, and the end."""

    def answer(table, first, last):
        sizes = size_by_year(table, first, last)
        peak = sizes[sizes == sizes.max()].index
        return words.format(most=sizes.max(), fewest=sizes.min(), peak=peak, year=peak[0], last=last, now=sizes[last])

    return answer


for hint, words in {
    "It should change with the years": (
        "A step chart of members: 9 from 1993 to 1998, the most there ever were, and 6 at the end, in 2024."
    ),
    "the largest number of members in digits": (
        "A step chart: nine members at most, first in {year}, and {now} at the end of {last}."
    ),
    "the number in the last year": "There are at most {most} members, first in {year}, and {fewest} in {last}.",
    "Your text prints a whole index": (
        "There are at most {most} members, first in {peak}, and {now} at the end of {last}."
    ),
}.items():
    wrong("alt_text", hint)(alt_text_of(words))
