"""Instant checks for an assignment: they need nothing but Python.

    from check import check
    check(my_function)

`check` finds `tests/<name of the function>.py`, tries the function and says what is wrong; a notebook may be renamed.
"""

import doctest
import re
import runpy
from pathlib import Path
from traceback import walk_tb

TESTS = Path(__file__).resolve().parent / "tests"
#: What pandas says of `and`, `in`, `not` and `if` on a column, and of & and | without brackets.
UNCLEAR = r"truth value of a |type\(s\) for [&|]|'r?(and|or)_'|comparison between dtype=bool"
JOIN = """In your function a whole column is asked for one yes or no. Between conditions on columns write & for `and`,
| for `or`, ~ for `not`, and put each side in brackets: (table['a'] == 1) & (table['b'] == 2). For `in` write
.isin([...]); after `if` ask .any(), or len(...) == 0. On a single row `and` and `or` are right."""
HINTS = {
    UNCLEAR: "Your function gives a column where one value is asked: take it out with .iloc[0], or end with .any().",
    "^KeyError": "No column, row, key or member has this name. The first row, whatever its name, is .iloc[0].",
    "indices must be integers": "A loop over a table gives names of columns. For rows loop with table.iterrows().",
}


def check(function):
    """Say whether a function passes its checks, or the first thing that is wrong with it."""
    name = getattr(function, "__name__", str(function))
    if not (TESTS / f"{name}.py").exists():
        known = ", ".join(sorted(path.stem for path in TESTS.glob("*.py"))) or "none; unpack the whole ZIP file"
        return print(f"There is no check for {name!r}. Functions with a check: {known}.")
    cases = [case for suite in runpy.run_path(str(TESTS / f"{name}.py"))["test"]["suites"] for case in suite["cases"]]
    for number, case in enumerate(cases, start=1):
        if hint := problem(case["code"], function.__globals__ | {name: function}):
            return print(f"{name}: not yet (check {number} of {len(cases)}). {hint}")
    print(f"{name}: all {len(cases)} checks passed.")


def problem(code, names):
    """What goes wrong when a case is run, in a few sentences; empty if nothing does."""
    names = dict(names)  # a check leaves no variables behind
    try:
        exec("".join(example.source for example in doctest.DocTestParser().get_examples(code)), names)
    except AssertionError as error:
        return str(error) or "An answer differs."
    except NameError as error:
        return f"{error}. Run the cells above first, from top to bottom."
    except FileNotFoundError as error:
        return f"The file {error.filename!r} is missing. Keep the notebook in the folder of the ZIP file."
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        scopes = [frame.f_globals for frame, _ in walk_tb(error.__traceback__)][1:]
        callee = next((scope.get("__name__", "") for scope in scopes if scope is not names), "pandas")
        hint = next((hint for pattern, hint in HINTS.items() if re.search(pattern, said)), "")
        if re.search(UNCLEAR, said):  # asked by the function, or by the check of what the function gave
            return hint if callee.startswith("pandas") else JOIN
        return f"Your function stops with {said}. {hint}".rstrip()
    return ""
