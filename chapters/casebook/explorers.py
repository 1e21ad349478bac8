"""Interactive figures that need no kernel.

In a live notebook `explore` shows widgets. On a page every state is drawn once, and
press/sphinx/static/explore.js shows one of them.
"""

import html
import math
import re
from inspect import signature
from io import StringIO
from itertools import product
from urllib.parse import urlencode

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from IPython.display import Markdown
from matplotlib.figure import Figure

from .blocks import Block
from .references import on_page
from .svg import inline_svg
from .tables import label_of, table_content, table_html

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
    casebook.blocks.Block or ipywidgets.VBox
        A block when the book is built, widgets in a live kernel.

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
    if not on_page():
        return _live(draw, name, title, describe, table, first, controls)
    frames = []
    for number, combination in enumerate(product(*controls.values())):
        values = dict(zip(controls, combination))
        frame = _frame(draw, name, describe, table, values, f"{name}-state-{number}")
        frames.append(frame | {"hidden": values != first})
    content = {"name": name, "title": title, "table_title": table_title, "frames": frames}
    content["controls"] = [
        {
            "name": control,
            "label": label_of(control),
            "values": values,
            "first": first[control],
            "is_range": is_range(values),
        }
        for control, values in controls.items()
    ]
    return Block("explorer", content, lambda content: "")


def _frame(draw, name, describe, table, values, identity) -> dict:
    """Describe one state: its key, its name, what is drawn, the text alternative and the table behind it."""
    drawn, text = draw_state(draw, name, describe, values)
    frame = {"id": identity, "key": "&".join(f"{control}={value}" for control, value in values.items())}
    frame |= {"state": caption_of(values), "address": urlencode(values), "text": text}
    if isinstance(drawn, Figure):
        frame["figure"] = inline_svg(drawn, identity)
        plt.close(drawn)
    elif isinstance(drawn, pd.DataFrame):
        frame["shown"] = table_content(drawn, caption_of(values))
    else:
        frame["markdown"] = getattr(drawn, "data", drawn)
    if table:
        frame["table"] = table_content(table(**values), caption_of(values))
    return frame


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

    # The outputs are set here, not captured: a runner that answers captured ones may overlook that a cell is done.
    shown = widgets.Output()
    choices = {}
    for control, values in controls.items():
        options = {"options": values, "value": first[control], "description": label_of(control)}
        if is_range(values):
            choices[control] = widgets.SelectionSlider(continuous_update=False, **options)
        else:
            choices[control] = widgets.Dropdown(**options)

    def show(change=None):
        values = {control: widget.value for control, widget in choices.items()}
        drawn, text = draw_state(draw, name, describe, values)
        parts = [{"text/html": f"<strong>{html.escape(title)}</strong>"}, _live_part(drawn, values)]
        if text:
            parts.append({"text/html": f"<p>{html.escape(text)}</p>"})
        if table:
            parts.append(_live_part(table(**values), values))
        shown.outputs = [{"output_type": "display_data", "data": part, "metadata": {}} for part in parts]

    for widget in choices.values():
        widget.observe(show, names="value")
    show()
    return widgets.VBox([*choices.values(), shown])


def _live_part(drawn, values) -> dict[str, str]:
    """What a state shows, as data that a notebook displays."""
    if isinstance(drawn, pd.DataFrame):
        return {"text/html": table_html(table_content(drawn, caption_of(values)))}
    if isinstance(drawn, Figure):
        stream = StringIO()
        drawn.savefig(stream, format="svg")
        plt.close(drawn)
        return {"image/svg+xml": stream.getvalue()}
    return {"text/markdown": getattr(drawn, "data", drawn)}


def is_range(values: list) -> bool:
    """Whether values are six or more whole numbers rising in equal steps, and so make a slider."""
    if len(values) < 6 or not all(isinstance(value, int) for value in values):
        return False
    steps = {after - before for before, after in zip(values, values[1:])}
    return len(steps) == 1 and min(steps) > 0


def caption_of(values: dict) -> str:
    """A state in words: ``{"year": 2007}`` -> ``"Year 2007"``."""
    return ", ".join(
        str(value) if isinstance(value, str) else f"{label_of(control)} {value}" for control, value in values.items()
    )


def _plain(value):
    """A numpy number as a Python number."""
    return value.item() if isinstance(value, np.generic) else value
