"""What the chapter *The Rasht insurgency* draws: the valley month by month, tolls by reporter, rules that fit."""

from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch

from .map_views import VIEWS
from .maps import LAND, SEA, add_places, draw_map, outlines, project
from .style import COLORS, WIDTH, source_line

# --- maps of the valley

VIEW = "tajikistan"
WIDE_VIEW = "eastern-central-asia"
#: Place in places.csv -> label on the map and the side on which it stands.
LABELS = {
    "Gharm": ("Gharm", "right"),
    "Kamarob gorge": ("Kamarob", "above"),
    "Nurobod district": ("Nurobod", "left"),
    "Tavildara": ("Tavildara", "below"),
    "Dushanbe": ("Dushanbe", "left"),
    "Khujand": ("Khujand", "left"),
    "Panj river islands": ("Panj", "left"),
    "Faizobod": ("Faizobod", "below"),
    "Isfara district": ("Isfara", "right"),
    "Takhar": ("Takhar", "left"),
}
#: Ids in events.csv: what happened on the ground, without statements, meetings and verdicts.
INCIDENTS = [
    "rasht-2009-05-15-operation-poppy",
    "rasht-2009-07-08-safedkhok",
    "rasht-2009-07-11-ziyoev",
    "rasht-2009-07-13-tavildara-post",
    "rasht-2010-08-22-jailbreak",
    "rasht-2010-09-03-khujand",
    "rasht-2010-09-05-dusti",
    "rasht-2010-09-08-panj-clash",
    "rasht-2010-09-19-kamarob-ambush",
    "rasht-2010-09-21-kamarob-fire",
    "rasht-2010-09-22-operation",
    "rasht-2010-09-26-faizobod",
    "rasht-2010-10-03-omon-clash",
    "rasht-2010-10-05-tavildara",
    "rasht-2010-10-06-helicopter",
    "rasht-2010-10-06-mine",
    "rasht-2010-10-14-ahmadov-deal",
    "rasht-2010-10-16-three-killed",
    "rasht-2010-10-22-isfara",
    "rasht-2010-12-20-takhar",
    "rasht-2011-01-04-ali-bedaki",
    "rasht-2011-04-14-mullo-abdullo",
    "rasht-2011-04-18-sharipov-arrest",
    "rasht-2011-06-20-soldier-found",
    "rasht-2011-07-25-childara",
]
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
    places : pandas.DataFrame
        Rows of places.csv.
    kinds : dict
        Place -> how it is drawn: ``"town"``, or ``"earlier"`` for small and gray.
    notes : dict, optional
        Place -> words behind its name, such as ``": 2"``.
    """
    notes = notes or {}
    labels = {}
    for place in kinds:
        name, side = LABELS[place]
        labels[place] = (name + notes.get(place, ""), side)
    shown = places[places["name"].isin(kinds)]
    shown = shown.assign(id=shown["name"], kind=shown["name"].map(kinds))
    neighbors = dict.fromkeys(("Afghanistan", "Kyrgyzstan", "Uzbekistan"), {"color": LAND})
    figure, axes = draw_map({"Tajikistan": {"color": "white"}, **neighbors}, VIEW)
    corners = VIEWS[VIEW][1]
    x, y = project(*np.array(VALLEY).T, corners)
    axes.plot(x, y, color="#F2CDA9", linewidth=11, solid_capstyle="round")
    axes.annotate(
        "Rasht Valley", (x[-1], y[-1]), xytext=(7, 0), textcoords="offset points", fontsize=8.5, style="italic"
    )
    add_places(axes, shown, labels, VIEW)
    left, bottom = project(67.6, 36.75, corners)
    axes.plot([left, left + 100 / EARTH_RADIUS], [bottom, bottom], "|-", color=COLORS["ink"])
    axes.annotate("100 km", (left, bottom), xytext=(0, 6), textcoords="offset points", fontsize=8.5)
    corner = {"xycoords": "axes fraction", "ha": "right"}
    axes.annotate("○ approximate place", (0.98, 0.03), fontsize=8.5, color=COLORS["gray"], **corner)
    return figure


def add_locator(figure: plt.Figure) -> None:
    """Show in a corner of the map of the valley where in Central Asia it lies."""
    axes = figure.add_axes([0.75, 0.1, 0.24, 0.25], aspect="equal", xticks=[], yticks=[], facecolor=SEA)
    wide = VIEWS[WIDE_VIEW][1]
    for name, path in outlines(WIDE_VIEW).items():
        fill = COLORS["gray"] if name == "Tajikistan" else LAND
        axes.add_patch(PathPatch(path, facecolor=fill, edgecolor=COLORS["gray"], linewidth=0.4))
    west, south, east, north = VIEWS[VIEW][1]
    frame = project(np.array([west, east, east, west, west]), np.array([south, south, north, north, south]), wide)
    axes.plot(*frame, color=COLORS["vermilion"], linewidth=1.2)
    edges = project(np.array(wide)[[0, 2]], np.array(wide)[[1, 3]], wide)
    axes.set(xlim=edges[0], ylim=edges[1])
    axes.spines[:].set_visible(True)


def incidents_of(events: pd.DataFrame) -> pd.DataFrame:
    """Choose the `INCIDENTS` from rows of events.csv.

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
    incidents = events.set_index("id").loc[INCIDENTS]
    return incidents.assign(
        mark=incidents["place"].replace("Rasht Valley", "Gharm"),
        last=incidents["date_end"].fillna(incidents["date_start"]),
    )


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
        lines.append(f"{days_text(row.date_start, row.last)}, {row.place}: {row.summary}")
    for row in new[~known_to_the_day].itertuples():
        lines.append(f"On a day not known, {row.place}: {row.summary}")
    for row in going_on.itertuples():
        since = days_text(row.date_start, row.date_start)
        lines.append(f"Going on since {since}, {row.place}: {row.summary}")
    return "\n".join(lines)


def days_text(first: pd.Timestamp, last: pd.Timestamp) -> str:
    """Days without the year: ``"3 September"``, ``"5 to 6 September"``, ``"22 September to 9 November"``."""
    end = f"{last.day} {last:%B}"
    if first == last:
        return end
    if first.month == last.month:
        return f"{first.day} to {end}"
    return f"{first.day} {first:%B} to {end}"


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
    known = reports[["low", "value", "high"]].notna()
    shape = known["value"].map({True: "exactly"}).fillna(known["low"].map({True: "at least", False: "up to"}))
    shape = shape.mask(known["low"] & known["high"], "from … to …")
    number = reports["value"].fillna(reports["low"]).fillna(reports["high"])
    for (kind, form), rows in reports.groupby([reports["reporter_kind"], shape]):
        look = style or REPORTERS[kind]
        if form == "from … to …":
            axes.plot(rows[["low", "high"]].T, rows[["height", "height"]].T, "|-", **look)
        else:
            axes.plot(number[rows.index], rows["height"], SHAPES[form], alpha=0.8, **look)


def add_key(figure: plt.Figure) -> None:
    """Say above a figure of reported tolls what its marks mean."""
    gray = {"color": COLORS["gray"], "linestyle": ""}
    shapes = [Line2D([], [], marker=mark, label=words, **gray) for words, mark in SHAPES.items()]
    who = [Line2D([], [], marker="o", linestyle="", label=kind, **look) for kind, look in REPORTERS.items()]
    figure.legend(handles=shapes + who, loc="outside upper left", ncols=2, frameon=False, fontsize=8.5)


def reports_by_day(reports: pd.DataFrame, unit: str, source: str) -> plt.Figure:
    """Draw reported numbers from left to right and the days of their reports, ever faster, from top to bottom.

    Parameters
    ----------
    reports : pandas.DataFrame
        Rows of reported-figures.csv with a column `days`, the day of the report, counted from the event as day 1.
    unit, source : str
        Label of the axis, and the source line.
    """
    figure, axes = plt.subplots(figsize=(WIDTH, 4.1))
    mark_reports(axes, reports.assign(height=reports["days"]))
    axes.set(yscale="log", xlim=(0, 45), xlabel=unit)
    axes.minorticks_off()
    axes.set_yticks(list(TIMES), TIMES.values())
    axes.invert_yaxis()
    axes.grid(axis="x", color=COLORS["pale"])
    add_key(figure)
    source_line(figure, source)
    return figure


# --- one ambush, many numbers

#: Choice of the explorer -> the kind of reporter that is believed.
BELIEVE = {
    "everybody": None,
    "officials": "official",
    "unnamed sources": "unnamed source",
    "news outlets": "news outlet",
    "analysts and rights groups": "analyst or rights group",
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
    kind = BELIEVE[believe]
    if kind is None:
        return heard.assign(chosen=True)
    return heard.assign(chosen=heard["reporter_kind"] == kind)


def toll_marks(ambush: pd.DataFrame, believe: str, until: str) -> plt.Figure:
    """Pile up the reports of each number, in color those believed; takes what `believed` takes."""
    heard = believed(ambush, believe, until).sort_values("chosen", ascending=False, kind="stable")
    heard["height"] = heard.groupby("number").cumcount() + 1
    chosen = heard[heard["chosen"]]
    figure, axes = plt.subplots(figsize=(WIDTH, 3.5))
    mark_reports(axes, heard[~heard["chosen"]], UNHEARD)
    mark_reports(axes, chosen)
    if len(chosen):
        axes.plot(span(chosen), [-1, -1], "-|", color=COLORS["ink"], linewidth=3, markersize=10)
    tallest = ambush["number"].value_counts().max()  # of every choice, so that the axis stays the same
    axes.set(xlim=(0, 45), xlabel="soldiers killed, as reported")
    axes.set(ylim=(-2, tallest + 2), yticks=[0, 5, 10, 15, 20], ylabel="reports")
    add_key(figure)
    source_line(figure, "data/reported-figures.csv")
    return figure


def toll_text(ambush: pd.DataFrame, believe: str, until: str) -> str:
    """Say how many reports are believed and which numbers they give; takes what `believed` takes."""
    heard = believed(ambush, believe, until)
    chosen = heard[heard["chosen"]].sort_values(["number", "high"], na_position="first")
    if chosen.empty:
        return f"Until {until} there is no such report."
    low, high = span(chosen)
    width = f"all with {low:.0f}" if low == high else f"from {low:.0f} to {high:.0f}"
    counts = Counter(number_text(report) for report in chosen.itertuples())
    printed = ", ".join(f"{number} ({count})" for number, count in counts.items())
    believing = f"Until {until}, believing {believe}: {len(chosen)} of {len(heard)} reports, {width}."
    return f"{believing} Each number, and in brackets its reports: {printed}."


def span(reports: pd.DataFrame) -> tuple[float, float]:
    """Return the lowest and the highest number that rows of reported-figures.csv give."""
    numbers = reports[["low", "value", "high"]]
    return numbers.min().min(), numbers.max().max()


def number_text(report) -> str:
    """Write the number of one report as it was printed: ``"25"``, or ``"25 to 40"``."""
    if pd.isna(report.high):
        return f"{report.number:.0f}"
    return f"{report.low:.0f} to {report.high:.0f}"


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
    return pd.DataFrame(
        {
            "rule": chosen["rule"] + " (" + chosen["sources"].str.split(";").str[0] + ")",
            "does it fit": chosen["fit"],
            "what it would need": chosen["needs"],
        }
    )
