"""Quizzes: questions with feedback for every option, from quizzes/<name>.yml."""

import html

import yaml
from IPython.display import HTML

from .paths import QUIZZES

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
        raise FileNotFoundError(f"no quiz {path.name}; there is: {', '.join(sorted(p.name for p in QUIZZES.glob('*.yml')))}")
    questions = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(questions, list) or not questions:
        raise ValueError(f"{path.name}: a list of questions is needed")
    for number, question in enumerate(questions, start=1):
        where = f"{path.name}, question {number}"
        if _empty(question.get("question")):
            raise ValueError(f"{where}: `question` is missing")
        options = question.get("options") or []
        if not 2 <= len(options) <= len(LETTERS):
            raise ValueError(f"{where}: needs two to {len(LETTERS)} options, has {len(options)}")
        if sum(option.get("correct") is True for option in options) != 1:
            raise ValueError(f"{where}: exactly one option must carry `correct: true`")
        for letter, option in zip(LETTERS, options):
            for field in ("text", "feedback"):
                if _empty(option.get(field)):
                    raise ValueError(f"{where}, option {letter}: `{field}` is missing")
    return questions


def _empty(value) -> bool:
    return value is None or not str(value).strip()


def quiz_html(name: str) -> str:
    """A quiz as HTML that needs no script: opening an option shows its feedback.

    Parameters and errors as for `load_quiz`.
    """
    items = []
    for question in load_quiz(name):
        options = []
        for letter, option in zip(LETTERS, question["options"]):
            verdict = "Right." if option.get("correct") else "Not quite."
            options.append(
                f'<details class="quiz-option" data-correct="{str(bool(option.get("correct"))).lower()}">'
                f"<summary>{letter}. {html.escape(str(option['text']))}</summary>"
                f"<p><strong>{verdict}</strong> {html.escape(str(option['feedback']))}</p></details>"
            )
        items.append(f"<li><p>{html.escape(str(question['question']))}</p>{''.join(options)}</li>")
    return f'<ol class="quiz">{"".join(items)}</ol>'


def quiz(name: str) -> HTML:
    """Show a quiz; parameters and errors as for `load_quiz`."""
    return HTML(quiz_html(name))
