"""Interactive figures that need no kernel.

In a live notebook `explore` is `ipywidgets.interactive`. In the build of the book it draws
every state once and writes plain HTML, which web/static/explore.js brings to life.
"""

import html
import math
import re
from inspect import signature

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython.display import HTML, Markdown, display
from matplotlib.figure import Figure

from .explorer_page import caption_of, form_html, is_range
from .references import on_page
from .tables import label_of, table_html

MAX_FRAMES = 40


def explore(
    draw,
    *,
    name: str,
    title: str,
    describe=None,
    table=None,
    table_title: str = "Data",
    start: dict | None = None,
    **controls,
):
    """Let a reader step through the states of a figure.

    Parameters
    ----------
    draw : callable
        Takes one keyword per control and returns a matplotlib figure, a DataFrame or
        Markdown (`str` or `IPython.display.Markdown`).
    name : str
        Lower-case slug, unique on the page; part of links such as ``#membership?year=2012``.
    title : str
        What the reader can explore.
    describe : callable
        Takes the same keywords and returns a sentence that says what the state shows.
        Required where `draw` returns a figure: it is the text alternative.
    table : callable, optional
        Takes the same keywords and returns the DataFrame behind the figure.
    table_title : str
        Heading of that table, which is folded away below the figure.
    start : dict, optional
        State shown first; by default the first value of every control.
    **controls : iterable
        The values of each control. At most 40 combinations in all.

    Returns
    -------
    IPython.display.HTML or ipywidgets.interactive
        HTML when the book is built, widgets in a live kernel.

    Raises
    ------
    TypeError, ValueError
        For a bad call; the message names the explorer, the argument and what is accepted.
    """
    controls = {control: [_plain(value) for value in values] for control, values in controls.items()}
    _check(draw, name, describe, table, controls)
    first = {control: values[0] for control, values in controls.items()} | (start or {})
    for control, value in first.items():
        if control not in controls or value not in controls[control]:
            accepted = "; ".join(f"{each}: {', '.join(map(str, values))}" for each, values in controls.items())
            raise ValueError(f"explorer {name!r}: start has no state {control}={value!r}; accepted: {accepted}")
    if on_page():
        return HTML(
            form_html(
                lambda values: draw_state(draw, name, describe, values),
                name,
                title,
                table,
                table_title,
                first,
                controls,
            )
        )
    return _live(draw, name, title, describe, table, first, controls)


def _check(draw, name, describe, table, controls) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise ValueError(f"explorer name {name!r}: use lower-case letters, digits and hyphens")
    if not controls:
        raise ValueError(f"explorer {name!r}: give at least one control, such as year=range(1992, 2025)")
    for control, values in controls.items():
        if not values:
            raise ValueError(f"explorer {name!r}: control {control!r} has no values")
        if len({str(value) for value in values}) < len(values):
            raise ValueError(f"explorer {name!r}: control {control!r} has a value twice")
    count = math.prod(map(len, controls.values()))
    if count > MAX_FRAMES:
        raise ValueError(f"explorer {name!r}: {count} combinations; at most {MAX_FRAMES} are accepted")
    for what, function in (("draw", draw), ("describe", describe), ("table", table)):
        if function is not None:
            try:
                signature(function).bind(**{control: values[0] for control, values in controls.items()})
            except TypeError as error:
                raise TypeError(f"explorer {name!r}: {what} must take {', '.join(controls)}: {error}") from None


def draw_state(draw, name, describe, values):
    """Draw one state; return what `draw` returned and the text alternative."""
    where = f"explorer {name!r} at " + ", ".join(f"{control}={value}" for control, value in values.items())
    drawn = draw(**values)
    if drawn is None:
        raise TypeError(f"{where}: draw returned nothing; return a figure, a DataFrame or Markdown")
    if not isinstance(drawn, (Figure, pd.DataFrame, str, Markdown)):
        raise TypeError(f"{where}: draw returned {type(drawn).__name__}; return a figure, a DataFrame or Markdown")
    text = (describe(**values) or "").strip() if describe else ""
    if isinstance(drawn, Figure) and not text:
        raise ValueError(
            f"{where}: a figure needs a text alternative; give describe=, a function that returns a sentence"
        )
    return drawn, text


def _live(draw, name, title, describe, table, first, controls):
    import ipywidgets as widgets

    def show(**values):
        drawn, text = draw_state(draw, name, describe, values)
        display(HTML(f"<strong>{html.escape(title)}</strong>"))
        if isinstance(drawn, pd.DataFrame):
            display(HTML(table_html(drawn, caption_of(values))))
        else:
            display(Markdown(drawn) if isinstance(drawn, str) else drawn)
        if isinstance(drawn, Figure):
            plt.close(drawn)
        if text:
            display(HTML(f"<p>{html.escape(text)}</p>"))
        if table:
            display(HTML(table_html(table(**values), caption_of(values))))

    choices = {}
    for control, values in controls.items():
        options = {"options": values, "value": first[control], "description": label_of(control)}
        if is_range(values):
            choices[control] = widgets.SelectionSlider(continuous_update=False, **options)
        else:
            choices[control] = widgets.Dropdown(**options)
    return widgets.interactive(show, **choices)


def _plain(value):
    """A numpy number as a Python number."""
    return value.item() if isinstance(value, np.generic) else value
