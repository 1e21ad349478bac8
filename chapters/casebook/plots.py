"""Timelines of events."""

import matplotlib.pyplot as plt
import pandas as pd

from .style import COLORS, WIDTH, source_line


def timeline(events: pd.DataFrame, labels: dict, source: str) -> plt.Figure:
    """Draw dated events from top to bottom on a true scale of time.

    Parameters
    ----------
    events : pandas.DataFrame
        Columns `id` and `date_start` (datetime), in order of date; a column
        `date_precision` (``"day"``, ``"month"`` or ``"year"``) shortens the label to what is known.
    labels : dict
        Event id -> short label; only these events are drawn.
    source : str
        Source line under the figure.

    Returns
    -------
    matplotlib.figure.Figure

    Raises
    ------
    ValueError
        If a label names no event, or there are fewer than two labels.
    """
    unknown = sorted(set(labels) - set(events["id"]))
    if unknown:
        raise ValueError(f"timeline: no event {', '.join(unknown)} in the table")
    if len(labels) < 2:
        raise ValueError("timeline: at least two events are needed")
    chosen = events[events["id"].isin(list(labels))]
    height = 0.29 * len(chosen) + 0.6
    figure, axes = plt.subplots(figsize=(WIDTH, height))
    years = as_years(chosen["date_start"])
    span = years.max() - years.min()
    gap = span / (len(chosen) - 1) * 0.93
    at = -float("inf")
    places = []
    for year in years:  # push labels apart just enough not to overlap
        at = max(at + gap, year)
        places.append(at)
    shift = max(0.0, places[-1] - years.max())
    places = [place - shift * (place - places[0]) / (places[-1] - places[0]) for place in places]
    for year, place, event in zip(years, places, chosen.itertuples()):
        axes.plot([0, 0.35, 0.7], [year, year, place], color=COLORS["gray"], linewidth=0.7)
        axes.plot(0, year, "o", color=COLORS["blue"], markersize=5)
        known = {
            "day": f"{event.date_start.day} {event.date_start:%b %Y}",
            "month": f"{event.date_start:%b %Y}",
            "year": f"{event.date_start:%Y}",
        }
        date = known[getattr(event, "date_precision", "day")]
        axes.text(0.8, place, date, va="center", fontsize=8.5, color=COLORS["gray"])
        axes.text(3.3, place, labels[event.id], va="center")
    axes.axvline(0, color=COLORS["blue"], linewidth=1.5, zorder=0)
    axes.set(xlim=(-0.2, 10), ylim=(years.max() + 0.02 * span, years.min() - 0.02 * span), xticks=[])
    if span > 3:
        axes.yaxis.set_major_locator(plt.MultipleLocator(5))
    else:
        months = pd.Series(pd.date_range(chosen["date_start"].min(), chosen["date_start"].max(), freq="MS"))
        months = months[:: 1 + len(months) // 12]  # a label for every month only within a year
        axes.set_yticks(as_years(months), months.dt.strftime("%b %Y"))
    axes.tick_params(axis="y", length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    source_line(figure, source)
    return figure


def lanes(events: pd.DataFrame, names: dict, source: str) -> plt.Figure:
    """Draw one lane per chapter and one dot per event, piled up by year.

    Parameters
    ----------
    events : pandas.DataFrame
        Columns `chapter` and `date_start` (datetime), one event a row.
    names : dict
        Chapter -> name of its lane, from top to bottom; chapters without an event have no lane.
    source : str
        Source line under the figure.

    Returns
    -------
    matplotlib.figure.Figure
    """
    shown = [chapter for chapter in names if chapter in set(events["chapter"])]
    years = events["date_start"].dt.year
    piles = {chapter: years[events["chapter"] == chapter].value_counts() for chapter in shown}
    rows = [(piles[chapter].max() + 1) // 2 + 9 for chapter in shown]  # two dots side by side; nine rows for the name
    height = 0.7 + 0.043 * sum(rows)
    figure, panels = plt.subplots(
        len(shown), figsize=(WIDTH, height), sharex=True, squeeze=False, height_ratios=rows, layout="none"
    )
    figure.subplots_adjust(
        left=0.02, right=0.98, top=0.995, bottom=0.5 / height, hspace=0.12
    )  # a layout engine differs in the last digit
    for axes, chapter, high in zip(panels[:, 0], shown, rows):
        dots = []
        for year, count in piles[chapter].items():
            dots += [(year + 0.28 + 0.44 * (number % 2), number // 2 + 0.5) for number in range(count)]
        axes.plot(*zip(*dots), ".", color=COLORS["blue"], markersize=4.4, markeredgewidth=0)
        busiest, most = piles[chapter].idxmax(), piles[chapter].max()
        axes.set_title(
            f"{names[chapter]}: {len(dots)} event{'s' * (len(dots) > 1)}", loc="left", fontsize=9.5, y=1, pad=-9
        )
        top = (busiest + 0.5, (most + 1) // 2 + 0.5)
        axes.annotate(f"{busiest}: {most}", top, ha="center", fontsize=8.5, color=COLORS["gray"])
        axes.set(ylim=(0, high), yticks=[])
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x", color=COLORS["pale"])
        axes.set_axisbelow(True)
    axes.set_xlim(min(years.min(), 1991), years.max() + 1)
    axes.xaxis.set_major_locator(plt.MultipleLocator(5))
    source_line(figure, source)
    return figure


def as_years(dates: pd.Series) -> pd.Series:
    """Return days as years with a fraction."""
    return dates.dt.year + dates.dt.day_of_year / 366
