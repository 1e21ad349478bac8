"""Pages and sheets for teaching as the tests read them: lesson plans, tables, handouts, the search index."""

import functools
import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag
from docutils.nodes import make_id

from casebook import contents
from casebook.uses import CELL, EXPLORER
from press.model.simulation import ROLES, SECTIONS, read
from press.sphinx.packets import TRANSLATED


def day_of_decision(slug: str) -> date:
    """Day of the decision of a chapter."""
    return date.fromisoformat(re.search(r"^:+\{decide\} (\S+)", contents.source(f"chapters/{slug}"), re.M)[1])


#: Minutes of the classes that every lesson plan has.
LENGTHS = (90, 50, 75, 180)


def _later_parts(slug: str) -> set[str]:
    chapter = contents.source(f"chapters/{slug}")
    before, later, _ = re.split(r"^## (?:What happened|Explore)$", chapter, flags=re.M)
    ids = {"what-happened", f"outcome-{day_of_decision(slug)}"}
    ids.update(make_id(heading) for heading in re.findall(r"^##+ (.+)$", later, re.M))
    ids.update(f"document-{number}" for number in re.findall(r"^:::+\{document\} (\d+)", later, re.M))
    seen, in_all = (len(re.findall(r"^: +caption: ", text, re.M)) for text in (before, before + later))
    ids.update(f"figure-{number}" for number in range(seen + 1, in_all + 1))
    ids.update(re.findall(r"^\((\S+)\)=$", later, re.M))
    ids.update(" ".join(re.findall(r"^```\{formerly\} (.+)$", later, re.M)).split())
    ids.update(EXPLORER.search(cell)[1] for cell in CELL.findall(chapter) if "eve={}" in cell)  # later in every state
    return ids


#: Ids of what a class may not see of each chapter before the decision: all from *What happened* to *Explore*.
LATER_PARTS = {slug: _later_parts(slug) for slug in contents.chapters()}
#: Parts of a sheet that are not places of a chapter.
FORMS = ("organizer", "record", "lines", "briefs", "outcome", "sides")
#: Numbers in a list, such as "3, 4 and 5"; no minutes.
NUMBERS = r"(\d+(?:(?:, | and )\d+)*)\b(?! min)"
#: Sheets in a list, such as "A3, A4 and B5".
LETTERED = r"([AB]\d+(?:(?:, | and )[AB]\d+)*)\b"
#: Words of the end of the simulation: the page that is held back has them, and nothing that students get.
OUTCOME = re.split(
    r";\s*",
    """package; not ruled out; withdrawn; orozov; endorsed; helicopters; be borrowed; tracing; 470; commission;
    amendments; 10 december; had kept silent; three tons; no more refugees; strategic sites; no peacekeepers;
    the will that had been needed""",
)


def source(name: str) -> str:
    """Text of a page for teachers, such as ``"origins"``, which is the lesson plan of that chapter."""
    return contents.source(f"teaching/{name}")


def section(text: str, heading: str) -> str:
    """What a page has under a heading such as ``"## Print"``, up to the next of its level or above."""
    _, found, rest = text.partition(f"\n{heading}\n")
    assert found, f"there is no heading {heading!r}"
    return re.split(rf"^#{{2,{heading.index(' ')}}} ", rest, maxsplit=1, flags=re.M)[0]


def rows_of(text: str) -> list[list[str]]:
    """Cells of the tables in a text, without the header of a table."""
    tables = re.findall(r"^\|.+\n\|[-:| ]+\|\n((?:\|.*\n?)*)", text, re.M)
    return [[cell.strip() for cell in line.strip("|").split("|")] for body in tables for line in body.splitlines()]


def table_of(slug: str, caption: str) -> list[list[str]]:
    """Cells of the table of a lesson plan whose caption begins with these words."""
    _, found, rest = source(slug).partition(f"{{table}} {caption}")
    assert found, f"teaching/{slug}.md has no table {caption!r}"
    return rows_of(rest.partition("```")[0])


def timed(text: str) -> list[tuple]:
    """Rows of a plan: start, end, other cells."""
    return [(*map(int, span.split("–")), *cells) for span, *cells in rows_of(text) if re.fullmatch(r"\d+–\d+", span)]


def plan(slug: str, length: int) -> list[tuple]:
    """Rows of the plan of that length."""
    _, found, rest = source(slug).partition(f"{{table}} Plan for {length} minutes\n")
    assert found, f"teaching/{slug}.md has no plan for {length} minutes"
    return timed(rest.partition("````")[0])


def decision(rows: list[tuple]) -> int:
    """Place of the row in which students decide."""
    return next(place for place, row in enumerate(rows) if "#decide)" in row[4])


def faults_in_minutes(rows: list[tuple], length: int, filled: float = 1) -> list[str]:
    """What does not add up in a plan of that length, whose steps fill a share of its minutes, all by default."""
    ends, starts = [0, *(row[1] for row in rows)], [*(row[0] for row in rows), length]
    faults = [f"after minute {end} comes minute {start}" for end, start in zip(ends, starts) if end != start]
    steps = [sum(map(int, re.findall(r"(\d+) min\b", " ".join(cells)))) for _, _, *cells in rows]
    for (start, end, *_), pieces in zip(rows, steps):
        if start >= end or pieces > end - start or (filled == 1 and pieces not in (0, end - start)):
            faults.append(f"{start}–{end}: its steps take {pieces} minutes")
    return faults + ([f"the steps take {sum(steps)} of {length} minutes"] if sum(steps) > filled * length else [])


def explorer_states(text: str) -> list[tuple[str, str, str]]:
    """Links to states of explorers: chapter, name of the explorer, state such as ``"june=13"``."""
    found = re.findall(r"\{place\}`[^`<]+<chapters/([\w-]+)#(\w+)\?([^>]+)>`", text)
    return [(slug, name, unquote(state)) for slug, name, state in found]


def cells_of(table: Tag) -> list[list[str]]:
    """Words of a table on a built page, quotation marks and apostrophes as they are typed."""
    typed = str.maketrans("“”‘’", "\"\"''")
    rows = [row.find_all(["th", "td"]) for row in table.find_all("tr")]
    return [[" ".join(cell.get_text().translate(typed).split()) for cell in row] for row in rows]


@functools.cache
def search_index(book: Path) -> dict:
    """What the search of the built book finds its pages by."""
    text = (book / "searchindex.js").read_text(encoding="utf-8")
    return json.loads(text[text.index("(") + 1 : text.rindex(")")])


def words_that_find(book: Path, page: str) -> list[str]:
    """Words of the search index that lead to a page."""
    index = search_index(book)
    place = index["docnames"].index(page)
    terms = [*index["terms"].items(), *index["titleterms"].items()]
    return [word for word, pages in terms if place in (pages if isinstance(pages, list) else [pages])]


def parts_of(sheets: list[dict]) -> tuple[list[str], list[int], list[str]]:
    """What teaching/packets.yml lists on some sheets: ids of places, numbers of questions, captions of tables."""
    parts = [part for sheet in sheets for part in sheet["parts"]]
    words = [part for part in parts if isinstance(part, str) and part not in FORMS]
    asking = [part for part in words if part.startswith("questions ")]
    places = [part.removesuffix(TRANSLATED) for part in words if part not in asking]
    questions = [int(number.rstrip("*")) for part in asking for number in part.split()[1:]]
    return places, questions, [part["table"] for part in parts if isinstance(part, dict) and "table" in part]


def used_in(words: str) -> tuple[set[str], set[int]]:
    """Documents and questions that a plan names, as in "two on Document 1 (questions 1 and 7)": ids and numbers."""
    words = re.sub(r"\bDocuments (\d+) to (\d+)\b", _each_document, words)
    documents = re.findall(rf"\bDocuments? {NUMBERS}", words)
    asked = [questions for _, questions in re.findall(rf"\bDocuments? {NUMBERS} \({NUMBERS}", words)]
    asked += re.findall(rf"\bquestions? {NUMBERS}", words)
    return {f"document-{number}" for number in _all_numbers(documents)}, _all_numbers(asked)


def _each_document(span: re.Match) -> str:
    first, last = map(int, span.groups())
    return "Documents " + ", ".join(map(str, range(first, last + 1)))


def _all_numbers(lists: list[str]) -> set[int]:
    return {int(number) for each in lists for number in re.findall(r"\d+", each)}


def statements(role: str) -> list[dict]:
    """Every statement on a role sheet of the simulation."""
    sheet = read(f"roles/{role}")
    parts = [sheet[name] for name in SECTIONS]
    return [item for part in parts for item in (part if isinstance(part, list) else [part])] + [sheet["bring"]]


def faults_in_handout(role: str, words: str) -> list[str]:
    """What a handout, as words with single spaces, lacks of its role, or has of another role or of the outcome."""
    own = [item["text"] for item in statements(role)]
    others = [item["text"] for other in ROLES for item in statements(other)]
    parts = ["The situation on the evening of 13 June 2010", "Position memo", "stood on 13 June 2010", "Content note"]
    faults = [f"it lacks {text!r}" for text in [*parts, "Sources", *own] if text not in words]
    faults += [f"it has of another role {text!r}" for text in others if text in words and text not in " ".join(own)]
    return faults + [f"it gives away {word!r}" for word in OUTCOME if word in words.lower()]


def words_of(page: str) -> str:
    """Words of an HTML page as they are read, with single spaces, without the numbers of sources."""
    soup = BeautifulSoup(page, "html.parser")
    for tag in soup.select("sup, style"):
        tag.decompose()
    return " ".join(soup.get_text().split())
