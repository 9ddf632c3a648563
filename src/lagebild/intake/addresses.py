"""Which addresses of the web may be fetched: http and https at public hosts; everything else is refused with its reason.

Networks that are not public follow IANA's registries of special-purpose addresses (IPv4 and IPv6, RFC 6890 and later).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from lagebild.errors import LagebildError

#: Longer addresses are mistakes or attacks.
LONGEST = 4096
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NO_PUBLIC_V4 = {
    IPv4Network(network): what
    for network, what in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by carriers"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "a cloud's own service"),  # looks public; answers only virtual machines of Azure
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
}
#: Of IPv6 only global unicast is public at all (RFC 4291); mapped, compatible and NAT64 addresses lie outside of it.
_PUBLIC_V6 = IPv6Network("2000::/3")
_NO_PUBLIC_V6 = {
    IPv6Network(network): what
    for network, what in (
        ("::ffff:0:0/96", "an IPv4 address mapped to IPv6"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("::1/128", "loopback"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("ff00::/8", "multicast"),
        ("2001::/23", "Teredo and other protocols"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "documentation"),
    )
}
_NAME = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*")
#: The last label of a host that C libraries and browsers take for an IPv4 address: 127.1, 0x7f000001, 2130706433, 0177.0.0.1.
_NUMBER = re.compile(r"(.*\.)?(\d+|0x[0-9a-f]*)", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")


class Refused(LagebildError):
    """An address that is not fetched; the text says why."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the web in its parts. `host`: lower case, ASCII, an IPv6 address without brackets."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as an address or a Host header holds them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"

    def __str__(self) -> str:
        return self.origin + self.target


def parse(url: str, allowed: Collection[str] = ()) -> Address:
    """The parts of an address that may be asked for; `allowed` are hosts (see `host_name`) that need not be public.

    A host that is a name is looked up only when it is connected to, and its addresses are judged then. Raises Refused.
    """
    url = url.strip()
    if len(url) > LONGEST:
        raise Refused(f"the address is longer than {LONGEST} characters")
    if _UNSAFE.search(url):
        raise Refused("the address holds blanks, control characters or backslashes")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        raise Refused("this is no address of the web") from None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise Refused(f"only http and https are fetched, not {scheme[:20] or 'an address without either'}")
    if "@" in parts.netloc:
        raise Refused("the address holds a user name or password")
    host = host_name(host)
    if host not in allowed:
        literal = _literal(host)
        reason = literal and refusal(literal)
        if reason:
            raise Refused(f"{host} is no public address ({reason})")
        # Mail, databases and printers answer below 1024; news does not come from there.
        if port is not None and port < 1024 and port not in _DEFAULT_PORTS.values():
            raise Refused(f"port {port} is no port of the web")
    target = quote(parts.path or "/", safe="/%!$&'()*+,;=:@~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%!$&'()*+,;=:@~-._?")
    return Address(scheme, host, _DEFAULT_PORTS[scheme] if port is None else port, target)


def host_name(host: str) -> str:
    """A host in the one form in which it is compared: ASCII, lower case, no final dot. Raises Refused."""
    host = host.strip().strip("[]").lower()
    if ":" in host:
        try:
            return str(IPv6Address(host))
        except ValueError:
            raise Refused(f"{host[:60]!r} is no host") from None
    if not host.isascii():
        import idna

        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise Refused(f"{host[:60]!r} is no host name") from None
    host = host.removesuffix(".")
    if _NUMBER.fullmatch(host):
        try:
            return str(IPv4Address(host))
        except ValueError:
            raise Refused(f"{host[:60]} is an IP address in an unusual form") from None
    if len(host) > 253 or not _NAME.fullmatch(host):
        raise Refused(f"{host[:60]!r} is no host name")
    return host


def refusal(address: IPv4Address | IPv6Address) -> str | None:
    """Why an IP address is not connected to; None if it is public."""
    if isinstance(address, IPv4Address):
        return next((what for network, what in _NO_PUBLIC_V4.items() if address in network), None)
    named = next((what for network, what in _NO_PUBLIC_V6.items() if address in network), None)
    if named is None and address not in _PUBLIC_V6:
        return "reserved"
    # ISATAP (RFC 5214): the last 32 bits are an IPv4 address of the network behind it.
    if named is None and (int(address) >> 32) & 0xFCFFFFFF == 0x00005EFE:
        return "ISATAP"
    return named


def refusal_of(found: str) -> str | None:
    """Why an address that a look-up gave is not connected to, as `refusal`."""
    try:
        return refusal(ip_address(found.partition("%")[0]))
    except ValueError:
        return "not an IP address"


def _literal(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return None
