"""The simulation *The Council, June 2010*: nothing without a source, nothing that the table could not know."""

import calendar
import re
import shutil
import subprocess
import sys
from datetime import date, datetime

import pytest
from bs4 import BeautifulSoup
from support.teaching import (
    OUTCOME,
    faults_in_handout,
    faults_in_minutes,
    rows_of,
    section,
    statements,
    timed,
    words_of,
)

from casebook.contents import BOOK, DATA
from casebook.datapackage import rows
from casebook.membership import members
from casebook.references import bibliography
from press.editions import handouts
from press.model import rubrics, simulation
from press.model.simulation import MEETING, ROLES, SECTIONS, SOURCES, STATES, read

EVENING = date(2010, 6, 13)
MONTHS = list(calendar.month_name)
PAGE = simulation.text("council-june-2010.md")
OUTCOME_PAGE = simulation.text("what-happened.md")
SHEETS = {role: read(f"roles/{role}") for role in ROLES}
#: Sources of dates and ratifications beside those of the article itself.
RULE_SOURCES = {
    "Agreement on CSTO Peacekeeping": {"kz-peacekeeping-2007", "uzdaily-peacekeeping-2008"},
    "Agreement on the Rapid Deployment Force": {"jamestown-2001-05"},
}
#: What names an article in data/treaty-articles.csv; its paragraphs may be in several rows.
NAMED = ("instrument", "article", "wording")
#: Rules of the meeting by their first two words.
RULES = {" ".join(rule.split()[:2]): rule for rule in read("rules")["meeting"]}
each_role = pytest.mark.parametrize("role", ROLES)


@pytest.fixture(scope="module")
def documents():
    """Every handout: role or "teacher" -> HTML."""
    return handouts.documents()


def student_files():
    """Everything that students get before the signatures: name of the file -> source."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("handouts/**/*.*"))}


def student_words():
    """The same without keys of sources, and of the cards only what is read aloud: their use is for the teacher."""
    texts = student_files()
    del texts["later-sources.yml"]
    texts["injects.yml"] = "\n".join(f"{card['title']}. {card['text']}" for card in read("injects"))
    no_words = re.compile(r" ?\{cite:p\}`[^`]+`|^\s*(sources|row|- row): \[.*\]$|^#.*$", re.M)
    return {name: no_words.sub("", text) for name, text in texts.items()}


def student_sources():
    """Every source of the handouts: key -> a file that cites it."""
    found = {}
    for name, text in student_files().items():
        for group in re.findall(r"\{cite:p\}`([^`]+)`|sources: \[([^\]]*)\]|source: ([\w-]+)", text):
            found |= {key.strip(): name for key in ",".join(group).split(",") if key.strip()}
    return found


# --- who plays


def test_who_signs_are_the_members_of_that_month():
    assert sorted(SHEETS[role]["role"] for role in STATES) == sorted(members(MEETING))
    assert sorted(path.stem for path in (SOURCES / "handouts" / "roles").iterdir()) == sorted(ROLES)


def test_the_resolution_has_a_line_for_every_member_and_every_role_a_name_sign(documents):
    assert re.findall(r'<th scope="row">(\w+)</th><td></td>', documents["teacher"]) == members(MEETING)
    signs = BeautifulSoup(documents["jobs"], "html.parser").select(".signs li")
    assert [sign.get_text() for sign in signs] == [SHEETS[role]["role"] for role in ROLES]


def test_every_job_has_a_task_in_every_phase_and_somebody_who_does_it_while_its_seat_is_empty():
    phases, jobs = read("jobs")["phases"], read("jobs")["jobs"]
    for name, job in jobs.items():
        assert list(job["tasks"]) == phases and all(job["tasks"].values()), f"jobs.yml, {name}: a phase without a task"
        assert set(job.get("stars", [])) <= set(phases) and job["hand_in"], f"jobs.yml, {name}"
    alone = {name for name, job in jobs.items() if not (job.get("stars") and job.get("otherwise"))}
    assert alone == {"speaker", "chair", "secretary-general", "observer", "reporter"}, "nobody does its work"


def test_the_seats_are_filled_without_a_gap_and_a_class_has_as_many_as_students():
    tables = rows_of(section(PAGE, "## Seats"))
    order = [[int(number) for number in re.findall(r"\d+", row[0])] for row in tables if len(row) == 2]
    assert [first for first, _ in order] == [1, *(last + 1 for _, last in order[:-1])] and order[-1][1] == 32
    for size, delegations, *others in (row for row in tables if len(row) == 5):
        more, _, rest = delegations.rpartition("; ")  # "2 in Kyrgyzstan, Russia; 1 in the others"
        seated = int(rest.split()[0]) * len(STATES) + len(re.findall("[A-Z]", more))
        assert seated + sum(map(int, others)) == int(size), f"{size} students"


# --- every statement has a source


@each_role
def test_every_statement_has_a_source_or_says_that_it_has_none(role):
    sheet = SHEETS[role]
    assert set(sheet) - {"headings"} == {"role", "who", *SECTIONS, "bring"}
    assert set(sheet.get("headings", {})) < set(SECTIONS)
    lists = [name for name in SECTIONS if isinstance(sheet[name], list)]
    assert set(SECTIONS) - set(lists) == {"success", "live_with"} and all(len(sheet[name]) >= 2 for name in lists)
    assert len(sheet["ask"]) <= 3
    for item in statements(role):
        assert set(item) <= {"text", "title", "quote", "sources", "inference", "gap", "form"}, f"{role}: {item}"
        assert item.get("sources") or item.get("inference") or item.get("gap"), f"{role}, not marked: {item['text']!r}"
    for name in ("private_interest", "ask", "red_lines"):
        marked = any(item.get("inference") for item in sheet[name])
        assert marked, f"{role}: {name} without one inference is more than the evidence shows"


@each_role
def test_red_lines_are_texts_that_the_role_cannot_sign(role):
    lines = [item["text"] for item in SHEETS[role]["red_lines"]]
    if role not in STATES:  # who signs nothing
        assert SHEETS[role]["headings"]["red_lines"].startswith("What you ")
        assert not [line for line in lines if line.startswith("No")], "advise against, no: twice a no"
    else:
        assert all(line.startswith("No text ") for line in lines), f"{role}: history belongs elsewhere"


def test_who_has_no_known_word_says_so():
    silent = [role for role in ROLES if any(item.get("gap") for item in SHEETS[role]["public_position"])]
    assert silent == ["kazakhstan", "belarus", "tajikistan", "armenia", *simulation.OBSERVERS]
    for row in rows("events"):
        if "2010-06-10" <= row["date_start"] <= "2010-06-13" and row["kind"] in ("statement", "request"):
            spoke = re.search(
                "Kazakhstan|Nazarbayev|Belarus|Lukashenko|Tajikistan|Armenia|Sargsyan|OSCE|UN|SCO", row["actors"]
            )
            assert not spoke, f"data/events.csv, {row['id']}: a word was found, and the sheets say that there is none"


def test_every_source_is_in_the_bibliography_and_every_paragraph_of_the_scenario_has_one():
    assert {key: name for key, name in student_sources().items() if key not in bibliography()} == {}
    days = student_files()["scenario.md"].partition("## April and May\n")[2].partition("## Tomorrow\n")[0]
    for paragraph in days.strip().split("\n\n"):
        assert "{cite:p}" in paragraph or paragraph.startswith("#"), f"scenario.md: no source: {paragraph}"


def test_quotations_are_in_a_chapter_or_a_table():
    files = [*(BOOK / "chapters").glob("*.md"), *DATA.glob("*.csv")]
    book = " ".join(path.read_text(encoding="utf-8") for path in files)
    for role, sheet in SHEETS.items():
        quote = sheet["bring"].get("quote", "")
        assert quote.rstrip(".") in book, f"{role}: not in a chapter or a table: {quote!r}"


# --- the rules of that day


def test_rules_are_those_in_force_on_that_day():
    rules = read("rules")
    for rule in rules["in_force"]:
        row = simulation.article(rule["row"])
        assert int(row["wording"]) < 2010, f"{rule['name']}: wording of {row['wording']}"
        named = [row[name] for name in NAMED]
        parts = [each for each in rows("treaty-articles") if [each[name] for name in NAMED] == named]
        known = {key for each in parts for key in each["sources"].split(";")}
        known |= RULE_SOURCES.get(row["instrument"], set())
        assert set(rule["sources"]) <= known, rule["name"]
        assert "Reaction" not in rule["row"][0]
    in_force = {row["id"]: row["date_in_force"] for row in rows("forces-and-exercises")}
    assert in_force["reaction-force-agreement"] > EVENING.isoformat(), "else it belongs to the rules in force"
    assert "Reaction Force" in rules["not_rules"][0]["text"]


def test_a_rule_that_does_not_exist_ends_with_one_sentence():
    sentence = r"^teaching/.+ names CSTO Charter, 99, 2002, which is not in data/treaty-articles\.csv\.$"
    with pytest.raises(ValueError, match=sentence):
        simulation.article(["CSTO Charter", 99, 2002])


# --- nothing that the table could not know


def last_day_of(key):
    """Last day on which a source may have been published; one without a date counts as young."""
    parts = bibliography()[key].fields.get("date", "9999").split("-")
    return date(*map(int, [*parts, *("12", "28")[len(parts) - 1 :]]))


def test_no_handout_speaks_of_a_later_day():
    names = "|".join(MONTHS[1:])
    for name, text in student_words().items():
        last = date(2010, 6, 14) if name in ("injects.yml", "resolution.yml") else EVENING
        for day, month, year in re.findall(rf"\b(\d{{1,2}}) ({names})(?: (\d{{4}}))?", text):
            said = date(int(year or 2010), MONTHS.index(month), int(day))
            assert said <= last, f"{name} speaks of {said}"
        later = re.findall(rf"\b20(?:1[1-9]|2\d)\b|\b(?:{'|'.join(MONTHS[7:])})\b(?! (?:199\d|200\d))", text)
        assert not later, f"{name} speaks of {later}"


def test_sources_are_no_younger_than_the_meeting_or_listed_with_the_older_fact():
    cards = {key for card in read("injects") for key in card["sources"]}
    young = {key for key in student_sources() if key in bibliography() and last_day_of(key) > EVENING}
    assert young - cards == set(read("later-sources"))
    assert all(last_day_of(key) <= date(2010, 6, 15) for key in cards)  # one of the 15th reports Monday's words


def test_cards_are_known_before_the_meeting_and_come_from_the_tables():
    cards, events = read("injects"), {row["id"]: row for row in rows("events")}
    known = [card["known_by"] for card in cards]
    assert len(cards) == 4 and known == sorted(known)
    assert known[0] > datetime(2010, 6, 13, 18) and known[-1] < datetime(2010, 6, 14, 12)
    for card in cards:
        day = card["known_by"].date().isoformat()
        assert all(events[event]["date_start"] <= day for event in card["events"]), card["title"]
        for chosen in card.get("figures", ()):
            row = simulation.figure(card, chosen)
            assert row["date_reported"] <= day and row["reporter"], f"{card['title']}: {chosen}"
            assert chosen["source"] in card["sources"], f"{card['title']}: {chosen}"
    assert len(cards[1]["figures"]) >= 4, "a range, with those who report it"


def test_the_outcome_is_on_the_page_that_is_held_back_and_in_nothing_that_students_get():
    held_back = " ".join(OUTCOME_PAGE.lower().split())
    for word in OUTCOME:
        assert word in held_back, f"{word!r} gives nothing away: the page that is held back lacks it"
        for name, text in student_words().items():
            assert word not in text.lower(), f"{name} gives away {word!r}"
    for page in (PAGE, OUTCOME_PAGE):
        head = page.split("---")[1]
        assert re.search(r"^nosearch: true$", head, re.M) and re.search(r"robots: noindex$", head, re.M)


# --- the plans


def plans():
    """The timed tables of the page: a meeting, and the first and second of two."""
    tables = []
    for row in timed(PAGE.partition("\n## 75 minutes\n")[2]):
        if row[0] == 0:
            tables.append([])
        tables[-1].append(row)
    return tables


def phase(row):
    """Name of a row of a plan."""
    return re.sub(r"[*.,]+", "", re.match(r"(?:\*\*.+?\*\*|.+)", row[2])[0])


def cards_in(row):
    """Numbers of the cards that come in a row of a plan."""
    found = re.findall(r"[Cc]ards? (\d(?:(?:, | and )\d)*)", re.sub("after card 3", "", row[2]))
    return [int(number) for words in found for number in re.findall(r"\d", words)]


def seconds_of_speech(row):
    """Seconds that a row of a plan gives the floor, as in "8 statements of 60 seconds"."""
    return sum(int(times) * int(seconds) for times, seconds in re.findall(r"(\d+) \w+ of (\d+) seconds", row[2]))


def limit(words):
    """The number in "80 words at most", the last if there are several."""
    return int(re.findall(r"(\d+) words at most", words)[-1])


def limits_of_the_draft():
    """How many words the rule, the finding and a numbered line may have."""
    return tuple(map(int, re.findall(r"(\d+) words at most", RULES["The resolution"])))


def numbered_lines():
    """The lines of the resolution that begin with a number."""
    return [field for field in read("resolution")["fields"] if re.match(r"\d\. ", field["prompt"])]


def words_aloud(row):
    """What a row of a plan has read aloud -> how many words that is."""
    words, found = " ".join(row[2:]), {}
    for number in cards_in(row):
        card = handouts.card(read("injects")[number - 1])
        figures = [part for pair in card["numbers"] for part in pair]
        said = " ".join([card["title"], card["text"], card["what"], card.get("question", ""), *figures])
        found[card["title"]] = len(said.split())
    for text in re.findall("(?:each slip|the resolution), read aloud", words.lower()):
        printed = " ".join(field["prompt"] for field in read("resolution")["fields"])
        rule, finding, slip = limits_of_the_draft()
        found[text] = len(printed.split()) + rule + finding + len(numbered_lines()) * slip
    if "the report, read aloud" in words:
        found["report"] = limit(read("jobs")["jobs"]["reporter"]["tasks"]["Signing"])
    if "read the first two parts aloud" in words:
        aloud = OUTCOME_PAGE.split("\n## From 14 June")[1].split("\n## Member by member")[0]
        found["outcome"] = len(re.sub(r" ?\{cite:p\}`[^`]+`", "", aloud).split())
    return found


def test_minutes_add_up():
    assert len(plans()) == 3
    for table in plans():  # a class takes a quarter longer than its plan
        assert faults_in_minutes(table, 60) == [] and len(table) <= 6
    assert "The rows add up to 60 minutes; " in section(PAGE, "## 75 minutes")


def test_every_plan_has_each_phase_of_the_cards_and_gives_out_all_news_in_time():
    single, first, second = plans()
    for plan in (single, first + second):
        phases = [phase(row) for row in plan]
        assert [name for name in read("jobs")["phases"][1:] if name not in phases] == []
        given = [2, 3, 4] if plan is single else [1, 2, 3, 4]
        holder = {card: row for row in plan for card in cards_in(row)}
        assert sorted(card for row in plan for card in cards_in(row)) == given
        news = ["Opening", "Opening", "Table"] if plan is single else ["Opening", "News", "News", "Table"]
        assert [phase(holder[number]) for number in given] == news
        for _, _, *words in plan:
            assert not re.search(r"minutes? \d", " ".join(words)), f"a minute of the clock, which drifts: {words}"


def test_what_is_said_and_read_aloud_fits_its_minutes_at_130_words_a_minute():
    for row in [row for table in plans() for row in table]:
        found = words_aloud(row)
        assert bool(found) == ("aloud" in " ".join(row[2:])), f"{row}: what is read aloud?"
        minutes = sum(found.values()) / 130 + seconds_of_speech(row) / 60
        assert minutes <= 0.9 * (row[1] - row[0]), f"{phase(row)} takes {minutes:.1f} minutes of {row[:2]}: {found}"
    content_note = handouts.text("handouts/scenario.md").split("\n\n")[0]
    aloud = " ".join([content_note, *read("rules")["table"]])
    assert "reads *At the table* in the Rules aloud" in section(PAGE, "### Before class")
    assert len(aloud.split()) <= 3 * 130, "more than three minutes of the fifteen in the class before"
    seconds, words = map(int, re.findall(r"(\d+) (?:seconds|words)", RULES["Each opening"]))
    assert words <= 130 * (seconds - 12) / 60, "no time is left for the next speaker to begin"
    assert limit(RULES["Kyrgyzstan alone"]) <= 130 * 20 / 60, "more than the request has time for"
    assert all(
        f"8 statements of {seconds} seconds" in row[2] for table in plans() for row in table if phase(row) == "Opening"
    )


def test_the_rule_comes_first_every_slip_has_time_and_the_debrief_has_a_quarter_of_an_hour():
    procedure, lines = read("rules")["table"], len(numbered_lines())
    assert f"the rule, the finding, then lines 1 to {lines}." in procedure[0]
    for plan, speeches in ((plans()[0], 2), (plans()[2], 4)):
        table = next(row for row in plan if phase(row) == "Table")
        assert f"{speeches * (lines + 2)} speeches of 20 seconds at most in all" in table[2]
        length = int(re.search(r'(\d+) minutes after the rule is called say "No more speeches"', table[3])[1])
        assert table[1] - table[0] - length >= (lines + 2) * 20 / 60, (
            "a slip that is left takes 20 seconds without a speech"
        )
        corridor = next(row for row in plan if phase(row) == "Corridor")
        halves = re.search(r"For (\d+) minutes the lawyers .+ For (\d+) minutes the drafters", corridor[2]).groups()
        assert sum(map(int, halves)) < corridor[1] - corridor[0], "no time is left to go back to the seats"
        debrief = next(row for row in plan if phase(row) == "Debrief")
        assert debrief[1] - debrief[0] >= 15
    assert "No more speeches" in procedure[-1]


def test_each_line_has_two_partners_and_everybody_who_drafts_has_one_line():
    pairs = re.findall(r"line (\d), (\w+) and (?:the )?(\w+)", RULES["Lawyers write"])
    assert [int(number) for number, *_ in pairs] == list(range(1, len(numbered_lines()) + 1))
    partners = [SHEETS[state]["role"] for state in STATES] + ["office"]
    assert sorted(who for _, *pair in pairs for who in pair) == sorted(partners)


def test_the_rules_hold_the_procedure_and_the_cards_the_same_numbers(documents):
    jobs, (rule, finding, line) = read("jobs")["jobs"], limits_of_the_draft()
    procedure = " ".join(read("rules")["table"])
    assert "Who is against?" in procedure and "At the table" in jobs["chair"]["tasks"]["Table"]
    assert not [name for name, job in jobs.items() if "Who is against?" in str(job)], "the procedure stands twice"
    for name in ("jobs", "teacher", "armenia"):
        assert all(step in words_of(documents[name]) for step in read("rules")["table"]), f"{name} lacks a step"
    for job in ("lawyer", "legal-adviser"):
        said = f"the rule, {rule} words at most, and the finding, {finding} words at most"
        assert said in jobs[job]["tasks"]["Corridor"]
    assert limit(jobs["drafter"]["tasks"]["At home"]) == limit(jobs["observer"]["tasks"]["At home"]) == line
    assert limit(jobs["secretary-general"]["tasks"]["At home"]) == line
    for said in re.findall(r"\d+ (?:seconds|words)", RULES["Each opening"]):
        assert all(said in jobs[job]["tasks"]["Opening"] for job in ("speaker", "chair", "secretary-general"))
    asked = re.search(r"\d+ words at most", RULES["Kyrgyzstan alone"])[0]
    assert asked in SHEETS["kyrgyzstan"]["bring"]["text"]


def test_the_questions_for_home_are_on_the_sheet_that_is_handed_out():
    numbers = re.search(r"Questions (\d+) and (\d+) are for home", OUTCOME_PAGE).groups()
    debrief = section(OUTCOME_PAGE, "## Debrief")
    for number in numbers:
        question = re.search(rf"^{number}\. (.+?) \*", debrief, re.M)[1]
        assert question in section(OUTCOME_PAGE, "## Compare")


def test_preparation_is_said_the_same_everywhere():
    assert re.findall(r"(\d+) minutes of preparation", PAGE) == ["80"] and "**At home, 80 minutes.**" in PAGE
    said = re.search(r"handout of the role, about (\d+) minutes, and writes the position memo, about (\d+)\.", PAGE)
    assert sum(map(int, said.groups())) == 80 and f"about {said[2]} minutes" in read("memo")["intro"]


def test_all_memo_forms_have_the_same_fields():
    memo = read("memo")
    forms = {name: fields for name, fields in memo.items() if isinstance(fields, list)}
    assert set(forms) == {"fields", *ROLES} - set(STATES)
    for name, fields in forms.items():
        prompts = "\n".join(field["prompt"] for field in fields)
        assert re.findall(r"^(\d)\. ", prompts, re.M) == list("123456"), name
        assert name == "fields" or "cannot sign" not in prompts, f"{name}: who signs nothing"


def test_the_debrief_has_its_questions_in_groups_with_links():
    debrief = section(OUTCOME_PAGE, "## Debrief")
    numbers = [int(number) for number in re.findall(r"^(\d+)\. ", debrief, re.M)]
    assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= 12
    groups = re.split(r"^### [A-Z]\. ", debrief, flags=re.M)[1:]
    assert len(groups) >= 5 and all("chapters/" in group for group in groups[1:])
    for question in re.findall(r"^\d+\. .+$", debrief, re.M):
        assert re.search(r"\? \*[^*]+\.\*$", question), f"no note for the teacher: {question}"
    early = debrief.partition("### G.")[0]
    assert not re.search(r"Document [2-9]|2022", early), "a question on what students have not seen"


# --- the handouts


@each_role
def test_a_handout_holds_its_role_and_no_other(documents, role):
    words = words_of(documents[role])
    assert faults_in_handout(role, words) == []
    assert "do not open the chapter before the meeting" in words
    for criterion in rubrics.load()["council-memo"]["criteria"]:
        assert f"{criterion['name']} ({criterion['points']}): {criterion['standard']}" in words


def test_a_wrong_source_stops_everything_with_one_sentence(tmp_path, monkeypatch):
    copied = shutil.copytree(simulation.SOURCES, tmp_path / "sources")
    spoiled = copied / "handouts" / "roles" / f"{ROLES[-1]}.yml"
    words = spoiled.read_text(encoding="utf-8").replace("sources: [", "sources: [no-such-source, ", 1)
    spoiled.write_text(words, encoding="utf-8")
    monkeypatch.setattr(simulation, "SOURCES", copied)
    with pytest.raises(ValueError, match="'no-such-source': correct the key in teaching/simulation"):
        handouts.write(tmp_path / "pages")
    assert list(tmp_path.iterdir()) == [copied], "a page was written"


def test_words_of_the_tables_are_shown_as_text(monkeypatch):
    hostile = "<script>hacked()</script>"

    def spoiled(name):
        return [
            {key: text + hostile * (key in ("quote", "reporter", "note")) for key, text in row.items()}
            for row in rows(name)
        ]

    monkeypatch.setattr(simulation, "rows", spoiled)
    for text in (handouts.student_document("armenia"), handouts.teacher_document()):
        assert "<script" not in text and "&lt;script&gt;hacked()" in text


def test_what_a_build_writes_beside_its_pages_needs_nothing_that_only_the_tests_install():
    missing = "import sys; sys.modules |= dict.fromkeys(('pikepdf', 'playwright', 'pypdfium2'))"
    command = [sys.executable, "-c", f"{missing}; import press.sphinx.downloads"]
    run = subprocess.run(command, cwd=BOOK, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
