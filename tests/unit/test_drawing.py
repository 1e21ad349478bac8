"""Plots, timelines and maps draw what the rows say, and refuse what they do not know."""

import pandas as pd
import pytest

from casebook import draw_map, timeline
from casebook.maps import add_places
from casebook.plots import lanes
from casebook.readings import VERDICTS, verdict_plot


def words_of(axes):
    return [text.get_text().strip() for text in axes.texts]


# --- plots


def timeline_of(first, second, **columns):
    events = pd.DataFrame({"id": ["a", "b"], "date_start": pd.to_datetime([first, second])} | columns)
    axes = timeline(events, {"a": "first", "b": "second"}, source="test").axes[0]
    return words_of(axes), [label.get_text() for label in axes.get_yticklabels()]


def test_a_timeline_labels_every_month_of_a_year_and_fewer_of_a_longer_time():
    assert timeline_of("2010-04-07", "2010-06-12")[1] == ["May 2010", "Jun 2010"]
    months = timeline_of("2009-07-11", "2011-11-11")[1]
    assert months[:2] == ["Aug 2009", "Nov 2009"] and len(months) <= 12


def test_a_timeline_leaves_out_a_day_that_is_not_known():
    words, _ = timeline_of("2020-11-01", "2021-06-22", date_precision=["month", "day"])
    assert {"Nov 2020", "22 Jun 2021"} <= set(words)


@pytest.mark.parametrize("label, message", [("missing-id", "no event missing-id"), ("a", "at least two events")])
def test_a_timeline_refuses_an_unknown_or_a_single_event(label, message):
    with pytest.raises(ValueError, match=message):
        timeline(pd.DataFrame({"id": ["a"], "date_start": [pd.Timestamp("2007")]}), {label: "x"}, source="test")


def test_lanes_have_one_dot_per_event():
    days = pd.to_datetime(["2001-01-01", "2001-05-01", "2003-01-01"])
    events = pd.DataFrame({"chapter": ["a", "a", "b"], "date_start": days})
    figure = lanes(events, {"b": "Second", "a": "First", "c": "Empty"}, source="test")
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["Second: 1 event", "First: 2 events"]
    assert [len(axes.lines[0].get_xdata()) for axes in figure.axes] == [1, 2]


def test_verdicts_are_counted():
    checks = pd.DataFrame({"reading": ["a", "a", "b"], "verdict": ["wrong", "wrong", "confirmed"]})
    names = {"a": "First", "b": "Second"}
    words = words_of(verdict_plot(checks, names, source="test").axes[0])
    assert words[:6] == ["First: 2 checked", *("2" if verdict == "wrong" else "0" for verdict in VERDICTS)]


# --- maps


@pytest.mark.parametrize(
    "states, view, message",
    [
        ({"Atlantis": {"color": "white"}}, "csto-area", "unknown states on the map .*Atlantis; accepted: .*Kazakhstan"),
        ({"Kazakhstan": {}}, "csto-area", "the style of Kazakhstan needs a color"),
        ({}, "moon", "unknown map views: moon; accepted: csto-area"),
    ],
)
def test_a_map_refuses_what_it_does_not_know(states, view, message):
    with pytest.raises(ValueError, match=message):
        draw_map(states, view=view)


def map_with(view, names, **columns):
    """Draw a map with places: return its axes and the marks of the places."""
    axes = draw_map({}, view=view)[1]
    add_places(axes, pd.DataFrame({"kind": "town", "location": "exact"} | columns), names, view)
    return axes, axes.lines[-len(names) :]


@pytest.mark.parametrize(
    "place, side, message",
    [("cant", "left", "unknown places: cant; accepted: kant"), ("kant", "north", "unknown sides: north; .*above")],
)
def test_a_map_refuses_an_unknown_place_or_side(place, side, message):
    with pytest.raises(ValueError, match=message):
        map_with("eastern-central-asia", {place: ("Kant", side)}, id=["kant"], lat=[42.9], lon=[74.8])


def test_a_place_outside_the_picture_becomes_an_arrowhead_at_its_edge():
    names = {"osh": ("Osh", "below"), "moscow": ("Moscow", "right")}
    axes, (osh, moscow) = map_with("kyrgyzstan", names, id=list(names), lat=[40.5, 55.8], lon=[72.8, 37.6])
    assert osh.get_marker() == "o"
    sides, _, heading = moscow.get_marker()
    assert sides == 3 and 0 < heading < 90, "Moscow lies to the northwest: left of north"
    assert axes.viewLim.contains(moscow.get_xdata()[0], moscow.get_ydata()[0])


def test_approximate_places_are_hollow_and_earlier_ones_small():
    names = {"gharm": ("Gharm", "right"), "kamarob": ("Kamarob", "above")}
    kinds = {"kind": ["earlier", "town"], "location": ["exact", "approximate"]}
    _, (gharm, kamarob) = map_with("tajikistan", names, id=list(names), lat=[39.0, 39.1], lon=[70.4, 70.3], **kinds)
    assert kamarob.get_markerfacecolor() == "white" != gharm.get_markerfacecolor()
    assert gharm.get_markersize() < kamarob.get_markersize()
