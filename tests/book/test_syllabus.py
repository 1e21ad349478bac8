"""The hours of the syllabus follow from what is read, held and written."""

import re

import pytest
from support.builds import soup_of
from support.teaching import cells_of


@pytest.mark.parametrize("outline", ["one-week", "three-weeks", "twelve-weeks"])
def test_hours_are_those_of_class_reading_and_written_work(book, outline):
    part = soup_of(book, "teaching/start.html").find(id=outline)
    held = int(re.search(r"class(?:es)? of (\d+) minutes", part.get_text())[1]) / 60
    sums = {}
    for number, read, _, written, typed in cells_of(part.table)[1:]:
        minutes = sum(map(int, re.findall(r"(\d+) min", read)))
        hours = held + 2 * minutes / 60 + sum(map(float, re.findall(r"([\d.]+) h\b", written)))
        assert abs(hours - float(typed)) <= 0.3, f"teaching/start.md, {outline}, {number}: {hours:.2f} hours"
        week = re.search(r"week (\d)", number)
        sums[week and week[1]] = sums.get(week and week[1], 0) + float(typed)
    said = re.search(r"takes? ([\d., and]+) hours", part.find_all("p")[-1].get_text())[1]
    assert list(map(float, re.findall(r"[\d.]+", said))) == list(sums.values())
