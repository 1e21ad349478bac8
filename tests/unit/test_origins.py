"""Who was in: what the map draws, and what the text and the tasks of the chapter say."""

import re

import pandas as pd
import pytest

from casebook import origins
from casebook.contents import DATA, source


@pytest.fixture(scope="module")
def membership():
    return pd.read_csv(DATA / "membership.csv")


@pytest.mark.parametrize(
    "year, disputed",
    [(1992, ["Kyrgyzstan", "Turkmenistan"]), (1993, []), (1998, ["Uzbekistan"]), (2005, ["Uzbekistan"]), (2006, [])],
)
def test_a_state_is_disputed_in_a_year_for_which_sources_contradict_each_other(membership, year, disputed):
    standing = origins.standing_in(membership, year)
    assert [state for state in standing if standing[state] == "disputed"] == disputed
    text = origins.members_text(membership, year)
    assert bool(re.search(r"\bin dispute\b", text)) == bool(disputed)
    for state in disputed:
        assert re.search(rf"^{state}, disputed: .+ \(.+\d{{4}}\)\.$", text, re.M), text


def test_both_sides_of_a_dispute_are_named_and_neither_is_told_as_a_fact(membership):
    text = origins.members_text(membership, 1992)
    (claims,) = re.findall(r"^Kyrgyzstan, disputed: (.+)$", text, re.M)
    assert "did not sign (" in claims and "; signed (" in claims
    assert "Kyrgyzstan" not in text.partition("Changed in 1992: ")[2].partition("\n")[0]


def test_a_disputed_day_does_not_make_the_year_disputed(membership):
    assert origins.standing_in(membership, 1993)["Georgia"] == "member"


def test_the_text_speaks_only_of_states_that_the_map_names(membership):
    for year in range(1992, 2025):
        text = origins.members_text(membership, year)
        named = set(membership["state"]) - set(origins.STATES)
        assert named and not any(name in text for name in named), text


def test_the_task_names_years_between_which_something_changes(membership):
    part = source("chapters/origins").partition("### Who was in, year by year")[2]
    task = re.search(r"^\*Try it\.\* (.+)$", part, re.M)[1]
    steps = [tuple(map(int, pair)) for pair in re.findall(r"from (\d{4}) to (\d{4})", task)]
    assert len(steps) >= 3
    for before, after in steps:
        assert after == before + 1
        assert "nothing" not in origins.members_text(membership, after), after
        assert origins.standing_in(membership, before) != origins.standing_in(membership, after)
