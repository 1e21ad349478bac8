"""The error that a command ends with in one sentence."""


class PressError(Exception):
    """What is missing on this machine or in a build, and what to do about it; a fault of the book is a ValueError."""
