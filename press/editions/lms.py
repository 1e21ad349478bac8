"""The quizzes for learning management systems: QTI 1.2 for Canvas, GIFT for Moodle.

Texts, keys and feedback are those of quizzes/*.yml, and two exports have the same bytes.
"""

import html
import io
import re
import zipfile
from pathlib import Path

from casebook.archive import zipped
from casebook.contents import BOOK, QUIZZES, chapters
from casebook.quizzes import LETTERS, load_quiz

from ..files import write_whole
from ..model.book import LICENSE, LICENSE_ADDRESS, citation, page_address

OUTPUT = BOOK / "_build" / "lms"
RIGHTS = f"{LICENSE} - {LICENSE_ADDRESS}"

#: All that Markdown lets one escape, the dollar of text2qti's formulas and the signs of HTML -> what stands for the sign itself.
MARKDOWN = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]()#+-.!|$\"'"} | {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\n": "<br />"})
#: The same for GIFT.
GIFT = str.maketrans({mark: f"\\{mark}" for mark in "\\~=#{}:"} | {"\n": "\\n"})


def qti(name: str, title: str, questions: list[dict]) -> bytes:
    """A quiz as a QTI 1.2 package, made by text2qti.

    Parameters
    ----------
    name, title : str
        Name of the page that the quiz belongs to, and what the page is called.
    questions : list of dict
        As `casebook.quizzes.load_quiz` gives them.

    Returns
    -------
    bytes
        A ZIP file, the same bytes in every run.
    """
    from text2qti.config import Config
    from text2qti.qti import QTI
    from text2qti.quiz import Quiz

    heading = f"{citation().title} {title}"
    more, address = _more(name, title)
    lines = [f"Quiz title: {heading}", f"Quiz description: {_markdown(more)} <{address}>", ""]
    for number, question in enumerate(questions, start=1):
        lines += [f"Title: {title} {number}", f"{number}. {_markdown(question['question'])}", f"... {_markdown(more)} <{address}>"]
        for letter, option in zip(LETTERS.lower(), question["options"]):
            right = "*" if option.get("correct") else ""
            lines += [f"{right}{letter}) {_markdown(option['text'])}", f"... {_markdown(option['feedback'])}"]
        lines.append("")
    package = QTI(Quiz("\n".join(lines), config=Config())).zip_bytes()
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        members = {each: archive.read(each) for each in archive.namelist() if not each.endswith("/")}  # it adds an empty folder
    members["imsmanifest.xml"] = _manifest(members["imsmanifest.xml"].decode(), heading).encode()
    return zipped(members)


def gift(name: str, title: str, questions: list[dict]) -> str:
    """A quiz in Moodle's GIFT format; parameters as for `qti`.

    Every text is marked as plain, so that Moodle shows it as it stands and takes no first word for a format.
    """
    more, address = _more(name, title)
    category = "/".join(part.replace("/", "//") for part in (citation().title, title))
    blocks = [f"// {citation().full_title}. {RIGHTS}", f"$CATEGORY: {category}"]
    for number, question in enumerate(questions, start=1):
        lines = [f"::{title.translate(GIFT)} {number}::{_plain(question['question'])}{{"]
        for option in question["options"]:
            lines.append(f"{'=' if option.get('correct') else '~'}{_plain(option['text'])}#{_plain(option['feedback'])}")
        blocks.append("\n".join([*lines, f"####{_plain(f'{more} {address}')}", "}"]))
    return "\n\n".join(blocks) + "\n"


def _more(name, title):
    """General feedback, after every answer: where to read on."""
    return f"More in the chapter {title}:", page_address(f"chapters/{name}")


def _markdown(text):
    return text.strip().translate(MARKDOWN)


def _plain(text):
    return "[plain]" + text.strip().translate(GIFT)


def _manifest(manifest, heading):
    """The manifest of text2qti with our title, the date of the version and the license: it puts today and all rights reserved."""
    values = {"imsmd:general": heading, "imsmd:lifeCycle": citation().released.isoformat(), "imsmd:description": RIGHTS}
    for parent, value in values.items():
        words = re.compile(rf"(<{parent}>(?:\s*<[^/][^>]*>)+)[^<]+")
        manifest, found = words.subn(lambda match: match[1] + html.escape(value), manifest)
        if found != 1:
            raise ValueError(f"imsmanifest.xml has no words of its own in {parent}; use the version of text2qti in pyproject.toml")
    return manifest


def export() -> dict[str, bytes]:
    """All quizzes: name of the file -> content.

    Raises
    ------
    ValueError
        If a quiz is not as it should be, naming file, question and field, or belongs to no chapter.
    """
    files = {}
    for path in sorted(QUIZZES.glob("*.yml")):
        title = chapters().get(path.stem)
        if not title:
            raise ValueError(f"{path.name} belongs to no chapter; the chapters in _toc.yml are: {', '.join(chapters())}")
        questions = load_quiz(path.stem)
        files[f"canvas/{path.stem}.zip"] = qti(path.stem, title, questions)
        files[f"moodle/{path.stem}.gift.txt"] = gift(path.stem, title, questions).encode()
    return files


def write_all(folder: Path = OUTPUT) -> list[Path]:
    """Write the files; return their paths."""
    files = export()
    for name, content in files.items():
        write_whole(folder / name, content)
    return [folder / name for name in files]
