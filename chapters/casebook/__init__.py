"""Helpers of the casebook: what the chapters need beyond pandas and matplotlib.

Students read and change the cells of a chapter; what only makes pages pretty,
accessible and checked lives here, in a few small modules:

- `explorers`, `svg`: interactive figures, live in a notebook and kernel-free on a page
- `maps`, `map_views`, `plots`, `style`: maps, timelines and how figures look
- a module for each chapter, such as `origins`: what it draws
- `aid`, `cases`, `recoding`: how promises of aid are audited, cases coded, and coded again by a reader
- `tables`: tables with captions, header cells and linked sources; numbers in sentences
- `records`: lists that a reader can filter, such as the events of the timeline
- `readings`: the core readings, where they are quoted and how their claims fared
- `quizzes`: questions with feedback for every option
- `blocks`: what a cell shows, described once for notebook and page
- `references`: source keys turned into readable, linked citations
- `contents`, `documents`, `datapackage`: the pages, their source cards and the tables, read without pandas
- `membership`: who was a member on a day
- `uses`, `codebook`: which page uses which source, which figure which table; the tables described
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
