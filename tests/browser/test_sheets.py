"""What is printed for class on a screen and on paper: sheets cut from the chapters, handouts of the simulation."""

import os
import re
import subprocess
import sys

import pypdfium2
import pytest
from support.browsing import DESKTOP, PHONE, axe_violations, printed_sheets, sticks_out, words_of_sheets
from support.teaching import faults_in_handout

from casebook.contents import BOOK
from press.editions import handouts, packs, pdf
from press.errors import PressError
from press.model.packets import load
from press.model.simulation import ROLES, TITLE

HANDOUTS = "teaching/simulation/handouts"
PDFS = {name: f"council-june-2010-{name}.pdf" for name in (*ROLES, "jobs", "teacher")}
SMALL = """[...document.querySelectorAll("main :is(p, li, td, th)")].filter(each => each.textContent.trim()
    && parseFloat(getComputedStyle(each).fontSize) < 14).map(each => each.textContent.slice(0, 40))"""


def test_packets_fit_a_phone_and_print_each_sheet_on_pages_of_its_own_none_of_them_empty(open_page):
    tab = open_page("teaching/start.html", viewport=PHONE)
    for slug, times in load().items():
        for time, listed in times.items():
            where = f"teaching/{slug}-{time}.html"
            tab.goto(where)
            assert not sticks_out(tab, PHONE["width"]), f"{where} sticks out on a phone"
            texts = printed_sheets(tab)
            starts = [number for number, text in enumerate(texts) if re.search(r"the box\. Sheet [AB]\d", text)]
            assert len(starts) == len(listed) and starts[0] == 0, f"{where}: sheets start on pages {starts}"
            assert all(len(text) > 150 for text in texts), f"{where}: {list(map(len, texts))} characters a page"
            assert not [text for text in texts if text.startswith("Questions")], f"{where}: questions alone on a page"
            shared = 2 if time == "before" else 1  # the forms of every chapter, and what happened
            assert starts[-shared:] == list(range(len(texts) - shared, len(texts))), f"{where}: forms of one page"


def test_homework_readers_fit_a_phone_and_print_whole(open_page):
    tab = open_page("teaching/start.html", viewport=PHONE)
    for slug in load():
        where = f"teaching/{slug}-homework.html"
        tab.goto(where)
        assert not sticks_out(tab, PHONE["width"]), f"{where} sticks out on a phone"
        assert axe_violations(tab) == [], where
        texts = printed_sheets(tab)
        assert len(texts) <= 8 and "Stop here" in texts[-1] + texts[-2], f"{where}: {len(texts)} pages"
        last = tab.locator(".sources li").last.text_content()
        assert "".join(last.split()) in "".join(texts[-1].split()), f"{where}: the last source is cut off"


def test_two_briefs_are_on_a_page_with_a_line_to_cut_along(open_page):
    tab = open_page("teaching/crisis-2010-before.html")
    tab.emulate_media(media="print")
    briefs = tab.locator(".brief")
    assert briefs.count() == 8, "seven members, and the sources"
    borders = briefs.evaluate_all("all => all.map(each => getComputedStyle(each).borderTopStyle)")
    assert set(borders) == {"dashed"}
    assert sum("What you cannot sign" in text for text in printed_sheets(tab)) == 4


def test_the_packs_are_printed_from_a_build_or_it_is_said_what_is_missing(browser, book, tmp_path):
    counts = pdf.print_all(browser, packs.documents(book), tmp_path / "packs")
    assert sorted(counts) == sorted(path.name for path in (tmp_path / "packs").iterdir())
    assert set(counts) == {f"{slug}-{part}.pdf" for slug in load() for part in packs.PARTS}
    with pytest.raises(PressError, match="homework.html is missing: build the book first"):
        packs.documents(tmp_path)


def test_handouts_are_easy_to_read_on_a_screen(open_page):
    for name in PDFS:
        tab = open_page(f"{HANDOUTS}/{name}.html")
        for viewport in (DESKTOP, PHONE):
            tab.set_viewport_size(viewport)
            assert not sticks_out(tab, viewport["width"]), f"{name} sticks out at {viewport['width']} pixels"
            assert tab.evaluate(SMALL) == [], f"{name} has small type at {viewport['width']} pixels"
        assert tab.locator("p.screen").is_visible(), name
        tab.emulate_media(media="print")
        assert not tab.locator("p.screen").is_visible(), name


def test_no_card_of_a_job_runs_over_its_half_page(open_page):
    tab = open_page(f"{HANDOUTS}/jobs.html", viewport={"width": 673, "height": 1000})  # A4 without its margins
    tab.emulate_media(media="print")
    over = "all => all.filter(each => each.scrollHeight > each.clientHeight).map(each => each.innerText.slice(0, 20))"
    assert tab.locator(".job").evaluate_all(over) == []


@pytest.mark.parametrize(
    "page", ["teaching/crisis-2010-before", "teaching/rasht-insurgency-after", f"{HANDOUTS}/uzbekistan"]
)
def test_what_is_printed_is_accessible(open_page, page):
    tab = open_page(f"{page}.html", viewport=PHONE)
    assert axe_violations(tab) == [], "on a phone"
    tab.set_viewport_size(DESKTOP)
    assert axe_violations(tab) == [], "on a desktop"


# --- the PDFs of the simulation


@pytest.fixture(scope="module")
def folder(made_once, browser):
    """Folder of all PDFs."""
    documents = {PDFS[name].removesuffix(".pdf"): words for name, words in handouts.documents().items()}
    return made_once("simulation", lambda path: pdf.print_all(browser, documents, path))


def test_there_is_one_pdf_for_each_role_one_for_the_jobs_and_one_for_the_teacher(folder):
    assert sorted(path.name for path in folder.iterdir()) == sorted(PDFS.values())
    for name, file in PDFS.items():
        words = " ".join(words_of_sheets(folder / file))
        with pypdfium2.PdfDocument(folder / file) as printed:
            sizes = {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in printed}
            assert sizes == {(210, 297)}, f"{file} is not on A4"
            assert len(printed) <= {"teacher": 8, "jobs": 8}.get(name, 4), f"{file}: {len(printed)} pages"
            assert printed.get_metadata_value("Title").startswith(TITLE), file
        if name in ROLES:
            assert faults_in_handout(name, words) == [], file
    for part in ("Card 1", "Card 4", "Signed for", "what really happened", "three tons"):
        assert part in words, f"{file} lacks {part!r}"
    assert "114: Health Ministry, 14 June" in words


def test_without_fonts_the_command_names_the_letters_and_what_to_install(tmp_path):
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>")
    command = [sys.executable, "-m", "press", "simulation", tmp_path / "sheets"]
    bare = os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    run = subprocess.run(command, cwd=BOOK, env=bare, capture_output=True, text=True)
    assert run.returncode == 1 and run.stderr.startswith("No font on this machine has the letters of Latin, Cyrillic")
    assert not (tmp_path / "sheets").exists()


def test_without_a_chromium_the_command_says_in_one_sentence_what_to_install(tmp_path):
    command = [sys.executable, "-m", "press", "pdf", tmp_path / "written", "--book", tmp_path]
    run = subprocess.run(command, cwd=BOOK, env={"CHROMIUM": "/nowhere"}, capture_output=True, text=True)
    assert run.returncode == 1 and run.stderr.startswith("No Chromium to print or test with. Install one")
    assert run.stderr.count("\n") == 1, run.stderr
    assert list(tmp_path.iterdir()) == []
