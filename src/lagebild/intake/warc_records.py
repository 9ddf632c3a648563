"""The records of a web archive from any byte on, and what stands between them that is none: one walk for all who read WARC.

Needs fastwarc. Damage costs what it hits: the walk goes on at the next place where a record begins.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from lagebild.intake.streams import LONGEST_SKIP

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

#: How a record begins, and the bytes by which it is told from others that happen to begin so.
_BEGIN = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]|WARC/[01]\.\d\r?\n")
_PLAIN = re.compile(rb"WARC/[01]\.\d")
_LOOK = 4096
_WINDOW = 1 << 20
_BROKEN = (OSError, ValueError, EOFError, RuntimeError, zlib.error)


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that are no record. `more`: records follow. `ends`: the archive breaks off in the middle of a record."""

    reason: str
    more: bool
    ends: bool = False

    @property
    def message(self) -> str:
        return self.reason if self.ends else f"a damaged place ({self.reason})"


def walk(file: IO[bytes], start: int, http: bool = True) -> Iterator[tuple[int, WarcRecord | Damage]]:
    """Pairs of a first byte and the record or damage that begins there; a record can be read until the next is asked for.

    `http`: the records' heads of HTTP are parsed.
    """
    from fastwarc.warc import ArchiveIterator

    while True:
        at, any_ = start, False
        file.seek(start)
        try:
            for record in ArchiveIterator(file, parse_http=http):
                # The library counts from where it began in a file, or from the file's beginning: the larger is meant.
                at = max(start, start + record.stream_pos if record.stream_pos < start else record.stream_pos)
                any_ = True
                yield at, record
            if any_ and _goes_on(file, at):
                yield at, Damage("the archive breaks off", more=False, ends=True)
            return
        except _BROKEN as error:
            following = _next_record(file, at + 1)
            yield at, Damage(str(error)[:200].rstrip(".") or type(error).__name__, more=following is not None)
            if following is None:
                return
            start = following


def _goes_on(file: IO[bytes], at: int) -> bool:
    """Whether bytes follow the last record's gzip member: the library says nothing of one that breaks off early."""
    file.seek(at)
    unpacker, passed = zlib.decompressobj(wbits=31), 0
    data = file.read(1 << 16)
    if not data.startswith(b"\x1f\x8b\x08"):
        return False
    while not unpacker.eof and passed <= LONGEST_SKIP:
        try:
            passed += len(unpacker.decompress(data, 1 << 20))
        except zlib.error:
            return True
        data = unpacker.unconsumed_tail or file.read(1 << 16)
        if not data and not unpacker.eof:
            return False  # the record itself breaks off, which is said already
    return bool(unpacker.unused_data or file.read(1))


def _next_record(file: IO[bytes], start: int) -> int | None:
    """The first byte at or after `start` at which a record begins. Reads forwards only: what is in a ZIP goes back at a price."""
    file.seek(start)
    window = b""
    while True:
        data = file.read(_WINDOW)
        window += data
        # What begins in the last bytes is looked at with those that follow them.
        end = len(window) if not data else max(len(window) - _LOOK, 0)
        for match in _BEGIN.finditer(window):
            if match.start() >= end:
                break
            if _begins_record(window[match.start() : match.start() + _LOOK]):
                return start + match.start()
        if not data:
            return None
        start += end
        window = window[end:]


def _begins_record(head: bytes) -> bool:
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 64)
        except zlib.error:
            return False
    return _PLAIN.match(head) is not None
