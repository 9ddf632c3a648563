"""The file of feeds: which are followed, how often, how politely. Unknown keys and wrong values are errors, each in one line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lagebild.errors import LagebildError
from lagebild.intake.addresses import Refused, host_name, parse
from lagebild.intake.canonical import plain

#: No feed is asked for more often than this (seconds).
SHORTEST = 60.0
#: Seconds between two requests to one host, if the file says nothing.
DELAY = 2.0
_PERIOD = re.compile(r"(\d{1,6})\s*(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_KEYS = {"every", "delay", "contact", "allow_hosts", "feed"}
_FEED_KEYS = {"url", "publisher", "every", "language"}


@dataclass(frozen=True, slots=True)
class Followee:
    """One feed. `every`: seconds between two looks at it, None: as the command says."""

    url: str
    publisher: str | None = None
    language: str | None = None
    every: float | None = None


@dataclass(frozen=True, slots=True)
class FeedList:
    """What a file of feeds says. `delay`: seconds between two requests to one host."""

    feeds: tuple[Followee, ...]
    every: float | None = None
    delay: float = DELAY
    contact: str | None = None
    allow_hosts: tuple[str, ...] = ()


def period(value: object) -> float:
    """`90s`, `15m`, `2h`, `1d` in seconds. Raises ValueError."""
    match = _PERIOD.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"{value!r} is no time; write it as 90s, 15m, 2h or 1d")
    return float(int(match[1]) * _SECONDS[match[2]])


def load_feeds(path: Path) -> FeedList:
    """Reads a file of feeds. Raises LagebildError with one line that names the file and the place."""
    try:
        data = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise LagebildError(f"{path}: the file cannot be read ({error.strerror})") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LagebildError(f"{path}: this is no TOML ({error})") from None
    return read_feeds(data, str(path))


def read_feeds(data: Mapping[str, Any], name: str) -> FeedList:
    """What a parsed file says. Raises LagebildError."""
    try:
        _known(data, _KEYS, "")
        allowed = tuple(host_name(host) for host in _strings(data, "allow_hosts"))
        feeds = data.get("feed", [])
        if not isinstance(feeds, list) or not feeds:
            raise ValueError("no feed in it; each stands under its own [[feed]]")
        found: dict[str, Followee] = {}
        for number, item in enumerate(feeds, 1):
            try:
                feed = _feed(item, allowed)
                if feed.url in found:
                    raise ValueError(f"{feed.url} stands in it twice")
                found[feed.url] = feed
            except (ValueError, Refused) as error:
                raise ValueError(f"feed {number}: {error}") from None
        delay = data.get("delay", DELAY)
        if isinstance(delay, bool) or not isinstance(delay, int | float) or not 0 <= delay <= 3600:
            raise ValueError(f"delay {delay!r} is no number of seconds from 0 to 3600")
        every = _every(data)
        return FeedList(tuple(found.values()), every, float(delay), _contact(data), allowed)
    except (ValueError, Refused) as error:
        raise LagebildError(f"{name}: {error}") from None


def _feed(item: Any, allowed: tuple[str, ...]) -> Followee:
    if not isinstance(item, dict):
        raise ValueError("not a table; write [[feed]]")
    _known(item, _FEED_KEYS, "")
    url = item.get("url")
    if not isinstance(url, str) or not url.strip():
        raise ValueError("it has no url")
    parse(url, allowed)
    language, publisher = item.get("language"), item.get("publisher")
    if language not in (None, "de", "en"):
        raise ValueError(f"language {language!r} is neither 'de' nor 'en'")
    if publisher is not None and (not isinstance(publisher, str) or not publisher.strip()):
        raise ValueError(f"publisher {publisher!r} is no name")
    return Followee(plain(url) if "#" in url else url.strip(), publisher, language, _every(item))


def _every(table: Mapping[str, Any]) -> float | None:
    if "every" not in table:
        return None
    seconds = period(table["every"])
    if seconds < SHORTEST:
        raise ValueError(f"every {table['every']!r} is shorter than {SHORTEST:g}s")
    return seconds


def _contact(data: Mapping[str, Any]) -> str | None:
    contact = data.get("contact")
    if contact is None:
        return None
    if not isinstance(contact, str) or not re.fullmatch(r"[!-'*-~]{3,200}", contact):
        raise ValueError(f"contact {contact!r} is no address of mail or web")
    return contact


def _strings(data: Mapping[str, Any], key: str) -> list[str]:
    found = data.get(key, [])
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise ValueError(f"{key} is no list of names")
    return found


def _known(table: Mapping[str, Any], keys: set[str], where: str) -> None:
    for key in table:
        if key not in keys:
            raise ValueError(f"{where}unknown key {key!r}; known are {', '.join(sorted(keys))}")
