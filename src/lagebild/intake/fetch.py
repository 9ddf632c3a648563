"""Fetches one address of the web within bounds: checked hosts only, limited size, time and redirects.

The address to which the connection goes is the one that was checked: a host is looked up once a request, and what a second
look-up would say does not matter. Each request has its own connection; proxies from the environment are not used.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal
from urllib.parse import urldefrag, urljoin

import h11

from lagebild.errors import LagebildError
from lagebild.intake.addresses import Address, Refused, host_name, parse
from lagebild.intake.maildate import mail_date
from lagebild.intake.wire import Lookup, Wire, WireError, look_up

#: What sites call the program in robots.txt.
PRODUCT = "Lagebild"
#: How it names itself if nobody gives a version and a contact.
AGENT = f"{PRODUCT} (news reader)"
_REDIRECTS = (301, 302, 303, 307, 308)
#: The longest time for which a server may ask to be left alone.
LONGEST_WAIT = 86_400.0

Scope = Literal["host", "address"]


class FetchError(LagebildError):
    """What was not fetched, and why: one line without figures that change from one attempt to the next.

    `scope`: whether it concerns the whole host or this address; `subject`: which one. `lasting`: trying again is useless.
    `wait`: seconds for which the server asked to be left alone.
    """

    def __init__(
        self, subject: str, reason: str, scope: Scope = "address", lasting: bool = False, wait: float | None = None,
        status: int | None = None,
    ) -> None:  # fmt: skip
        super().__init__(f"{subject}: {reason}")
        self.subject, self.reason, self.scope, self.lasting = subject, reason, scope, lasting
        self.wait, self.status = wait, status


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one fetch. `size`: bytes, as sent and as unpacked; `seconds`: all of it, redirects included."""

    size: int = 8 * 1024 * 1024
    seconds: float = 30.0
    connect: float = 10.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server gave. `url`: where it was at last; `status`: 200, or 304 if it has not changed (then `data` is empty)."""

    url: str
    status: int
    data: bytes
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Fetcher:
    """Fetches addresses; may be used by several threads.

    `allowed`: hosts by name that are fetched though they are not public. `lookup`: host name → IP addresses.
    """

    allowed: Collection[str] = ()
    limits: Limits = field(default_factory=Limits)
    agent: str = AGENT
    lookup: Lookup = look_up
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        object.__setattr__(self, "allowed", frozenset(map(host_name, self.allowed)))

    def get(
        self,
        url: str,
        conditions: Mapping[str, str] | None = None,
        limits: Limits | None = None,
        permit: Callable[[Address], None] | None = None,
    ) -> Fetched:
        """Fetches an address, following redirects. Raises FetchError.

        `conditions`: If-None-Match and If-Modified-Since of an earlier answer. `permit`: raises FetchError if an address
        is not to be asked for; called before each request, redirects included.
        """
        limits = limits or self.limits
        deadline = self.clock() + limits.seconds
        start, seen = url, set[str]()
        for _ in range(limits.redirects + 1):
            try:
                address = parse(url, self.allowed)
            except Refused as error:
                raise self._refused(start, url, str(error)) from None
            if str(address) in seen:
                raise FetchError(start, "the redirects go in a circle")
            seen.add(str(address))
            if permit is not None:
                permit(address)
            answer = self._ask(start, address, conditions or {}, deadline, limits)
            if isinstance(answer, Fetched):
                return answer
            url = urldefrag(urljoin(url, answer)).url
        raise FetchError(start, f"more than {limits.redirects} redirects")

    def _refused(self, start: str, url: str, reason: str) -> FetchError:
        led = "" if url == start else "a redirect leads astray: "
        return FetchError(start, f"{led}{reason}; not fetched", lasting=True)

    def _ask(
        self, start: str, address: Address, conditions: Mapping[str, str], deadline: float, limits: Limits
    ) -> Fetched | str:
        """One request; gives the answer, or where it redirects to."""
        try:
            free = address.host in self.allowed
            with Wire(address, free, self.lookup, deadline, limits.connect, self.clock) as wire:
                return self._exchange(start, address, conditions, wire, limits)
        except WireError as error:
            if error.host:
                raise FetchError(address.authority, str(error), "host", error.lasting) from None
            raise FetchError(start, str(error)) from None
        except h11.RemoteProtocolError as error:
            broken = "without sending complete message body" in str(error) or "incomplete" in str(error)
            reason = "the connection broke off before all was sent" if broken else "the answer is not HTTP"
            raise FetchError(start, reason) from None

    def _exchange(
        self, start: str, address: Address, conditions: Mapping[str, str], wire: Wire, limits: Limits
    ) -> Fetched | str:
        http = h11.Connection(h11.CLIENT, max_incomplete_event_size=65_536)
        headers = {
            "Host": address.authority,
            "User-Agent": self.agent,
            "Accept": "text/html, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
            **conditions,
        }
        request = h11.Request(method="GET", target=address.target, headers=list(headers.items()))
        wire.send((http.send(request) or b"") + (http.send(h11.EndOfMessage()) or b""))
        response = _next(http, wire)
        while isinstance(response, h11.InformationalResponse):
            response = _next(http, wire)
        if not isinstance(response, h11.Response):
            raise FetchError(start, "the server closed the connection without an answer")
        head = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status_code in _REDIRECTS:
            if "location" not in head:
                raise FetchError(start, "a redirect without address")
            # Servers send UTF-8 here, though the standard knows ASCII only.
            return head["location"].encode("latin-1").decode("utf-8", "replace")
        if response.status_code == 304 and conditions:
            return Fetched(str(address), 304, b"", etag=head.get("etag"), last_modified=head.get("last-modified"))
        if response.status_code not in (200, 203):
            raise _failed(start, response.status_code, head.get("retry-after"))
        data = _body(start, http, wire, head.get("content-encoding", ""), limits.size)
        return Fetched(
            str(address), 200, data, head.get("content-type", ""), head.get("etag"), head.get("last-modified")
        )


def _next(http: h11.Connection, wire: Wire) -> object:
    while True:
        event = http.next_event()
        if event is not h11.NEED_DATA:
            return event
        http.receive_data(wire.receive())


def _body(start: str, http: h11.Connection, wire: Wire, coding: str, size: int) -> bytes:
    """The whole body, unpacked; neither form may be larger than `size`."""
    unpacker = _Unpacker(start, coding.strip().lower(), size)
    sent, parts = 0, []
    while isinstance(event := _next(http, wire), h11.Data):
        sent += len(event.data)
        if sent > size:
            raise _too_large(start, size)
        parts.append(unpacker(bytes(event.data)))
    trailing, _ = http.trailing_data
    if trailing.strip():
        # What was cut off is lost, and nobody can say how much: half an article must not pass for one.
        raise FetchError(start, "the server sent more than the length that it stated")
    unpacker.close()
    return b"".join(parts)


class _Unpacker:
    """Undoes gzip and deflate, never into more than `size` bytes."""

    def __init__(self, start: str, coding: str, size: int) -> None:
        if coding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise FetchError(start, f"packed in a way that was not asked for ({coding[:20]!r})")
        self._start, self._size, self._given = start, size, 0
        self._coding, self._tool = coding, None if coding in ("", "identity") else zlib.decompressobj(47)
        self._fed = False

    def __call__(self, data: bytes) -> bytes:
        if self._tool is None or not data:
            return data
        if self._coding == "deflate" and not self._fed and data[0] & 0x0F != 8:
            self._tool = zlib.decompressobj(-15)  # some servers send the bare stream
        self._fed = True
        found = b""
        while data:
            try:
                found += self._tool.decompress(data, self._size - self._given - len(found) + 1)
            except zlib.error:
                raise FetchError(self._start, "what is packed cannot be unpacked") from None
            if self._given + len(found) > self._size:
                raise _too_large(self._start, self._size)
            data = self._tool.unused_data
            if data and self._tool.eof:  # gzip may have several members
                self._tool = zlib.decompressobj(47)
        self._given += len(found)
        return found

    def close(self) -> None:
        """Says so if the end is missing."""
        if self._tool is not None and self._fed and not self._tool.eof:
            raise FetchError(self._start, "what is packed ends too early")


def _too_large(start: str, size: int) -> FetchError:
    return FetchError(start, f"larger than {size / 1024 / 1024:g} MB", lasting=True)


def _failed(start: str, status: int, retry_after: str | None) -> FetchError:
    told = {
        401: "asks for a password", 402: "asks for payment", 403: "forbids it", 404: "there is nothing here",
        410: "it is gone", 429: "asks for fewer requests", 451: "withheld for legal reasons", 503: "is overloaded",
    }  # fmt: skip
    words = f" ({told[status]})" if status in told else ""
    # 408, 425 and 429 are client errors that time heals.
    lasting = 400 <= status < 500 and status not in (408, 425, 429)
    return FetchError(start, f"the server answered {status}{words}", "address", lasting, _wait(retry_after), status)


def _wait(value: str | None) -> float | None:
    """Seconds of a Retry-After header, which holds seconds or a date."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdecimal():
        return float(min(int(value[:9]), LONGEST_WAIT))
    moment = mail_date(value)
    if moment is None:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0.0), LONGEST_WAIT)
