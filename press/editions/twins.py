"""The notebook twin beside every executable page, for people who run the code.

The MyST page is the source. Its twin has no outputs, a fixed kernel, cell ids that change only with the cell, and
directives rewritten to plain Markdown that any notebook viewer shows. A first cell finds the book's files or fetches
them. Numbers in its sentences are those of the run that wrote it; its metadata keep them.
"""

import hashlib
import html
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient
from traitlets.config import Config

from casebook.contents import BOOK
from casebook.references import bibliography, date_of, short_citation

from ..files import write_whole
from ..model import decisions, rubrics
from ..model.book import page_address, repository, repository_name, site

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
#: Directives that a reader opens, and those whose content is set as other text is.
FOLDS = ("dropdown", "outcome")
PLAIN = (*FOLDS, "decide", "opening", "two-sides", "side")
#: Directives of which a notebook shows nothing.
SILENT = ("bibliography", "formerly")
#: The first code of every twin. `needed` names what the chapters and their helpers import.
SETUP = """\
# Finds the files of the book. Where they are missing, as on Colab, it fetches them.
import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path

source = os.environ.get("CASEBOOK_SOURCE", "{repository}")
patience = int(os.environ.get("CASEBOOK_PATIENCE", 120))  # seconds
places = [Path(), Path("chapters"), Path("{name}/chapters")]
needed = ("pandas", "matplotlib", "ipywidgets", "pybtex", "krippendorff")
missing = [package for package in needed if not importlib.util.find_spec(package)]


def fetch(what, *command):
    print("Fetching", what, "...", flush=True)
    quiet = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run(command, check=True, timeout=patience, **quiet)


try:
    if not any((place / "casebook").is_dir() for place in places):
        with tempfile.TemporaryDirectory(dir=".") as draft:
            fetch(source, "git", "clone", "--quiet", "--depth=1", source, f"{{draft}}/book")
            os.rename(f"{{draft}}/book", "{name}")
    if missing:
        fetch(", ".join(missing), sys.executable, "-m", "pip", "install", "--quiet", *missing)
except (OSError, subprocess.SubprocessError):
    sys.exit("What this notebook needs could not be fetched: download {repository}, "
             "run 'pip install -r requirements.txt' in its folder, best in a virtual environment "
             "(python3 -m venv .venv), and open the notebook in its folder chapters.")
os.chdir(next(place for place in places if (place / "casebook").is_dir()))
sys.path.insert(0, os.getcwd())"""


def executable_pages() -> list[Path]:
    """Pages of the book with code cells, in order of name."""
    return sorted(
        path for path in (BOOK / "chapters").glob("*.md") if "```{code-cell}" in path.read_text(encoding="utf-8")
    )


def setup_code() -> str:
    """Write the code cell that finds the book's files, or fetches them from the repository."""
    return SETUP.format(repository=repository(), name=repository_name())


def numbers_of(cells: list) -> dict[str, str]:
    """Collect the numbers that executed cells show for the sentences of their page: name -> text."""
    found: dict[str, str] = {}
    for cell in cells:
        for output in cell.get("outputs", ()):
            found |= output.get("metadata", {}).get("numbers", {})
    return found


def compute_numbers(page: Path) -> dict[str, str]:
    """Run a page, if it has numbers in its sentences, and return them; errors of its cells are raised."""
    if "{number}`" not in page.read_text(encoding="utf-8"):
        return {}
    book = jupytext.read(page, fmt="md:myst")
    quiet = Config(KernelManager={"transport_encryption": "auto"})  # the kernel prints a warning otherwise
    NotebookClient(book, config=quiet).execute(cwd=page.parent)
    return numbers_of(book.cells)


def kept_numbers(twin: Path) -> dict[str, str]:
    """Return the numbers that a twin was written with."""
    stored = json.loads(twin.read_text(encoding="utf-8")) if twin.exists() else {}
    return stored.get("metadata", {}).get("numbers", {})


def twin_of(page: Path, numbers: dict[str, str]) -> str:
    """The notebook twin of a page.

    Parameters
    ----------
    page : pathlib.Path
        A MyST notebook.
    numbers : dict
        The numbers in its sentences: name -> text.

    Returns
    -------
    str
        The notebook as JSON, the same bytes in every run.

    Raises
    ------
    ValueError
        Naming the page and what has no plain form.
    """
    book = jupytext.read(page, fmt="md:myst")
    address = page_address(f"chapters/{page.stem}")
    note = f"*This notebook is made from `{page.name}`. Read it with its figures at <{address}>.*"
    cells = [nbformat.v4.new_markdown_cell(note), nbformat.v4.new_code_cell(setup_code())]
    for cell in book.cells:
        if cell.cell_type == "markdown":
            try:
                cells.append(nbformat.v4.new_markdown_cell(plain_markdown(cell.source, numbers)))
            except ValueError as error:
                raise ValueError(f"{page.name}: {error.args[0]}") from None
        else:
            tags = cell.metadata.get("tags", [])
            cells.append(nbformat.v4.new_code_cell(cell.source, metadata={"tags": tags} if tags else {}))
            caption = cell.metadata.get("mystnb", {}).get("figure", {}).get("caption")
            if caption:
                cells.append(nbformat.v4.new_markdown_cell(f"*{caption}*"))
    return notebook_text(cells, {"numbers": numbers} if numbers else {})


def notebook_text(cells: list, metadata: dict | None = None) -> str:
    """Write cells as a notebook without outputs, with a fixed kernel and ids that follow the cell."""
    made, seen = [], Counter()
    for cell in cells:
        digest = hashlib.sha256(cell.source.encode()).hexdigest()[:12]
        seen[digest] += 1
        identity = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
        if cell.cell_type == "code":
            made.append(nbformat.v4.new_code_cell(cell.source, id=identity, metadata=cell.metadata))
        else:
            made.append(nbformat.v4.new_markdown_cell(cell.source, id=identity))
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}} | (metadata or {})
    twin = nbformat.v4.new_notebook(cells=made, metadata=metadata)
    nbformat.validate(twin)
    return json.dumps(twin, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def plain_markdown(text: str, numbers: dict[str, str] | None = None) -> str:
    """Rewrite MyST to the Markdown that Jupyter, VS Code and Colab show."""
    return _roles(_boxes(text), numbers or {})


def _boxes(text: str) -> str:
    """Folds become HTML details, a decision its question and lines, other boxes headed quotations."""
    out, stack = [], []
    for line in text.split("\n"):
        opened = re.match(r"^(:{3,}|`{3,})\{([\w-]+)\}\s*(.*)$", line)
        if opened:
            fence, kind, title = opened.groups()
            stack.append((fence, kind))
            out += _beginning(kind, title)
        elif stack and line.strip() == stack[-1][0]:
            _, kind = stack.pop()
            out += ["", "</details>"] if kind in FOLDS else []
        elif stack and re.match(r"^:[\w-]+:", line):
            continue  # an option of the directive, such as :class:
        elif re.match(r"^\([\w-]+\)=$", line):
            continue  # an address of the page, which a notebook would show as words
        else:
            quoted = stack and stack[-1][1] not in PLAIN
            out.append(f"> {line}".rstrip() if quoted else line)
    if stack:
        raise ValueError(f"directive {stack[-1][1]!r} is not closed")
    return "\n".join(out)


def _beginning(kind: str, title: str) -> list[str]:
    """The lines that take the place of the first one of a directive."""
    match kind:
        case "decide":
            day, _, question = title.partition(" ")
            return [f"**{decisions.kicker(date.fromisoformat(day))}.** {question}", ""]
        case "outcome":
            lines = [f"{words}: {'_' * 60}\n" for words in decisions.ANSWERS]
            return lines + _beginning("dropdown", decisions.OUTCOME)
        case "dropdown":
            return ["<details>", f"<summary>{html.escape(title)}</summary>", ""]
        case "opening":
            return [f"*{title}*", ""]
        case "side":
            return [f"**{title}**", ""]
        case "marking-rubric":
            rubric = rubrics.named(title)
            return [rubrics.grid(rubrics.header(rubric), rubrics.rows(rubric))]
        case "document":
            return [f"> **Document {title}**", ">"]
    return [f"> **{title}**", ">"] if title and kind not in SILENT else []


def _roles(text: str, numbers: dict[str, str]) -> str:
    """Citations become author and date with a link, terms and downloads their words, numbers their text."""

    def cite(match):
        links = []
        for key in map(str.strip, match[2].split(",")):
            label, entry = short_citation(key), bibliography()[key]
            if match[1] == "t":
                author = label.removesuffix(f", {date_of(entry)}")
                label = f"{author} ({date_of(entry)})"
            url = entry.fields.get("url")
            links.append(f"[{label}]({url})" if url else label)
        return "; ".join(links) if match[1] == "t" else f"({'; '.join(links)})"

    def number(match):
        if match[1] not in numbers:
            raise ValueError(f"no cell computes the number {match[1]!r}")
        return numbers[match[1]]

    text = re.sub(r"\{cite:([pt])\}`([^`]+)`", cite, text)
    text = re.sub(r"\{number\}`([^`]+)`", number, text)
    text = re.sub(r"\{download\}`([^<`]+) <([^>]+)>`", r"[\1](\2)", text)
    text = re.sub(r"\{place\}`([^<`]+) <([\w/-]+)(#?[^>]*)>`", rf"[\1]({site()}/\2.html\3)", text)
    text = re.sub(r"\{built-file\}`([^<`]+) <([^>]+)>`", rf"[\1]({site()}/\2)", text)
    text = re.sub(r"\{(?:term|abbr|lang)\}`([^<`]+?)(?: <[^>]+>)?`", r"\1", text)
    left = re.search(r"\{[\w:-]+\}`[^`]*`", text)
    if left:
        raise ValueError(f"no plain form for the role in {left[0]!r}")
    return text


def stale_twins() -> list[Path]:
    """Find the twins that are missing or not those of their pages, whatever numbers they were written with."""
    stale = []
    for page in executable_pages():
        twin = page.with_suffix(".ipynb")
        try:
            wanted = twin_of(page, kept_numbers(twin))
        except ValueError:  # a number is new, or a mistake that writing will name
            wanted = None
        if not twin.exists() or twin.read_text(encoding="utf-8") != wanted:
            stale.append(twin)
    return stale


def write_twins() -> list[Path]:
    """Run the pages that have numbers in their sentences, and write every twin that changes; return their paths."""
    written = []
    for page in executable_pages():
        twin, text = page.with_suffix(".ipynb"), twin_of(page, compute_numbers(page))
        if not twin.exists() or twin.read_text(encoding="utf-8") != text:
            write_whole(twin, text)
            written.append(twin)
    return written
