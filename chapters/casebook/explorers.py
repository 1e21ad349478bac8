"""Interactive figures that need no kernel.

In a live notebook `explore` is `ipywidgets.interactive`. In the build of the book it draws
every state once and writes plain HTML, which web/static/explore.js brings to life.
"""

import html
import re
from inspect import signature
from io import StringIO
from itertools import product

import matplotlib.pyplot as plt
import pandas as pd
from IPython.display import HTML, Markdown, display
from markdown_it import MarkdownIt
from matplotlib.figure import Figure

from .references import on_page
from .tables import table_html

MAX_FRAMES = 40

#: What matplotlib spells out in every frame and a page says once: fonts and line joins are in book.css.
#: A frame under 32 kB lets gzip see that it repeats the frame before.
COMPACT = [
    (r"\s*\n\s*", " "),
    (r"> <", "><"),
    (r"(\d)\.0\b", r"\1"),
    (r"([MLCQzZ]) ", r"\1"),
    (r" ([MLCQz])", r"\1"),
    (r" font-family: [^;\"]*;", ""),
    (r";? ?stroke-line(join|cap): \w+", ""),
    (r' transform="rotate\(-0 [^"]*"', ""),
]


def explore(draw, *, name: str, title: str, describe=None, table=None, start: dict | None = None, **controls):
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
    controls = {control: list(values) for control, values in controls.items()}
    _check(draw, name, describe, table, controls)
    first = {control: values[0] for control, values in controls.items()} | (start or {})
    for control, value in first.items():
        if control not in controls or value not in controls[control]:
            raise ValueError(f"explorer {name!r}: start has no state {control}={value!r}")
    if on_page():
        return HTML(_form(draw, name, title, describe, table, first, controls))
    return _live(draw, name, describe, table, first, controls)


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
    count = len(list(product(*controls.values())))
    if count > MAX_FRAMES:
        raise ValueError(f"explorer {name!r}: {count} combinations; at most {MAX_FRAMES} are accepted")
    for what, function in (("draw", draw), ("describe", describe), ("table", table)):
        if function is not None:
            try:
                signature(function).bind(**{control: values[0] for control, values in controls.items()})
            except TypeError as error:
                raise TypeError(f"explorer {name!r}: {what} must take {', '.join(controls)}: {error}") from None


def _state(draw, name, describe, values):
    """Draw one state; return what `draw` returned and the text alternative."""
    where = f"explorer {name!r} at " + ", ".join(f"{control}={value}" for control, value in values.items())
    drawn = draw(**values)
    if drawn is None:
        raise TypeError(f"{where}: draw returned nothing; return a figure, a DataFrame or Markdown")
    if not isinstance(drawn, (Figure, pd.DataFrame, str, Markdown)):
        raise TypeError(f"{where}: draw returned {type(drawn).__name__}; return a figure, a DataFrame or Markdown")
    text = describe(**values).strip() if describe else ""
    if isinstance(drawn, Figure) and not text:
        raise ValueError(f"{where}: a figure needs a text alternative; give describe=, a function that returns a sentence")
    return drawn, text


def _live(draw, name, describe, table, first, controls):
    import ipywidgets as widgets

    def show(**values):
        drawn, text = _state(draw, name, describe, values)
        display(Markdown(drawn) if isinstance(drawn, str) else drawn)
        if isinstance(drawn, Figure):
            plt.close(drawn)
        if text:
            display(Markdown(text))
        if table:
            display(HTML(table_html(table(**values), _caption(values))))

    choices = {
        control: (widgets.SelectionSlider if _is_range(values) else widgets.Dropdown)(
            options=values, value=first[control], description=_label(control), continuous_update=False
        )
        if _is_range(values)
        else widgets.Dropdown(options=values, value=first[control], description=_label(control))
        for control, values in controls.items()
    }
    return widgets.interactive(show, **choices)


def _form(draw, name, title, describe, table, first, controls) -> str:
    fields = "".join(_control(name, control, values, first[control]) for control, values in controls.items())
    frames = []
    for combination in product(*controls.values()):
        values = dict(zip(controls, combination))
        frames.append(_frame(draw, name, describe, table, values, shown=values == first))
    return (
        f'<form class="explorer" id="{name}" data-explorer="{name}" aria-label="{html.escape(title)}">'
        f'<fieldset class="explorer-controls"><legend>{html.escape(title)}</legend>{fields}</fieldset>'
        f'<p class="explorer-status" role="status"></p>{"".join(frames)}</form>'
    )


def _control(name: str, control: str, values: list, first) -> str:
    identity, label = f"{name}-{control}", html.escape(_label(control))
    if _is_range(values):
        step = values[1] - values[0]
        return (
            f'<div class="explorer-control"><label for="{identity}">{label}</label>'
            f'<button type="button" data-step="-1" aria-label="Previous {label.lower()}">&#8722;</button>'
            f'<input type="range" id="{identity}" name="{control}" min="{values[0]}" max="{values[-1]}" step="{step}" value="{first}" />'
            f'<button type="button" data-step="1" aria-label="Next {label.lower()}">+</button>'
            f'<output for="{identity}">{first}</output></div>'
        )
    if len(values) <= 4:
        radios = "".join(
            f'<label><input type="radio" name="{control}" value="{html.escape(str(value))}"'
            f"{_flag('checked', value == first)} /> {html.escape(str(value))}</label>"
            for value in values
        )
        return f'<fieldset class="explorer-control"><legend>{label}</legend>{radios}</fieldset>'
    options = "".join(
        f'<option value="{html.escape(str(value))}"{_flag("selected", value == first)}>{html.escape(str(value))}</option>'
        for value in values
    )
    return (
        f'<div class="explorer-control"><label for="{identity}">{label}</label>'
        f'<select id="{identity}" name="{control}">{options}</select></div>'
    )


def _frame(draw, name, describe, table, values, shown: bool) -> str:
    drawn, text = _state(draw, name, describe, values)
    key = "&".join(f"{control}={value}" for control, value in values.items())
    identity = f"{name}-" + re.sub(r"[^a-z0-9]+", "-", key.lower())
    caption = f'<p class="explorer-text" id="{identity}-text">{html.escape(text)}</p>' if text else ""
    kind = "text"
    if isinstance(drawn, Figure):
        kind = "figure"
        body = _inline_svg(drawn, identity)
        plt.close(drawn)
    elif isinstance(drawn, pd.DataFrame):
        body = table_html(drawn, _caption(values))
    else:
        body = MarkdownIt("commonmark", {"html": False}).enable("table").render(getattr(drawn, "data", drawn))
    if table:
        rows = table_html(table(**values), _caption(values))
        caption += f"<details><summary>Data: {html.escape(_caption(values))}</summary>{rows}</details>"
    return (
        f'<div class="explorer-frame explorer-{kind}" id="{identity}" data-key="{html.escape(key)}"{_flag("hidden", not shown)}>'
        f'<p class="explorer-state">{html.escape(_caption(values))}</p>{body}{caption}</div>'
    )


def _inline_svg(figure: Figure, identity: str) -> str:
    """SVG of a figure made fit for a page that carries many: no global style, ids of its own."""
    stream = StringIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    svg = stream.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>|<!--.*?-->|\s*<defs>\s*</defs>", "", svg, flags=re.S)
    used = set(re.findall(r"(?:url\(|href=\")#([^\")]+)", svg))
    svg = re.sub(r' id="([^"]+)"', lambda m: f' id="{identity}-{m[1]}"' if m[1] in used else "", svg)
    svg = re.sub(r"(url\(|href=\")#", rf"\1#{identity}-", svg)
    svg = re.sub(r"(\d+\.\d)\d+", r"\1", svg)
    for wasteful, short in COMPACT:
        svg = re.sub(wasteful, short, svg)
    return re.sub(r"<svg ", f'<svg role="img" aria-labelledby="{identity}-text" ', svg, count=1)


def _is_range(values: list) -> bool:
    if len(values) < 6 or not all(isinstance(value, int) for value in values):
        return False
    return len({after - before for before, after in zip(values, values[1:])}) == 1


def _caption(values: dict) -> str:
    return ", ".join(str(value) if isinstance(value, str) else f"{_label(control)} {value}" for control, value in values.items())


def _label(control: str) -> str:
    return control.replace("_", " ").capitalize()


def _flag(attribute: str, on: bool) -> str:
    return f' {attribute}="{attribute}"' if on else ""
