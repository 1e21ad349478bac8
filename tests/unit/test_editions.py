"""What becomes of a part of a page in an edition; an edition that cannot be made."""

import pytest
from matplotlib.figure import Figure
from support.outputs import printed

from casebook import explore
from press.__main__ import main
from press.editions import epub, pdf
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


def test_the_offline_folder_names_what_is_missing_with_the_command_that_makes_it(tmp_path):
    command = ["offline", str(tmp_path / "written"), "--book", str(tmp_path)]
    with pytest.raises(SystemExit, match="index.html is not in .*: run `make book` first"):
        main(command)
    html = tmp_path / "_build" / "html" / "index.html"
    html.parent.mkdir(parents=True)
    html.touch()
    with pytest.raises(SystemExit, match="run `make pdf` first"):
        main(command)
    assert not (tmp_path / "written").exists()


@pytest.mark.parametrize(
    "module, step, write",
    [
        (epub, "contents", lambda file: epub.write_epub([], {}, file)),
        (pdf, "open_document", lambda file: pdf.write_pdf(None, [], {}, file)),
    ],
    ids=["EPUB", "PDF"],
)
def test_an_edition_that_fails_leaves_the_old_file(tmp_path, monkeypatch, module, step, write):
    def fail(*arguments, **options):
        raise OSError("no paper")

    old = tmp_path / "book"
    old.write_bytes(b"old")
    monkeypatch.setattr(module, step, fail)
    with pytest.raises(OSError, match="no paper"):
        write(old)
    assert old.read_bytes() == b"old" and list(tmp_path.iterdir()) == [old]
