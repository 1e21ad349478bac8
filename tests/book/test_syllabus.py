"""The hours of the syllabus follow from what is read, held and written."""

import re

import pytest
from support.builds import soup_of
from support.teaching import cells_of

from casebook.contents import chapters
from press.model.packets import at_home
from press.sphinx.reading_time import WORDS_A_MINUTE


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


@pytest.mark.parametrize("slug", chapters())
def test_a_homework_reader_takes_the_minutes_that_teachers_are_told(book, slug):
    said = r"takes (\d+) to (\d+) minutes at (\d+) words a minute, without its list of sources"
    low, high, speed = map(int, re.search(said, soup_of(book, "teaching/start.html").get_text()).groups())
    reader = soup_of(book, f"teaching/{slug}-homework.html").body
    (sources,) = [heading.parent for heading in reader.find_all("h2") if heading.get_text() == "Sources"]
    titles = [addition["title"] for addition in at_home()[slug]]
    added = [tag for title in titles for tag in reader.find("h2", string=title).find_next_siblings()]
    for tag in [sources, *added, *reader.select("sup, script, style")]:
        tag.decompose()
    words = sum(any(map(str.isalnum, word)) for word in reader.get_text(" ").split())
    assert speed == WORDS_A_MINUTE and low <= round(words / speed) <= high, f"{slug}: {words} words"
