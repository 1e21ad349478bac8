"""The rules of the audit count what they say."""

import pandas as pd
import pytest

from casebook.aid import PROMISES, RULES, audit
from casebook.contents import DATA


@pytest.mark.parametrize(
    "promise, sums",
    [
        ("Russia, 200 million (2012)", [258, 136, 127, 122, 0]),
        ("Russia, 1,230 million (2014)", [258, 136, 127, 0, 0]),
        ("United States, 60 million (2021)", [6.55, 6.55, 6.55, 0, 4.25]),
    ],
)
def test_the_rules_of_the_audit_give_the_sums_computed_by_hand(promise, sums):
    aid = pd.read_csv(DATA / "aid.csv")
    assert [round(audit(aid, promise, rule)[1]["usd_million"].sum(), 2) for rule in RULES] == sums


def test_an_unknown_promise_or_rule_is_refused():
    with pytest.raises(ValueError, match="no audit of 'a yacht'"):
        audit(pd.DataFrame(), "a yacht", RULES[0])
    with pytest.raises(ValueError, match="rules: all that the giver says"):
        audit(pd.DataFrame(), next(iter(PROMISES)), "half of it")
