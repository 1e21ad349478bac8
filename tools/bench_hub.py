"""Measure how many students a JupyterHub carries: a class that logs in, fetches the book and runs a chapter, all at once.

    python tools/bench_hub.py                                    5, 10, 20 and 30 students; a quarter of an hour
    python tools/bench_hub.py --students 5 --json hub.json

A real JupyterHub is started on this machine with the settings of teaching/hub/jupyterhub_config.py, an empty home for
each student and a bare repository of the book. A student does what a browser does: the login page, an nbgitpuller link,
the server, the notebook, then every cell through the kernel's web socket, and stays until the last one is done.
Memory is the share of each process (PSS), so that what students have in common counts once.
"""

import argparse
import asyncio
import json
import secrets
import shutil
import socket
import subprocess
import sys
import time
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench import BOOK, copy_book, output_file, page_names, say, table, workplace, write_json
from bench_growth import slope
from hub import carried, pull_link

try:
    import httpx
    import nbformat
    import psutil
    from tornado.httpclient import HTTPClientError, HTTPRequest
    from tornado.websocket import WebSocketClientConnection, websocket_connect
except ImportError as missing:
    sys.exit(f"The benchmark needs the package {missing.name}. Install it with: pip install -r requirements-hub.txt")

PROXY = BOOK / "tools/bench/node_modules/.bin/configurable-http-proxy"
SETTINGS = BOOK / "teaching/hub/jupyterhub_config.py"
PASSWORD = secrets.token_hex(8)  # of this run alone; the hub listens on this machine only
#: What the benchmark adds to the settings of the book.
CONFIG = """
c = get_config()
load_subconfig({settings!r})
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub_port}"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = {password!r}
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r}
c.Spawner.cmd = [{server!r}, "--allow-root"]
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api_port}"
c.JupyterHub.log_level = "WARN"
"""
LIMIT = 600  # seconds that a student waits for anything


class Student(NamedTuple):
    """What a student saw."""

    name: str
    chapter: str
    ready: float | None  #: seconds from the click on the link to the open notebook
    ran: float | None  #: seconds from the first cell to the last
    problem: str  #: empty if every cell ran


class StudentFailed(Exception):
    """Something did not answer, or answered with an error; the message says what."""


# --- a student


async def learn(site: str, name: str, chapter: str, repository: str, together: asyncio.Barrier) -> Student:
    """Log in, follow the link to a chapter, run it, and keep the kernel until everybody is done and memory was measured."""
    start = time.perf_counter()
    ready = ran = None
    problem = ""
    async with httpx.AsyncClient(base_url=site, follow_redirects=True, timeout=LIMIT) as browser:
        try:
            await log_in(browser, name)
            await open_link(browser, name, chapter, repository)
            cells = await notebook_cells(browser, name, chapter)
            channel = await open_channel(browser, site, name, await start_kernel(browser, name, chapter))
            ready = time.perf_counter() - start
            for number, code in enumerate(cells, 1):
                await run_cell(channel, number, code)
            ran = time.perf_counter() - start - ready
        except (StudentFailed, httpx.HTTPError, HTTPClientError, OSError, TimeoutError) as error:
            problem = f"{type(error).__name__}: {error}"
        await together.wait()  # for the last student
        await together.wait()  # for the memory to be measured
    return Student(name, chapter, ready, ran, problem)


async def log_in(browser: httpx.AsyncClient, name: str) -> None:
    """Fill in the login page."""
    await browser.get("/hub/login")
    answer = await browser.post("/hub/login", data={"username": name, "password": PASSWORD, "_xsrf": cookie(browser, "/hub/")})
    if "/login" in answer.url.path or answer.is_error:
        raise StudentFailed(f"login: {answer.status_code}")


async def open_link(browser: httpx.AsyncClient, name: str, chapter: str, repository: str) -> None:
    """Follow the nbgitpuller link: wait for the server, then for the files."""
    link = f"/{pull_link(repository, chapter)}"
    for _ in range(LIMIT):
        answer = await browser.get(link)
        if answer.url.path.startswith(f"/user/{name}/git-pull"):
            break
        if answer.status_code >= 500 and "spawn" not in answer.url.path:
            raise StudentFailed(f"server: {answer.status_code} {answer.url.path}")
        await asyncio.sleep(1)
    else:
        raise StudentFailed("server: not started")
    query = {"repo": repository, "branch": "main", "targetpath": "book", "_xsrf": cookie(browser, f"/user/{name}/")}
    async with browser.stream("GET", f"/user/{name}/git-pull/api", params=query) as events:
        async for line in events.aiter_lines():
            if '"phase": "finished"' in line:
                return
            if '"phase": "error"' in line:
                raise StudentFailed(f"git-pull: {line[:300]}")
    raise StudentFailed(f"git-pull: ended early, {events.status_code}")


async def notebook_cells(browser: httpx.AsyncClient, name: str, chapter: str) -> list[str]:
    """Code cells of a chapter as the student's server gives them."""
    answer = await browser.get(f"/user/{name}/api/contents/book/chapters/{chapter}.ipynb")
    if answer.is_error:
        raise StudentFailed(f"notebook: {answer.status_code}")
    notebook = nbformat.from_dict(answer.json()["content"])
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


async def start_kernel(browser: httpx.AsyncClient, name: str, chapter: str) -> str:
    """Open the notebook's kernel; return its identifier."""
    path = f"book/chapters/{chapter}.ipynb"
    answer = await browser.post(
        f"/user/{name}/api/sessions",
        json={"path": path, "name": chapter, "type": "notebook", "kernel": {"name": "python3"}},
        headers={"X-XSRFToken": cookie(browser, f"/user/{name}/")},
    )
    if answer.is_error:
        raise StudentFailed(f"kernel: {answer.status_code} {answer.text[:200]}")
    return answer.json()["kernel"]["id"]


async def open_channel(browser: httpx.AsyncClient, site: str, name: str, kernel: str) -> WebSocketClientConnection:
    """The web socket of a kernel."""
    cookies = "; ".join(f"{each.name}={each.value}" for each in browser.cookies.jar if f"/user/{name}/".startswith(each.path))
    address = f"{site.replace('http', 'ws', 1)}/user/{name}/api/kernels/{kernel}/channels"
    return await websocket_connect(HTTPRequest(address, headers={"Cookie": cookies}, request_timeout=LIMIT), max_message_size=2**27)


async def run_cell(channel: WebSocketClientConnection, number: int, code: str) -> None:
    """Run a cell and wait for its reply."""
    request = {
        "header": {"msg_id": f"cell-{number}", "msg_type": "execute_request", "username": "", "session": "bench", "version": "5.3"},
        "parent_header": {}, "metadata": {}, "channel": "shell", "buffers": [],
        "content": {"code": code, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True},
    }
    await channel.write_message(json.dumps(request))
    while True:
        text = await asyncio.wait_for(channel.read_message(), LIMIT)
        if text is None:
            raise StudentFailed(f"cell {number}: the kernel hung up")
        message = json.loads(text) if isinstance(text, str) else {}
        if message.get("msg_type") == "execute_reply" and message["parent_header"].get("msg_id") == f"cell-{number}":
            if message["content"]["status"] != "ok":
                raise StudentFailed(f"cell {number}: {message['content'].get('ename')}: {message['content'].get('evalue')}")
            return


def cookie(browser: httpx.AsyncClient, path: str) -> str:
    """The token against forged requests for a path, from the cookie with the longest path that covers it."""
    found = [each for each in browser.cookies.jar if each.name == "_xsrf" and path.startswith(each.path)]
    return max(found, key=lambda each: len(each.path)).value if found else ""


# --- a class


async def hold_class(site: str, number: int, repository: str, hub: int) -> tuple[list[Student], float, dict[str, float]]:
    """Let a class work at once.

    Parameters
    ----------
    site : str
        Address of the hub.
    number : int
        Students.
    repository : str
        Address of the book's repository.
    hub : int
        Process of the hub.

    Returns
    -------
    tuple
        What each student saw; seconds until the last was done; megabytes that were in use then, by `students` and `hub`.
    """
    together, start = asyncio.Barrier(number + 1), time.perf_counter()
    turn = cycle(Path(page).stem for page in page_names(BOOK, "Chapters"))
    students = [asyncio.create_task(learn(site, f"student-{place}", next(turn), repository, together)) for place in range(1, number + 1)]
    await together.wait()
    wall, used = time.perf_counter() - start, await asyncio.to_thread(memory, hub)
    await together.wait()
    return await asyncio.gather(*students), wall, used


def memory(hub: int) -> dict[str, float]:
    """Megabytes in use by the servers and kernels of students, and by the hub with its proxy."""
    used = {"students": 0.0, "hub": 0.0}
    for process in psutil.Process(hub).children(recursive=True) + [psutil.Process(hub)]:
        try:
            kind = "students" if "JUPYTERHUB_USER" in process.environ() else "hub"
            used[kind] += process.memory_full_info().pss / 1e6
        except psutil.NoSuchProcess:
            pass  # it ended while we counted
    return used


def measure(folder: Path, number: int, repository: str) -> dict[str, float | int | list]:
    """Start a hub in an empty folder, hold a class in it, end it, and return a row of the report."""
    folder.mkdir()
    port, hub_port, api_port = free_ports(3)
    config = folder / "jupyterhub_config.py"
    config.write_text(CONFIG.format(settings=str(SETTINGS), port=port, hub_port=hub_port, api_port=api_port, password=PASSWORD,
                                    homes=str(folder / "home" / "{username}"), proxy=str(PROXY),
                                    server=str(Path(sys.executable).with_name("jupyterhub-singleuser"))), encoding="utf-8")
    log = folder / "log"
    with open(log, "w", encoding="utf-8") as file:
        hub = subprocess.Popen([sys.executable, "-m", "jupyterhub", "-f", str(config)], cwd=folder, stdout=file, stderr=subprocess.STDOUT)
    site = f"http://127.0.0.1:{port}"
    try:
        wait_for_hub(site, hub, log)
        students, wall, used = asyncio.run(hold_class(site, number, repository, hub.pid))
    finally:
        end_with_children(hub)
    for student in students:
        if student.problem:
            say(f"  {student.name}, {student.chapter}: {student.problem}")
    if any(student.problem for student in students):
        say("  The end of the hub's log:\n" + end_of(log))
    return row(students, wall, used)


def row(students: list[Student], wall: float, used: dict[str, float]) -> dict[str, float | int | None]:
    """A line of the report from what the students of a class saw."""
    ready, ran = [each.ready for each in students if each.ready], [each.ran for each in students if each.ran]
    completed = sum(not each.problem for each in students)
    return {
        "completed": completed,
        "failed": len(students) - completed,
        "notebook open, s": median(ready) if ready else None,
        "slowest": max(ready, default=None),
        "chapter run, s": median(ran) if ran else None,
        "slowest run": max(ran, default=None),
        "wall, s": wall,
        "MB a student": used["students"] / len(students),
        "MB hub": used["hub"],
    }


# --- the hub


def free_ports(number: int) -> list[int]:
    """Ports of this machine that nothing listens on."""
    sockets = [socket.socket() for _ in range(number)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def wait_for_hub(site: str, hub: subprocess.Popen, log: Path) -> None:
    """Wait until the hub answers; if it ends instead, so does the benchmark, with the end of its log."""
    for _ in range(120):
        try:
            if httpx.get(f"{site}/hub/health").is_success:
                return
        except httpx.HTTPError:
            pass
        if hub.poll() is not None:
            break
        time.sleep(0.5)
    sys.exit("JupyterHub did not start. The end of its log:\n\n" + end_of(log))


def end_of(log: Path) -> str:
    """The last lines of a log."""
    return "\n".join(log.read_text(encoding="utf-8").splitlines()[-15:])


def end_with_children(hub: subprocess.Popen) -> None:
    """End the hub with its proxy, and every server and kernel."""
    children = psutil.Process(hub.pid).children(recursive=True) if hub.poll() is None else []
    hub.terminate()
    for child in children:
        try:
            child.terminate()
        except psutil.NoSuchProcess:
            pass
    _, left = psutil.wait_procs(children, timeout=20)
    for child in left:
        child.kill()
    hub.wait(20)


def bare_repository(folder: Path) -> str:
    """Address of a bare repository with the book as it is here, on branch main."""
    work = copy_book(folder / "work")
    identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    commands = [["init", "-q", "-b", "main"], ["add", "-A"], [*identity, "commit", "-q", "-m", "book"], ["clone", "-q", "--bare", ".", "../book.git"]]
    for command in commands:
        subprocess.run(["git", *command], cwd=work, check=True)
    shutil.rmtree(work)
    return (folder / "book.git").as_uri()


def main(students: list[int], report: Path | None) -> None:
    """Hold a class of each size in a hub of its own and print the report."""
    if not PROXY.exists():
        sys.exit("configurable-http-proxy is not installed; run: npm ci --prefix tools/bench")
    with workplace() as folder:
        repository = bare_repository(folder)
        rows = {}
        for number in students:
            say(f"{number} students")
            rows[number] = measure(folder / f"hub-{number}", number, repository)
            say("  " + ", ".join(f"{name} {value:.1f}" if isinstance(value, float) else f"{name} {value}" for name, value in rows[number].items()))
    print(table(["students", *next(iter(rows.values()))], [[number, *found.values()] for number, found in rows.items()]))
    if len(rows) > 1:
        growth = slope(list(rows), [found["wall, s"] for found in rows.values()])
        print(f"\nEach student more: {growth:.1f} s of wall time, by least squares.")
    largest, machine = rows[max(rows)], psutil.virtual_memory().total / 1e6
    print(f"This machine: {psutil.cpu_count()} processors, {machine / 1000:.0f} GB. By memory, a fifth kept free, it carries "
          f"{carried(machine, largest['MB a student'], largest['MB hub'])} students.")
    if report:
        write_json(report, {"processors": psutil.cpu_count(), "MB": machine, "classes": rows})


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--students", type=lambda text: [int(each) for each in text.split(",")], default=[5, 10, 20, 30], metavar="A,B",
                        help="sizes of the classes (5,10,20,30)")
    parser.add_argument("--json", dest="report", type=output_file, metavar="FILE", help="also write every number to this file")
    main(**vars(parser.parse_args()))
