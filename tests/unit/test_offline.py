"""The folder for people without a connection: complete, small, the same in every run, and at work from a disk."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import offline
import pytest
from bs4 import BeautifulSoup
from casebook import usage


@pytest.fixture(scope="module")
def editions(book, printed, epub_file, tmp_path_factory) -> Path:
    """A build folder with every edition, as `make offline` finds it."""
    folder = tmp_path_factory.mktemp("editions")
    (folder / "html").symlink_to(book)
    for made in (printed, epub_file):
        kind = made.suffix[1:]
        (folder / kind).mkdir()
        (folder / kind / f"{offline.FOLDER}.{kind}").symlink_to(made)
    return folder


@pytest.fixture(scope="module")
def archive(editions) -> bytes:
    return offline.write_offline(editions).read_bytes()


@pytest.fixture(scope="module")
def unpacked(archive, tmp_path_factory) -> Path:
    """The folder in a place with blanks and letters of two alphabets, as on somebody's stick."""
    place = tmp_path_factory.mktemp("stick") / "Мой курс à lire"
    zipfile.ZipFile(io.BytesIO(archive)).extractall(place)
    return place / offline.FOLDER


@pytest.fixture
def tab(browser):
    """A page that records what goes wrong and every request for anything but a file."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.problems, page.outside = [], []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda message: page.problems.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: page.outside.append(request.url) if not request.url.startswith(("file:", "data:")) else None)
    yield page
    context.close()


def test_it_is_small_and_the_same_in_every_run(archive, editions):
    assert len(archive) < 15_000_000
    assert usage.zipped(offline.offline_folder(editions)) == archive


def test_the_first_page_leads_to_everything(unpacked):
    page = BeautifulSoup((unpacked / "START-HERE.html").read_text(encoding="utf-8"), "html.parser")
    targets = [link["href"] for link in page.find_all("a")]
    assert len(targets) == 5 and all((unpacked / target).exists() for target in targets)


def test_no_link_of_the_pages_leads_to_a_missing_file(unpacked):
    lost = []
    for path in (unpacked / "book").rglob("*.html"):
        if path.name == "404.html":
            continue  # for a web server: its links are absolute
        for link in BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select("a[href]"):
            address = urlsplit(link["href"])
            if not address.scheme and address.path and not (path.parent / unquote(address.path)).exists():
                lost.append((path.name, link["href"]))
    assert lost == []


def test_a_chapter_opens_from_the_disk_and_its_explorer_moves(tab, unpacked):
    tab.goto((unpacked / "START-HERE.html").as_uri())
    tab.get_by_role("link", name="Read the book").click()
    tab.get_by_role("link", name="Origins: a paper tiger or a safe choice?").first.click()
    tab.wait_for_load_state()  # the script that moves the explorer runs last
    tab.locator("#membership-year").focus()
    tab.keyboard.press("ArrowRight")
    assert tab.locator("#membership .explorer-frame:visible").get_attribute("data-key") == "year=2008"
    assert tab.outside == [] and tab.problems == []


def test_the_search_works_from_the_disk(tab, unpacked):
    tab.goto((unpacked / "book" / "index.html").as_uri())
    tab.goto((unpacked / "book" / "search.html").as_uri() + "?q=Kamarob")
    tab.locator("#search-results li a").first.wait_for()
    found = tab.locator("#search-results li a")
    assert any("rasht-insurgency" in link.get_attribute("href") for link in found.all())
    found.first.click()
    tab.locator("article h1").wait_for()
    assert tab.outside == [] and tab.problems == []


def test_a_notebook_runs_in_the_folder(unpacked):
    run = "import matplotlib; matplotlib.use('agg'); import casebook, pandas; print(len(pandas.read_csv('../data/events.csv')))"
    result = subprocess.run([sys.executable, "-c", run], cwd=unpacked / "notebooks" / "chapters", capture_output=True, text=True)
    assert int(result.stdout) > 200, result.stderr
    assert len(list((unpacked / "notebooks" / "chapters").glob("*.ipynb"))) >= 5


def test_a_missing_edition_is_named_with_the_command_that_makes_it(tmp_path, book):
    (tmp_path / "html").symlink_to(book)
    with pytest.raises(FileNotFoundError, match="run `make pdf` first"):
        offline.write_offline(tmp_path)
    assert not (tmp_path / "offline" / f"{offline.FOLDER}.zip").exists()
