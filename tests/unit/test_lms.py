"""The quizzes as learning management systems read them: QTI 1.2 (Canvas) and Moodle XML.

Both readers below are written from what the importers of Canvas and Moodle read, and share nothing with
press.editions.lms.
"""

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
import yaml
from bs4 import BeautifulSoup
from support.outputs import HOSTILE

from casebook.contents import BOOK, QUIZZES, chapters
from press.__main__ import main
from press.editions import lms
from press.model.book import citation, page_address

NAMES = sorted(path.stem for path in QUIZZES.glob("*.yml"))
#: What XML, a template or a converter of texts could take for something of its own.
ODD = [
    HOSTILE,
    "]]> <![CDATA[ </mattext>",
    "&amp; &lt; &#35; Is < > & legal?",
    "Two lines\n\nand a third",
    "{% no block %} {# nor a comment #}",
    "$5, $$x^2$$, \\(y\\), C:\\new",
    "“Double” Бишкек, Ҳисор, 中, 🐯",
    "0",
]
ODD_QUIZ = [
    {"question": text, "options": [{"text": text, "feedback": text, "correct": True}, {"text": "no", "feedback": "x"}]}
    for text in ODD
]


def quiz_named(name):
    """Title and questions: of a file, read as plain YAML, or made up."""
    if name == "odd":
        return "A/B: {title} = #1 ~ “ü”", ODD_QUIZ
    return chapters()[name], yaml.safe_load((QUIZZES / f"{name}.yml").read_text(encoding="utf-8"))


def expected(name, title, questions):
    """What a reader should find of every question: text, options (text, whether right, feedback), general feedback."""
    general = f"More in the chapter {title}: {page_address(f'chapters/{name}')}"
    found = []
    for each in questions:
        options = [(option["text"], option.get("correct", False), option["feedback"]) for option in each["options"]]
        found.append((each["question"], options, general))
    return found


each_quiz = pytest.mark.parametrize("name", [*NAMES, "odd"])


# --- QTI

CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
QTI = {"": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}
PACKAGE = {
    "": "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1",
    "metadata": "http://www.imsglobal.org/xsd/imsmd_v1p2",
}


def members_of(name, title, questions):
    """The XML files of a QTI package by name."""
    with zipfile.ZipFile(io.BytesIO(lms.qti(name, title, questions))) as archive:
        return {member: ElementTree.fromstring(archive.read(member)) for member in archive.namelist()}


def words_of(element):
    """What a reader sees of a text that QTI carries as HTML."""
    text = element.find(".//mattext[@texttype='text/html']", QTI).text
    page = BeautifulSoup(text.replace("\n", " "), "html.parser")  # as a browser shows it
    for line_break in page.find_all("br"):
        line_break.replace_with("\n")
    assert {tag.name for tag in page.find_all(True)} <= {"p", "a"}, f"a text is read as markup: {text}"
    return page.get_text()


def read_item(item):
    """A question as in `expected`."""
    fields = [[part.text for part in field] for field in item.iterfind(".//qtimetadatafield", QTI)]
    assert ["question_type", "multiple_choice_question"] in fields and ["points_possible", "1"] in fields
    (response,) = item.iterfind("presentation/response_lid[@ident='response1'][@rcardinality='Single']", QTI)
    *showing, scoring = item.iterfind("resprocessing/respcondition", QTI)
    assert {condition.get("continue") for condition in showing} == {"Yes"}
    points = scoring.find("setvar", QTI)
    assert (points.get("varname"), points.get("action"), points.text) == ("SCORE", "Set", "100")
    chosen = "conditionvar/varequal[@respident='response1']"  # none where the feedback is that of every answer
    right = scoring.findtext(chosen, None, QTI)
    feedback = {each.get("ident"): words_of(each) for each in item.iterfind("itemfeedback", QTI)}
    shown = {
        condition.findtext(chosen, None, QTI): feedback[condition.find("displayfeedback", QTI).get("linkrefid")]
        for condition in showing
    }
    options = [
        (words_of(label), label.get("ident") == right, shown[label.get("ident")])
        for label in response.iterfind("render_choice/response_label", QTI)
    ]
    return words_of(item.find("presentation", QTI)), options, shown[None]


def read_qti(members):
    """Title of the quiz, and every question as in `expected`."""
    manifest = members["imsmanifest.xml"]
    files = [file.get("href") for file in manifest.iterfind(".//file", PACKAGE)]
    assert sorted([*files, "imsmanifest.xml"]) == sorted(members)
    (file,) = manifest.iterfind(".//resource[@type='imsqti_xmlv1p2']/file", PACKAGE)
    (assessment,) = members[file.get("href")].iterfind("assessment", QTI)
    items = assessment.findall("section/item", QTI)
    identifiers = [each.get("ident") for each in [*items, *assessment.iterfind(".//response_label", QTI)]]
    assert len(set(identifiers)) == len(identifiers)
    return assessment.get("title"), [read_item(item) for item in items]


@each_quiz
def test_a_qti_package_says_what_the_quiz_says(name):
    title, questions = quiz_named(name)
    heading, found = read_qti(members_of(name, title, questions))
    assert heading == f"{citation().title} {title}"
    assert found == expected(name, title, questions)


@pytest.mark.parametrize("name", NAMES)
def test_canvas_makes_plain_text_of_an_option(name):
    """For a tooltip and its statistics Canvas drops tags and named entities, and shows hexadecimal ones as they are."""
    title, questions = quiz_named(name)
    root = members_of(name, title, questions)[f"quiz-{name}/questions.xml"]
    labels = [label.findtext(".//mattext", None, QTI) for label in root.iterfind(".//response_label", QTI)]
    found = [re.sub(r"&\w+;", "", re.sub(r"</?[^>\n]*>", "", label)) for label in labels]
    assert found == [option["text"] for question in questions for option in question["options"]]


def test_canvas_takes_a_quiz_for_practice():
    """Canvas looks for the settings in the folder that is called as the assessment; elsewhere it passes them over."""
    members = members_of("origins", *quiz_named("origins"))
    assessment = members["quiz-origins/questions.xml"].find("assessment", QTI)
    settings = members[f"{assessment.get('ident')}/assessment_meta.xml"]
    found = {part.tag.removeprefix(f"{{{CANVAS}}}"): part.text for part in settings}
    assert (found["quiz_type"], found["allowed_attempts"]) == ("practice_quiz", "-1")
    assert (found["shuffle_answers"], found["show_correct_answers"]) == ("true", "true")
    assert assessment.findtext("qtimetadata/qtimetadatafield/fieldentry", None, QTI) == "unlimited"
    assert {choice.get("shuffle") for choice in assessment.iterfind(".//render_choice", QTI)} == {"Yes"}


def test_a_qti_package_carries_title_license_and_date():
    manifest = members_of("origins", "Origins & <more>", ODD_QUIZ)["imsmanifest.xml"]
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
        right = {"100": True, "0": False}
        options = [
            (answer.findtext("text"), right[answer.get("fraction")], answer.findtext("feedback/text"))
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
    assert lms.moodle("origins", "Origins", ODD_QUIZ).count("<![CDATA[&amp; &lt; &#35; Is < > & legal?]]>") == 3


# --- the files


def test_exports_of_two_days_are_the_same_bytes(tmp_path, monkeypatch):
    folders = [tmp_path / "one", tmp_path / "other"]
    main(["lms", str(folders[0])])
    monkeypatch.setattr("time.time", lambda: 2e9)
    main(["lms", str(folders[1])])
    one, other = (
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.glob("*/*")} for folder in folders
    )
    assert set(one) == {f"canvas/{name}.zip" for name in NAMES} | {f"moodle/{name}.xml" for name in NAMES}
    assert one == other


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
