"""How often the book was wrong: claims drawn at random for readers to check, and what they found, as rates."""

import random
import re
from collections import Counter
from typing import NamedTuple

from casebook.contents import chapters, reading_order, source, title
from casebook.datapackage import rows, tables
from casebook.uses import cited_in, cited_on

from . import sources
from .markdown import table

#: Tables that hold no claim of their own on the world: codes and checks are judged elsewhere, variables are questions,
#: places are coordinates.
NOT_CLAIMS = {"case-codes", "case-passes", "case-variables", "checks", "places"}
CITED = re.compile(r"\{cite:\w+\}")
#: Parts of a claim, each judged by itself in a column of data/checks.csv.
PARTS = {"date_is": "date", "actor_is": "actor", "event_is": "event", "value_is": "value", "source_is": "source"}
NORMAL = 1.959964  #: the 97.5th percentile of the normal distribution


class Claim(NamedTuple):
    """A row or a sentence, and where it is."""

    table: str  #: name of a table, or of a page such as ``"chapters/origins"``
    line: int  #: in its file
    words: str
    keys: tuple[str, ...]  #: of its sources in references.bib


def row_claims() -> list[Claim]:
    """List every row that states a fact of the world."""
    found = []
    for name in sorted(set(tables()) - NOT_CLAIMS):
        for line, row in enumerate(rows(name), start=2):
            words = "; ".join(f"{column}: {value}" for column, value in row.items() if value)
            found.append(Claim(name, line, words, tuple(dict.fromkeys(cited_in(row)))))
    return found


def sentence_claims() -> list[Claim]:
    """List every sentence that cites a source, or row of a table on a page; a page has one sentence a line."""
    found = []
    for name, _ in reading_order():
        for line, words in enumerate(source(name).splitlines(), start=1):
            if CITED.search(words) and not words.startswith(">"):  # a line that says whose words were quoted
                found.append(Claim(name, line, words, tuple(sorted(cited_on(words)))))
    return found


def draw(seed: str, rows: int, sentences: int) -> list[Claim]:
    """Draw claims at random, the same ones for the same seed and the same files.

    Parameters
    ----------
    seed : str
        The hash of the commit, so that nobody chooses.
    rows, sentences : int
        How many of each.
    """
    chance = random.Random(seed)
    return chance.sample(row_claims(), rows) + chance.sample(sentence_claims(), sentences)


def worksheet(claims: list[Claim]) -> str:
    """Write claims with their sources in Markdown, for a reader who has seen none of them."""
    parts = []
    for number, claim in enumerate(claims, start=1):
        parts.append(f"## {number}. {claim.table}, line {claim.line}\n\n{claim.words}\n")
        for key in claim.keys:
            named = sources.source(key)
            parts.append(f"* {named.authors}, {named.title}, {named.place} {named.address}".rstrip())
        parts.append("")
    return "\n".join(parts)


# --- what was found


def interval(faults: int, checked: int) -> tuple[float, float]:
    """Bound the share of faults in all claims from those in a random sample.

    Parameters
    ----------
    faults, checked : int
        How many claims of the sample were faulty, and its size.

    Returns
    -------
    tuple of float
        Wilson's interval at 95 percent, as shares from 0 to 1.

    Notes
    -----
    E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
    Statistical Association 22 (1927), 209-212. It holds for few faults and small samples, too.
    """
    share, square = faults / checked, NORMAL**2
    middle = share + square / (2 * checked)
    half = NORMAL * (share * (1 - share) / checked + square / (4 * checked**2)) ** 0.5
    return tuple(min(max((middle + sign * half) / (1 + square / checked), 0.0), 1.0) for sign in (-1, 1))


#: The rounds of checks in their order: two draws at random, all other sentences with the rows that share their sources,
#: a third draw, all rows not yet checked, and a fourth draw.
ROUNDS = ("before", "after", "the rest", "third draw", "rows left", "fourth draw")
LARGE = ("before", "the rest", "rows left")  #: the draws after them are too small to be told by table


def draws() -> dict[str, str]:
    """Map the rounds in which rows and sentences were checked, in their order: commit -> its name.

    Raises
    ------
    ValueError
        If the table has a round without a name.
    """
    commits = dict.fromkeys(row["commit"] for row in rows("checks") if row["kind"] != "code")
    if len(commits) > len(ROUNDS):
        raise ValueError(f"data/checks.csv has {len(commits)} rounds; name all in ROUNDS, which has {len(ROUNDS)}")
    return dict(zip(commits, ROUNDS))


def rates(verdicts: list[tuple[str, str]]) -> list[tuple[str, ...]]:
    """Count verdicts by group, and say how many claims of each group may be faulty.

    Parameters
    ----------
    verdicts : list of tuple
        Group and verdict of each claim: ``"right"``, ``"in part"``, ``"wrong"`` or ``"not found"``, which counts
        neither way.

    Returns
    -------
    list of tuple
        A row a group: its name, claims of which a page was found, how many of these are in part right and wrong,
        claims without a page, and the percentages that are wrong, and wrong or in part, with their intervals.
    """
    counts: dict[str, Counter] = {}
    for group, verdict in verdicts:
        counts.setdefault(group, Counter())[verdict] += 1
    found = []
    for group, count in counts.items():
        checked = count.total() - count["not found"]
        counted = [checked, count["in part"], count["wrong"], count["not found"]]
        shares = [_percent(faults, checked) for faults in (count["wrong"], count["wrong"] + count["in part"])]
        found.append((group, *map(str, counted), *shares))
    return found


def _percent(faults: int, checked: int) -> str:
    if not checked:
        return "none found"
    low, high = interval(faults, checked)
    return f"{100 * faults / checked:.0f} ({100 * low:.0f}–{100 * high:.0f})"


HEADINGS = ("checked", "in part", "wrong", "no page", "% wrong", "% wrong or in part")


def rates_as_markdown(by: str) -> str:
    """Write the rates of all rounds as a table.

    Parameters
    ----------
    by : str
        ``"draw"``, ``"table"``, ``"part"`` (of a claim) or ``"fault"`` (its kind, counted).

    Raises
    ------
    ValueError
        If it is none of these.
    """
    names = draws()
    claims = [(names[row["commit"]], row) for row in rows("checks") if row["kind"] != "code"]
    if by == "fault":
        count = Counter(row["fault"] for _, row in claims if row["fault"])
        return table("Kinds of fault in all rounds", ("Kind of fault", "claims"), count.most_common())
    if by == "draw":
        caption, first = "What was checked, round by round", "Round"
        verdicts = [(f"{name}: {row['kind']}s", row["verdict"]) for name, row in claims]
    elif by == "table":
        caption, first = "The three large rounds, by table and page", "Table or page"
        large = [(f"{_called(row['table'])}, {name}", row["verdict"]) for name, row in claims if name in LARGE]
        verdicts = sorted(large)
    elif by == "part":
        caption, first = "Parts of a claim, round by round", "Part"
        parts = [(name, part) for name in names.values() for part in PARTS]
        verdicts = [
            (f"{name}: {PARTS[part]}", row[part])
            for name, part in parts
            for drawn, row in claims
            if drawn == name and row[part]
        ]
    else:
        raise ValueError(f"by={by!r}; accepted: draw, table, part, fault")
    return table(caption, (first, *HEADINGS), rates(verdicts))


def _called(name: str) -> str:
    if name in tables():
        return tables()[name]["title"]
    return f"Chapter {title(name)}" if name.removeprefix("chapters/") in chapters() else "Other pages"
