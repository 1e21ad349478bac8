"""The simulation *The Council, June 2010*: nothing unsourced, nothing that the table could not know, and every sheet prints."""

import re
import subprocess
import sys
from datetime import date, datetime

import pypdfium2
import pytest
import simulation
from casebook.references import bibliography
from pages import BOOK

EVENING = date(2010, 6, 13)
MONTHS = "January February March April May June July August September October November December".split()
#: Words of the outcome, in lower case: each stands on the page that is held back, and in nothing that students get.
OUTCOME = ["package", "not ruled out", "withdrawn", "orozov", "endorsed", "helicopters", "as a loan", "tracing", "470", "commission",
           "amendments", "10 december", "had kept silent", "three tons", "no more refugees", "strategic sites", "no peacekeepers",
           "the will that had been needed"]
PLAN = re.compile(r"^\| (\d+)–(\d+) \|", re.M)
PAGE = simulation.SOURCES / "council-june-2010.md"
OUTCOME_PAGE = simulation.SOURCES / "what-happened.md"
each_role = pytest.mark.parametrize("role", simulation.ROLES)


def items(sheet: dict) -> list[dict]:
    """Every statement of a role sheet."""
    return [item for section in simulation.SECTIONS for item in sheet[section]] + [sheet["bring"]]


def student_texts() -> dict[str, str]:
    """Sources of everything that students get before the signatures: name -> words without keys of sources."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(simulation.HANDOUTS.rglob("*.*"))}
    injects = [f"{inject['title']}. {inject['text']}" for inject in simulation.read("injects")]  # their use is the teacher's
    texts["injects.yml"] = "\n".join(injects)
    texts.pop("later-sources.yml")
    no_words = re.compile(r" ?\{cite:p\}`[^`]+`|^\s*(sources|row|- row): \[.*\]$|^#.*$", re.M)
    return {name: no_words.sub("", text) for name, text in texts.items()}


def student_sources() -> dict[str, str]:
    """Every source of the student pack and of the cards: key -> a file that cites it."""
    found = {}
    for path in sorted(simulation.HANDOUTS.rglob("*.*")):
        text = path.read_text(encoding="utf-8")
        for group in re.findall(r"\{cite:p\}`([^`]+)`|sources: \[([^\]]*)\]|source: ([\w-]+)", text):
            found |= {key.strip(): path.name for key in ",".join(group).split(",") if key.strip()}
    return found


def day_of(key: str) -> date:
    """Last day on which a source may have been published; one without a date counts as young."""
    fields = bibliography()[key].fields
    if not re.fullmatch(r"\d{4}", fields.get("year", "")):
        return date.max
    words = fields.get("month", "December").split()
    return date(int(fields["year"]), MONTHS.index(words[-1]) + 1, int(words[0]) if len(words) == 2 else 28)


# --- who plays


def test_roles_are_the_members_of_that_month_and_the_secretary_general():
    members = simulation.members()
    assert len(members) == 7 and "Uzbekistan" in members
    assert sorted(simulation.read(f"roles/{role}")["role"] for role in simulation.ROLES) == sorted([*members, "Secretary General"])
    assert sorted(path.stem for path in (simulation.HANDOUTS / "roles").glob("*")) == sorted(simulation.ROLES)
    assert simulation.members("2006-01-01") == [state for state in members if state != "Uzbekistan"]


def test_the_resolution_has_a_line_for_every_member():
    assert re.findall(r'<th scope="row">(\w+)</th><td></td>', simulation.resolution()) == simulation.members()


def test_seats_add_up_and_the_page_says_the_same():
    table = dict(re.findall(r"^\| (\d+ or \d+|8, 16 or 24) \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.M))
    said = {int(size): words.strip() for sizes, words in table.items() for size in re.findall(r"\d+", sizes)}
    assert sorted(said) == list(range(8, 25))
    names = {role: simulation.read(f"roles/{role}")["role"] for role in simulation.ROLES}
    for size in range(8, 25):
        seats = simulation.seats(size)
        assert sum(seats.values()) == size and max(seats.values()) - min(seats.values()) <= 1
        more = [names[role] for role, number in seats.items() if number > size // 8]
        assert said[size] == (", ".join(more) or "none"), size
    with pytest.raises(ValueError, match="8 to 24"):
        simulation.seats(25)


# --- every statement has a source


@each_role
def test_every_statement_has_a_source_or_says_that_it_has_none(role):
    sheet = simulation.read(f"roles/{role}")
    assert set(sheet) == {"role", "who", *simulation.SECTIONS, "bring"}
    assert all(len(sheet[section]) >= 2 for section in simulation.SECTIONS)
    for item in items(sheet):
        assert set(item) <= {"text", "title", "quote", "sources", "inference", "gap"}, f"{role}: {item}"
        assert item.get("sources") or item.get("inference") or item.get("gap"), f"{role}: no source and not marked: {item['text']!r}"
    for section in ("private_interest", "red_lines"):
        marked = any(item.get("inference") for item in sheet[section])
        assert marked, f"{role}: {section} without one inference is more than the evidence shows"


def test_members_without_a_known_word_say_so():
    silent = [role for role in simulation.ROLES if any(item.get("gap") for item in simulation.read(f"roles/{role}")["public_position"])]
    assert silent == ["kazakhstan", "belarus", "tajikistan", "armenia"]
    days = [row for row in simulation.rows("events") if "2010-06-10" <= row["date_start"] <= "2010-06-13"]
    spoke = " ".join(row["actors"] for row in days if row["kind"] in ("statement", "request"))
    assert not re.search("Kazakhstan|Nazarbayev|Belarus|Lukashenko|Tajikistan|Armenia|Sargsyan", spoke), "a word was found: mend the sheets"


def test_every_source_is_in_the_bibliography():
    unknown = {key: name for key, name in student_sources().items() if key not in bibliography()}
    assert unknown == {}


def test_quotations_stand_in_the_book():
    book = " ".join(path.read_text(encoding="utf-8") for path in [*(BOOK / "chapters").glob("*.md"), *(BOOK / "data").glob("*.csv")])
    for role in simulation.ROLES:
        quote = simulation.read(f"roles/{role}")["bring"].get("quote")
        assert quote is None or quote.rstrip(".") in book, f"{role}: not in a chapter or a table: {quote!r}"


def test_scenario_and_statements_cite_every_paragraph():
    text = (simulation.HANDOUTS / "scenario.md").read_text(encoding="utf-8")
    told = text.split("## April and May")[1].split("## Tomorrow")[0]
    for paragraph in re.split(r"\n\n", told):
        if paragraph.strip() and not paragraph.startswith("#"):
            assert "{cite:p}" in paragraph, paragraph


# --- the rules of that day


#: Sources of dates and ratifications beside those of the article itself.
RULE_SOURCES = {
    "Agreement on CSTO Peacekeeping": ("kz-peacekeeping-2007", "uzdaily-peacekeeping-2008"),
    "Agreement on the Rapid Deployment Force": ("jamestown-2001-05",),
}


def test_rules_are_those_in_force_on_that_day():
    rules = simulation.read("rules")
    for rule in rules["in_force"]:
        row = simulation.article(rule["row"])
        assert int(row["wording"]) < 2010, f"{rule['name']}: wording of {row['wording']}"
        known = {*row["sources"].split(";"), *RULE_SOURCES.get(rule["row"][0], ())}
        assert set(rule["sources"]) <= known, rule["name"]
    in_force = {row["id"]: row["date_in_force"] for row in simulation.rows("forces-and-exercises")}
    assert in_force["reaction-force-agreement"] > EVENING.isoformat(), "else it belongs to the rules in force"
    assert not any("Reaction" in rule["row"][0] for rule in rules["in_force"])
    assert "Reaction Force" in rules["not_rules"][0]["text"]


def test_a_rule_that_does_not_exist_ends_with_one_sentence():
    sentence = r"^teaching/.+ names CSTO Charter, 99, 2002, which is not in data/treaty-articles\.csv\.$"
    with pytest.raises(simulation.SimulationError, match=sentence):
        simulation.article(["CSTO Charter", 99, 2002])


# --- nothing that the table could not know


def dates_in(text: str):
    """Dates of a text to the day; those without a year belong to 2010."""
    for day, month, year in re.findall(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?", text):
        yield date(int(year or 2010), MONTHS.index(month) + 1, int(day))


@pytest.mark.parametrize("name", sorted(student_texts()))
def test_no_handout_speaks_of_a_later_day(name):
    text = student_texts()[name]
    last = date(2010, 6, 14) if name in ("injects.yml", "resolution.yml") else EVENING
    assert all(day <= last for day in dates_in(text)), f"{name}: {max(dates_in(text))}"
    assert not re.findall(r"\b20(?:1[1-9]|2\d)\b", text), f"{name}: a later year"
    assert not re.findall(rf"\b(?:{'|'.join(MONTHS[6:])})\b(?! (?:199\d|200\d))", text), f"{name}: a later month"


def test_sources_are_no_younger_than_the_meeting_or_listed_with_the_older_fact():
    later = simulation.read("later-sources")
    cards = {key for inject in simulation.read("injects") for key in inject["sources"]}
    young = {key for key in student_sources() if key in bibliography() and day_of(key) > EVENING}
    assert young - cards == set(later), sorted((young - cards) ^ set(later))
    assert all(day_of(key) <= date(2010, 6, 15) for key in cards)  # one of the 15th reports Monday's words


def test_cards_are_known_before_the_meeting_and_come_from_the_tables():
    injects, events = simulation.read("injects"), {row["id"]: row for row in simulation.rows("events")}
    assert len(injects) == 4
    known = [inject["known_by"] for inject in injects]
    assert known == sorted(known) and known[0] > datetime(2010, 6, 13, 18) and known[-1] < datetime(2010, 6, 14, 12)
    for inject in injects:
        assert all(events[event]["date_start"] <= inject["known_by"].date().isoformat() for event in inject["events"]), inject["title"]
        for chosen in inject.get("figures", ()):
            row = simulation.figure(inject, chosen)
            assert row["date_reported"] <= inject["known_by"].date().isoformat() and row["reporter"]
            assert chosen["source"] in inject["sources"]
    assert len(injects[1]["figures"]) >= 4, "a range, with those who report it"


def test_the_outcome_is_in_nothing_that_students_get(printed):
    held_back = " ".join(OUTCOME_PAGE.read_text(encoding="utf-8").lower().split())
    for word in OUTCOME:
        assert word in held_back, f"{word!r} tells nothing: the held-back page lacks it"
        for name, text in student_texts().items():
            assert word not in text.lower(), f"{name} tells {word!r}"
        for name, text in printed.items():
            if "teacher" not in name:
                assert word not in text.lower(), f"{name} tells {word!r}"


@pytest.mark.parametrize("page", [PAGE, OUTCOME_PAGE], ids=lambda page: page.stem)
def test_pages_with_the_outcome_stay_out_of_search(page):
    head = page.read_text(encoding="utf-8").split("---")[1]
    assert re.search(r"^nosearch: true$", head, re.M) and re.search(r"robots: noindex$", head, re.M)


# --- the plans


def plans() -> list[list[tuple[int, int]]]:
    """The timed tables of the page."""
    text = PAGE.read_text(encoding="utf-8")
    return [[tuple(map(int, row)) for row in PLAN.findall(table)] for table in text.split("| Minutes |")[1:]]


def test_minutes_add_up():
    assert len(plans()) == 3
    for plan in plans():
        assert plan[0][0] == 0 and plan[-1][1] == 75
        assert all(before[1] == after[0] and after[0] < after[1] for before, after in zip(plan, plan[1:])), plan


def test_cards_come_at_the_minutes_of_their_row():
    for table in PAGE.read_text(encoding="utf-8").split("| Minutes |")[1:]:
        for start, end, words in re.findall(r"^\| (\d+)–(\d+) \|(.+)$", table, re.M):
            assert all(int(start) <= int(minute) <= int(end) for minute in re.findall(r"at minute (\d+)", words)), words


def test_every_plan_gives_out_all_cards():
    tables = [table.split("\n\n")[0] for table in PAGE.read_text(encoding="utf-8").split("| Minutes |")[1:]]
    for plan in (tables[0], tables[1] + tables[2]):
        numbers = [number for words in re.findall(r"[Cc]ards? (\d(?: and \d)?)", plan) for number in re.findall(r"\d", words)]
        assert sorted(numbers) == ["1", "2", "3", "4"], numbers


def test_the_debrief_has_its_questions_in_groups_with_links():
    debrief = PAGE.read_text(encoding="utf-8").split("\n## Debrief")[1].split("\n## ")[0]
    numbers = [int(number) for number in re.findall(r"^(\d+)\. .+\?$|^(\d+)\. .+", debrief, re.M) for number in number if number]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= 12
    groups = re.split(r"^\*\*[A-Z]\. ", debrief, flags=re.M)[1:]
    assert len(groups) >= 5 and all("chapters/" in group for group in groups[1:])


# --- print


@pytest.fixture(scope="module")
def folder(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("simulation")
    simulation.print_all(browser, folder)
    return folder


@pytest.fixture(scope="module")
def printed(folder):
    """Words of every PDF."""
    found = {}
    for path in sorted(folder.iterdir()):
        with pypdfium2.PdfDocument(path) as pdf:
            found[path.name] = " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split())
    return found


def test_there_is_one_pdf_for_each_role_and_one_for_the_teacher(folder):
    names = [f"council-june-2010-{name}.pdf" for name in (*simulation.ROLES, "teacher")]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    for path in folder.iterdir():
        with pypdfium2.PdfDocument(path) as pdf:
            assert {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in pdf} == {(210, 297)}, path.name
            assert len(pdf) <= (6 if "teacher" in path.name else 4), f"{path.name}: {len(pdf)} pages"
            assert pdf.get_metadata_value("Title").startswith(simulation.TITLE)


@each_role
def test_a_pdf_holds_its_role_and_no_other(printed, role):
    text = printed[f"council-june-2010-{role}.pdf"]
    own = " ".join(item["text"] for item in items(simulation.read(f"roles/{role}")))
    for other in simulation.ROLES:
        for item in items(simulation.read(f"roles/{other}")):
            assert (item["text"] in text) == (item["text"] in own), f"{role}: {item['text']!r}"
    for words in ("The situation on the evening of 13 June 2010", "Position memo", "as they stood on 13 June 2010", "Content note", "Sources"):
        assert words in text


def test_the_teacher_gets_cards_resolution_and_outcome(printed):
    text = printed["council-june-2010-teacher.pdf"]
    for words in ("Card 1", "Card 4", "Signed for the president of", "what really happened", "three tons", "114: Health Ministry, 14 June"):
        assert words in text, words


def test_two_prints_are_the_same_bytes(browser, folder, tmp_path):
    for name, words in list(simulation.documents().items())[-2:]:  # the last role and the teacher; all of them take a minute
        simulation.print_one(browser, words, tmp_path / f"{name}.pdf")
        assert (tmp_path / f"{name}.pdf").read_bytes() == (folder / f"{name}.pdf").read_bytes(), name


def test_a_wrong_source_stops_everything_with_one_sentence(browser, tmp_path, monkeypatch):
    monkeypatch.setattr(simulation, "short_citation", lambda key: bibliography()["no such key"] and "")
    with pytest.raises(simulation.SimulationError, match="correct the key in teaching/simulation"):
        simulation.print_all(browser, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_a_chromium_the_tool_says_what_to_install(tmp_path):
    command = [sys.executable, BOOK / "tools" / "simulation.py", tmp_path]
    run = subprocess.run(command, env={"CHROMIUM": "/nowhere"}, capture_output=True, text=True)
    assert run.returncode == 1 and run.stderr.startswith("No Chromium to print or test with. Install one")
    assert list(tmp_path.iterdir()) == []
