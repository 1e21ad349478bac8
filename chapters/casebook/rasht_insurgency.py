"""What the chapter *The Rasht insurgency* draws: the valley month by month, tolls by reporter, rules that fit."""

import re
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch

from .map_views import PLACES, VIEWS
from .maps import LAND, SEA, draw_places, outlines, project
from .style import COLORS, WIDTH, source_line
from .tables import period_text

# --- maps of the valley

VIEW = "tajikistan"
WIDE_VIEW = "eastern-central-asia"
#: Ids in events.csv: incidents on the ground that are not of the kind *violence* in the main.
ALSO = (
    "rasht-2009-05-15-operation-poppy",
    "rasht-2010-10-06-helicopter",
    "rasht-2010-10-14-ahmadov-deal",
    "rasht-2010-12-20-takhar",
    "rasht-2011-06-20-soldier-found",
)
#: Steps of the map in time: label -> the month or, as no incident is known of, a whole year.
MONTHS = {
    **{month.strftime("%B %Y"): month for month in pd.period_range("2009-05", "2009-07", freq="M")},
    "August 2009 to July 2010": pd.Period("2010", freq="Y-JUL"),  # the year that ends with July 2010
    **{month.strftime("%B %Y"): month for month in pd.period_range("2010-08", "2011-07", freq="M")},
}
#: Middle line of the valley: longitude, latitude. No outline of it was found, so the band around it is approximate.
VALLEY = [(69.85, 38.83), (69.97, 38.87), (70.2, 38.98), (70.37, 39.03), (70.65, 39.09), (71, 39.17)]
EARTH_RADIUS = 6371  #: kilometers, the unit of a projected map


def valley_map(places: pd.DataFrame, kinds: dict[str, str], notes: dict[str, str] | None = None) -> plt.Figure:
    """Draw places of western Tajikistan on a map, with the valley as a band and a scale.

    Parameters
    ----------
    places, kinds, notes
        As for `casebook.maps.draw_places`.
    """
    figure, axes = draw_places(places, kinds, VIEW, notes)
    x, y = project(*np.array(VALLEY).T, VIEW)
    axes.plot(x, y, color="#F2CDA9", linewidth=11, solid_capstyle="round", zorder=1.5)  # below the marks
    label = {"textcoords": "offset points", "fontsize": 8.5}
    axes.annotate("Rasht Valley", (x[-1], y[-1]), xytext=(7, 0), style="italic", **label)
    left, bottom = project(67.6, 36.75, VIEW)
    axes.plot([left, left + 100 / EARTH_RADIUS], [bottom, bottom], "|-", color=COLORS["ink"])
    axes.annotate("100 km", (left, bottom), xytext=(0, 6), **label)
    corner = {"xycoords": "axes fraction", "ha": "right"}
    axes.annotate("○ approximate place", (0.98, 0.03), fontsize=8.5, color=COLORS["gray"], **corner)
    return figure


def add_locator(figure: plt.Figure) -> None:
    """Show in a corner of the map of the valley where in Central Asia it lies."""
    axes = figure.add_axes([0.75, 0.1, 0.24, 0.25], aspect="equal", xticks=[], yticks=[], facecolor=SEA)
    for name, path in outlines(WIDE_VIEW).items():
        fill = COLORS["gray"] if name == "Tajikistan" else LAND
        axes.add_patch(PathPatch(path, facecolor=fill, edgecolor=COLORS["gray"], linewidth=0.4))
    west, south, east, north = VIEWS[VIEW][1]
    frame = project(np.array([west, east, east, west, west]), np.array([south, south, north, north, south]), WIDE_VIEW)
    axes.plot(*frame, color=COLORS["vermilion"], linewidth=1.2)
    west, south, east, north = VIEWS[WIDE_VIEW][1]
    edges = project(np.array([west, east]), np.array([south, north]), WIDE_VIEW)
    axes.set(xlim=edges[0], ylim=edges[1])
    axes.spines[:].set_visible(True)


def incidents_of(events: pd.DataFrame) -> pd.DataFrame:
    """Choose what happened on the ground, without statements, meetings and verdicts, from rows of events.csv.

    That is violence and `ALSO`, in the `MONTHS`, at places of the map or somewhere in the valley.

    Parameters
    ----------
    events : pandas.DataFrame
        Rows of events.csv, with `date_start` and `date_end` as datetime.

    Returns
    -------
    pandas.DataFrame
        The rows in order of date, with the columns `mark` (the place where the map marks the incident: what is known
        only to have been in the valley stands at Gharm) and `last` (its last day).
    """
    first, *_, last = MONTHS.values()
    on_the_ground = (events["kind"] == "violence") | events["id"].isin(ALSO)
    then = events["date_start"].between(first.start_time, last.end_time)
    here = events["place"].isin([*PLACES[VIEW], "Rasht Valley"])
    incidents = events[on_the_ground & then & here].sort_values("date_start", kind="stable")
    mark = incidents["place"].replace("Rasht Valley", "Gharm")
    return incidents.assign(mark=mark, last=incidents["date_end"].fillna(incidents["date_start"]))


def incidents_in(incidents: pd.DataFrame, month: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the incidents that began in one of `MONTHS`, and those that began earlier and went on in it."""
    start, end = MONTHS[month].start_time, MONTHS[month].end_time
    here = incidents[(incidents["date_start"] <= end) & (incidents["last"] >= start)]
    return here[here["date_start"] >= start], here[here["date_start"] < start]


def month_map(incidents: pd.DataFrame, places: pd.DataFrame, month: str) -> plt.Figure:
    """Draw where something happened in a month, from rows of `incidents_of` and places.csv, and where it had before."""
    new, going_on = incidents_in(incidents, month)
    numbers = new["mark"].value_counts()
    before = incidents[incidents["date_start"] < MONTHS[month].start_time]
    kinds = dict.fromkeys(["Dushanbe", *before["mark"]], "earlier")
    kinds |= dict.fromkeys([*numbers.index, *going_on["mark"]], "town")
    return valley_map(places, kinds, {place: f": {number}" for place, number in numbers.items()})


def month_text(incidents: pd.DataFrame, month: str) -> str:
    """Say what happened in a month, an incident a line, from rows of `incidents_of`."""
    new, going_on = incidents_in(incidents, month)
    if new.empty and going_on.empty:
        return f"{month}: no incident was recorded. That may mean quiet, or that nobody reported."
    lines = [f"{month}."]
    known_to_the_day = new["date_precision"] == "day"
    for row in new[known_to_the_day].itertuples():
        lines.append(f"{_days(row.date_start, row.last)}, {row.place}: {row.summary}")
    for row in new[~known_to_the_day].itertuples():
        lines.append(f"On a day not known, {row.place}: {row.summary}")
    for row in going_on.itertuples():
        lines.append(f"Going on since {_days(row.date_start, row.date_start)}, {row.place}: {row.summary}")
    return "\n".join(lines)


def _days(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Days without the year: ``"22 September to 9 November"``."""
    return re.sub(r" \d{4}", "", period_text(first, last, "day"))


# --- reported tolls: the shape says what kind of number it is, color, size and fill who stands behind it

SHAPES = {"exactly": "o", "at least": ">", "up to": "<", "from … to …": "|"}
REPORTERS = {
    "official": {"color": COLORS["blue"], "markersize": 7},
    "unnamed source": {"color": COLORS["vermilion"], "markersize": 7, "markerfacecolor": "white"},
    "news outlet": {"color": COLORS["ink"], "markersize": 4},
    "analyst or rights group": {"color": COLORS["purple"], "markersize": 5, "markerfacecolor": "white"},
}
UNHEARD = {"color": COLORS["pale"], "markersize": 4}
#: Day since an event, which is day 1 -> its label on the axis of time.
TIMES = {1: "day 1", 7: "1 week", 30: "1 month", 365: "1 year", 1461: "4 years"}


def mark_reports(axes, reports: pd.DataFrame, style: dict | None = None) -> None:
    """Mark reported numbers from left to right, one mark a report.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The number is measured along the x-axis.
    reports : pandas.DataFrame
        Rows of reported-figures.csv with a column `height`, the place of the mark on the y-axis.
    style : dict, optional
        How every mark looks, in matplotlib's words; by default as `REPORTERS` says.
    """
    low, value, high = (reports[column] for column in ("low", "value", "high"))
    is_range = low.notna() & high.notna()
    form = np.select([is_range, value.notna(), low.notna()], ["from … to …", "exactly", "at least"], "up to")
    for (kind, shape), rows in reports.groupby([reports["reporter_kind"], form]):
        look = style or REPORTERS[kind]
        if shape == "from … to …":
            axes.plot(rows[["low", "high"]].T, rows[["height", "height"]].T, "|-", **look)
        else:
            number = rows["value"].fillna(rows["low"]).fillna(rows["high"])
            axes.plot(number, rows["height"], SHAPES[shape], alpha=0.8, **look)


def explain_marks(figure: plt.Figure) -> None:
    """Say above a figure of reported tolls what its marks mean, and below it where the numbers come from."""
    gray = {"color": COLORS["gray"], "linestyle": ""}
    shapes = [Line2D([], [], marker=mark, label=words, **gray) for words, mark in SHAPES.items()]
    who = [Line2D([], [], marker="o", linestyle="", label=kind, **look) for kind, look in REPORTERS.items()]
    figure.legend(handles=shapes + who, loc="outside upper left", ncols=2, frameon=False, fontsize=8.5)
    source_line(figure, "data/reported-figures.csv")


def reports_by_day(reports: pd.DataFrame, unit: str) -> plt.Figure:
    """Draw reported numbers from left to right and the days of their reports, ever faster, from top to bottom.

    Parameters
    ----------
    reports : pandas.DataFrame
        Rows of reported-figures.csv with a column `days`, the day of the report, counted from the event as day 1.
    """
    figure, axes = plt.subplots(figsize=(WIDTH, 4.1))
    mark_reports(axes, reports.assign(height=reports["days"]))
    axes.set(yscale="log", xlim=(0, 45), xlabel=unit)
    axes.minorticks_off()
    axes.set_yticks(list(TIMES), TIMES.values())
    axes.invert_yaxis()
    axes.grid(axis="x", color=COLORS["pale"])
    explain_marks(figure)
    return figure


# --- one ambush, many numbers

#: Choice of the explorer -> the kinds of reporter that are believed.
BELIEVE = {
    "everybody": list(REPORTERS),
    "officials": ["official"],
    "unnamed sources": ["unnamed source"],
    "news outlets": ["news outlet"],
    "analysts and rights groups": ["analyst or rights group"],
}
#: Choice of the explorer -> the last day whose reports are heard.
UNTIL = {"the second day": 2, "the first week": 7, "the first month": 31, "2014": 9999}


def believed(ambush: pd.DataFrame, believe: str, until: str) -> pd.DataFrame:
    """Say which reports are heard and which of them are believed.

    Parameters
    ----------
    ambush : pandas.DataFrame
        Rows of reported-figures.csv with a column `days`, the day of the report, counted from the ambush.
    believe, until : str
        Keys of `BELIEVE` and `UNTIL`.

    Returns
    -------
    pandas.DataFrame
        The reports until then, with a column `chosen`: whether the report is believed. Undated ones are left out.
    """
    heard = ambush[ambush["days"] <= UNTIL[until]]
    return heard.assign(chosen=heard["reporter_kind"].isin(BELIEVE[believe]))


def toll_marks(ambush: pd.DataFrame, believe: str, until: str) -> plt.Figure:
    """Pile up the reports of each number, in color those believed; takes what `believed` takes."""
    heard = believed(ambush, believe, until).sort_values("chosen", ascending=False, kind="stable")
    heard["height"] = heard.groupby("number").cumcount() + 1
    chosen = heard[heard["chosen"]]
    figure, axes = plt.subplots(figsize=(WIDTH, 3.5))
    mark_reports(axes, heard[~heard["chosen"]], UNHEARD)
    mark_reports(axes, chosen)
    if len(chosen):
        axes.plot(_span(chosen), [-1, -1], "-|", color=COLORS["ink"], linewidth=3, markersize=10)
    tallest = ambush["number"].value_counts().max()  # of every choice, so that the axis stays the same
    axes.set(xlim=(0, 45), xlabel="soldiers killed, as reported")
    axes.set(ylim=(-2, tallest + 2), yticks=[0, 5, 10, 15, 20], ylabel="reports")
    explain_marks(figure)
    return figure


def toll_text(ambush: pd.DataFrame, believe: str, until: str) -> str:
    """Say how many reports are believed and which numbers they give; takes what `believed` takes."""
    heard = believed(ambush, believe, until)
    chosen = heard[heard["chosen"]].sort_values(["number", "high"], na_position="first")
    if chosen.empty:
        return f"Until {until} there is no such report."
    low, high = _span(chosen)
    width = f"all with {low:.0f}" if low == high else f"from {low:.0f} to {high:.0f}"
    numbers = [
        f"{report.number:.0f}" if pd.isna(report.high) else f"{report.low:.0f} to {report.high:.0f}"
        for report in chosen.itertuples()
    ]
    printed = ", ".join(f"{number} ({count})" for number, count in Counter(numbers).items())
    believing = f"Until {until}, believing {believe}: {len(chosen)} of {len(heard)} reports, {width}."
    return f"{believing} Each number, and in brackets its reports: {printed}."


def _span(reports: pd.DataFrame) -> tuple[float, float]:
    """The lowest and the highest number that rows of reported-figures.csv give."""
    numbers = reports[["low", "value", "high"]]
    return numbers.min().min(), numbers.max().max()


# --- rules

#: Time of judgment in rules.csv -> who sits in the council then, and what was not found.
COUNCIL = {
    "September 2010": "Seven presidents sit in council; Uzbekistan's wants such forces kept for attacks from outside.",
    "end of 2012": (
        "Six presidents are left since Uzbekistan suspended its membership in 2012. "
        "Whether the agreement of 2000 was still in use was not checked."
    ),
}


def rules_table(readings: pd.DataFrame, who_fights: str, it_is: str, rules_of: str) -> pd.DataFrame:
    """List how the rules of a year fit the accepted facts; our reading.

    Parameters
    ----------
    readings : pandas.DataFrame
        Rows of rules.csv.
    who_fights, it_is, rules_of : str
        Values of these columns; rows with ``"any"`` fit every value of the first two.
    """
    who_fits = readings["who_fights"].isin(["any", who_fights])
    what_fits = readings["it_is"].isin(["any", it_is])
    chosen = readings[who_fits & what_fits & (readings["rules_of"] == rules_of)]
    rule = chosen["rule"] + " (" + chosen["sources"].str.split(";").str[0] + ")"
    return pd.DataFrame({"rule": rule, "does it fit": chosen["fit"], "what it would need": chosen["needs"]})
