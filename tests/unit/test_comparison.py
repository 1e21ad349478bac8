"""The comparison: codes that are refused, days, rules, and every number that the chapter types."""

import re

import pandas as pd
import pytest
from support.pages import code_cells

from casebook.cases import (
    ANSWERS,
    CONDITIONS,
    RUNGS,
    VARIABLES,
    apply_rule,
    code_table,
    days_to_answer,
    meets,
    rules_that_fit,
)
from casebook.contents import DATA, source
from casebook.datapackage import accepted

CHAPTER = source("chapters/comparison")
CASES = pd.read_csv(DATA / "cases.csv")
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
WORDS = re.findall(r"\w+", NUMBERS)


@pytest.fixture
def codes():
    return pd.read_csv(DATA / "case-codes.csv", dtype=str)


@pytest.fixture
def table(codes):
    return code_table(CASES, codes)


def cell(codes, case, variable):
    return (codes["case"] == case) & (codes["variable"] == variable)


# --- the codes


@pytest.mark.parametrize(
    "variable, column, value, message",
    [
        ("request", "value", "soldiers", "request: value 'soldiers'; accepted: to the CSTO, in part"),
        ("request", "date", "05.01.2022", "request: date '05.01.2022'; accepted: YYYY"),
        ("request", "case", "kazakstan", "request: no coded case of that name; accepted: batken-1999"),
        ("deployment", "date", None, "deployment: reached, but without a date"),
        ("deployment", "date", "2022-13-05", "deployment: date '2022-13-05'; accepted: YYYY"),
        ("objection", "variable", "objections", "objections: no such variable; accepted: request, asked_for"),
        ("objection", "variable", "request", "request: coded twice"),
    ],
)
def test_a_wrong_cell_is_refused_by_row_case_and_variable(codes, variable, column, value, message):
    here = codes.index[cell(codes, "kazakhstan-2022", variable)][0]
    codes.loc[here, column] = value
    where = f"case-codes.csv, row {here + 2}, {codes.loc[here, 'case']}, "
    with pytest.raises(ValueError, match=re.escape(where + message)):
        code_table(CASES, codes)


def test_a_missing_cell_and_a_case_without_codes_are_named(codes):
    with pytest.raises(ValueError, match="no code for rasht-2010, force$"):
        code_table(CASES, codes[~cell(codes, "rasht-2010", "force")])
    with pytest.raises(ValueError, match="no code for georgia-2008, request; georgia-2008, asked_for"):
        code_table(CASES, codes[codes["case"] != "georgia-2008"])


def test_every_cell_has_a_reason_and_sources(codes):
    empty = codes[codes[["note", "sources"]].isna().any(axis=1)]
    assert empty.empty, f"case-codes.csv, rows {list(empty.index + 2)}: note or sources are empty"


def test_variables_and_values_are_those_that_the_package_accepts():
    assert accepted("case-codes", "variable") == list(VARIABLES) and tuple(VARIABLES)[-5:] == RUNGS
    assert set(accepted("case-codes", "value")) == {value for _, values, _ in VARIABLES.values() for value in values}


def test_the_freeze_of_2024_is_no_request_and_has_no_code(codes):
    assert CASES.set_index("id").loc["armenia-2024", "kind"] == "consequence"
    assert "armenia-2024" not in set(codes["case"])


def test_the_table_gives_the_highest_rung_and_the_answer(table):
    for case, highest, answer in (
        ("kazakhstan-2022", "deployment", "soldiers"),
        ("batken-1999", "exercise", "short of soldiers"),
        ("armenia-2022", "fact_finding", "short of soldiers"),  # an offer is not reached
        ("border-2021", "fact_finding", "short of soldiers"),  # nor an exercise that was planned anyway
        ("rasht-2010", "none", "none or words"),
    ):
        assert table.loc[case, ["highest", "answer"]].tolist() == [highest, answer], case


# --- days


def test_days_run_from_the_request_and_may_be_negative(codes):
    days = days_to_answer(CASES, codes).set_index("short_name")
    assert days.loc["Kazakhstan 2022", ["first_days", "highest_days"]].tolist() == [0, 1]
    border = days.loc["Afghan border 2021", ["first_rung", "first_days", "highest", "highest_days"]]
    assert border.tolist() == ["fact_finding", -1, "fact_finding", -1]
    assert days.loc["Armenia 2020", "first_rung"] == "none" and pd.isna(days.loc["Armenia 2020", "first_days"])
    assert "Afghan border 2013" not in days.index, "its request has no date"


def test_no_dated_request_gives_an_empty_table(codes):
    codes.loc[codes["variable"] == "request", "date"] = None
    assert days_to_answer(CASES, codes).empty


# --- rules


def test_conditions_and_rules_refuse_what_they_do_not_know(table):
    with pytest.raises(ValueError, match="no condition 'luck'; accepted: asked of the CSTO"):
        meets(table, "luck")
    with pytest.raises(ValueError, match="a rule is a list of conditions"):
        apply_rule(table, "from outside")
    assert apply_rule(table, []).all()
    assert apply_rule(table, list(CONDITIONS)).sum() == 1


def soldiers_fit(table):
    """Rules of one or two conditions that get the soldiers right in every case."""
    return set(map(frozenset, rules_that_fit(table, table["answer"] == "soldiers", most=2)))


def test_any_two_of_three_conditions_fit_until_one_cell_is_coded_otherwise(codes, table):
    asked, risk, silence = "asked of the CSTO", "rulers at risk", "nobody objects"
    assert soldiers_fit(table) == {frozenset(pair) for pair in ((asked, risk), (asked, silence), (risk, silence))}
    for case, variable, value, lost in (
        ("kyrgyzstan-june-2010", "request", "to the CSTO", (asked, risk)),
        ("kyrgyzstan-2005", "objection", "none found", (risk, silence)),
        ("border-2013", "objection", "none found", (asked, silence)),
    ):
        changed = codes.copy()
        changed.loc[cell(codes, case, variable), "value"] = value
        assert frozenset(lost) not in soldiers_fit(code_table(CASES, changed)), f"{case}, {variable}"


# --- what the chapter types


def test_the_counts_in_words_are_those_of_the_tables(table):
    answers = table["answer"].value_counts()
    none, short, soldiers = (WORDS[answers[answer]] for answer in ANSWERS)
    learned = re.findall(r'"([^"]+)"', re.search(r"LEARN = \[(.+?)\]", CHAPTER, re.S)[1])
    conditions = len(VARIABLES) - len(RUNGS)
    for phrase in (
        f"compare* {WORDS[len(table)]} crises",
        f"in {WORDS[len(table) - 1]} other coded cases",
        f"{WORDS[len(VARIABLES)]} cells: {WORDS[conditions]} conditions, then {WORDS[len(RUNGS)]} rungs",
        f"{WORDS[conditions]} conditions and {WORDS[len(RUNGS)]} rungs",
        f"chart of {WORDS[len(table)]} cases and {WORDS[len(CONDITIONS)]} conditions",
        f"the {short} cases with a mission, aid or an exercise meet three each, the {none} with none or words",
        f"{WORDS[len(learned)]} cases are here to learn from",
    ):
        assert phrase in CHAPTER.lower(), f"comparison.md: the tables say {phrase!r}"
    assert soldiers == "one" and set(learned) <= set(table.index)
    assert "armenia-2022" not in learned, "the decision would be given away"


def test_what_the_chapter_says_of_the_requests_in_form(table):
    asked = table[table["request"] == "to the CSTO"]["asked_for"]
    assert set(asked.index[asked.isin(["soldiers", "left open"])]) == {"kazakhstan-2022", "armenia-2022"}
    before = asked.drop("armenia-2022").value_counts()
    count, equipment, talks = WORDS[before.sum()], WORDS[before["equipment"]], WORDS[before["talks"]]
    words = f"of the {count} requests in form up to August 2022 {equipment} asked for equipment and {talks} for talks"
    assert words in CHAPTER


def alternative_text(caption):
    for options, _, _ in code_cells(CHAPTER):
        if caption in options:
            return re.search(r'alt: "([^"]+)"', options)[1]
    raise AssertionError(f"no figure with the caption {caption!r}")


def numbers(text):
    months = "January|April|May|June|August|September|March"
    dates = rf"(?:(?:in|of) )?(?:\d{{1,2}} )?(?:{months})(?: \d{{4}})?|\b(?:19|20)\d\d\b(?!,)"
    return {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*\d|\d", re.sub(dates, "", text))}


def test_the_numbers_in_alternative_texts_are_in_the_tables(codes):
    days = days_to_answer(CASES, codes)
    known = {abs(int(day)) for day in pd.concat([days["first_days"], days["highest_days"]]).dropna()}
    assert numbers(alternative_text("Days from the request")) <= known
    reports = pd.read_csv(DATA / "reported-figures.csv")
    for caption, event in (
        ("Soldiers of the CSTO in Kazakhstan", "comparison-2022-01-06-deployment"),
        ("Deaths in the unrest", "comparison-2022-01-05-almaty"),
    ):
        rows = reports.loc[reports["event_id"] == event, ["low", "value", "high"]]
        assert numbers(alternative_text(caption)) == {int(number) for number in rows.stack().dropna()}, caption


def test_the_alternative_text_of_the_truth_table_is_true(table):
    met = pd.DataFrame({name: meets(table, name) for name in CONDITIONS}).sum(axis=1)
    text = alternative_text("Conditions and answer")
    assert list(met.index[met == len(CONDITIONS)]) == ["kazakhstan-2022"] and "Kazakhstan 2022" in text
    assert set(met[table["answer"] == ANSWERS[1]]) == {3} and "meet three each" in text
    assert set(met[table["answer"] == ANSWERS[0]]) == {1, 2, 3} and "one to three" in text
