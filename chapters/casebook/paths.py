"""Where the book's files are, whatever folder a notebook is started from."""

from pathlib import Path

BOOK = Path(__file__).resolve().parents[2]
DATA = BOOK / "data"
QUIZZES = BOOK / "quizzes"
