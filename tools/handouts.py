"""The handouts of the simulation *The Council, June 2010* as HTML: one for each role, one for the teacher.

The sources are the files in teaching/simulation; every one is text. The book offers the pages to read and to print;
tools/simulation.py makes PDFs of them. A student's handout holds nothing of the teacher's.
"""

import csv
import html as markup
import re
import sys
from pathlib import Path

import rubrics
import yaml
from markdown_it import MarkdownIt

BOOK = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(BOOK / "chapters"))

from casebook.references import short_citation  # noqa: E402

SOURCES = BOOK / "teaching" / "simulation"
HANDOUTS = SOURCES / "handouts"
STYLE = Path(__file__).with_name("handouts.css")
TITLE = "The Council, June 2010"
#: The day on which the delegations meet; the student pack ends on the evening before.
MEETING = "2010-06-14"
#: Roles in the order in which a class fills them: who has most to say gets a second person first.
ROLES = ("kyrgyzstan", "russia", "uzbekistan", "kazakhstan", "belarus", "tajikistan", "armenia", "secretary-general")
#: Parts of a role sheet with their headings; a role may have another heading of its own. A part with one statement has no list.
SECTIONS = {
    "public_position": "What your side has said and done",
    "private_interest": "What your side wants",
    "success": "Success for you is",
    "ask": "You may ask for",
    "live_with": "You could live with",
    "red_lines": "What you cannot sign",
    "know": "What you know besides",
    "do_not_know": "What you do not know",
}
JOINED = {"signed", "acceded", "rejoined"}
LEFT = {"lapsed", "suspended"}


class SimulationError(Exception):
    """A handout is missing or wrong; the message says which and what to do."""


# --- the sources


def read(name: str):
    """A YAML file of the handouts.

    Parameters
    ----------
    name : str
        Such as ``"rules"`` or ``"roles/armenia"``.

    Raises
    ------
    SimulationError
        If the file is missing or no YAML.
    """
    path = HANDOUTS / f"{name}.yml"
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SimulationError(f"{path.relative_to(BOOK)} is missing: restore it from the repository.") from None
    except yaml.YAMLError as error:
        raise SimulationError(f"{path.relative_to(BOOK)} is no YAML: {' '.join(str(error).split())}") from None


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of the folder data."""
    with open(BOOK / "data" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def members(day: str = MEETING) -> list[str]:
    """States that were members on a day, in alphabetical order, from data/membership.csv."""
    latest = {}
    for row in sorted(rows("membership"), key=lambda row: row["date"]):
        if row["standing"] == "accepted" and row["date"] <= day and row["event"] in JOINED | LEFT:
            latest[row["state"]] = row["event"]
    return sorted(state for state, event in latest.items() if event in JOINED)


def seats(size: int) -> dict[str, int]:
    """How many students play each role in a class of 8 to 24.

    Parameters
    ----------
    size : int
        Number of students.

    Returns
    -------
    dict
        Role -> number of students, in the order in which roles get a second and third person.

    Raises
    ------
    ValueError
        If the class is smaller or larger.
    """
    if not 8 <= size <= 24:
        raise ValueError(f"a class of {size}: one table seats 8 to 24; see the page of the simulation for smaller and larger classes")
    each, more = divmod(size, len(ROLES))
    return {role: each + (number < more) for number, role in enumerate(ROLES)}


def article(row: list) -> dict[str, str]:
    """The row of data/treaty-articles.csv that a rule names by instrument, article and wording."""
    wanted = tuple(map(str, row))
    for each in rows("treaty-articles"):
        if (each["instrument"], each["article"], each["wording"]) == wanted:
            return each
    raise SimulationError(f"teaching/simulation/handouts/rules.yml names {', '.join(wanted)}, which is not in data/treaty-articles.csv.")


def figure(inject: dict, chosen: dict) -> dict[str, str]:
    """The row of data/reported-figures.csv that an inject names by source and measure."""
    for each in rows("reported-figures"):
        if (each["source"], each["measure"]) == (chosen["source"], chosen["measure"]):
            return each
    raise SimulationError(f"injects.yml, {inject['title']!r}: no {chosen['measure']} by {chosen['source']} in data/reported-figures.csv.")


# --- words to HTML


def cited(key: str) -> str:
    """Author and date of a source."""
    try:
        return short_citation(key)
    except KeyError as error:
        raise SimulationError(f"{error.args[0]}: correct the key in teaching/simulation.") from None


class Notes:
    """Numbers sources in the order in which a document uses them, and lists them at its end."""

    def __init__(self, later: dict[str, str]):
        self.numbers: dict[str, int] = {}
        self.later = later

    def mark(self, keys: list[str]) -> str:
        """Raised numbers for some keys of references.bib."""
        words = list(map(cited, keys))
        numbers = [self.numbers.setdefault(key, len(self.numbers) + 1) for key in keys]
        return f'<sup title="{markup.escape("; ".join(words))}">{",".join(map(str, numbers))}</sup>' if keys else ""

    def listed(self) -> str:
        """The sources, with those that are younger than the meeting told apart."""
        items = "".join(
            f'<li>{markup.escape(cited(key))}{f" (for {markup.escape(self.later[key])})" if key in self.later else ""}</li>'
            for key in self.numbers
        )
        return f'<section class="sources"><h2>Sources</h2><p>All stand in the bibliography of the book.</p><ol>{items}</ol></section>'


def prose(text: str, notes: Notes) -> str:
    """HTML of a page in the Markdown of the book: citations become numbers, terms and links their words."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    text = re.sub(r" ?\{cite:p\}`([^`]+)`", lambda found: notes.mark([key.strip() for key in found[1].split(",")]), text)
    text = re.sub(r"\{cite:t\}`([^`]+)`", lambda found: cited(found[1]) + notes.mark([found[1]]), text)
    text = re.sub(r"\{term\}`([^`<]+?)(?: <[^`]+>)?`", r"\1", text)
    text = re.sub(r"(?<!!)\[([^\]]+)\]\([^)]+\)", r"\1", text)
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


def statement(item: dict, notes: Notes) -> str:
    """One statement of a role sheet or a rules sheet: words, marks, numbers of sources."""
    flag = " <em>(our inference)</em>" if item.get("inference") else ' <em>(a gap in the evidence)</em>' if item.get("gap") else ""
    return f"{markup.escape(item['text'], quote=False)}{flag}{notes.mark(item.get('sources', []))}"


def listing(items: list[str], kind: str = "ul") -> str:
    return f"<{kind}>{''.join(f'<li>{item}</li>' for item in items)}</{kind}>"


def form(fields: list[dict]) -> str:
    """Prompts with lines to write on."""
    line, words = '<div class="line"></div>', [markup.escape(field["prompt"], quote=False) for field in fields]
    return "".join(f'<div class="field"><p>{prompt}</p>{line * field["lines"]}</div>' for prompt, field in zip(words, fields))


# --- parts of the documents


def role_part(role: dict, name: str, notes: Notes) -> str:
    """One part of a role sheet: a heading and a list, or a single statement behind its heading."""
    title, found = role.get("headings", {}).get(name, SECTIONS[name]), role[name]
    if isinstance(found, dict):
        return f'<p class="single"><b>{title}</b> {statement(found, notes)}</p>'
    return f"<h2>{title}</h2>{listing([statement(item, notes) for item in found])}"


def role_sheet(role: dict, notes: Notes) -> str:
    parts = "".join(role_part(role, name, notes) for name in SECTIONS)
    bring = role["bring"]
    quote = f"<blockquote>{markup.escape(bring['quote'], quote=False)}</blockquote>" if "quote" in bring else ""
    return (
        f'<section class="role"><h1>{markup.escape(role["role"])}</h1><p class="who">{markup.escape(role["who"])} '
        "Keep this sheet to yourself: others must find out what you want.</p>"
        f'{parts}<div class="bring"><h2>Bring to the table: {markup.escape(bring["title"])}</h2>{quote}'
        f'<p>{statement(bring, notes)}</p></div><p class="key">Small numbers lead to the sources on the next sheet. '
        '<em>Our inference</em>: nobody said so in a source that we, the authors of the exercise, read; play it, and do not cite it '
        "as a fact. <em>A gap</em>: we found no source.</p></section>"
    )


def scenario(notes: Notes) -> str:
    path = HANDOUTS / "scenario.md"
    if not path.is_file():
        raise SimulationError(f"{path.relative_to(BOOK)} is missing: restore it from the repository.")
    told = prose(path.read_text(encoding="utf-8"), notes)
    return f'<section class="scenario"><h1>The situation on the evening of 13 June 2010</h1>{told}</section>'


def rules_sheet(notes: Notes) -> str:
    rules = read("rules")
    lines, quotes = [], []
    for rule in rules["in_force"]:
        known = article(rule["row"])
        lines.append(
            f'<tr><th scope="row">{markup.escape(rule["name"])}</th><td>{markup.escape(rule["says"])}{notes.mark(rule["sources"])}</td>'
            f'<td data-label="Who asks: ">{markup.escape(rule["asks"])}</td>'
            f'<td data-label="Who decides: ">{markup.escape(rule["decides"])}</td></tr>'
        )
        if rule.get("quote"):
            of = f"{rule['name'].split(':')[0]}{notes.mark([known['quote_source']])}"
            quotes.append(f'<blockquote>{markup.escape(known["quote"], quote=False)} ({of})</blockquote>')
    return (
        '<section class="rules"><h1>Rules</h1><h2>The meeting, in this order; your teacher says how long each part takes</h2>'
        f'{listing([markup.escape(step) for step in rules["order"]], "ol")}'
        f'<h2>Rules of the meeting</h2>{listing([markup.escape(rule) for rule in rules["meeting"]])}'
        f'<h2>Words of this sheet</h2>{listing([statement(item, notes) for item in rules["words"]])}'
        "<h2>Rules of the alliance, as they stood on 13 June 2010</h2>"
        '<table><thead><tr><th scope="col">Rule</th><th scope="col">What it says, in short</th><th scope="col">Who asks</th>'
        f'<th scope="col">Who decides</th></tr></thead><tbody>{"".join(lines)}</tbody></table>{"".join(quotes)}'
        f'<h2>Not rules that you can rely on</h2>{listing([statement(item, notes) for item in rules["not_rules"]])}'
        f'<h2>Open, and yours to argue</h2>{listing([markup.escape(item) for item in rules["open"]])}</section>'
    )


def memo(role: str) -> str:
    """The form of the position memo, with what it is marked by; the Secretary General, who has no delegation, has a form of its own."""
    sheet, rubric = read("memo"), rubrics.load()["council-memo"]
    marks = [f'<b>{each["name"]}</b> ({each["points"]}): {markup.escape(each["standard"])}' for each in rubric["criteria"]]
    return (
        f'<section class="memo"><h1>{sheet["title"]}</h1><p>{sheet["intro"]}</p>{form(sheet.get(role, sheet["fields"]))}'
        f'<div class="criteria"><h2>What it is marked by, with points</h2>{listing(marks)}<p>{sheet["not_marked"]}</p></div></section>'
    )


def number_of(row: dict[str, str]) -> str:
    """A reported number as reported: at least, up to, or exactly."""
    low, value, high = (f"{float(row[name]):,.0f}" if row[name] else "" for name in ("low", "value", "high"))
    return value or (f"{low} to {high}" if low and high else f"at least {low}" if low else f"up to {high}")


def inject_card(number: int, inject: dict) -> str:
    """One card to cut out, with its sources. Its numbers come from data/reported-figures.csv, with reporter and day."""
    known = inject["known_by"]
    numbers = []
    for chosen in inject.get("figures", ()):
        row = figure(inject, chosen)
        day = f"{int(row['date_reported'][8:])} June"
        note = f"; {row['note']}" if row["note"] and not row["note"].startswith('"') else ""
        numbers.append(f"<li><b>{number_of(row)}</b>: {markup.escape(row['reporter'])}, {day}{markup.escape(note)}</li>")
    what = {"deaths": "Deaths as reported", "refugees": "Refugees as reported"}[inject["figures"][0]["measure"]] if numbers else ""
    reported = f"<p>{what}:</p><ul>{''.join(numbers)}</ul>" if numbers else ""
    return (
        f'<article class="inject"><p class="hour">Card {number} · known by {known:%A}, {known.day} June, {known:%H:%M}</p>'
        f'<h2>{markup.escape(inject["title"])}</h2>'
        f'<p>{markup.escape(inject["text"])}</p>{reported}'
        f'<p class="from">Sources: {markup.escape("; ".join(map(cited, inject["sources"])))}.</p></article>'
    )


def resolution() -> str:
    sheet = read("resolution")
    signatures = "".join(f'<tr><th scope="row">{markup.escape(state)}</th><td></td></tr>' for state in members())
    return (
        f'<section class="resolution"><h1>{sheet["title"]}</h1><p>{sheet["intro"]}</p>{form(sheet["fields"])}'
        f'<table><thead><tr><th scope="col">{sheet["signatures"]}</th><th scope="col">Name and signature</th></tr></thead>'
        f"<tbody>{signatures}</tbody></table>"
        f'{form([{"prompt": sheet["no_decision"], "lines": 2}])}</section>'
    )


# --- documents


def student_document(role: str) -> str:
    """What one delegation gets, as HTML."""
    sheet, notes = read(f"roles/{role}"), Notes(read("later-sources"))
    own, situation, rules = role_sheet(sheet, notes), scenario(notes), rules_sheet(notes)
    on_screen = "To print: A4, one side of the paper only, since the memo is torn off."
    return document(sheet["role"], own + situation + notes.listed() + rules + memo(role), on_screen)


def teacher_document() -> str:
    """Cards, resolution and outcome, as HTML; the table of the outcome on a sheet of its own, to be handed out."""
    notes, injects = Notes({}), read("injects")
    cards = "".join(inject_card(number, inject) for number, inject in enumerate(injects, 1))
    uses = "".join(f"<li><b>{markup.escape(inject['title'])}.</b> {markup.escape(inject['use'])}</li>" for inject in injects)
    outcome = SOURCES / "what-happened.md"
    if not outcome.is_file():
        raise SimulationError(f"{outcome.relative_to(BOOK)} is missing: restore it from the repository.")
    aloud, table = prose(outcome.read_text(encoding="utf-8"), notes).split("<h2>Member by member</h2>")
    body = (
        '<section class="warning"><h1>For the teacher alone</h1><p>Cut out the cards and give each out at its time. Print one resolution. '
        "Keep the last sheets until the signatures are dry: read the first aloud, hand out the second. "
        "The plan of the class is on the page of the book.</p>"
        f"<h2>What each card is for</h2><ol>{uses}</ol></section>"
        '<section class="cards"><h1>Four cards</h1><p>The days are those of the sources. '
        f"The hours are set for this exercise, since most sources give none.</p>{cards}</section>"
        f'{resolution()}<section class="outcome">{aloud}</section>'
        f'<section class="outcome"><h1>{TITLE}: member by member</h1>{table}</section>{notes.listed()}'
    )
    return document("For the teacher", body, "To print: A4, one side of the paper only. For you alone: do not pass on this address.")


def document(name: str, body: str, on_screen: str) -> str:
    """A whole page: it loads nothing, runs nothing, and stays out of search engines. Its first words do not show on paper."""
    running = f'@page {{ @top-left {{ content: "{TITLE} · {name}"; }} }}'
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8" />'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\" />"
        '<meta name="viewport" content="width=device-width" /><meta name="robots" content="noindex" />'
        f"<title>{TITLE}: {name}</title><style>{STYLE.read_text(encoding='utf-8')}{running}</style></head>"
        f'<body><main><p class="screen">{on_screen}</p>{body}</main></body></html>\n'
    )


def documents() -> dict[str, str]:
    """Every document: role or "teacher" -> HTML."""
    return {role: student_document(role) for role in ROLES} | {"teacher": teacher_document()}


def write(folder: Path) -> None:
    """Write every document as a page into a folder, each whole or not at all.

    Raises
    ------
    SimulationError
        If a source is missing or wrong; then no page is written.
    """
    pages = documents()
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in pages.items():
        half = folder / f"{name}.part"
        half.write_text(words, encoding="utf-8")
        half.replace(folder / f"{name}.html")
