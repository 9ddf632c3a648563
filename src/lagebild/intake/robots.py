"""What sites ask of robots (RFC 9309): robots.txt is fetched once a day and kept in mind."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lagebild.intake.addresses import Address
from lagebild.intake.fetch import PRODUCT, Fetcher, FetchError, Limits

#: RFC 9309: read at least 500 KiB, keep for no more than a day.
_LIMITS = Limits(size=512 * 1024, seconds=15.0)
_KEPT = 86_400.0
#: Sites that are kept in mind.
_MOST = 5000
#: The longest pause between two requests that a site is granted, in seconds.
LONGEST_DELAY = 60.0


@dataclass(frozen=True, slots=True)
class _Rules:
    until: float
    rules: Any  # protego.Protego; None: everything is permitted


class Robots:
    """Permits or refuses addresses as their sites ask for; may be used by several threads."""

    def __init__(self, fetcher: Fetcher, clock: Callable[[], float] = time.monotonic) -> None:
        self._fetcher, self._clock = fetcher, clock
        self._known: dict[str, _Rules] = {}
        self._lock = threading.Lock()

    def permit(self, address: Address) -> None:
        """Raises FetchError if the site forbids an address, or if nobody can say because the site fails."""
        rules = self._of(address).rules
        if rules is not None and not rules.can_fetch(str(address), PRODUCT):
            raise FetchError(address.authority, "robots.txt forbids addresses here; they are left out", lasting=True)

    def delay(self, address: Address) -> float:
        """Seconds between requests that a site asks for, 0 if it asks for nothing or was not asked yet."""
        with self._lock:
            known = self._known.get(address.origin)
        asked = known.rules.crawl_delay(PRODUCT) if known is not None and known.rules is not None else None
        return min(float(asked or 0.0), LONGEST_DELAY)

    def _of(self, address: Address) -> _Rules:
        with self._lock:
            known = self._known.get(address.origin)
        if known is not None and known.until > self._clock():
            return known
        found = _Rules(self._clock() + _KEPT, self._read(address.origin))
        with self._lock:
            while len(self._known) >= _MOST:
                del self._known[next(iter(self._known))]
            self._known[address.origin] = found
        return found

    def _read(self, origin: str) -> Any:
        from protego import Protego

        try:
            data = self._fetcher.get(f"{origin}/robots.txt", limits=_LIMITS).data
        except FetchError as error:
            if error.scope == "host":
                raise
            # «Unavailable» (4xx) permits everything, and so does a file that is none; «unreachable» (5xx) forbids it.
            if error.lasting and error.status is not None:
                return None
            host = origin.partition("://")[2]
            raise FetchError(host, f"robots.txt cannot be had ({error.reason})", "host", wait=error.wait) from None
        try:
            return Protego.parse(data.decode("utf-8", "replace"))
        except Exception:  # hostile rules are no rules
            return None
