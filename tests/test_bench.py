"""The benchmark calculates correctly, and its enlarged copies are books. What it measures, depends on the machine and is not tested."""

import csv
import json
import sys
from urllib.parse import parse_qsl

import bench
import bench_growth
import bench_hub
import hub
import pytest
from bench import BOOK
from frictionless import Package

COUNTS = {"third-party": 0, "axe light": 0, "axe dark": 0, "axe phone": 0}
PAGE = {"kB": 200.0, "requests": 20, **COUNTS, **dict.fromkeys(bench.SCORES, 100)}


@pytest.fixture
def book(tmp_path):
    return bench.copy_book(tmp_path / "book")


def test_each_build_is_compared_with_its_neighbor():
    assert bench.ratios([10, 30, 20], [5, 10, 10]) == [2, 3, 2]
    assert bench.spread([2, 3, 2.5]) == "2.50 (2.00-3.00)" and bench.spread([2]) == "2.00"
    with pytest.raises(ValueError):
        bench.ratios([1, 2], [1])


def test_a_budget_is_kept_up_to_its_limit():
    assert [bench.verdict(value, 6) for value in (5.9, 6, 6.1, None)] == ["✓", "✓", "missed", "not measured"]
    assert [bench.verdict(value, 97, at_least=True) for value in (96, 97, 98)] == ["missed", "✓", "✓"]


def test_rebuilds_are_compared_with_a_rebuild_of_the_template_that_changes_nothing():
    pair = ({"cold": 60.0, "processor": 90.0, "no-op": 6.0, "edited": 13.0}, {"cold": 10.0, "processor": 9.0, "no-op": 3.0})
    cold, processor, nothing, edited, warnings = bench.build_rows([pair] * 3, (1, 8))
    assert (cold.ratio, cold.kept) == ("6.00 (6.00-6.00)", "✓")
    assert (processor.ratio, processor.budget, processor.kept) == ("10.00 (10.00-10.00)", "", "")
    assert (nothing.ratio, nothing.kept) == ("2.00 (2.00-2.00)", "✓")
    assert (edited.ratio, edited.kept) == ("4.33 (4.33-4.33)", "missed")
    assert (warnings.ours, warnings.template, warnings.kept) == (1, 8, "missed")


def test_the_worst_page_stands_for_its_book_and_only_chapters_have_a_budget_of_weight():
    heavy = {**PAGE, "kB": 900.0, "requests": 70, "performance": 60}
    ours = {"a.html": PAGE, "b.html": {**PAGE, "kB": 240.0, "axe dark": 2}, "reference.html": heavy}
    rows = {row.what: row for row in bench.page_rows(ours, {"c.html": PAGE, "d.html": heavy}, ["a.html", "b.html"])}
    weight = rows["first load of the heaviest chapter, kB gzip"]
    assert (weight.ours, weight.template, weight.ratio, weight.kept) == (240, 900, "0.27", "✓")
    score = rows["Lighthouse performance, lowest chapter"]
    assert (score.ours, score.template, score.kept) == (100, 60, "✓")
    assert rows["axe violations, most on a page, dark"].kept == "missed"
    assert rows["requests, most on a page"][1:] == (70, 70, "1.00", "", "")


def test_what_was_not_measured_is_told_so_and_never_as_kept():
    pages = {"a.html": {"kB": 200.0, "requests": 20}, "b.html": {}}
    rows = {row.what: row for row in bench.page_rows(pages, pages, ["a.html", "b.html"])}
    assert rows["Lighthouse seo, lowest chapter"][1:] == (None, None, "", "100", "not measured")
    assert rows["first load of the heaviest chapter, kB gzip"].kept == "✓"
    first, second = bench.page_table({"ours": pages}).splitlines()[2:]
    assert first.split() == ["ours", "a.html", "200.0", "20", *"--------"] and second.split() == ["ours", "b.html", *"----------"]


def test_growth_is_the_slope_of_the_points():
    assert bench_growth.slope([5, 10, 20], [11, 21, 41]) == pytest.approx(2)
    assert bench_growth.slope([0, 1, 2], [0, 3, 3]) == pytest.approx(1.5)
    assert bench_growth.slope([5, 10, 20], [11, None, 41]) is None
    rows = bench_growth.growth_rows({100: {"kB": 50.0}, 200: {"kB": 90.0}, 400: {"kB": 170.0}}, "events", 100)
    assert rows[0] == ["100 events", 50.0] and rows[-1] == ["100 more events", pytest.approx(40)]


def test_a_copy_with_three_times_the_events_is_valid_and_every_event_has_its_own_id(book):
    before = bench_growth.multiply_events(book, 1)
    assert bench_growth.multiply_events(book, 3) == 3 * before
    with open(book / "data" / "events.csv", encoding="utf-8", newline="") as file:
        events = list(csv.DictReader(file))
    assert len({event["id"] for event in events}) == len(events) == 3 * before
    for old, first, second in zip(events, events[before:], events[2 * before :]):
        assert old["date_start"] < first["date_start"] < second["date_start"] and old["summary"] == first["summary"] == second["summary"]
    report = Package(str(book / "data" / "datapackage.json")).validate()
    assert report.valid, [error.message for task in report.tasks for error in task.errors]


def test_a_copy_with_ten_chapters_lists_each_once_and_has_its_page(book):
    originals = bench.page_names(book, "Chapters")
    assert bench_growth.multiply_chapters(book, 10) == 10
    chapters = bench.page_names(book, "Chapters")
    assert chapters[: len(originals)] == originals and len(set(chapters)) == 10
    assert all((book / page).with_suffix(".md").exists() for page in chapters)
    assert set(bench.page_names(BOOK)) < set(bench.page_names(book)), "a page got lost"


def test_a_copy_leaves_out_what_was_built_and_installed(book):
    assert not [name for name in ("_build", ".venv", ".git", "tools/bench/node_modules") if (book / name).exists()]


def test_what_npm_installs_is_pinned_and_its_lock_names_no_address():
    wanted = json.loads((BOOK / "tools/bench/package.json").read_text(encoding="utf-8"))
    text = (BOOK / "tools/bench/package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    for name, version in {**wanted["dependencies"], **wanted["overrides"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version
    asked = {(name, version) for package in packages.values() for name, version in package.get("dependencies", {}).items()}
    newest = {name for name, version in asked if version == "latest"}
    assert newest <= set(wanted["overrides"]), "npm ci refuses the lock as soon as a newer version is out"
    assert '"resolved"' not in text


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["--pages", "chapters/nope.html"], "no page chapters/nope.html in this book; there is: index.html"),
        (["--pairs", "0"], "invalid choice"),
        (["--json", "no-such-folder/bench.json"], "cannot be written: name a file in a folder that exists"),
    ],
)
def test_a_wrong_option_is_refused_before_anything_is_built(arguments, message, capsys):
    with pytest.raises(SystemExit):
        bench.read_options(arguments)
    assert message in capsys.readouterr().err


def test_a_build_that_fails_ends_with_the_end_of_its_log(tmp_path):
    (tmp_path / "book").mkdir()
    with pytest.raises(SystemExit, match=r"The build of book failed\. The last lines of its log:\n\n.+"):
        bench.run_build(tmp_path / "book", tmp_path / "out")


def test_a_build_that_something_ended_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "JUPYTER_BOOK", [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"])
    with pytest.raises(SystemExit, match="The build of book was ended from outside, by SIGTERM"):
        bench.run_build(tmp_path / "book", tmp_path / "out")


def test_the_end_of_a_log_is_the_message_and_not_the_code_that_noticed():
    noticed = 'Traceback (most recent call last):\n  File "/x/jupyter_book/sphinx.py", line 167, in build_sphinx\n    app.build()'
    log = "reading\n" * 20 + f"ValueError: 48 combinations\n{noticed}\n"
    assert bench.end_of_log(log) == "reading\n" * 14 + "ValueError: 48 combinations"


def test_without_lighthouse_one_sentence_says_what_to_run(monkeypatch, tmp_path):
    monkeypatch.setattr(bench, "LIGHTHOUSE", BOOK / "tools/bench/not-installed/lighthouse/cli/index.js")
    monkeypatch.setattr(bench.shutil, "which", lambda name: f"/bin/{name}")
    assert bench.why_no_lighthouse() == "Lighthouse is not installed; run: npm ci --prefix tools/bench"
    monkeypatch.setattr(bench.shutil, "which", lambda name: None)
    assert "no node" in bench.why_no_lighthouse()


# --- the class in a JupyterHub

CLASS = [bench_hub.Student("student-1", "origins", 4.0, 8.0, ""), bench_hub.Student("student-2", "comparison", 6.0, 10.0, ""),
         bench_hub.Student("student-3", "origins", 5.0, None, "StudentFailed: cell 3: ValueError: x"), bench_hub.Student("student-4", "origins", None, None, "login")]


def test_a_class_is_told_with_who_failed_and_how_long_the_slowest_took():
    told = bench_hub.row(CLASS, 20.0, {"students": 1200.0, "hub": 150.0})
    assert told == {"completed": 2, "failed": 2, "notebook open, s": 5.0, "slowest": 6.0, "chapter run, s": 9.0, "slowest run": 10.0,
                    "wall, s": 20.0, "MB a student": 300.0, "MB hub": 150.0}
    assert bench_hub.row(CLASS[3:], 1.0, {"students": 0.0, "hub": 1.0})["slowest run"] is None


def test_a_machine_carries_students_by_what_is_left_of_its_memory():
    assert hub.carried(16_000, 300, 300) == 40  # a fifth free, 800 MB for system and hub: 12,000 MB by 300
    assert hub.carried(500, 300, 200) == 0


def test_a_cluster_is_sized_by_what_is_scarcer(monkeypatch):
    monkeypatch.setattr(hub, "measured", lambda: {"processors": 2, "MB": 16_000, "classes": {"10": {"wall, s": 30.0}, "20": {"wall, s": 120.0}}})
    assert hub.processor_seconds(hub.measured()) == 12.0  # of the larger class: 120 s on two processors for twenty
    assert hub.nodes(300) == {"by memory": 3, "by processors": 2, "needed": 3}  # 300 x 512 MB by 51,200; 3,600 s by 16 x 180
    assert hub.nodes(300, within=60)["needed"] == 4


def test_the_link_for_students_fetches_the_book_and_opens_the_chapter():
    link = hub.pull_link("https://github.com/someone/book", "origins")
    address, _, query = link.partition("?")
    assert address == "hub/user-redirect/git-pull"
    assert dict(parse_qsl(query)) == {"repo": "https://github.com/someone/book", "branch": "main", "targetpath": "book",
                                      "urlpath": "lab/tree/book/chapters/origins.ipynb"}


def test_without_the_proxy_one_sentence_says_what_to_run(monkeypatch, tmp_path):
    monkeypatch.setattr(bench_hub, "PROXY", tmp_path / "none")
    with pytest.raises(SystemExit, match="run: npm ci --prefix tools/bench"):
        bench_hub.main([5], None)
