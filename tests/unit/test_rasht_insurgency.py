"""The valley month by month has the incidents named by hand, and says no day that is not known."""

import pandas as pd
import pytest

from casebook import rasht_insurgency
from casebook.contents import DATA


@pytest.fixture(scope="module")
def incidents():
    events = pd.read_csv(DATA / "events.csv", parse_dates=["date_start", "date_end"])
    return rasht_insurgency.incidents_of(events)


def test_incidents_named_by_hand_are_on_the_map_and_of_another_kind_than_violence(incidents):
    kinds = incidents.set_index("id")["kind"].reindex(rasht_insurgency.ALSO)
    assert kinds.notna().all() and "violence" not in list(kinds), kinds.to_dict()


def test_an_incident_known_to_the_month_has_no_day(incidents):
    vague = incidents[incidents["date_precision"] != "day"]
    assert len(vague)
    for incident in vague.itertuples():
        text = rasht_insurgency.month_text(incidents, f"{incident.date_start:%B %Y}")
        (line,) = [line for line in text.split("\n") if incident.summary in line]
        assert line.startswith("On a day not known, ")


def test_an_incident_known_to_the_day_has_its_day(incidents):
    text = rasht_insurgency.month_text(incidents, "September 2010")
    assert "\n19 September, Kamarob gorge: " in text
