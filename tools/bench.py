"""Measure this book beside the template that `jupyter-book create` writes: build times, weight, Lighthouse, axe.

    python tools/bench.py                                          everything, half an hour or more
    python tools/bench.py --pages chapters/origins.html --skip lighthouse --json bench.json

Both books are built from copies in a temporary folder, in turn, because a machine is never equally fast for long:
the ratios count, not the seconds. Pages are served compressed, as a static host does, and can reach no other host.
What more events and more chapters cost: tools/bench_growth.py.
"""

import argparse
import asyncio
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit

try:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Browser, Error, sync_playwright
    from tabulate import tabulate
    from tornado.httpserver import HTTPServer
    from tornado.netutil import bind_sockets
    from tornado.web import Application, StaticFileHandler
except ImportError as missing:
    sys.exit(f"The benchmark needs the package {missing.name}. Install it with: pip install -r requirements-test.txt")

BOOK = Path(__file__).resolve().parents[1]
LIGHTHOUSE = BOOK / "tools/bench/node_modules/lighthouse/cli/index.js"
JUPYTER_BOOK = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]
NOT_COPIED = shutil.ignore_patterns("_build", ".venv", ".git", "node_modules", "__pycache__", ".pytest_cache", ".ipynb_checkpoints")
ONLY_HERE = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # every other host is unknown to the browser
BROWSER_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LOOKS = {"light": (1280, 900), "dark": (1280, 900), "phone": (360, 740)}
READ_TO_THE_END = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 700) { scrollTo(0, y); await new Promise(requestAnimationFrame) }
}"""
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SCORES = {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100}  # name -> budget


# --- arithmetic


class Row(NamedTuple):
    """A line of the report: what was measured, for both books, and what the book allows itself."""

    what: str
    ours: float | None
    template: float | None
    ratio: str = ""
    budget: str = ""
    kept: str = ""


def ratios(ours: list[float], template: list[float]) -> list[float]:
    """The ratio of each pair of measurements that were made one after the other."""
    return [mine / other for mine, other in zip(ours, template, strict=True)]


def spread(values: list[float]) -> str:
    """Median and range, such as ``4.40 (4.21-4.62)``."""
    return f"{median(values):.2f} ({min(values):.2f}-{max(values):.2f})" if len(values) > 1 else f"{values[0]:.2f}"


def verdict(value: float | None, budget: float | None, at_least: bool = False) -> str:
    """``✓`` if a value keeps its budget, ``missed`` if not, ``not measured``; nothing without a budget."""
    if budget is None:
        return ""
    if value is None:
        return "not measured"
    return "✓" if (value >= budget if at_least else value <= budget) else "missed"


# --- builds


class Build(NamedTuple):
    """A build: how long it took, how much of the processors all its programs used, and its log."""

    seconds: float
    processor: float
    log: str


def processor_seconds() -> float:
    """Processor time of all programs that this one has started and that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run_build(source: Path, output: Path) -> Build:
    """Build a book and time it.

    Parameters
    ----------
    source, output : pathlib.Path
        Folder of the book; folder for `_build`.

    Returns
    -------
    Build

    Raises
    ------
    SystemExit
        If the build fails, with the last lines of its log, or if something ends it.
    """
    start, used = time.perf_counter(), processor_seconds()
    command = [*JUPYTER_BOOK, "build", str(source), "-n", "--path-output", str(output)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
    try:
        log = re.sub(r"\x1b\[[\d;]*m", "", process.communicate()[0])
    except BaseException:
        os.killpg(process.pid, signal.SIGKILL)  # its workers would go on writing into a folder that is being removed
        process.wait()
        raise
    if process.returncode < 0:
        sys.exit(f"The build of {source.name} was ended from outside, by {signal.Signals(-process.returncode).name}. Nothing was reported.")
    if process.returncode:
        sys.exit(f"The build of {source.name} failed. The last lines of its log:\n\n{end_of_log(log)}")
    return Build(time.perf_counter() - start, processor_seconds() - used, log)


def end_of_log(log: str) -> str:
    """The last lines of a log that tell what went wrong: those before jupyter-book says where in its own code it noticed."""
    told = re.split(r'\nTraceback [^\n]*\n  File "[^"\n]*jupyter_book.sphinx\.py"', log, maxsplit=1)[0]
    return "\n".join(told.strip().splitlines()[-15:])


def time_builds(source: Path, output: Path, *edited: Path) -> tuple[dict[str, float], str]:
    """Time a cold build, a rebuild of nothing, and one after each of some files was touched; return the first log, too.

    Parameters
    ----------
    source, output : pathlib.Path
        Folder of the book; folder for `_build`, emptied first.
    *edited : pathlib.Path
        Sources of pages.
    """
    shutil.rmtree(output, ignore_errors=True)
    cold = run_build(source, output)
    seconds = {"cold": cold.seconds, "processor": cold.processor, "no-op": run_build(source, output).seconds}
    for page in edited:
        os.utime(page)
        seconds[page.stem] = run_build(source, output).seconds
    say(f"  {source.name}: " + ", ".join(f"{name} {value:.1f} s" for name, value in seconds.items()))
    return seconds, cold.log


def copy_book(target: Path) -> Path:
    """Copy this book without what was built from it, so that nothing in the repository is touched."""
    return Path(shutil.copytree(BOOK, target, ignore=NOT_COPIED))


def create_template(target: Path) -> Path:
    """Write the template of `jupyter-book create`."""
    made = subprocess.run([*JUPYTER_BOOK, "create", str(target)], capture_output=True, text=True)
    if made.returncode:
        sys.exit(f"jupyter-book create failed: {(made.stderr or made.stdout).strip().splitlines()[-1]}")
    return target


def page_names(book: Path, part: str = "") -> list[str]:
    """Pages that a table of contents names, such as ``chapters/origins.html``; only those under the caption `part`, if given."""
    contents = (book / "_toc.yml").read_text(encoding="utf-8")
    if part:
        contents = re.search(rf"caption: {part}\n(.*?)(?=caption:|\Z)", contents, re.S)[1]
    return [f"{name}.html" for name in re.findall(r"(?:file|root): (\S+)", contents)]


# --- pages


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder compressed; gives its address."""
    [socket] = bind_sockets(0, "127.0.0.1")
    loop = asyncio.new_event_loop()

    async def start():
        files = [("/(.*)", StaticFileHandler, {"path": str(folder), "default_filename": "index.html"})]
        HTTPServer(Application(files, compress_response=True, log_function=lambda handler: None)).add_socket(socket)

    loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def find_chromium() -> str | None:
    """Path of a Chromium: $CHROMIUM or one on the PATH; None leaves the choice to Playwright."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@contextmanager
def open_browser() -> Iterator[Browser | None]:
    """A Chromium, or None and a line that says what to install."""
    with sync_playwright() as playwright:
        try:
            flags = [*BROWSER_FLAGS, f"--host-resolver-rules={ONLY_HERE}"]
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        except Error:
            say("not measured: pages. There is no Chromium; install one or set CHROMIUM to its path.")
            browser = None
        yield browser
        if browser:
            browser.close()


def weigh_page(browser: Browser, address: str) -> dict[str, float]:
    """What a first visit loads when the page is read to its end: kB sent, requests, and those to other hosts."""
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    asked, done = [], []
    tab.on("request", lambda request: asked.append(urlsplit(request.url)))
    tab.on("requestfinished", lambda request: done.append(request))
    tab.goto(address)
    tab.evaluate(READ_TO_THE_END)
    tab.wait_for_load_state("networkidle")
    web = [url for url in asked if url.scheme in ("http", "https")]
    weight = sum(request.sizes()["responseBodySize"] for request in done if request.url.startswith("http"))
    tab.close()
    return {"kB": round(weight / 1000, 1), "requests": len(web), "third-party": sum(url.netloc != urlsplit(address).netloc for url in web)}


def count_violations(browser: Browser, address: str) -> dict[str, int]:
    """Elements in which axe-core finds a rule of WCAG 2.2 A or AA broken: ``axe light`` and so on."""
    found = {}
    for look, (width, height) in LOOKS.items():
        theme = "dark" if look == "dark" else "light"
        tab = browser.new_page(viewport={"width": width, "height": height})
        tab.add_init_script(f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}')")
        tab.goto(address)
        tab.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        tab.wait_for_timeout(800)  # until what was folded has faded in, or its contrast is misread
        rules = Axe().run(tab, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}).response["violations"]
        found[f"axe {look}"] = sum(len(rule["nodes"]) for rule in rules)
        tab.close()
    return found


def why_no_lighthouse() -> str | None:
    """What is missing to run Lighthouse, as a sentence; None if nothing is."""
    if not shutil.which("node"):
        return "There is no node; install Node.js 20 or newer."
    if not LIGHTHOUSE.exists():
        return "Lighthouse is not installed; run: npm ci --prefix tools/bench"
    return None


def run_lighthouse(address: str) -> dict[str, int]:
    """Scores of Lighthouse for a phone on a slow line, 0 to 100, medians of three runs; none, and a line, if it fails."""
    runs = []
    flags = " ".join(["--headless=new", *BROWSER_FLAGS, f"--host-resolver-rules='{ONLY_HERE}'"])
    options = ["--quiet", "--no-enable-error-reporting", f"--only-categories={','.join(SCORES)}", f"--chrome-flags={flags}"]
    environment = {**os.environ, **({"CHROME_PATH": find_chromium()} if find_chromium() else {})}
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "report.json"  # a pipe would cut a long report short
        for _ in range(3):
            told.unlink(missing_ok=True)
            command = ["node", str(LIGHTHOUSE), address, *options, "--output=json", f"--output-path={told}"]
            run = subprocess.run(command, capture_output=True, text=True, env=environment)
            report = json.loads(told.read_text(encoding="utf-8")) if told.exists() else {"categories": {}}
            scores = {name: category["score"] for name, category in report["categories"].items()}
            if not scores or None in scores.values():
                reason = report.get("runtimeError", {}).get("message") or (run.stderr.strip().splitlines() or ["nothing"])[-1]
                say(f"not measured: Lighthouse of {address}. It said: {reason}")
                return {}
            runs.append(scores)
    return {name: round(100 * median(run[name] for run in runs)) for name in SCORES}


def measure_pages(html: Path, pages: list[str], scored: list[str], skip: list[str]) -> dict[str, dict]:
    """Measure built pages; Lighthouse only on those in `scored`."""
    found = {page: {} for page in pages}
    with served(html) as site:
        with open_browser() as browser:
            if not browser:
                return found
            for page in pages:
                found[page] = weigh_page(browser, f"{site}/{page}")
                if "axe" not in skip:
                    found[page].update(count_violations(browser, f"{site}/{page}"))
                say(f"  {page}: {found[page]}")
        for page in [] if "lighthouse" in skip else scored:
            scores = run_lighthouse(f"{site}/{page}")
            found[page].update(scores)
            say(f"  {page}: {scores}")
    return found


# --- the report


def build_rows(pairs: list[tuple[dict, dict]], warnings: tuple[int, int]) -> list[Row]:
    """Rows of the build times from pairs of measurements, ours and the template's."""
    steps = [("cold build, s", "cold", "cold", 6),
             ("cold build, processor time, s", "processor", "processor", None),
             ("no-op rebuild, s", "no-op", "no-op", 2),
             ("one chapter edited (template: no-op), s", "edited", "no-op", 4)]
    rows = []
    for what, step, beside, budget in steps:
        ours, template = [mine[step] for mine, _ in pairs], [other[beside] for _, other in pairs]
        found = ratios(ours, template)
        limit = f"{budget} x" if budget else ""
        rows.append(Row(what, median(ours), median(template), spread(found), limit, verdict(median(found), budget)))
    return [*rows, Row("warnings of a cold build, -n", *warnings, "", "0", verdict(warnings[0], 0))]


def page_rows(ours: dict[str, dict], template: dict[str, dict], chapters: list[str]) -> list[Row]:
    """Rows of the pages: the worst page of each book stands for it."""
    only = {page: found for page, found in ours.items() if page in chapters}
    measures = [("third-party requests, most on a page", "third-party", ours, 0, max),
                ("requests, most on a page", "requests", ours, None, max),
                ("first load of the heaviest chapter, kB gzip", "kB", only, 250, max),
                *((f"axe violations, most on a page, {look}", f"axe {look}", ours, 0, max) for look in LOOKS),
                *((f"Lighthouse {score}, lowest chapter", score, only, budget, min) for score, budget in SCORES.items())]
    rows = []
    for what, name, pages, budget, worst in measures:
        mine, other = (worst((page[name] for page in book.values() if name in page), default=None) for book in (pages, template))
        ratio = f"{mine / other:.2f}" if mine is not None and other else ""
        rows.append(Row(what, mine, other, ratio, "" if budget is None else str(budget), verdict(mine, budget, at_least=worst is min)))
    return rows


def table(heads: list[str], rows: list) -> str:
    """A table for the terminal: numbers to the right with one decimal, counts without, a dash for what was not measured."""

    def shown(value):
        return "-" if value is None else f"{value:.1f}" if isinstance(value, float) else str(value)

    left = sum(isinstance(value, str) for value in rows[0][:2])  # columns of names
    lines = [[shown(value) for value in row] for row in rows]
    return tabulate(lines, heads, disable_numparse=True, colalign=["left"] * left + ["right"] * (len(heads) - left))


def page_table(books: dict[str, dict[str, dict]]) -> str:
    """Every measured page of both books as a table."""
    names = ["kB", "requests", "third-party", *(f"axe {look}" for look in LOOKS), *SCORES]
    rows = [[book, page, *map(found.get, names)] for book, pages in books.items() for page, found in pages.items()]
    return table(["book", "page", *names], rows)


def say(line: str) -> None:
    """Tell the progress, apart from the report."""
    print(line, file=sys.stderr, flush=True)


def write_json(path: Path, found: dict) -> None:
    """Write what was found, all of it or nothing."""
    draft = path.with_name(path.name + ".part")
    draft.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(path)


@contextmanager
def workplace() -> Iterator[Path]:
    """A temporary folder that is removed in the end, also after Ctrl-C or a request to stop."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped before the end; nothing was reported."))
    try:
        with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)
    except KeyboardInterrupt:
        sys.exit("\nStopped before the end; nothing was reported.")


def output_file(text: str) -> Path:
    """The file of --json; refused at once if its folder does not exist."""
    path = Path(text)
    if path.is_dir() or not path.parent.is_dir():
        raise argparse.ArgumentTypeError(f"{text!r} cannot be written: name a file in a folder that exists")
    return path


def main(pairs: int, pages: list[str], skip: list[str], report: Path | None) -> None:
    """Measure both books and print the report."""
    chapters = [page for page in pages if page in page_names(BOOK, "Chapters")]
    if "lighthouse" not in skip and (reason := why_no_lighthouse()):
        say(f"not measured: Lighthouse. {reason}")
        skip = [*skip, "lighthouse"]
    load = os.getloadavg()[0] / os.cpu_count()  # before this program adds its own
    with workplace() as folder:
        ours, template = copy_book(folder / "book"), create_template(folder / "template")
        edited = ours / page_names(ours, "Chapters")[0].replace(".html", ".md")
        times = []
        for number in range(1, pairs + 1):
            say(f"pair {number} of {pairs}")
            theirs, their_log = time_builds(template, folder / "out-template")
            mine, log = time_builds(ours, folder / "out-book", edited)
            times.append(({**mine, "edited": mine.pop(edited.stem)}, theirs))
        warnings = tuple(len(re.findall(r"\b(?:WARNING|ERROR): ", each)) for each in (log, their_log))
        say("pages")
        found = {"ours": measure_pages(folder / "out-book/_build/html", pages, chapters, skip)}
        stock = page_names(template)
        found["template"] = measure_pages(folder / "out-template/_build/html", stock, stock, skip)
    rows = [*build_rows(times, warnings), *page_rows(found["ours"], found["template"], chapters)]
    print(table(list(Row._fields), rows))
    print(f"\nBuilds: median and range of {pairs} pair(s), one after the other. The ratios count; seconds depend on the machine.")
    print(f"Other work on the machine at the start: {load:.1f} programs for each processor. Above 0.5, measure again when it is quiet.")
    print("Pages: the worst stands for its book. Other hosts cannot be reached: their answers are not weighed. All pages:\n")
    print(page_table(found))
    if report:
        write_json(report, {"summary": [row._asdict() for row in rows], "builds": times, "load": load, "pages": found})


def read_options(arguments: list[str] | None = None) -> dict:
    """The arguments of `main` from a command line; wrong ones are refused before anything is built."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=3, choices=range(1, 21), metavar="N", help="builds of each book, 1 to 20 (3)")
    parser.add_argument("--pages", type=lambda text: text.split(","), default=page_names(BOOK), metavar="A,B",
                        help="pages of the book to measure (all)")
    parser.add_argument("--skip", action="append", default=[], choices=["lighthouse", "axe"], help="leave this out; may be repeated")
    parser.add_argument("--json", dest="report", type=output_file, metavar="FILE", help="also write every number to this file")
    given = parser.parse_args(arguments)
    if unknown := [page for page in given.pages if page not in page_names(BOOK)]:
        parser.error(f"no page {', '.join(unknown)} in this book; there is: {', '.join(page_names(BOOK))}")
    return vars(given)


if __name__ == "__main__":
    main(**read_options())
