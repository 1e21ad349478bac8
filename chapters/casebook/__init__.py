"""Helpers of the casebook: what the chapters need beyond pandas and matplotlib.

Students read and change the cells of a chapter; what only makes pages pretty,
accessible and checked lives here. A module named after a chapter holds what that
chapter draws; the first line of every other module says what it is for.
"""

from .datapackage import check_tables
from .explorers import explore
from .maps import draw_map
from .plots import timeline
from .quizzes import quiz
from .records import browse
from .style import COLORS, use_style
from .tables import show_numbers, show_table

check_tables()  # else a chapter would draw what is left of a table

__all__ = [
    "COLORS",
    "browse",
    "draw_map",
    "explore",
    "quiz",
    "show_numbers",
    "show_table",
    "timeline",
    "use_style",
]
