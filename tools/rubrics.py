"""Rubrics from one source, teaching/rubrics.yml: tables of the page, a CSV file and sheets to print.

    python tools/rubrics.py     write _build/rubrics/rubrics.csv and _build/rubrics/rubrics-print.html

The book offers both files on the page Rubrics; the tests compare them, the page and the chapters with the source.
"""

import csv
import html
import io
from pathlib import Path

import yaml

BOOK = Path(__file__).resolve().parents[1]
SOURCE = BOOK / "teaching" / "rubrics.yml"
#: Headings of a single-point rubric: only the standard is written down, the rest is for the marker's pen.
SINGLE_POINT = ("Not yet: what to mend", "The standard", "Beyond: what is better still")
STYLE = (
    "@page{size:A4 landscape;margin:14mm}body{font:11pt/1.4 sans-serif;color:#1b1f24;margin:1rem auto;max-width:60rem}"
    "section{break-after:page}h1{font-size:1.3rem}table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #5f6670;padding:.4rem;text-align:left;vertical-align:top}tr{break-inside:avoid}"
    ".empty{width:22%}.given{width:5rem}"
)


def load(path: Path = SOURCE) -> dict[str, dict]:
    """Read and check the rubrics.

    Parameters
    ----------
    path : pathlib.Path
        A file like teaching/rubrics.yml.

    Returns
    -------
    dict
        Name -> rubric with `title`, `task`, `rules`, `criteria` and, if it has levels, `levels`.
        A criterion has `name`, `points` and a text for each level, or one `standard`.

    Raises
    ------
    ValueError
        Naming the rubric, the criterion and what is missing.
    """
    rubrics = yaml.safe_load(path.read_text(encoding="utf-8"))
    for name, rubric in rubrics.items():
        for field in ("title", "task", "rules", "criteria"):
            if field not in rubric:
                raise ValueError(f"{path.name}, rubric {name}: `{field}` is missing")
        for criterion in rubric["criteria"]:
            texts = criterion.get("levels", [criterion.get("standard")])
            wanted = len(rubric.get("levels", ["standard"]))
            if len(texts) != wanted or not all(texts):
                raise ValueError(f"{path.name}, rubric {name}, criterion {criterion.get('name')}: {wanted} text(s) are needed")
        points = sum(criterion["points"] for criterion in rubric["criteria"])
        if points != 100:
            raise ValueError(f"{path.name}, rubric {name}: the points add up to {points}; they must make 100")
    return rubrics


def header(rubric: dict) -> list[str]:
    """Column headings of a rubric's table."""
    return ["Criterion (points)", *rubric.get("levels", SINGLE_POINT)]


def rows(rubric: dict) -> list[list[str]]:
    """Cells of a rubric's table, the criterion with its points first."""
    table = []
    for criterion in rubric["criteria"]:
        texts = criterion["levels"] if "levels" in criterion else ["", criterion["standard"], ""]
        table.append([f"**{criterion['name']}** ({criterion['points']})", *texts])
    return table


def table(rubric: dict) -> str:
    """A rubric as a Markdown table under its title."""
    lines = ["| " + " | ".join(cells) + " |" for cells in (header(rubric), ["---"] * len(header(rubric)), *rows(rubric))]
    return f"```{{table}} {rubric['title']}\n" + "\n".join(lines) + "\n```"


def markdown(rubrics: dict[str, dict]) -> str:
    """Every rubric as a section of the page: heading, task, table, rules."""
    parts = []
    for rubric in rubrics.values():
        parts += [f"## {rubric['title']}", rubric["task"], table(rubric)]
        parts += ["\n".join(rubric["rules"])] if rubric["rules"] else []
    return "\n\n".join(parts) + "\n"


def as_csv(rubrics: dict[str, dict]) -> str:
    """Every rubric as one table: a row for each text of a criterion, for spreadsheets and learning systems."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(["rubric", "title", "criterion", "points", "level", "text"])
    for name, rubric in rubrics.items():
        for criterion in rubric["criteria"]:
            texts = zip(rubric["levels"], criterion["levels"]) if "levels" in rubric else [("The standard", criterion["standard"])]
            writer.writerows([name, rubric["title"], criterion["name"], criterion["points"], level, text] for level, text in texts)
    return stream.getvalue()


def print_sheets(rubrics: dict[str, dict]) -> str:
    """One sheet a rubric, with room for the points given and for a name; loads nothing."""
    sheets = []
    for name, rubric in rubrics.items():
        heads = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in [*header(rubric), "Points given"])
        body = "".join(f"<tr>{_criterion(cells)}<td class='given'></td></tr>" for cells in rows(rubric))
        rules = " ".join(html.escape(rule) for rule in rubric["rules"])
        sheets.append(
            f'<section id="{name}"><h1>{html.escape(rubric["title"])}</h1><p>Name: ____________________ Date: ____________ '
            f"Marker: ____________________</p><table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table><p>{rules}</p>"
            "<p>What to do next: ______________________________________________________________</p></section>"
        )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8" />'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\" />"
        '<meta name="viewport" content="width=device-width" /><meta name="robots" content="noindex" />'
        f"<title>Rubrics to print</title><style>{STYLE}</style></head><body>{''.join(sheets)}</body></html>\n"
    )


def _criterion(cells):
    name, points = cells[0].removeprefix("**").split("** ")
    texts = "".join(f"<td>{html.escape(text)}</td>" if text else '<td class="empty"></td>' for text in cells[1:])
    return f'<th scope="row">{html.escape(name)} {points}</th>{texts}'


def write(folder: Path) -> None:
    """Write the CSV file and the print sheets into a folder, each whole or not at all."""
    rubrics = load()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("rubrics.csv", as_csv(rubrics)), ("rubrics-print.html", print_sheets(rubrics))):
        half = folder / f"{name}.part"
        half.write_text(text, encoding="utf-8")
        half.replace(folder / name)


if __name__ == "__main__":
    write(BOOK / "_build" / "rubrics")
    print("written: _build/rubrics/rubrics.csv, _build/rubrics/rubrics-print.html")
