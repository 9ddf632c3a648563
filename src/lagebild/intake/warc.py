"""Web archives: the HTML responses of a WARC file (plain or gzip, a record a member) or of a WACZ package to reports.

In two steps, because they cost a thousand times as differently as they look: `pages` walks through the archive and takes
the bytes of each page; `article` finds the article in one. `reports` does both. Needs the extra `lagebild[archives]`.

What is bounded: a page (compressed, decompressed by its Content-Encoding, and as a record), the header of a record, the
number of damaged places that are stepped over. Memory is that of one page whatever the size of the archive.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, Any, BinaryIO

from lagebild.errors import Fault, LagebildError
from lagebild.intake.html import declared_encoding, known_encoding, read_html
from lagebild.intake.streams import LARGEST_RECORD, inflated, on_disk
from lagebild.intake.text import DecodeError, decode_raw
from lagebild.intake.warc_records import Damage, walk
from lagebild.model import Report

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_HTML = ("text/html", "application/xhtml+xml")
#: Damaged places of one archive that are stepped over; an archive with more is no archive.
_MOST_DAMAGE = 1000
#: A directory of a ZIP file larger than this is no collection of web pages.
_LARGEST_DIRECTORY = 64 << 20
_MOST_MEMBERS = 100_000


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was fetched: `body` decompressed, `charset` as the server named it; `where` says which one it is."""

    url: str
    body: bytes
    charset: str | None
    source: str
    where: str
    name: str


def reports(file: BinaryIO, source: str, name: str) -> Iterator[Report | Fault]:
    """The articles of an archive; pages without one are faults of their own."""
    for page in pages(file, source, name):
        yield page if isinstance(page, Fault) else article(page)


def article(page: Page) -> Report | Fault:
    """The article of a page. Its id is its address, its day the one that the page states (never that of the crawl)."""
    found = read_html(decoded(page), page.url or page.name)
    if found is None:
        return Fault(page.source, page.where, "no article in this page")
    return replace(found, url=page.url or found.url)


def pages(file: BinaryIO, source: str, name: str) -> Iterator[Page | Fault]:
    """The HTML pages of a WARC or WACZ file, one by one; at the end a note on how many records were none."""
    file = on_disk(file)
    start = file.tell()
    magic = file.read(4)
    file.seek(start)
    left: Counter[str] = Counter()
    if magic == b"PK\x03\x04":
        yield from _package(file, source, name, left)
    else:
        yield from _records(file, source, name, left)
    if left:
        listed = ", ".join(f"{count} {what}" for what, count in left.most_common())
        yield Fault(source, "", f"records that are no pages: {listed}", note=True)


def _package(file: BinaryIO, source: str, name: str, left: Counter[str]) -> Iterator[Page | Fault]:
    """The WARC files of a WACZ package."""
    try:
        _check_directory(file)
        package = zipfile.ZipFile(file)
        members = [m for m in package.infolist() if re.search(r"\.warc(\.gz)?$", m.filename)]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        yield Fault(source, "", f"a broken WACZ package ({error})")
        return
    if not members:
        yield Fault(source, "", "a ZIP archive without WARC files", "unpack it, and give the folder")
    for member in members[:_MOST_MEMBERS]:
        where = f"{source}, {member.filename}"
        try:
            with package.open(member) as inner:
                yield from _records(inner, where, f"{name}-{member.filename.rpartition('/')[2]}", left)
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            zlib.error,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            yield Fault(where, "", f"this part of the package is broken ({error})")


def _check_directory(file: BinaryIO) -> None:
    """Refuses a package whose list of members alone would fill the memory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if (
        0 <= at <= len(tail) - 22
        and _LARGEST_DIRECTORY < int.from_bytes(tail[at + 12 : at + 16], "little") < 0xFFFFFFFF
    ):
        raise ValueError("its list of members is too large")
    file.seek(0)


def _records(file: IO[bytes], source: str, name: str, left: Counter[str]) -> Iterator[Page | Fault]:
    try:
        import fastwarc.warc  # noqa: F401
    except ImportError:
        raise LagebildError(f"{source}: web archives need the extra: pip install 'lagebild[archives]'") from None
    number = damage = 0
    for _, record in walk(file, file.tell()):
        if not isinstance(record, Damage):
            number += 1
            found = page_of(record, source, number, name)
            if isinstance(found, str):
                left[found] += 1
            elif found is not None:
                yield found
            continue
        if not number:
            yield Fault(source, "", f"no WARC file ({record.reason})")
            return
        damage += 1
        more = record.more and damage <= _MOST_DAMAGE
        rest = "" if record.ends else "reading goes on after it" if more else "the rest of the archive is not read"
        yield Fault(source, f"after record {number}", record.message, rest)
        if not more:
            return
    if not number:
        yield Fault(source, "", "no record in this web archive")


def page_of(record: WarcRecord, source: str, number: int, name: str) -> Page | Fault | str | None:
    """The page of a record; a word for a record that is none (to be counted), None for the archive's own records."""
    kind = (record.headers.get("WARC-Type") or "unknown").strip().lower()[:40]
    if kind in ("warcinfo", "request", "metadata"):
        return None
    if kind != "response":
        return kind
    if not record.is_http or not record.is_http_parsed:
        return "not HTTP"
    headers: Any = record.http_headers
    status = headers.status_code
    if status != 200:
        return f"of status {status}"
    if (record.http_content_type or "").partition(";")[0].strip().lower() not in _HTML:
        return "not HTML"
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    where = f"record {number}" + (f" ({url:.200})" if url else "")
    if record.content_length > LARGEST_RECORD:
        return Fault(source, where, f"a page larger than {LARGEST_RECORD >> 20} MB")
    body = record.reader.read(LARGEST_RECORD + 1)
    if len(body) < record.content_length:
        return Fault(source, where, "the record breaks off")
    try:
        found = _unpacked(body, headers)
    except (ValueError, zlib.error) as error:
        return Fault(source, where, f"the page's compression is broken ({error})")
    if found is None:
        return Fault(source, where, f"a page larger than {LARGEST_RECORD >> 20} MB when it is decompressed")
    return Page(url, found, record.http_charset, source, where, f"{name}-{number}")


def _unpacked(body: bytes, headers: Any) -> bytes | None:
    """Undoes Transfer-Encoding and Content-Encoding; None above the limit. Archives may hold bodies that are undone already.

    The library could undo them, but loses its place in the archive where a decompressed page is not read to its end.
    """
    if "chunked" in (headers.get("Transfer-Encoding") or "").lower():
        body = _dechunked(body)
    for encoding in reversed((headers.get("Content-Encoding") or "").lower().replace(" ", "").split(",")):
        if body.lstrip()[:1] == b"<":
            continue  # undone by whoever wrote the archive
        if encoding in ("gzip", "x-gzip", "deflate"):
            found = inflated(body, LARGEST_RECORD)
        elif encoding == "br":
            found = _unbrotlied(body)
        else:
            continue
        if found is None:
            return None
        body = found
    return body


def _dechunked(body: bytes) -> bytes:
    parts, at = [], 0
    while match := re.compile(rb"([0-9a-fA-F]{1,8})[^\n]{0,200}\n").match(body, at):
        size = int(match[1], 16)
        if not size:
            break
        parts.append(body[match.end() : match.end() + size])
        at = match.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else body[at : at + 1] == b"\n"
    return b"".join(parts) if parts else body


def _unbrotlied(body: bytes) -> bytes | None:
    import brotli  # comes with fastwarc

    unpacker, parts, size = brotli.Decompressor(), [], 0
    try:
        data = unpacker.process(body, output_buffer_limit=1 << 20)
        while data:
            parts.append(data)
            size += len(data)
            if size > LARGEST_RECORD:
                return None
            data = unpacker.process(b"", output_buffer_limit=1 << 20)
    except brotli.error as error:
        raise ValueError(str(error) or "brotli") from None
    return b"".join(parts)


def decoded(page: Page) -> str:
    """The HTML of a page, in the encoding that fits, that the server names or that the page names."""
    try:
        return page.body.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    named = known_encoding(page.charset) or declared_encoding(page.body)
    if named:
        return page.body.decode(named, "replace")
    try:
        return decode_raw(page.body)
    except DecodeError:
        return page.body.decode("utf-8", "replace")
