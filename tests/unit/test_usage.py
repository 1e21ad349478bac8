"""The book knows what it uses where: sources by chapter, tables by figure, and the data package holds all of it."""

import io
import re
import types
import zipfile

import page_uses
import pytest
from casebook import codebook, usage
from casebook.references import bibliography
from frictionless import Package
from pages import BOOK

SUBJECTS = {"the organization", "Central Asia", "rulers and regional bodies", "Kazakhstan 2022", "alliances", "comparing cases"}


def test_every_source_is_used_or_marked_as_further_reading():
    used = usage.sources()
    assert sorted(set(used) - set(bibliography())) == []
    for key, entry in bibliography().items():
        subject = entry.fields.get("furtherreading")
        assert used.get(key) or subject, f"references.bib, {key}: used nowhere; cite it, or give `furtherreading`"
        assert subject is None or subject in SUBJECTS, f"references.bib, {key}: furtherreading must be one of {sorted(SUBJECTS)}"


def test_a_source_is_used_where_it_is_cited_and_where_its_rows_are_shown():
    used = usage.sources()
    assert used["cooley-2011"] == ["origins", "crisis-2010"], "cited in the text of both"
    assert used["gibler-2009"] == ["origins"], "in rows of the events and the membership table"
    assert used["cap179-2016-10"] == ["afghan-border-2021", "core-readings"], "in a check that one chapter and the page of all checks show"
    strength = {row["source"] for row in usage.rows("reported-figures") if row["event_id"].startswith("rasht-")}
    assert all("rasht-insurgency" in used[key] for key in strength), "the chapter of the event that a report counts"


def test_scholarship_and_recommended_analysis_are_annotated():
    recommended = set()
    for slug in usage.chapters():
        block = re.search(r"^### Further reading$(.*?)^#", (BOOK / "chapters" / f"{slug}.md").read_text(encoding="utf-8"), re.M | re.S)
        recommended |= usage.cited_on(block[1]) if block else set()
    for key, entry in bibliography().items():
        kind = entry.fields["keywords"]
        if kind == "scholarly" or (kind == "analysis" and key in recommended):
            words = entry.fields.get("annotation", "").split()
            assert 10 <= len(words) <= 60, f"references.bib, {key}: annotation of {len(words)} words; say in 10 to 60 what it argues and what it is good for"


def test_a_loop_takes_nothing_from_the_loop_of_an_earlier_cell(monkeypatch):
    cell = '```{{code-cell}} ipython3\n:mystnb:\n:  figure:\n:    caption: "{0}."\n\n{0} = pd.read_csv("../data/{0}.csv")\nfor row in {0}.itertuples():\n    plot(row)\n```\n'
    monkeypatch.setattr(usage, "_text", lambda slug: cell.format("events") + cell.format("places"))
    assert [figure.tables for figure in usage.figures.__wrapped__("origins")] == [("events",), ("places",)]


def test_the_tables_behind_a_figure_are_found_through_the_code(monkeypatch):
    page = '''```{code-cell} ipython3
events = pd.read_csv("../data/events.csv")
places = pd.read_csv("../data/places.csv")
few = events.query("chapter == 'x'")


def draw(year):
    events = places[places["year"] == year]
    return draw_map(events)
```

```{code-cell} ipython3
:mystnb:
:  figure:
:    caption: "All of it, 1992. In one figure."

few.plot()
```

```{code-cell} ipython3
explore(draw, name="map", title="By year", year=[1, 2])
```
'''
    monkeypatch.setattr(usage, "_text", lambda slug: page)
    first, second = usage.figures.__wrapped__("origins")
    assert first == usage.Figure("figure-1", "All of it, 1992.", ("events",))
    assert second == usage.Figure("map", "By year", ("places", "basemap"))
    with pytest.raises(ValueError, match="no page 'nowhere'; there is: origins"):
        usage.figures("nowhere")


@pytest.mark.parametrize("slug", usage.chapters())
def test_every_figure_has_its_tables(slug):
    for figure in usage.figures(slug):
        assert figure.tables, f"{slug}: no table found behind {figure.title!r}; read it with pd.read_csv in a cell of the page"
    assert len({figure.anchor for figure in usage.figures(slug)}) == len(usage.figures(slug))


@pytest.mark.parametrize("slug", usage.chapters())
def test_the_data_notes_name_the_tables_of_the_chapter(slug):
    note = re.search(r"^This chapter uses (.+?); the \[codebook\]", (BOOK / "chapters" / f"{slug}.md").read_text(encoding="utf-8"), re.M)
    read = {name for name, where in usage.readers().items() if slug in where}
    assert note and set(re.findall(r"`([\w-]+)`", note[1])) == read, f"{slug}: the note on data must name {', '.join(sorted(read))}"


def test_every_resource_has_a_section_of_the_codebook():
    page = (BOOK / "chapters" / "codebook.md").read_text(encoding="utf-8")
    missing = set(usage.resources()) - set(usage.sections())
    assert not missing, f"chapters/codebook.md: no section, or none with a download link, for {', '.join(sorted(missing))}"
    tables = {name for name, resource in usage.resources().items() if "schema" in resource}
    assert set(re.findall(r'^describe_table\("([\w-]+)"\)$', page, re.M)) == tables
    assert tables <= set(usage.readers()), f"read by no page: {', '.join(sorted(tables - set(usage.readers())))}"


@pytest.mark.parametrize("name", [name for name, resource in usage.resources().items() if "schema" in resource])
def test_every_table_says_what_a_row_is_what_it_covers_and_what_is_missing(name):
    table = usage.resources()[name]
    assert codebook._unit(table).startswith("a")
    assert len(codebook.coverage(name)) > 10 and len(table["gaps"]) > 20


def test_the_package_holds_every_table_and_has_the_same_bytes_in_every_build(tmp_path):
    first = usage.package.__wrapped__()
    assert first == usage.package.__wrapped__()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        names = archive.namelist()
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        archive.extractall(tmp_path)
    assert names == sorted(names)
    held = {name.removeprefix("casebook-data/") for name in names}
    assert {"LICENSE", "references.bib", "data/README.md", "data/datapackage.json", "data/basemap.geojson"} <= held
    assert {f"data/{path.name}" for path in (BOOK / "data").glob("*.csv")} <= held
    assert not [name for name in held if "fingerprints" in name]
    assert Package(str(tmp_path / "casebook-data" / "data" / "datapackage.json")).validate().valid


def test_a_new_citation_renews_the_bibliography_and_a_new_figure_the_codebook(monkeypatch):
    env = types.SimpleNamespace(found_docs={"chapters/bibliography", "chapters/codebook"})
    renew = lambda: page_uses.pages_to_renew(None, env, set(), set(), set())  # noqa: E731
    assert renew() == ["chapters/bibliography", "chapters/codebook"]
    assert renew() == []
    used = page_uses.usage.sources()
    monkeypatch.setattr(page_uses.usage, "sources", lambda: used | {"gibler-2009": ["rasht-insurgency"]})
    assert renew() == ["chapters/bibliography"]
    digest, figures = env.uses["figures"]["origins"]
    env.uses["figures"]["origins"] = ("changed", figures)
    monkeypatch.setattr(page_uses.usage, "figures", lambda slug: figures[1:])
    assert renew() == ["chapters/codebook"]
