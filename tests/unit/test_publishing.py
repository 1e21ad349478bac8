"""What a published page needs besides its content: previews, addresses, a policy; and data that stay data."""

import csv
import filecmp
import json
import re
import shutil
import struct
from xml.etree import ElementTree

import pytest
import yaml
from casebook.paths import DATA
from conftest import BOOK, build
from test_build import PAGES, soup_of

CONFIG = yaml.safe_load((BOOK / "_config.yml").read_text(encoding="utf-8"))
BASE = CONFIG["html"]["baseurl"]
CITATION = yaml.safe_load((BOOK / "CITATION.cff").read_text(encoding="utf-8"))
CONTENTS = yaml.safe_load((BOOK / "_toc.yml").read_text(encoding="utf-8"))
IN_ORDER = [CONTENTS["root"], *(page["file"] for part in CONTENTS["parts"] for page in part["chapters"])]
WITH_ANSWERS = [page for page in IN_ORDER if "robots: noindex" in (BOOK / f"{page}.md").read_text(encoding="utf-8")]
FOUND = [page for page in IN_ORDER if page not in WITH_ANSWERS]
GENERATED = ["search.html", "genindex.html"]
SOURCES = shutil.ignore_patterns("_build", ".venv", ".git", ".pytest_cache", "__pycache__", "tests", ".github")


def properties(page):
    return {tag["property"]: tag["content"] for tag in page.select("meta[property]")}


@pytest.mark.parametrize("page", PAGES)
def test_a_preview_tells_the_page_its_address_and_a_picture(book, page):
    soup, shown = soup_of(book, page), properties(soup_of(book, page))
    assert soup.select_one('link[rel="canonical"]')["href"] == shown["og:url"] == f"{BASE}{page}"
    assert shown["og:description"] == soup.select_one('meta[name="description"]')["content"]
    assert soup.title.string.startswith(shown["og:title"])
    picture = book / shown["og:image"].removeprefix(BASE)
    assert struct.unpack(">II", picture.read_bytes()[16:24]) == (1200, 630)
    assert len(shown["og:image:alt"]) > 40


@pytest.mark.parametrize("page", [*PAGES, *GENERATED, "404.html"])
def test_every_page_is_described_once_and_has_a_policy(book, page):
    soup = soup_of(book, page)
    assert len(soup.select('meta[name="description"]')) == 1
    policy = soup.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'" and not re.search(r"https?:|\*|unsafe-eval", policy)
    assert "unsafe-inline" not in rules["script-src"]
    for tag in soup.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on")], f"inline handler: {str(tag)[:200]}"
        assert not str(tag.get("href", "")).lower().startswith("javascript:")


def test_catalogs_can_read_the_front_page(book):
    described = json.loads(soup_of(book, "index.html").select_one('script[type="application/ld+json"]').string)
    assert "LearningResource" in described["@type"] and described["url"] == BASE
    assert (described["name"], described["version"]) == (CITATION["title"], CITATION["version"])
    assert [part["url"] for part in described["hasPart"]] == [f"{BASE}{page}.html" for page in FOUND[1:]]
    assert all(part["name"] and len(part["description"]) >= 50 for part in described["hasPart"])


def test_the_site_map_lists_the_pages_in_reading_order_but_those_with_answers(book):
    spaces = {"": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    listed = [each.text for each in ElementTree.parse(book / "sitemap.xml").findall("url/loc", spaces)]
    assert listed == [f"{BASE}{page}.html" for page in FOUND]
    assert {page.split("/")[0] for page in WITH_ANSWERS} == {"teaching"} and len(FOUND) >= 12


def test_a_wrong_address_leads_back_to_the_pages(book):
    soup = soup_of(book, "404.html")
    assert [link["href"] for link in soup.select("main a")] == [f"{BASE}{page}.html" for page in FOUND]
    assert soup.form["action"] == f"{BASE}search.html" and soup.select_one(f'label[for="{soup.input["id"]}"]')
    assert soup.select_one('link[rel="icon"]')["href"] == "data:,", "a browser would ask the root of the host for an icon"
    assert not soup.find_all(["script", "img"]) and not soup.select('link[rel="stylesheet"]')


def test_the_citation_file_is_complete_and_of_this_version():
    assert CITATION["cff-version"] == "1.2.0" and CITATION["type"] in ("dataset", "software") and CITATION["message"] and CITATION["authors"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", CITATION["version"]) and re.fullmatch(r"\d{4}-\d\d-\d\d", str(CITATION["date-released"]))
    assert CITATION["license"] == "CC-BY-4.0"
    assert json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["version"] == CITATION["version"]


@pytest.mark.parametrize("path", sorted((BOOK / ".github" / "workflows").glob("*.yml")), ids=lambda path: path.stem)
def test_a_workflow_calls_what_exists_and_asks_for_no_more_than_it_needs(path):
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"]["contents"] == ("write" if path.stem == "release" else "read")
    makefile = (BOOK / "Makefile").read_text(encoding="utf-8")
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 90
        for step in job["steps"]:
            assert "uses" not in step or re.search(r"@v\d+$", step["uses"]), step
            for target in " ".join(re.findall(r"\bmake ([a-z ]+)", step.get("run", ""))).split():
                assert re.search(rf"^{target}:", makefile, re.M), f"no target {target} in the Makefile"
            for script in re.findall(r"\bbash (\S+)", step.get("run", "")):
                assert (BOOK / script).is_file(), script


# --- two builds that cost a minute: the same commit elsewhere, and a commit with hostile data


def copy_of_the_book(folder):
    return shutil.copytree(BOOK, folder / "another place", ignore=SOURCES)


def differences(one, other):
    found = filecmp.dircmp(one, other, ignore=[], hide=[])
    yield from (str(one / name) for name in [*found.left_only, *found.right_only])
    _, changed, unread = filecmp.cmpfiles(one, other, found.common_files, shallow=False)
    yield from (str(one / name) for name in [*changed, *unread])
    for name in found.common_dirs:
        yield from differences(one / name, other / name)


def test_two_builds_are_the_same_byte_for_byte(book, tmp_path):
    copy = copy_of_the_book(tmp_path)
    result = build(copy, copy)
    assert result.returncode == 0, result.stderr[-2000:]
    assert list(differences(book, copy / "_build" / "html")) == []


HOSTILE = ' <script>hacked()</script><img src="x" onerror="hacked()">'
#: Columns of free words that pages look values up by; changed, they would be other data.
LOOKED_UP = {("events", "actors"), ("cases", "member"), ("reported-figures", "reporter"), ("reported-figures", "note")}
#: Pages that show neither free words of a table nor a title.
WORDLESS = {"chapters/glossary.html", "chapters/codebook.html", "chapters/how-this-book-was-made.html"}
WORDLESS |= {page for page in PAGES if page.startswith("teaching/") and "{cite:" not in (BOOK / page).with_suffix(".md").read_text(encoding="utf-8")}


def spoil_every_text(copy):
    """Add active content to every cell of free text in the tables and to every title in the bibliography."""
    package = json.loads((copy / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        schema = resource.get("schema", {"fields": []})
        keys = [schema.get("primaryKey", []), *(key["fields"] for key in schema.get("foreignKeys", []))]
        keys = {name for key in keys for name in ([key] if isinstance(key, str) else key)}
        free = {
            field["name"]
            for field in schema["fields"]
            if field["type"] == "string" and field["name"] not in keys and not {"enum", "pattern"} & field.get("constraints", {}).keys()
        } - {column for table, column in LOOKED_UP if table == resource["name"]}
        if not free:
            continue
        path = copy / "data" / resource["path"]
        with path.open(newline="", encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream))
        with path.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows({name: value + HOSTILE if name in free and value else value for name, value in row.items()} for row in rows)
    sources = copy / "references.bib"
    title = HOSTILE.replace('"', "'")
    sources.write_text(re.sub(r"^(  title = \{.*)\},$", rf"\1{title}}},", sources.read_text(encoding="utf-8"), flags=re.M), encoding="utf-8")


def test_active_content_in_the_data_is_shown_as_text(tmp_path):
    copy = copy_of_the_book(tmp_path)
    spoil_every_text(copy)
    result = build(copy, copy)
    written = copy / "_build" / "html"
    assert (written / "index.html").is_file(), result.stderr[-2000:]
    for page in PAGES:
        soup = soup_of(written, page)
        assert not soup.select("[onerror]") and not [script for script in soup.find_all("script") if "hacked" in script.text], page
        assert ("&lt;script&gt;hacked" in str(soup.article)) == (page not in WORDLESS), page
