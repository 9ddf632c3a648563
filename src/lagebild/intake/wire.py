"""One connection for one request: looks the host up once, judges its addresses, connects to one of those; all before a deadline."""

from __future__ import annotations

import queue
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from functools import cache
from types import TracebackType
from typing import Self

from lagebild.errors import LagebildError
from lagebild.intake.addresses import Address, refusal_of

#: Host name and port to IP addresses. Raises OSError.
Lookup = Callable[[str, int], Sequence[str]]
_CHUNK = 65_536


class WireError(LagebildError):
    """The connection failed. `host`: so would any other to this host; `lasting`: today and tomorrow."""

    def __init__(self, reason: str, host: bool = True, lasting: bool = False) -> None:
        super().__init__(reason)
        self.host, self.lasting = host, lasting


def look_up(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host, as the system gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Wire:
    """A connection to a checked address; a context manager. `free`: the host was allowed by name, any address is good."""

    def __init__(
        self, address: Address, free: bool, lookup: Lookup, deadline: float, connect: float, clock: Callable[[], float]
    ) -> None:
        self._deadline, self._clock = deadline, clock
        checked = self._checked(address, free, lookup)
        self._socket = self._connected(checked, address.port, connect)
        if address.scheme == "https":
            try:
                self._socket.settimeout(min(connect, self._left()))
                self._socket = _tls().wrap_socket(self._socket, server_hostname=address.host)
            except TimeoutError:
                self._socket.close()
                raise WireError("the host does not answer") from None
            except (ssl.SSLError, ssl.CertificateError, OSError) as error:
                self._socket.close()
                reason = getattr(error, "verify_message", "") or getattr(error, "reason", "") or "no answer"
                raise WireError(f"no safe connection ({str(reason).lower().replace('_', ' ')})") from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        self._socket.close()

    def send(self, data: bytes) -> None:
        """Sends all of it. Raises WireError."""
        try:
            self._socket.settimeout(self._left())
            self._socket.sendall(data)
        except TimeoutError:
            raise _slow() from None
        except OSError:
            raise WireError("the connection broke off", host=False) from None

    def receive(self) -> bytes:
        """The next bytes; none at the end. Raises WireError, also when the time for the whole fetch is over."""
        try:
            self._socket.settimeout(self._left())
            return self._socket.recv(_CHUNK)
        except TimeoutError:
            raise _slow() from None
        except OSError:
            raise WireError("the connection broke off", host=False) from None

    def _left(self) -> float:
        left = self._deadline - self._clock()
        if left <= 0:
            raise _slow()
        return left

    def _checked(self, address: Address, free: bool, lookup: Lookup) -> list[str]:
        found = _in_time(lambda: lookup(address.host, address.port), self._left())
        if free:
            return list(found)
        reasons = {ip: refusal_of(ip) for ip in found}
        good = [ip for ip, reason in reasons.items() if reason is None]
        if not good:
            ip, reason = next(iter(reasons.items()), ("", ""))
            if not ip:
                raise WireError("the host has no address")
            raise WireError(
                f"its address {ip} is not public ({reason}); not fetched (--allow-host allows a host)", lasting=True
            )
        return good

    def _connected(self, checked: Sequence[str], port: int, connect: float) -> socket.socket:
        failed: OSError | None = None
        for ip in checked[:4]:
            try:
                # A numeric address: nothing is looked up again.
                return socket.create_connection((ip, port), timeout=min(connect, self._left()))
            except OSError as error:
                failed = error
        if isinstance(failed, TimeoutError):
            raise WireError("the host does not answer")
        raise WireError(f"no connection ({(failed and failed.strerror) or 'no address'})".lower())


def _slow() -> WireError:
    return WireError("too slow; given up", host=False)


def _in_time(work: Callable[[], Sequence[str]], seconds: float) -> Sequence[str]:
    """A look-up with an end: the system's has none of its own."""
    answer: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def run() -> None:
        try:
            answer.put(work())
        except (OSError, UnicodeError) as error:
            answer.put(error)

    threading.Thread(target=run, daemon=True, name="look-up").start()
    try:
        found = answer.get(timeout=seconds)
    except queue.Empty:
        raise WireError("the host's name is not answered for in time") from None
    if isinstance(found, Exception):
        raise WireError("the host's name is not known")
    return found


@cache
def _tls() -> ssl.SSLContext:
    """TLS as Python has it by default: certificates and host names are checked; the system's roots, and Mozilla's."""
    import certifi

    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context
