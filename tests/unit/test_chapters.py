"""Every chapter has the same parts in the same order, each with what it needs; every page reads like the others."""

import re

import pytest
from support.pages import code_cells, line_of, prose_pages, without_code

from casebook.contents import BOOK, chapters, pages, source
from casebook.documents import documents
from casebook.quizzes import load_quiz

PARTS = "Briefing|Documents|Evidence|Where sources disagree|Explore|Decide|Check yourself|Key points"
VERBS = (
    "analyze|argue|assess|calculate|classify|compare|construct|corroborate|distinguish|estimate|evaluate|explain|"
    "identify|judge|map|predict|reconstruct|source|summarize|test|trace"
)
KINDS = "Sourcing|Context|Close reading|Corroboration"

each_chapter = pytest.mark.parametrize("slug", chapters())


def text_of(slug):
    return source(f"chapters/{slug}")


def part(text, heading):
    """Text of a page below a heading of the second level."""
    return text.split(f"\n## {heading}\n")[1].split("\n## ")[0]


# --- the chapters


def test_every_chapter_is_in_the_table_of_contents_under_its_short_title():
    assert {path.stem for path in BOOK.glob("chapters/*.md")} == set(pages())
    assert chapters()["crisis-2010"] == "The 2010 crisis", "the title up to its colon"


@each_chapter
def test_the_parts_are_in_order(slug):
    assert "|".join(re.findall(r"^## (.+)$", without_code(text_of(slug)), re.M)) == PARTS


@each_chapter
def test_the_header_has_question_objectives_documents_and_prerequisites(slug):
    header = text_of(slug).split("\n## Briefing\n")[0]
    for item in ("**Central question.**", "\nAfter this chapter you can\n", "**Documents.**", "**You need.**"):
        assert item in header, f"the header lacks {item}"
    objectives = re.findall(r"^\d\. \*(\w+)\*", header, re.M)
    assert 3 <= len(objectives) <= 5, f"3 to 5 objectives, found {objectives}"
    vague = [verb for verb in objectives if not re.fullmatch(VERBS, verb)]
    assert not vague, f"not measurable: {vague}"


@each_chapter
def test_the_briefing_has_a_fitting_length(slug):
    briefing = part(without_code(text_of(slug)), "Briefing")
    count = len(re.sub(r"\{cite:[pt]\}`[^`]+`", "", briefing).split())
    assert 1200 <= count <= 2500, f"the briefing has {count} words"


@each_chapter
def test_the_documents_are_cards_with_headnotes(slug):
    assert 4 <= len(documents(slug)) <= 6, f"4 to 6 documents, found {len(documents(slug))}"
    for document in documents(slug):
        for item in ("*Who and when.*", "could not know.*", "\n> "):
            assert item in document.body, f"line {document.line}: {document.title!r} lacks {item.strip()!r}"


@each_chapter
def test_questions_come_in_four_kinds_in_order(slug):
    assert "|".join(re.findall(rf"^#### ({KINDS})$", part(text_of(slug), "Documents"), re.M)) == KINDS


@each_chapter
def test_every_analysis_says_what_it_shows_and_what_it_cannot(slug):
    analyses = re.split(r"^### ", part(text_of(slug), "Evidence"), flags=re.M)[1:]
    assert 2 <= len(analyses) <= 3, f"two or three analyses, found {len(analyses)}"
    for analysis in analyses:
        for words in ("What the figure shows", "What it cannot show"):
            assert words in analysis, f"{analysis.splitlines()[0]!r} lacks {words!r}"


@each_chapter
def test_the_decision_begins_with_its_date_and_hides_its_outcome(slug):
    decision = part(text_of(slug), "Decide")
    assert re.match(r"It is \d{1,2} \w+ (19|20)\d\d", decision.strip()), decision[:80]
    assert ":::{dropdown}" in decision, "the outcome must fold out"


@each_chapter
def test_the_chapter_ends_with_a_quiz_of_five_to_eight_questions_and_three_to_discuss(slug):
    assert f'quiz("{slug}")' in text_of(slug) and 5 <= len(load_quiz(slug)) <= 8
    for label in ("**Seminar.**", "**Essay**", "**Debate.**"):
        assert label in text_of(slug), f"no discussion question labeled {label}"


# --- every page


def cells():
    for page in prose_pages():
        for options, code, line in code_cells(page.read_text(encoding="utf-8")):
            yield f"{page.name}, line {line}", options, code


def test_every_figure_has_alternative_text_and_a_caption():
    for where, options, code in cells():
        if any(re.search(r"plt\.show|^(range_plot|timeline)\(", line) for line in code):
            assert re.search(r'alt: "([^"]{40,})"', options), f"{where}: no alternative text of a sentence"
            assert "caption:" in options, f"{where}: a figure without a caption"


def test_visible_cells_are_short():
    for where, options, code in cells():
        if "hide-input" not in options:
            assert len(code) <= 12, f"{where}: a visible cell of {len(code)} lines; at most 12, or fold it"
            longest = max(map(len, code))
            assert longest <= 79, f"{where}: a visible line of {longest} characters; at most 79"


def test_every_page_has_a_description_and_one_title():
    for page in prose_pages():
        text = page.read_text(encoding="utf-8")
        description = re.search(r'description: "([^"]+)"', text)
        fits = description and 50 <= len(description[1]) <= 200
        assert fits, f"{page.name}: a description of 50 to 200 characters is needed"
        assert len(re.findall(r"^# ", without_code(text), re.M)) == 1, f"{page.name}: one title a page"


def test_names_and_spelling_are_those_of_the_book():
    for page in prose_pages():
        names = "" if page.stem == "glossary" else "Rakhmon|Rahmonov|Bakiev|Jalalabad|"  # it lists other spellings
        refused = rf"\b({names}defence|organisation|labelled|colour|centre of|neighbour\w*)\b"
        text = without_code(page.read_text(encoding="utf-8"))
        found = re.search(refused, text)
        assert not found, f"{page.name}, line {line_of(text, found.start())}: this book does not spell {found[0]!r}"
