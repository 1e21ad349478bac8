"""The quizzes for learning management systems: QTI 1.2 for Canvas, Moodle XML for Moodle.

Texts, keys and feedback are those of quizzes/*.yml, the system shuffles the options, and two exports have the same
bytes. GIFT cannot say whether options are shuffled or what a wrong try costs, so Moodle gets its XML.
"""

import html
from pathlib import Path

from markupsafe import Markup

from casebook.contents import QUIZZES, chapters
from casebook.quizzes import load_quiz

from ..archive import zipped
from ..files import write_whole
from ..model.book import LICENSE, LICENSE_ADDRESS, citation, page_address
from .templates import render

RIGHTS = f"{LICENSE} - {LICENSE_ADDRESS}"


def qti(name: str, title: str, questions: list[dict]) -> bytes:
    """Write a quiz as a QTI 1.2 package, which Canvas imports as a practice quiz.

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
    values = {
        "name": name,
        "title": title,
        "heading": f"{citation().title} {title}",
        "released": citation().released.isoformat(),
        "rights": RIGHTS,
        "more": _more(name, title),
        "questions": questions,
        "html": _paragraph,
    }
    files = {"imsmanifest.xml": "imsmanifest.xml"}
    files |= {f"quiz-{name}/{template}": template for template in ("assessment_meta.xml", "questions.xml")}
    return zipped({path: render(f"qti/{template}", **values).encode() for path, template in files.items()})


def _paragraph(text: str) -> str:
    """A text as HTML, which QTI carries inside XML; nothing in it is markup.

    Quotes stay: where Canvas makes plain text of an option, it keeps `&#x27;` and drops `&quot;`.
    """
    return f"<p>{html.escape(text.strip(), quote=False)}</p>".replace("\n", "<br/>")


def moodle(name: str, title: str, questions: list[dict]) -> str:
    """Write a quiz as Moodle XML, questions of a category of their own; parameters as for `qti`."""
    return render(
        "moodle.xml",
        category="/".join(part.replace("/", "//") for part in (citation().title, title)),
        rights=f"{citation().full_title}. {RIGHTS}",
        title=title,
        more=_more(name, title),
        questions=questions,
        cdata=_cdata,
    )


def _cdata(text: str) -> Markup:
    """A text as Moodle writes it; where it is escaped, the importer drops a space between two entities."""
    return Markup(f"<![CDATA[{text.strip().replace(']]>', ']]]]><![CDATA[>')}]]>")


def _more(name: str, title: str) -> str:
    """General feedback, after every answer: where to read on, as HTML."""
    address = html.escape(page_address(f"chapters/{name}"))
    return f'<p>More in the chapter {html.escape(title)}: <a href="{address}">{address}</a></p>'


def write_all(folder: Path) -> list[Path]:
    """Write all quizzes for both systems into a folder; return the paths of the files.

    Raises
    ------
    ValueError
        If a quiz is not as it should be, naming file, question and field, or belongs to no chapter; then nothing is
        written.
    """
    files = {}
    for path in sorted(QUIZZES.glob("*.yml")):
        title = chapters().get(path.stem)
        if not title:
            raise ValueError(
                f"{path.name} belongs to no chapter; the chapters in _toc.yml are: {', '.join(chapters())}"
            )
        questions = load_quiz(path.stem)
        files[folder / "canvas" / f"{path.stem}.zip"] = qti(path.stem, title, questions)
        files[folder / "moodle" / f"{path.stem}.xml"] = moodle(path.stem, title, questions)
    for path, content in files.items():
        write_whole(path, content)
    return list(files)
