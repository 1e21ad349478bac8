"""What the tests read of a page's source: prose, quotations, code cells."""

import re
from pathlib import Path

from casebook.contents import BOOK, reading_order

CORE_READINGS = {"mcdermott2007", "tajikmemo2010", "eurasianet2010", "michel2015", "baratov2021"}


def chapters() -> list[Path]:
    """The pages that the table of contents lists under Chapters."""
    return [BOOK / f"{name}.md" for name, part in reading_order() if part == "Chapters"]


def prose_pages() -> list[Path]:
    """The front page and every page that the table of contents lists."""
    return [BOOK / f"{name}.md" for name, _ in reading_order()]


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def without_code(text: str) -> str:
    """A page without front matter, code and source cards; line numbers stay."""

    def blank(match):
        return "\n" * match[0].count("\n")

    text = re.sub(r"\A---\n.*?^---$", blank, text, flags=re.M | re.S)
    text = re.sub(r"^```(?:\{code-cell\}|python|r$).*?^```$", blank, text, flags=re.M | re.S)
    return re.sub(r"^:::\{document\}.*?^:::$", blank, text, flags=re.M | re.S)


def inline_quotations(text: str):
    """Quotations of five words or more in running text: words, keys cited in the paragraph, line."""
    prose = re.sub(r"<[^>\n]+>", lambda tag: " " * len(tag[0]), without_code(text))  # quotes in a tag quote nobody
    for paragraph in re.finditer(r"(?:^.*\S.*\n?)+", prose, re.M):
        cited = re.findall(r"\{cite:[pt]\}`([^`]+)`", paragraph[0])
        keys = [key.strip() for group in cited for key in group.split(",")]
        for quote in re.finditer(r"[\"“]([^\"”]+)[\"”]", paragraph[0]):
            if len(re.findall(r"\w+", quote[1])) >= 5:
                yield quote[1], keys, line_of(prose, paragraph.start() + quote.start())


def code_cells(text: str):
    """Code cells: the cell's YAML options, code lines and line."""
    for match in re.finditer(r"^```\{code-cell\} ipython3\n(.*?)^```$", text, re.M | re.S):
        lines = match[1].split("\n")
        options = [line for line in lines if line.startswith(":")]
        code = [line for line in lines if not line.startswith(":") and line.strip()]
        yield "\n".join(options), code, line_of(text, match.start())
