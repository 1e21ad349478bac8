"""Instant checks for an assignment: they need nothing but Python.

    from check import check
    check(my_function)

`check` tries the function on the questions in `tests/<name of the function>.py` and says what is wrong.
It goes by the name of the function, so the notebook itself may be renamed.
"""

import doctest
import re
import runpy
from pathlib import Path

TESTS = Path(__file__).resolve().parent / "tests"
#: What pandas says of `and`, `or`, `not` and `if` on a column, and of & and | without brackets.
UNCLEAR = r"truth value of a |type\(s\) for [&|]|'r?(and|or)_'|comparison between dtype=bool"
JOIN = (
    "You ask a whole column for one yes or no. Between conditions on columns write & for `and`, | for `or`, "
    "and put each side in brackets: (table['a'] == 1) & (table['b'] == 2). Write ~ for `not`, and no `if` on a column."
)


def check(function):
    """Say whether a function passes its checks, or the first thing that is wrong with it."""
    name = getattr(function, "__name__", str(function))
    if not (TESTS / f"{name}.py").exists():
        known = ", ".join(sorted(path.stem for path in TESTS.glob("*.py")))
        return print(
            f"There is no check for {name!r}. Functions with a check: {known or 'none; unpack the whole ZIP file'}."
        )
    cases = cases_of(TESTS / f"{name}.py")
    for number, case in enumerate(cases, start=1):
        hint = problem(case["code"], function.__globals__ | {name: function})
        if hint:
            return print(f"{name}: not yet (check {number} of {len(cases)}). {hint}")
    print(f"{name}: all {len(cases)} checks passed.")


def cases_of(path):
    """The cases of a file of checks."""
    return [case for suite in runpy.run_path(str(path))["test"]["suites"] for case in suite["cases"]]


def problem(code, names):
    """What goes wrong when a case is run, in one or two sentences; empty if nothing does."""
    names = dict(names)  # a check leaves no variables behind
    try:
        for example in doctest.DocTestParser().get_examples(code):
            exec(example.source, names)
    except AssertionError as error:
        return str(error) or "An answer differs."
    except NameError as error:
        return f"{error}. Run the cells above first, from top to bottom."
    except FileNotFoundError as error:
        return f"The file {error.filename!r} is missing. Keep the notebook in the folder of the ZIP file."
    except Exception as error:
        return JOIN if re.search(UNCLEAR, str(error)) else f"Your function stops with {type(error).__name__}: {error}."
    return ""
