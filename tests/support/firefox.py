"""A Firefox without a window, driven by WebDriver BiDi: https://w3c.github.io/webdriver-bidi/"""

import itertools
import json
import re
import shutil
import subprocess
import tempfile

import websocket

KEYS = {"ArrowRight": "\ue014", "Escape": "\ue00c"}


def path_of_firefox() -> str | None:
    """Return the path of a Firefox of this machine, or None."""
    return shutil.which("firefox") or shutil.which("firefox-esr")


class Firefox:
    """One tab; what the page logs is kept in `problems`."""

    def __init__(self, path: str):
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        command = [path, "--headless", "--no-remote", "--remote-debugging-port=0", "--profile", self.profile.name]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        address = next(found[1] for line in self.process.stderr if (found := re.search(r"(ws://\S+)", line)))
        self.socket = websocket.create_connection(f"{address}/session", timeout=60, suppress_origin=True)
        self.numbers, self.problems = itertools.count(1), []
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded"])
        self.tab = self._ask("browsingContext.create", type="window")["context"]  # the first window has no focus
        self._ask("browsingContext.activate", context=self.tab)

    def _ask(self, method: str, **parameters) -> dict:
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while (answer := json.loads(self.socket.recv())).get("id") != number:
            if answer.get("method") == "log.entryAdded" and answer["params"]["level"] == "error":
                self.problems.append(answer["params"]["text"])
        if answer["type"] == "error":
            raise RuntimeError(f"{method}: {answer['message']}")
        return answer["result"]

    def open(self, address: str, width: int = 1280, height: int = 900) -> None:
        """Open a page in a window of some size and wait until all of it is loaded."""
        self.problems.clear()
        self._ask("browsingContext.setViewport", context=self.tab, viewport={"width": width, "height": height})
        self._ask("browsingContext.navigate", context=self.tab, url=address, wait="complete")
        self.evaluate("document.fonts.ready.then(() => null)")  # a font cut off by the next page is an error

    def evaluate(self, expression: str):
        """Return what an expression of JavaScript gives, or its promise, as JSON carries it."""
        answer = self._ask(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})) ?? 'null')()",
            target={"context": self.tab},
            awaitPromise=True,
            userActivation=True,
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def press(self, key: str) -> None:
        """Press a key and release it."""
        steps = [{"type": kind, "value": KEYS[key]} for kind in ("keyDown", "keyUp")]
        keyboard = {"type": "key", "id": "keyboard", "actions": steps}
        self._ask("input.performActions", context=self.tab, actions=[keyboard])

    def close(self) -> None:
        """End the browser and remove its profile."""
        self.socket.close()
        self.process.kill()
        self.process.wait()
        self.profile.cleanup()
