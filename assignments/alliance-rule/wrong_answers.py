"""Answers that a student could hand in: wrong ones with words of the hint that each must get, and right ones.

For the tests, in which the module `solution` is the solved notebook.
"""

import re

import pandas as pd
from solution import conditions, fragile, score
from support.answers import right, wrong

wrong("reached", "an offer is not counted", lambda table, rung: table[rung] != "no")
wrong("reached", "For Batken 1999 aid was decided", lambda table, rung: table[rung] == "yes")

wrong("my_rule", "the rungs are what it has to predict", lambda case: case["deployment"] == "yes")
wrong("my_rule", "it should hold for the next case too", lambda case: case.name == "kazakhstan-2022")
wrong("my_rule", "it returns 'no'", lambda case: "yes" if case["request"] == "to the CSTO" else "no")
wrong("my_rule", "Your rule always acts", lambda case: case["request"] != "")
wrong("my_rule", "my_rule should return True or False", lambda case: case["government_at_risk"] == "yes" or None)


@wrong("my_rule", "'to CSTO' is no value of a condition")
def misspelled_value(case):
    return case["request"] == "to CSTO" and case["government_at_risk"] == "yes"


@wrong("my_rule", "'the secretary' is no value of a condition")
def invented_value(case):
    return case["objection"] in ("the secretary", "members")


def verdicts(table, rule):
    return pd.Series({name: bool(rule(case)) for name, case in table.iterrows()})


@right("score")
def sets_and_numpy_numbers(table, rule, happened):
    says = verdicts(table, rule)
    misses, alarms = set(says.index[happened & ~says]), set(says.index[says & ~happened])
    return {"right": (says == happened).sum(), "misses": misses, "false_alarms": alarms, "never": (~happened).sum()}


@wrong("score", "misses should be a list of cases")
def masks_for_lists(table, rule, happened):
    says = verdicts(table, rule)
    return score(table, rule, happened) | {"misses": happened & ~says, "false_alarms": says & ~happened}


@wrong("score", "false_alarms should be a list of cases")
def number_of_false_alarms(table, rule, happened):
    return score(table, rule, happened) | {"false_alarms": (verdicts(table, rule) & ~happened).sum()}


@wrong("score", "A case in which the rule says no and nothing happened is right too")
def right_only_where_something_happened(table, rule, happened):
    return score(table, rule, happened) | {"right": int((verdicts(table, rule) & happened).sum())}


@wrong("score", "this is a false alarm and not a miss")
def misses_and_false_alarms_exchanged(table, rule, happened):
    found = score(table, rule, happened)
    return found | {"misses": found["false_alarms"], "false_alarms": found["misses"]}


@wrong("score", "It does not depend on your rule")
def never_by_the_rule(table, rule, happened):
    return score(table, rule, happened) | {"never": int((~verdicts(table, rule)).sum())}


right("fragile", lambda table, rule: [list(triple) for triple in fragile(table, rule)])


@wrong("fragile", "try recodings of cases to which it says no, too")
def from_yes_to_no_only(table, rule):
    return [triple for triple in fragile(table, rule) if rule(table.loc[triple[0]])]


@wrong("fragile", "hangs on the request alone")
def every_recoding(table, rule):
    return [
        (name, condition, value)
        for name, case in table.iterrows()
        for condition in conditions
        for value in set(table[condition]) - {case[condition]}
    ]


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


def finding(table, rule, happened):
    found = score(table, rule, happened)
    return {"right": found["right"], "cases": len(table), "never": found["never"]}


@wrong("missing", "130 and 1613 are other numbers")
def digits_inside_other_numbers(words, table, rule, happened):
    return [part for part, number in finding(table, rule, happened).items() if str(number) not in words]


@wrong("missing", "Compute the numbers with score")
def fixed_numbers(words, table, rule, happened):
    said, numbers = re.findall(r"\d+", words), {"right": 13, "cases": 17, "never": 16}
    return [part for part, number in numbers.items() if str(number) not in said]


@wrong("missing", "lacks nothing")
def numbers_compared_with_text(words, table, rule, happened):
    said = re.findall(r"\d+", words)
    return [part for part, number in finding(table, rule, happened).items() if number not in said]
