"""A real headless Chromium, driven over its DevTools pipe: keys, what it loaded, what it said."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

PROGRAM = shutil.which("chromium") or ""
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Space": (32, " "), "Escape": (27, "")}
PATIENCE = 30.0

needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(not PROGRAM, reason="needs Debian's chromium"),
]


class Browser:
    """One window. ``events`` are what the browser reported since it was last asked to go on."""

    def __init__(self, profile: Path, *flags: str) -> None:
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()
        command = f'exec "$0" "$@" 3<&{theirs_in} 4>&{theirs_out}'
        self.process = subprocess.Popen(
            ["bash", "-c", command, PROGRAM, *FLAGS, f"--user-data-dir={profile}", *flags],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self.reading, self.writing = ours_in, ours_out
        self.buffer = b""
        self.number = 0
        self.session = ""
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self.reading)
        os.close(self.writing)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one command and return its result."""
        self.number += 1
        message: dict[str, Any] = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.writing, json.dumps(message).encode() + b"\0")
        while True:
            reply = self._next()
            if reply.get("id") == self.number:
                assert "error" not in reply, (method, reply)
                result: dict[str, Any] = reply["result"]
                return result
            self.events.append(reply)

    def _next(self) -> dict[str, Any]:
        end = time.monotonic() + PATIENCE
        while b"\0" not in self.buffer:
            ready, _, _ = select.select([self.reading], [], [], max(0, end - time.monotonic()))
            assert ready, "the browser says nothing"
            self.buffer += os.read(self.reading, 1 << 16)
        message, _, self.buffer = self.buffer.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def wait(self, method: str) -> None:
        """Wait for an event that has not been waited for yet."""
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self._next())
        place = next(n for n, event in enumerate(self.events) if event.get("method") == method)
        self.events[place] = {"method": f"{method} (seen)"}

    def goto(self, url: str) -> None:
        """Open an address and wait until it is loaded."""
        self.call("Page.navigate", url=url)
        self.wait("Page.loadEventFired")

    def value(self, expression: str) -> Any:
        """Return what a JavaScript expression is in the page."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return found["result"].get("value")

    def until(self, expression: str, wanted: Any) -> None:
        """Wait until a JavaScript expression has a value."""
        end = time.monotonic() + PATIENCE
        while (found := self.value(expression)) != wanted:
            assert time.monotonic() < end, f"{expression} is {found!r} and not {wanted!r}"
            time.sleep(0.05)

    def press(self, key: str, modifiers: int = 0) -> None:
        """Press and release a key."""
        code, text = KEYS[key]
        name = " " if key == "Space" else key
        both = {"key": name, "code": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        kind = "keyDown" if text else "rawKeyDown"
        self.call("Input.dispatchKeyEvent", type=kind, text=text, **both)
        self.call("Input.dispatchKeyEvent", type="keyUp", **both)

    def type(self, text: str) -> None:
        """Type into the field that has the focus or gets it, as an input method does."""
        end = time.monotonic() + PATIENCE
        while self.value("document.activeElement.tagName") != "INPUT":
            assert time.monotonic() < end, "no field has the focus"
            time.sleep(0.02)
        self.call("Input.insertText", text=text)

    def size(self, width: int, height: int) -> None:
        """Make the window so large."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def picture(self) -> bytes:
        """Return a PNG of the window."""
        return base64.b64decode(self.call("Page.captureScreenshot")["data"])

    def asked_for(self, by: str = "") -> list[str]:
        """Return every address that was asked for, answered or not: by one document, or by all.

        A page's icon is asked for at leisure, perhaps when the next page is open already.
        """
        asked = [e["params"] for e in self.events if e.get("method") == "Network.requestWillBeSent"]
        return [one["request"]["url"] for one in asked if by in ("", one["documentURL"])]

    def complaints(self) -> list[str]:
        """Return what the browser put on its console: errors, warnings, refusals."""
        told = [e["params"] for e in self.events if e.get("method") in ("Log.entryAdded",)]
        entries = [p["entry"]["text"] for p in told if p["entry"]["level"] in ("error", "warning")]
        kinds = {"Runtime.exceptionThrown", "Runtime.consoleAPICalled"}
        return entries + [str(e["params"]) for e in self.events if e.get("method") in kinds]
