"""Reads feeds and pages of strangers in a process of its own, bounded in time and memory.

Parsers meet input that nobody foresaw: one that never ends, or takes all memory, must cost this input alone. The process is
renewed now and then, so that what the parsers do not give back does not add up.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, Literal, Self

from lagebild.errors import LagebildError
from lagebild.intake.feeds import Entry, FeedError, read_feed
from lagebild.intake.webpage import PageError, read_page
from lagebild.model import Report

#: Seconds for one feed or page; common ones take hundredths of a second.
SECONDS = 20.0
#: Bytes of address space, where the system can bound it.
MEMORY = 2 * 1024 * 1024 * 1024
#: Inputs after which the process is renewed.
_RENEWED = 1000
_STARTING = 60.0

Kind = Literal["feed", "page"]


class Parsers:
    """A context manager; reads one input after the other. `seconds`: for each of them."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds, self._memory = seconds, memory
        self._process: Any = None
        self._pipe: Connection | None = None
        self._done = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def feed(self, data: bytes, url: str, content_type: str = "") -> list[Entry]:
        """As `read_feed`. Raises FeedError."""
        found = self._ask("feed", data, url, content_type)
        if isinstance(found, str):
            raise FeedError(found)
        assert isinstance(found, list)
        return found

    def page(self, data: bytes, content_type: str = "") -> Report:
        """As `read_page`. Raises PageError."""
        found = self._ask("page", data, "", content_type)
        if isinstance(found, str):
            raise PageError(found)
        assert isinstance(found, Report)
        return found

    def close(self) -> None:
        """Ends the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None

    def _ask(self, kind: Kind, data: bytes, url: str, content_type: str) -> list[Entry] | Report | str:
        """What was read, or in one line why nothing was."""
        if self._done >= _RENEWED:
            self.close()
        pipe = self._pipe or self._start()
        self._done += 1
        try:
            pipe.send((kind, data, url, content_type))
            if not pipe.poll(self._seconds):
                self.close()
                return f"the {kind} takes too long to read; given up"
            found: list[Entry] | Report | str = pipe.recv()
            return found
        except (EOFError, OSError):
            self.close()
            return f"the {kind} cannot be read: the parser died over it (out of memory?)"
        except BaseException:
            self.close()  # an answer that nobody took must not be taken for that of the next input
            raise

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there, self._memory), daemon=True, name="parsers")
        self._process.start()
        there.close()
        if not here.poll(_STARTING) or here.recv() != "ready":
            self.close()
            raise LagebildError("the process that reads pages does not start")
        self._pipe, self._done = here, 0
        return here


def _serve(pipe: Connection, memory: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's to handle
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    import feedparser  # noqa: F401
    import htmldate  # noqa: F401
    import trafilatura  # noqa: F401

    pipe.send("ready")
    while True:
        try:
            kind, data, url, content_type = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(_read(kind, data, url, content_type))


def _read(kind: Kind, data: bytes, url: str, content_type: str) -> list[Entry] | Report | str:
    try:
        return read_feed(data, url, content_type) if kind == "feed" else read_page(data, content_type)
    except (FeedError, PageError) as error:
        return str(error)
    except MemoryError:
        return f"the {kind} takes too much memory to read"
    except Exception as error:
        return f"the {kind} cannot be read ({type(error).__name__})"
