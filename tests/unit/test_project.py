"""How the book is cited, and what GitHub runs."""

import json
import re

import pytest
import yaml

from casebook.contents import BOOK, DATA

WORKFLOWS = sorted((BOOK / ".github" / "workflows").glob("*.yml"))


def test_the_citation_file_is_complete_and_of_this_version():
    cited = yaml.safe_load((BOOK / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["cff-version"] == "1.2.0" and cited["type"] in ("dataset", "software")
    assert cited["message"] and cited["authors"] and cited["license"] == "CC-BY-4.0"
    assert re.fullmatch(r"\d+\.\d+\.\d+", cited["version"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(cited["date-released"]))
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert package["version"] == cited["version"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_calls_what_exists_and_asks_for_no_more_than_it_needs(path):
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"]["contents"] == ("write" if path.stem == "release" else "read")
    makefile = (BOOK / "Makefile").read_text(encoding="utf-8")
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 90
        for step in job["steps"]:
            assert "uses" not in step or re.search(r"@[0-9a-f]{40}$", step["uses"]), step
            commands = step.get("run", "")
            for target in " ".join(re.findall(r"\bmake ([a-z ]+)", commands)).split():
                assert re.search(rf"^{target}:", makefile, re.M), f"no target {target} in the Makefile"
            for script in re.findall(r"\bbash (\S+)", commands):
                assert (BOOK / script).is_file(), script
