"""The built pages: complete, small, and free of third parties."""

import functools
import gzip
import pickle
import re
import shutil
from urllib.parse import parse_qsl, unquote

import book_pages
import notebooks
import page_uses  # noqa: F401  what the build stored names its classes
import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup
from casebook import usage
from casebook.paths import DATA, chapters
from casebook.references import bibliography
from conftest import BOOK, build

PAGES = [
    "index.html",
    "chapters/origins.html",
    "chapters/crisis-2010.html",
    "chapters/rasht-insurgency.html",
    "chapters/afghan-border-2021.html",
    "chapters/comparison.html",
    "chapters/timeline.html",
    "chapters/core-readings.html",
    "chapters/glossary.html",
    "chapters/codebook.html",
    "chapters/bibliography.html",
    "chapters/how-this-book-was-made.html",
    "teaching/start.html",
    "teaching/origins.html",
    "teaching/crisis-2010.html",
    "teaching/rasht-insurgency.html",
    "teaching/afghan-border-2021.html",
    "teaching/comparison.html",
    "teaching/simulation/council-june-2010.html",
    "teaching/simulation/what-happened.html",
    "teaching/rubrics.html",
    "teaching/alignment.html",
    "teaching/sensitive-topics.html",
    "teaching/academic-integrity.html",
    "teaching/adapt.html",
    "teaching/hub.html",
]


@functools.cache
def soup_of(book, page):
    return BeautifulSoup((book / page).read_text(encoding="utf-8"), "html.parser")


@functools.cache
def anchors_of(book, page):
    return {element["id"] for element in soup_of(book, page).select("[id]")}


def test_every_page_of_the_book_is_tested_here():
    listed = re.findall(r"(?:file|root): (\S+)", (BOOK / "_toc.yml").read_text(encoding="utf-8"))
    assert sorted(PAGES) == sorted(f"{name}.html" for name in listed)


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_loaded_from_elsewhere(book, page):
    soup = soup_of(book, page)
    loaded = [tag.get("src") for tag in soup.find_all(["script", "img", "iframe", "source"]) if tag.get("src")]
    loaded += [tag.get("href") for tag in soup.find_all("link") if set(tag.get("rel", [])) & {"stylesheet", "preload", "icon"}]
    assert [address for address in loaded if re.match(r"(https?:)?//", address)] == []


@pytest.mark.parametrize("page", PAGES)
def test_images_tables_and_headings_are_accessible_in_the_source(book, page):
    article = soup_of(book, page).select_one("article")
    for image in article.find_all("img"):
        assert len(image.get("alt", "")) >= 40, f"{page}: {image.get('src')} needs a sentence as alternative text"
    for table in article.find_all("table"):
        headers = table.find_all("th")
        assert headers and all(header.get("scope") for header in headers), f"{page}: a header cell without scope"
        assert all(header.get_text(strip=True) for header in headers) or not table.caption, f"{page}: an empty header cell"
    levels = [int(heading.name[1]) for heading in article.find_all(re.compile(r"^h[1-6]$"))]
    assert levels[0] == 1 and all(after - before <= 1 for before, after in zip(levels, levels[1:])), f"{page}: {levels}"


@pytest.mark.parametrize("page", PAGES)
def test_every_link_inside_the_book_leads_somewhere(book, page):
    for link in soup_of(book, page).select("a[href]"):
        target = link["href"]
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = ((book / page).parent / path).resolve() if path else book / page
        assert file.exists(), f"{page}: no file for {target}"
        anchor, _, state = anchor.partition("?")
        if anchor and file.suffix == ".html":
            assert anchor in anchors_of(book, file.relative_to(book)), f"{page}: no anchor for {target}"
        frames = [frame["data-key"] for frame in soup_of(book, file.relative_to(book)).select(f'form#{anchor} .explorer-frame')] if state else []
        if frames:  # the script follows a link only if it names every control, in order
            assert unquote(state) in frames, f"{page}: no such state of the explorer: {target}"
            continue
        for control, value in parse_qsl(state):
            choice = soup_of(book, file.relative_to(book)).select(f'#{anchor} select[name="{control}"] option[value="{value}"]')
            assert choice, f"{page}: nothing to choose for {target}"


@pytest.mark.parametrize("page", PAGES)
def test_no_element_of_a_code_block_is_without_effect(book, page):
    assert soup_of(book, page).select(".highlight span.n, .highlight span.p, .highlight span.w") == []


def test_explorers_stay_within_their_budget(book):
    forms = [form for page in PAGES for form in soup_of(book, page).select("form.explorer")]
    assert [form["data-explorer"] for form in forms] == ["membership", "promise", "june", "memo", "money", "toll", "valley", "rules", "border", "program", "audit", "predict", "conditions", "rule"]
    for form in forms:
        frames = form.select(".explorer-frame")
        size = len(gzip.compress(str(form).encode(), 9))
        assert 1 < len(frames) <= 40
        assert "<g>" not in str(form), f"explorer {form['data-explorer']}: groups that do nothing"
        assert size <= 25_000, f"explorer {form['data-explorer']}: {size} bytes gzip"


@pytest.mark.parametrize("page", PAGES)
def test_the_first_load_weighs_at_most_a_quarter_of_a_megabyte(book, page):
    soup = soup_of(book, page)
    loaded = {tag["src"] for tag in soup.select("script[src], img[src]")} | {tag["href"] for tag in soup.select('link[rel="stylesheet"]')}
    files = {((book / page).parent / address.split("?")[0]).resolve() for address in loaded if not address.startswith("data:")}
    files |= {book / page, *(book / "_static").rglob("*.woff2")}
    size = sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)
    print(f"{page}: {size / 1000:.0f} kB gzip")
    limit = 380_000 if page == "chapters/timeline.html" else 250_000  # it holds every event twice: as a list and as a table
    assert size <= limit, f"{page}: {size} bytes gzip at first load"


def test_the_bibliography_lists_every_source_once_under_its_kind(book):
    listed = [element["id"] for element in soup_of(book, "chapters/bibliography.html").select("[id^=source-]")]
    assert sorted(listed) == sorted(f"source-{key}" for key in bibliography())


def test_every_source_with_an_address_is_linked_to_it_letter_by_letter(book):
    for entry in soup_of(book, "chapters/bibliography.html").select("[id^=source-]"):
        source = bibliography()[entry["id"].removeprefix("source-")]
        link = entry.select_one("a.external")
        assert (link and link["href"]) == source.fields.get("url"), source.key


@pytest.mark.parametrize(
    "written, read",
    [
        ("a page, and another", "a page, and another"),
        ("http://example.org/a,b,,c-d.html", "http://example.org/a,b,,c-d.html"),
        (r"Caf\'e \& Sons, 1992--2021", "Café & Sons, 1992–2021"),
        ("a~hard blank", "a\xa0hard blank"),
        ("{CSTO} summit", "CSTO summit"),
    ],
)
def test_signs_of_latex_in_a_source_are_read(written, read):
    assert str(book_pages.read_latex(written)) == read


def test_every_source_leads_to_the_pages_that_use_it(book):
    used = usage.sources()
    for entry in soup_of(book, "chapters/bibliography.html").select("[id^=source-]"):
        key = entry["id"].removeprefix("source-")
        links = [link["href"].removesuffix(".html") for link in entry.select("small a")]
        assert links == used.get(key, []), key
        assert entry["data-chapter"] == (";".join(links) or "further-reading")
        assert entry["data-kind"] == bibliography()[key].fields["keywords"]


@pytest.mark.parametrize("slug", usage.chapters())
def test_figures_and_tables_lead_to_each_other(book, slug):
    soup, codebook = soup_of(book, f"chapters/{slug}.html"), soup_of(book, "chapters/codebook.html")
    for figure in usage.figures(slug):
        place = soup.find(id=figure.anchor)
        assert place, f"{slug}: nothing stands at #{figure.anchor}"
        targets = [link["href"] for link in place.select(".figure-data a")]
        assert targets == [f"codebook.html#{usage.sections()[name]}" for name in figure.tables], f"{slug}: {figure.title}"
        for target in targets:
            section = codebook.find(id=target.partition("#")[2])
            assert section.select(f'a[href="{slug}.html#{figure.anchor}"]'), f"the codebook does not name {figure.title!r} under {target}"


def test_the_codebook_offers_the_package_that_the_build_wrote(book):
    link = soup_of(book, "chapters/codebook.html").select_one(f'a[href="../{usage.PACKAGE}"]')
    written = (book / usage.PACKAGE).read_bytes()
    assert written == usage.package() and f"({len(written) / 1000:.0f} kB)" in link.parent.text


def test_counts_and_citation_of_the_method_page_are_those_of_the_files(book):
    words = " ".join(soup_of(book, "chapters/how-this-book-was-made.html").select_one("article").text.split())
    assert "{{ " not in words.replace("{{The casebook contributors}}", "").replace("{{Paper Tiger", "")
    assert f"has {len(bibliography()):,} entries: " in words
    for kind, label in usage.KINDS.items():
        assert f"{sum(entry.fields['keywords'] == kind for entry in bibliography().values())} {label}" in words
    citation = yaml.safe_load((BOOK / "CITATION.cff").read_text(encoding="utf-8"))
    assert f"{citation['authors'][0]['name']} ({citation['date-released'].year}). {citation['title']}. Version {citation['version']}." in words
    assert f"title = {{{{{citation['title']}}}}}" in words
    newest = re.search(r"^## (.+)$", (BOOK / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert f"Versions# {newest[1]}" in words


def test_the_scripts_are_small_and_that_of_the_lists_is_only_where_one_is(book):
    assert (book / "_static" / "explore.js").stat().st_size <= 2_048
    assert (book / "_static" / "filter.js").stat().st_size <= 1_200
    for page in PAGES:
        assert bool(soup_of(book, page).select('script[src*="filter.js"]')) == bool(soup_of(book, page).select("form.filter")), page


def test_the_timeline_has_every_event_once_in_order_of_date(book):
    events = pd.read_csv(DATA / "events.csv", dtype=str).sort_values("date_start", kind="stable")
    page = soup_of(book, "chapters/timeline.html")
    entries = page.select("#events-list > li")
    assert [entry["id"] for entry in entries] == list(events["id"])
    for entry, event in zip(entries, events.itertuples()):
        assert (entry["data-chapter"], entry["data-party"], entry["data-kind"]) == (event.chapter, event.parties, event.kind)
        assert entry.select(f'a[href="{event.chapter}.html"]'), f"{event.id}: no link to its chapter"
        assert len(entry.select('a[href^="bibliography.html#source-"]')) == len(event.sources.split(";"))
    assert page.select_one("#events [role=status]").get_text() == f"{len(events)} of {len(events)} events shown"
    assert len(page.select("details table tbody tr")) == len(events)
    assert len(page.find_all(True)) < 9_500, "too many elements for a phone"
    assert page.select('a[download][href$="events.csv"]') and page.select('a[download][href$="datapackage.json"]')


def test_every_chapter_with_events_has_a_page_that_links_to_them_and_to_the_core_readings(book):
    for chapter in pd.read_csv(DATA / "events.csv")["chapter"].unique():
        assert chapter in chapters(), f"data/events.csv: no page for chapter {chapter!r}"
        links = {link["href"] for link in soup_of(book, f"chapters/{chapter}.html").select("article a[href]")}
        assert f"timeline.html#events?chapter={chapter}" in links, f"{chapter}.md: no link to its events in the timeline"
        assert any(link.startswith("core-readings.html") for link in links), f"{chapter}.md: no link to the core readings"


def test_the_core_readings_page_has_every_checked_claim_and_every_excerpt(book):
    checks = pd.read_csv(DATA / "core-reading-checks.csv")
    page = soup_of(book, "chapters/core-readings.html")
    entries = page.select("#claims-list > li")
    assert [(entry["data-reading"], entry["data-verdict"]) for entry in entries] == list(zip(checks["reading"], checks["verdict"]))
    listed = {link["href"] for link in page.select('a[href*=".html#document-"]')}
    cards = [(chapter, card) for chapter in chapters() for card in soup_of(book, f"chapters/{chapter}.html").select("div.source-card")]
    sources = [f'blockquote a[href$="#source-{reading}"]' for reading in checks["reading"].unique()]
    assert listed == {f"{chapter}.html#{card['id']}" for chapter, card in cards if any(card.select(source) for source in sources)}


@pytest.mark.parametrize("page", notebooks.executable_pages(), ids=lambda page: page.stem)
def test_launch_buttons_open_the_twin(book, page):
    twin = page.relative_to(BOOK).with_suffix(".ipynb")
    assert (BOOK / twin).exists()
    links = [link["href"] for link in soup_of(book, f"chapters/{page.stem}.html").select(".article-header-buttons a[href]")]
    repository = notebooks.repository_address().removeprefix("https://github.com/")
    assert f"https://mybinder.org/v2/gh/{repository}/main?urlpath=lab/tree/{twin.as_posix()}" in links, links
    assert f"https://colab.research.google.com/github/{repository}/blob/main/{twin.as_posix()}" in links, links


def test_a_rebuild_reads_a_page_again_only_when_a_file_has_changed(book):
    with open(book.parent / ".doctrees" / "environment.pickle", "rb") as file:
        environment = pickle.load(file)
    for page, inputs in environment.dependencies.items():
        odd = [each for each in inputs if "jupyter_execute" not in each and not (BOOK / each).is_file()]  # figures: their folder has moved
        assert odd == [], f"{page} depends on {odd}: what is no file counts as changed each time"


def test_no_label_stands_on_two_pages(book):
    seen = {}
    for stored in sorted((book.parent / ".doctrees").rglob("*.doctree")):
        explicit = [name for name, by_hand in pickle.loads(stored.read_bytes()).nametypes.items() if by_hand]
        for label in explicit:
            first = seen.setdefault(label, stored)
            assert first == stored, f"({label})= stands in {first.stem} and in {stored.stem}: which one a link finds is chance"
    assert seen, "no label was found"


def test_no_source_file_is_published_by_accident(book):
    assert not (book / "_sources").exists()
    assert not list(book.rglob("*.py"))


def copy_of_the_book(tmp_path):
    """A small book with the same configuration and one page, to be broken on purpose."""
    copy = tmp_path / "copy"
    ignore = shutil.ignore_patterns("_build", ".venv", ".git", "*.ipynb", ".pytest_cache", "__pycache__", "node_modules", "tests")
    shutil.copytree(BOOK, copy, ignore=ignore)
    (copy / "_toc.yml").write_text("format: jb-book\nroot: page\n", encoding="utf-8")
    return copy


HEADER = "---\njupytext: {text_representation: {extension: .md, format_name: myst}}\nkernelspec: {name: python3, display_name: Python 3}\n---\n\n# Page\n\n"


@pytest.mark.parametrize(
    "content, message",
    [
        ("```{code-cell} ipython3\n1 / 0\n```\n", "ZeroDivisionError.*a cell failed on page"),
        ("```{code-cell} ipython3\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);\n```\n", "has no alternative text"),
        ("See {cite:p}`nobody-1999`.\n", 'could not find bibtex key "nobody-1999"'),
    ],
    ids=["crashing cell", "missing alternative text", "unknown source"],
)
def test_a_broken_page_breaks_the_build_and_says_why(tmp_path, content, message):
    copy = copy_of_the_book(tmp_path)
    (copy / "page.md").write_text(HEADER + content, encoding="utf-8")
    result = build(copy, tmp_path / "out")
    assert result.returncode != 0
    assert re.search(message, re.sub(r"\x1b\[[\d;]*m", "", result.stdout + result.stderr), re.S)
