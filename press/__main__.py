"""The commands of the book: python -m press COMMAND. The Makefile names those that a reader needs."""

import argparse
import sys
from pathlib import Path

from sphinx.errors import SphinxError

from casebook.contents import BOOK

from .drawings import social_card
from .editions import assignments, epub, handouts, lms, offline, packs, twins
from .editions.pages import BUILD, edition
from .errors import PressError
from .model import checks, quotations
from .sphinx.editions import lay_out_book

#: The option that says which build an edition is made from.
FOLDER = {"type": Path, "default": BOOK, "help": "folder that holds _build (default: the book)"}


def make_pdf(options) -> None:
    from .editions import chromium, pdf

    written = options.output or edition("pdf")
    with chromium.started() as browser:
        count = pdf.write_pdf(browser, *lay_out_book("print", options.book), written)
    print(f"The PDF is written: {written} ({count} pages, {written.stat().st_size / 1e6:.1f} MB)")


def make_epub(options) -> None:
    written = options.output or edition("epub")
    epub.write_epub(*lay_out_book("ebook", options.book), written)
    print(f"The EPUB is written: {written} ({written.stat().st_size / 1e6:.1f} MB)")


def make_offline(options) -> None:
    written = offline.write_offline(options.book / "_build", options.output)
    print(f"{written}: {written.stat().st_size / 1e6:.1f} MB")


def make_lms(options) -> None:
    print(*lms.write_all(options.output or BUILD / "lms"), sep="\n")


def make_simulation(options) -> None:
    documents = {f"council-june-2010-{name}": words for name, words in handouts.documents().items()}
    print_documents(documents, options.output or BUILD / "simulation")


def make_packs(options) -> None:
    print_documents(packs.documents(options.book / "_build" / "html"), options.output or BUILD / "packs")


def print_documents(documents: dict[str, str], folder: Path) -> None:
    from .editions import chromium, pdf

    with chromium.started() as browser:
        for name, count in pdf.print_all(browser, documents, folder).items():
            print(f"{folder / name}: {count} pages")


def make_assignments(options) -> None:
    for path in assignments.write_all(options.output or assignments.OUTPUT):
        print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


def make_notebooks(options) -> None:
    if not options.check:
        for path in twins.write_twins():
            print(f"{path.name}: written")
    elif stale := twins.stale_twins():
        for path in stale:
            print(f"{path.name}: stale; run: make notebooks")
        sys.exit(1)


def make_fingerprints(options) -> None:
    print(f"{quotations.FINGERPRINTS.name}: {quotations.add(options.folders)} sources written")


def draw_claims(options) -> None:
    print(checks.worksheet(checks.draw(options.seed, options.rows, options.sentences)))


def make_basemap(options) -> None:
    from .drawings import basemap

    print(f"written: {basemap.write_basemap(options.topology)}")


def make_social_card(options) -> None:
    print(f"written: {social_card.write_card()}")


def read_options(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    options = argparse.ArgumentParser(prog="python -m press", description=__doc__)
    commands = options.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name, make, words, output=True):
        parser = commands.add_parser(name, help=words, description=words)
        parser.set_defaults(make=make)
        if output:
            parser.add_argument("output", nargs="?", type=Path, help="file or folder to write (default: in _build)")
        return parser

    command("pdf", make_pdf, "print the whole book as one PDF").add_argument("--book", **FOLDER)
    command("epub", make_epub, "write the whole book as one EPUB").add_argument("--book", **FOLDER)
    command("offline", make_offline, "pack pages, notebooks and editions").add_argument("--book", **FOLDER)
    command("lms", make_lms, "export the quizzes for Canvas and Moodle")
    command("simulation", make_simulation, "print the handouts of the simulation")
    command("packs", make_packs, "print what each chapter has for class").add_argument("--book", **FOLDER)
    command("assignments", make_assignments, "pack the assignments for students and for the grader")
    notebooks = command("notebooks", make_notebooks, "write the notebook twins of the pages", output=False)
    notebooks.add_argument("--check", action="store_true", help="write nothing; fail if a twin is missing or stale")
    fingerprint = command("fingerprint", make_fingerprints, "fingerprint texts that the book quotes", output=False)
    fingerprint.add_argument("folders", nargs="+", type=Path, help="folders of texts, one <key>.txt a source")
    drawn = command("draw", draw_claims, "draw rows and sentences at random, to be checked by a reader", output=False)
    drawn.add_argument("seed", help="the same seed draws the same claims: the hash of the commit")
    drawn.add_argument("--rows", type=int, default=40)
    drawn.add_argument("--sentences", type=int, default=60)
    basemap = command("basemap", make_basemap, "write data/basemap.geojson", output=False)
    basemap.add_argument("topology", type=Path, help="countries-50m.json of world-atlas")
    command("social-card", make_social_card, "draw the picture of a link preview", output=False)
    return options.parse_args(arguments)


def main(arguments: list[str]) -> None:
    """Run a command; what can go wrong ends with one sentence."""
    options = read_options(arguments)
    try:
        options.make(options)
    except ModuleNotFoundError as error:
        sys.exit(f"{error.name} is not installed: use make, or `pip install -e '.[test,grading,basemap]'` first")
    except (PressError, SphinxError, ValueError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
