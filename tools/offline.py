"""Pack the book for people without a connection: one ZIP file that is opened by a double click.

It holds the pages, the notebooks with their data, and the PDF and EPUB editions. Run it by `make offline`.
"""

import argparse
import html
import os
import sys
from pathlib import Path

import yaml

BOOK = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(BOOK / "chapters" / "casebook"))

from usage import zipped  # noqa: E402

FOLDER = "paper-tiger-or-safe-choice"
EDITIONS = {"pdf": "The book as a PDF, for paper", "epub": "The book as an EPUB, for readers and phones"}
#: What a notebook needs to run, beside the twins.
NOTEBOOK_FILES = ("chapters/*.ipynb", "chapters/casebook/*.py", "data/*", "quizzes/*.yml", "references.bib", "requirements.txt", "constraints.txt")
LICENSES = ("LICENSE", "LICENSE-CODE", "CITATION.cff")
START = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 40rem; margin: 0 auto; padding: 2rem 1rem; font: 1.05rem/1.6 system-ui, sans-serif; }}
li {{ padding: .2rem 0; }}
@media (prefers-color-scheme: dark) {{ a {{ color: #8ab4f8; }} a:visited {{ color: #c7a6ff; }} }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>This folder holds the whole book, version {version}. Nothing in it needs a connection.</p>
<ul>
{links}
</ul>
<p>To run the notebooks you need Python and JupyterLab: <code>pip install -r requirements.txt</code> in the folder
<code>notebooks</code> (once, with a connection), then <code>jupyter lab</code>.</p>
</main>
</body>
</html>
"""


def offline_folder(build: Path) -> dict[str, bytes]:
    """Everything the offline folder holds.

    Parameters
    ----------
    build : pathlib.Path
        The folder that `make book`, `make pdf` and `make epub` wrote into.

    Returns
    -------
    dict
        Name in the archive -> content.

    Raises
    ------
    FileNotFoundError
        If an edition is not there, saying which command makes it.
    """
    needed = {"book": build / "html" / "index.html", **{kind: build / kind / f"{FOLDER}.{kind}" for kind in EDITIONS}}
    for command, path in needed.items():
        if not path.is_file():
            raise FileNotFoundError(f"{path.name} is not in {path.parent}: run `make {command}` first")
    citation = yaml.safe_load((BOOK / "CITATION.cff").read_text(encoding="utf-8"))
    names = {"book/index.html": "Read the book in the browser"}
    names |= {f"{FOLDER}.{kind}": words for kind, words in EDITIONS.items()}
    names |= {"notebooks/chapters/": "Notebooks, one a chapter, and their data", "book/casebook-data.zip": "All data as one file"}
    links = "\n".join(f'<li><a href="{name}">{html.escape(words)}</a></li>' for name, words in names.items())
    start = START.format(title=html.escape(citation["title"]), version=citation["version"], links=links)
    files = {"START-HERE.html": start.encode()}
    files |= {f"{FOLDER}.{kind}": needed[kind].read_bytes() for kind in EDITIONS}
    files |= {name: (BOOK / name).read_bytes() for name in LICENSES}
    for path in sorted((build / "html").rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            files[f"book/{path.relative_to(build / 'html').as_posix()}"] = path.read_bytes()
    for pattern in NOTEBOOK_FILES:
        for path in sorted(BOOK.glob(pattern)):
            files[f"notebooks/{path.relative_to(BOOK).as_posix()}"] = path.read_bytes()
    return {f"{FOLDER}/{name}": content for name, content in files.items()}


def write_offline(build: Path) -> Path:
    """Write the ZIP file beside the other editions, whole or not at all; return its path."""
    target = build / "offline" / f"{FOLDER}.zip"
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    unfinished.write_bytes(zipped(offline_folder(build)))
    os.replace(unfinished, target)
    return target


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("build", nargs="?", type=Path, default=BOOK / "_build", help="where the editions are (default: _build)")
    try:
        written = write_offline(options.parse_args().build)
    except FileNotFoundError as error:
        sys.exit(str(error))
    print(f"{written}: {written.stat().st_size / 1e6:.1f} MB")
