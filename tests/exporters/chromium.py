"""Drives Debian's Chromium over its debugging pipe: no port, no driver, no download."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

CHROMIUM = shutil.which("chromium")
KEYS = {"Enter": 13, "Escape": 27, "Tab": 9, " ": 32}


class Page:
    """A tab, spoken to in Chromium's DevTools protocol; `requests` has every address that it fetched."""

    def __init__(self, to: BinaryIO, back: BinaryIO) -> None:
        """Open a tab and watch what it fetches and complains of."""
        self._to, self._back, self._last = to, back, 0
        self._session: str | None = None
        self.requests: list[str] = []
        self.complaints: list[str] = []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **params: object) -> dict[str, Any]:
        """Send a command and wait for its answer; events on the way are noted."""
        self._last += 1
        session = {"sessionId": self._session} if self._session else {}
        self._to.write(json.dumps({"id": self._last, "method": method, "params": params, **session}).encode() + b"\0")
        self._to.flush()
        while (message := self._next()).get("id") != self._last:
            self._note(message)
        if "error" in message:
            raise RuntimeError(f"{method}: {message['error']}")
        return dict(message["result"])

    def open(self, path: Path, fragment: str = "") -> None:
        """Load a file and wait until all of it is there."""
        self.send("Page.navigate", url="about:blank")
        self.send("Page.navigate", url=path.as_uri() + fragment)
        while self.run("document.readyState") != "complete" or self.run("location.protocol") != "file:":
            pass

    def run(self, script: str) -> Any:  # noqa: ANN401  whatever the script gives
        """Run a script in the page and give its value; a promise is waited for."""
        told = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in told:
            raise RuntimeError(told["exceptionDetails"]["exception"].get("description"))
        return told["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until a condition holds, a frame at a time, and at most five seconds."""
        frames = f"for (let left = 300; left && !({condition}); left--) await new Promise(requestAnimationFrame);"
        frames = f"(async () => {{ {frames} return Boolean({condition}); }})()"
        assert self.run(frames), condition

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press a key and let it go."""
        code = {"windowsVirtualKeyCode": KEYS[key], "modifiers": 8 if shift else 0}
        text = {"text": "\r"} if key == "Enter" else {}
        self.send("Input.dispatchKeyEvent", type="keyDown", key=key, **code, **text)
        self.send("Input.dispatchKeyEvent", type="keyUp", key=key, **code)

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        self.send("Input.insertText", text=text)

    def look(self, *, width: int = 1280, dark: bool = False) -> None:
        """Set the width of the window, and whether the person prefers dark pages."""
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=1000, deviceScaleFactor=1, mobile=width < 500
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.send("Emulation.setEmulatedMedia", features=[scheme])

    def pdf(self) -> bytes:
        """Print the page on A4."""
        return base64.b64decode(self.send("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"])

    def _next(self) -> dict[str, Any]:
        message = bytearray()
        while (byte := self._back.read(1)) != b"\0":
            if not byte:
                raise RuntimeError("Chromium has ended.")
            message += byte
        return dict(json.loads(message))

    def _note(self, event: dict[str, Any]) -> None:
        if event["method"] == "Network.requestWillBeSent":
            self.requests.append(event["params"]["request"]["url"])
        if event["method"] == "Log.entryAdded":
            self.complaints.append(event["params"]["entry"]["text"])
        if event["method"] == "Runtime.exceptionThrown":
            self.complaints.append(str(event["params"]["exceptionDetails"]))


@contextmanager
def browser(profile: Path) -> Iterator[Page]:
    """Start Chromium with a profile of its own, give a tab, and end it; no host name leads anywhere."""
    assert CHROMIUM, "Chromium is not installed; `apt-get install chromium`."
    their_in, our_out = os.pipe()
    our_in, their_out = os.pipe()
    # The pipes are expected as descriptors 3 and 4, which the shell gives them; high ones cannot be in its way.
    theirs = [str(_moved_up(end)) for end in (their_in, their_out)]
    start = 'exec 3<&"$1" 4>&"$2"; shift 2; exec "$@"'
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe"]
    options += ["--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND"]
    command = ["bash", "-c", start, "bash", *theirs, CHROMIUM, *options, f"--user-data-dir={profile}"]
    process = subprocess.Popen(
        command, pass_fds=[int(end) for end in theirs], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    for end in theirs:
        os.close(int(end))
    with os.fdopen(our_out, "wb") as to, os.fdopen(our_in, "rb") as back:
        try:
            yield Page(to, back)
        finally:
            process.terminate()
            process.wait(30)


def _moved_up(descriptor: int) -> int:
    high = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(descriptor)
    return high
