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
import pandas as pd
from matplotlib.figure import Figure

from .blocks import VERDICTS, Block
from .references import on_page
from .svg import inline_svg
from .tables import label_of, table_content, table_html

MAX_FRAMES = 40
#: What stands for a guess that was not made yet, in a notebook.
NO_GUESS = "not yet"


def explore(
    draw,
    *,
    name: str,
    title: str,
    describe=None,
    table=None,
    table_title: str = "Data",
    start: dict | None = None,
    ordered: tuple[str, ...] = (),
    words: dict[str, str] | None = None,
    eve: dict | None = None,
    merge: str = "",
    guesses: list[str] | None = None,
    answer=None,
    reveal=None,
    **controls,
):
    """Let a reader step through the states of a figure.

    Parameters
    ----------
    draw : callable
        Takes one keyword per control and returns a matplotlib figure or a DataFrame.
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
    ordered : tuple of str
        Controls whose values, although they are words, follow one another: they become sliders, as whole numbers in
        equal steps do.
    words : dict, optional
        Control -> how a value of it is said, such as ``"{} June"``.
    eve : dict, optional
        Slider -> last value that does not go past the decision of the chapter; ``{}`` where every state does. On a
        full screen what follows is locked until the reader unlocks it.
    merge : str
        A control; where several of its values show the same, there is one state, which names them.
    guesses : list of str, optional
        What a reader may guess before the answer of a state opens. On a page the score is kept.
    answer, reveal : callable
        Required with `guesses`: take the same keywords and return the right guess and what the answer says.
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
    controls = {control: pd.Series(list(values)).tolist() for control, values in controls.items()}  # no numpy numbers
    functions = {"draw": draw, "describe": describe, "table": table, "answer": answer, "reveal": reveal}
    _check(functions, name, controls)
    if guesses and not (answer and reveal):
        raise TypeError(f"explorer {name!r}: guesses need answer= and reveal=")
    words = words or {}
    first = {control: values[0] for control, values in controls.items()} | (start or {})
    named = {"ordered": ordered, "words": words, "merge": [merge] if merge else []}
    _check_options(name, controls, named, {"start": first, "eve": eve or {}})
    sliders = [control for control, values in controls.items() if control in ordered or is_range(values)]
    for control in eve or {}:
        if control not in sliders:
            raise ValueError(f"explorer {name!r}: eve needs a slider, and {control!r} is none; see ordered=")
    if not on_page():
        return _live(functions, name, title, first, controls, sliders, words, guesses)
    frames = []
    for number, combination in enumerate(product(*controls.values())):
        values = dict(zip(controls, combination))
        frame = _frame(functions, name, values, words, f"{name}-state-{number}")
        if guesses:
            frame |= {"answer": answer(**values), "reveal": reveal(**values)}
            if frame["answer"] not in guesses:
                accepted = ", ".join(guesses)
                raise ValueError(
                    f"explorer {name!r}: the answer {frame['answer']!r} is not a guess; accepted: {accepted}"
                )
        frames.append(frame | {"values": values})
    if merge:
        frames = _merge(frames, merge)
    for frame in frames:
        frame["hidden"] = first not in [frame["values"], *frame.get("also", [])]
        del frame["values"]
    content = {"name": name, "title": title, "table_title": table_title, "frames": frames, "guesses": guesses}
    content["locks"] = "part" if eve else "all" if eve is not None else ""
    content["controls"] = [
        {
            "name": control,
            "label": label_of(control),
            "values": values,
            "words": [say(control, value, words) for value in values],
            "first": values.index(first[control]),
            "eve": values.index(eve[control]) if eve and control in eve else None,
            "is_slider": control in sliders,
            "is_merged": control == merge,
        }
        for control, values in controls.items()
    ]
    return Block("explorer", content, lambda content: "")


def _merge(frames, control) -> list[dict]:
    """Keep one of the frames that differ in one control only and show the same; it names the others."""
    kept: dict[str, dict] = {}
    for frame in frames:
        others = {name: value for name, value in frame["values"].items() if name != control}
        shown = {part: content for part, content in frame.items() if part in ("text", "reveal")}
        rows = [frame[part]["rows"] for part in ("shown", "table") if part in frame]
        drawing = frame.get("figure", "").replace(frame["id"], "")
        first = kept.setdefault(repr((others, shown, rows, drawing)), frame)
        if first is not frame:
            first.setdefault("also", []).append(frame["values"])
    for frame in kept.values():
        alike = [str(values[control]) for values in frame.get("also", [])]
        if alike:
            frame["text"] = f"{frame['text']}\nThe same with: {'; '.join(alike)}.".strip()
    return list(kept.values())


def _frame(functions, name, values, words, identity) -> dict:
    """Describe one state: its key, its name, what is drawn, the text alternative and the table behind it."""
    drawn, text = draw_state(functions["draw"], name, functions["describe"], values)
    caption = caption_of(values, words)
    frame = {"id": identity, "key": "&".join(f"{control}={value}" for control, value in values.items())}
    frame |= {"state": caption, "address": urlencode(values), "text": text}
    if isinstance(drawn, Figure):
        frame["figure"] = inline_svg(drawn, identity)
        plt.close(drawn)
    else:
        frame["shown"] = table_content(drawn, caption)
    if functions["table"]:
        frame["table"] = table_content(functions["table"](**values), caption)
    return frame


def _check(functions, name, controls) -> None:
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
    for what, function in functions.items():
        if function is not None:
            try:
                signature(function).bind(**{control: values[0] for control, values in controls.items()})
            except TypeError as error:
                raise TypeError(f"explorer {name!r}: {what} must take {', '.join(controls)}: {error}") from None


def _check_options(name, controls, named, chosen) -> None:
    """Complain about an option that names a control which there is not, or a value that the control does not have."""
    for option, names in named.items():
        for control in names:
            if control not in controls:
                accepted = ", ".join(controls)
                raise ValueError(f"explorer {name!r}: {option} names no control {control!r}; accepted: {accepted}")
    for option, state in chosen.items():
        for control, value in state.items():
            if value not in controls.get(control, []):
                accepted = "; ".join(f"{each}: {', '.join(map(str, values))}" for each, values in controls.items())
                raise ValueError(f"explorer {name!r}: {option} has no state {control}={value!r}; accepted: {accepted}")


def draw_state(draw, name, describe, values):
    """Draw one state; return what `draw` returned and the text alternative."""
    where = f"explorer {name!r} at " + ", ".join(f"{control}={value}" for control, value in values.items())
    drawn = draw(**values)
    if not isinstance(drawn, (Figure, pd.DataFrame)):
        what = "nothing" if drawn is None else type(drawn).__name__
        raise TypeError(f"{where}: draw returned {what}; return a figure or a DataFrame")
    text = (describe(**values) or "").strip() if describe else ""
    if isinstance(drawn, Figure) and not text:
        raise ValueError(f"{where}: a figure needs a text alternative; give describe=, which returns a sentence")
    return drawn, text


def _live(functions, name, title, first, controls, sliders, words, guesses):
    import ipywidgets as widgets

    # The outputs are set here, not captured: a runner that answers captured ones may overlook that a cell is done.
    shown = widgets.Output()
    choices = {}
    for control, values in controls.items():
        options = [(say(control, value, words), value) for value in values]
        options = {"options": options, "value": first[control], "description": label_of(control)}
        if control in sliders:
            choices[control] = widgets.SelectionSlider(continuous_update=False, **options)
        else:
            choices[control] = widgets.Dropdown(**options)
    guess = widgets.Dropdown(options=[NO_GUESS, *(guesses or [])], description="Your guess")

    def show(change=None):
        if change and change["owner"] is not guess:
            guess.value = NO_GUESS  # another case hides the answer again
        values = {control: widget.value for control, widget in choices.items()}
        drawn, text = draw_state(functions["draw"], name, functions["describe"], values)
        parts = [{"text/html": f"<strong>{html.escape(title)}</strong>"}, _live_part(drawn, values, words)]
        if text:
            parts.append({"text/html": f"<p>{html.escape(text)}</p>"})
        if functions["table"]:
            parts.append(_live_part(functions["table"](**values), values, words))
        if guess.value != NO_GUESS:
            verdict = VERDICTS[guess.value == functions["answer"](**values)]
            parts.append({"text/html": f"<p>{verdict} {html.escape(functions['reveal'](**values))}</p>"})
        shown.outputs = [{"output_type": "display_data", "data": part, "metadata": {}} for part in parts]

    for widget in (*choices.values(), guess):
        widget.observe(show, names="value")
    show()
    return widgets.VBox([*choices.values(), *([guess] if guesses else []), shown])


def _live_part(drawn, values, words) -> dict[str, str]:
    """What a state shows, as data that a notebook displays."""
    if isinstance(drawn, pd.DataFrame):
        return {"text/html": table_html(table_content(drawn, caption_of(values, words)))}
    stream = StringIO()
    drawn.savefig(stream, format="svg")
    plt.close(drawn)
    return {"image/svg+xml": stream.getvalue()}


def is_range(values: list) -> bool:
    """Whether values are six or more whole numbers rising in equal steps, and so make a slider."""
    if len(values) < 6 or not all(isinstance(value, int) for value in values):
        return False
    steps = {after - before for before, after in zip(values, values[1:])}
    return len(steps) == 1 and min(steps) > 0


def caption_of(values: dict, words: dict[str, str]) -> str:
    """A state in words: ``{"year": 2007}`` -> ``"Year 2007"``; `words` as for `explore`."""
    return ", ".join(
        say(control, value, words) if isinstance(value, str) or control in words else f"{label_of(control)} {value}"
        for control, value in values.items()
    )


def say(control: str, value, words: dict[str, str]) -> str:
    """A value of a control in words: ``"11 June"`` for 11 where `words` has ``{"june": "{} June"}``."""
    return words.get(control, "{}").format(value)
