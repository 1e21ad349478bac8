"""How an explorer is written on a page; web/static/explore.js brings it to life."""

import html
import re
from io import StringIO
from itertools import product

import matplotlib.pyplot as plt
import pandas as pd
from markdown_it import MarkdownIt
from matplotlib.figure import Figure

from .tables import label_of, table_html

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
    (r"<g */>", ""),
]


def form_html(draw_state, name: str, title: str, table, table_title: str, first: dict, controls: dict) -> str:
    """Draw every state of an explorer and write it as one HTML form.

    Parameters
    ----------
    draw_state : callable
        Takes the values of the controls as a dict; returns what is drawn and its text alternative.
    name, title, table, table_title, controls
        As for `casebook.explore`.
    first : dict
        The state that is shown; the others carry `hidden`.

    Returns
    -------
    str
        HTML that is also well-formed XML: native controls, one frame a state, no script and no style sheet.
    """
    fields = "".join(_control(name, control, values, first[control]) for control, values in controls.items())
    frames = []
    for number, combination in enumerate(product(*controls.values())):
        values = dict(zip(controls, combination))
        frames.append(_frame(draw_state, name, number, table, table_title, values, shown=values == first))
    return (
        f'<form class="explorer" id="{name}" data-explorer="{name}" aria-label="{html.escape(title)}">'
        f'<fieldset class="explorer-controls"><legend>{html.escape(title)}</legend>{fields}</fieldset>'
        f'<p class="explorer-status" role="status"></p>{"".join(frames)}</form>'
    )


def _control(name: str, control: str, values: list, first) -> str:
    identity, label = f"{name}-{control}", html.escape(label_of(control))
    if is_range(values):
        step = values[1] - values[0]
        return (
            f'<div class="explorer-control"><label for="{identity}">{label}</label>'
            f'<button type="button" data-step="-1" aria-label="Previous {label.lower()}">&#8722;</button>'
            f'<input type="range" id="{identity}" name="{control}" min="{values[0]}" max="{values[-1]}" '
            f'step="{step}" value="{first}" />'
            f'<button type="button" data-step="1" aria-label="Next {label.lower()}">+</button>'
            f'<output for="{identity}" aria-live="off">{first}</output></div>'
        )
    if len(values) <= 4:
        radios = "".join(
            f'<label><input type="radio" name="{control}" value="{html.escape(str(value))}"'
            f"{_flag('checked', value == first)} /> {html.escape(str(value))}</label>"
            for value in values
        )
        return f'<fieldset class="explorer-control"><legend>{label}</legend>{radios}</fieldset>'
    options = "".join(
        f'<option value="{words}"{_flag("selected", value == first)}>{words}</option>'
        for value, words in ((value, html.escape(str(value))) for value in values)
    )
    return (
        f'<div class="explorer-control"><label for="{identity}">{label}</label>'
        f'<select id="{identity}" name="{control}">{options}</select></div>'
    )


def _frame(draw_state, name, number, table, table_title, values, shown: bool) -> str:
    drawn, text = draw_state(values)
    key = "&".join(f"{control}={value}" for control, value in values.items())
    identity = f"{name}-state-{number}"
    caption = f'<p class="explorer-text" id="{identity}-text">{html.escape(text)}</p>' if text else ""
    kind = "text"
    if isinstance(drawn, Figure):
        kind = "figure"
        body = _inline_svg(drawn, identity)
        plt.close(drawn)
    elif isinstance(drawn, pd.DataFrame):
        body = table_html(drawn, caption_of(values))
    else:
        body = MarkdownIt("commonmark", {"html": False}).enable("table").render(getattr(drawn, "data", drawn))
    if table:
        rows = table_html(table(**values), caption_of(values))
        caption += (
            f"<details><summary>{html.escape(table_title)}: {html.escape(caption_of(values))}</summary>{rows}</details>"
        )
    return (
        f'<div class="explorer-frame explorer-{kind}" id="{identity}" data-key="{html.escape(key)}"'
        f"{_flag('hidden', not shown)}>"
        f'<p class="explorer-state">{html.escape(caption_of(values))}</p>{body}{caption}</div>'
    )


def _inline_svg(figure: Figure, identity: str) -> str:
    """SVG of a figure made fit for a page that carries many: no global style, ids of its own."""
    stream = StringIO()
    figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    svg = stream.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(
        r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>|<!--.*?-->|\s*<defs>\s*</defs>", "", svg, flags=re.S
    )
    used = set(re.findall(r"(?:url\(|href=\")#([^\")]+)", svg))
    svg = re.sub(r' id="([^"]+)"', lambda m: f' id="{identity}-{m[1]}"' if m[1] in used else "", svg)
    svg = re.sub(r"(url\(|href=\")#", rf"\1#{identity}-", svg)
    svg = re.sub(r"(\d+\.\d)\d+", r"\1", svg)
    for wasteful, short in COMPACT:
        svg = re.sub(wasteful, short, svg)
    svg = _without_bare_groups(svg)
    return re.sub(r"<svg ", f'<svg role="img" aria-labelledby="{identity}-text" ', svg, count=1)


def _without_bare_groups(svg: str) -> str:
    """SVG without groups that carry no attribute: they do nothing and are half the elements of a frame."""
    kept = []

    def tag(match):
        if match[0] == "</g>":
            return match[0] if kept.pop() else ""
        kept.append(match[0] != "<g>")
        return match[0] if kept[-1] else ""

    return re.sub(r"<g(?: [^>]*)?>|</g>", tag, svg)


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


def _flag(attribute: str, on: bool) -> str:
    return f' {attribute}="{attribute}"' if on else ""
