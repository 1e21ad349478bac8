"""The cover of an edition that is one file: title, map of the region, authors. The same bytes in every run."""

import io
import textwrap

from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.transforms import Bbox

from casebook.maps import outlines

GROUND, LAND, ACCENT, TEXT = "#0B2B45", "#1F4F75", "#F0B34A", "#FFFFFF"
CENTRAL_ASIA = {"Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan"}

#: What the picture says to a reader who does not see it; the title is text beside it.
ALTERNATIVE = "Cover: the title of the book above a map on which the five states of Central Asia stand out."


def draw(title: str, subtitle: str, authors: str) -> bytes:
    """Draw the cover.

    Parameters
    ----------
    title, subtitle : str
        Wrapped to the width of the page.
    authors : str
        The line at the foot.

    Returns
    -------
    bytes
        A PNG of 1,200 by 1,800 pixels.
    """
    figure = Figure(figsize=(6, 9), dpi=200, facecolor=GROUND, layout="none")
    look = {"family": "DejaVu Sans", "color": TEXT}  # the font that comes with matplotlib
    figure.text(0.09, 0.92, textwrap.fill(title, 16), fontsize=31, weight="bold", va="top", linespacing=1.25, **look)
    figure.text(0.09, 0.755, textwrap.fill(subtitle, 34), fontsize=16, va="top", linespacing=1.4, **look)
    figure.text(0.09, 0.06, authors, fontsize=12, **look)
    axes = figure.add_axes((0, 0.14, 1, 0.5))
    shapes = outlines("csto-area")
    for name, path in shapes.items():
        if name in CENTRAL_ASIA:
            axes.add_artist(PathPatch(path, facecolor=ACCENT, edgecolor=GROUND, linewidth=0.8, zorder=2))
        else:  # without borders: they are not the subject of this book
            axes.add_artist(PathPatch(path, facecolor=LAND, edgecolor=LAND, linewidth=4))
    picture = Bbox.union([path.get_extents() for path in shapes.values()])
    axes.set(xlim=picture.intervalx, ylim=picture.intervaly, aspect="equal")
    axes.axis("off")
    file = io.BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()
