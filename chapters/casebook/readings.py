"""The core readings: where the book quotes them, and how their claims fared when checked."""

import re

import matplotlib.pyplot as plt
import pandas as pd

from .blocks import Block, Link, show_list
from .contents import chapters
from .datapackage import accepted
from .documents import documents
from .references import bibliography
from .style import COLORS, WIDTH, source_line

#: Verdicts of core-reading-checks.csv, in the order in which the book shows them.
VERDICTS = tuple(accepted("core-reading-checks", "verdict"))


def by_verdict(checks: pd.DataFrame) -> pd.DataFrame:
    """Sort checked claims by their verdict, in the order of `VERDICTS`."""
    return checks.sort_values("verdict", key=lambda verdicts: verdicts.map(VERDICTS.index), kind="stable")


def excerpts(reading: str) -> pd.DataFrame:
    """Where the documents of the chapters quote a source.

    Parameters
    ----------
    reading : str
        A key of references.bib.

    Returns
    -------
    pandas.DataFrame
        One quotation a row, in reading order: `chapter` (slug), `document` (number), `place` (in the
        source; may be empty) and `words` (how many are quoted).

    Raises
    ------
    ValueError
        If references.bib has no such key.
    """
    if reading not in bibliography():
        raise ValueError(f"no source {reading!r} in references.bib")
    rows = [
        (chapter, document.number, excerpt.place, len(re.findall(r"[\w’'-]+", excerpt.words)))
        for chapter in chapters()
        for document in documents(chapter)
        for excerpt in document.excerpts
        if excerpt.source == reading
    ]
    return pd.DataFrame(rows, columns=["chapter", "document", "place", "words"])


def quoted(reading: str) -> Block:
    """Show the excerpts of a source as a list of links to the documents.

    Parameters
    ----------
    reading : str
        As for `excerpts`, which also says what is refused.
    """
    items = []
    for (chapter, number), group in excerpts(reading).groupby(["chapter", "document"], sort=False):
        link = Link(chapter, f"{chapters()[chapter]}, Document {number}", f"document-{number}")
        places = "; ".join(f"{row.place or 'no paragraph given'} ({row.words} words)" for row in group.itertuples())
        items.append([link, f": {places}"])
    return show_list("Excerpts in this book:", items) if items else show_list("This book has no excerpt of it.", [])


def verdict_plot(checks: pd.DataFrame, names: dict, source: str) -> plt.Figure:
    """Draw how many claims of each reading got which verdict: a row per reading, a column per verdict.

    Parameters
    ----------
    checks : pandas.DataFrame
        One checked claim a row, with columns `reading` and `verdict`.
    names : dict
        Reading -> its name, from top to bottom.
    source : str
        Source line under the figure.

    Returns
    -------
    matplotlib.figure.Figure
    """
    counts = pd.crosstab(checks["reading"], checks["verdict"]).reindex(
        index=list(names), columns=VERDICTS, fill_value=0
    )
    figure, axes = plt.subplots(figsize=(WIDTH, 0.6 + 0.52 * len(names)))
    step = counts.to_numpy().max() * 1.5  # from the start of one column to the next
    for place, (reading, row) in enumerate(counts.iterrows()):
        axes.text(0, place - 0.36, f"{names[reading]}: {row.sum()} checked", va="center", fontweight="bold")
        for column, count in enumerate(row):
            axes.barh(place + 0.1, count, 0.36, left=column * step, color=COLORS["blue"])
            axes.text(column * step + count + step * 0.03, place + 0.1, str(count), va="center")
    for column, verdict in enumerate(VERDICTS):
        axes.text(column * step, -0.85, verdict, va="center", fontsize=9, color=COLORS["gray"])
        axes.axvline(column * step, color=COLORS["pale"], linewidth=1, zorder=0)
    axes.set(xlim=(0, step * len(VERDICTS)), ylim=(len(names) - 0.55, -1.1), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    source_line(figure, source)
    return figure
