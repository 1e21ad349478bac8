"""Draw the picture that is shown beside a link to the book: web/static/social-card.png, 1200 by 630 pixels."""

import sys
from pathlib import Path

import pandas as pd

BOOK = Path(__file__).resolve().parents[1]
CARD = BOOK / "web" / "static" / "social-card.png"
sys.path.insert(0, str(BOOK / "chapters"))

from casebook import COLORS, draw_map, use_style  # noqa: E402

#: What a member of the treaty or the organization has last done; other events end a membership.
STAYED = ["signed", "acceded", "extended", "charter_signed", "charter_in_force", "rejoined"]


def members(at: str) -> list[str]:
    """The members on a day, from the accepted rows of data/membership.csv."""
    events = pd.read_csv(BOOK / "data" / "membership.csv")
    known = events[(events["standing"] == "accepted") & (events["date"] <= at)].sort_values("date")
    latest = known.groupby("state")["event"].last()
    return sorted(latest[latest.isin(STAYED)].index)


def draw_card():
    """A map of the members at the end of the book's years, the title beside it."""
    use_style()
    figure, axes = draw_map({state: {"color": COLORS["blue"], "edge": "white"} for state in members("2021-12-31")})
    figure.set_size_inches(12, 6.3)
    figure.set_facecolor("white")
    axes.set_position([0.33, 0, 0.67, 0.66])
    axes.set_anchor("SE")
    for name in axes.texts:
        name.set_fontsize(14)
    write = {"color": COLORS["ink"], "ha": "left", "va": "top"}
    figure.text(0.035, 0.93, "Paper Tiger or Safe Choice?", fontsize=50, weight="bold", **write)
    figure.text(0.037, 0.75, "The CSTO in Central Asia, 1992–2021", fontsize=27, **write)
    figure.text(0.037, 0.5, "When does\nan alliance act?\n\nAn open,\nexecutable\ncasebook", fontsize=22, linespacing=1.4, **write)
    return figure


if __name__ == "__main__":
    draw_card().savefig(CARD, dpi=100, metadata={"Software": None})
    print(f"wrote {CARD.relative_to(BOOK)}, {CARD.stat().st_size / 1000:.0f} kB")
