"""Builds of a copy of the book: the same book in another place, and a part of it with hostile data."""

import csv
import pickle
import re
from pathlib import Path

import pytest
from support.builds import build, copy_of_the_book, fingerprint, keep_pages, soup_of

from casebook.contents import chapters
from casebook.datapackage import rows, tables

# --- the same book in another place


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory) -> Path:
    """A copy of the book, built in a folder whose path has a space."""
    copy = copy_of_the_book(tmp_path_factory.mktemp("rebuilt") / "another place")
    code, log = build(copy, copy)
    assert code == 0, log[-3000:]
    return copy


def test_a_rebuild_reads_a_page_again_only_when_a_file_has_changed(rebuilt):
    environment = pickle.loads((rebuilt / "_build" / ".doctrees" / "environment.pickle").read_bytes())
    for page, inputs in environment.dependencies.items():
        missing = [each for each in inputs if not (rebuilt / each).is_file()]
        assert missing == [], f"{page} depends on what is no file and counts as changed each time"


def test_no_label_stands_on_two_pages(rebuilt):
    pages = {}
    for stored in sorted((rebuilt / "_build" / ".doctrees").rglob("*.doctree")):
        for label, explicit in pickle.loads(stored.read_bytes()).nametypes.items():
            if explicit:
                pages.setdefault(label, []).append(stored.stem)
    assert pages, "no label was found"
    assert {label: found for label, found in pages.items() if len(found) > 1} == {}, "which one a link finds is chance"


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


def test_active_content_in_the_data_is_shown_as_text(tmp_path):
    copy = copy_of_the_book(tmp_path / "copy")
    spoil_every_text(copy)
    names = [f"chapters/{slug}" for slug in chapters()]
    keep_pages(copy, *dict.fromkeys([*SHOWN, *names]), caption="Chapters")
    for name in set(names) - set(SHOWN):  # the timeline needs their titles, which is less to run
        (copy / f"{name}.md").write_text("# Left out\n", encoding="utf-8")
    _, log = build(copy, copy)  # ends with warnings about links to the pages left out
    written = copy / "_build" / "html"
    assert (written / "index.html").is_file(), log[-3000:]
    for page in SHOWN:
        soup = soup_of(written, f"{page}.html")
        assert not soup.select("[onerror]"), page
        assert not [script for script in soup.find_all("script") if "hacked" in script.text], page
        if page != "index":  # which shows no words of the data
            assert "&lt;script&gt;hacked" in str(soup.article), f"{page}: the words are gone"


# --- last, because it waits for the book


def test_two_builds_are_the_same_byte_for_byte(book, rebuilt):
    first, second = fingerprint(book), fingerprint(rebuilt / "_build" / "html")
    assert [name for name in sorted(first | second) if first.get(name) != second.get(name)] == []
