"""The quizzes as learning management systems read them: QTI 1.2 (Canvas) and Moodle XML.

Both readers below are written from what the importers of Canvas and Moodle read, and share nothing with
press.editions.lms.
"""

import datetime
import io
import os
import random
import re
import string
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

import pytest
import yaml
from bs4 import BeautifulSoup

from casebook.contents import BOOK, QUIZZES, chapters
from press.__main__ import main
from press.editions import lms
from press.model.book import citation, page_address

NAMES = sorted(path.stem for path in QUIZZES.glob("*.yml"))
ODD = [
    "1. An ordered list? - no: ~ = # { } : each \\~ \\= \\# \\{ \\} \\: survives",
    "\"Double\", 'single', “curly” and «corner» quotes; Zürich, Бишкек, Ҳисор, Жалал-Абад, 中, 🐯",
    "$5 and $10, $$x^2$$, \\(y\\), \\SI{5}{m}, \\n is no line break, C:\\new\\table",
    "`code`, ``more``, ```fence```, ~~~, *a*, **b**, _c_, __d__, <b>bold</b>, <!-- gone? -->, &amp; &lt; &#35;",
    "{{ no template }} {% nor a block %} {# nor a comment #} ]]> <![CDATA[ </mattext>",
    *["Two lines\nin one text\n\nand a third after an empty one", "COMMENT", "GROUP"],
    *["[html]taken for a format?", "[plain]", "[a](b) ![c](d) [^1] {.class}", "//no comment", "::no name::"],
    *["$CATEGORY: none", "%50%half right", "%100%", "####no general feedback", "# no heading", "> no quotation"],
    *["| no | table |", "...", "-- --- -> =>", "+ right?", "- wrong?", "*a) right?", "___", "^^^", "= 5", "0", "TRUE"],
]


def quiz_of(texts):
    """A quiz of three options a question out of texts: seven a question, the right option in turn."""
    questions = []
    for number, (question, *rest) in enumerate(zip(*[iter(texts)] * 7)):
        parts = zip(("x ", "", "z "), rest[::2], rest[1::2])  # one option begins with the text itself
        options = [{"text": start + text, "feedback": feedback} for start, text, feedback in parts]
        options[number % 3]["correct"] = True
        questions.append({"question": question, "options": options})
    return questions


def odd_quiz():
    """Every odd text as question, option and feedback."""
    return quiz_of(ODD[(start + step) % len(ODD)] for start in range(len(ODD)) for step in range(7))


def random_quiz():
    """Texts of random characters, the same in every run."""
    chance = random.Random(1992)
    characters = string.punctuation + "\\\\~=#{}:$`*_ aя1"
    return quiz_of(f"{each}{''.join(chance.choices(characters, k=9))}я" for each in range(7 * 60))


def quiz_named(name):
    """Title and questions: of a file, read as plain YAML, or made up."""
    if name in chapters():
        return chapters()[name], yaml.safe_load((QUIZZES / f"{name}.yml").read_text(encoding="utf-8"))
    return "A/B: {title} = #1 ~ “ü”", odd_quiz() if name == "odd" else random_quiz()


def expected(name, title, questions):
    """What a reader should find of every question: text, options (text, whether right, feedback), general feedback."""
    general = f"More in the chapter {title}: {page_address(f'chapters/{name}')}"
    found = []
    for each in questions:
        options = [(option["text"], option.get("correct", False), option["feedback"]) for option in each["options"]]
        found.append((each["question"], options, general))
    return found


each_quiz = pytest.mark.parametrize("name", [*NAMES, "odd", "random"])


# --- QTI

CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
QTI = {"": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}
PACKAGE = {
    "": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1",
    "metadata": "http://www.imsglobal.org/xsd/imsmd_v1p2",
}


def members_of(package):
    """Files of a package, after a test of their checksums."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def words_of(element):
    """What a reader sees of a text that QTI carries as HTML."""
    text = element.find(".//mattext[@texttype='text/html']", QTI).text
    page = BeautifulSoup(text, "html.parser")
    for line_break in page.find_all("br"):
        line_break.replace_with("\n")
    assert {tag.name for tag in page.find_all(True)} <= {"p", "a"}, f"a text is read as markup: {text}"
    return page.get_text()


def answered(item, choice):
    """Play an answer: the score and the feedbacks shown, by the rules of response processing."""
    score, shown = 0, []
    for condition in item.iterfind("resprocessing/respcondition", QTI):
        chosen = condition.findtext("conditionvar/varequal[@respident='response1']", None, QTI) == choice
        if chosen or condition.find("conditionvar/other", QTI) is not None:
            for setting in condition.iterfind("setvar", QTI):
                assert (setting.get("varname"), setting.get("action")) == ("SCORE", "Set")
                score = int(setting.text)
            shown += [feedback.get("linkrefid") for feedback in condition.iterfind("displayfeedback", QTI)]
            if condition.get("continue") == "No":
                break
    return score, shown


def read_item(item):
    """A question as in `expected`."""
    fields = [[part.text for part in field] for field in item.iterfind(".//qtimetadatafield", QTI)]
    assert ["question_type", "multiple_choice_question"] in fields and ["points_possible", "1"] in fields
    (response,) = item.iterfind("presentation/response_lid[@ident='response1'][@rcardinality='Single']", QTI)
    feedback = {each.get("ident"): words_of(each) for each in item.iterfind("itemfeedback", QTI)}
    options, general = [], set()
    for label in response.iterfind("render_choice/response_label", QTI):
        score, (first, second) = answered(item, label.get("ident"))  # the general feedback and that of the option
        assert score in (0, 100)
        general.add(feedback[first])
        options.append((words_of(label), score == 100, feedback[second]))
    return words_of(item.find("presentation", QTI)), options, *general


def read_qti(package):
    """Title of the quiz, and every question as in `expected`."""
    members = members_of(package)
    manifest = ElementTree.fromstring(members["imsmanifest.xml"])
    files = [file.get("href") for file in manifest.iterfind(".//file", PACKAGE)]
    assert sorted([*files, "imsmanifest.xml"]) == sorted(members)
    (file,) = manifest.iterfind(".//resource[@type='imsqti_xmlv1p2']/file", PACKAGE)
    root = ElementTree.fromstring(members[file.get("href")])
    assert root.tag == f"{{{QTI['']}}}questestinterop"
    (assessment,) = root.iterfind("assessment", QTI)
    items = assessment.findall("section/item", QTI)
    identifiers = [each.get("ident") for each in [*items, *root.iterfind(".//response_label", QTI)]]
    assert len(set(identifiers)) == len(identifiers)
    return assessment.get("title"), [read_item(item) for item in items]


@each_quiz
def test_a_qti_package_says_what_the_quiz_says(name):
    title, questions = quiz_named(name)
    heading, found = read_qti(lms.qti(name, title, questions))
    assert heading == f"{citation().title} {title}"
    assert found == expected(name, title, questions)


@pytest.mark.parametrize("name", NAMES)
def test_canvas_makes_plain_text_of_an_option(name):
    """For a tooltip and its statistics Canvas drops tags and named entities, and shows hexadecimal ones as they are."""
    title, questions = quiz_named(name)
    members = members_of(lms.qti(name, title, questions))
    root = ElementTree.fromstring(members[f"quiz-{name}/questions.xml"])
    labels = [label.findtext(".//mattext", None, QTI) for label in root.iterfind(".//response_label", QTI)]
    found = [re.sub(r"&\w+;", "", re.sub(r"</?[^>\n]*>", "", label)) for label in labels]
    assert found == [option["text"] for question in questions for option in question["options"]]


def test_canvas_takes_a_quiz_for_practice():
    """Canvas looks for the settings in the folder that is called as the assessment; elsewhere it passes them over."""
    members = members_of(lms.qti("origins", *quiz_named("origins")))
    (root,) = [ElementTree.fromstring(text) for name, text in members.items() if name.endswith("questions.xml")]
    assessment = root.find("assessment", QTI)
    settings = ElementTree.fromstring(members[f"{assessment.get('ident')}/assessment_meta.xml"])
    found = {part.tag.removeprefix(f"{{{CANVAS}}}"): part.text for part in settings}
    assert (found["quiz_type"], found["allowed_attempts"]) == ("practice_quiz", "-1")
    assert (found["shuffle_answers"], found["show_correct_answers"]) == ("true", "true")
    assert assessment.findtext("qtimetadata/qtimetadatafield/fieldentry", None, QTI) == "unlimited"
    assert {choice.get("shuffle") for choice in root.iterfind(".//render_choice", QTI)} == {"Yes"}


def test_a_qti_package_carries_title_license_and_date():
    package = lms.qti("origins", "Origins & <more>", quiz_named("origins")[1])
    manifest = ElementTree.fromstring(members_of(package)["imsmanifest.xml"])
    assert [each.text for each in manifest.iterfind(".//metadata:string", PACKAGE)] == [
        "Paper Tiger or Safe Choice? Origins & <more>",
        "CC BY 4.0 - https://creativecommons.org/licenses/by/4.0/",
    ]
    released = yaml.safe_load((BOOK / "CITATION.cff").read_text(encoding="utf-8"))["date-released"]
    assert [each.text for each in manifest.iterfind(".//metadata:dateTime", PACKAGE)] == [f"{released}"]


# --- Moodle XML


def read_moodle(text):
    """Path of the category, names of the questions, and every question as in `expected`."""
    category, *items = ElementTree.fromstring(text).findall("question")
    assert category.get("type") == "category"
    path = category.findtext("category/text").replace("//", "\0").split("/")
    found = []
    for item in items:
        parts = [item.find("questiontext"), *item.findall("answer"), *item.findall("answer/feedback")]
        assert {part.get("format") for part in parts} == {"plain_text"}
        assert [part.get("format") for part in item.findall("generalfeedback")] == ["html"]
        link = BeautifulSoup(item.findtext("generalfeedback/text"), "html.parser")
        assert link.a["href"] == link.a.text, "the address is a link"
        options = [
            (
                answer.findtext("text"),
                {"100": True, "0": False}[answer.get("fraction")],
                answer.findtext("feedback/text"),
            )
            for answer in item.findall("answer")
        ]
        found.append((item.findtext("questiontext/text"), options, link.text.strip()))
    return [part.replace("\0", "/") for part in path], [item.findtext("name/text") for item in items], found


@each_quiz
def test_a_moodle_file_says_what_the_quiz_says(name):
    title, questions = quiz_named(name)
    category, names, found = read_moodle(lms.moodle(name, title, questions))
    assert category == [citation().title, title]
    assert names == [f"{title} {number}" for number in range(1, len(questions) + 1)]
    assert found == expected(name, title, questions)


def test_moodle_shuffles_the_options_and_a_wrong_try_costs_nothing():
    text = lms.moodle("origins", *quiz_named("origins"))
    for item in ElementTree.fromstring(text).iterfind("question[@type='multichoice']"):
        settings = {part.tag: part.text for part in item}
        assert (settings["single"], settings["shuffleanswers"], settings["penalty"]) == ("true", "true", "0")


def test_a_text_for_moodle_is_not_escaped():
    """Between two entities Moodle's importer drops a space, and MathJax and other filters read what is HTML."""
    text = lms.moodle("origins", "Origins", quiz_of(["Is < > & legal?"] * 7))
    assert text.count("<![CDATA[Is < > & legal?]]>") == 5
    assert "&lt;" not in text


# --- the files


def files_in(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_exports_on_two_days_write_the_same_bytes(tmp_path, monkeypatch):
    command = [sys.executable, "-m", "press", "lms", str(tmp_path / "one")]
    subprocess.run(command, check=True, capture_output=True, cwd=BOOK, env=os.environ | {"PYTHONHASHSEED": "1992"})

    class Later(datetime.date):
        @classmethod
        def today(cls):
            return cls(2033, 3, 3)

    monkeypatch.setattr("datetime.date", Later)
    monkeypatch.setattr("time.time", lambda: 2e9)
    main(["lms", str(tmp_path / "two")])
    one, two = files_in(tmp_path / "one"), files_in(tmp_path / "two")
    assert set(one) == {f"canvas/{name}.zip" for name in NAMES} | {f"moodle/{name}.xml" for name in NAMES}
    assert one == two
    for name in NAMES:
        title, questions = quiz_named(name)
        assert one[f"canvas/{name}.zip"] == lms.qti(name, title, questions)
        assert one[f"moodle/{name}.xml"].decode() == lms.moodle(name, title, questions)


@pytest.mark.parametrize(
    "name, message",
    [
        ("origins", r"origins\.yml, question 1: needs two to 8 options, has 0"),
        ("nothing", r"nothing\.yml belongs to no chapter; the chapters in _toc\.yml are: origins, "),
    ],
    ids=["a bad quiz", "a quiz without a chapter"],
)
def test_what_is_wrong_ends_in_one_sentence_and_writes_nothing(tmp_path, monkeypatch, name, message):
    monkeypatch.setattr("casebook.quizzes.QUIZZES", tmp_path)
    monkeypatch.setattr("press.editions.lms.QUIZZES", tmp_path)
    (tmp_path / f"{name}.yml").write_text("- question: Q", encoding="utf-8")
    with pytest.raises(SystemExit, match=f"^{message}"):
        main(["lms", str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()


def test_an_argument_too_many_is_answered_with_the_usage(capsys):
    with pytest.raises(SystemExit):
        main(["lms", "one", "two"])
    assert capsys.readouterr().err.startswith("usage: python -m press")
