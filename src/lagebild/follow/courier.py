"""Fetches many addresses at once on a few threads: one request at a time to each host, with a pause between them.

When a host fails (no connection, no address) or asks to be left alone, what waits for it comes back with the same error,
unasked: a dead host costs one attempt, not one for each of its articles.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lagebild.intake.addresses import Refused, parse
from lagebild.intake.fetch import Fetched, Fetcher, FetchError, Limits
from lagebild.intake.robots import Robots

#: Waits are cut into pieces of this length, so that a courier can be closed (seconds).
_BEAT = 0.5


@dataclass(frozen=True, slots=True)
class Errand:
    """One address to fetch; `about` comes back with the result."""

    url: str
    about: Any
    conditions: Mapping[str, str] = field(default_factory=dict)
    limits: Limits | None = None


#: An errand and what came of it.
Outcome = tuple[Errand, Fetched | FetchError]


@dataclass(slots=True)
class _Host:
    errands: deque[Errand] = field(default_factory=deque)
    free_at: float = 0.0
    busy: bool = False


class Courier:
    """A context manager; `send` gives it errands, `receive` what came of them, in no order."""

    def __init__(
        self,
        fetcher: Fetcher,
        robots: Robots,
        delay: float,
        threads: int = 16,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._fetcher, self._robots, self._delay, self._clock = fetcher, robots, delay, clock
        self._hosts: dict[str, _Host] = {}
        self._turn = threading.Condition()
        self._open = True
        self._under_way = 0
        # Full while the reader is busy: then the threads wait, and memory stays bounded.
        self._done: queue.Queue[Outcome] = queue.Queue(threads)
        self._threads = [threading.Thread(target=self._work, daemon=True, name=f"fetch-{n}") for n in range(threads)]

    def __enter__(self) -> Courier:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._turn:
            self._open = False
            self._turn.notify_all()

    @property
    def under_way(self) -> int:
        """Errands whose outcome was not received yet."""
        return self._under_way

    def send(self, errand: Errand) -> None:
        """Takes an errand; an address that nobody may ask for comes back at once with its error."""
        self._under_way += 1
        with self._turn:
            self._hosts.setdefault(self._host(errand.url), _Host()).errands.append(errand)
            self._turn.notify()

    def receive(self, timeout: float) -> Outcome | None:
        """The next outcome, None if there is none in time (seconds)."""
        try:
            found = self._done.get(timeout=max(timeout, 0.001))
        except queue.Empty:
            return None
        self._under_way -= 1
        return found

    def _host(self, url: str) -> str:
        try:
            return parse(url, self._fetcher.allowed).authority
        except Refused:
            return ""

    # ------------------------------------------------------------------------------------ on the threads

    def _work(self) -> None:
        while (taken := self._next()) is not None:
            name, host, errand = taken
            result = self._fetch(errand)
            flushed: list[Errand] = []
            pause = max(self._delay, self._asked_delay(errand.url))
            with self._turn:
                if isinstance(result, FetchError) and _closed(result, name):
                    flushed = list(host.errands)
                    host.errands.clear()
                host.free_at = self._clock() + (pause if name else 0.0)
                host.busy = False
                self._turn.notify_all()
            self._deliver((errand, result))
            for other in flushed:
                self._deliver((other, result))

    def _deliver(self, outcome: Outcome) -> None:
        while self._open:
            try:
                self._done.put(outcome, timeout=_BEAT)
                return
            except queue.Full:
                continue

    def _next(self) -> tuple[str, _Host, Errand] | None:
        """The next errand, when its host may be asked; None once the courier is closed."""
        with self._turn:
            while self._open:
                found = self._ready(self._clock())
                if isinstance(found, tuple):
                    return found
                self._turn.wait(found)
        return None

    def _ready(self, now: float) -> tuple[str, _Host, Errand] | float:
        """An errand of the first host in turn that may be asked now; else the seconds after which to look again."""
        wait = _BEAT
        for name, host in list(self._hosts.items()):
            if host.busy:
                continue
            if not host.errands:
                if host.free_at <= now:
                    del self._hosts[name]
            elif host.free_at <= now:
                host.busy = True
                # The next host in turn: the first ones must not have all threads for themselves.
                self._hosts[name] = self._hosts.pop(name)
                return name, host, host.errands.popleft()
            else:
                wait = min(wait, host.free_at - now)
        return wait

    def _fetch(self, errand: Errand) -> Fetched | FetchError:
        try:
            return self._fetcher.get(errand.url, errand.conditions, errand.limits, self._robots.permit)
        except FetchError as error:
            return error
        except Exception as error:  # nothing that a server sends may end a thread
            return FetchError(errand.url, f"the fetching broke off ({type(error).__name__}: {error})")

    def _asked_delay(self, url: str) -> float:
        try:
            return self._robots.delay(parse(url, self._fetcher.allowed))
        except Refused:
            return 0.0


def _closed(error: FetchError, host: str) -> bool:
    """Whether an error says that it is useless to ask this host for anything else now."""
    if error.scope == "host":
        return error.subject == host  # not another host, to which this one redirected
    return error.wait is not None and not error.lasting
