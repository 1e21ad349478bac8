"""The old name of `contents`, for notebooks that students saved before it moved."""

from .contents import BOOK, DATA, QUIZZES, chapters

__all__ = ["BOOK", "DATA", "QUIZZES", "chapters"]
