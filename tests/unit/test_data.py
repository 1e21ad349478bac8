"""The data tables are what datapackage.json says, and every fact has a source."""

import csv
import json
import re
from collections import Counter
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from casebook.references import bibliography
from casebook.usage import cited_in
from frictionless import Package

BOOK = Path(__file__).resolve().parents[1]
DATA = BOOK / "data"
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
TABLES = [resource["path"] for resource in PACKAGE["resources"] if resource["path"].endswith(".csv")]


def rows(table):
    with open(DATA / table, encoding="utf-8", newline="") as file:
        return list(enumerate(csv.DictReader(file), start=2))


def test_the_data_package_is_valid():
    report = Package(str(DATA / "datapackage.json")).validate()
    problems = [
        f"{task.place}, row {error.row_number if hasattr(error, 'row_number') else '?'}: {error.message}"
        for task in report.tasks
        for error in task.errors
    ]
    assert report.valid, "\n".join(problems + [error.message for error in report.errors])


def test_every_table_of_the_folder_is_in_the_package():
    assert sorted(path.name for path in DATA.glob("*.csv")) == sorted(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_date_is_a_day_of_the_calendar(table):
    for number, row in rows(table):
        for column, value in row.items():
            if column.startswith("date") and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                try:
                    date.fromisoformat(value)
                except ValueError as error:
                    pytest.fail(f"data/{table}, row {number}, {column}: {value!r}: {error}")


@pytest.mark.parametrize("table", TABLES)
def test_every_source_key_is_in_the_bibliography(table):
    unknown = [
        f"data/{table}, row {number}: no source {key!r} in references.bib"
        for number, row in rows(table)
        for key in cited_in(row)
        if key not in bibliography()
    ]
    assert not unknown, "\n".join(unknown)


def test_every_source_says_its_kind_language_and_how_much_was_read():
    kinds = {"treaty", "official", "news", "analysis", "scholarly", "blog", "dataset"}
    for key, entry in bibliography().items():
        assert entry.fields.get("keywords") in kinds, f"references.bib, {key}: keywords must be one of {sorted(kinds)}"
        assert entry.fields.get("note") and entry.fields.get("langid"), f"references.bib, {key}: note and langid are needed"


def test_every_reported_figure_has_a_subject_and_ordered_bounds():
    for number, row in rows("reported-figures.csv"):
        where = f"data/reported-figures.csv, row {number}"
        assert row["event_id"] or row["force_id"], f"{where}: needs an event_id or a force_id"
        bounds = [float(row[column]) for column in ("low", "value", "high") if row[column]]
        assert bounds, f"{where}: low, value and high are all empty"
        assert bounds == sorted(bounds), f"{where}: low, value and high are not in order"


def test_estimates_of_conflict_deaths_are_ordered():
    for number, row in rows("conflict-deaths.csv"):
        low, best, high = int(row["low"]), int(row["best"]), int(row["high"])
        assert low <= best <= high, f"data/conflict-deaths.csv, row {number}: low, best and high are not in order"


def test_the_tolls_of_the_ambush_are_those_reported_and_nothing_higher():
    reported = set()
    for number, row in rows("reported-figures.csv"):
        if (row["event_id"], row["measure"]) == ("rasht-2010-09-19-kamarob-ambush", "deaths"):
            tolls = {float(row[bound]) for bound in ("low", "value", "high") if row[bound]}
            assert max(tolls) <= 40, f"data/reported-figures.csv, row {number}: nobody put the toll above 40; 80 was the size of the convoy"
            reported |= tolls
    assert {23, 25, 26, 28, 40} <= reported


def test_no_page_of_an_armed_group_is_linked():
    for path in [BOOK / "references.bib", BOOK / "index.md", *BOOK.glob("chapters/*.md"), *BOOK.glob("quizzes/*.yml"), *DATA.glob("*.csv")]:
        assert "kavkazcenter." not in path.read_text(encoding="utf-8").lower(), f"{path.name}: quote a news agency instead"


def test_every_event_has_a_kind_in_use_and_names_each_party_once():
    kinds = next(field for field in PACKAGE["resources"][0]["schema"]["fields"] if field["name"] == "kind")["constraints"]["enum"]
    assert sorted(kinds) == sorted({row["kind"] for _, row in rows("events.csv")})
    for number, row in rows("events.csv"):
        parties = row["parties"].split(";")
        assert len(parties) == len(set(parties)), f"data/events.csv, row {number}: a party stands twice in {row['parties']!r}"


def test_every_place_is_used():
    used = {row["place"] for table in ("events.csv", "border-points.csv") for _, row in rows(table)}
    assert sorted({row["name"] for _, row in rows("places.csv")} - used) == []


def test_every_reading_of_the_facts_finds_each_rule_once():
    table = [row for _, row in rows("rules.csv")]
    readings = product(*({row[column] for row in table} - {"any"} for column in ("rules_of", "who_fights", "it_is")))
    for year, who, what in readings:
        found = [row["rule"] for row in table if row["rules_of"] == year and row["who_fights"] in ("any", who) and row["it_is"] in ("any", what)]
        every = {row["rule"] for row in table if row["rules_of"] == year}
        assert sorted(found) == sorted(every), f"data/rules.csv: {year}, {who}, {what}: {found}"


def test_counts_written_out_in_the_rasht_chapter_are_those_of_the_tables():
    page = (BOOK / "chapters" / "rasht-insurgency.md").read_text(encoding="utf-8")
    ambush = [row for _, row in rows("reported-figures.csv") if (row["event_id"], row["measure"]) == ("rasht-2010-09-19-kamarob-ambush", "deaths")]
    numbers = {int(row["value"] or row["low"]) for row in ambush}
    assert (len(numbers), min(numbers), max(numbers)) == (9, 5, 40) and "Nine numbers, from 5 to 40" in page
    codes = Counter((row["framing"], row["side"] == "government") for _, row in rows("framings.csv"))
    external, domestic = codes["external", True], codes["domestic", False]
    assert (external, external + codes["external", False]) == (8, 10) and "from the government in eight of ten cases" in page
    assert f"domestic ones from others in {domestic} of {domestic + codes['domestic', True]}" in page
    assert codes["not said", True] + codes["not said", False] == 9 and "nine statements do not say" in page


def test_the_sectors_of_one_night_add_up_to_the_total_that_was_given():
    table = [row for _, row in rows("reported-figures.csv") if row["event_id"] == "border-2021-07-05-1037-soldiers"]
    sectors = {row["note"]: int(row["value"]) for row in table if row["measure"] == "soldiers_crossed_sector"}
    total = [int(row["value"]) for row in table if row["measure"] == "soldiers_crossed"]
    assert list(sectors.values()) == [104, 213, 83, 173, 312, 102, 50] and sum(sectors.values()) == 1037 and total == [1037]
    known = {row["place"] for _, row in rows("border-points.csv")}
    assert set(sectors) <= known, f"sectors that are no border points: {sorted(set(sectors) - known)}"


def test_counts_written_out_in_the_border_chapter_are_those_of_the_tables():
    page = (BOOK / "chapters" / "afghan-border-2021.md").read_text(encoding="utf-8")
    figures = [row for _, row in rows("reported-figures.csv")]
    groups = [row for row in figures if row["measure"] == "soldiers_crossed" and row["reporter"].startswith("Border troops")]
    assert sum(int(row["value"] or row["low"]) for row in groups) == 1582 and "at least 1,582 people" in page
    lengths = {round(float(row["value"])) for row in figures if row["measure"] == "border_length"}
    shares = [round(91000 / length) for length in (max(lengths), min(lengths))]
    assert (len(lengths), shares) == (6, [64, 76]) and "Six different lengths of the border are in print, so that 910 kilometers are 64 or 76 percent" in page
    decided, adopted = (min(row["date"] for _, row in rows("program-steps.csv") if row["status"] == status) for status in ("decided", "adopted"))
    days = (date.fromisoformat(adopted) - date.fromisoformat(decided)).days
    assert days == 4084 and "4,084 days lie between the decision of Sochi and the adoption" in page
    latest = max(row["date"] for _, row in rows("program-steps.csv"))
    assert latest.startswith("2026-06") and "By June 2026 no delivery under it was found" in page


def test_steps_and_aid_name_values_that_the_chapter_knows():
    aid = [row for _, row in rows("aid.csv")]
    assert sum(row["usd_million"] == "122" and row["word_of"] == "donor" for row in aid) == 2, "the two statements on 122 million stand apart"
    for number, row in rows("aid.csv"):
        where = f"data/aid.csv, row {number}"
        if row["usd_million_high"]:
            assert float(row["usd_million"]) < float(row["usd_million_high"]), f"{where}: usd_million_high must be above usd_million"
        if row["to_year"]:
            assert row["from_year"] <= row["to_year"], f"{where}: from_year comes after to_year"


def test_disputed_dates_stay_separate_rows():
    kept = {(row["state"], row["event"], row["date"], row["standing"]) for _, row in rows("membership.csv")}
    assert ("Georgia", "acceded", "1993-12-09", "accepted") in kept
    assert ("Georgia", "acceded", "1993-09-09", "disputed") in kept
    assert ("Turkmenistan", "signed", "1992-05-15", "disputed") in kept
    assert ("Kyrgyzstan", "not_signed", "1992-05-15", "disputed") in kept
    assert ("Treaty", "treaty_in_force", "1995", "disputed") in kept


def test_every_state_has_one_accepted_date_for_each_step():
    accepted = [(row["state"], row["event"]) for _, row in rows("membership.csv") if row["standing"] == "accepted"]
    assert sorted(accepted) == sorted(set(accepted))


def test_the_basemap_is_small():
    assert (DATA / "basemap.geojson").stat().st_size < 120_000
