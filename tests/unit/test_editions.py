"""The pages of the book, cleared for editions without a screen: nothing lost, nothing left that only a screen needs."""

from pathlib import Path

import editions
import pytest
from bs4 import BeautifulSoup
from pages import BOOK

SCREEN_ONLY = "form, input, select, option, button, details, summary, script, nav, label, fieldset, a.headerlink, [hidden], [tabindex], [title]"


@pytest.fixture(scope="module")
def pages(book):
    return editions.pages(book)


@pytest.fixture(scope="module")
def originals(book, pages):
    """The same pages as the screen has them."""
    read = {page.slug: (book / f"{page.path}.html").read_text(encoding="utf-8") for page in pages}
    return {slug: BeautifulSoup(text, "html.parser").article for slug, text in read.items()}


@pytest.fixture
def page():
    """A page of one's own, to see what becomes of a piece of HTML."""

    def make(content, address="", path="chapters/own"):
        article = BeautifulSoup(f"<article><section><h1>Own</h1>{content}</section></article>", "html.parser").article
        made = editions.Page("own", "Own", "Chapters", article, path, address)
        editions.clean(made)
        return made

    return make


def test_pages_come_in_the_order_of_the_table_of_contents_without_those_with_answers(pages):
    assert [page.slug for page in pages][:3] == ["index", "origins", "crisis-2010"]
    files = [line.split("file: ")[1] for line in (BOOK / "_toc.yml").read_text(encoding="utf-8").splitlines() if "file: " in line]
    kept = [file for file in files if "robots: noindex" not in (BOOK / f"{file}.md").read_text(encoding="utf-8")]
    assert [page.path for page in pages] == ["index", *kept] and "teaching/start" in kept
    assert {"teaching/origins", "teaching/simulation/what-happened"} <= set(files) - set(kept)
    assert [(page.part, page.title) for page in pages][:2] == [
        ("", "Paper Tiger or Safe Choice? The CSTO in Central Asia, 1992–2021"),
        ("Chapters", "Origins: a paper tiger or a safe choice?"),
    ]


def test_a_missing_page_ends_with_one_sentence(tmp_path):
    with pytest.raises(editions.EditionError, match=r"index\.html is missing: run `make book` first$"):
        editions.pages(tmp_path)


def test_nothing_is_left_that_only_a_screen_needs(pages):
    for page in pages:
        assert page.article.select(SCREEN_ONLY) == [], page.slug
        assert "Show the code" not in page.article.get_text(), page.slug
        assert [each.get_text() for each in page.article.find_all(["h1", "h2", "h3", "h4"]) if each.get_text().endswith("#")] == []


def test_code_that_is_shown_stays_and_folded_code_goes(pages, originals):
    for page in pages:
        kept = [pre.get_text() for pre in originals[page.slug].find_all("pre") if not pre.find_parent("details", class_="hide")]
        assert [pre.get_text() for pre in page.article.find_all("pre")] == kept, page.slug


def test_every_figure_and_source_card_stays_with_its_words(book, pages, originals):
    for page in pages:
        original = originals[page.slug]
        assert [image["alt"] for image in page.article.find_all("img")] == [image["alt"] for image in original.find_all("img")]
        assert len(page.article.select(".source-card")) == len(original.select(".source-card"))
        for image in page.article.find_all("img"):
            assert image["alt"] and ".." not in image["src"] and (book / image["src"]).is_file(), f"{page.slug}: {image}"


def test_an_explorer_is_the_frame_shown_its_data_and_a_word_on_the_rest(pages, originals):
    count = 0
    for page in pages:
        for form in originals[page.slug].select("form.explorer"):
            count += 1
            block = page.article.find(id=form["id"])
            frames = form.select(".explorer-frame")
            (shown,) = [frame for frame in frames if not frame.has_attr("hidden")]
            assert block["class"] == ["explorer"] and block.find("strong").get_text() == form.legend.get_text()
            assert [cell.get_text() for cell in block.select("td")] == [cell.get_text() for cell in shown.select("td")], form["id"]
            assert len(block.select("svg")) == len(shown.select("svg")) and len(block.select(".explorer-frame")) == 0
            if shown.select(".explorer-text"):
                assert block.select_one("p.explorer-text").get_text() == shown.select_one("p.explorer-text").get_text()
            assert f" has {len(frames) - 1} more view" in block.select_one(".explorer-more").get_text(), form["id"]
    assert count >= 14


def test_a_view_says_what_was_chosen(pages):
    words = {page.slug: " ".join(page.article.get_text(" ").split()) for page in pages}
    assert "Who was in, year by year Year: 2007" in words["origins"]
    assert "Share: 44.1 percent (World Bank, 2025); Percent lost: 30" in words["crisis-2010"]
    assert "Verdict: wrong" in words["crisis-2010"]
    assert "Request: asked of the CSTO; Danger: from anywhere; Rulers: rulers at risk or not" in words["comparison"]


def test_a_quiz_asks_first_and_answers_after_its_last_question(pages, originals):
    for page in pages:
        for original, quiz in zip(originals[page.slug].select("ol.quiz"), page.article.select("ol.quiz"), strict=True):
            asked = [option.get_text() for option in quiz.select(".quiz-options li")]
            assert asked == [summary.get_text() for summary in original.select("summary")], page.slug
            assert "Right." not in quiz.get_text(), f"{page.slug}: an answer stands beside its question"
            answers = quiz.find_next_sibling()
            assert answers["class"] == ["quiz-answers"] and len(answers.ol.find_all("li")) == len(quiz.find_all("li", recursive=False))
            for option, feedback in zip(original.select("details"), answers.select("li > p"), strict=True):
                letter = option.summary.get_text()[:2]
                assert feedback.get_text() == f"{letter} {option.p.get_text()}", page.slug


def test_a_folded_part_becomes_a_block_with_a_bold_line(page):
    article = page("<details><summary>What happened next</summary><p>It rained.</p></details>").article
    assert str(article.select_one(".unfolded")) == (
        '<div class="unfolded"><p class="unfolded-title"><strong>What happened next</strong></p><p>It rained.</p></div>'
    )


def test_a_folded_table_keeps_its_caption_and_needs_no_second_one(pages, originals):
    assert len(originals["crisis-2010"].select("div.output > details caption")) == 5
    for title in ("Deaths of April 2010, as reported", "The events of the timeline and those that followed, with sources"):
        text = next(page for page in pages if page.slug == "crisis-2010").article.get_text()
        assert text.count(title) == 1 and f"Table: {title}" not in text


def test_a_table_that_repeats_a_list_is_left_to_the_web(pages):
    timeline = next(page for page in pages if page.slug == "timeline").article
    assert len(timeline.select("#events-list > li")) > 250 and not timeline.find("table")
    assert "page on the web has it as a table" in timeline.get_text()


def test_every_link_between_pages_leads_to_an_id_that_is_there(pages):
    """Also links to a choice in a list or an explorer, `timeline.html#events?chapter=origins`."""
    ids = {page.slug: {tag["id"] for tag in page.article.find_all(id=True)} for page in pages}
    followed = []

    def inside(other, target):
        followed.append((other.slug, target))
        return f"{other.slug}.xhtml#{target}"

    for page in pages:
        assert len(ids[page.slug]) == len(page.article.find_all(id=True)), f"{page.slug}: an id twice"
        editions.relink(page, pages, inside, edit=lambda link, address: None)
    assert len(followed) > 5_000 and ("timeline", "events") in followed
    assert sorted({(slug, target) for slug, target in followed if target and target not in ids[slug]}) == []


@pytest.mark.parametrize(
    "address, expected",
    [
        ("https://example.org/book/chapters/own.html", '<a href="https://example.org/book/_downloads/events.csv"><code>events.csv</code></a>'),
        ("", "<span><code>events.csv</code></span>"),
    ],
    ids=["published", "not published"],
)
def test_a_file_that_is_not_in_the_book_is_on_the_web_or_plain_text(page, address, expected):
    made = page('<p><a download="" class="x" href="../_downloads/events.csv"><code>events.csv</code></a></p>', address)
    del made.article.a["class"]
    editions.relink(made, [made], lambda other, target: "")
    assert expected in str(made.article.p)


def test_links_to_the_web_and_to_mail_stay(page):
    made = page('<p><a href="https://example.org/a#b">a</a> <a href="mailto:a@example.org">b</a></p>')
    before = str(made.article)
    editions.relink(made, [made], lambda other, target: "gone")
    assert str(made.article) == before


def test_an_explorer_links_its_page_if_the_book_has_an_address(page):
    form = (
        '<form class="explorer" id="rain"><fieldset><legend>Rain</legend><div class="explorer-control"><label>Year</label>'
        '<input type="range" value="2"/></div></fieldset><div class="explorer-frame" hidden="hidden"><p class="explorer-state">Year 1</p>'
        '<p>wet</p></div><div class="explorer-frame"><p class="explorer-state">Year 2</p><p>dry</p></div></form>'
    )
    expected = '<p class="explorer-more">The {} has 1 more view, one for each choice.</p>'
    assert str(page(form).article.select_one(".explorer-more")) == expected.format("page on the web")
    linked = page(form, "https://example.org/chapters/own.html").article
    link = '<a href="https://example.org/chapters/own.html#rain">page on the web</a>'
    assert str(linked.select_one(".explorer-more")) == expected.format(link)
    assert linked.select_one(".explorer-choice").get_text() == "Year: 2" and "wet" not in linked.get_text()


def test_drawings_are_fit_for_xml(pages):
    drawn = [svg for page in pages for svg in page.article.find_all("svg")]
    assert len(drawn) >= 7
    for svg in drawn:
        assert svg.has_attr("viewBox") and not svg.find("clippath")
        assert svg["role"] == "img" and svg.find_next(id=svg["aria-labelledby"]).get_text(), "an alternative text is missing"


def test_pages_of_one_name_in_two_folders_have_two_slugs(tmp_path, monkeypatch):
    for path in ("index", "chapters/rain", "teaching/rain"):
        file = Path(tmp_path, f"{path}.html")
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"<article><h1>{path}</h1></article>", encoding="utf-8")
        file.with_suffix(".md").write_text(f"# {path}\n", encoding="utf-8")
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nparts:\n  - caption: A\n    chapters:\n      - file: chapters/rain\n        sections:\n"
        "          - file: teaching/rain\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(editions, "BOOK", tmp_path)
    found = editions.pages(tmp_path)
    assert [(page.slug, page.part) for page in found] == [("index", ""), ("rain", "A"), ("teaching-rain", "A")]
