"""The slides of the lesson plans: ten a chapter, all that they name is there, faults by name."""

import re

import pytest

from casebook.contents import chapters
from press.model.slides import load
from press.sphinx.slides import deck

CHAPTER = """## The story

A rule of 1992.
It says "no" to [all](https://example.org).

:::{document} 1. A rule
> {lang}`Нет <ru>`

Our translation: No.

> Perhaps.
:::

```{table} Two explanations
| Explanation | We should see | We see |
|---|---|---|
| **Rules** | a text | none found |
```"""
PLAN = """## Plan

```{table} Plan for 75 minutes
| Minutes | You |
|---|---|
| 0–4 | read aloud: *Who asks?* |
```

```{table} Plan for 50 minutes
| Minutes | You |
|---|---|
| 0–3 | read aloud: *Who asks?* |
```"""
SLIDE = "## One\n\n```yaml\nat: {}\nshow: [{}]\n```\n\nSay it."
each_chapter = pytest.mark.parametrize("slug", chapters())


@pytest.fixture
def written(page, tmp_path):
    """A function of the block of a slide: the page with this slide."""
    chapter, plan = page.read(CHAPTER), page.read(PLAN)

    def write(shown, at="read aloud", part="Before the box"):
        (tmp_path / "origins.md").write_text(f"# {part}\n\n{SLIDE.format(at, shown)}", encoding="utf-8")
        return deck(page.app.builder, chapter, plan, "origins", load("origins", tmp_path))

    return write


@each_chapter
def test_what_a_teacher_says_takes_30_to_60_words(slug):
    for slide in load(slug):
        words = len(slide.notes.split())
        assert 30 <= words <= 60, f"teaching/slides/{slug}.md, {slide.heading!r}: {words} words"


def test_sentences_come_without_links_and_minutes_from_all_plans(written):
    shown = written('sentence: It says "no"')
    assert "It says “no” to all." in shown and "example.org" not in shown and "A rule of 1992" not in shown
    assert "0–3 of 50, 0–4 of 75." in shown and "Say it." in shown


def test_a_quotation_is_shown_in_our_translation_and_a_table_without_what_was_found(written):
    assert "Our translation: No." in written("quote: document-1 1") and "Нет" not in written("quote: document-1 1")
    assert "Perhaps." in written("quote: document-1 2")
    shown = written("table: Two explanations", part="After the box")
    assert "a text" in shown and "none found" not in shown
    assert "Who asks?" in written("question")


@pytest.mark.parametrize(
    "shown, at, message",
    [
        ("sentence: A law", "read aloud", "0 sentences of the chapter begin with 'A law'"),
        ("quote: document-1 3", "read aloud", "document-1 has no quotation 3; it has 2"),
        ("quote: document-2 1", "read aloud", "no place 'document-2'"),
        ("table: Three", "read aloud", "0 tables have a caption that begins with 'Three'"),
        ("sides", "read aloud", "no 'two-sides'"),
        ("question", "the memo", "no plan has a row with 'the memo'"),
        ("question", "read aloud\nlengths: [90]", "no plan has 90 minutes; accepted: 50, 75"),
    ],
)
def test_what_is_not_in_the_chapter_or_its_plan_is_named_with_its_slide(written, shown, at, message):
    with pytest.raises(ValueError, match=f"slides/origins.md, slide 1, 'One': .*{re.escape(message)}"):
        written(shown, at=at)


def test_a_slide_for_some_lengths_says_which_plans_leave_it_out(written):
    shown = written("question", at="read aloud\nlengths: [75]")
    assert "minutes 0–4 of 75. Leave it out with 50 minutes." in shown


@pytest.mark.parametrize(
    "text, message",
    [
        (SLIDE.format("a", "question"), "it is in the part None; accepted: 'Before the box' and 'After the box'"),
        ("# Before the box\n\n## One", "0 blocks found"),
        ("# Before the box\n\n## One\n\n```yaml\nat: a\n```", "its block needs `at` and `show`"),
        ("# Before the box\n\n## One\n\n```yaml\nat: a: b\n```", "its block is not YAML"),
        (
            "# Before the box\n\n## One\n\n```yaml\nat: a\nlengths: 90\nshow: [question]\n```",
            "its `lengths` are 90; accepted: a list",
        ),
        (f"# Before the box\n\n{SLIDE.format('a', 'video')}", "it shows 'video' ''; accepted: question, "),
        (f"# Before the box\n\n{SLIDE.format('a', 'sentence')}", "it shows 'sentence' ''; accepted: .*sentence: …"),
    ],
)
def test_a_faulty_file_is_refused_by_name(tmp_path, text, message):
    (tmp_path / "origins.md").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"teaching/slides/origins.md, 'One': {message}"):
        load("origins", tmp_path)


def test_a_chapter_without_slides_is_named(tmp_path):
    with pytest.raises(ValueError, match="teaching/slides/origins.md is missing"):
        load("origins", tmp_path)
