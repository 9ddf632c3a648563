"""Debian's Chromium driven through Playwright, and the pages of a store served meanwhile: for tests, screenshots and benches."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: No graphics card, no sandbox (tests run as root in containers), and no word to anybody's servers.
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
#: How it is installed, in one line.
ADVICE = "no chromium: install it (apt-get install chromium), or name it in LAGEBILD_CHROMIUM"


def chromium() -> str | None:
    """Where Chromium is: LAGEBILD_CHROMIUM, else on the PATH."""
    return os.environ.get("LAGEBILD_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def browser() -> Iterator[Browser]:
    """A running browser. Raises FileNotFoundError, with what to do, where there is none."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        raise FileNotFoundError(ADVICE)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield started
        finally:
            started.close()


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The pages of a store at a free port of this machine, from a thread of this process; gives the address."""
    import uvicorn

    from lagebild.web import make_app

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(make_app(store), log_level="warning", server_header=False, lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)
