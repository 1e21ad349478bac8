"""Quizzes: questions with feedback for every option, from quizzes/<name>.yml."""

import yaml

from .blocks import VERDICTS, Block, Element, show_elements
from .contents import QUIZZES

LETTERS = "ABCDEFGH"


def load_quiz(name: str) -> list[dict]:
    """Read and check a quiz.

    Parameters
    ----------
    name : str
        Name of a file in quizzes/, without ``.yml``.

    Returns
    -------
    list of dict
        Questions: `question` and `options`, each option with `text`, `feedback` and,
        for the one right answer, ``correct: true``.

    Raises
    ------
    FileNotFoundError, ValueError
        Naming the file, the question and what is accepted.
    """
    path = QUIZZES / f"{name}.yml"
    if not path.exists():
        accepted = ", ".join(sorted(each.name for each in QUIZZES.glob("*.yml")))
        raise FileNotFoundError(f"no quiz {path.name}; accepted: {accepted}")
    try:
        questions = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{path.name}: {' '.join(str(error).split())}") from error
    if not isinstance(questions, list) or not questions:
        raise ValueError(f"{path.name}: a list of questions is needed")
    for number, question in enumerate(questions, start=1):
        where = f"{path.name}, question {number}"
        _check_fields(question, where, texts=("question",), other="options")
        options = question.get("options") or []
        has = len(options) if isinstance(options, list) else "no list"
        if has not in range(2, len(LETTERS) + 1):
            raise ValueError(f"{where}: needs two to {len(LETTERS)} options, has {has}")
        for letter, option in zip(LETTERS, options):
            _check_fields(option, f"{where}, option {letter}", texts=("text", "feedback"), other="correct")
            correct = option.get("correct", False)
            if not isinstance(correct, bool):
                raise ValueError(f"{where}, option {letter}: `correct` must be true or left out, not {correct!r}")
        if sum(option.get("correct", False) for option in options) != 1:
            raise ValueError(f"{where}: exactly one option must carry `correct: true`")
        texts = {f"option {letter}": option["text"] for letter, option in zip(LETTERS, options)}
        _check_repeats(texts, "text", where)
    texts = {f"question {number}": question["question"] for number, question in enumerate(questions, start=1)}
    _check_repeats(texts, "question", path.name)
    return questions


def _check_fields(record, where, texts, other):
    """Hold a question or an option to its fields; those in `texts` are needed."""
    accepted = ", ".join([*texts, other])
    if not isinstance(record, dict):
        raise ValueError(f"{where}: needs the fields {accepted}, has {record!r}")
    for field in record:
        if field not in (*texts, other):
            raise ValueError(f"{where}: unknown field `{field}`; accepted: {accepted}")
    for field in texts:
        value = record.get(field)
        if value is None or not str(value).strip():
            raise ValueError(f"{where}: `{field}` is missing")
        if not isinstance(value, str):
            raise ValueError(f"{where}: `{field}` is read as {value!r}, which is not text; put it in quotation marks")


def _check_repeats(texts, field, where):
    """Refuse the second of two texts that are the same but for capitals and spaces; `texts` says where each is."""
    seen = {}
    for place, text in texts.items():
        first = seen.setdefault(" ".join(text.split()).casefold(), place)
        if first != place:
            raise ValueError(f"{where}, {place}: `{field}` repeats {first}")


def quiz(name: str) -> Block:
    """Show a quiz: opening an option shows its feedback. Parameters and errors as for `load_quiz`."""
    questions = [
        Element("li", [Element("p", [question["question"]]), *map(_option, LETTERS, question["options"])])
        for question in load_quiz(name)
    ]
    score = Element("p", [], {"class": "quiz-score", "role": "status"})
    return show_elements(Element("ol", questions, {"class": "quiz"}), score)


def _option(letter: str, option: dict) -> Element:
    correct = option.get("correct", False)
    feedback = Element("p", [Element("strong", [VERDICTS[correct]]), f" {option['feedback']}"])
    parts = [Element("summary", [f"{letter}. {option['text']}"]), feedback]
    return Element("details", parts, {"class": "quiz-option", "data-correct": str(correct).lower()})
