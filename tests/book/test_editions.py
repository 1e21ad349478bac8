"""The pages of the book, cleared for editions without a screen: nothing lost, nothing left that only a screen needs."""

import pytest
from bs4 import BeautifulSoup
from support.builds import PAGES, soup_of

SCREEN_ONLY = (
    "form, input, select, option, button, textarea, output, details, summary, script, nav, label, fieldset, "
    "iframe, object, audio, video, a.headerlink, [hidden], [tabindex], [title]"
)


@pytest.fixture(scope="module")
def pages(laid_out):
    return laid_out("ebook")[0]


@pytest.fixture(scope="module")
def pairs(book, pages):
    """Every page as the screen has it and as an edition has it: slug -> two articles."""
    bodies = {page.slug: BeautifulSoup(page.body, "html.parser") for page in pages}
    return {page.slug: (soup_of(book, f"{page.path}.html").article, bodies[page.slug]) for page in pages}


def test_pages_come_in_the_order_of_the_table_of_contents_without_those_with_answers(book, pages):
    hidden = [page for page in PAGES if soup_of(book, page).select('meta[name="robots"][content="noindex"]')]
    assert [f"{page.path}.html" for page in pages] == [page for page in PAGES if page not in hidden]
    assert {"teaching/origins.html", "teaching/simulation/what-happened.html"} <= set(hidden)


def test_nothing_is_left_that_only_a_screen_needs(pairs):
    for slug, (_, article) in pairs.items():
        assert article.select(SCREEN_ONLY) == [], slug
        assert "Code of" not in article.get_text(), slug


def test_every_paragraph_stays(pairs):
    for slug, (original, article) in pairs.items():
        words = " ".join(article.get_text().split())
        paragraphs = [" ".join(paragraph.get_text().split()) for paragraph in original.select("section > p")]
        assert paragraphs and [each for each in paragraphs if each not in words] == [], slug


def test_code_that_is_shown_stays_and_folded_code_goes(pairs):
    for slug, (original, article) in pairs.items():
        shown = [pre.get_text() for pre in original.select("pre:not(details.no-print pre)")]
        assert [pre.get_text() for pre in article.find_all("pre")] == shown, slug


def test_every_figure_and_source_card_stays_with_its_words(laid_out, pairs):
    pictures = laid_out("ebook")[1]
    for slug, (original, article) in pairs.items():
        images = article.find_all("img")
        assert [image["alt"] for image in images] == [image["alt"] for image in original.find_all("img")], slug
        assert len(article.select(".source-card")) == len(original.select(".source-card")), slug
        for image in images:
            assert image["alt"] and pictures[image["src"].removeprefix("images/")], f"{slug}: {image}"
        for drawing in article.find_all("svg"):
            named = drawing.get("role") == "img" and article.find(id=drawing["aria-labelledby"]).get_text(strip=True)
            assert named, f"{slug}: a drawing without a name"


def test_an_explorer_is_the_frame_shown_with_its_data(pairs):
    assert not pairs["index"][1].select(".explorer"), "the explorer of another page is laid out there alone"
    chapters = [pair for slug, pair in pairs.items() if slug != "index"]
    forms = [(form, article) for original, article in chapters for form in original.select("form.explorer")]
    assert len(forms) > 10
    for form, article in forms:
        block, (shown,) = article.find(id=form["id"]), form.select(".explorer-frame:not([hidden])")
        assert block["class"] == ["explorer"] and len(block.select("svg")) == len(shown.select("svg")), form["id"]
        for part in ("td", "p.explorer-text"):
            words = [each.get_text() for each in shown.select(part)]
            assert [each.get_text() for each in block.select(part)] == words, form["id"]


def test_a_quiz_asks_first_and_answers_after_its_last_question(pairs):
    for slug, (original, article) in pairs.items():
        for interactive, quiz in zip(original.select("ol.quiz"), article.select("ol.quiz"), strict=True):
            asked = [option.get_text() for option in quiz.select(".quiz-options li")]
            assert asked == [summary.get_text() for summary in interactive.select("summary")], slug
            assert "Right." not in quiz.get_text(), f"{slug}: an answer beside its question"
            answers = quiz.find_next_sibling()
            assert answers["class"] == ["quiz-answers"], slug
            assert len(answers.ol.find_all("li")) == len(quiz.find_all("li", recursive=False)), slug
            for option, feedback in zip(interactive.select("details"), answers.select("li > p"), strict=True):
                assert feedback.get_text() == f"{option.summary.get_text()[:2]} {option.p.get_text()}", slug


def test_a_folded_table_keeps_its_caption_and_needs_no_second_one(pairs):
    original, article = pairs["crisis-2010"]
    folded = [caption.get_text() for caption in original.select("div.cell_output > details:not(.no-print) caption")]
    assert len(folded) >= 5
    for title in folded:
        assert article.get_text().count(title) == 1 and f"Table: {title}" not in article.get_text(), title


def test_a_table_that_repeats_a_list_is_left_to_the_web(pairs):
    _, timeline = pairs["timeline"]
    assert len(timeline.select("#events-list > li")) > 250 and not timeline.find("table")
    assert "page on the web has it as a table" in timeline.get_text()
