"""The book knows what it uses where: sources by page, tables by figure."""

import re
from types import SimpleNamespace

import pytest

from casebook import uses
from casebook.contents import chapters, pages, source
from casebook.datapackage import rows
from casebook.references import bibliography, kind_of, subject_of
from casebook.uses import Figure, cited_on, figures, pages_reading, sources
from press.sphinx import outdated

SUBJECTS = "the organization|Central Asia|rulers and regional bodies|Kazakhstan 2022|alliances|comparing cases"


# --- sources


def test_every_source_is_used_or_marked_as_further_reading():
    used = sources()
    assert sorted(set(used) - set(bibliography())) == []
    for key, entry in bibliography().items():
        subject = subject_of(entry)
        wrong = f"references.bib, {key}: used nowhere; cite it, or add the keyword `further reading on ...`"
        assert used.get(key) or subject, wrong
        assert re.fullmatch(SUBJECTS, subject) or not subject, f"references.bib, {key}: further reading on {SUBJECTS}"


def test_a_source_is_used_where_it_is_cited_and_where_its_rows_are_shown():
    used = sources()
    assert {"origins", "crisis-2010"} <= set(used["cooley-2011"]), "cited in the text of both"
    assert "origins" in used["gibler-2009"], "in rows of the events and the membership table"
    checked = "in a check that one chapter and the page of all checks show"
    assert used["cap179-2016-10"] == ["afghan-border-2021", "core-readings"], checked
    for row in rows("reported-figures"):
        if row["event_id"].startswith("rasht-"):
            assert "rasht-insurgency" in used[row["source"]], f"{row['source']}: not in the chapter of its event"


def test_a_key_in_brackets_is_a_use(monkeypatch):
    def notes_of_the_members(name):
        return [{**row, "sources": ""} for row in rows(name) if name == "membership"]

    monkeypatch.setattr(uses, "rows", notes_of_the_members)
    monkeypatch.setattr(uses, "cited_on", lambda text: set())
    assert sources()["csto-basic-facts"] == ["origins"], "a key without a year, in a note"


def test_scholarship_and_recommended_analysis_are_annotated():
    recommended = set()
    for slug in chapters():
        block = re.search(r"^### Further reading$(.*?)^#", source(f"chapters/{slug}"), re.M | re.S)
        recommended |= cited_on(block[1]) if block else set()
    for key, entry in bibliography().items():
        kind = kind_of(entry)
        if kind == "scholarly" or (kind == "analysis" and key in recommended):
            count = len(entry.fields.get("annotation", "").split())
            wrong = (
                f"references.bib, {key}: annotation of {count} words; say in 10 to 60 what it argues and is good for"
            )
            assert 10 <= count <= 60, wrong


# --- figures and tables


def cell(*lines):
    return "\n".join(["```{code-cell} ipython3", *lines, "```\n\n"])


def figure(tables, caption):
    return cell(f":data: [{tables}]", ":mystnb:", ":  figure:", f":    caption: {caption!r}", "", "few.plot()")


def test_the_cell_of_a_figure_names_the_tables_behind_it(monkeypatch):
    explorer = cell(":data: [places, basemap]", "", 'explore(draw, name="map", title="By year", year=[1, 2])')
    page = cell("few = events") + figure("events", "All of it, 1992. In one.") + explorer + figure("aid", "More.")
    monkeypatch.setattr(uses, "source", lambda name: page)
    assert figures("origins") == [
        Figure("figure-1", "All of it, 1992.", ("events",)),
        Figure("map", "By year", ("places", "basemap")),
        Figure("figure-2", "More.", ("aid",)),
    ]
    monkeypatch.setattr(uses, "source", lambda name: figure("evens", "A slip."))
    with pytest.raises(ValueError, match="chapters/origins.md: no table 'evens'; accepted: events"):
        figures("origins")
    with pytest.raises(ValueError, match="no page 'nowhere'; accepted: five-minutes, origins"):
        figures("nowhere")


def test_every_figure_names_tables_that_its_page_reads():
    for slug in pages():
        read = {"basemap", *(name for name, where in pages_reading().items() if slug in where)}
        for each in figures(slug):
            assert each.tables, f"{slug}.md: {each.title!r} names no table; add `:data: [table]` to its cell"
            assert set(each.tables) <= read, f"{slug}.md: {each.title!r} names a table that the page does not read"
        anchors = [each.anchor for each in figures(slug)]
        assert len(set(anchors)) == len(anchors), f"{slug}.md: {anchors}"


def test_the_data_note_of_a_chapter_names_its_tables():
    for slug in chapters():
        note = re.search(r"^This chapter uses (.+?); the \[codebook\]", source(f"chapters/{slug}"), re.M)
        named = set(re.findall(r"`([\w-]+)`", note[1])) if note else set()
        read = {name for name, where in pages_reading().items() if slug in where}
        assert named == read, f"{slug}.md: the note on data must name {', '.join(sorted(read))}"


def test_a_page_that_repeats_the_chapters_is_read_again_when_one_changes(monkeypatch):
    env = SimpleNamespace(found_docs={f"chapters/{slug}" for slug in pages()})

    def read_again():
        return outdated.read_repetitions_again(None, env, set(), {"chapters/origins"}, set())

    assert {"chapters/codebook", "chapters/core-readings", "chapters/timeline"} <= set(read_again())
    assert read_again() == []
    used = sources() | {"gibler-2009": ["rasht-insurgency"]}
    monkeypatch.setattr(outdated.uses, "sources", lambda: used)
    assert read_again() == ["chapters/bibliography"]
    monkeypatch.setattr(outdated, "documents", lambda slug: [])
    assert read_again() == ["chapters/core-readings"]
    monkeypatch.setattr(outdated.uses, "figures", lambda slug: [])
    assert read_again() == ["chapters/codebook"]
