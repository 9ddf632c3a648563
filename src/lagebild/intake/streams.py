"""Bytes as they come: files and standard input from their first bytes on, gzip undone, lines and records of bounded size."""

from __future__ import annotations

import gzip
import io
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

#: Bytes at the beginning of a file by which its format is told.
HEAD = 64 * 1024
#: A file that is one report (text, a page, one JSON object) may not be larger: it is taken into memory at once.
LARGEST = 256 * 1024 * 1024
#: A single record of an archive (a line, a page, a message) may not be larger.
LARGEST_RECORD = 16 * 1024 * 1024
#: A record that is passed over because it is too large may not go on for ever either: after this the file is given up.
LONGEST_SKIP = 4 * 1024 * 1024 * 1024
#: What undoing gzip raises on bytes that are none, or that break off.
BROKEN_GZIP = (EOFError, zlib.error, gzip.BadGzipFile)
_CHUNK = 1 << 20


class Endless(ValueError):
    """A record that went on for longer than any record may: what follows in the file is not read."""


class _Chained(io.RawIOBase):
    """Bytes that were read already, then the rest of their file."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = memoryview(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            size = min(len(buffer), len(self._head))
            buffer[:size], self._head = self._head[:size], self._head[size:]
            return size
        data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def put_back(head: bytes, rest: BinaryIO) -> BinaryIO:
    """The file as it was before `head` was read from it."""
    if rest.seekable():
        rest.seek(-len(head), io.SEEK_CUR)
        return rest
    return io.BufferedReader(_Chained(head, rest), _CHUNK)


def unpacked(file: BinaryIO) -> BinaryIO:
    """What a gzip file holds, as a stream that cannot go back. Reading raises one of BROKEN_GZIP."""
    stream = gzip.GzipFile(fileobj=file)
    return io.BufferedReader(_Forward(stream), _CHUNK)


class _Forward(io.RawIOBase):
    """A stream read forwards only: a gzip file could go back, but by beginning anew."""

    def __init__(self, stream: gzip.GzipFile) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def inflated_head(head: bytes, size: int) -> bytes:
    """The first bytes of what a gzip file holds, from its own first bytes. Raises one of BROKEN_GZIP."""
    return zlib.decompressobj(wbits=31).decompress(head, size)


def on_disk(file: BinaryIO) -> BinaryIO:
    """The same bytes where one can go back and forth: the file itself, or a copy that vanishes when it is closed."""
    if file.seekable():
        return file
    copy = tempfile.TemporaryFile()  # noqa: SIM115 (it is closed, and vanishes, with its last reference)
    shutil.copyfileobj(file, copy, _CHUNK)
    copy.seek(0)
    return copy


def inflated(data: bytes, limit: int) -> bytes | None:
    """What gzip or zlib bytes hold; None if that is more than `limit` bytes. Raises zlib.error."""
    unpacker = zlib.decompressobj(wbits=47 if data[:2] == b"\x1f\x8b" or _is_zlib(data) else -15)
    found = unpacker.decompress(data, limit + 1)
    return None if len(found) > limit else found


def _is_zlib(data: bytes) -> bool:
    return len(data) > 1 and data[0] & 15 == 8 and int.from_bytes(data[:2]) % 31 == 0


def lines(file: BinaryIO, limit: int = LARGEST_RECORD) -> Iterator[bytes | None]:
    """The lines of a file, with their ends; None for one of more than `limit` bytes. Raises Endless."""
    while line := file.readline(limit + 1):
        if len(line) <= limit or line.endswith(b"\n"):
            yield line
            continue
        skipped = len(line)
        while (line := file.readline(_CHUNK)) and not line.endswith(b"\n"):
            skipped += len(line)
            if skipped > LONGEST_SKIP:
                raise Endless(f"a line of more than {LONGEST_SKIP >> 30} GB")
        yield None
