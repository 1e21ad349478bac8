"""The comparison: codes that are refused, rules and agreement by hand, and every count that the chapter types."""

import re

import pandas as pd
import pytest
from support.outputs import in_notebook, printed
from support.pages import code_cells

from casebook.cases import (
    ANSWERS,
    CODED,
    CONDITIONS,
    READINGS,
    RUNGS,
    VARIABLES,
    agreement,
    code_table,
    conditions_met,
    necessity,
    recode,
    rule_fits,
    rules_that_fit,
    single_flips,
    soldiers_sent,
)
from casebook.contents import DATA, source
from casebook.datapackage import accepted
from casebook.documents import documents
from casebook.recoding import COLUMNS, code_it_yourself

CHAPTER = source("chapters/comparison")
CASES = pd.read_csv(DATA / "cases.csv").set_index("id", drop=False)
COUNTED = CASES[CASES["kind"] == "case"]
CODES = pd.read_csv(DATA / "case-codes.csv", dtype=str)
TABLE = code_table(CASES, CODES)
MET, ACTED = conditions_met(TABLE), soldiers_sent(TABLE)
EVENTS = pd.read_csv(DATA / "events.csv").set_index("id")
DECISION = "2022-09-13"
NUMBERS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
WORDS = NUMBERS.split()
ASKED, RISK, SILENCE = "asked of the CSTO", "rulers at risk", "nobody objects"
RULES = [(ASKED, RISK, SILENCE), (ASKED, RISK, "no soldiers of Russia alone")]


# --- codes that are refused


@pytest.mark.parametrize(
    "variable, column, value, message",
    [
        ("request", "value", "soldiers", "value 'soldiers'; accepted: to the CSTO, to a member, none found, unclear"),
        ("request", "second", None, "second nan; accepted: to the CSTO, to a member, none found, unclear"),
        ("deployment", "date", None, "reached, but without a date; accepted: YYYY, YYYY-MM or YYYY-MM-DD"),
        ("request", "case", "zhanaozen-2011", "no coded case of that name; accepted: batken-1999, batken-2000, "),
        ("objection", "variable", "objections", "no such variable; accepted: request, asked_by, "),
        ("objection", "first", "a member", "the passes differ from each other or from the value; say why"),
        ("objection", "value", "a member", "the passes differ from each other or from the value; say why"),
    ],
)
def test_a_wrong_cell_is_refused_by_file_row_case_and_variable(variable, column, value, message):
    codes = CODES.copy()
    here = codes.index[(codes["case"] == "kazakhstan-2022") & (codes["variable"] == variable)][0]
    codes.loc[here, column] = value
    where = f"case-codes.csv, row {here + 2}, {codes.loc[here, 'case']}, {codes.loc[here, 'variable']}: "
    with pytest.raises(ValueError, match=re.escape(where + message)):
        code_table(CASES, codes)


def test_a_missing_cell_a_case_without_codes_and_a_cell_coded_twice_are_named():
    here = (CODES["case"] == "rasht-2010") & (CODES["variable"] == "exercise")
    with pytest.raises(
        ValueError, match="case-codes.csv: one code .* is needed; there are 0 for rasht-2010, exercise$"
    ):
        code_table(CASES, CODES[~here])
    with pytest.raises(ValueError, match="there are 0 for georgia-2008, request; 0 for georgia-2008, asked_by; "):
        code_table(CASES, CODES[CODES["case"] != "georgia-2008"])
    with pytest.raises(ValueError, match="there are 2 for rasht-2010, exercise$"):
        code_table(CASES, pd.concat([CODES, CODES[here]]))


@pytest.mark.parametrize(
    "case, variable, value, message",
    [
        ("zhanaozen-2011", "request", "unclear", "no case 'zhanaozen-2011'; accepted: batken-1999, "),
        ("rasht-2010", "answer", "soldiers", "rasht-2010, answer: no such variable; accepted: request, asked_by, "),
        ("rasht-2010", "request", "no", "rasht-2010, request: value 'no'; accepted: to the CSTO, to a member, none"),
    ],
)
def test_a_recoding_is_refused_with_what_is_accepted(case, variable, value, message):
    with pytest.raises(ValueError, match=message):
        recode(TABLE, {(case, variable): value})


def test_a_recoding_changes_the_answer_and_leaves_the_old_table():
    cases = ["rasht-2010", "kazakhstan-2022"]
    changed = recode(TABLE, {(cases[0], "deployment"): "decided", (cases[1], "deployment"): "offered"})
    assert changed.loc[cases, "answer"].tolist() == ["soldiers", "none or words"]
    assert TABLE.loc[cases, "answer"].tolist() == ["none or words", "soldiers"]


# --- rules and agreement, worked out by hand


@pytest.fixture
def four():
    """Four cases with each combination of two conditions; the alliance acts where both are met."""
    met = pd.DataFrame({"asked": [True, True, False, False], "at risk": [True, False, True, False]}, index=[*"abcd"])
    return met, met.all(axis=1)


def test_rules_are_scored_by_the_cases_that_they_name(four):
    met, acted = four
    met["never"] = False
    fits = rule_fits(met, acted, 2, names=pd.Series([*"ABCD"], index=met.index)).set_index("rule")
    assert list(fits.index)[:3] == ["asked and at risk", "asked", "at risk"], "the fewest wrong first, then short ones"
    assert fits.loc["asked and at risk"].tolist() == [1, 1, 1, "no case", 0]
    assert fits.loc["asked"].tolist() == [2, 0.5, 1, "B", 1]
    assert pd.isna(fits.loc["never", "consistency"]) and fits.loc["never", "broken by"] == "A"
    assert rules_that_fit(met, acted, 2) == [("asked", "at risk")] and rules_that_fit(met, acted, 1) == []


def test_necessity_is_the_share_of_what_happened_and_of_what_could_lack_it(four):
    met, acted = four
    acted = acted | met["asked"]  # a and b; of c and d neither was asked, and of b, c and d two had no risk
    found = necessity(met, acted).set_index("condition")
    assert found.loc["asked"].tolist() == [2, 1, 1]
    assert found.loc["at risk"].tolist() == [2, 0.5, pytest.approx(2 / 3)]


def test_each_single_flip_says_which_rules_it_loses_and_wins(four):
    flips = single_flips(*four, most=2).set_index(["cell", "case"])
    both, one, other = ("asked", "at risk"), ("asked",), ("at risk",)
    assert flips["left"].tolist() == [0, 2, 0, 1] + [0, 0, 2, 1] + [0, 1, 1, 0]
    assert [place for place, won in flips["won"].items() if won == [one]] == [("asked", "b"), ("soldiers", "b")]
    assert [place for place, won in flips["won"].items() if won == [other]] == [("at risk", "c"), ("soldiers", "c")]
    kept = [place for place, lost in flips["lost"].items() if lost != [both]]
    assert kept == [("asked", "b"), ("asked", "d"), ("at risk", "c"), ("at risk", "d")]


def test_agreement_is_counted_and_corrected_for_chance_where_two_values_are_used(monkeypatch):
    monkeypatch.setattr("casebook.cases.VARIABLES", {"request": (), "two_members": ()})
    pairs = {"request": ["aa", "aa", "bb", "ab"], "two_members": ["nn", "nn", "nn", "nn"]}
    rows = [(variable, *pair) for variable, both in pairs.items() for pair in both]
    found = agreement(pd.DataFrame(rows, columns=["variable", "first", "second"])).set_index("variable")
    assert found.loc["request", ["cells", "same", "percent", "prevailing"]].tolist() == [4, 3, 75, "a: 5 of 8"]
    assert found.loc["request", "alpha"] == pytest.approx(1 - (2 / 8) / (2 * 5 * 3 / (8 * 7)))
    assert found.loc["two members", "percent"] == 100 and pd.isna(found.loc["two members", "alpha"])


# --- the codes of the book


def test_the_package_accepts_exactly_the_values_of_the_variables():
    named = {each for values in VARIABLES.values() for each in values}
    for place in (("case-codes", "value"), ("case-codes", "first"), ("case-codes", "second"), ("case-passes", "value")):
        assert set(accepted(*place)) == named, f"datapackage.json, {': '.join(place)}"


def test_the_last_variables_are_the_rungs_from_low_to_high():
    assert tuple(VARIABLES)[-len(RUNGS) :] == RUNGS


def test_both_passes_are_those_that_were_stored_and_each_names_what_it_searched():
    passes = pd.read_csv(DATA / "case-passes.csv", dtype=str)
    stored = passes.pivot(index=["case", "variable"], columns="pass", values="value")
    shown = CODES.set_index(["case", "variable"])[["first", "second"]]
    assert stored.reindex(shown.index).equals(shown.rename_axis(columns="pass")) and len(stored) == len(shown)
    searched = passes.loc[passes["variable"] == "request", "queries"]
    assert len(searched) == 2 * CASES["kind"].isin(CODED).sum() and searched.notna().all()


def test_a_decision_names_the_pass_that_it_follows_and_no_other():
    for row in CODES[CODES["decision"].notna()].itertuples():
        follows = {"The first": row.first, "The second": row.second}
        right = [words for words, value in follows.items() if value == row.value and row.first != row.second]
        named = [words for words in follows if row.decision.startswith(words)]
        assert named == right, f"case-codes.csv, row {row.Index + 2}: {row.decision!r}"


def test_a_window_is_open_for_at_most_90_days_or_says_why_not():
    coded = CASES[CASES["kind"].isin(CODED)]
    length = pd.to_datetime(coded["window_end"]) - pd.to_datetime(coded["date_onset"])
    assert length.min() >= pd.Timedelta(days=30)
    longer = list(coded.index[length > pd.Timedelta(days=90)])
    assert longer == ["border-2013"]
    (rule,) = re.findall(r"^\*Window\.\* .+(?:\n.+)*", CHAPTER, re.M)
    explained = coded.loc["border-2013", "short_name"] in rule or "window" in coded.loc["border-2013", "reason"]
    assert explained, "border-2013: neither the rule of windows nor the column `reason` says why it is open longer"


def test_every_date_lies_in_the_window_of_its_case_but_that_of_an_older_plan():
    for row in CODES[CODES["date"].notna()].itertuples():
        date = pd.Period(row.date)  # a day, a month or a year
        opens, closes = CASES.loc[row.case, ["date_onset", "window_end"]]
        begun = pd.Timestamp(opens) <= date.end_time or row.value == "planned"
        inside = begun and date.start_time <= pd.Timestamp(closes)
        assert inside, f"case-codes.csv, row {row.Index + 2}: {row.date} is not from {opens} to {closes}"


def test_a_condition_counts_until_a_rung_above_consultation_was_decided():
    """A step before the request does not end the window; what Russia did alone counts over all of it."""
    conditions = [each for each in VARIABLES if each not in (*RUNGS, "russia_alone")]
    dates = CODES.set_index(["case", "variable"])["date"].dropna()
    for case, rung in TABLE.loc[~TABLE["highest"].isin(["none", "consultation"]), "highest"].items():
        decided = pd.Period(dates[case, rung]).end_time
        of_case = dates[case]
        late = [each for each in conditions if each in of_case and pd.Period(of_case[each]).start_time > decided]
        assert late == [] or "request" in late, f"{case}: {late} are later than the answer"


# --- what the codes say


def fitting(table, reading=({}, {}), most=3):
    """The rules that fit the codes of a table, or another reading of them."""
    conditions, changes = reading
    table = recode(table, changes)
    return rules_that_fit(conditions_met(table, CONDITIONS | conditions), soldiers_sent(table), most)


def test_the_table_gives_the_highest_rung_and_the_answer():
    for case, highest, answer in (
        ("kazakhstan-2022", "deployment", "soldiers"),
        ("batken-1999", "exercise", "short of soldiers"),
        ("armenia-2022", "fact_finding", "short of soldiers"),  # an offer is not reached
        ("border-2021", "fact_finding", "short of soldiers"),  # nor an exercise that was planned anyway
        ("kyrgyzstan-april-2010", "consultation", "none or words"),
        ("rasht-2010", "none", "none or words"),
    ):
        assert TABLE.loc[case, ["highest", "answer"]].tolist() == [highest, answer], case
    assert list(TABLE.index) == list(COUNTED.index) and len(TABLE) == 25
    more = code_table(CASES, CODES, kinds=CODED).drop(TABLE.index)["answer"]
    assert more.to_dict() == {"armenia-1992": "none or words", "tajikistan-1993": "soldiers"}


def test_two_rules_fit_and_none_of_two_conditions():
    assert list(ACTED.index[ACTED]) == ["kazakhstan-2022"]
    assert fitting(TABLE) == RULES and fitting(TABLE, most=2) == []
    broken = rule_fits(MET, ACTED, 2, TABLE["short_name"]).set_index("rule")["broken by"]
    assert broken[f"{ASKED} and {RISK}"] == "Kyrgyzstan April 2010"


def test_the_rules_live_under_either_pass_and_die_with_1993():
    assert fitting(code_table(CASES, CODES, "first")) == fitting(code_table(CASES, CODES, "second")) == RULES
    assert fitting(code_table(CASES, CODES, kinds=CODED)) == []


def test_other_readings_keep_the_core_or_leave_no_rule():
    found = {words: fitting(TABLE, reading) for words, reading in READINGS.items()}
    assert [len(rules) for rules in found.values()] == [0, 2, 2, 1, 1, 5, 1]
    assert all({ASKED, RISK} <= set(rule) for rules in found.values() for rule in rules)
    fallen = next(rules for words, rules in found.items() if "fallen" in words)
    assert fallen[0] == (ASKED, RISK), "without the request of April 2010 no third condition is needed"


def test_the_rules_that_a_marked_memo_counts_are_those_of_the_data():
    april = "kyrgyzstan-april-2010"
    changes = ({}, {(april, "request"): "unclear"}, {(april, "objection"): "none found"})
    assert [len(fitting(TABLE, ({}, each))) for each in changes] == [2, 5, 1]


# --- what the chapter types


def test_the_counts_in_words_are_those_of_the_tables():
    short, more = MET.sum(axis=1)[TABLE["answer"] == ANSWERS[1]], TABLE["answer"] != ANSWERS[0]
    risk, asked, silent = (MET[each] for each in (RISK, ASKED, SILENCE))
    alone = TABLE["russia_alone"] == "soldiers"
    fallen = (COUNTED.loc[risk.index[risk], "member"] == "Kyrgyzstan").sum()
    conditions, rules = WORDS[len(CONDITIONS)], WORDS[len(fitting(TABLE))]
    for phrase in (
        f"soldiers of the csto went to kazakhstan; in {len(TABLE) - 1} other crises they did not",
        f"in kyrgyzstan alone {WORDS[fallen]} presidents fell",
        f"{WORDS[(COUNTED['date_onset'] > DECISION).sum()]} more crises came, and no soldiers",
        f"{WORDS[(CASES['kind'] == CODED[1]).sum()]} cases of 1992 and 1993 are coded and not counted",
        f"in {WORDS[(risk & ~asked).sum()]} of the others the alliance was not asked",
        f"{WORDS[(risk & ACTED).sum()]} of {WORDS[risk.sum()]}, but {WORDS[(risk & ACTED).sum()]} of "
        f"{WORDS[(risk & asked).sum()]} that asked",
        f"of those who asked {WORDS[(asked & more).sum()]} in {WORDS[asked.sum()]} got more than words; "
        f"of the others {WORDS[(~asked & more).sum()]} in {WORDS[(~asked).sum()]}",
        f"in {WORDS[(alone & ~ACTED).sum()]} cases russia sent its own and the alliance did not",
        f"objections in {WORDS[(~silent).sum()]} cases",
        f"we test {conditions} conditions.",
        f"only kazakhstan meets all {conditions} conditions",
        f"{rules} rules fit all cases, and they share a core",
        f"{rules} rules with up to three conditions fit all cases",
        f"chart of {len(TABLE)} cases and {conditions} conditions",
        f"{WORDS[len(short)]} cases with a mission, aid or an exercise meet {words_of_range(short)}",
        f"{WORDS[len(VARIABLES) - len(RUNGS)]} conditions and {WORDS[len(RUNGS)]} rungs",
        f"the answer climbs {WORDS[len(RUNGS)]} rungs",
    ):
        assert phrase in CHAPTER.lower(), f"comparison.md: the tables say {phrase!r}"


def words_of_range(counts):
    """Least and most of some counts, as in "three or four" and "one to four"."""
    least, most = counts.min(), counts.max()
    return f"{WORDS[least]} {'or' if most == least + 1 else 'to'} {WORDS[most]}"


def test_other_counts_in_words_are_those_of_what_they_count():
    explanations = re.search(r"\{table\} (\w+) explanations, .+\n.+\n.+\n((?:\| .*\n)+)", CHAPTER)
    assert explanations[1].lower() == WORDS[len(explanations[2].splitlines())]
    assert f"\n{explanations[1]} explanations are on offer.\n" in CHAPTER
    sharper = re.search(r"^(\w+) rules were made sharper after the comparison, .+?: (.+)\.$", CHAPTER, re.M)
    assert sharper[1].lower() == WORDS[sharper[2].count(";") + 1]
    assert f"\n{sharper[1]} rules of coding had to be made sharper afterwards" in CHAPTER
    for heading, counted in (
        (r"(\w+) more disputes that change a code", r"^\* \*"),
        (r"(\w+) texts, five of them free", r"\{cite:t\}"),
        (r"(\w+) seminars, an essay, a debate", r"^\* \*\*Seminar"),
    ):
        fold = re.search(rf"\{{dropdown\}} {heading}\n(.*?)^:::$", CHAPTER, re.M | re.S)
        assert fold[1].lower() == WORDS[len(re.findall(counted, fold[2], re.M))], heading
    assert re.search(r"^\* Open access: .*$", CHAPTER, re.M)[0].count("{cite:t}") == 5
    assert f"**Documents.** {WORDS[len(documents('comparison'))].capitalize()}: " in CHAPTER


def test_the_task_of_finding_a_change_can_be_done():
    """The chapter asks for a code that leaves no rule, and for one that leaves a number of them."""
    flips = single_flips(MET, ACTED, most=3)
    left = set(flips.loc[flips["cell"] != "soldiers", "left"])
    task = r"one change that you can defend and that leaves no rule\. Then find one that leaves (\w+)\."
    wanted = {0, WORDS.index(re.search(task, CHAPTER)[1])}
    assert wanted <= left, f"single conditions leave {sorted(left)} rules"


def test_cases_to_guess_are_older_than_the_decision():
    learned = re.findall(r'"([^"]+)"', re.search(r"LEARN = \[(.+?)\]", CHAPTER, re.S)[1])
    letters = re.search(r'zip\("([A-Z]+)", LEARN\)', CHAPTER)[1]
    assert len(set(learned)) == len(learned) == len(letters)
    assert (COUNTED.loc[learned, "window_end"] < DECISION).all()


def test_only_one_request_for_soldiers_to_the_alliance_is_older_than_2022():
    asked = TABLE[(TABLE["request"] == "to the CSTO") & (TABLE["asked_for"] == "soldiers")]
    older = asked.index[COUNTED.loc[asked.index, "date_onset"] < "2022-01-01"]
    assert list(older) == ["kyrgyzstan-april-2010"]
    assert "Only one earlier request is reported to have done so." in CHAPTER


# --- alternative texts


def alternative_text(caption):
    for options, _, _ in code_cells(CHAPTER):
        if caption in options:
            return re.search(r'alt: "([^"]+)"', options)[1]
    raise AssertionError(f"no figure with the caption {caption!r}")


def test_the_alternative_text_of_the_timeline_has_the_years_of_its_events():
    labels = re.findall(r'^    "([\w-]+)": "', CHAPTER, re.M)
    dates = EVENTS.loc[labels, "date_start"]
    assert dates.is_monotonic_increasing and dates.max() <= DECISION, "nothing after the decision is shown before it"
    text = alternative_text("Crises and decisions")
    assert set(re.findall(r"\b(?:19|20)\d\d\b", text)) == set(dates.str[:4])


def test_the_alternative_text_of_the_conditions_is_true():
    count, text = MET.sum(axis=1), alternative_text("Conditions and answer")
    assert list(count.index[count == len(CONDITIONS)]) == ["kazakhstan-2022"]
    assert f"Kazakhstan 2022, the only case with soldiers, meets all {WORDS[len(CONDITIONS)]}" in text
    for answer, words in ((ANSWERS[1], "with a mission, aid or an exercise meet"), (ANSWERS[0], "with none or words")):
        assert f"{words} {words_of_range(count[TABLE['answer'] == answer])}" in text
    assert f"the {(TABLE['answer'] == ANSWERS[0]).sum()} with none or words" in text
    assert list(MET.index[~MET["from outside"]]) == ["khorog-2012"]
    assert "From outside is met in all cases but one" in text
    assert f"Conditions and answer, {len(TABLE)} cases." in CHAPTER


# --- code it yourself


def test_code_it_yourself_is_a_table_with_both_passes_in_a_notebook_and_in_an_edition(page, monkeypatch):
    block = code_it_yourself(CASES, CODES)
    versions = [in_notebook(block)]
    monkeypatch.setenv("CASEBOOK_OUTPUT", "page")
    versions.append(page.laid_out(printed(block)))
    for shown in versions:
        rows = {row.th.get_text(): [cell.get_text() for cell in row.select("td")] for row in shown.select("tbody tr")}
        assert len(rows) == CASES["kind"].isin(CODED).sum() and not shown.select("form, button, select, .recode-rules")
        objection = rows["Khorog 2012"][COLUMNS.index("objection")]
        assert objection == "the secretariat (passes: the secretariat; none found)"
