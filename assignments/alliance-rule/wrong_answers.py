"""Answers that a student could hand in, and a part of the hint that each must get. For the tests.

They run in the memory of the solved notebook, so that they may call its functions.
"""

import pandas as pd
from wrong import wrong


@wrong("an offer is not counted")
def reached(table, rung):
    return table[rung] != "no"


@wrong("For Batken 1999 aid was decided")
def reached(table, rung):
    return table[rung] == "yes"


@wrong("the rungs are what it has to predict")
def my_rule(case):
    return case["deployment"] == "yes"


@wrong("a rule should hold for the next case too")
def my_rule(case):
    return case.name == "kazakhstan-2022"


@wrong("Your rule always acts")
def my_rule(case):
    return case["request"] != ""


@wrong("my_rule should return True or False")
def my_rule(case):
    return case["government_at_risk"] == "yes" or None


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


@wrong("It should change with the rule")
def alt_text(table, rule, happened):
    return f"The rule is right in 17 of {len(table)} cases, and the rule that says no every time is right in 16."
