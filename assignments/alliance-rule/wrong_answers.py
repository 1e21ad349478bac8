"""Answers that a student could hand in: wrong ones with words of the hint that each must get, and right ones.

For the tests, in which the module `solution` is the solved notebook.
"""

import numpy as np
import pandas as pd
from solution import conditions, fragile, score
from support.answers import right, wrong

right("reached", lambda table, rung: table[rung].map({"yes": True, "decided": True}).notna())
wrong("reached", "an offer is not counted", lambda table, rung: table[rung].isin(["yes", "decided", "offered"]))
wrong("reached", "For Batken 1999 aid was decided", lambda table, rung: table[rung] == "yes")
wrong("reached", "`planned` is not counted", lambda table, rung: table[rung].isin(["yes", "decided", "planned"]))
wrong("reached", "yours begin with 'no'", lambda table, rung: table[rung])
wrong("reached", "one value for each of the 25 cases", lambda table, rung: table[rung][table[rung] == "yes"])
wrong("reached", "not the rows", lambda table, rung: table[table[rung].isin(["yes", "decided"])])
wrong("reached", "yours is of type list", lambda table, rung: list(table[rung] == "yes"))

right("my_rule", lambda case: case["asked_for"] in ("soldiers", "left open") and case["russia_alone"] == "none found")
wrong("my_rule", "the rungs are what it has to predict", lambda case: case["deployment"] == "yes")
wrong("my_rule", "it looks for 'rulers_at_risk'. Look at the spelling", lambda case: case["rulers_at_risk"] == "yes")
wrong("my_rule", "it should hold for the next case too", lambda case: case.name == "kazakhstan-2022")
wrong("my_rule", "it returns 'no'", lambda case: "yes" if case["request"] == "to the CSTO" else "no")
wrong("my_rule", "Your rule always acts", lambda case: case["request"] != "")
wrong("my_rule", "my_rule should return True or False", lambda case: case["government_at_risk"] == "yes" or None)


@right("my_rule")
def a_part_of_a_value(case):
    return case["request"].startswith("to ") and "soldiers" in case["asked_for"]


@wrong("my_rule", "'to CSTO' is no value of a condition")
def misspelled_behind_or(case):
    return case["outside"] == "yes" or case["request"] == "to CSTO"


@wrong("my_rule", "This is the rule of the chapter")
def rule_of_the_chapter(case):
    asked, at_risk = case["request"] == "to the CSTO", case["government_at_risk"] == "yes"
    return asked and at_risk and case["objection"] == "none found"


@right("my_rule")
def right_in_all_cases_by_another_way(case):
    asked, at_risk = case["request"] == "to the CSTO", case["government_at_risk"] == "yes"
    return asked and at_risk and case["asked_for"] == "left open" and case["objection"] == "none found"


@wrong("my_rule", "'to CSTO' is no value of a condition")
def misspelled_value(case):
    return case["request"] == "to CSTO" and case["government_at_risk"] == "yes"


@wrong("my_rule", "'the secretary' is no value of a condition")
def invented_value(case):
    return case["objection"] in ("the secretary", "members")


def verdicts(table, rule):
    return pd.Series({name: bool(rule(case)) for name, case in table.iterrows()})


def shares(says, happened):
    return {"consistency": happened[says].mean(), "coverage": says[happened].mean()}


@right("score")
def sets_and_means(table, rule, happened):
    says = verdicts(table, rule)
    misses, alarms = set(says.index[happened & ~says]), set(says.index[says & ~happened])
    numbers = {part: None if share != share else share for part, share in shares(says, happened).items()}
    return {"misses": misses, "false_alarms": alarms, **numbers}


@wrong("score", "its consistency is None; you have nan")
def missing_number_for_nothing(table, rule, happened):
    return score(table, rule, happened) | shares(verdicts(table, rule), happened)


@right("score")
def rounded_shares(table, rule, happened):
    found = score(table, rule, happened)
    rounded = {part: found[part] and round(found[part], 2) for part in ("consistency", "coverage")}
    return found | rounded


@wrong("score", "yours is or begins with [False, False]")
def masks_for_lists(table, rule, happened):
    says = verdicts(table, rule)
    return score(table, rule, happened) | {"misses": happened & ~says}


@wrong("score", "loop with table.iterrows()")
def over_the_names_of_columns(table, rule, happened):
    return score(table, rule, happened) | {"misses": [case for case in table if rule(case)]}


@wrong("score", "list(series[series].index) gives the ids")
def a_mask_of_false_alarms(table, rule, happened):
    return score(table, rule, happened) | {"false_alarms": verdicts(table, rule) & ~happened}


@wrong("score", "yours is or begins with 7")
def number_of_false_alarms(table, rule, happened):
    return score(table, rule, happened) | {"false_alarms": (verdicts(table, rule) & ~happened).sum()}


@wrong("score", "this is a false alarm and not a miss")
def misses_and_false_alarms_exchanged(table, rule, happened):
    found = score(table, rule, happened)
    return found | {"misses": found["false_alarms"], "false_alarms": found["misses"]}


@wrong("score", "the two shares the wrong way round")
def shares_exchanged(table, rule, happened):
    found = score(table, rule, happened)
    return found | {"consistency": found["coverage"], "coverage": found["consistency"]}


@wrong("score", "0.72 is the share of all 25 cases in which the rule is right")
def share_right(table, rule, happened):
    return score(table, rule, happened) | {"consistency": (verdicts(table, rule) == happened).mean()}


@wrong("score", "consistency should be a number from 0 to 1; for the rule 'asked of the CSTO' you have 12.5")
def percent_for_shares(table, rule, happened):
    return score(table, rule, happened) | {"consistency": 100 * happened[verdicts(table, rule)].mean()}


@wrong("score", "its consistency is 0.125; you have 0.040")
def divided_by_all_cases(table, rule, happened):
    return score(table, rule, happened) | {"consistency": (verdicts(table, rule) & happened).sum() / len(table)}


@wrong("score", "your function divides by this 0")
def nothing_to_divide_by(table, rule, happened):
    found = score(table, rule, happened)
    named = [name for name, case in table.iterrows() if rule(case)]
    return found | {"consistency": sum(bool(happened[name]) for name in named) / len(named)}


@wrong("score", "there is nothing to divide by: its consistency is None; you have 0")
def zero_for_nothing(table, rule, happened):
    found = score(table, rule, happened)
    return found | {"consistency": found["consistency"] or 0}


right("fragile", lambda table, rule: [list(triple) for triple in fragile(table, rule)])


@wrong("fragile", "try recodings of cases to which it says no, too")
def from_yes_to_no_only(table, rule):
    return [triple for triple in fragile(table, rule) if rule(table.loc[triple[0]])]


@wrong("fragile", "Compare what the rule says before and after")
def every_recoding(table, rule):
    return [
        (name, condition, value)
        for name, case in table.iterrows()
        for condition in conditions
        for value in set(table[condition]) - {case[condition]}
    ]


@wrong("fragile", "Your list is empty")
def the_rule_compared_with_itself(table, rule):
    found = []
    for name, case in table.iterrows():
        for condition in conditions:
            for value in set(table[condition]) - {case[condition]}:
                recoded = case.copy()
                recoded[condition] = value
                if rule(case) != rule(case):
                    found.append((name, condition, value))
    return found


@wrong("fragile", "the value that the book has already")
def the_old_value_for_the_new_one(table, rule):
    return [(name, condition, table.loc[name, condition]) for name, condition, _ in fragile(table, rule)]


@wrong("fragile", "is the name of the case, `name`, not the row `case`")
def rows_for_names(table, rule):
    return [(table.loc[name], condition, value) for name, condition, value in fragile(table, rule)]


@wrong("fragile", "fragile should return a list of tuples of three")
def cases_only(table, rule):
    return [name for name, _, _ in fragile(table, rule)]


@wrong("fragile", "take a new copy of the row for each recoding")
def one_copy_for_all_recodings(table, rule):
    found = []
    for name, case in table.iterrows():
        recoded = case.copy()
        for condition in conditions:
            for value in sorted(set(table[condition]) - {case[condition]}):
                recoded[condition] = value
                if rule(recoded) != rule(case):
                    found.append((name, condition, value))
    return found


@wrong("fragile", "Change a copy of the row")
def recoding_in_the_given_table(table, rule):
    found, values = [], {condition: sorted(set(table[condition])) for condition in conditions}
    for name in list(table.index):
        for condition in conditions:
            first, before = bool(rule(table.loc[name])), table.loc[name, condition]
            for value in values[condition]:
                table.loc[name, condition] = value
                if bool(rule(table.loc[name])) != first:
                    found.append((name, condition, value))
            if condition == "request":
                table.loc[name, condition] = before
    return found


def words_of(variable, same, codes, percent):
    return f"On the variable {variable} the passes agree on {same} of {codes} codes, {percent} percent."


def agreed(table, variable, one="first", other="second"):
    rows = table[table["variable"] == variable]
    return int((rows[one] == rows[other]).sum()), len(rows)


@right("alt_text")
def rounded_by_numpy_and_named_in_words(table, variable):
    same, codes = agreed(table, variable)
    return words_of(variable.replace("_", " "), same, codes, np.rint(100 * same / codes).astype(int))


@wrong("alt_text", "did you write `return`?")
def nothing_returned(table, variable):
    words_of(variable, *agreed(table, variable), 96)


@wrong("alt_text", "does not name the variable")
def unnamed(table, variable):
    return words_of("chosen", *agreed(table, variable), 96)


@wrong("alt_text", "Choose the rows of the variable first")
def all_variables_at_once(table, variable):
    same = int((table["first"] == table["second"]).sum())
    return words_of(variable, same, len(table), round(100 * same / len(table)))


@wrong("alt_text", "`value` was chosen later")
def compared_with_the_value(table, variable):
    same, codes = agreed(table, variable, other="value")
    return words_of(variable, same, codes, round(100 * same / codes))


@wrong("alt_text", "Count the rows in which `first` and `second` are the same")
def how_many_differ(table, variable):
    same, codes = agreed(table, variable)
    return words_of(variable, codes - same, codes, round(100 * (codes - same) / codes))


@wrong("alt_text", "21 of 27 codes are 78 percent, rounded to a whole number")
def cut_instead_of_rounded(table, variable):
    same, codes = agreed(table, variable)
    return words_of(variable, same, codes, int(100 * same / codes))


@wrong("alt_text", "27 of 27 codes are 100 percent")
def a_share_for_percent(table, variable):
    same, codes = agreed(table, variable)
    return words_of(variable, same, codes, round(same / codes, 2))


@wrong("alt_text", "sees no colors and no squares")
def for_the_eye_alone(table, variable):
    same, codes = agreed(table, variable)
    return f"In the column {variable} there are {codes - same} black squares among {codes}."
