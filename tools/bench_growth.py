"""Measure what more events and more chapters cost: in building time, and in the weight of a page and of the site.

    python tools/bench_growth.py              a quarter of an hour or more

Copies of the book in a temporary folder are enlarged: twice and four times the events, ten and twenty chapters.
The events of a copy follow the true ones by years: days later, some would get a frame of their own in an explorer that
is full with 40. Its chapters are the true ones under other names.
"""

import argparse
import csv
import shutil
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from statistics import linear_regression

import yaml
from bench import BOOK, copy_book, open_browser, output_file, page_names, say, served, table, time_builds, weigh_page, workplace, write_json

TIMELINE = "chapters/timeline.html"


def multiply_events(book: Path, times: int) -> int:
    """Give a copy of the book `times` its events.

    Each new event has an id of its own, and dates one or more times 365 days later.

    Parameters
    ----------
    book : pathlib.Path
        Folder of the copy.
    times : int
        How often each event shall stand in the table.

    Returns
    -------
    int
        Number of events.
    """
    table = book / "data" / "events.csv"
    with open(table, encoding="utf-8", newline="") as file:
        events = list(csv.DictReader(file))

    def later(event, years):
        dates = {name: str(date.fromisoformat(event[name]) + timedelta(365 * years)) for name in ("date_start", "date_end") if event[name]}
        return {**event, **dates, "id": f"{event['id']}-copy-{years}"}

    more = [later(event, years) for years in range(1, times) for event in events]
    with open(table, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, events[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(events + more)
    return len(events + more)


def multiply_chapters(book: Path, number: int) -> int:
    """Give a copy of the book `number` chapters: its own, then theirs again under new names.

    Parameters
    ----------
    book : pathlib.Path
        Folder of the copy.
    number : int
        Chapters wanted, at least as many as the book has.

    Returns
    -------
    int
        Number of chapters.
    """
    contents = yaml.safe_load((book / "_toc.yml").read_text(encoding="utf-8"))
    chapters = next(part["chapters"] for part in contents["parts"] if part["caption"] == "Chapters")
    originals = cycle([chapter["file"] for chapter in chapters])
    for place in range(1, number + 1):
        original = next(originals)
        if place > len(chapters):
            shutil.copy(book / f"{original}.md", book / f"{original}-{place}.md")
            chapters.append({"file": f"{original}-{place}"})
    (book / "_toc.yml").write_text(yaml.safe_dump(contents, sort_keys=False), encoding="utf-8")
    return len(chapters)


def measure(book: Path, output: Path) -> dict[str, float | None]:
    """Build a copy of the book and measure it; without a Chromium the weights are None."""
    chapter = page_names(book, "Chapters")[0]
    seconds, _ = time_builds(book, output, *(book / page.replace(".html", ".md") for page in (chapter, TIMELINE)))
    html = output / "_build" / "html"
    weight = {}
    with served(html) as site, open_browser() as browser:
        for page in (chapter, TIMELINE) if browser else ():
            weight[page] = weigh_page(browser, f"{site}/{page}")["kB"]
    return {
        "cold, s": seconds["cold"],
        "processor, s": seconds["processor"],
        "no-op, s": seconds["no-op"],
        "chapter edited, s": seconds[Path(chapter).stem],
        "timeline edited, s": seconds["timeline"],
        "chapter, kB": weight.get(chapter),
        "timeline, kB": weight.get(TIMELINE),
        "site, MB": sum(path.stat().st_size for path in html.rglob("*") if path.is_file()) / 1e6,
    }


def slope(sizes: list[float], values: list[float | None]) -> float | None:
    """How much a value grows with each unit of size, by least squares; None if it was not measured everywhere."""
    return None if None in values else linear_regression(sizes, values).slope


def growth_rows(points: dict[int, dict], unit: str, step: int = 1) -> list[list]:
    """A line for each point and one for the growth for `step` more units.

    Parameters
    ----------
    points : dict
        Size of the book -> what was measured.
    unit : str
        What is counted, such as ``"chapters"``.
    step : int
        The growth is told for so many units.
    """
    columns = list(next(iter(points.values())))
    growth = [slope(list(points), [found[column] for found in points.values()]) for column in columns]
    lines = [[f"{size} {unit}", *found.values()] for size, found in points.items()]
    return [*lines, [f"{step} more {unit}", *(None if each is None else each * step for each in growth)]]


def main(report: Path | None) -> None:
    """Measure the book as it is and four enlarged copies, and print the points and the slopes."""
    with workplace() as folder:

        def enlarged(name, multiply, wanted):
            say(name)
            book = copy_book(folder / name.replace(" ", "-"))
            size = multiply(book, wanted)
            found = measure(book, folder / "out")
            shutil.rmtree(book)
            return size, found

        events, found = enlarged("book as it is", multiply_events, 1)
        by_events = dict([(events, found), *(enlarged(f"{times} times the events", multiply_events, times) for times in (2, 4))])
        chapters = len(page_names(BOOK, "Chapters"))
        by_chapters = dict([(chapters, found), *(enlarged(f"{number} chapters", multiply_chapters, number) for number in (10, 20))])
    rows = [*growth_rows(by_events, "events", 100), *growth_rows(by_chapters, "chapters")]
    print(table(["size", *found], rows))
    print("\nMore events or chapters: by least squares over the lines above. Seconds depend on the machine and on what else it does.")
    if report:
        write_json(report, {"events": by_events, "chapters": by_chapters})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=output_file, metavar="FILE", help="also write every number to this file")
    main(parser.parse_args().json)
