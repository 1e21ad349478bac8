"""The pages of the EPUB on narrow screens: nothing sticks out, and axe finds nothing to object to."""

import zipfile

import pytest
from support.browsing import PHONE, axe_violations, sticks_out

#: Pages that are longest or unlike all others.
EXTREMES = ["nav", "title", "index", "origins", "comparison", "timeline", "glossary", "bibliography"]


@pytest.fixture(scope="module")
def unpacked(epub_file, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(epub_file) as archive:
        archive.extractall(folder)
    return folder / "EPUB"


@pytest.fixture(scope="module")
def tab(browser):
    tab = browser.new_page(viewport=PHONE)
    yield tab
    tab.close()


def test_nothing_sticks_out_of_a_page(tab, unpacked):
    pages = sorted(unpacked.glob("*.xhtml"))
    assert len(pages) > 20
    wide = []
    for page in pages:
        tab.goto(page.as_uri())
        for width in (600, PHONE["width"]):
            tab.set_viewport_size({"width": width, "height": 800})
            if sticks_out(tab, width):
                wide.append(f"{page.name} at {width} pixels")
    assert wide == []


@pytest.mark.parametrize("name", EXTREMES)
def test_axe_finds_no_violation_of_wcag_a_or_aa_on_a_page(tab, unpacked, name):
    tab.set_viewport_size(PHONE)
    tab.goto((unpacked / f"{name}.xhtml").as_uri())
    assert axe_violations(tab, contrast=False) == []  # the device chooses the colors
