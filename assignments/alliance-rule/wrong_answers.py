"""Answers that a student could hand in: wrong ones with a part of the hint that each must get, and right ones. For the tests.

They run in the memory of the solved notebook, so that they may call its functions.
"""

import pandas as pd
from support.answers import right, wrong


@wrong("an offer is not counted")
def reached(table, rung):
    return table[rung] != "no"


@wrong("For Batken 1999 aid was decided")
def reached(table, rung):
    return table[rung] == "yes"


@wrong("the rungs are what it has to predict")
def my_rule(case):
    return case["deployment"] == "yes"


@wrong("it should hold for the next case too")
def my_rule(case):
    return case.name == "kazakhstan-2022"


@wrong("'to CSTO' is no value of a condition")
def my_rule(case):
    return case["request"] == "to CSTO" and case["government_at_risk"] == "yes"


@wrong("'the secretary' is no value of a condition")
def my_rule(case):
    return case["objection"] in ("the secretary", "members")


@wrong("it returns 'no'")
def my_rule(case):
    return "yes" if case["request"] == "to the CSTO" else "no"


@wrong("Your rule always acts")
def my_rule(case):
    return case["request"] != ""


@wrong("my_rule should return True or False")
def my_rule(case):
    return case["government_at_risk"] == "yes" or None


@right
def score(table, rule, happened):
    says = pd.Series({name: bool(rule(case)) for name, case in table.iterrows()})
    misses, alarms = set(says.index[happened & ~says]), set(says.index[says & ~happened])
    return {"right": (says == happened).sum(), "misses": misses, "false_alarms": alarms, "never": (~happened).sum()}


@wrong("misses should be a list of cases")
def score(table, rule, happened):
    says = pd.Series({name: bool(rule(case)) for name, case in table.iterrows()})
    return {"right": (says == happened).sum(), "misses": happened & ~says, "false_alarms": says & ~happened, "never": (~happened).sum()}


@wrong("false_alarms should be a list of cases")
def score(table, rule, happened):
    says = pd.Series({name: bool(rule(case)) for name, case in table.iterrows()})
    misses = list(says.index[happened & ~says])
    return {"right": (says == happened).sum(), "misses": misses, "false_alarms": (says & ~happened).sum(), "never": (~happened).sum()}


@wrong("A case in which the rule says no and nothing happened is right too")
def score(table, rule, happened):
    says = pd.Series({name: bool(rule(case)) for name, case in table.iterrows()})
    return {"right": int((says & happened).sum()), "misses": [], "false_alarms": [], "never": 16}


@wrong("this is a false alarm and not a miss")
def score(table, rule, happened):
    says = pd.Series({name: bool(rule(case)) for name, case in table.iterrows()})
    misses, alarms = list(says.index[says & ~happened]), list(says.index[happened & ~says])
    return {"right": int((says == happened).sum()), "misses": misses, "false_alarms": alarms, "never": int((~happened).sum())}


@wrong("It does not depend on your rule")
def score(table, rule, happened):
    says = pd.Series({name: bool(rule(case)) for name, case in table.iterrows()})
    misses, alarms = list(says.index[happened & ~says]), list(says.index[says & ~happened])
    return {"right": int((says == happened).sum()), "misses": misses, "false_alarms": alarms, "never": int((~says).sum())}


@right
def fragile(table, rule):
    found = []
    for name, case in table.iterrows():
        for condition in conditions:
            for value in set(table[condition]) - {case[condition]}:
                if rule(pd.Series({**case, condition: value})) != rule(case):
                    found.append([name, condition, value])
    return found


@wrong("try recodings of cases to which it says no, too")
def fragile(table, rule):
    found = []
    for name, case in table.iterrows():
        for condition in conditions:
            for value in set(table[condition]) - {case[condition]}:
                if rule(case) and not rule(pd.Series({**case, condition: value})):
                    found.append((name, condition, value))
    return found


@wrong("hangs on the request alone")
def fragile(table, rule):
    return [(name, condition, value) for name, case in table.iterrows() for condition in conditions for value in set(table[condition]) - {case[condition]}]


@wrong("Change a copy of the row")
def fragile(table, rule):
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


@wrong("130 and 1613 are other numbers")
def missing(words, table, rule, happened):
    result = score(table, rule, happened)
    finding = {"right": result["right"], "cases": len(table), "never": result["never"]}
    return [part for part, number in finding.items() if str(number) not in words]


@wrong("Compute the numbers with score")
def missing(words, table, rule, happened):
    said = re.findall(r"\d+", words)
    return [part for part, number in {"right": 13, "cases": 17, "never": 16}.items() if str(number) not in said]


@wrong("lacks nothing")
def missing(words, table, rule, happened):
    result, said = score(table, rule, happened), re.findall(r"\d+", words)
    return [part for part, number in {"right": result["right"], "cases": len(table), "never": result["never"]}.items() if number not in said]
