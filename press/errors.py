"""The error that a command ends with in one sentence."""


class PressError(Exception):
    """What is missing or wrong, and what to do about it."""
