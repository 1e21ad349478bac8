"""Words of every decision, which a page, a sheet for class and a notebook share."""

from datetime import date

from .book import day_in_words

#: The box that tells how the decision came out.
OUTCOME = "What happened next"
#: What a reader writes down, a line each.
ANSWERS = ("Reason 1", "Reason 2", "Risk")


def kicker(day: date) -> str:
    """Return the line above the question: "Decide · 5 October 2007"."""
    return f"Decide · {day_in_words(day)}"
