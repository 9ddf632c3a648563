"""WARC archives from any record on, so that several processes can read one; what a record holds, intake.warc tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from lagebild.corpus.extra import needed
from lagebild.errors import Fault
from lagebild.intake.warc import Page, goes_on, page_of

ENDINGS = (".warc", ".warc.gz")
_STARTS = (b"\x1f\x8b\x08", b"WARC/1.")
_WINDOW = 1 << 20


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that are no record."""

    message: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record begins: its number from 1 on, its byte in the file, its size unpacked; nothing begins at damage."""

    number: int
    offset: int
    size: int
    damaged: bool = False


def is_warc(path: str) -> bool:
    return path.lower().endswith(ENDINGS)


def places(path: str) -> Iterator[Place]:
    """Where the records are; the bytes are unpacked but not looked into."""
    with open(path, "rb") as file:
        for number, (offset, found) in enumerate(_walk(file, 0, http=False), 1):
            damaged = isinstance(found, Damage)
            yield Place(number, offset, 0 if damaged else int(found.content_length), damaged)


def records(path: str, offset: int, first: int, count: int) -> Iterator[tuple[int, Page | Fault | str | None]]:
    """So many records from the one that begins at this byte, with their numbers: pages, what is wrong with one, a word for
    a record that is no page, None for one of the archive's own."""
    with open(path, "rb") as file:
        for number, (_, found) in enumerate(_walk(file, offset, http=True), first):
            if isinstance(found, Damage):
                yield number, Fault(path, f"record {number}", found.message)
            else:
                yield number, page_of(found, path, number, path)
            if number + 1 == first + count:
                return


def _walk(file: BinaryIO, offset: int, http: bool) -> Iterator[tuple[int, Any]]:
    """Pairs of a record's first byte and the record, or the damage; goes on behind a damaged place."""
    warc = needed("fastwarc.warc")
    last = offset - 1
    while True:
        file.seek(offset)
        try:
            for record in warc.ArchiveIterator(file, parse_http=http):
                last = int(record.stream_pos)
                yield last, record
            if last >= offset and goes_on(file, last):
                yield last, Damage("the archive breaks off")
            return
        except (OSError, ValueError, EOFError, RuntimeError) as error:
            place = max(last, offset)
            yield place, Damage(f"the archive is damaged here ({str(error)[:200] or type(error).__name__})")
            following = _next_record(file, place + 1)
            if following is None:
                return
            offset = following


def _next_record(file: BinaryIO, offset: int) -> int | None:
    """The first byte at or after `offset` at which a record may begin."""
    overlap = max(map(len, _STARTS)) - 1
    while True:
        file.seek(offset)
        window = file.read(_WINDOW)
        hits = sorted(at for start in _STARTS for at in _all(window, start))
        for hit in hits:
            if _begins_record(file, offset + hit):
                return offset + hit
        if len(window) < _WINDOW:
            return None
        offset += len(window) - overlap


def _all(window: bytes, start: bytes) -> Iterator[int]:
    at = window.find(start)
    while at >= 0:
        yield at
        at = window.find(start, at + 1)


def _begins_record(file: BinaryIO, offset: int) -> bool:
    import gzip
    import zlib

    file.seek(offset)
    head = file.read(4096)
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 64)
        except (zlib.error, gzip.BadGzipFile):
            return False
    return head.startswith(b"WARC/1.")
