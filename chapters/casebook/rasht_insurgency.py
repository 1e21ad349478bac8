"""What the chapter *The Rasht insurgency* draws: the valley month by month, a toll by reporter, rules that fit."""

from collections import Counter

import matplotlib.pyplot as plt
import pandas as pd

from .maps import add_places, draw_map
from .style import COLORS, source_line

# --- maps of the valley

VIEW = "tajikistan"
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
    "August 2009 to July 2010": pd.Period(2010, freq="Y-JUL"),  # the year that ends with July 2010
    **{month.strftime("%B %Y"): month for month in pd.period_range("2010-08", "2011-07", freq="M")},
}


def valley_map(places: pd.DataFrame, kinds: dict[str, str], notes: dict[str, str] | None = None) -> plt.Figure:
    """Draw places of western Tajikistan on a map.

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
    states = ("Afghanistan", "Kyrgyzstan", "Tajikistan", "Uzbekistan")
    figure, axes = draw_map({state: {"color": "white"} for state in states}, VIEW)
    add_places(axes, shown, labels, VIEW)
    corner = {"xycoords": "axes fraction", "ha": "right"}
    axes.annotate("○ approximate place", (0.98, 0.03), fontsize=8.5, color=COLORS["gray"], **corner)
    return figure


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


# --- the dead of the ambush

#: Kind of reporter -> mark and color of its points, in matplotlib's short form.
MARKS = {"official": "oC0", "unnamed source": "^C1", "news outlet": ".k", "analyst or rights group": "sC2"}
#: Words of the key -> their color.
KEY = {"● official": "C0", "▲ unnamed source": "C1", "• news outlet": "black", "■ analyst or rights group": "C2"}
#: Day since the ambush, which is day 1 -> its label on the axis of time.
TIMES = {1: "day 1", 7: "1 week", 30: "1 month", 365: "1 year", 1461: "4 years"}
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


def toll_bars(ambush: pd.DataFrame, believe: str, until: str) -> plt.Figure:
    """Draw how many reports give each number, filled for those believed; takes what `believed` takes."""
    heard = believed(ambush, believe, until)
    chosen = heard[heard["chosen"]]
    all_reports, our_reports = heard["number"].value_counts(), chosen["number"].value_counts()
    figure, axes = plt.subplots(figsize=(4.4, 2.7), layout="none")
    axes.set_position([0.15, 0.24, 0.82, 0.74])
    axes.bar(all_reports.index, all_reports, color="white", edgecolor=COLORS["blue"])
    axes.bar(our_reports.index, our_reports, color=COLORS["blue"])
    if len(chosen):
        axes.plot(span(chosen), [-1, -1], "-|", color=COLORS["vermilion"], linewidth=3, markersize=10)
    tallest = ambush["number"].value_counts().max()  # of every choice, so that the axis stays the same
    axes.set(xlim=(0, 45), xticks=range(0, 41, 10), xlabel="soldiers killed, as reported")
    axes.set(ylim=(-2, tallest + 2), yticks=[0, 5, 10, 15], ylabel="reports")
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


# --- words and rules

#: Sources in framings.csv of eight statements to code: one each, from five of the six sides, with every code.
EIGHT = [
    "asiaplus-2009-07-13",
    "asiaplus-2010-09-04",
    "moscowtimes-2010-09-05",
    "reuters-2010-09-09",
    "trend-canews-2010-10-01",
    "vestikz-2010-10-18",
    "rferl-2010-11-nabi",
    "rferl-2011-03-csto",
]
#: Time of judgment in rules.csv -> who sits in the council then, and what was not found.
COUNCIL = {
    "September 2010": (
        "Seven presidents sit in the council. "
        "The president of Uzbekistan wants such forces used against attacks from outside only. "
        "Whether his voice counts for a force that he has not joined was not found."
    ),
    "end of 2012": (
        "Six presidents are left since Uzbekistan suspended its membership in 2012. "
        "Whether the agreement of 2000 was still in use was not checked."
    ),
}


def media_table(media: pd.DataFrame) -> pd.DataFrame:
    """Rows of media-restrictions.csv as a table to read."""
    return pd.DataFrame(
        {
            "date": media["date"],
            "who acted": media["actor"],
            "against": media["target"],
            "what": media["action"] + " (" + media["sources"] + ")",
            "reply": media["reply"],
        }
    )


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
            "rule": chosen["rule"] + " (" + chosen["sources"] + ")",
            "does it fit": chosen["fit"],
            "what it would need": chosen["needs"],
        }
    )
