"""What the book says about a JupyterHub: its settings agree with each other, and the memory is enough."""

import json
import re
import tomllib
from types import SimpleNamespace

import pytest
import yaml
from support.teaching import rows_of, section, source

from casebook.contents import BOOK

PAGE = source("hub")
#: Rows of the tables on what was measured and on what follows from it.
MEASURED, CARRIED = (
    rows_of(table) for table in section(PAGE, "## How many students a machine carries").split("{table}")[1:]
)


@pytest.fixture(scope="module")
def settings():
    """What teaching/hub/jupyterhub_config.py sets: class -> name -> value."""
    config = SimpleNamespace(Spawner=SimpleNamespace(), JupyterHub=SimpleNamespace())
    code = (BOOK / "teaching" / "hub" / "jupyterhub_config.py").read_text(encoding="utf-8")
    exec(code, {"get_config": lambda: config})
    return {name: vars(each) for name, each in vars(config).items()}


@pytest.fixture(scope="module")
def values():
    return yaml.safe_load((BOOK / "teaching" / "hub" / "kubernetes.yaml").read_text(encoding="utf-8"))


def test_a_class_was_measured_and_nobody_failed():
    assert max(int(row[0]) for row in MEASURED) >= 30
    for students, finished, failed, *_ in MEASURED:
        assert (finished, failed) == (students, "0"), f"teaching/hub.md, {students} students at once"


def test_students_by_memory_follow_from_the_largest_class():
    kept = int(re.search(r"A fifth of the memory stays free, and (\d+) MB are kept", PAGE)[1])
    each = int(MEASURED[-1][-1])  # rounded to a MB
    for memory, _, students, _ in CARRIED:
        room, carried = int(memory) * 1000 * 4 / 5 - kept, int(students)
        assert carried * (each - 0.5) <= room < (carried + 1) * (each + 0.5), f"teaching/hub.md, {memory} GB"


def test_what_a_student_is_given_is_enough_and_the_same_everywhere(settings, values):
    memory = values["singleuser"]["memory"]
    assert memory == {"guarantee": settings["Spawner"]["mem_guarantee"], "limit": settings["Spawner"]["mem_limit"]}
    assert int(memory["guarantee"].removesuffix("M")) >= 1.2 * max(int(row[-1]) for row in MEASURED)
    assert f"limits.memory {memory['limit']}" in PAGE
    assert f"{memory['guarantee'].removesuffix('M')} MB guaranteed to each student" in PAGE


def test_servers_end_after_the_same_time_everywhere(settings, values):
    idle = values["cull"]["timeout"]
    commands = [service["command"] for service in settings["JupyterHub"]["services"]]
    assert f"--timeout={idle}" in json.dumps(commands)
    assert f"services.cull.timeout {idle}" in PAGE


def test_versions_on_the_page_are_those_of_the_extra_hub():
    extras = tomllib.loads((BOOK / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    named = re.findall(r"[\w-]+==[\d.]+", PAGE)
    assert named and set(named) <= set(extras["hub"])
