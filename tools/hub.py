"""Links and sizes for a JupyterHub that serves a class, reckoned from what tools/bench_hub.py measured.

Standard library and yaml only: the pages for teachers show these tables in every build.
"""

import json
import math
from pathlib import Path
from urllib.parse import quote, urlencode

import yaml

BOOK = Path(__file__).resolve().parents[1]
MEASURED = BOOK / "teaching" / "hub" / "measured.json"
SPARE = 0.2  #: part of a machine's memory that stays free
SYSTEM_MB = 500  #: what an operating system without a screen takes


def measured() -> dict:
    """What `make bench-hub` found: processors and megabytes of the machine, and for each class a row of numbers."""
    return json.loads(MEASURED.read_text(encoding="utf-8"))


def pull_link(repository: str, chapter: str) -> str:
    """The part of an nbgitpuller link after the hub's address: fetch the book, open the notebook of a chapter.

    Parameters
    ----------
    repository : str
        Address of the repository.
    chapter : str
        Slug of the chapter.
    """
    name = repository.rsplit("/", 1)[1].removesuffix(".git")
    query = {"repo": repository, "branch": "main", "targetpath": name, "urlpath": f"lab/tree/{name}/chapters/{chapter}.ipynb"}
    return f"hub/user-redirect/git-pull?{urlencode(query, quote_via=quote)}"


def carried(memory_mb: float, a_student: float, hub: float) -> int:
    """Students that the memory of a machine carries, with a part of it kept free.

    Parameters
    ----------
    memory_mb, a_student, hub : float
        Megabytes of the machine, of a student, and of the hub with its proxy.
    """
    return max(0, math.floor((memory_mb * (1 - SPARE) - hub - SYSTEM_MB) / a_student))


def processor_seconds(found: dict) -> float:
    """Processor time of a student from the login to the last cell, by the largest class, which kept all processors busy."""
    size, row = max(((int(number), row) for number, row in found["classes"].items()), key=lambda each: each[0])
    return row["wall, s"] * found["processors"] / size


def links_list(chapters: dict[str, str]) -> str:
    """Links to copy, one a chapter, for a hub at hub.example.edu, as Markdown."""
    config = yaml.safe_load((BOOK / "_config.yml").read_text(encoding="utf-8"))
    repository = config["repository"]["url"].rstrip("/")
    parts = [f"{title}:\n\n```text\nhttps://hub.example.edu/{pull_link(repository, slug)}\n```\n" for slug, title in chapters.items()]
    return "\n".join(parts)


def load_table() -> str:
    """A Markdown table of what was measured."""
    found = measured()
    heads = {"completed": "Finished", "failed": "Failed", "notebook open, s": "Notebook open, median (s)", "slowest": "Slowest (s)",
             "chapter run, s": "Chapter run, median (s)", "wall, s": "All done (s)", "MB a student": "MB each"}
    lines = ["| Students at once | " + " | ".join(heads.values()) + " |", "|---:|" + "---:|" * len(heads)]
    for number, row in found["classes"].items():
        lines.append(f"| {number} | " + " | ".join(f"{row[name]:,.0f}" for name in heads) + " |")
    caption = f"Students who log in, fetch the book and run a chapter at the same moment: {found['processors']} processors, {found['MB'] / 1000:.0f} GB"
    return "\n".join([f"```{{table}} {caption}", *lines, "```"]) + "\n"


def sizes_table() -> str:
    """A Markdown table of machines: how many students by memory, and how long they wait if all start at once."""
    found = measured()
    largest = found["classes"][max(found["classes"], key=int)]
    lines = ["| Memory (GB) | Processors | Students by memory | All at once are done after (s) |", "|---:|---:|---:|---:|"]
    for memory, processors in ((4, 2), (8, 2), (16, 4), (32, 8), (64, 16)):
        students = carried(memory * 1000, largest["MB a student"], largest["MB hub"])
        lines.append(f"| {memory} | {processors} | {students} | {students * processor_seconds(found) / processors:,.0f} |")
    return "\n".join(["```{table} What a machine carries, reckoned from the largest class measured", *lines, "```"]) + "\n"


def nodes(students: int, memory_gb: int = 64, processors: int = 16, within: int = 180) -> dict[str, int]:
    """Nodes of a cluster that a course needs, on paper.

    Parameters
    ----------
    students : int
        Students at the same time.
    memory_gb, processors : int
        Size of a node.
    within : int
        Seconds in which all shall be done who start at once.

    Returns
    -------
    dict
        Nodes `by memory` at what kubernetes.yaml guarantees to each, `by processors`, and `needed`, the larger.
    """
    values = yaml.safe_load((BOOK / "teaching" / "hub" / "kubernetes.yaml").read_text(encoding="utf-8"))
    guarantee = int(values["singleuser"]["memory"]["guarantee"].removesuffix("M"))
    by_memory = math.ceil(students * guarantee / (memory_gb * 1000 * (1 - SPARE)))
    by_processors = math.ceil(students * processor_seconds(measured()) / (processors * within))
    return {"by memory": by_memory, "by processors": by_processors, "needed": max(by_memory, by_processors)}


def cluster_sentence(students: int = 300) -> str:
    """What a course of 300 needs on Kubernetes, in one sentence."""
    found = nodes(students)
    return (
        f"For {students} students at once, on nodes of 16 processors and 64 GB: {found['by memory']} by memory, with 512 MB guaranteed to each, "
        f"and {found['by processors']} by processor time, if all who start at once shall be done within three minutes; "
        f"so {found['needed']}, and one node more for the hub, the proxy and a node that fails."
    )
