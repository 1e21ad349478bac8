"""A quiz that is wrong is refused with its file, question and field."""

import json

import pytest
from support.outputs import HOSTILE

from casebook import quiz
from casebook.contents import chapters
from casebook.quizzes import load_quiz

OTHER = "{text: b c, feedback: f}"


def options(*fields):
    """Return a question with a right option A and some other options."""
    lines = ["- question: Q", "  options:", "  - {text: a, feedback: f, correct: true}"]
    return "\n".join(lines + [f"  - {each}" for each in fields]) + "\n"


@pytest.mark.parametrize(
    "text, where, message",
    [
        ("- question: Q: R", "", "mapping values are not allowed here in .* line 1"),
        ("[]", "", "a list of questions is needed"),
        ("- options: []", ", question 1", "`question` is missing"),
        ("- Q", ", question 1", "needs the fields question, options, has 'Q'"),
        ("- question: Q\n  options: both", ", question 1", "needs two to 8 options, has no list"),
        (options(), ", question 1", "needs two to 8 options, has 1"),
        (options(OTHER).replace("true", "false"), ", question 1", "exactly one option"),
        (options("{text: b, feedback: f, correct: true}"), ", question 1", "exactly one option"),
        (options("b"), ", question 1, option B", "needs the fields text, feedback, correct, has 'b'"),
        (options("{text: b}"), ", question 1, option B", "`feedback` is missing"),
        (options("{text: b, feedback: ' '}"), ", question 1, option B", "`feedback` is missing"),
        (options("{text: '', feedback: f}"), ", question 1, option B", "`text` is missing"),
        (options("{text: No, feedback: f}"), ", question 1, option B", "`text` is read as False, which is not text"),
        (options("{text: b, feedback: f, correct: 'no'}"), ", question 1, option B", "`correct` must be .*, not 'no'"),
        (options("{text: b, feedback: f, wrong: 1}"), ", question 1, option B", "unknown field `wrong`; .*correct"),
        (options(OTHER, OTHER.replace("b c", "B  c")), ", question 1, option C", "`text` repeats option B"),
        (options(OTHER) * 2, ", question 2", "`question` repeats question 1"),
    ],
)
def test_a_bad_quiz_is_refused_with_file_question_and_field(tmp_path, monkeypatch, text, where, message):
    monkeypatch.setattr("casebook.quizzes.QUIZZES", tmp_path)
    (tmp_path / "bad.yml").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=f"^bad.yml{where}: {message}"):
        quiz("bad")


def luck(questions):
    """Right answers that a reader may expect by choosing a longest option each time, and by choosing blindly."""
    by_length = blind = 0
    for question in questions:
        longest = max(len(option["text"]) for option in question["options"])
        right = [bool(option.get("correct")) for option in question["options"] if len(option["text"]) == longest]
        by_length += sum(right) / len(right)
        blind += 1 / len(question["options"])
    return by_length, blind


@pytest.mark.parametrize("slug", chapters())
def test_the_longest_option_is_right_no_more_often_than_chance(slug):
    by_length, blind = luck(load_quiz(slug))
    assert by_length <= blind, f"quizzes/{slug}.yml: by length one gets {by_length:.1f} right, blindly {blind:.1f}"


def test_options_of_one_question_are_about_equally_long():
    for slug in chapters():
        for number, question in enumerate(load_quiz(slug), start=1):
            lengths = sorted(len(option["text"]) for option in question["options"])
            assert lengths[-1] <= 1.2 * lengths[0], f"quizzes/{slug}.yml, question {number}: {lengths} characters"


def test_luck_by_length_counts_a_shared_length_in_part():
    right, longer = {"text": "a b", "correct": True}, {"text": "a b c"}
    assert luck([{"options": [right, {"text": "a"}]}]) == (1, 0.5)
    assert luck([{"options": [right, longer]}]) == (0, 0.5)
    assert luck([{"options": [right, {"text": "c d"}, {"text": "e f"}]}]) == (1 / 3, 1 / 3)


def test_a_missing_quiz_lists_those_there_are():
    with pytest.raises(FileNotFoundError, match="no quiz nothing.yml; accepted: .*origins.yml"):
        quiz("nothing")


def test_a_quiz_shows_its_feedback_behind_each_option_and_markup_as_text(tmp_path, monkeypatch, shown):
    monkeypatch.setattr("casebook.quizzes.QUIZZES", tmp_path)
    option = json.dumps({"text": HOSTILE, "feedback": HOSTILE})  # JSON is YAML
    text = options(option).replace("question: Q", f"question: {json.dumps(HOSTILE)}")
    (tmp_path / "good.yml").write_text(text, encoding="utf-8")
    (question,) = shown(quiz("good")).select("ol > li")
    assert question.p.text == HOSTILE
    folds = question.select("details")
    assert [fold.summary.text for fold in folds] == ["A. a", f"B. {HOSTILE}"]
    assert [fold.p.text for fold in folds] == ["✓ Right. f", f"✗ Wrong. {HOSTILE}"]
    assert not question.find(["script", "code"])
