"""The pages of the EPUB on narrow screens: nothing sticks out, and axe finds nothing to object to."""

import zipfile

import pytest
from support.browsing import PHONE, axe_violations, sticks_out

#: Pages that are longest or unlike all others.
EXTREMES = ["nav", "title", "index", "origins", "comparison", "timeline", "glossary", "bibliography"]


@pytest.fixture(scope="module")
def pages(epub_file, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(epub_file) as archive:
        archive.extractall(folder)
    return sorted(folder.glob("EPUB/*.xhtml"))


def test_nothing_sticks_out_of_a_page_and_axe_finds_no_violation_of_wcag_a_or_aa(browser, pages):
    assert len(pages) > 20 and set(EXTREMES) <= {page.stem for page in pages}
    found = []
    with browser.new_page() as tab:
        for page in pages:
            tab.goto(page.as_uri())
            for width in (600, PHONE["width"]):
                tab.set_viewport_size({**PHONE, "width": width})
                if sticks_out(tab, width):
                    found.append(f"{page.name} sticks out at {width} pixels")
            if page.stem in EXTREMES:  # the device chooses the colors
                found += [f"{page.name}: {each}" for each in axe_violations(tab, contrast=False)]
    assert found == []
