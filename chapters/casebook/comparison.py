"""What the chapter *Comparison* draws and shows: the cases, their conditions, cases to guess.

Most functions take the table of `casebook.cases.code_table`: one row a coded case, its codes and its answer.
"""

import matplotlib.pyplot as plt
import pandas as pd

from .blocks import Link
from .cases import ANSWERS, CONDITIONS, RUNGS
from .contents import chapters
from .style import COLORS, WIDTH, source_line

#: Variable of case-codes.csv -> the question for a reader who does not yet know the case.
QUESTIONS = {
    "request": "Was the CSTO asked for help?",
    "outside": "Was it called a danger from outside?",
    "government_at_risk": "Could those in power be driven out?",
    "two_members": "Two members against each other?",
    "objection": "Did anyone object to a step that was asked for?",
    "russia_alone": "What did Russia do in its own name?",
}


# --- the cases


def told_in(slug: str) -> Link | str:
    """Link the chapter that tells a case, by the column `told_in` of cases.csv, or say that there is none."""
    if not slug:
        return "this chapter"
    return Link(slug, chapters()[slug]) if slug in chapters() else "not in this edition"


# --- conditions


def conditions_plot(table: pd.DataFrame, met: pd.DataFrame) -> plt.Figure:
    """Draw which conditions each case meets, in groups by its answer.

    Parameters
    ----------
    table : pandas.DataFrame
        From `casebook.cases.code_table`.
    met : pandas.DataFrame
        True or False: a row for each of the table, a column for each of `casebook.cases.CONDITIONS`.
    """
    order = table.assign(rank=table["answer"].map(ANSWERS.index), count=met.sum(axis=1))
    order = order.sort_values(["rank", "count"], ascending=False, kind="stable")
    figure, axes = plt.subplots(figsize=(WIDTH, 7.2), layout="none")
    axes.set_position([0.42, 0.05, 0.34, 0.7])
    dot = {"color": COLORS["blue"], "markersize": 8, "markerfacecoloralt": "white"}
    for place, case in enumerate(order.index):
        for column, (condition, (variable, _)) in enumerate(CONDITIONS.items()):
            fill = "none"  # half of a dot is filled where a condition is met and that is disputed
            if met.loc[case, condition]:
                fill = "left" if table.loc[case, variable] == "disputed" else "full"
            axes.plot(column, place, "o", fillstyle=fill, **dot)
    for rank, group in order.reset_index().groupby("rank"):
        axes.axhline(group.index.max() + 0.5, color=COLORS["gray"], linewidth=0.8)
        words = ANSWERS[rank].replace(" ", "\n", 1)
        middle = "center" if len(group) < 2 else "top"
        axes.text(len(CONDITIONS) - 0.4, group.index.min(), words, va=middle, fontsize=8.5)
    axes.set_yticks(range(len(order)), order["short_name"])
    axes.set_xticks(range(len(CONDITIONS)), CONDITIONS, rotation=60, ha="left", rotation_mode="anchor")
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set(xlim=(-0.5, len(CONDITIONS) - 0.5), ylim=(len(order) - 0.5, -0.5))
    source_line(figure, "data/case-codes.csv")
    return figure


# --- explorers


def questions_table(case: pd.Series) -> pd.DataFrame:
    """Answer the `QUESTIONS` on a case, a row of `casebook.cases.code_table`, without its name."""
    return pd.DataFrame({"condition": list(QUESTIONS.values()), "code": case[list(QUESTIONS)].to_list()})


def answer_text(case: pd.Series, name: str) -> str:
    """Say which case it was and what the alliance did.

    Parameters
    ----------
    case : pandas.Series
        A row of `casebook.cases.code_table`.
    name : str
        The full name of the case, as in cases.csv.
    """
    rungs = [f"{rung.replace('_', ' ')} ({case[rung]})" for rung in RUNGS if case[rung] != "no"]
    reached = ", ".join(rungs) or "none"
    russia = case["russia_alone"]
    return f"This is {name}. Answer: {case['answer']}. Rungs: {reached}. Russia by itself: {russia}."
