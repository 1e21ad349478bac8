"""Quizzes: questions with feedback for every option, from quizzes/<name>.yml."""

import html

import yaml
from IPython.display import HTML

from .paths import QUIZZES


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
    for number, question in enumerate(questions, start=1):
        where = f"{path.name}, question {number}"
        options = question.get("options", [])
        if len(options) < 2:
            raise ValueError(f"{where}: needs at least two options, has {len(options)}")
        if sum(bool(option.get("correct")) for option in options) != 1:
            raise ValueError(f"{where}: exactly one option must carry `correct: true`")
        for letter, option in zip("ABCDEFGH", options):
            for field in ("text", "feedback"):
                if not str(option.get(field, "")).strip():
                    raise ValueError(f"{where}, option {letter}: `{field}` is missing")
    return questions


def quiz_html(name: str) -> str:
    """A quiz as HTML that needs no script: opening an option shows its feedback."""
    items = []
    for question in load_quiz(name):
        options = []
        for letter, option in zip("ABCDEFGH", question["options"]):
            verdict = "Right." if option.get("correct") else "Not quite."
            options.append(
                f'<details class="quiz-option" data-correct="{str(bool(option.get("correct"))).lower()}">'
                f"<summary>{letter}. {html.escape(option['text'])}</summary>"
                f"<p><strong>{verdict}</strong> {html.escape(option['feedback'])}</p></details>"
            )
        items.append(f"<li><p>{html.escape(question['question'])}</p>{''.join(options)}</li>")
    return f'<ol class="quiz">{"".join(items)}</ol>'


def quiz(name: str) -> HTML:
    """Show a quiz; parameters and errors as for `load_quiz`."""
    return HTML(quiz_html(name))
