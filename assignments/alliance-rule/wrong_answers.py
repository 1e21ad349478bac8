"""Answers that a student could hand in: wrong ones with words of the hint that each must get, and right ones.

For the tests, in which the module `solution` is the solved notebook.
"""

import numpy as np
import pandas as pd
from solution import conditions, fragile, score
from support.answers import right, wrong

right("reached")(lambda table, rung: table[rung].map({"yes": True, "decided": True}).notna())
for hint, answer in {
    "an offer is not counted": lambda table, rung: table[rung].isin(["yes", "decided", "offered"]),
    "For Batken 1999 aid was decided": lambda table, rung: table[rung] == "yes",
    "`planned` is not counted": lambda table, rung: table[rung].isin(["yes", "decided", "planned"]),
    "yours begin with 'no'": lambda table, rung: table[rung],
    "one value for each of the 25 cases": lambda table, rung: table[rung][table[rung] == "yes"],
    "not the rows": lambda table, rung: table[table[rung].isin(["yes", "decided"])],
    "yours is of type list": lambda table, rung: list(table[rung] == "yes"),
}.items():
    wrong("reached", hint)(answer)


@wrong("my_rule", "This is the rule of the chapter")
def rule_of_the_chapter(case):
    asked, at_risk = case["request"] == "to the CSTO", case["government_at_risk"] == "yes"
    return asked and at_risk and case["objection"] == "none found"


right("my_rule")(lambda case: rule_of_the_chapter(case) and case["asked_for"] == "left open")  # right in all cases
right("my_rule")(lambda case: case["asked_for"] in ("soldiers", "left open") and case["russia_alone"] == "none found")
right("my_rule")(lambda case: case["request"].startswith("to ") and "soldiers" in case["asked_for"])
wrong("my_rule", "'to CSTO' is no value of a condition")(
    lambda case: case["request"] == "to CSTO" and case["government_at_risk"] == "yes"
)
wrong("my_rule", "'to CSTO' is no value of a condition")(
    lambda case: case["outside"] == "yes" or case["request"] == "to CSTO"
)
for hint, answer in {
    "the rungs are what it has to predict": lambda case: case["deployment"] == "yes",
    "it looks for 'rulers_at_risk'. Look at the spelling": lambda case: case["rulers_at_risk"] == "yes",
    "it should hold for the next case too": lambda case: case.name == "kazakhstan-2022",
    "it returns 'no'": lambda case: "yes" if case["request"] == "to the CSTO" else "no",
    "Your rule always acts": lambda case: case["request"] != "",
    "my_rule should return True or False": lambda case: case["government_at_risk"] == "yes" or None,
    "'the secretary' is no value of a condition": lambda case: case["objection"] in ("the secretary", "members"),
}.items():
    wrong("my_rule", hint)(answer)


def verdicts(table, rule):
    return pd.Series({name: bool(rule(case)) for name, case in table.iterrows()})


@right("score")
def sets_and_means(table, rule, happened):
    says = verdicts(table, rule)
    return {
        "misses": set(says.index[happened & ~says]),
        "false_alarms": set(says.index[says & ~happened]),
        "consistency": happened[says].mean() if says.any() else None,
        "coverage": says[happened].mean() if happened.any() else None,
    }


@right("score")
def rounded_shares(table, rule, happened):
    found = score(table, rule, happened)
    return found | {part: found[part] and round(found[part], 2) for part in ("consistency", "coverage")}


def score_but(change):
    """The right answer but for a part that depends on it, on the verdicts and on what happened."""

    def answer(table, rule, happened):
        found = score(table, rule, happened)
        return found | change(found, verdicts(table, rule), happened)

    return answer


wrong("score", "loop with table.iterrows()")(
    lambda table, rule, happened: score(table, rule, happened) | {"misses": [case for case in table if rule(case)]}
)
for hint, change in {
    "yours is or begins with [False, False]": lambda found, says, happened: {"misses": happened & ~says},
    "list(series[series].index) gives the ids": lambda found, says, happened: {"false_alarms": says & ~happened},
    "yours is or begins with 7": lambda found, says, happened: {"false_alarms": (says & ~happened).sum()},
    "this is a false alarm and not a miss": lambda found, says, happened: (
        {"misses": found["false_alarms"], "false_alarms": found["misses"]}
    ),
    "the two shares the wrong way round": lambda found, says, happened: (
        {"consistency": found["coverage"], "coverage": found["consistency"]}
    ),
    "0.72 is the share of all 25 cases in which the rule is right": lambda found, says, happened: (
        {"consistency": (says == happened).mean()}
    ),
    "consistency should be a number from 0 to 1; for the rule 'asked of the CSTO' you have 12.5": (
        lambda found, says, happened: {"consistency": 100 * happened[says].mean()}
    ),
    "its consistency is 0.125; you have 0.040": lambda found, says, happened: (
        {"consistency": (says & happened).sum() / len(says)}
    ),
    "your function divides by this 0": lambda found, says, happened: (
        {"consistency": int((says & happened).sum()) / int(says.sum())}
    ),
    "its consistency is None; you have nan": lambda found, says, happened: {"consistency": happened[says].mean()},
    "there is nothing to divide by: its consistency is None; you have 0": lambda found, says, happened: (
        {"consistency": found["consistency"] or 0}
    ),
}.items():
    wrong("score", hint)(score_but(change))


def recodings(table):
    """Each case by name and row, with a condition and another value that it has in other cases."""
    for name, case in table.iterrows():
        for condition in conditions:
            for value in sorted(set(table[condition]) - {case[condition]}):
                yield name, case, condition, value


right("fragile")(lambda table, rule: [list(triple) for triple in fragile(table, rule)])
for hint, answer in {
    "try recodings of cases to which it says no, too": lambda table, rule: (
        [triple for triple in fragile(table, rule) if rule(table.loc[triple[0]])]
    ),
    "Compare what the rule says before and after": lambda table, rule: (
        [(name, condition, value) for name, _, condition, value in recodings(table)]
    ),
    "Your list is empty": lambda table, rule: (
        [(name, condition, value) for name, case, condition, value in recodings(table) if rule(case) != rule(case)]
    ),
    "the value that the book has already": lambda table, rule: (
        [(name, condition, table.loc[name, condition]) for name, condition, _ in fragile(table, rule)]
    ),
    "is the name of the case, `name`, not the row `case`": lambda table, rule: (
        [(table.loc[name], condition, value) for name, condition, value in fragile(table, rule)]
    ),
    "fragile should return a list of tuples of three": lambda table, rule: [name for name, *_ in fragile(table, rule)],
}.items():
    wrong("fragile", hint)(answer)


@wrong("fragile", "take a new copy of the row for each recoding")
def one_copy_for_all_recodings(table, rule):
    found, recoded = [], table.copy()
    for name, case, condition, value in recodings(table):
        recoded.loc[name, condition] = value
        if rule(recoded.loc[name]) != rule(case):
            found.append((name, condition, value))
    return found


@wrong("fragile", "Change a copy of the row")
def recoding_in_the_given_table(table, rule):
    found = []
    for name, case, condition, value in recodings(table.copy()):
        table.loc[name, condition] = value
        if rule(table.loc[name]) != rule(case):
            found.append((name, condition, value))
    return found


def alt_text_of(words, other="second"):
    """An answer whose words depend on the variable, on how many codes agree, and on how many there are."""

    def answer(table, variable):
        rows = table[table["variable"] == variable]
        return words(variable, int((rows["first"] == rows[other]).sum()), len(rows))

    return answer


def words_of(variable, same, codes, percent):
    return f"On the variable {variable} the passes agree on {same} of {codes} codes, {percent} percent."


def rounded(variable, same, codes):
    return words_of(variable.replace("_", " "), same, codes, np.rint(100 * same / codes).astype(int))


right("alt_text")(alt_text_of(rounded))
wrong("alt_text", "`value` was chosen later")(alt_text_of(rounded, other="value"))
wrong("alt_text", "Choose the rows of the variable first")(
    lambda table, variable: rounded(variable, int((table["first"] == table["second"]).sum()), len(table))
)
for hint, words in {
    "did you write `return`?": lambda variable, same, codes: None,
    "does not name the variable": lambda variable, same, codes: words_of("chosen", same, codes, 96),
    "Count the rows in which `first` and `second` are the same": lambda variable, same, codes: rounded(
        variable, codes - same, codes
    ),
    "21 of 27 codes are 78 percent, rounded to a whole number": lambda variable, same, codes: words_of(
        variable, same, codes, int(100 * same / codes)
    ),
    "27 of 27 codes are 100 percent": lambda variable, same, codes: words_of(
        variable, same, codes, round(same / codes, 2)
    ),
    "sees no colors and no squares": lambda variable, same, codes: (
        f"In the column {variable} there are {codes - same} black squares among {codes}."
    ),
}.items():
    wrong("alt_text", hint)(alt_text_of(words))
