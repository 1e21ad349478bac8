"""What becomes of a piece of HTML in an edition without a screen, and what a command says that cannot make one."""

import os
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from casebook.contents import BOOK
from press.editions import epub, offline, pages, pdf

FORM = """<form class="explorer" id="rain"><fieldset><legend>Rain</legend><div class="explorer-control">
<label>Year</label><input type="range" value="2"/></div></fieldset>
<div class="explorer-frame" hidden="hidden"><p class="explorer-state">Year 1</p><p>wet</p></div>
<div class="explorer-frame"><p class="explorer-state">Year 2</p><p>dry</p></div></form>"""


def page_of(content: str, address: str = "") -> pages.Page:
    """A page with some content, cleared for an edition."""
    article = BeautifulSoup(f"<article><section><h1>Own</h1>{content}</section></article>", "html.parser").article
    page = pages.Page("own", "Own", "Chapters", article, "chapters/own", address)
    pages.clean(page)
    return page


# --- pieces of a page


def test_a_folded_part_becomes_a_block_with_a_bold_line():
    article = page_of("<details><summary>What happened next</summary><p>It rained.</p></details>").article
    assert str(article.select_one(".unfolded")) == (
        '<div class="unfolded"><p class="unfolded-title"><strong>What happened next</strong></p><p>It rained.</p></div>'
    )


@pytest.mark.parametrize(
    "address, words",
    [
        ("", "page on the web"),
        ("https://example.org/own.html", '<a href="https://example.org/own.html#rain">page on the web</a>'),
    ],
    ids=["not published", "published"],
)
def test_an_explorer_shows_its_choice_and_links_its_page_if_the_book_has_an_address(address, words):
    article = page_of(FORM, address).article
    expected = f'<p class="explorer-more">The {words} has 1 more view, one for each choice.</p>'
    assert str(article.select_one(".explorer-more")) == expected
    assert article.select_one(".explorer-choice").get_text() == "Year: 2"
    assert "dry" in article.get_text() and "wet" not in article.get_text()


@pytest.mark.parametrize(
    "address, link, expected",
    [
        ("https://example.org/chapters/own.html", "../a/b.csv", '<a href="https://example.org/a/b.csv"><i>b</i></a>'),
        ("", "../a/b.csv", "<span><i>b</i></span>"),
        ("", "https://example.org/a#b", '<a href="https://example.org/a#b"><i>b</i></a>'),
        ("", "mailto:a@example.org", '<a href="mailto:a@example.org"><i>b</i></a>'),
    ],
    ids=["file of a published book", "file of another book", "address on the web", "mail"],
)
def test_a_link_out_of_the_book_leads_to_the_web_or_is_plain_text(address, link, expected):
    page = page_of(f'<p><a download="" href="{link}"><i>b</i></a></p>', address)
    pages.relink(page, [page], inside=None)
    assert str(page.article.p) == f"<p>{expected}</p>"


def test_pages_of_one_name_in_two_folders_have_two_slugs(tmp_path, monkeypatch):
    listed = [("index", ""), ("chapters/rain", "A"), ("teaching/rain", "A")]
    for name, _ in listed:
        file = tmp_path / f"{name}.html"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"<article><h1>{name}</h1></article>", encoding="utf-8")
    monkeypatch.setattr(pages, "open_pages", lambda: listed)
    found = [(page.slug, page.part) for page in pages.pages(tmp_path)]
    assert found == [("index", ""), ("rain", "A"), ("teaching-rain", "A")]


# --- what goes wrong


def test_without_the_book_no_edition_is_written(tmp_path):
    message = r"index\.html is missing: run `make book` first$"
    with pytest.raises(pages.EditionError, match=message):
        pages.pages(tmp_path)
    with pytest.raises(pages.EditionError, match=message):
        epub.write_epub(tmp_path, tmp_path / "book.epub")
    with pytest.raises(pages.EditionError, match=message):
        pdf.write_pdf(None, tmp_path, tmp_path / "book.pdf")
    assert list(tmp_path.iterdir()) == []


def test_the_offline_folder_names_a_missing_edition_with_the_command_that_makes_it(tmp_path):
    html = tmp_path / "html" / "index.html"
    html.parent.mkdir()
    html.touch()
    with pytest.raises(pages.EditionError, match="run `make pdf` first"):
        offline.write_offline(tmp_path)
    assert not (tmp_path / "offline").exists()


@pytest.mark.parametrize(
    "edition, message",
    [
        ("epub", "index.html is missing: run `make book` first"),
        ("pdf", "No Chromium to print or test with. Install one (Debian: apt-get install chromium;"),
    ],
    ids=["epub", "pdf"],
)
def test_a_command_that_cannot_write_ends_with_one_sentence(tmp_path, edition, message):
    command = [sys.executable, "-m", "press", edition, tmp_path / f"book.{edition}", "--html", tmp_path]
    surroundings = os.environ | {"CHROMIUM": str(tmp_path / "none")}
    result = subprocess.run(command, cwd=BOOK, env=surroundings, capture_output=True, text=True)
    assert result.returncode == 1 and message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_an_epub_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    old = tmp_path / "book.epub"
    old.write_bytes(b"old")
    monkeypatch.setattr(epub, "contents", lambda html: {"mimetype": b"application/epub+zip", "broken": None})
    with pytest.raises(TypeError):
        epub.write_epub(tmp_path, old)
    assert old.read_bytes() == b"old" and list(tmp_path.iterdir()) == [old]


def test_a_print_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    def fail(*arguments, **options):
        raise OSError("no paper")

    old = tmp_path / "book.pdf"
    old.write_bytes(b"old")
    monkeypatch.setattr(pdf, "assemble", lambda html: "")
    monkeypatch.setattr(pdf, "print_document", fail)
    with pytest.raises(OSError, match="no paper"):
        pdf.write_pdf(None, tmp_path, old)
    assert old.read_bytes() == b"old" and list(tmp_path.iterdir()) == [old]
