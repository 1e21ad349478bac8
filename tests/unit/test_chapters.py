"""Every chapter has the same nine parts, in the same order, each with what it needs."""

import re

import pytest
from casebook.quizzes import load_quiz
from pages import BOOK, cards, chapters, code_cells, line_of, prose_pages, without_code

PARTS = ["Briefing", "Documents", "Evidence", "Where sources disagree", "Explore", "Decide", "Check yourself", "Key points"]
VERBS = {"analyze", "argue", "assess", "calculate", "classify", "compare", "construct", "corroborate", "distinguish", "estimate",
         "evaluate", "explain", "identify", "judge", "map", "predict", "reconstruct", "source", "summarize", "test", "trace"}

each_chapter = pytest.mark.parametrize("page", chapters(), ids=lambda page: page.stem)


@each_chapter
def test_the_parts_stand_in_order(page):
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", without_code(text), re.M) == PARTS, f"{page.name}: parts missing or out of order"


@each_chapter
def test_the_header_has_question_objectives_documents_and_prerequisites(page):
    header = page.read_text(encoding="utf-8").split("## Briefing")[0]
    for item in ("**Central question.**", "**After this chapter you can**", "**Documents.**", "**You need.**"):
        assert item in header, f"{page.name}: the header lacks {item}"
    objectives = re.findall(r"^\d\. \*(\w+)\*", header, re.M)
    assert 3 <= len(objectives) <= 5, f"{page.name}: 3 to 5 objectives, found {len(objectives)}"
    assert set(objectives) <= VERBS, f"{page.name}: not a measurable verb: {sorted(set(objectives) - VERBS)}"


@each_chapter
def test_the_documents_are_cards_with_headnotes(page):
    found = list(cards(page.read_text(encoding="utf-8")))
    assert 4 <= len(found) <= 6, f"{page.name}: 4 to 6 documents, found {len(found)}"
    for title, body, line in found:
        for item in ("*Who and when.*", "could not know.*", "\n> "):
            assert item in body, f"{page.name}, line {line}: {title!r} lacks {item.strip()!r}"


@each_chapter
def test_questions_come_in_four_kinds_in_order(page):
    documents = page.read_text(encoding="utf-8").split("\n## Documents")[1].split("\n## ")[0]
    kinds = re.findall(r"^\*\*(Sourcing|Context|Close reading|Corroboration)\*\*$", documents, re.M)
    assert kinds == ["Sourcing", "Context", "Close reading", "Corroboration"], f"{page.name}: {kinds}"


@each_chapter
def test_every_analysis_says_what_it_shows_and_what_it_cannot(page):
    evidence = page.read_text(encoding="utf-8").split("\n## Evidence")[1].split("\n## ")[0]
    analyses = re.split(r"^### ", evidence, flags=re.M)[1:]
    assert 2 <= len(analyses) <= 3, f"{page.name}: two or three analyses, found {len(analyses)}"
    for analysis in analyses:
        assert "What the figure shows" in analysis and "What it cannot show" in analysis, f"{page.name}: {analysis.splitlines()[0]}"


@each_chapter
def test_the_decision_hides_its_outcome(page):
    decide = page.read_text(encoding="utf-8").split("\n## Decide")[1].split("\n## ")[0]
    assert re.search(r"^It is \d{1,2} \w+ (19|20)\d\d", decide.strip()), f"{page.name}: Decide must begin with its date"
    assert ":::{dropdown}" in decide, f"{page.name}: the outcome must fold out"


@each_chapter
def test_the_quiz_has_five_to_eight_questions(page):
    text = page.read_text(encoding="utf-8")
    assert f'quiz("{page.stem}")' in text, f"{page.name}: no quiz in Check yourself"
    assert 5 <= len(load_quiz(page.stem)) <= 8
    for label in ("**Seminar.**", "**Essay**", "**Debate.**"):
        assert label in text, f"{page.name}: no discussion question labelled {label}"


@each_chapter
def test_the_briefing_has_a_fitting_length(page):
    briefing = without_code(page.read_text(encoding="utf-8")).split("\n## Briefing")[1].split("\n## ")[0]
    words = len(re.sub(r"\{cite:[pt]\}`[^`]+`", "", briefing).split())
    assert 1200 <= words <= 2500, f"{page.name}: the briefing has {words} words"


@pytest.mark.parametrize("page", prose_pages(), ids=lambda page: page.stem)
def test_every_figure_has_alternative_text_and_a_caption(page):
    for options, code, line in code_cells(page.read_text(encoding="utf-8")):
        if any(re.search(r"plt\.show|^(range_plot|timeline)\(", part) for part in code):
            alt = re.search(r'alt: "([^"]{40,})"', options)
            assert alt, f"{page.name}, line {line}: a figure without alternative text of a sentence"
            assert "caption:" in options, f"{page.name}, line {line}: a figure without a caption"


@pytest.mark.parametrize("page", prose_pages(), ids=lambda page: page.stem)
def test_visible_cells_are_short(page):
    for options, code, line in code_cells(page.read_text(encoding="utf-8")):
        if "hide-input" not in options:
            assert len(code) <= 12, f"{page.name}, line {line}: a visible cell of {len(code)} lines; at most 12, or fold it"
            longest = max(map(len, code))
            assert longest <= 79, f"{page.name}, line {line}: a visible line of {longest} characters; at most 79"


@pytest.mark.parametrize("page", prose_pages(), ids=lambda page: page.stem)
def test_every_page_has_a_description_and_one_title(page):
    text = page.read_text(encoding="utf-8")
    description = re.search(r'description: "([^"]+)"', text)
    assert description and 50 <= len(description[1]) <= 200, f"{page.name}: a description of 50 to 200 characters is needed"
    assert len(re.findall(r"^# ", without_code(text), re.M)) == 1, f"{page.name}: one title a page"


@pytest.mark.parametrize("page", prose_pages(), ids=lambda page: page.stem)
def test_names_and_spelling_are_the_book_s(page):
    text = page.read_text(encoding="utf-8")
    names = "" if page.stem == "glossary" else "Rakhmon|Rahmonov|Bakiev|Jalalabad|"  # the glossary lists other spellings
    refused = rf"\b({names}defence|organisation|labelled|colour|centre of|neighbour\w*)\b"
    for match in re.finditer(refused, without_code(text)):
        pytest.fail(f"{page.name}, line {line_of(without_code(text), match.start())}: spell {match[0]!r} as STYLE of the book says")


def test_every_chapter_is_in_the_table_of_contents():
    listed = re.findall(r"file: (\S+)", (BOOK / "_toc.yml").read_text(encoding="utf-8"))
    pages = {f"chapters/{path.stem}" for path in (BOOK / "chapters").glob("*.md")}
    assert pages == {name for name in listed if name.startswith("chapters/")}
