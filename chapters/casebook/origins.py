"""What the chapter *Origins* draws: bases and exercise grounds, members year by year, the articles of the promise."""

import matplotlib.pyplot as plt
import pandas as pd

from .maps import add_places, draw_map
from .membership import MEMBER
from .style import COLORS

VIEW = "eastern-central-asia"
#: Id in forces-and-exercises.csv -> label on the map and the side on which it stands.
BASES = {
    "kant-air-base": ("Kant", "right"),
    "base-201": ("201st base, Dushanbe", "above"),
    "okno": ("Okno", "right"),
    "rubezh-2004": ("Balykchy 2004", "right"),
    "lohour-2009": ("Lohour 2007, 2009", "left"),
    "interaction-2009": ("Matybulak 2009", "right"),
    "rubezh-2010": ("Chorukh-Dayron 2010", "left"),
}
STATES = (
    "Armenia",
    "Azerbaijan",
    "Belarus",
    "Georgia",
    "Kazakhstan",
    "Kyrgyzstan",
    "Russia",
    "Tajikistan",
    "Uzbekistan",
)
#: Standing of a state -> how it is drawn.
LOOKS = {
    "member": {"color": COLORS["blue"], "edge": "white"},
    "frozen": {"color": COLORS["vermilion"], "edge": "white", "hatch": "///"},
    "former member": {"color": COLORS["gray"], "edge": "white", "hatch": "xxx"},
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
#: How far the text of an article was read, in treaty-articles.csv and in words.
TEXT_SEEN = {
    "full": "text read in full",
    "part": "text read in part",
    "summary": "known from an official summary",
    "scholar": "known from a scholar's description",
    "not seen": "text not read",
}


def draw_bases(forces: pd.DataFrame) -> plt.Figure:
    """Draw Russian bases and grounds of joint exercises, from rows of forces-and-exercises.csv, on a map."""
    states = ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Uzbekistan")
    figure, axes = draw_map({state: {"color": "white"} for state in states}, VIEW)
    add_places(axes, forces, BASES, VIEW)
    return figure


def standing_in(membership: pd.DataFrame, year: int) -> dict[str, str]:
    """Return the standing of each state of `STATES` at the end of a year, by the accepted rows of membership.csv."""
    known = membership[(membership["standing"] == "accepted") & (membership["date"] <= f"{year}-12-31")]
    latest = known.sort_values("date").groupby("state")["event"].last()
    names = dict.fromkeys(MEMBER, "member") | {"frozen": "frozen"}
    return {state: names.get(latest[state], "former member") if state in latest else "not a member" for state in STATES}


def members_map(membership: pd.DataFrame, year: int) -> plt.Figure:
    """Draw who was in at the end of a year."""
    return draw_map({state: LOOKS[standing] for state, standing in standing_in(membership, year).items()})[0]


def members_text(membership: pd.DataFrame, year: int) -> str:
    """Say who was in at the end of a year, what changed in it, and on whom sources disagree."""
    standing = standing_in(membership, year)
    inside = [state for state in STATES if standing[state] in ("member", "frozen")]
    of_year = membership[membership["date"].str[:4] == str(year)]
    changes = of_year[(of_year["standing"] == "accepted") & of_year["event"].isin(list(CHANGES))]
    news = [f"{', '.join(rows['state'])} {CHANGES[event]}" for event, rows in changes.groupby("event", sort=False)]
    doubtful = sorted(set(of_year.loc[of_year["standing"] == "disputed", "state"]))
    caution = f" Sources disagree on {', '.join(doubtful)}." if doubtful else ""
    members = f"End of {year}: {len(inside)} members ({', '.join(inside)})."
    return f"{members} Changed in {year}: {'; '.join(news) or 'nothing'}.{caution}"


def members_table(membership: pd.DataFrame, year: int) -> pd.DataFrame:
    """List the standing of each state at the end of a year."""
    return pd.DataFrame(standing_in(membership, year).items(), columns=["state", "standing"])


def provision_table(articles: pd.DataFrame, provision: str) -> pd.DataFrame:
    """Set the wordings of a provision side by side: one column for each, from rows of treaty-articles.csv."""
    chosen = articles[articles["provision"] == provision]
    rows = {
        "In plain words": chosen["gist"],
        "As quoted": chosen["quote"].where(chosen["quote"] != "", "No quotation is given."),
        "How far read": chosen["text_seen"].map(TEXT_SEEN),
        "Why it matters": chosen["why_it_matters"],
        "Sources": "(" + chosen["sources"] + ")",
    }
    place = ("Article " + chosen["article"]).replace("Article 0", "preamble")
    columns = chosen["instrument"] + ", " + place + ", wording of " + chosen["wording"]
    table = pd.DataFrame([list(values) for values in rows.values()], columns=list(columns))
    table.insert(0, "what", list(rows))
    return table
