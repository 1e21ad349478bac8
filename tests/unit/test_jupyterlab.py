"""A real JupyterLab in a real Chromium: each twin is opened and run, and its explorers answer."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import notebooks
import pytest
from test_anywhere import BOOK, NOT_COPIED

TWINS = [page.stem for page in notebooks.executable_pages()]
SETTINGS = {"windowingMode": "none"}  # else cells out of sight are not in the page


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Address of a JupyterLab on a copy of the book, with nothing of the user's own settings."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(BOOK, home / "book", ignore=shutil.ignore_patterns(*NOT_COPIED))
    settings = home / "settings/@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps(SETTINGS), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"JUPYTER_CONFIG_DIR": "config", "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
           "JUPYTER_RUNTIME_DIR": "runtime", "IPYTHONDIR": "ipython"}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--port-retries=0",
               "--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True", "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    environment = {**os.environ, **{name: str(home / folder) for name, folder in own.items()}}
    environment.pop("CASEBOOK_OUTPUT", None)
    log = home / "log"
    with open(log, "w", encoding="utf-8") as file:
        server = subprocess.Popen(command, cwd=home / "book", env=environment, stdout=file, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/api/status", timeout=2)
                break
            except OSError:
                assert server.poll() is None, log.read_text(encoding="utf-8")[-2000:]
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait(30)


@pytest.fixture
def tab(browser, lab):
    """A browser window that reaches this machine alone."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.route(lambda url: not url.startswith((lab, "data:", "blob:")), lambda route: route.abort())
    yield context.new_page()
    context.close()


def run_all(tab):
    """Choose Run, Run All Cells, and wait until no cell runs or waits."""
    tab.get_by_role("menuitem", name="Run", exact=True).click()
    tab.get_by_text("Run All Cells", exact=True).click()
    tab.wait_for_function(
        "() => { const all = [...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')];"
        " return all.length > 0 && all.every(each => /\\[\\d+\\]/.test(each.textContent)) }",
        timeout=120_000,
    )


@pytest.mark.parametrize("twin", TWINS)
def test_a_twin_runs_in_jupyterlab_and_its_explorer_answers(tab, lab, twin):
    path = f"chapters/{twin}.ipynb"
    wanted = {"path": path, "name": twin, "type": "notebook", "kernel": {"name": "python3"}}
    with urllib.request.urlopen(f"{lab}/api/sessions", data=json.dumps(wanted).encode()) as answer:  # else JupyterLab may ask for a kernel
        assert answer.status == 201
    tab.goto(f"{lab}/lab/workspaces/{twin}/tree/{path}")  # a workspace of its own: the next one opens no tab again
    tab.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for(timeout=60_000)
    tab.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    run_all(tab)
    errors = tab.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]')
    assert errors.count() == 0, errors.all_inner_texts()
    source = (BOOK / "chapters" / f"{twin}.md").read_text(encoding="utf-8")
    explorers = tab.locator(".widget-interact")
    assert explorers.count() == len(re.findall(r"^(?:explore|browse)\(", source, re.M))
    if explorers.count():
        first = explorers.first
        shown = first.locator(".widget-output")
        before = shown.inner_html()
        move(first)
        tab.wait_for_function("([node, before]) => node.innerHTML !== before && node.innerText.trim() !== ''",
                              arg=[shown.element_handle(), before], timeout=30_000)


def move(explorer):
    """Choose another state with the first control of an explorer, by keyboard."""
    control = explorer.locator("select, .noUi-handle").first
    control.scroll_into_view_if_needed()
    if control.evaluate("node => node.tagName") == "SELECT":
        options = control.locator("option").all_inner_texts()
        chosen = control.evaluate("node => node.selectedIndex")
        control.select_option(index=(chosen + 1) % len(options))
    else:
        control.focus()
        control.press("ArrowRight" if control.get_attribute("aria-valuenow") != control.get_attribute("aria-valuemax") else "ArrowLeft")
