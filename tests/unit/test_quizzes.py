"""A quiz that is wrong is refused with its file, question and field."""

import json
import re
from collections import Counter

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


#: Words by which a careful sentence may be told from a bold one.
HEDGES = re.compile(r"\b(may|might|could|perhaps|seems?|likely|some|most|mostly|more|so far|nor|neither|alone)\b")


def words(option):
    return set(re.findall(r"\w+", option["text"].lower()))


def shared(option, options):
    """How much of its wording an option shares with the others."""
    return sum(
        len(words(option) & words(each)) / len(words(option) | words(each)) for each in options if each is not option
    )


#: How to guess without having read: the option that has most of this.
GUESSES = {
    "hedges": lambda option, options: len(HEDGES.findall(option["text"].lower())),
    "oddity": lambda option, options: -shared(option, options),
}


def luck(questions, guess):
    """Right answers that a reader may expect by choosing the most of something each time, and by choosing blindly."""
    by_guess = blind = 0
    for question in questions:
        options = question["options"]
        scores = [guess(option, options) for option in options]
        right = [bool(option.get("correct")) for option, score in zip(options, scores) if score == max(scores)]
        by_guess += sum(right) / len(right)
        blind += 1 / len(options)
    return by_guess, blind


@pytest.mark.parametrize("slug", chapters())
def test_the_longest_option_is_right_no_more_often_than_chance(slug):
    by_length, blind = luck(load_quiz(slug), lambda option, options: len(option["text"]))
    assert by_length <= blind, f"quizzes/{slug}.yml: by length one gets {by_length:.1f} right, blindly {blind:.1f}"


@pytest.mark.parametrize("name", GUESSES)
def test_no_way_to_guess_is_right_more_often_than_chance(name):
    by_guess, blind = luck([question for slug in chapters() for question in load_quiz(slug)], GUESSES[name])
    assert by_guess <= blind, f"by {name} one gets {by_guess:.1f} right, blindly {blind:.1f}"


def test_the_right_option_is_equally_often_first_second_and_third():
    counts = {}
    for slug in chapters():
        places = [
            [bool(each.get("correct")) for each in question["options"]].index(True) for question in load_quiz(slug)
        ]
        counts[slug] = Counter({0: 0, 1: 0, 2: 0}) + Counter(places)
    counts["all quizzes"] = sum(counts.values(), Counter())
    for slug, count in counts.items():
        assert len(count) == 3 and max(count.values()) - min(count.values()) <= 1, f"{slug}: {count}"


def test_no_option_or_feedback_names_another_by_its_place():
    """Learning systems shuffle the options."""
    place = re.compile(r"\b(options? [A-H]|of the above|(both|all|none) of these|(first|second|last) option)\b")
    for slug in chapters():
        for number, question in enumerate(load_quiz(slug), start=1):
            for option in question["options"]:
                found = place.search(f"{option['text']} {option['feedback']}")
                assert not found, f"quizzes/{slug}.yml, question {number}: {found[0]!r}"


def test_options_of_one_question_are_about_equally_long():
    for slug in chapters():
        for number, question in enumerate(load_quiz(slug), start=1):
            lengths = sorted(len(option["text"]) for option in question["options"])
            assert lengths[-1] <= 1.2 * lengths[0], f"quizzes/{slug}.yml, question {number}: {lengths} characters"


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
