"""The controls above a list that can be filtered; web/static/filter.js brings them to life."""

import html


def filter_form(name: str, title: str, noun: str, choices: dict, of: str, count: int) -> str:
    """The controls of a list as an HTML form, for `browse` or for entries that a page already has.

    Parameters
    ----------
    name, title, noun
        As for `browse`.
    choices : dict
        Name of a control -> list of (value, words shown).
    of : str
        CSS selector of the entries. Each carries ``data-<control>`` with its values, joined by semicolons.
    count : int
        How many entries there are.

    Returns
    -------
    str
        HTML that is also well-formed XML.
    """
    fields = "".join(
        f'<div><label for="{name}-{control}">{control.replace("_", " ").capitalize()}</label>'
        f'<select id="{name}-{control}" name="{control}">'
        + "".join(
            f'<option value="{html.escape(value)}">{html.escape(words)}</option>'
            for value, words in [("", "all"), *values]
        )
        + "</select></div>"
        for control, values in choices.items()
    )
    return (
        f'<form class="filter" id="{name}" data-of="{html.escape(of)}" aria-label="{html.escape(title)}">'
        f'<fieldset><legend>{html.escape(title)}</legend>{fields}<button type="button">Show all</button></fieldset>'
        f'<p role="status"><span>{count}</span> of {count} {html.escape(noun)} shown</p></form>'
    )
