"""The folder for people without a connection: complete, small, the same in every run, and at work from a disk."""

import io
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from press.archive import zipped
from press.editions import offline


@pytest.fixture(scope="module")
def editions(book, printed, epub_file, tmp_path_factory) -> Path:
    """A build folder with every edition, as `make offline` finds it."""
    folder = tmp_path_factory.mktemp("editions")
    (folder / "html").symlink_to(book)
    for made in (printed, epub_file):
        kind = made.suffix[1:]
        (folder / kind).mkdir()
        (folder / kind / f"{offline.NAME}.{kind}").symlink_to(made)
    return folder


@pytest.fixture(scope="module")
def archive(editions) -> bytes:
    return offline.write_offline(editions).read_bytes()


@pytest.fixture(scope="module")
def unpacked(archive, tmp_path_factory) -> Path:
    """The folder in a place with spaces and letters of two alphabets, as on somebody's stick."""
    place = tmp_path_factory.mktemp("stick") / "Мой курс à lire"
    zipfile.ZipFile(io.BytesIO(archive)).extractall(place)
    return place / offline.NAME


def test_it_is_small_and_the_same_in_every_run(archive, editions):
    assert len(archive) < 15_000_000
    assert zipped(offline.offline_folder(editions)) == archive


def test_the_first_page_leads_to_everything(unpacked):
    page = BeautifulSoup((unpacked / "START-HERE.html").read_text(encoding="utf-8"), "html.parser")
    targets = [link["href"] for link in page.find_all("a")]
    assert len(targets) == 5 and [target for target in targets if not (unpacked / target).exists()] == []


def test_no_link_of_the_pages_leads_to_a_missing_file(unpacked):
    for path in (unpacked / "book").rglob("*.html"):
        if path.name == "404.html":
            continue  # for a web server: its links are absolute
        for target in set(re.findall(r'<a\b[^>]*?\shref="([^"]+)"', path.read_text(encoding="utf-8"))):
            address = urlsplit(target)
            inside = not address.scheme and address.path
            assert not inside or (path.parent / unquote(address.path)).exists(), f"{path.name}: {target}"


def test_a_chapter_opens_from_the_disk_and_its_explorer_moves(open_page, unpacked):
    tab = open_page((unpacked / "START-HERE.html").as_uri(), offline=True)
    tab.get_by_role("link", name="Read the book").click()
    tab.get_by_role("link", name="1. Origins").click()
    tab.wait_for_load_state()  # the script that moves the explorer runs last
    tab.locator("#membership-year").focus()
    tab.keyboard.press("ArrowRight")
    assert tab.locator("#membership .explorer-frame:visible").get_attribute("data-key") == "year=2000"


def test_the_search_works_from_the_disk(open_page, unpacked):
    tab = open_page((unpacked / "book" / "search.html").as_uri() + "?q=Kamarob", offline=True)
    tab.locator('#search-results li a[href*="rasht-insurgency"]').first.click()
    tab.locator("article h1").wait_for()


def test_the_notebooks_are_in_the_folder_as_they_run_alone(unpacked):
    """Every one of them is run from these files alone in tests/book/test_notebooks.py."""
    for name, content in offline.notebook_files().items():
        assert (unpacked / "notebooks" / name).read_bytes() == content, name
