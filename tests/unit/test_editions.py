"""What becomes of a part of a page in an edition, and what a command says that cannot make one."""

import os
import subprocess
import sys

import pytest
from matplotlib.figure import Figure
from support.outputs import printed

from casebook import explore
from casebook.contents import BOOK
from press.editions import epub, offline, pages, pdf
from press.model.book import site
from press.sphinx.editions import slugs_of

# --- parts of a page


def test_a_folded_part_becomes_a_block_with_a_bold_line(page):
    block = page.laid_out(":::{dropdown} What happened next\nIt rained.\n:::").select_one(".unfolded")
    assert [line.get_text() for line in block.find_all("p")] == ["What happened next", "It rained."]
    assert block.p.strong and not block.select("details, summary, svg")


def test_an_explorer_shows_its_choice_and_links_its_page(page, on_page):
    def draw(year):
        return Figure(figsize=(1, 1))

    explorer = explore(draw, name="rain", title="Rain", describe=lambda year: f"It rained in {year}.", year=[1, 2])
    block = page.laid_out(printed(explorer)).find(id="rain")
    words = [line.get_text() for line in block.find_all("p")]
    assert words == ["Rain", "Year: 1", "It rained in 1.", "The page on the web has 1 more view, one for each choice."]
    assert block.a["href"] == "https://example.org/page.html#rain"
    assert block.svg and not block.select("form, input, [hidden], .explorer-frame")


@pytest.mark.parametrize(
    "link, address",
    [
        ("{built-file}`data <a/b.zip>`", f"{site()}/a/b.zip"),
        ("[data](https://example.org/a#b)", "https://example.org/a#b"),
        ("[data](mailto:a@example.org)", "mailto:a@example.org"),
    ],
    ids=["file of the book", "address on the web", "mail"],
)
def test_a_link_out_of_the_book_leads_to_the_web(page, link, address):
    found = page.laid_out(link).p.a
    assert (found.get_text(), found["href"]) == ("data", address)


def test_pages_of_one_name_in_two_folders_have_two_slugs():
    names = ["index", "chapters/rain", "teaching/rain"]
    assert slugs_of(names) == {"index": "index", "chapters/rain": "rain", "teaching/rain": "teaching-rain"}


# --- what goes wrong


def test_the_offline_folder_names_a_missing_edition_with_the_command_that_makes_it(tmp_path):
    html = tmp_path / "html" / "index.html"
    html.parent.mkdir()
    html.touch()
    with pytest.raises(pages.EditionError, match="run `make pdf` first"):
        offline.write_offline(tmp_path)
    assert not (tmp_path / "offline").exists()


@pytest.mark.parametrize(
    "command, message",
    [
        ("offline", "index.html is not in"),
        ("pdf", "No Chromium to print or test with. Install one (Debian: apt-get install chromium-headless-shell;"),
    ],
)
def test_a_command_that_cannot_write_ends_with_one_sentence(tmp_path, command, message):
    command = [sys.executable, "-m", "press", command, tmp_path / "written", "--book", tmp_path]
    surroundings = os.environ | {"CHROMIUM": str(tmp_path / "none")}
    result = subprocess.run(command, cwd=BOOK, env=surroundings, capture_output=True, text=True)
    assert result.returncode == 1 and message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_an_epub_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    old = tmp_path / "book.epub"
    old.write_bytes(b"old")
    monkeypatch.setattr(epub, "contents", lambda *parts: {"mimetype": b"application/epub+zip", "broken": None})
    with pytest.raises(TypeError):
        epub.write_epub([], {}, old)
    assert old.read_bytes() == b"old" and list(tmp_path.iterdir()) == [old]


def test_a_print_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    def fail(*arguments, **options):
        raise OSError("no paper")

    old = tmp_path / "book.pdf"
    old.write_bytes(b"old")
    monkeypatch.setattr(pdf, "open_document", fail)
    with pytest.raises(OSError, match="no paper"):
        pdf.write_pdf(None, [], {}, old)
    assert old.read_bytes() == b"old" and list(tmp_path.iterdir()) == [old]
