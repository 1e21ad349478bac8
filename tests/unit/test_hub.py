"""What the book says about a JupyterHub is what was measured, and its settings agree with each other."""

import json
import re
import types
from urllib.parse import parse_qsl

import hub
import notebooks
import pytest
import yaml
from casebook.usage import chapters
from conftest import BOOK
from test_build import soup_of
from test_teaching import cells_of

PAGE = (BOOK / "teaching" / "hub.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(book):
    return soup_of(book, "teaching/hub.html")


@pytest.fixture(scope="module")
def settings():
    """What teaching/hub/jupyterhub_config.py sets: class -> name -> value."""
    config = types.SimpleNamespace(Spawner=types.SimpleNamespace(), JupyterHub=types.SimpleNamespace())
    exec((BOOK / "teaching/hub/jupyterhub_config.py").read_text(encoding="utf-8"), {"get_config": lambda: config})
    return {name: vars(each) for name, each in vars(config).items()}


@pytest.fixture(scope="module")
def values():
    return yaml.safe_load((BOOK / "teaching/hub/kubernetes.yaml").read_text(encoding="utf-8"))


def test_the_page_shows_what_was_measured(page):
    found = hub.measured()
    shown = {row[0]: row[1:] for row in cells_of(page.find(id="how-many-students-a-machine-carries").find_all("table")[0])[1:]}
    assert list(shown) == list(found["classes"]) and max(map(int, shown)) >= 30
    for number, row in found["classes"].items():
        assert row["completed"] == int(number) and row["failed"] == 0
        assert shown[number][:2] == [number, "0"]
        assert shown[number][-1] == f"{row['MB a student']:,.0f}" and shown[number][-2] == f"{row['wall, s']:,.0f}"


def test_a_larger_machine_carries_more_students(page):
    rows = cells_of(page.find(id="how-many-students-a-machine-carries").find_all("table")[1])[1:]
    students = [int(row[2]) for row in rows]
    largest = hub.measured()["classes"][max(hub.measured()["classes"], key=int)]
    assert students == sorted(students) and students[2] == hub.carried(16_000, largest["MB a student"], largest["MB hub"])


def test_every_link_opens_the_notebook_of_a_chapter(page):
    links = [block.text.strip() for block in page.find(id="links-that-open-a-chapter").select("pre")]
    assert len(links) == len(chapters())
    for slug, link in zip(chapters(), links):
        query = dict(parse_qsl(link.partition("?")[2]))
        assert query["repo"] == notebooks.repository_address() and query["branch"] == "main"
        opened = query["urlpath"].removeprefix(f"lab/tree/{query['targetpath']}/")
        assert opened == f"chapters/{slug}.ipynb" and (BOOK / opened).exists()


def test_what_a_student_is_given_is_enough_and_the_same_everywhere(settings, values):
    needed = max(row["MB a student"] for row in hub.measured()["classes"].values())
    memory = values["singleuser"]["memory"]
    assert memory == {"guarantee": settings["Spawner"]["mem_guarantee"], "limit": settings["Spawner"]["mem_limit"]}
    assert 1.2 * needed <= int(memory["guarantee"].removesuffix("M"))
    assert f"limits.memory {memory['limit']}" in PAGE
    idle = values["cull"]["timeout"]
    assert f"--timeout={idle}" in json.dumps([service["command"] for service in settings["JupyterHub"]["services"]])
    assert f"services.cull.timeout {idle}" in PAGE


def test_versions_on_the_page_are_those_that_were_measured():
    pinned = (BOOK / "requirements-hub.txt").read_text(encoding="utf-8")
    for name, version in re.findall(r"(nbgitpuller)==([\d.]+)", PAGE):
        assert f"{name}=={version}" in pinned
