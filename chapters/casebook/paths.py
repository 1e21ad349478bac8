"""Where the book's files are, whatever folder a notebook is started from, and what its chapters are called."""

from .usage import BOOK, DATA, chapters

__all__ = ["BOOK", "DATA", "QUIZZES", "chapters"]

QUIZZES = BOOK / "quizzes"
