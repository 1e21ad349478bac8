"""The comparison: codes that are refused, days, rules, and every number that the chapter types."""

import json
import re

import pandas as pd
import pytest
from casebook.cases import ANSWERS, CONDITIONS, RUNGS, VARIABLES, apply_rule, code_table, days_to_answer, meets
from conftest import BOOK
from pages import code_cells

DATA = BOOK / "data"
CHAPTER = (BOOK / "chapters" / "comparison.md").read_text(encoding="utf-8")
WORDS = {"one": 1, "two": 2, "three": 3, "five": 5, "six": 6, "nine": 9, "ten": 10, "eleven": 11, "fourteen": 14, "sixteen": 16, "seventeen": 17}


@pytest.fixture
def cases():
    return pd.read_csv(DATA / "cases.csv")


@pytest.fixture
def codes():
    return pd.read_csv(DATA / "case-codes.csv", dtype=str)


@pytest.fixture
def table(cases, codes):
    return code_table(cases, codes)


def cell(codes, case, variable):
    return (codes["case"] == case) & (codes["variable"] == variable)


# --- the codes


def test_every_cell_has_a_reason_and_sources(codes):
    assert codes[["note", "sources"]].notna().all(axis=None)


@pytest.mark.parametrize(
    "case, variable, column, value, message",
    [
        ("kazakhstan-2022", "request", "value", "soldiers", "kazakhstan-2022, request: value 'soldiers'; accepted: to the CSTO, in part"),
        ("kazakhstan-2022", "request", "case", "kazakstan-2022", "kazakstan-2022, request: no coded case of that name; accepted: batken-1999"),
        ("armenia-2022", "objection", "variable", "objections", "armenia-2022, objections: no such variable; accepted: request, asked_for"),
        ("armenia-2022", "objection", "variable", "request", "armenia-2022, request: coded twice"),
        ("kazakhstan-2022", "deployment", "date", None, "kazakhstan-2022, deployment: reached, but without a date"),
        ("kazakhstan-2022", "deployment", "date", "2022-13-05", "kazakhstan-2022, deployment: date '2022-13-05'; accepted: YYYY"),
        ("kazakhstan-2022", "request", "date", "05.01.2022", "kazakhstan-2022, request: date '05.01.2022'; accepted: YYYY"),
    ],
)
def test_a_wrong_cell_is_refused_by_row_case_and_variable(cases, codes, case, variable, column, value, message):
    here = cell(codes, case, variable)
    row = codes.index[here][0] + 2
    codes.loc[here, column] = value
    with pytest.raises(ValueError, match=re.escape(f"case-codes.csv, row {row}, {message}")):
        code_table(cases, codes)


def test_a_missing_cell_and_a_case_without_codes_are_named(cases, codes):
    with pytest.raises(ValueError, match="no code for rasht-2010, force$"):
        code_table(cases, codes[~cell(codes, "rasht-2010", "force")])
    with pytest.raises(ValueError, match="no code for georgia-2008, request; georgia-2008, asked_for"):
        code_table(cases, codes[codes["case"] != "georgia-2008"])


def test_the_freeze_of_2024_is_no_request_and_has_no_code(cases, codes):
    freeze = cases.set_index("id").loc["armenia-2024"]
    assert freeze["kind"] == "consequence" and "armenia-2024" not in set(codes["case"])


def test_the_table_gives_the_highest_rung_and_the_answer(table):
    assert table.loc["kazakhstan-2022", ["highest", "answer"]].tolist() == ["deployment", "soldiers"]
    assert table.loc["batken-1999", ["highest", "answer"]].tolist() == ["exercise", "short of soldiers"]
    assert table.loc["armenia-2022", ["highest", "answer"]].tolist() == ["fact_finding", "short of soldiers"], "an offer is not reached"
    assert table.loc["rasht-2010", ["highest", "answer"]].tolist() == ["none", "none or words"]
    assert tuple(VARIABLES)[-5:] == RUNGS


def test_variables_and_values_are_those_that_the_package_accepts():
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    fields = next(each["schema"]["fields"] for each in package["resources"] if each["name"] == "case-codes")
    accepted = {field["name"]: field["constraints"]["enum"] for field in fields if "enum" in field.get("constraints", {})}
    assert accepted["variable"] == list(VARIABLES)
    assert set(accepted["value"]) == {value for _, values, _ in VARIABLES.values() for value in values}


# --- days


def test_days_run_from_the_request_and_may_be_negative(cases, codes):
    days = days_to_answer(cases, codes).set_index("short_name")
    assert days.loc["Kazakhstan 2022", ["first_days", "highest_days"]].tolist() == [0, 1]
    assert days.loc["Afghan border 2021", ["first_rung", "first_days", "highest", "highest_days"]].tolist() == ["fact_finding", -1, "exercise", 103]
    assert days.loc["Armenia 2020", "first_rung"] == "none" and pd.isna(days.loc["Armenia 2020", "first_days"])
    assert "Afghan border 2013" not in days.index, "its request has no date"


def test_no_dated_request_gives_an_empty_table(cases, codes):
    codes.loc[codes["variable"] == "request", "date"] = None
    assert days_to_answer(cases, codes).empty


# --- rules


def test_conditions_and_rules_refuse_what_they_do_not_know(table):
    with pytest.raises(ValueError, match="no condition 'luck'; accepted: asked of the CSTO"):
        meets(table, "luck")
    with pytest.raises(ValueError, match="a rule is a list of conditions"):
        apply_rule(table, "from outside")
    assert apply_rule(table, []).all()
    assert apply_rule(table, list(CONDITIONS)).sum() == 1


def rules_that_fit(table):
    soldiers = table["answer"] == "soldiers"
    rules = [[name] for name in CONDITIONS] + [[a, b] for a in CONDITIONS for b in CONDITIONS if a < b]
    return {frozenset(rule) for rule in rules if (apply_rule(table, rule) == soldiers).all()}


def test_what_the_chapter_says_of_the_rules(cases, codes, table):
    asked, risk, silence = "asked of the CSTO", "rulers at risk", "nobody objects"
    assert rules_that_fit(table) == {frozenset(pair) for pair in ((asked, risk), (asked, silence), (risk, silence))}
    for case, variable, value, lost in (
        ("kyrgyzstan-june-2010", "request", "to the CSTO", (asked, risk)),
        ("kyrgyzstan-2005", "objection", "none found", (risk, silence)),
        ("border-2013", "objection", "none found", (asked, silence)),
    ):
        changed = codes.copy()
        changed.loc[cell(codes, case, variable), "value"] = value
        assert frozenset(lost) not in rules_that_fit(code_table(cases, changed)), f"{case}, {variable}"


def test_what_the_chapter_says_of_the_requests(table):
    asked = table[table["request"] == "to the CSTO"]
    assert len(asked) == WORDS["five"] and set(asked.index[asked["asked_for"].isin(["soldiers", "left open"])]) == {"kazakhstan-2022", "armenia-2022"}
    before = asked.drop("armenia-2022").drop("kazakhstan-2022")["asked_for"].value_counts()
    assert (before["equipment"], before["talks"]) == (WORDS["two"], WORDS["one"])


# --- what the chapter types


def test_the_counts_in_words_are_those_of_the_tables(cases, table):
    answers = table["answer"].value_counts()
    assert len(table) == WORDS["seventeen"] and answers["soldiers"] == 1
    assert (answers[ANSWERS[0]], answers[ANSWERS[1]]) == (WORDS["eleven"], WORDS["five"])
    assert len(VARIABLES) == WORDS["fourteen"] and len(RUNGS) == WORDS["five"] and len(VARIABLES) - len(RUNGS) == WORDS["nine"]
    for phrase in ("seventeen", "sixteen other coded cases", "nine conditions and five rungs"):
        assert phrase in CHAPTER
    learned = re.findall(r'"([^"]+)"', re.search(r"LEARN = \[(.+)\]", CHAPTER)[1])
    assert len(learned) == WORDS["ten"] and set(learned) <= set(table.index)
    assert "armenia-2022" not in learned, "the decision would be given away"


def alternative_text(caption):
    for options, _, _ in code_cells(CHAPTER):
        if caption in options:
            return re.search(r'alt: "([^"]+)"', options)[1]
    raise AssertionError(f"no figure with the caption {caption!r}")


def numbers(text):
    years = re.sub(r"(?:(?:in|of) )?(?:\d{1,2} )?(?:January|April|May|June|August|September|March)(?: \d{4})?|\b(?:19|20)\d\d\b(?!,)", "", text)
    return {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*\d|\d", years)}


def test_the_numbers_in_alternative_texts_are_in_the_tables(cases, codes):
    reports = pd.read_csv(DATA / "reported-figures.csv")
    days = days_to_answer(cases, codes)
    known = {abs(int(day)) for day in pd.concat([days["first_days"], days["highest_days"]]).dropna()}
    assert numbers(alternative_text("Days from the request")) <= known
    for caption, event in (("Soldiers of the CSTO in Kazakhstan", "comparison-2022-01-06-deployment"), ("Deaths in the unrest", "comparison-2022-01-05-almaty")):
        rows = reports[reports["event_id"] == event]
        assert numbers(alternative_text(caption)) == {int(number) for number in rows[["low", "value", "high"]].stack().dropna()}, caption


def test_the_alternative_text_of_the_truth_table_is_true(table):
    met = pd.DataFrame({name: meets(table, name) for name in CONDITIONS}).sum(axis=1)
    text = alternative_text("Conditions and answer")
    assert (met == len(CONDITIONS)).sum() == 1 and "Kazakhstan 2022" in text
    assert set(met[table["answer"] == ANSWERS[1]]) == {3} and "meet three each" in text
    assert set(met[table["answer"] == ANSWERS[0]]) == {1, 2, 3} and "one to three" in text
