"""What the chapter *The 2021 Afghan border* draws: crossings, the ladder of the program, the audit of aid."""

import matplotlib.pyplot as plt
import pandas as pd

from .aid import audit
from .map_views import PLACES
from .maps import draw_places
from .plots import as_years
from .style import COLORS, source_line
from .tables import date_text, with_minus

VIEW = "tajik-afghan-border"
#: Where Afghan soldiers crossed; Kyzyl-Rabot is where the Kyrgyz of the Wakhan came.
CROSSINGS = [place for place in PLACES[VIEW] if place not in ("Dushanbe", "Kyzyl-Rabot")]
#: The night of 1,037 soldiers, and the 94 of the day before, who may be among them: ids in events.csv.
NIGHT = "border-2021-07-05-1037-soldiers"
DAY_BEFORE = "border-2021-07-04-94-soldiers"
#: Values of `status` in program-steps.csv, from the lowest rung of the ladder to the highest.
RUNGS = ["spoken of", "decided", "drafting", "final draft", "adopted", "stage one", "delivery"]
#: Kind of a step in program-steps.csv -> its mark; all others are dots.
MARKS = {"decision": "s", "complaint": "^", "request": "^"}
LAST_YEAR = 2026


# --- maps of the crossings


def draw_crossings(places: pd.DataFrame) -> plt.Figure:
    """Draw where Afghan soldiers crossed, from rows of places.csv."""
    return draw_places(places, {"Dushanbe": "earlier"} | dict.fromkeys(CROSSINGS, "town"), VIEW)[0]


def day_map(places: pd.DataFrame, arrivals: pd.DataFrame, day: pd.Timestamp) -> plt.Figure:
    """Draw who crossed on a day, and where others had crossed before.

    Parameters
    ----------
    places, arrivals : pandas.DataFrame
        Rows of places.csv, and of reported-figures.csv, each with the `date_start` of its event, its `place` and its
        number of `people`.
    """
    today = arrivals[arrivals["date_start"] == day]
    before = arrivals[arrivals["date_start"] < day]
    kinds = {"Dushanbe": "earlier"} | dict.fromkeys(before["place"], "earlier") | dict.fromkeys(today["place"], "town")
    return draw_places(places, kinds, VIEW, {row.place: f", {_people_text(row)}" for row in today.itertuples()})[0]


def _people_text(row) -> str:
    """Print how many people crossed; a plus says "at least"."""
    if pd.isna(row.value):
        return f"{row.people}+"
    if row.measure == "refugees":
        return f"{row.people} in two days"
    return f"{row.people}"


def day_text(daily: pd.DataFrame, arrivals: pd.DataFrame, day: pd.Timestamp) -> str:
    """Say what happened on a day, and how many soldiers had crossed by then.

    Parameters
    ----------
    daily : pandas.DataFrame
        Rows of events.csv, with `date_start` as datetime.
    arrivals, day
        As for `day_map`.
    """
    lines = [f"{day.day} {day:%B %Y}."]
    for event in daily[daily["date_start"] == day].itertuples():
        lines.append(event.summary if pd.isna(event.place) else f"{event.place}: {event.summary}")
    soldiers = arrivals[(arrivals["measure"] != "refugees") & (arrivals["date_start"] <= day)]
    crossed = soldiers["people"].sum()
    at_least = "at least " if soldiers["value"].isna().any() else ""
    so_far = f"Soldiers who had crossed by land by then: {at_least}{crossed:,}"
    if NIGHT in set(soldiers["event_id"]):
        doubtful = soldiers.loc[soldiers["event_id"] == DAY_BEFORE, "people"].sum()
        so_far += f", or at least {crossed - doubtful:,} if the {doubtful} of 4 July are among those of the night after"
    return "\n".join([*lines, f"{so_far}."])


# --- steps of the program


def dated_steps(steps: pd.DataFrame) -> pd.DataFrame:
    """Place rows of program-steps.csv in time and on the ladder.

    Returns
    -------
    pandas.DataFrame
        The rows in order of time, with `day` (the last that the date allows), `x` (the day in years) and
        `y` (its rung, an index of `RUNGS`).
    """
    day = steps["date"].map(lambda date: pd.Period(date).end_time.normalize())
    dated = steps.assign(day=day).sort_values("day", kind="stable")
    return dated.assign(x=as_years(dated["day"]), y=dated["status"].map(RUNGS.index))


def draw_ladder(dated: pd.DataFrame, year: int) -> plt.Figure:
    """Draw how far the program had come by the end of a year, with the steps of that year, from `dated_steps`."""
    known = dated[dated["day"].dt.year <= year]
    figure, axes = plt.subplots(figsize=(4.4, 2.9), layout="none")
    axes.set_position([0.2, 0.17, 0.77, 0.8])
    end = min(year + 1, dated["x"].max())
    axes.step([*known["x"], end], [*known["y"], known["y"].iloc[-1]], where="post", color=COLORS["blue"])
    steps = _in_rows_of_three(known[known["day"].dt.year == year], year)
    for mark, alike in steps.groupby(steps["kind"].map(MARKS).fillna("o")):
        axes.plot(alike["x"], alike["y"], mark, color=COLORS["vermilion"], markersize=4.5)
    axes.set(xlim=(2012, 2027), ylim=(-0.5, 6.5), xticks=range(2012, 2027, 4))
    # Rungs are named once they are reached; the last year names also the one that never was.
    named = RUNGS if year == LAST_YEAR else RUNGS[: known["y"].max() + 1]
    axes.set_yticks(range(len(named)), named)
    source_line(figure, "data/program-steps.csv")
    return figure


def _in_rows_of_three(steps: pd.DataFrame, year: int) -> pd.DataFrame:
    """Spread the steps of a year, so that their marks do not hide each other: on each rung in rows of three."""
    of_rung = steps.groupby("y")["y"]
    order = of_rung.cumcount()  # 0, 1, 2 ... on each rung
    row, column = order // 3, order % 3
    last_row = (of_rung.transform("size") - 1) // 3
    above = last_row / 2 - row  # rows above the middle of the rung
    return steps.assign(x=year + (column + 0.5) / 3, y=steps["y"] + 0.3 * above)


def year_text(dated: pd.DataFrame, sochi: pd.Timestamp, year: int) -> str:
    """Say how far the program had come in a year, how long that took, and what was done.

    Parameters
    ----------
    dated : pandas.DataFrame
        From `dated_steps`.
    sochi : pandas.Timestamp
        Day of the decision of Sochi.
    year : int
        From 2012 on.
    """
    status = dated.loc[dated["day"].dt.year <= year, "status"].iloc[-1]
    end = min(pd.Timestamp(year, 12, 31), dated["day"].max())
    since = "The decision of Sochi lies ahead."
    if end > sochi:
        since = f"By {end.day} {end:%B} {(end - sochi).days:,} days had passed since the decision of Sochi."
    lines = [f"{year}: {status}. {since}"]
    for step in dated[dated["day"].dt.year == year].itertuples():
        kind = f"{step.kind}, of one member" if step.track == "national" else step.kind
        lines.append(f"{date_text(step.date)}, {step.body} ({kind}): {step.gist}")
    if len(lines) == 1:
        lines.append("No step was found in this year.")
    return "\n".join(lines)


# --- aid


def promise_label(promise: str, said: pd.DataFrame, given: pd.DataFrame) -> str:
    """Sum up a promise and what came of it.

    Parameters
    ----------
    promise : str
        A key of `casebook.aid.PROMISES`.
    said, given : pandas.DataFrame
        Statements and gifts, as `casebook.aid.audit` returns them.
    """
    donor, year = promise.split(", ")[0], promise[-5:-1]
    largest = said.loc[said["stage"] == "promised", "usd_million"].max()
    promised = "no sum named" if pd.isna(largest) else f"{largest:,.4g} promised"
    handed_over = given["usd_million"].sum()
    if handed_over > 0:
        outcome = f"{handed_over:,.3g} handed over"
    elif len(given):
        outcome = "handed over, no price"
    elif said["stage"].isin(["decided", "under way"]).any():
        outcome = "decided or under way"
    else:
        outcome = "nothing found"
    return f"{donor}, {year}: {promised}, {outcome}"


def statements_table(aid: pd.DataFrame) -> pd.DataFrame:
    """List every statement of aid.csv, with its sum as far as one is named."""
    return pd.DataFrame(
        {
            "donor": aid["donor"],
            "stage": aid["stage"],
            "million dollars, or as given": aid.apply(_sums, axis=1),
            "for": aid["goes_to"],
            "what": aid["what"] + " (" + aid["sources"] + ")",
            "who says so, and when": aid.apply(_said_by, axis=1),
        }
    )


def audit_table(aid: pd.DataFrame, promise: str, rule: str) -> pd.DataFrame:
    """List every promise, every gift that counts, and the gap between them; takes what `casebook.aid.audit` takes."""
    said, given = audit(aid, promise, rule)
    promised = said[said["stage"] == "promised"]
    rows = [(f"Promised: {row.what}", _price(row), _said_by(row)) for row in promised.itertuples()]
    rows += [(f"Counts: {row.what}", _price(row), _said_by(row)) for row in given.itertuples()]
    counted = round(given["usd_million"].sum(), 2)
    rows.append(("Sum of what counts", f"{counted:,g}", "our sum"))
    gap = promised["usd_million"].max() - counted
    at_most = "at most " if given["usd_million"].isna().any() else ""  # a gift without a price makes the gap smaller
    gap_text = "cannot be computed" if pd.isna(gap) else with_minus(f"{at_most}{round(gap, 2):,g}")
    rows.append(("Gap to the largest sum promised", gap_text, "our difference"))
    return pd.DataFrame(rows, columns=["what", "million dollars", "who says so"])


def audit_text(aid: pd.DataFrame, promise: str, rule: str) -> str:
    """Say what else was said of a promise: decided, under way or denied; takes what `casebook.aid.audit` takes."""
    said = audit(aid, promise, rule)[0]
    others = []
    for row in said[said["stage"] != "promised"].itertuples():
        price = "" if row.stage == "denied" else f", {_price(row)}"
        others.append(f"{row.donor}, {row.stage}: {row.what}{price} ({_said_by(row)})")
    return f"Also said: {'; '.join(others)}." if others else ""


def _dollars(row) -> str:
    """Print the million dollars of a row of aid.csv: one sum, a range, or nothing where no sum is named."""
    return " to ".join(f"{each:,g}" for each in (row.usd_million, row.usd_million_high) if pd.notna(each))


def _sums(row) -> str:
    """Print the sum of a row of aid.csv in million dollars and as given, as far as there is one."""
    dollars = _dollars(row)
    if pd.isna(row.original):
        return dollars
    return f"{dollars} ({row.original})" if dollars else row.original


def _price(row) -> str:
    """Print the sum of a row of aid.csv in million dollars, or else as given, or say that there is none."""
    if pd.isna(row.usd_million) and pd.notna(row.original):
        return row.original
    return _dollars(row) or ("no sum named" if row.stage == "promised" else "no price")


def _said_by(row) -> str:
    """Name who says what a row of aid.csv holds, and when if that is known."""
    if pd.isna(row.date_reported):
        return row.reporter
    return f"{row.reporter}, {date_text(row.date_reported)}"
