"""RSS and Atom feeds: bytes to entries. XML that declares entities is refused; what a feed holds is bounded."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from lagebild.errors import LagebildError
from lagebild.intake.maildate import mail_date

#: Entries of a feed that are looked at; papers list 20 to 100.
MOST = 500
_ENTITY = re.compile(r"<!\s*ENTITY", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]*\?>", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
#: A feed without byte order mark whose first character is `<`, in UTF-16.
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
#: Encodings in which `<` is written as in ASCII: others could hide a declaration from the check above.
_KNOWN = re.compile(
    r"(utf-?8|us-ascii|ascii|latin-?1|iso-?8859-\d+|(windows-|cp)125\d|koi8-[ru]|macroman)", re.IGNORECASE
)


class FeedError(LagebildError):
    """Bytes that are no feed, or none that is safe to read; the text says why."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article that a feed lists. `published`: ISO day; `stamp`: the feed's own words for when it last changed."""

    url: str
    title: str | None = None
    published: str | None = None
    stamp: str | None = None


def read_feed(data: bytes, url: str, content_type: str = "") -> list[Entry]:
    """The entries that have an address, each address once, in the order of the feed. Raises FeedError."""
    import feedparser

    text = _decoded(data, content_type)
    if _ENTITY.search(text):
        raise FeedError("the feed declares XML entities; not read")
    text = _DECLARATION.sub("", text.lstrip("\ufeff"), count=1)
    source = io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>' + text.lstrip().encode("utf-8", "replace"))
    try:
        # Texts of entries are not used: cleaning their HTML would be work for nothing.
        found = feedparser.parse(
            source, sanitize_html=False, resolve_relative_uris=False,
            response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        )  # fmt: skip
    except Exception as error:  # a feed too broken for the parser is none
        raise FeedError(f"the feed cannot be read ({type(error).__name__})") from None
    if not found.entries and not found.version:
        raise FeedError("this is no RSS or Atom feed")
    listed: dict[str, Entry] = {}
    for entry in _entries(found.entries[:MOST], url):
        listed.setdefault(entry.url, entry)
    return list(listed.values())


def _entries(found: list[Any], base: str) -> Iterator[Entry]:
    for entry in found:
        link = entry.get("link") or _permalink(entry)
        if not isinstance(link, str) or not link.strip():
            continue
        try:
            address = urljoin(base, link.strip())
        except ValueError:
            address = link.strip()
        # Not by its own `get`, which gives one for the other.
        published, updated = dict.get(entry, "published"), dict.get(entry, "updated")
        yield Entry(
            address[:4097],
            " ".join(str(entry.get("title") or "").split())[:500] or None,
            _day(published or updated),
            str(updated or published or "")[:100] or None,
        )


def _permalink(entry: Any) -> str | None:
    id = entry.get("id")
    return id if isinstance(id, str) and id.startswith(("http://", "https://")) else None


def _day(value: Any) -> str | None:
    """The day of a date as it is written, in its own time zone: what stands on the page is the day there."""
    if not isinstance(value, str):
        return None
    if match := re.match(r"\s*(\d{4}-\d\d-\d\d)(?!\d)", value):
        from lagebild.serial import published_day

        try:
            return published_day(match[1])
        except LagebildError:
            return None
    moment = mail_date(value)
    return moment.date().isoformat() if moment else None


def _decoded(data: bytes, content_type: str) -> str:
    for mark, name in (*_MARKS, *_WIDE):
        if data.startswith(mark):
            return data.decode(name, "replace")
    declared = _ENCODING.search(data[:1024])
    served = _CHARSET.search(content_type)
    names = [declared[1].decode("ascii") if declared else None, served[1] if served else None]
    try:
        return data.decode("utf-8")  # what is UTF-8 is so, whatever it declares
    except UnicodeDecodeError:
        pass
    for known in sorted(
        filter(None, names), key=lambda name: name.lower().startswith("utf")
    ):  # UTF-8 it is not, or broken
        if _KNOWN.fullmatch(known):
            try:
                return data.decode(known, "replace")
            except LookupError:
                continue
    return data.decode("cp1252", "replace")
