"""The simulation *The Council, June 2010*: nothing unsourced, nothing that the table could not know, and every sheet prints."""

import json
import os
import re
import subprocess
import sys
import types
from datetime import date, datetime

import handouts
import publishing
import pypdfium2
import pytest
import rubrics
import simulation
import simulation_handouts
import yaml
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from casebook.references import bibliography
from pages import BOOK
from test_build import soup_of

EVENING = date(2010, 6, 13)
MONTHS = "January February March April May June July August September October November December".split()
#: Words of the outcome, in lower case: each stands on the page that is held back, and in nothing that students get.
OUTCOME = ["package", "not ruled out", "withdrawn", "orozov", "endorsed", "helicopters", "be borrowed", "tracing", "470", "commission",
           "amendments", "10 december", "had kept silent", "three tons", "no more refugees", "strategic sites", "no peacekeepers",
           "the will that had been needed"]
PLAN = re.compile(r"^\| (\d+)–(\d+) \|", re.M)
PAGE = handouts.SOURCES / "council-june-2010.md"
OUTCOME_PAGE = handouts.SOURCES / "what-happened.md"
each_role = pytest.mark.parametrize("role", handouts.ROLES)


def items(sheet: dict) -> list[dict]:
    """Every statement of a role sheet."""
    parts = [sheet[section] for section in handouts.SECTIONS]
    return [item for part in parts for item in (part if isinstance(part, list) else [part])] + [sheet["bring"]]


def student_texts() -> dict[str, str]:
    """Sources of everything that students get before the signatures: name -> words without keys of sources."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(handouts.HANDOUTS.rglob("*.*"))}
    injects = [f"{inject['title']}. {inject['text']}" for inject in handouts.read("injects")]  # their use is the teacher's
    texts["injects.yml"] = "\n".join(injects)
    texts.pop("later-sources.yml")
    no_words = re.compile(r" ?\{cite:p\}`[^`]+`|^\s*(sources|row|- row): \[.*\]$|^#.*$", re.M)
    return {name: no_words.sub("", text) for name, text in texts.items()}


def student_sources() -> dict[str, str]:
    """Every source of the student pack and of the cards: key -> a file that cites it."""
    found = {}
    for path in sorted(handouts.HANDOUTS.rglob("*.*")):
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
    members = handouts.members()
    assert len(members) == 7 and "Uzbekistan" in members
    assert sorted(handouts.read(f"roles/{role}")["role"] for role in handouts.ROLES) == sorted([*members, "Secretary General"])
    assert sorted(path.stem for path in (handouts.HANDOUTS / "roles").glob("*")) == sorted(handouts.ROLES)
    assert handouts.members("2006-01-01") == [state for state in members if state != "Uzbekistan"]


def test_the_resolution_has_a_line_for_every_member():
    assert re.findall(r'<th scope="row">(\w+)</th><td></td>', handouts.resolution()) == handouts.members()


def test_seats_add_up_and_the_page_says_the_same():
    table = dict(re.findall(r"^\| (\d+ or \d+|8, 16 or 24) \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.M))
    said = {int(size): words.strip() for sizes, words in table.items() for size in re.findall(r"\d+", sizes)}
    assert sorted(said) == list(range(8, 25))
    names = {role: handouts.read(f"roles/{role}")["role"] for role in handouts.ROLES}
    for size in range(8, 25):
        seats = handouts.seats(size)
        assert sum(seats.values()) == size and max(seats.values()) - min(seats.values()) <= 1
        more = [names[role] for role, number in seats.items() if number > size // 8]
        assert said[size] == (", ".join(more) or "none"), size
    with pytest.raises(ValueError, match="8 to 24"):
        handouts.seats(25)


# --- every statement has a source


@each_role
def test_every_statement_has_a_source_or_says_that_it_has_none(role):
    sheet = handouts.read(f"roles/{role}")
    assert set(sheet) - {"headings"} == {"role", "who", *handouts.SECTIONS, "bring"}
    assert set(sheet.get("headings", {})) < set(handouts.SECTIONS)
    single = [section for section in handouts.SECTIONS if isinstance(sheet[section], dict)]
    assert single == ["success", "live_with"] and all(len(sheet[section]) >= 2 for section in handouts.SECTIONS if section not in single)
    assert len(sheet["ask"]) <= 3
    for item in items(sheet):
        assert set(item) <= {"text", "title", "quote", "sources", "inference", "gap"}, f"{role}: {item}"
        assert item.get("sources") or item.get("inference") or item.get("gap"), f"{role}: no source and not marked: {item['text']!r}"
    for section in ("private_interest", "ask", "red_lines"):
        marked = any(item.get("inference") for item in sheet[section])
        assert marked, f"{role}: {section} without one inference is more than the evidence shows"


@each_role
def test_red_lines_are_texts_that_the_role_cannot_sign(role):
    sheet = handouts.read(f"roles/{role}")
    if role == "secretary-general":  # who signs nothing
        assert sheet["headings"]["red_lines"] == "What you must advise against"
        assert not [item for item in sheet["red_lines"] if re.match("No", item["text"])], "advise against, no: twice a no"
    else:
        assert all(item["text"].startswith("No text ") for item in sheet["red_lines"]), f"{role}: history belongs elsewhere"


def test_members_without_a_known_word_say_so():
    silent = [role for role in handouts.ROLES if any(item.get("gap") for item in handouts.read(f"roles/{role}")["public_position"])]
    assert silent == ["kazakhstan", "belarus", "tajikistan", "armenia"]
    days = [row for row in handouts.rows("events") if "2010-06-10" <= row["date_start"] <= "2010-06-13"]
    spoke = " ".join(row["actors"] for row in days if row["kind"] in ("statement", "request"))
    assert not re.search("Kazakhstan|Nazarbayev|Belarus|Lukashenko|Tajikistan|Armenia|Sargsyan", spoke), "a word was found: mend the sheets"


def test_every_source_is_in_the_bibliography():
    unknown = {key: name for key, name in student_sources().items() if key not in bibliography()}
    assert unknown == {}


def test_quotations_stand_in_the_book():
    book = " ".join(path.read_text(encoding="utf-8") for path in [*(BOOK / "chapters").glob("*.md"), *(BOOK / "data").glob("*.csv")])
    for role in handouts.ROLES:
        quote = handouts.read(f"roles/{role}")["bring"].get("quote")
        assert quote is None or quote.rstrip(".") in book, f"{role}: not in a chapter or a table: {quote!r}"


def test_scenario_and_statements_cite_every_paragraph():
    text = (handouts.HANDOUTS / "scenario.md").read_text(encoding="utf-8")
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
    rules = handouts.read("rules")
    for rule in rules["in_force"]:
        row = handouts.article(rule["row"])
        assert int(row["wording"]) < 2010, f"{rule['name']}: wording of {row['wording']}"
        known = {*row["sources"].split(";"), *RULE_SOURCES.get(rule["row"][0], ())}
        assert set(rule["sources"]) <= known, rule["name"]
    in_force = {row["id"]: row["date_in_force"] for row in handouts.rows("forces-and-exercises")}
    assert in_force["reaction-force-agreement"] > EVENING.isoformat(), "else it belongs to the rules in force"
    assert not any("Reaction" in rule["row"][0] for rule in rules["in_force"])
    assert "Reaction Force" in rules["not_rules"][0]["text"]


def test_a_rule_that_does_not_exist_ends_with_one_sentence():
    sentence = r"^teaching/.+ names CSTO Charter, 99, 2002, which is not in data/treaty-articles\.csv\.$"
    with pytest.raises(handouts.SimulationError, match=sentence):
        handouts.article(["CSTO Charter", 99, 2002])


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
    later = handouts.read("later-sources")
    cards = {key for inject in handouts.read("injects") for key in inject["sources"]}
    young = {key for key in student_sources() if key in bibliography() and day_of(key) > EVENING}
    assert young - cards == set(later), sorted((young - cards) ^ set(later))
    assert all(day_of(key) <= date(2010, 6, 15) for key in cards)  # one of the 15th reports Monday's words


def test_cards_are_known_before_the_meeting_and_come_from_the_tables():
    injects, events = handouts.read("injects"), {row["id"]: row for row in handouts.rows("events")}
    assert len(injects) == 4
    known = [inject["known_by"] for inject in injects]
    assert known == sorted(known) and known[0] > datetime(2010, 6, 13, 18) and known[-1] < datetime(2010, 6, 14, 12)
    for inject in injects:
        assert all(events[event]["date_start"] <= inject["known_by"].date().isoformat() for event in inject["events"]), inject["title"]
        for chosen in inject.get("figures", ()):
            row = handouts.figure(inject, chosen)
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


def test_what_is_read_aloud_fits_its_minutes():
    aloud = OUTCOME_PAGE.read_text(encoding="utf-8").split("\n## From 14 June")[1].split("\n## Member by member")[0]
    words = len(re.sub(r" ?\{cite:p\}`[^`]+`", "", aloud).split())
    rows = re.findall(r"^\| (\d+)–(\d+) \| What really happened \|", PAGE.read_text(encoding="utf-8"), re.M)
    assert len(rows) == 2
    for start, end in rows:
        assert words <= 110 * (int(end) - int(start)), f"{words} words from minute {start} to {end}: at most 110 a minute"


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


def test_cards_are_read_by_somebody_who_is_at_the_table():
    """The plan says when each card comes; whom the card gives the floor has it in the same row."""
    text = PAGE.read_text(encoding="utf-8")
    first = text.split("| Minutes |")[1].split("\n\n")[0]
    corridor = re.search(r"^\| \d+–\d+ \| Corridor.*$", first, re.M)[0]
    assert not re.search("[Cc]ard", corridor), "nobody reads a card aloud in the corridor"
    for plan in (first, "".join(text.split("| Minutes |")[2:])):
        (speakers,) = [row for row in plan.splitlines() if re.search(r"[Cc]ard 4", row)]
        assert "Belarus and Kyrgyzstan have a minute each" in speakers
        (refugees,) = [row for row in plan.splitlines() if re.search(r"[Cc]ards 2 and 3", row)]
        assert "Uzbekistan has half a minute" in refugees
        (opening,) = [row for row in plan.splitlines() if re.search(r"[Cc]ard 1", row)]
        assert "Opening statements" in opening and "to the Secretary General" in opening


def test_preparation_is_said_the_same_everywhere():
    text = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"(\d+) minutes of preparation", text) == ["70"] and "**At home, 70 minutes.**" in text
    parts = re.search(r"reads the own handout, about (\d+) minutes, and drafts the position memo, about (\d+)\.", text)
    assert sum(map(int, parts.groups())) == 70 and f"about {parts[2]} minutes" in handouts.read("memo")["intro"]


def test_the_page_says_every_rule_of_the_rubric():
    marked = PAGE.read_text(encoding="utf-8").split("\n## What to mark\n")[1].split("\n## ")[0]
    for rule in rubrics.load()["council-memo"]["rules"]:
        assert f"\n{rule}\n" in marked, f"the page does not say {rule!r}"
    single = [rubric for rubric in rubrics.load().values() if "levels" not in rubric]
    assert len(single) == 2 and len({rubric["rules"][0] for rubric in single}) == 1, "comments become points by one rule"


def test_both_memo_forms_have_the_same_fields():
    memo = handouts.read("memo")
    numbers = [[re.match(r"(\d)\. ", field["prompt"]) for field in memo[form]] for form in ("fields", "secretary-general")]
    assert all([found[1] for found in form if found] == list("12345678") for form in numbers)
    assert "cannot sign" not in " ".join(field["prompt"] for field in memo["secretary-general"])


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
    names = [f"council-june-2010-{name}.pdf" for name in (*handouts.ROLES, "teacher")]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    for path in folder.iterdir():
        with pypdfium2.PdfDocument(path) as pdf:
            assert {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in pdf} == {(210, 297)}, path.name
            assert len(pdf) <= (6 if "teacher" in path.name else 4), f"{path.name}: {len(pdf)} pages"
            assert pdf.get_metadata_value("Title").startswith(handouts.TITLE)


def holds_its_role_and_no_other(text, role):
    """Whether a handout, its blanks single, has every statement of its role and none of another."""
    own = " ".join(item["text"] for item in items(handouts.read(f"roles/{role}")))
    for other in handouts.ROLES:
        for item in items(handouts.read(f"roles/{other}")):
            assert (item["text"] in text) == (item["text"] in own), f"{role}: {item['text']!r}"
    for words in ("The situation on the evening of 13 June 2010", "Position memo", "stood on 13 June 2010", "Content note", "Sources"):
        assert words in text


@each_role
def test_a_pdf_holds_its_role_and_no_other(printed, role):
    holds_its_role_and_no_other(printed[f"council-june-2010-{role}.pdf"], role)


def test_the_teacher_gets_cards_resolution_and_outcome(printed):
    text = printed["council-june-2010-teacher.pdf"]
    for words in ("Card 1", "Card 4", "Signed for the president of", "what really happened", "three tons", "114: Health Ministry, 14 June"):
        assert words in text, words


def test_two_prints_are_the_same_bytes(browser, folder, tmp_path):
    for name, words in list(handouts.documents().items())[-2:]:  # the last role and the teacher; all of them take a minute
        simulation.print_one(browser, words, tmp_path / f"{name}.pdf")
        assert (tmp_path / f"{name}.pdf").read_bytes() == (folder / f"council-june-2010-{name}.pdf").read_bytes(), name


def test_a_wrong_source_stops_everything_with_one_sentence(browser, tmp_path, monkeypatch):
    monkeypatch.setattr(handouts, "short_citation", lambda key: bibliography()["no such key"] and "")
    with pytest.raises(handouts.SimulationError, match="correct the key in teaching/simulation"):
        simulation.print_all(browser, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_a_chromium_the_tool_says_what_to_install(tmp_path):
    command = [sys.executable, BOOK / "tools" / "simulation.py", tmp_path]
    run = subprocess.run(command, env={"CHROMIUM": "/nowhere"}, capture_output=True, text=True)
    assert run.returncode == 1 and run.stderr.startswith("No Chromium to print or test with. Install one")
    assert list(tmp_path.iterdir()) == []


# --- pages of the book, to read and to print


PAGES_MADE = (*handouts.ROLES, "teacher")


def made(book, name):
    return book / PAGE.relative_to(BOOK).parent / "handouts" / f"{name}.html"


def words_of(path):
    """Words of a page, blanks single, as they are read."""
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    for mark in soup.select("sup, style"):
        mark.decompose()
    return " ".join(soup.get_text().split())


def test_the_page_links_every_handout_and_no_other(book):
    section = soup_of(book, "teaching/simulation/council-june-2010.html").find(id="print")
    links = {link["href"]: link.get_text() for link in section.select('a[href^="handouts/"]')}
    assert list(links) == [f"handouts/{name}.html" for name in PAGES_MADE]
    assert sorted(path.name for path in made(book, "x").parent.iterdir()) == sorted(f"{name}.html" for name in PAGES_MADE)
    listed = [link.get_text() for link in section.select('li a[href^="handouts/"]')]
    assert listed == [handouts.read(f"roles/{role}")["role"] for role in handouts.ROLES], "that of the teacher stands apart"
    figure = soup_of(book, "chapters/crisis-2010.html").select_one("#figure-1 .caption-number")
    assert section.select_one('a[href$="crisis-2010.html#figure-1"]').get_text() == figure.get_text().strip()
    releases = yaml.safe_load((BOOK / "_config.yml").read_text(encoding="utf-8"))["repository"]["url"] + "/releases/latest"
    assert section.find("a", href=releases)
    assert "zip -qr simulation.zip" in (BOOK / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")


@each_role
def test_a_page_holds_its_role_and_no_other(book, role):
    text = words_of(made(book, role))
    holds_its_role_and_no_other(text, role)
    assert not [word for word in OUTCOME if word in text.lower()]
    for rubric in rubrics.load()["council-memo"]["criteria"]:
        assert f"{rubric['name']} ({rubric['points']}): {rubric['standard']}" in text


@pytest.mark.parametrize("name", PAGES_MADE)
def test_a_page_loads_nothing_and_is_not_found(book, name):
    soup = BeautifulSoup(made(book, name).read_text(encoding="utf-8"), "html.parser")
    assert soup.html["lang"] == "en" and soup.title.string and soup.select_one('meta[name="viewport"]')
    assert soup.select_one('meta[name="robots"]')["content"] == "noindex"
    policies = [tag["content"] for tag in soup.select('meta[http-equiv="Content-Security-Policy"]')]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]
    assert not soup.find_all(["script", "link", "img", "a"])


def test_pages_stay_out_of_search_site_map_and_editions(book):
    index = (book / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(index[index.index("(") + 1 : index.rindex(")")])
    assert not [name for name in index["docnames"] if "handouts" in name]
    assert "handouts" not in (book / "sitemap.xml").read_text(encoding="utf-8")
    assert "robots: noindex" in PAGE.read_text(encoding="utf-8"), "else the PDF and the EPUB would have the page with its links"


def test_two_builds_make_the_same_pages_and_nothing_changes_them(book, tmp_path):
    handouts.write(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{name}.html" for name in PAGES_MADE)
    for name in PAGES_MADE:
        assert (tmp_path / f"{name}.html").read_bytes() == made(book, name).read_bytes(), name
    assert publishing.pages_of(tmp_path) == {}, "the steps that link styles and set policies would change them"


def test_pages_are_written_again_only_after_a_change(tmp_path, monkeypatch):
    writing = []
    monkeypatch.setattr(handouts, "documents", lambda: writing.append(1) or {name: "" for name in PAGES_MADE})
    env = types.SimpleNamespace(found_docs={simulation_handouts.PAGE})
    app = types.SimpleNamespace(builder=types.SimpleNamespace(name="html"), env=env, outdir=tmp_path)
    for _ in range(2):
        simulation_handouts.write_handouts(app, None)
        assert len(writing) == 1
    old = made(tmp_path, "armenia")
    os.utime(old, (0, 0))
    simulation_handouts.write_handouts(app, None)
    assert len(writing) == 2 and old.stat().st_mtime > 0
    env.found_docs = set()
    os.utime(old, (0, 0))
    simulation_handouts.write_handouts(app, None)
    assert len(writing) == 2, "a book without the page of the simulation needs no handouts"


def test_a_wrong_source_leaves_the_pages_as_they_were(tmp_path, monkeypatch):
    monkeypatch.setattr(handouts, "short_citation", lambda key: bibliography()["no such key"] and "")
    with pytest.raises(handouts.SimulationError, match="correct the key in teaching/simulation"):
        handouts.write(tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_words_of_the_tables_are_shown_as_text(monkeypatch):
    hostile, real = "<script>hacked()</script>", handouts.rows

    def spoiled(name):
        return [{key: text + hostile * (key in ("quote", "reporter", "note")) for key, text in row.items()} for row in real(name)]

    monkeypatch.setattr(handouts, "rows", spoiled)
    for text in (handouts.student_document("armenia"), handouts.teacher_document()):
        assert "<script" not in text and "&lt;script&gt;hacked()" in text


def test_pages_need_nothing_that_only_the_tests_install():
    code = "import sys\nfor name in ('pikepdf', 'playwright', 'pypdfium2'): sys.modules[name] = None\nimport handouts; handouts.documents()"
    run = subprocess.run([sys.executable, "-c", code], cwd=BOOK / "tools", capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["uzbekistan", "teacher"])
def test_a_page_is_easy_to_read_on_a_screen(browser, book, name, width):
    tab = browser.new_page(viewport={"width": width, "height": 740})
    tab.goto(made(book, name).as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    small = """[...document.querySelectorAll("main p, main li, main td, main th")].filter(each => each.textContent.trim()
        && parseFloat(getComputedStyle(each).fontSize) < 14).map(each => each.textContent.slice(0, 40))"""
    assert tab.evaluate(small) == []
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(tab, options={"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}).response["violations"]
    assert [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]] == []
    assert tab.locator("p.screen").is_visible()
    tab.emulate_media(media="print")
    assert not tab.locator("p.screen").is_visible()
    tab.close()
