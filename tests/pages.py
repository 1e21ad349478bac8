"""What the tests read of a chapter's source: cards, quotations, cells."""

import re
from pathlib import Path

import yaml

BOOK = Path(__file__).resolve().parents[1]
CORE_READINGS = {"mcdermott2007", "tajikmemo2010", "eurasianet2010", "michel2015", "baratov2021"}


def chapters() -> list[Path]:
    """The pages that the table of contents lists under Chapters."""
    contents = yaml.safe_load((BOOK / "_toc.yml").read_text(encoding="utf-8"))
    part = next(part for part in contents["parts"] if part["caption"] == "Chapters")
    return [BOOK / f"{chapter['file']}.md" for chapter in part["chapters"]]


def prose_pages() -> list[Path]:
    """The front page and every page that the table of contents lists."""
    contents = yaml.safe_load((BOOK / "_toc.yml").read_text(encoding="utf-8"))
    return [BOOK / "index.md", *(BOOK / f"{page['file']}.md" for part in contents["parts"] for page in part["chapters"])]


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def cards(text: str):
    """Source cards of a chapter: title, body and line."""
    for match in re.finditer(r"^:::\{admonition\} (Document [A-Z]\.[^\n]*)\n:class: source-card\n(.*?)^:::$", text, re.M | re.S):
        yield match[1], match[2], line_of(text, match.start())


def excerpts(text: str):
    """Quotations in source cards: words, key of the source and line."""
    for _, body, line in cards(text):
        for quote in re.finditer(r"((?:^>.*\n)+)", body, re.M):
            lines = [part.lstrip("> ").rstrip() for part in quote[1].splitlines()]
            words = " ".join(part for part in lines if part and not part.startswith("—"))
            keys = re.findall(r"\{cite:t\}`([^`]+)`", quote[1])
            yield words, keys, line + line_of(body, quote.start()) + 1


def without_code(text: str) -> str:
    """A page with front matter, code cells and cards blanked, line numbers kept."""
    blank = lambda match: "\n" * match[0].count("\n")  # noqa: E731
    text = re.sub(r"\A---\n.*?^---$", blank, text, flags=re.M | re.S)
    text = re.sub(r"^```\{code-cell\}.*?^```$", blank, text, flags=re.M | re.S)
    return re.sub(r"^:::\{admonition\} Document.*?^:::$", blank, text, flags=re.M | re.S)


def inline_quotations(text: str):
    """Quotations of five words or more in running text: words, keys cited in the paragraph, line."""
    prose = re.sub(r"<[^>\n]+>", lambda tag: " " * len(tag[0]), without_code(text))  # quotation marks in a tag quote nobody
    for paragraph in re.finditer(r"(?:^.*\S.*\n?)+", prose, re.M):
        keys = [key.strip() for group in re.findall(r"\{cite:[pt]\}`([^`]+)`", paragraph[0]) for key in group.split(",")]
        for quote in re.finditer(r"[\"“]([^\"”]+)[\"”]", paragraph[0]):
            if len(re.findall(r"\w+", quote[1])) >= 5:
                yield quote[1], keys, line_of(prose, paragraph.start() + quote.start())


def code_cells(text: str):
    """Code cells: tags, the cell's YAML options, code lines and line."""
    for match in re.finditer(r"^```\{code-cell\} ipython3\n(.*?)^```$", text, re.M | re.S):
        lines = match[1].split("\n")
        options = [line for line in lines if line.startswith(":")]
        code = [line for line in lines if not line.startswith(":")]
        yield "\n".join(options), [line for line in code if line.strip()], line_of(text, match.start())
