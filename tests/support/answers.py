"""How assignments/*/wrong_answers.py notes answers that a student could hand in."""


def wrong(hint: str):
    """Note a wrong answer and a part of the hint that it must get, in the list WRONG of its file."""
    return lambda function: function.__globals__.setdefault("WRONG", []).append((function, hint))


def right(function):
    """Note a right answer in another form than that of the solution, in the list RIGHT of its file."""
    function.__globals__.setdefault("RIGHT", []).append(function)
