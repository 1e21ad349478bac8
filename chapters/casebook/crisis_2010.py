"""What *The 2010 crisis* draws: places, eleven days in June; and its supplement: claims of a memo, money that stops."""

import matplotlib.pyplot as plt
import pandas as pd

from .map_views import PLACES
from .maps import draw_places
from .style import COLORS, source_line

VIEW = "kyrgyzstan"
#: Who acts in events.csv -> for whom, as the chapter lists it.
ACTORS = {
    "Crowds": "In the south of Kyrgyzstan",
    "Otunbayeva": "Kyrgyzstan, interim government",
    "Orozov": "Kyrgyzstan, interim government",
    "Government in Bishkek": "Kyrgyzstan, interim government",
    "Bakiyev": "Bakiyev, ousted",
    "Medvedev": "Russia",
    "Timakova": "Russia",
    "Putin": "Russia",
    "Bordyuzha": "CSTO",
    "Secretaries of the security councils": "CSTO",
    "Presidents of the CSTO": "CSTO",
    "Karimov": "Uzbekistan",
    "Foreign Ministry of Uzbekistan": "Uzbekistan",
    "Government of Uzbekistan": "Uzbekistan",
    "Kazakhstan": "Kazakhstan",
    "Lukashenko": "Belarus",
    "Citizens": "Citizens in Moscow and Bishkek",
    "United States": "A report from Washington",
}

#: Event that answered the letter of 12 June 2010 -> how the figure names it, in order of time.
ANSWERS = {
    "crisis-2010-06-12-refusal": "refused, for now",
    "crisis-2010-06-14-secretaries": "equipment proposed",
    "crisis-2010-06-17-belarus": "endorsed by five presidents",
    "crisis-2010-06-18-withdrawn": "request called withdrawn",
    "crisis-2010-06-25-bordyuzha-bishkek": "lists signed",
    "crisis-2010-07-06-tajik-aid": "first goods of a member",
}


def places_map(places: pd.DataFrame, events: pd.DataFrame) -> plt.Figure:
    """Mark the places, from rows of places.csv, of some rows of events.csv; one off the map becomes an arrowhead."""
    mentioned = set(events["place"]) & set(PLACES[VIEW])
    return draw_places(places, dict.fromkeys(mentioned, "town"), VIEW)[0]


# --- eleven days in June


def heard_by(events: pd.DataFrame, june: int) -> pd.DataFrame:
    """Return what was recorded of the actors from 7 April 2010, when Bakiyev fell, up to a day of June.

    Parameters
    ----------
    events : pandas.DataFrame
        Rows of events.csv, with `date_start` and `date_end` as datetime.
    june : int
        Day of June 2010.

    Returns
    -------
    pandas.DataFrame
        Those rows by `date_start`, with the columns `actor`, a value of `ACTORS`, and `last`, the last day on which
        the event was new: violence lasts, words are of one day.
    """
    day = pd.Timestamp(2010, 6, june)
    named = events.assign(actor=events["actors"].map(ACTORS)).dropna(subset="actor")
    known = named[named["date_start"].between("2010-04-07", day)].sort_values("date_start", kind="stable")
    lasting = known["date_end"].where(known["actors"] == "Crowds").clip(upper=day)
    return known.assign(last=lasting.fillna(known["date_start"]))


def news_of(events: pd.DataFrame, june: int) -> pd.DataFrame:
    """Return what was new on a day of June 2010, as rows of `heard_by`."""
    heard = heard_by(events, june)
    return heard[heard["last"] == pd.Timestamp(2010, 6, june)]


def june_map(places: pd.DataFrame, events: pd.DataFrame, june: int) -> plt.Figure:
    """Mark where something new was recorded on a day of June 2010."""
    return places_map(places, news_of(events, june))


def june_text(events: pd.DataFrame, june: int) -> str:
    """Say what was new on a day of June 2010: the day of the week, then a line for each place."""
    news = news_of(events, june)
    lines = [f"{pd.Timestamp(2010, 6, june):%A}, {june} June."]
    for place, rows in news.groupby("place", sort=False):
        summaries = " ".join(rows["summary"])
        lines.append(f"{place}: {summaries}")
    if news.empty:
        lines.append("Nothing new was recorded.")
    return "\n".join(lines)


def june_words(events: pd.DataFrame, june: int) -> pd.DataFrame:
    """List the latest word or deed of each actor by the evening of a day of June 2010, the newest first."""
    heard = heard_by(events, june)
    newest = heard.groupby("actor")["last"].transform("max")
    latest = heard[heard["last"] == newest].groupby("actor")
    rows = latest.agg({"last": "first", "summary": " ".join, "sources": ";".join})
    rows = rows.sort_values("last", ascending=False, kind="stable")
    date = rows["last"].dt.day.astype(str) + rows["last"].dt.strftime(" %B")
    words = date + ": " + rows["summary"] + " (" + rows["sources"] + ")"
    return pd.DataFrame({"actor": rows.index, "latest word or deed": words})


# --- the memo, on a page of its own


def claims_table(checks: pd.DataFrame, verdict: str) -> pd.DataFrame:
    """Set the claims with a verdict beside what other sources say, from rows of core-reading-checks.csv."""
    chosen = checks[checks["verdict"] == verdict]
    finding = chosen["finding"] + " (" + chosen["sources"] + ")"
    return pd.DataFrame({"claim": chosen["claim"], "what other sources say": finding})


def money_bar(share: float, percent_lost: int, fall_2009: float) -> plt.Figure:
    """Draw GDP as one bar, with the part that goes when some of the remittances stay away.

    Parameters
    ----------
    share : float
        Remittances, in percent of GDP.
    percent_lost : int
        How much of the remittances stays away, in percent of them.
    fall_2009 : float
        How much of them stayed away in 2009, in percent of them.
    """
    gone = share * percent_lost / 100
    figure, axes = plt.subplots(figsize=(4.4, 1.7), layout="none")  # a fixed place is quicker than a sought one
    axes.set_position([0.03, 0.38, 0.94, 0.6])
    bar = {"height": 0.5, "edgecolor": COLORS["ink"]}
    axes.barh(0, 100 - share, color="white", **bar)
    axes.barh(0, share - gone, left=100 - share, color=COLORS["blue"], **bar)
    axes.barh(0, gone, left=100 - gone, color=COLORS["pale"], hatch="xx", **bar)
    axes.annotate("all other output", (2, 0), va="center")
    axes.annotate("remittances", (100 - share + 1, 0), va="center", color="white")
    left_in_2009 = 100 - share * fall_2009 / 100
    axes.plot([left_in_2009, left_in_2009], [-0.3, 0.5], color=COLORS["vermilion"])
    axes.annotate(f"loss of 2009: {fall_2009:.1f} percent", (100, 0.55), ha="right", color=COLORS["vermilion"])
    axes.set(xlim=(0, 100), ylim=(-0.35, 0.9), xlabel="percent of GDP", yticks=[])
    axes.spines["left"].set_visible(False)
    source_line(figure, "data/remittances.csv")
    return figure


def money_text(share: float, percent_lost: int, fall_2009: float) -> str:
    """Write out the product that `money_bar`, with the same parameters, draws."""
    gone = share * percent_lost / 100
    gone_2009 = share * fall_2009 / 100
    product = f"{percent_lost / 100:.2f} × {share:.1f} = {gone:.1f}"
    chosen = f"{percent_lost} percent of {share:.1f} percent: {product} percent of GDP gone."
    observed = f"The fall observed in 2009, {fall_2009:.1f} percent, gives {gone_2009:.1f}."
    return f"{chosen} {observed}"
