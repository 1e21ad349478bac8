"""What the chapter *Origins* draws: bases, agreements, turnout, members year by year, the articles of the promise."""

import matplotlib.pyplot as plt
import pandas as pd

from .blocks import Sources
from .map_views import LABELS
from .maps import add_places, draw_map
from .membership import MEMBER
from .references import short_citation
from .style import COLORS, WIDTH, source_line

VIEW = "eastern-central-asia"
#: Id in forces-and-exercises.csv -> label on the map and the side on which it stands.
BASES = {
    "kant-air-base": ("Kant", "right"),
    "base-201": ("201st base, Dushanbe", "above"),
    "okno": ("Okno", "right"),
    "rubezh-2004": ("Balykchy 2004", "right"),
    "rubezh-2007": ("Lohour 2007", "left"),
}
STATES = list(LABELS["csto-area"])
#: The one of them that was in by disputed reports only; the map names it where they are.
NEVER_IN = "Turkmenistan"
#: Standing of a state -> how it is drawn.
LOOKS = {
    "member": {"color": COLORS["blue"], "edge": "white"},
    "frozen": {"color": COLORS["vermilion"], "edge": "white", "hatch": "///"},
    "former member": {"color": COLORS["gray"], "edge": "white", "hatch": "xxx"},
    "disputed": {"color": COLORS["purple"], "edge": "white", "hatch": "||"},
    "not a member": {"color": "white"},
}
#: Event in membership.csv -> the verb of a sentence.
CHANGES = {
    "signed": "signed the treaty",
    "acceded": "joined",
    "lapsed": "did not renew",
    "charter_signed": "signed the Charter",
    "rejoined": "returned",
    "suspended": "suspended its membership",
    "extended": "renewed the treaty",
    "frozen": "declared its participation frozen",
}
#: Event in membership.csv on which sources contradict each other -> what a source says that the state did.
CLAIMS = {
    "signed": "signed",
    "not_signed": "did not sign",
    "acceded": "joined",
    "lapsed": "left",
    "rejoined": "returned",
}
#: How far the text of an article was read, in treaty-articles.csv and in words.
TEXT_SEEN = {
    "full": "text read in full",
    "part": "text read in part",
    "summary": "known from an official summary",
    "scholar": "known from a scholar's description",
    "not seen": "text not read",
}

#: Id in forces-and-exercises.csv -> name of an agreement on an axis.
AGREEMENTS = {
    "collective-security-treaty": "Treaty",
    "extension-protocol": "Extension of the treaty",
    "charter": "Charter",
    "military-technical-protocol": "Military aid in a crisis",
    "prices-protocol": "Russian prices for members",
    "reaction-force-agreement": "Reaction Force",
    "amending-protocols": "Treaty, rewritten",
    "forces-agreement": "Joint forces",
}
#: Members of the Collective Rapid Deployment Force.
FOUR_STATES = ("Kazakhstan", "Kyrgyzstan", "Russia", "Tajikistan")


def draw_turnout(turnout: pd.DataFrame) -> plt.Figure:
    """Draw how many exercises each state attended of those open to it: a row a state, columns `open` and `came`."""
    ordered = turnout.assign(share=turnout["came"] / turnout["open"]).sort_values(["share", "came"])
    figure, axes = plt.subplots(figsize=(WIDTH, 2.9))
    bars = axes.barh(ordered.index, ordered["open"], color="white", edgecolor=COLORS["ink"])
    axes.barh(ordered.index, ordered["came"], color=COLORS["blue"], edgecolor=COLORS["ink"])
    axes.bar_label(bars, [f"{each.came} of {each.open}" for each in ordered.itertuples()], padding=4)
    axes.set(xlabel="reported exercises", xlim=(0, turnout["open"].max() * 1.25))
    source_line(figure, "data/forces-and-exercises.csv, data/membership.csv")
    return figure


def draw_bases(forces: pd.DataFrame) -> plt.Figure:
    """Draw Russian bases and grounds of joint exercises, from rows of forces-and-exercises.csv, on a map."""
    states = ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Uzbekistan")
    figure, axes = draw_map({state: {"color": "white"} for state in states}, VIEW)
    add_places(axes, forces, BASES, VIEW)
    return figure


def standing_in(membership: pd.DataFrame, year: int) -> dict[str, str]:
    """Return the standing of each state of `STATES` at the end of a year.

    It follows from the accepted rows of membership.csv; where a disputed row of that year differs, it is disputed.
    """
    known = membership[(membership["standing"] == "accepted") & (membership["date"] <= f"{year}-12-31")]
    latest = known.sort_values("date").groupby("state")["event"].last()
    names = dict.fromkeys(MEMBER, "member") | {"frozen": "frozen"}
    standing = latest.map(names).fillna("former member").reindex(STATES, fill_value="not a member")
    of_year = membership[(membership["date"].str[:4] == str(year)) & membership["state"].isin(STATES)]
    disputed = of_year[of_year["standing"] == "disputed"]
    was_in = disputed["state"].map(standing).isin(["member", "frozen"])
    differs = disputed["event"].isin(MEMBER) != was_in
    return standing.to_dict() | dict.fromkeys(disputed.loc[differs, "state"], "disputed")


def members_map(membership: pd.DataFrame, year: int) -> plt.Figure:
    """Draw who was in at the end of a year."""
    standing = standing_in(membership, year)
    if standing[NEVER_IN] == "not a member":
        del standing[NEVER_IN]
    return draw_map({state: LOOKS[standing[state]] for state in standing})[0]


def members_text(membership: pd.DataFrame, year: int) -> str:
    """Say who was in at the end of a year, what changed in it, and on whom sources disagree."""
    standing = standing_in(membership, year)
    inside = [state for state in STATES if standing[state] in ("member", "frozen")]
    disputed = [state for state in STATES if standing[state] == "disputed"]
    of_year = membership[membership["date"].str[:4] == str(year)]
    accepted = of_year[(of_year["standing"] == "accepted") & ~of_year["state"].isin(disputed)]
    changes = accepted[accepted["event"].isin(list(CHANGES))]
    news = [f"{', '.join(rows['state'])} {CHANGES[event]}" for event, rows in changes.groupby("event", sort=False)]
    members = f"End of {year}: {len(inside)} members ({', '.join(inside)})"
    members += f", and {' and '.join(disputed)} in dispute." if disputed else "."
    lines = [f"{members} Changed in {year}: {'; '.join(news) or 'nothing'}."]
    for state in disputed:
        said = []
        for claim in of_year[of_year["state"] == state].itertuples():
            sources = "; ".join(map(short_citation, claim.sources.split(";")))
            said.append(f"{CLAIMS[claim.event]} ({sources})")
        lines.append(f"{state}, disputed: {'; '.join(said)}.")
    return "\n".join(lines)


def members_table(membership: pd.DataFrame, year: int) -> pd.DataFrame:
    """List the standing of each state at the end of a year."""
    return pd.DataFrame(standing_in(membership, year).items(), columns=["state", "standing"])


def provision_table(articles: pd.DataFrame, provision: str) -> pd.DataFrame:
    """Set the wordings of a provision side by side: one column for each, from rows of treaty-articles.csv."""
    chosen = articles[articles["provision"] == provision]
    place = ("Article " + chosen["article"]).replace("Article 0", "preamble")
    wordings = {
        "In plain words": chosen["gist"],
        "As quoted": chosen["quote"].where(chosen["quote"] != "", "No quotation is given."),
        "How far read": chosen["text_seen"].map(TEXT_SEEN),
        "Why it matters": chosen["why_it_matters"],
        "Sources": [[Sources(keys)] for keys in chosen["sources"]],
    }
    heads = chosen["wording"] + ": " + chosen["instrument"] + ", " + place
    return pd.DataFrame(wordings).set_axis(heads).T.rename_axis("what").reset_index()
