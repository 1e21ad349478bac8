"""How figures look: one palette, one font size, vector output with real text."""

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib_inline.backend_inline import set_matplotlib_formats

#: Okabe and Ito's color-blind-safe palette, less its two colors too pale on white.
COLORS = {
    "blue": "#0072B2",
    "vermilion": "#C44E00",
    "green": "#007A5A",
    "purple": "#8F4A78",
    "gray": "#5F6670",
    "pale": "#E3E6EA",
    "ink": "#1B1F24",
}

#: Inches. So narrow that text of 9.5 points is still ten pixels high on a phone.
WIDTH = 4.4


def use_style() -> None:
    """Set the book's matplotlib defaults for the running notebook.

    Figures become SVG with text kept as text, an opaque white background that also
    works on the dark theme, and identical bytes in every run.
    """
    plt.rcdefaults()
    mpl.rcParams.update(
        {
            "figure.figsize": (WIDTH, 2.9),
            "figure.facecolor": "white",
            "savefig.facecolor": "auto",
            "figure.constrained_layout.use": True,
            "font.family": ["DejaVu Sans", "Verdana", "sans-serif"],
            "font.size": 9.5,
            "axes.titlesize": 10.5,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.edgecolor": COLORS["gray"],
            "axes.labelcolor": COLORS["ink"],
            "axes.prop_cycle": mpl.cycler(color=[COLORS[name] for name in ("blue", "vermilion", "green", "purple")]),
            "xtick.color": COLORS["ink"],
            "ytick.color": COLORS["ink"],
            "svg.fonttype": "none",
            "svg.hashsalt": "casebook",
        }
    )
    mpl.logging.getLogger("matplotlib.font_manager").setLevel("ERROR")  # a fallback font may be missing
    set_matplotlib_formats("svg", bbox_inches=None, metadata={"Date": None, "Creator": None})


def source_line(figure: plt.Figure, text: str) -> None:
    """Write where the numbers come from below a figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        A figure with constrained layout; the line takes its own space.
    text : str
        The source, without the word "Source".
    """
    figure.supxlabel(f"Source: {text}", x=0.01, ha="left", fontsize=8, color=COLORS["gray"])
