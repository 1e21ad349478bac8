"""Who was a member on a day, from data/membership.csv."""

from .datapackage import rows

#: Steps that make or keep a state a member, even with its participation frozen; every other step ends it.
MEMBER = ("signed", "acceded", "extended", "charter_signed", "charter_in_force", "rejoined", "frozen")


def members(day: str) -> list[str]:
    """List the members on a day, by the latest accepted step of each state.

    Parameters
    ----------
    day : str
        ISO date, such as ``"2010-06-14"``.

    Returns
    -------
    list of str
        States in alphabetical order.
    """
    latest = {}
    for row in sorted(rows("membership"), key=lambda row: row["date"]):
        if row["standing"] == "accepted" and row["date"] <= day:
            latest[row["state"]] = row["event"]
    return sorted(state for state, event in latest.items() if event in MEMBER)
