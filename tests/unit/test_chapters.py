"""Every chapter has the same parts in the same order, each with what it needs; every page reads like the others."""

import re

import pytest
from support.pages import code_cells, line_of, prose_pages, without_code
from support.teaching import day_of_decision

from casebook.contents import BOOK, chapters, pages, source
from casebook.documents import documents
from casebook.quizzes import load_quiz
from press.model.book import day_in_words

PARTS = "The story|Documents|Decide|What happened|Why?|Where sources disagree|Explore|Check yourself|Key points"
#: The part below *What happened*, if a chapter has documents from after its decision.
LATER = "Later documents"
#: Directives that a chapter has once -> the part that holds each; "" is the text above the first part.
PLACES = {"opening": "", "decide": "Decide", "outcome": "Decide", "two-sides": "Why?"}
FOLD = re.compile(r"^(:{3,})\{dropdown\}.*?^\1$", re.M | re.S)
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
def test_the_parts_and_the_directives_that_belong_to_them_are_in_order(slug):
    head, *parts = re.split(r"^## ", without_code(text_of(slug)), flags=re.M)
    names = [part.partition("\n")[0] for part in parts]
    assert "|".join(names).replace(f"|What happened|{LATER}|", "|What happened|") == PARTS
    for directive, place in PLACES.items():
        opening = re.compile(rf"^:{{3,}}\{{{directive}\}}", re.M)
        found = [name for name, words in zip(["", *names], [head, *parts]) for _ in opening.findall(words)]
        assert found == [place], f"{directive} is in {found}, not once in {place!r}"


@each_chapter
def test_the_header_has_question_objectives_documents_and_prerequisites(slug):
    header = text_of(slug).split("\n## ")[0]
    assert "**You need.**" in header, "the header lacks **You need.**"
    assert "?" in header, "the header asks"
    objectives = re.findall(r"^\d\. \*(\w+)\*", header, re.M)
    assert 3 <= len(objectives) <= 5, f"3 to 5 objectives, found {objectives}"
    vague = [verb for verb in objectives if not re.fullmatch(VERBS, verb)]
    assert not vague, f"not measurable: {vague}"


@each_chapter
def test_the_story_has_a_fitting_length(slug):
    text = without_code(text_of(slug))
    story = FOLD.sub("", part(text, "The story"))
    seen = re.sub(r"\{cite:[pt]\}`[^`]+`|^\([\w-]+\)=$| <[^>`]+>(?=`)", "", story, flags=re.M)
    count = sum(any(map(str.isalnum, word)) for word in seen.split())
    assert 1000 <= count <= 1300, f"the story has {count} words"


@each_chapter
def test_the_documents_are_cards_with_headnotes(slug):
    decided = line_of(text_of(slug), text_of(slug).index("\n## Decide\n"))
    known, later = (sum((each.line > decided) == after for each in documents(slug)) for after in (False, True))
    assert 3 <= known <= 4, f"3 or 4 documents known before the decision, found {known}"
    assert later <= 5, f"at most 5 later documents, found {later}"
    numbers = [document.number for document in documents(slug)]
    assert numbers == list(range(1, len(numbers) + 1)), f"documents are numbered in order, found {numbers}"
    for document in documents(slug):
        for item in ("*Who and when.*", "could not know.*", "\n> "):
            assert item in document.body, f"line {document.line}: {document.title!r} lacks {item.strip()!r}"


@each_chapter
def test_questions_come_in_four_kinds_in_order(slug):
    assert "|".join(re.findall(rf"^#### ({KINDS})$", part(text_of(slug), "Documents"), re.M)) == KINDS


@each_chapter
def test_every_analysis_says_what_it_shows_and_what_it_cannot(slug):
    sections = re.split(r"^### ", part(text_of(slug), "Why?"), flags=re.M)[1:]
    analyses = [each for each in sections if re.search("What the (figure|table) shows", each)]
    assert 2 <= len(analyses) <= 3, f"two or three analyses, found {len(analyses)}"
    for analysis in analyses:
        assert "What it cannot show" in analysis, f"{analysis.splitlines()[0]!r} does not say what it cannot show"


@each_chapter
def test_the_decision_begins_with_its_date(slug):
    decision = part(text_of(slug), "Decide").strip()
    assert decision.startswith(f"It is {day_in_words(day_of_decision(slug))}"), decision[:80]


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
        if any(re.search(r"plt\.show|^timeline\(", line) for line in code):
            assert re.search(r'alt: "([^"]{40,})"', options), f"{where}: no alternative text of a sentence"
            assert "caption:" in options, f"{where}: a figure without a caption"


def test_visible_cells_are_short():
    for where, options, code in cells():
        if "hide-input" not in options:
            assert len(code) <= 12, f"{where}: a visible cell of {len(code)} lines; at most 12, or fold it"
            longest = max(map(len, code))
            assert longest <= 79, f"{where}: a visible line of {longest} characters; at most 79"


def test_names_and_spelling_are_those_of_the_book():
    for page in prose_pages():
        names = "" if page.stem == "glossary" else "Rakhmon|Rahmonov|Bakiev|Jalalabad|"  # it lists other spellings
        refused = rf"\b({names}defence|organisation|labelled|colour|centre of|neighbour\w*)\b"
        text = without_code(page.read_text(encoding="utf-8"))
        found = re.search(refused, text)
        assert not found, f"{page.name}, line {line_of(text, found.start())}: this book does not spell {found[0]!r}"
