"""Builds of copies of the book: with hostile data, in another place, and what a build stores."""

import csv
import os
import pickle
import re
from pathlib import Path

import pytest
from support.builds import BOOK, FULL_SWEEP, build, copy_of_the_book, fingerprint, keep_pages, soup_of, start_build

from casebook.contents import chapters
from casebook.datapackage import rows, tables
from press.model.assignments import of_chapters

# --- data with active content

HOSTILE = " <script>hacked()</script><img src='x' onerror='hacked()'>"
#: Columns of free words by which pages look up rows; changed, they would be other data.
LOOKED_UP = {("events", "actors"), ("cases", "member")}
LOOKED_UP |= {("reported-figures", "reporter"), ("reported-figures", "note")}
#: A chapter and the pages that are made from data; all leave markup to the helpers of the casebook.
SHOWN = ("index", "chapters/origins", "chapters/timeline", "chapters/core-readings", "chapters/bibliography")


def free_columns(name: str) -> list[str]:
    """Columns of a table that hold words of any kind and by which nothing is found."""
    schema = tables()[name]["schema"]
    keys = [schema.get("primaryKey", []), *(link["fields"] for link in schema.get("foreignKeys", []))]
    found = {column for key in keys for column in ([key] if isinstance(key, str) else key)}
    return [
        field["name"]
        for field in schema["fields"]
        if field["type"] == "string"
        and not {"enum", "pattern"} & field.get("constraints", {}).keys()
        and field["name"] not in found
        and (name, field["name"]) not in LOOKED_UP
    ]


def spoil_every_text(copy: Path) -> None:
    """Add active content to every cell of free text in the tables and to every title in the bibliography."""
    for name, table in tables().items():
        content = rows(name)
        for row in content:
            row.update({column: row[column] + HOSTILE for column in free_columns(name) if row[column]})
        with open(copy / "data" / table["path"], "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, content[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(content)
    sources = copy / "references.bib"
    text = sources.read_text(encoding="utf-8")
    sources.write_text(re.sub(r"^(  title = \{.*)\},$", rf"\1{HOSTILE}}},", text, flags=re.M), encoding="utf-8")


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory) -> list[Path]:
    """Folders of the HTML of a part of the book with active content in its data, built twice in different places."""
    copies = [copy_of_the_book(tmp_path_factory.mktemp("spoiled") / name) for name in ("copy", "another place")]
    names = [f"chapters/{slug}" for slug in chapters()]
    for copy in copies:
        spoil_every_text(copy)
        keep_pages(copy, *dict.fromkeys([*SHOWN, *names]), caption="Chapters")
        for name in set(names) - set(SHOWN):  # the timeline needs their titles, which is less to run
            (copy / f"{name}.md").write_text("# Left out\n", encoding="utf-8")
    builds = [start_build(copy, copy) for copy in copies]
    logs = [each.communicate(timeout=600)[0] for each in builds]  # end with warnings about links to the pages left out
    folders = [copy / "_build" / "html" for copy in copies]
    assert all((folder / "index.html").is_file() for folder in folders), "".join(log[-3000:] for log in logs)
    return folders


def test_active_content_in_the_data_is_shown_as_text(spoiled):
    for page in SHOWN:
        soup = soup_of(spoiled[0], f"{page}.html")
        assert not soup.select("[onerror]"), page
        assert not [script for script in soup.find_all("script") if "hacked" in script.text], page
        if page != "index":  # which shows no words of the data
            assert "&lt;script&gt;hacked" in str(soup.article), f"{page}: the words are gone"


def test_two_builds_are_the_same_byte_for_byte(spoiled):
    assert_same_bytes(*spoiled)


def assert_same_bytes(one: Path, other: Path) -> None:
    first, second = fingerprint(one), fingerprint(other)
    assert len(first) > 100 and [name for name in sorted(first | second) if first.get(name) != second.get(name)] == []


# --- last, because it waits for the book


@pytest.mark.skipif(not FULL_SWEEP, reason="the whole book is built twice once a week")
def test_two_builds_of_the_whole_book_are_the_same_byte_for_byte(book, tmp_path):
    copy = copy_of_the_book(tmp_path / "another place")
    code, log = build(copy, copy)
    assert code == 0, log[-3000:]
    assert_same_bytes(book, copy / "_build" / "html")


def test_a_page_depends_on_the_files_that_it_is_made_from_and_on_no_other_chapter(book):
    environment = pickle.loads((book.parent / ".doctrees" / "environment.pickle").read_bytes())
    for page, inputs in environment.dependencies.items():
        missing = [each for each in inputs if not (BOOK / each).is_file()]
        assert missing == [], f"{page} depends on what is no file and counts as changed each time"
    read = {page: {os.path.relpath(each, BOOK) for each in found} for page, found in environment.dependencies.items()}
    assert "_config.yml" in read["teaching/adapt"], "it keeps an old address of the repository"
    for slug in chapters():
        run, planned, own = read[f"chapters/{slug}"], read[f"teaching/{slug}"], f"chapters/{slug}.md"
        others = {f"chapters/{other}.md" for other in chapters()} - {own}
        assert not others & (run | planned), f"{slug} is read again when another chapter is edited"
        assert own in read["teaching/start"], f"it gives the reading time of {slug}"
        sheets = {own, "teaching/packets.yml", f"teaching/slides/{slug}.md", "data/events.csv"}
        assert sheets <= planned, f"the sheets of {slug} stay as they are when {sheets - planned} change"
        name = of_chapters()[slug].name
        assert {each for each in run if each.startswith("assignments/")} >= {f"assignments/{name}/{name}.md"}


def test_no_label_stands_on_two_pages(book):
    pages = {}
    for stored in sorted((book.parent / ".doctrees").rglob("*.doctree")):
        for label, explicit in pickle.loads(stored.read_bytes()).nametypes.items():
            if explicit:
                pages.setdefault(label, []).append(stored.stem)
    assert pages, "no label was found"
    assert {label: found for label, found in pages.items() if len(found) > 1} == {}, "which one a link finds is chance"
