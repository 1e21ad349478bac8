"""A real JupyterLab in a real Chromium: a twin is opened and run, and its explorer answers.

By default two twins are opened, one with a slider and one with a list; all of them where FULL_SWEEP is set.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from support.browsing import DESKTOP
from support.builds import FULL_SWEEP, copy_of_the_book

from casebook.contents import BOOK
from press.editions.twins import executable_pages

TWINS = [page.stem for page in executable_pages()] if FULL_SWEEP else ["origins", "timeline"]
#: Where JupyterLab looks for what a user has set.
SETTINGS = "JUPYTERLAB_SETTINGS_DIR"
OWN = ("JUPYTER_CONFIG_DIR", SETTINGS, "JUPYTERLAB_WORKSPACES_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
OPTIONS = (
    "--no-browser",
    "--allow-root",
    "--port-retries=0",
    "--IdentityProvider.token=",
    "--ServerApp.disable_check_xsrf=True",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)
ALL_HAVE_RUN = """() => {
  const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputArea-prompt")];
  return prompts.length > 0 && prompts.every((each) => /\\[\\d+\\]/.test(each.textContent));
}"""
IT_SHOWS_SOMETHING_ELSE = "([shown, before]) => shown.innerHTML !== before && shown.innerText.trim() !== ''"


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Address of a JupyterLab on a copy of the book, with nothing of the user's own settings."""
    home = tmp_path_factory.mktemp("lab")
    copy = copy_of_the_book(home / "book")
    settings = home / SETTINGS / "@jupyterlab/notebook-extension/tracker.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"windowingMode": "none"}', encoding="utf-8")  # else cells out of sight are not in the page
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {**os.environ, "CASEBOOK_OUTPUT": "", **{name: str(home / name) for name in OWN}}
    command = [sys.executable, "-m", "jupyterlab", f"--port={port}", *OPTIONS]
    address, log = f"http://127.0.0.1:{port}", home / "log"
    with open(log, "w", encoding="utf-8") as file:
        server = subprocess.Popen(command, cwd=copy, env=environment, stdout=file, stderr=subprocess.STDOUT)
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
def tab(browser):
    with browser.new_page(viewport=DESKTOP) as tab:
        yield tab


def open_and_run(tab, lab, twin):
    """Open a twin, choose Run, Run All Cells, and wait until no cell runs or waits."""
    path = f"chapters/{twin}.ipynb"
    wanted = {"path": path, "name": twin, "type": "notebook", "kernel": {"name": "python3"}}
    with urllib.request.urlopen(f"{lab}/api/sessions", data=json.dumps(wanted).encode()) as answer:
        assert answer.status == 201  # without a session JupyterLab may ask which kernel to use
    tab.goto(f"{lab}/lab/workspaces/{twin}/tree/{path}")  # a workspace of its own: the next one opens no tab again
    tab.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for(timeout=60_000)
    tab.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    tab.get_by_role("menuitem", name="Run", exact=True).click()
    tab.get_by_text("Run All Cells", exact=True).click()
    tab.wait_for_function(ALL_HAVE_RUN, timeout=120_000)


def choose_another_state(explorer):
    """Move the first control of an explorer by one, a slider by keyboard."""
    control = explorer.locator("select, .noUi-handle").first
    control.scroll_into_view_if_needed()
    if control.evaluate("node => node.tagName") == "SELECT":
        chosen = control.evaluate("node => node.selectedIndex")
        control.select_option(index=(chosen + 1) % control.locator("option").count())
    else:
        at_the_end = control.get_attribute("aria-valuenow") == control.get_attribute("aria-valuemax")
        control.press("ArrowLeft" if at_the_end else "ArrowRight")


@pytest.mark.parametrize("twin", TWINS)
def test_a_twin_runs_in_jupyterlab_and_its_explorer_answers(tab, lab, twin):
    open_and_run(tab, lab, twin)
    errors = tab.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]')
    assert errors.all_inner_texts() == []
    source = (BOOK / "chapters" / f"{twin}.md").read_text(encoding="utf-8")
    explorers = tab.locator(".widget-vbox")
    assert explorers.count() == len(re.findall(r"^(?:explore|browse)\(", source, re.M))
    if explorers.count():
        shown = explorers.first.locator(".widget-output, .widget-html-content")
        before = shown.inner_html()
        choose_another_state(explorers.first)
        tab.wait_for_function(IT_SHOWS_SOMETHING_ELSE, arg=[shown.element_handle(), before], timeout=30_000)
