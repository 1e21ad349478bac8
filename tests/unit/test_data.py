"""Every fact has a source and a date that exists; what pages count is what the tables hold."""

import re
from collections import Counter
from datetime import date
from itertools import product

import pytest

from casebook.contents import BOOK, DATA, source
from casebook.datapackage import accepted, rows, tables
from casebook.membership import members
from casebook.references import KINDS, bibliography, kind_of
from casebook.tables import date_text
from casebook.uses import cited_in

ORIGINAL = ["Armenia", "Belarus", "Kazakhstan", "Kyrgyzstan", "Russia", "Tajikistan"]


def numbered(name):
    """Yield the place of each row of a table and the row."""
    for number, row in enumerate(rows(name), start=2):
        yield f"data/{name}.csv, row {number}", row


def reported(event, measure):
    return [row for row in rows("reported-figures") if (row["event_id"], row["measure"]) == (event, measure)]


def bounds(row):
    return [float(row[column]) for column in ("low", "value", "high") if row[column]]


# --- every table


def test_every_date_is_a_day_of_the_calendar():
    for name in tables():
        for where, row in numbered(name):
            for column, value in row.items():
                if column.startswith("date") and len(value) == 10:
                    assert date_text(value) != value, f"{where}, {column}: there is no {value}"


def keys_meant(text):
    """Words in brackets that look like source keys: `(ria-2007-10-06; csto-basic-facts)`."""
    for brackets in re.findall(r"\(([a-z0-9][a-z0-9;\s-]*)\)", text):
        words = re.split(r";\s*", brackets)
        if any(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", word) for word in words):
            yield from words


def test_every_source_key_is_in_the_bibliography():
    unknown = [
        f"{where}: no source {key!r} in references.bib"
        for name in tables()
        for where, row in numbered(name)
        for key in [*cited_in(row), *(key for text in row.values() for key in keys_meant(text))]
        if key not in bibliography()
    ]
    assert not unknown, "\n".join(unknown)


def test_every_source_says_its_kind_language_and_how_much_was_read():
    for key, entry in bibliography().items():
        assert kind_of(entry) in KINDS, f"references.bib, {key}: keywords must begin with one of {sorted(KINDS)}"
        for field in ("note", "langid"):
            assert entry.fields.get(field), f"references.bib, {key}: {field} is needed"
        assert entry.fields.get("url", "http").startswith("http"), f"references.bib, {key}: url is no address"


def test_every_source_is_dated_in_one_field_as_far_as_its_day_is_known():
    for key, entry in bibliography().items():
        day = entry.fields.get("date", "1992-05-15")
        assert date.fromisoformat(day + "-01" * (2 - day.count("-"))), f"references.bib, {key}"
        other = {"year", "month", "journal", "address"} & set(entry.fields)
        assert not other, f"references.bib, {key}: {other} is not of biblatex"


def test_no_page_of_an_armed_group_is_linked():
    texts = [BOOK / "references.bib", BOOK / "index.md", *DATA.glob("*.csv")]
    for path in [*texts, *BOOK.glob("chapters/*.md"), *BOOK.glob("quizzes/*.yml")]:
        text = path.read_text(encoding="utf-8").lower()
        assert "kavkazcenter." not in text, f"{path.name}: quote a news agency instead"


# --- single tables


@pytest.mark.parametrize(
    "name, columns",
    [
        ("reported-figures", ("low", "value", "high")),
        ("conflict-deaths", ("low", "best", "high")),
        ("aid", ("usd_million", "usd_million_high")),
        ("aid", ("from_year", "to_year")),
    ],
)
def test_bounds_are_in_order(name, columns):
    for where, row in numbered(name):
        given = [float(row[column]) for column in columns if row[column]]
        assert given == sorted(given), f"{where}: {', '.join(columns)} are not in order"


def test_every_reported_figure_has_a_subject_and_a_number():
    for where, row in numbered("reported-figures"):
        assert row["event_id"] or row["force_id"], f"{where}: needs an event_id or a force_id"
        assert bounds(row), f"{where}: low, value and high are all empty"


def test_every_event_has_a_kind_in_use_and_names_each_party_once():
    assert sorted(accepted("events", "kind")) == sorted({row["kind"] for row in rows("events")})
    for where, row in numbered("events"):
        parties = row["parties"].split(";")
        assert len(parties) == len(set(parties)), f"{where}: a party appears twice in {row['parties']!r}"


def test_every_place_is_used():
    used = {row["place"] for name in ("events", "border-points") for row in rows(name)}
    assert sorted({row["name"] for row in rows("places")} - used) == []


def test_every_reading_of_the_facts_finds_each_rule_once():
    table = rows("rules")
    readings = product(*({row[column] for row in table} - {"any"} for column in ("rules_of", "who_fights", "it_is")))
    for year, who, what in readings:
        of_year = [row for row in table if row["rules_of"] == year]
        fits = [row for row in of_year if row["who_fights"] in ("any", who) and row["it_is"] in ("any", what)]
        found = sorted(row["rule"] for row in fits)
        assert found == sorted({row["rule"] for row in of_year}), f"data/rules.csv: {year}, {who}, {what}: {found}"


def test_aid_keeps_two_statements_apart_and_no_range_is_of_one_number():
    statements = [row for row in rows("aid") if row["usd_million"] == "122" and row["word_of"] == "donor"]
    assert len(statements) == 2, "the two statements on 122 million are two rows"
    assert [row for row in rows("aid") if row["usd_million"] == row["usd_million_high"] != ""] == []


# --- membership


def test_disputed_dates_stay_separate_rows():
    kept = {(row["state"], row["event"], row["date"], row["standing"]) for row in rows("membership")}
    assert kept >= {
        ("Georgia", "acceded", "1993-12-09", "accepted"),
        ("Georgia", "acceded", "1993-09-09", "disputed"),
        ("Turkmenistan", "signed", "1992-05-15", "disputed"),
        ("Kyrgyzstan", "not_signed", "1992-05-15", "disputed"),
        ("Treaty", "treaty_in_force", "1995", "disputed"),
    }


def test_every_state_has_one_accepted_date_for_each_step():
    steps = Counter((row["state"], row["event"]) for row in rows("membership") if row["standing"] == "accepted")
    assert [step for step, count in steps.items() if count > 1] == []


def test_the_members_of_a_day_follow_from_the_accepted_steps():
    assert members("2006-01-01") == ORIGINAL
    assert members("2010-06-14") == [*ORIGINAL, "Uzbekistan"], "which had returned in 2006"
    assert members("2021-12-31") == ORIGINAL, "without Uzbekistan, suspended since 2012"


# --- what pages count


def test_counts_written_out_in_the_rasht_chapter_are_those_of_the_tables():
    page = source("chapters/rasht-insurgency")
    ambush = reported("rasht-2010-09-19-kamarob-ambush", "deaths")
    numbers = {int(row["value"] or row["low"]) for row in ambush}
    assert (len(numbers), min(numbers), max(numbers)) == (9, 5, 40) and "Nine numbers, from 5 to 40" in page
    assert max(bound for row in ambush for bound in bounds(row)) == 40, "80 was the size of the convoy"
    codes = Counter((row["framing"], row["side"] == "government") for row in rows("framings"))
    external, domestic = codes["external", True], codes["domestic", False]
    assert (external, external + codes["external", False]) == (8, 11)
    assert "from the government in eight of eleven cases" in page
    assert f"domestic ones from others in {domestic} of {domestic + codes['domestic', True]}" in page
    assert codes["not said", True] + codes["not said", False] == 8 and "eight statements do not say" in page


def test_the_sectors_of_one_night_add_up_to_the_total_that_was_given():
    night = "border-2021-07-05-1037-soldiers"
    sectors = {row["note"]: int(row["value"]) for row in reported(night, "soldiers_crossed_sector")}
    total = [int(row["value"]) for row in reported(night, "soldiers_crossed")]
    assert [sum(sectors.values())] == total == [1037]
    unknown = set(sectors) - {row["place"] for row in rows("border-points")}
    assert not unknown, f"sectors that are no border points: {sorted(unknown)}"


def test_counts_written_out_in_the_border_chapter_are_those_of_the_tables():
    page, figures = source("chapters/afghan-border-2021"), rows("reported-figures")
    july = [row for row in figures if row["measure"] == "soldiers_crossed_total" and row["date_reported"] < "2021-08"]
    printed = [int(row["value"] or row["low"] or row["high"]) for row in july if row["date_reported"] != "2021-07-04"]
    assert (min(printed), max(printed)) == (1500, 1600)
    assert "Totals of that month in print run from 1,500 to 1,600" in page
    fighters = [row for row in figures if row["measure"] == "fighters_reported"]
    numbers = [bound for row in fighters for bound in bounds(row)]
    assert (len(fighters), min(numbers), max(numbers)) == (9, 1000, 10000)
    assert "Nine reports from 2014 to 2023 run from 1,000 to over 10,000" in page
    told = {row["id"]: row["summary"] for row in rows("events")}
    lost, given = told["border-2021-07-05-districts"], told["border-2021-07-28-arsalon"]
    both = [name for name in ("Kuf Ab", "Khwahan", "Maymay", "Nusay", "Shikay") if name in lost and name in given]
    assert len(both) == 4 and "four of the five are among them" in page
    assert max(row["date"] for row in rows("program-steps")).startswith("2026-06")
    assert "the last report, of June 2026, names no delivery" in page
