"""The quizzes as learning management systems read them: QTI 1.2 (Canvas) and GIFT (Moodle).

Both readers below are written from the descriptions of the formats and share nothing with tools/lms.py.
The GIFT parsers on PyPI (pygiftparser, pygiftparserrgmf) have had no release since 2017 and 2022.
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

import lms
import pytest
import yaml
from bs4 import BeautifulSoup
from casebook.paths import QUIZZES, chapters
from conftest import BOOK

NAMES = sorted(path.stem for path in QUIZZES.glob("*.yml"))
ODD = [
    "1. An ordered list? - no: ~ = # { } : each \\~ \\= \\# \\{ \\} \\: survives",
    '"Double", \'single\', “curly” and «corner» quotes; Zürich, Бишкек, Ҳисор, Жалал-Абад, 中, 🐯',
    "$5 and $10, $$x^2$$, \\(y\\), \\SI{5}{m}, \\n is no line break, C:\\new\\table",
    "`code`, ``more``, ```fence```, ~~~, *a*, **b**, _c_, __d__, <b>bold</b>, <!-- gone? -->, &amp; &lt; &#35;",
    "[html]taken for a format?", "[plain]", "[a](b) ![c](d) [^1] {.class}", "//no comment", "::no name::", "$CATEGORY: none",
    "...", "-- --- -> =>", "%50%half right", "%100%", "####no general feedback", "# no heading", "> no quotation", "| no | table |",
    "Two lines\nin one text\n\nand a third after an empty one", "+ right?", "- wrong?", "*a) right?",
    "___", "^^^", "= 5", "COMMENT", "GROUP", "0", "TRUE",
]


def quiz_of(texts):
    """A quiz of three options a question out of a list of texts."""
    texts = iter(texts)
    questions = []
    for question, a, fa, b, fb, c, fc in zip(*[texts] * 7):
        options = [{"text": f"{letter} {text}", "feedback": feedback} for letter, text, feedback in zip("xyz", (a, b, c), (fa, fb, fc))]
        options[len(questions) % 3]["correct"] = True
        options[1]["text"] = options[1]["text"].removeprefix("y ")  # the bare text opens the option
        questions.append({"question": question, "options": options})
    return questions


def odd_quiz():
    """Every odd text as question, option and feedback."""
    return quiz_of([ODD[(start + step) % len(ODD)] for start in range(len(ODD)) for step in range(7)])


def random_quiz():
    """Texts of random signs, the same in every run."""
    chance = random.Random(1992)
    signs = string.punctuation + "\\\\~=#{}:$`*_ aя1"
    return quiz_of([f"{each}{''.join(chance.choices(signs, k=9))}я" for each in range(7 * 60)])


QUIZ_CASES = [*NAMES, "odd", "random"]


def quiz_named(name):
    """Title and questions: of a file, read as plain YAML, or made up."""
    if name in ("odd", "random"):
        return "A/B: {title} = #1 ~ “ü”", odd_quiz() if name == "odd" else random_quiz()
    return chapters()[name], yaml.safe_load((QUIZZES / f"{name}.yml").read_text(encoding="utf-8"))


def expected(questions):
    """What a reader should find: question -> for every option its text, whether it is right, its feedback."""
    return [
        (each["question"], [(option["text"], option.get("correct", False), option["feedback"]) for option in each["options"]])
        for each in questions
    ]


# --- QTI

QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
PACKAGE = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
METADATA = "{http://www.imsglobal.org/xsd/imsmd_v1p2}"


def words_of(element):
    """What a reader sees of a text that QTI carries as HTML."""
    text = element.find(f".//{QTI}mattext")
    assert text.get("texttype") == "text/html"
    page = BeautifulSoup(text.text, "html.parser")
    for line_break in page.find_all("br"):
        line_break.replace_with("\n")
    assert {tag.name for tag in page.find_all(True)} <= {"p", "a"}, f"a text is read as markup: {text.text}"
    return page.get_text()


def answered(item, choice):
    """Play an answer: the score and the feedbacks shown, by the rules of response processing."""
    score, shown = 0, []
    for condition in item.iterfind(f"{QTI}resprocessing/{QTI}respcondition"):
        test = condition.find(f"{QTI}conditionvar")[0]
        if test.tag == f"{QTI}other" or (test.tag == f"{QTI}varequal" and test.get("respident") == "response1" and test.text == choice):
            for setting in condition.iterfind(f"{QTI}setvar"):
                assert (setting.get("varname"), setting.get("action")) == ("SCORE", "Set")
                score = int(setting.text)
            shown += [feedback.get("linkrefid") for feedback in condition.iterfind(f"{QTI}displayfeedback")]
            if condition.get("continue") == "No":
                break
    return score, shown


def read_qti(package):
    """Quiz title, and for every question: its text, its options as in `expected`, general feedback."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
        files = [file.get("href") for file in manifest.iter(f"{PACKAGE}file")]
        assert sorted([*files, "imsmanifest.xml"]) == sorted(archive.namelist())
        (resource,) = [each for each in manifest.iter(f"{PACKAGE}resource") if each.get("type") == "imsqti_xmlv1p2"]
        root = ElementTree.fromstring(archive.read(resource.find(f"{PACKAGE}file").get("href")))
    assert root.tag == f"{QTI}questestinterop"
    found, identifiers = [], []
    for item in root.iterfind(f"{QTI}assessment/{QTI}section/{QTI}item"):
        fields = {field.find(f"{QTI}fieldlabel").text: field.find(f"{QTI}fieldentry").text for field in item.iter(f"{QTI}qtimetadatafield")}
        assert fields["question_type"] == "multiple_choice_question" and fields["points_possible"] == "1"
        response = item.find(f"{QTI}presentation/{QTI}response_lid")
        assert (response.get("ident"), response.get("rcardinality")) == ("response1", "Single")
        feedback = {each.get("ident"): words_of(each) for each in item.iterfind(f"{QTI}itemfeedback")}
        options, general = [], set()
        for label in response.iterfind(f"{QTI}render_choice/{QTI}response_label"):
            score, shown = answered(item, label.get("ident"))
            assert score in (0, 100) and len(shown) == 2, "one general feedback and one of the option"
            general.add(feedback[shown[0]])
            options.append((words_of(label), score == 100, feedback[shown[1]]))
            identifiers.append(label.get("ident"))
        identifiers.append(item.get("ident"))
        found.append((words_of(item.find(f"{QTI}presentation/{QTI}material/..")), options, *general))
    assert len(set(identifiers)) == len(identifiers)
    return root.find(f"{QTI}assessment").get("title"), found


@pytest.mark.parametrize("name", QUIZ_CASES)
def test_a_qti_package_says_what_the_quiz_says(name):
    title, questions = quiz_named(name)
    heading, found = read_qti(lms.qti(name, title, questions))
    assert heading == f"Paper Tiger or Safe Choice? {title}"
    assert [(question, options) for question, options, _ in found] == expected(questions)
    assert {general for *_, general in found} == {f"More in the chapter {title}: {lms.CONFIG['html']['baseurl']}chapters/{name}.html"}


def test_a_qti_package_carries_our_license_title_and_date():
    package = lms.qti("origins", "Origins & <more>", quiz_named("origins")[1])
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
    assert [each.text for each in manifest.iter(f"{METADATA}string")] == [
        "Paper Tiger or Safe Choice? Origins & <more>",
        "CC BY 4.0 - https://creativecommons.org/licenses/by/4.0/",
    ]
    released = yaml.safe_load((BOOK / "CITATION.cff").read_text(encoding="utf-8"))["date-released"]
    assert [each.text for each in manifest.iter(f"{METADATA}dateTime")] == [f"{released}"]


# --- GIFT

CONTROL = {sign: chr(0xE000 + ord(sign)) for sign in "~=#{}:"}  # a sign that steers, apart from the sign itself


def tokens(block):
    """A block with its steering signs moved out of the way, and what was escaped put in."""
    out, signs = [], iter(block)
    for sign in signs:
        if sign == "\\":
            sign = next(signs)
            assert sign in "~=#{}:\\n", f"nothing to escape in {sign!r}"
            out.append("\n" if sign == "n" else sign)
        else:
            out.append(CONTROL.get(sign, sign))
    return "".join(out)


def text_in(words):
    """A text without the mark of its format; nothing in it may steer."""
    words = words.strip()
    assert words.startswith("[plain]"), f"without its own format Moodle takes one from the text: {words}"
    assert not set(words) & set(CONTROL.values()), words
    return words.removeprefix("[plain]")


def read_gift(text):
    """Category, and for every question: its name, its text, its options as in `expected`, general feedback."""
    assert not text.startswith("\ufeff") and "\r" not in text
    lines = ["" if line.strip() == "" else line.strip() for line in text.split("\n")]
    blocks = [re.sub(r"^//.*\n?", "", block, flags=re.M) for block in "\n".join(lines).split("\n\n")]
    category, found = None, []
    for block in filter(str.strip, blocks):
        if block.startswith("$CATEGORY:"):
            assert category is None
            category = [part.replace("\0", "/") for part in block.removeprefix("$CATEGORY:").strip().replace("//", "\0").split("/")]
            continue
        colon, mark = CONTROL[":"], CONTROL["#"]
        name, question = re.fullmatch(rf"{colon}{colon}(.*?){colon}{colon}(.*)", tokens(block.strip()), re.S).groups()
        question, answers = re.fullmatch(rf"([^{CONTROL['{']}]*){CONTROL['{']}([^{CONTROL['}']}]*){CONTROL['}']}", question).groups()
        answers, general = answers.split(mark * 4)
        options = []
        for sign, answer in re.findall(rf"([{CONTROL['=']}{CONTROL['~']}])([^{CONTROL['=']}{CONTROL['~']}]*)", answers):
            words, feedback = answer.split(mark)
            options.append((text_in(words), sign == CONTROL["="], text_in(feedback)))
        found.append((name, text_in(question), options, text_in(general)))
    return category, found


@pytest.mark.parametrize("name", QUIZ_CASES)
def test_a_gift_file_says_what_the_quiz_says(name):
    title, questions = quiz_named(name)
    category, found = read_gift(lms.gift(name, title, questions))
    assert category == ["Paper Tiger or Safe Choice?", title]
    assert [each for each, *_ in found] == [f"{title} {number}" for number in range(1, len(questions) + 1)]
    assert [(question, options) for _, question, options, _ in found] == expected(questions)
    assert {general for *_, general in found} == {f"More in the chapter {title}: {lms.CONFIG['html']['baseurl']}chapters/{name}.html"}


# --- the files


def files_in(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_two_exports_on_two_days_write_the_same_bytes(tmp_path, monkeypatch):
    command = [sys.executable, BOOK / "tools" / "lms.py", tmp_path / "one"]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": "1992"})

    class Later(datetime.date):
        @classmethod
        def today(cls):
            return cls(2033, 3, 3)

    monkeypatch.setattr("datetime.date", Later)
    monkeypatch.setattr("time.time", lambda: 2e9)
    lms.main([str(tmp_path / "two")])
    one, two = files_in(tmp_path / "one"), files_in(tmp_path / "two")
    assert sorted(one) == sorted([f"canvas/{name}.zip" for name in NAMES] + [f"moodle/{name}.gift.txt" for name in NAMES])
    assert one == two
    for name, content in one.items():
        reader = read_qti(content) if name.endswith(".zip") else read_gift(content.decode("utf-8"))
        assert len(reader[1]) == len(quiz_named(re.split(r"[/.]", name)[1])[1])


@pytest.mark.parametrize(
    "name, text, message",
    [
        ("origins", "- question: Q", r"origins\.yml, question 1: needs two to 8 options, has 0"),
        ("nothing", "- question: Q", r"nothing\.yml belongs to no chapter; the chapters in _toc\.yml are: origins, "),
    ],
    ids=["a bad quiz", "a quiz without a chapter"],
)
def test_what_is_wrong_ends_in_one_sentence_and_writes_nothing(tmp_path, monkeypatch, name, text, message):
    monkeypatch.setattr("casebook.quizzes.QUIZZES", tmp_path / "in")
    monkeypatch.setattr("lms.QUIZZES", tmp_path / "in")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / f"{name}.yml").write_text(text, encoding="utf-8")
    with pytest.raises(SystemExit, match=f"^{message}"):
        lms.main([str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()


def test_a_missing_package_is_named_with_the_command_that_installs_it(tmp_path, monkeypatch):
    for module in [each for each in sys.modules if each.split(".")[0] == "text2qti"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(sys, "meta_path", [NoText2qti, *sys.meta_path])
    with pytest.raises(SystemExit, match="^text2qti is not installed: run `make lms`, or `pip install -r requirements-test.txt` first$"):
        lms.main([str(tmp_path)])


class NoText2qti:
    """As if text2qti were not installed."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.split(".")[0] == "text2qti":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def test_an_unknown_option_is_answered_with_the_usage():
    for arguments in (["--help"], ["one", "two"]):
        with pytest.raises(SystemExit, match=r"^usage: python tools/lms\.py \[FOLDER\]$"):
            lms.main(arguments)
