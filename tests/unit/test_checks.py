"""What readers found who checked the book; rates and intervals; claims drawn at random."""

import pytest

from casebook.contents import source
from casebook.datapackage import rows, tables
from casebook.uses import cited_in
from press.__main__ import main
from press.model import checks

CHECKS = rows("checks")


@pytest.mark.parametrize(
    "faults, checked, low, high",
    [(0, 10, 0.0, 0.2775), (81, 263, 0.2553, 0.3662), (5, 5, 0.5655, 1.0)],
)
def test_intervals_are_those_of_wilson(faults, checked, low, high):
    # 81 of 263: R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I
    assert checks.interval(faults, checked) == pytest.approx((low, high), abs=5e-5)


def test_what_was_not_found_counts_neither_way():
    verdicts = [("a", "right"), ("a", "wrong"), ("a", "not found"), ("b", "in part"), ("c", "not found")]
    assert checks.rates(verdicts) == [
        ("a", "2", "0", "1", "1", "50 (9–91)", "50 (9–91)"),
        ("b", "1", "1", "0", "0", "0 (0–79)", "100 (21–100)"),
        ("c", "0", "0", "0", "1", "none found", "none found"),
    ]


def test_an_unknown_table_is_refused():
    with pytest.raises(ValueError, match="by='page'; accepted: draw, table, part, fault"):
        checks.rates_as_markdown("page")


@pytest.mark.parametrize("by", ["draw", "table", "part"])
def test_a_table_of_rates_counts_every_verdict_once(by):
    claims, rounds = [row for row in CHECKS if row["kind"] != "code"], checks.draws()
    if by == "table":
        claims = [row for row in claims if rounds[row["commit"]] in checks.LARGE]
    verdicts = [
        row[column] for row in claims for column in (checks.PARTS if by == "part" else ["verdict"]) if row[column]
    ]
    lines = [line.split(" | ") for line in checks.rates_as_markdown(by).splitlines()[3:-1]]
    assert sum(int(cell) for line in lines for cell in (line[1], line[4])) == len(verdicts)


def test_every_fault_has_its_outcome_and_every_change_says_what_it_was():
    for number, row in enumerate(CHECKS, start=2):
        where = f"data/checks.csv, row {number}"
        faulty = row["verdict"] in ("in part", "wrong")
        assert row["found"] or row["verdict"] in ("right", "not found"), f"{where}: nothing is said of the fault"
        assert row["then"] or not faulty, f"{where}: mended, kept or removed?"
        assert bool(row["change"]) == bool(row["then"]), f"{where}: change and then go together"
        assert row["then"] != "mended" or row["old"] != row["new"], f"{where}: mended, and nothing changed"
        worst = [row[part] for part in checks.PARTS if row[part] in ("wrong", "in part")]
        assert faulty or not worst, f"{where}: {row['verdict']}, and a part is {worst[0]}"


def test_every_claim_checked_is_of_a_table_or_page_that_exists():
    for name in {row["table"] for row in CHECKS}:
        assert name in tables() or source(name), name


def test_the_same_seed_draws_the_same_claims_and_another_seed_others():
    drawn = checks.draw("0123abc", 8, 12)
    assert drawn == checks.draw("0123abc", 8, 12) != checks.draw("0123abd", 8, 12)
    assert [each.table in tables() for each in drawn] == [True] * 8 + [False] * 12


def test_a_claim_is_at_its_line_with_its_sources():
    last = checks.row_claims()[-1]
    assert last.line == len(rows(last.table)) + 1 and set(last.keys) == set(cited_in(rows(last.table)[-1]))
    for claim in checks.sentence_claims()[::50]:
        assert source(claim.table).splitlines()[claim.line - 1] == claim.words and claim.keys


def test_a_worksheet_names_each_claim_and_its_sources(capsys):
    main(["draw", "0123abc", "--rows", "2", "--sentences", "1"])
    written = capsys.readouterr().out
    assert [written.count(f"## {number}. ") for number in (1, 2, 3, 4)] == [1, 1, 1, 0] and "\n* " in written
