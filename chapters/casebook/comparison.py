"""What the chapter *Comparison* draws and tells: the map of answers, days, conditions, soldiers, three explorers.

Most functions take the table of `casebook.cases.code_table`: one row a coded case, its codes and its answer.
"""

import matplotlib.pyplot as plt
import pandas as pd

from .blocks import Link
from .cases import ANSWERS, CONDITIONS, RUNGS, VARIABLES, apply_rule
from .contents import chapters
from .maps import draw_map
from .style import COLORS, WIDTH, source_line

#: Answer, as in `casebook.cases.ANSWERS` -> how a state that received it is drawn.
LOOKS = {
    "soldiers": {"color": COLORS["blue"], "edge": "white"},
    "short of soldiers": {"color": COLORS["green"], "hatch": "////"},
    "none or words": {"color": COLORS["gray"], "hatch": "\\\\"},
}
#: Answer -> how a box of cases writes it behind a case.
IN_BRACKETS = {
    "none or words": "(none or words)",
    "short of soldiers": "(short of soldiers)",
    "soldiers": "(SOLDIERS)",
}
#: Measure in reported-figures.csv -> whose soldiers, in the order of the figure.
TROOPS = {
    "troops_total": "All",
    "troops_russia": "Russia",
    "troops_belarus": "Belarus",
    "troops_tajikistan": "Tajikistan",
    "troops_kyrgyzstan": "Kyrgyzstan",
    "troops_armenia": "Armenia",
}
#: Variable of case-codes.csv -> the question for a reader who does not yet know the case.
QUESTIONS = {
    "request": "Was the CSTO asked for help?",
    "threat": "Where did the danger come from?",
    "outside": "From outside, by the words of the day?",
    "government_at_risk": "Could those in power fall?",
    "two_members": "Two members against each other?",
    "objection": "Who spoke against acting?",
    "force": "Newest standing force",
}
#: Condition that a reader may choose -> variable of case-codes.csv.
PAIRS = {
    "asked": "request",
    "from outside": "outside",
    "rulers at risk": "government_at_risk",
    "two members": "two_members",
    "who objects": "objection",
    "Russia by itself": "russia_alone",
}
#: Control of the explorer of rules -> a condition, as in `casebook.cases.CONDITIONS`, or that it is not needed.
SWITCHES = {
    "request": ("asked of the CSTO", "asked or not"),
    "danger": ("from outside", "from anywhere"),
    "rulers": ("rulers at risk", "rulers at risk or not"),
    "members": ("nobody objects", "objections or not"),
    "fight": ("not between members", "between members or not"),
}


# --- the cases


def told_in(slug: str) -> Link | str:
    """Link the chapter that tells a case, by the column `told_in` of cases.csv, or say that there is none."""
    if not slug:
        return "this chapter"
    return Link(slug, chapters()[slug]) if slug in chapters() else "not in this edition"


def variables_table() -> pd.DataFrame:
    """List what is asked of every case: variable, question, values accepted and how to choose among them."""
    rows = [
        (name.replace("_", " "), question, "; ".join(values), how)
        for name, (question, values, how) in VARIABLES.items()
    ]
    return pd.DataFrame(rows, columns=["variable", "question", "values", "how to choose"])


def farthest_answers(cases: pd.DataFrame, table: pd.DataFrame, before: str) -> dict[str, str]:
    """Find the farthest answer that each member in crisis received.

    Parameters
    ----------
    cases : pandas.DataFrame
        Rows of cases.csv. Where `member` names several, the answer is that of each.
    table : pandas.DataFrame
        From `casebook.cases.code_table`.
    before : str
        ISO date; cases that began on it or later are left out.

    Returns
    -------
    dict
        Member -> a name of `casebook.cases.ANSWERS`.
    """
    coded = cases.set_index("id").loc[table.index, ["member", "date_onset"]]
    coded["rank"] = table["answer"].map(ANSWERS.index)
    coded = coded[coded["date_onset"] < before]
    each = coded.assign(member=coded["member"].str.split(";")).explode("member")
    best = each.groupby("member")["rank"].max()
    return {member: ANSWERS[rank] for member, rank in best.items()}


def answers_map(cases: pd.DataFrame, table: pd.DataFrame, before: str) -> plt.Figure:
    """Draw the members filled by the farthest answer they received; parameters as for `farthest_answers`."""
    farthest = farthest_answers(cases, table, before)
    return draw_map({member: LOOKS[answer] for member, answer in farthest.items()})[0]


# --- days


def days_plot(days: pd.DataFrame) -> plt.Figure:
    """Draw the days from each request to the first and to the highest rung, from `casebook.cases.days_to_answer`.

    The scale is even from -2 to 2 days and logarithmic beyond, so that hours and months fit on one axis.
    """
    figure, axes = plt.subplots(figsize=(WIDTH, 4.6))
    for place, row in enumerate(days.itertuples()):
        asterisk = "" if row.request == "to the CSTO" else "*"
        axes.text(-60, place - 0.36, row.short_name + asterisk, va="center", fontsize=8.5, color=COLORS["gray"])
        if row.highest == "none":
            axes.text(0.3, place, "no rung; Russia answered", va="center")
            continue
        axes.plot([row.first_days, row.highest_days], [place, place], color=COLORS["blue"], linewidth=2)
        axes.plot(row.highest_days, place, "o", color=COLORS["blue"], markersize=8)
        axes.plot(row.first_days, place, "o", color=COLORS["blue"], markerfacecolor="white", markersize=5)
        when = row.highest_days if row.highest_days >= 0 else f"{-row.highest_days} before"
        words = f"{row.highest.replace('_', ' ')}, {when}"
        axes.annotate(words, (row.highest_days, place), xytext=(8, 0), textcoords="offset points", va="center")
    axes.axvline(0, color=COLORS["gray"], linewidth=0.8, zorder=0)
    axes.set_xscale("symlog", linthresh=2)
    axes.set(xlim=(-60, 3000), ylim=(len(days) - 0.4, -0.8), yticks=[], xlabel="days after the request")
    axes.set_xticks([-30, -1, 0, 1, 10, 100], ["−30", "−1", "0", "1", "10", "100"])
    axes.xaxis.minorticks_off()
    source_line(figure, "data/case-codes.csv")
    return figure


def days_table(days: pd.DataFrame) -> pd.DataFrame:
    """Write the rows of `casebook.cases.days_to_answer` as a table to read: rungs in words, gaps left empty."""
    shown = days.replace({rung: rung.replace("_", " ") for rung in RUNGS})
    shown["asked"] = days["asked"].dt.strftime("%Y-%m-%d")
    return shown.astype({"first_days": object, "highest_days": object})


# --- conditions


def conditions_plot(table: pd.DataFrame, held: pd.DataFrame) -> plt.Figure:
    """Draw which conditions each case meets, in groups by its answer.

    Parameters
    ----------
    table : pandas.DataFrame
        From `casebook.cases.code_table`.
    held : pandas.DataFrame
        True or False: a row for each of the table, a column for each of `casebook.cases.CONDITIONS`.
    """
    order = table.assign(rank=table["answer"].map(ANSWERS.index), met=held.sum(axis=1))
    order = order.sort_values(["rank", "met"], ascending=False, kind="stable")
    figure, axes = plt.subplots(figsize=(WIDTH, 5.6), layout="none")
    axes.set_position([0.45, 0.07, 0.36, 0.7])
    dot = {"color": COLORS["blue"], "markersize": 8, "markerfacecoloralt": "white"}
    for place, case in enumerate(order.index):
        for column, (condition, (variable, _)) in enumerate(CONDITIONS.items()):
            fill = _fill(held.loc[case, condition], table.loc[case, variable])
            axes.plot(column, place, "o", fillstyle=fill, **dot)
    for rank, group in order.reset_index().groupby("rank"):
        axes.axhline(group.index.max() + 0.5, color=COLORS["gray"], linewidth=0.8)
        words = ANSWERS[rank].replace(" ", "\n", 1)
        middle = "center" if len(group) < 2 else "top"
        axes.text(len(CONDITIONS) - 0.4, group.index.min(), words, va=middle, fontsize=8.5)
    axes.set_yticks(range(len(order)), order["short_name"])
    axes.set_xticks(range(len(CONDITIONS)), CONDITIONS, rotation=50, ha="left", rotation_mode="anchor")
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set(xlim=(-0.5, len(CONDITIONS) - 0.5), ylim=(len(order) - 0.5, -0.5))
    source_line(figure, "data/case-codes.csv")
    return figure


def _fill(is_met: bool, code: str) -> str:
    """How much of a dot is filled: all where a condition is met, half where that is disputed, else nothing."""
    if not is_met:
        return "none"
    return "left" if code == "disputed" else "full"


# --- soldiers


def troops_plot(sent: pd.DataFrame) -> plt.Figure:
    """Draw how many soldiers were sent, by report, in groups by state, official numbers filled and others hollow.

    `casebook.range_plot` has neither groups nor two kinds of reporters, and the comparison of the two is what this
    figure is for.

    Parameters
    ----------
    sent : pandas.DataFrame
        Rows of reported-figures.csv with the measures of `TROOPS`.
    """
    figure, axes = plt.subplots(figsize=(WIDTH, 5.4))
    place, firsts = 0, []
    for measure in TROOPS:
        firsts.append(place)
        for report in sent[sent["measure"] == measure].itertuples():
            _draw_report(axes, report, place)
            place += 1
        place += 0.7  # a gap between states
    axes.set_yticks(firsts, TROOPS.values())
    axes.tick_params(axis="y", length=0)
    axes.set(ylim=(place - 0.3, -0.7), xlim=(0, 3300), xlabel="soldiers")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.grid(axis="x", color=COLORS["pale"])
    axes.set_axisbelow(True)
    source_line(figure, "data/reported-figures.csv")
    return figure


def _draw_report(axes: plt.Axes, report: tuple, place: float) -> None:
    """Draw one report, a named tuple of the columns of reported-figures.csv, and write its number beside it."""
    if pd.notna(report.low) and pd.notna(report.high):
        at, words = report.high, f"{report.low:,.0f} to {report.high:,.0f}"
        axes.plot([report.low, at], [place, place], "-|", color=COLORS["gray"], linewidth=1, markersize=8)
    else:
        at, marker, words = _one_number(report)
        fill = COLORS["blue"] if report.reporter_kind == "official" else "white"
        axes.plot(at, place, marker, color=COLORS["blue"], markerfacecolor=fill, markersize=7)
    reporter = report.reporter.split(",")[0]
    offset, side = (9, "left") if at < 2000 else (-9, "right")  # the name goes where there is room for it
    axes.annotate(
        f"{words} ({reporter})",
        (at, place),
        xytext=(offset, 0),
        textcoords="offset points",
        va="center",
        ha=side,
        fontsize=8.5,
    )


def _one_number(report: tuple) -> tuple[float, str, str]:
    """Where a report with a single number stands, its marker, and the number in words."""
    if pd.notna(report.value):
        return report.value, "o", f"{report.value:,.0f}"
    if pd.notna(report.low):
        return report.low, ">", f"more than {report.low:,.0f}"
    return report.high, "<", f"up to {report.high:,.0f}"


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


def boxes_table(table: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """Sort the cases of `casebook.cases.code_table` into boxes by their codes for two of `PAIRS`."""
    named = table["short_name"] + " " + table["answer"].map(IN_BRACKETS)
    rows, columns = table[PAIRS[first]], table[PAIRS[second]]
    if first == second:
        return named.groupby(rows).agg("; ".join).rename_axis(first).rename("cases").reset_index()
    crossed = named.groupby([rows, columns]).agg("; ".join).unstack(fill_value="no case")
    crossed.columns = [f"{second}: {value}" for value in crossed.columns]
    return crossed.rename_axis(first).reset_index()


def boxes_text(table: pd.DataFrame, first: str, second: str) -> str:
    """Count the cases of `casebook.cases.code_table` in the box of Kazakhstan 2022."""
    codes = table[[PAIRS[first], PAIRS[second]]]
    same = (codes == codes.loc["kazakhstan-2022"]).all(axis=1)
    return f"{same.sum()} of {len(table)} cases share the codes of Kazakhstan 2022 on this choice."


def rule_says(table: pd.DataFrame, chosen: dict[str, str]) -> pd.Series:
    """Apply the rule that the `SWITCHES` make: control -> choice; those that are not needed count for nothing."""
    return apply_rule(table, [choice for choice in chosen.values() if choice in CONDITIONS])


def rule_table(table: pd.DataFrame, chosen: dict[str, str]) -> pd.DataFrame:
    """Sort the cases into boxes: what a rule says, as for `rule_says`, and what happened."""
    says = rule_says(table, chosen).map({True: "acts", False: "does not act"})
    boxes = table["short_name"].groupby([says, table["answer"]]).agg("; ".join).unstack()
    boxes = boxes.reindex(index=["acts", "does not act"], columns=ANSWERS[::-1]).fillna("no case")
    return boxes.rename_axis("your rule").reset_index()


def rule_text(table: pd.DataFrame, chosen: dict[str, str]) -> str:
    """Say how often a rule, as for `rule_says`, is right on soldiers and on anything above words."""
    says = rule_says(table, chosen)
    soldiers = table["answer"] == "soldiers"
    above_words = table["answer"] != "none or words"
    return (
        f"Your rule: it acts in {says.sum()} of {len(table)} cases. "
        f"Soldiers: your rule is right in {(says == soldiers).sum()}, "
        f"the rule 'no soldiers, ever' in {(~soldiers).sum()}. "
        f"Anything above words: your rule is right in {(says == above_words).sum()}, "
        f"the rule 'words only, ever' in {(~above_words).sum()}."
    )
