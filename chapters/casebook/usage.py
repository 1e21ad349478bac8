"""What is used where: the sources and tables behind every page, and the tables behind every figure.

Read from the text of the pages and the rows of the tables, so that no list is kept twice.
The Sphinx extension of the book loads this file alone, and must not wait for pandas: standard library and yaml only.
"""

import ast
import csv
import functools
import io
import json
import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import yaml

BOOK = Path(__file__).resolve().parents[2]
DATA = BOOK / "data"
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", re.M | re.S)
READ = re.compile(r'read_csv\("\.\./data/([\w-]+)\.csv"([^\n]*)')
KEYS_IN_BRACKETS = re.compile(r"\(([a-z0-9][a-z0-9;\s-]*-(?:19|20)\d\d[a-z0-9;\s-]*)\)")


class Figure(NamedTuple):
    """A figure or an explorer of a page."""

    anchor: str  #: where it stands on the page: the name of an explorer, or `figure-1` for the first figure
    title: str  #: title of an explorer, or first sentence of a caption
    tables: tuple[str, ...]  #: names of the tables behind it


# --- pages


@functools.cache
def pages() -> dict[str, str]:
    """The pages of the folder `chapters`, in reading order: slug -> title up to its colon."""
    return {Path(name).stem: _title(name) for part in _parts() for name in part if name.startswith("chapters/")}


@functools.cache
def chapters() -> dict[str, str]:
    """The pages that the table of contents lists under Chapters, in reading order: slug -> title up to its colon."""
    return {Path(name).stem: _title(name) for part in _parts(caption="Chapters") for name in part}


def _parts(caption=None):
    parts = [part for part in _contents().get("parts", []) if caption in (None, part["caption"])]
    return [[page["file"] for page in part["chapters"]] for part in parts]


@functools.cache
def _contents():
    return yaml.safe_load((BOOK / "_toc.yml").read_text(encoding="utf-8"))


def _title(name):
    return re.search(r"^# ([^:\n]+)", (BOOK / f"{name}.md").read_text(encoding="utf-8"), re.M)[1]


def _text(slug):
    return (BOOK / "chapters" / f"{slug}.md").read_text(encoding="utf-8")


# --- tables


@functools.cache
def resources() -> dict[str, dict]:
    """The tables and the basemap that data/datapackage.json describes: name -> description."""
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in package["resources"]}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of data/datapackage.json, every value as text."""
    with open(DATA / resources()[name]["path"], encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def check_tables() -> None:
    """Refuse a table that is cut short or mixed up: a chapter would go on without the rows that are lost.

    Raises
    ------
    ValueError
        Naming the file, the line, what stands there and how to get the file back.
    """
    for name, resource in resources().items():
        if "schema" not in resource:
            continue  # the basemap is no table
        path = DATA / resource["path"]
        header = [field["name"] for field in resource["schema"]["fields"]]
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        reader = csv.reader(io.StringIO(text, newline=""))
        problem = "" if next(reader, None) == header else f"line 1: the columns must be {', '.join(header)}"
        for row in reader:
            if len(row) != len(header) and not problem:
                problem = f"line {reader.line_num}: {len(row)} cells, and the table has {len(header)} columns"
        if not problem and not text.endswith("\n"):
            problem = f"line {reader.line_num}: it breaks off"
        if problem:
            raise ValueError(f"data/{resource['path']}, {problem}. Get the file back with: git checkout data/{resource['path']}")


@functools.cache
def sections() -> dict[str, str]:
    """Where the codebook describes a table: name -> anchor of the section with its download link."""
    found = re.findall(r"^## (.+)\n\n\{download\}`([\w-]+)\.(?:csv|geojson) ", _text("codebook"), re.M)
    return {name: re.sub(r"\W+", "-", heading.lower()) for heading, name in found}


@functools.cache
def readers() -> dict[str, dict[str, tuple[str, frozenset[str]] | None]]:
    """Which pages read a table: name -> slug -> the column and values that the page keeps, or None for every row."""
    found: dict[str, dict[str, tuple[str, frozenset[str]] | None]] = {}
    for slug in pages():
        for cell in CELL.findall(_text(slug)):
            for name, query in READ.findall(cell):
                kept = re.search(r"""\.query\("(\w+) (?:==|in) ([^"]+)"\)""", query)
                found.setdefault(name, {})[slug] = (kept[1], frozenset(re.findall("'([^']+)'", kept[2]))) if kept else None
    return found


# --- figures


@functools.cache
def figures(slug: str) -> list[Figure]:
    """The figures and explorers of a page in their order, each with the tables that its code leads back to.

    Parameters
    ----------
    slug : str
        A page of the folder `chapters`, such as ``"origins"``.

    Returns
    -------
    list of Figure

    Raises
    ------
    ValueError
        If there is no such page; names those there are.
    """
    if slug not in pages():
        raise ValueError(f"no page {slug!r}; there is: {', '.join(pages())}")
    found: list[Figure] = []
    behind = {"draw_map": {"basemap"}}  # name in the code -> tables that it was made from
    for cell in CELL.findall(_text(slug)):
        lines = cell.split("\n")
        caption = re.search(r"""^:    caption: (["'])(.+)\1$""", cell, re.M)
        shown: set[str] = set()
        for statement in ast.parse("\n".join("" if line.startswith((":", "%")) else line for line in lines)).body:
            tables, given = _trace(statement, behind)
            for name in given:
                behind[name] = tables | behind.get(name, set()) if isinstance(statement, ast.AugAssign) else tables
            if isinstance(statement, ast.Expr):
                shown |= tables
                if getattr(getattr(statement.value, "func", None), "id", "") == "explore":
                    words = {each.arg: ast.literal_eval(each.value) for each in statement.value.keywords if each.arg in ("name", "title")}
                    found.append(Figure(words["name"], words["title"], _in_order(tables)))
            elif not isinstance(statement, (ast.Assign, ast.FunctionDef)):
                shown |= tables
        if caption:
            number = sum(figure.anchor.startswith("figure-") for figure in found) + 1
            found.append(Figure(f"figure-{number}", re.match(r".+?[.?](?= |$)", caption[2])[0], _in_order(shown)))
    return found


def _trace(statement, behind):
    """The tables that a statement names, or that the names in it were made from; and the names that it gives."""
    read, given, inner, found = set(), set(), set(), set()
    for each in ast.walk(statement):
        if isinstance(each, ast.Name):
            (read if isinstance(each.ctx, ast.Load) else given).add(each.id)
        elif isinstance(each, ast.Constant) and isinstance(each.value, str):
            found.update(re.findall(r"data/([\w-]+)\.csv", each.value))
        elif isinstance(each, ast.arg):
            inner.add(each.arg)
        elif isinstance(each, ast.comprehension):
            inner.update(name.id for name in ast.walk(each.target) if isinstance(name, ast.Name))
    if isinstance(statement, ast.FunctionDef):
        inner, given = inner | given, {statement.name}
    if isinstance(statement, ast.For):
        read -= given  # what a loop sets, it does not take from an earlier cell
    return found.union(*(behind.get(name, set()) for name in read - inner)), given - inner


def _in_order(tables):
    return tuple(name for name in resources() if name in tables)


# --- sources


def cited_in(row: dict[str, str]) -> list[str]:
    """Source keys of a row: of its source columns and in brackets in its notes."""
    keys = []
    for column, value in row.items():
        if column in ("source", "sources", "quote_source"):
            keys += [key for key in value.split(";") if key]
        else:
            for bracket in KEYS_IN_BRACKETS.findall(value):
                keys += re.split(r";\s*", bracket)
    return keys


def cited_on(text: str) -> set[str]:
    """Source keys that a page cites in its text or its code."""
    keys = set(re.findall(r"cite\('([a-z0-9-]+)'\)", text))
    for group in re.findall(r"\{cite:[a-z]+\}`([^`]+)`", text):
        keys |= {key.strip() for key in group.split(",")}
    return keys


def sources() -> dict[str, list[str]]:
    """Where each source is used: key -> slugs of pages in reading order.

    A page uses the sources that it cites and those of the rows that it shows. A row belongs to the chapter in its
    column `chapter`, or else to that of the row its foreign key names, or else to the pages that read it.
    """
    order = list(pages())
    used: dict[str, set[str]] = {}
    for slug in order:
        for key in cited_on(_text(slug)):
            used.setdefault(key, set()).add(slug)
    tables = {name: rows(name) for name, resource in resources().items() if "schema" in resource}
    reading = readers()
    chapter_of: dict[tuple[str, str], set[str]] = {}  # (table, value of its first column) -> slugs
    links = {name: [(link["fields"], link["reference"]["resource"]) for link in resources()[name]["schema"].get("foreignKeys", [])] for name in tables}
    for name, table in sorted(tables.items(), key=lambda item: bool(links[item[0]]) and "chapter" not in item[1][0]):
        for row in table:
            if "chapter" in row:
                where = {row["chapter"]}
            else:
                where = {slug for slug, kept in reading.get(name, {}).items() if kept is None or row[kept[0]] in kept[1]}
                for column, other in links[name]:
                    where = where & chapter_of.get((other, row[column]), where) or where
            chapter_of.setdefault((name, next(iter(row.values()))), set()).update(where)
            for key in cited_in(row):
                used.setdefault(key, set()).update(where)
    return {key: [slug for slug in order if slug in where] for key, where in used.items()}


# --- counts and the citation, for the page on how the book was made

KINDS = {
    "news": "news reports",
    "analysis": "pieces of analysis and comment",
    "official": "official statements and pages",
    "scholarly": "works of scholarship",
    "treaty": "treaties and laws",
    "dataset": "data sets and reference works",
    "blog": "blogs",
}


def facts() -> dict[str, str]:
    """What the page on how the book was made counts or repeats: name -> words."""
    entries = (BOOK / "references.bib").read_text(encoding="utf-8")
    fields = {name: re.findall(rf"^  {name} = \{{(.*)\}},?$", entries, re.M) for name in ("keywords", "langid", "note", "howpublished")}
    kinds, languages = Counter(fields["keywords"]), Counter(fields["langid"])
    others = {language: number for language, number in languages.items() if language not in ("en", "ru")}
    tables = [name for name, resource in resources().items() if "schema" in resource]
    citation = yaml.safe_load((BOOK / "CITATION.cff").read_text(encoding="utf-8"))
    repository = yaml.safe_load((BOOK / "_config.yml").read_text(encoding="utf-8"))["repository"]["url"].rstrip("/")
    author, title, version = citation["authors"][0]["name"], citation["title"], citation["version"]
    year = citation["date-released"].year
    return {
        "sources": f"{len(fields['keywords']):,}",
        "kinds": _listed([f"{number} {KINDS[kind]}" for kind, number in kinds.most_common()]),
        "languages": f"{languages['en']} in English, {languages['ru']} in Russian and {sum(others.values())} in {len(others)} other languages",
        "whole": str(sum(note.startswith(("Whole", "Core reading, read in full")) for note in fields["note"])),
        "copies": str(sum("copy" in place for place in fields["howpublished"])),
        "tables": str(len(tables)),
        "rows": f"{sum(len(rows(name)) for name in tables):,}",
        "fingerprinted": str(len(json.loads((DATA / "fingerprints.json").read_text(encoding="utf-8")))),
        "repository": repository,
        "citation": f"{author} ({year}). *{title}*. Version {version}. <{repository}>",
        "bibtex": f"@misc{{casebook{year},\n  author = {{{{{author}}}}},\n  title = {{{{{title}}}}},\n  year = {{{year}}},\n"
        f"  version = {{{version}}},\n  url = {{{repository}}}\n}}",
    }


def _listed(parts):
    return ", ".join(parts[:-1]) + " and " + parts[-1]


# --- the data package


#: Where the build writes the package, beside the front page.
PACKAGE = "casebook-data.zip"


@functools.cache
def package() -> bytes:
    """All tables, their description, the bibliography and the license as one ZIP file."""
    names = ["CITATION.cff", "LICENSE", "references.bib", "data/README.md", "data/datapackage.json"]
    names += [f"data/{resource['path']}" for resource in resources().values()]
    return zipped({f"casebook-data/{name}": (BOOK / name).read_bytes() for name in sorted(names)})


def zipped(members: dict[str, bytes], stored: tuple[str, ...] = ()) -> bytes:
    """A ZIP file that has the same bytes whenever and wherever it is made.

    Parameters
    ----------
    members : dict
        Name in the archive -> content, in the order in which they are written.
    stored : tuple of str
        Members that are kept uncompressed.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            member.create_system, member.external_attr = 3, 0o644 << 16
            archive.writestr(member, content)
    return stream.getvalue()
