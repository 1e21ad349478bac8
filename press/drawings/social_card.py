"""The picture that is shown beside a link to the book: 1200 by 630 pixels."""

from pathlib import Path

from casebook import COLORS, draw_map, use_style
from casebook.contents import BOOK
from casebook.membership import members

CARD = BOOK / "press" / "sphinx" / "static" / "social-card.png"


def write_card() -> Path:
    """Draw a map of the members at the end of the book's years, the title beside it; return the path of the picture."""
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
    words = "When does\nan alliance act?\n\nAn open,\nexecutable\ncasebook"
    figure.text(0.037, 0.5, words, fontsize=22, linespacing=1.4, **write)
    figure.savefig(CARD, dpi=100, metadata={"Software": None})
    return CARD
