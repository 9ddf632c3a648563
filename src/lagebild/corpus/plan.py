"""Inputs to pieces: the parts of the work that are handed out, finished and remembered one by one.

A WARC is cut at records (one pass over the file finds where they begin), small files are put together, and of any other
large file each piece takes every n-th report. Which pieces there are follows from the files alone.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from lagebild.corpus import warc

#: Records of a WARC in one piece: minutes of work, so that a restart loses little and many workers have something to do.
RECORDS = 500
#: Bytes (unpacked) after which a piece ends before that.
BYTES = 64 * 1024 * 1024
#: Files below this are put together, up to FILES of them or BYTES_TOGETHER.
SMALL = 256 * 1024
FILES = 200
BYTES_TOGETHER = 4 * 1024 * 1024
#: Of a large file that cannot be entered in the middle: bytes for each piece, and how many pieces at most.
BYTES_PART = 4 * 1024 * 1024
PARTS = 64
_EDGE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the input. WARC: `count` records from byte `offset`, the first of which has the number `first`. Other
    files: of every `parts` reports the one numbered `part`."""

    name: str
    files: tuple[str, ...]
    offset: int = 0
    first: int = 1
    count: int = 0
    part: int = 0
    parts: int = 1

    @property
    def is_warc(self) -> bool:
        return self.count > 0

    def __str__(self) -> str:
        where = f" from record {self.first}" if self.is_warc else ""
        return self.files[0] + where


def dumps(piece: Piece) -> str:
    """A piece as one line of JSON, as workers are given it."""
    return msgspec.json.encode(piece).decode()


def loads(line: str | bytes) -> Piece:
    return msgspec.json.decode(line, type=Piece)


def fingerprint(path: str) -> str:
    """What tells a file from another one of the same name: its size, its first and last 64 KB."""
    size = os.path.getsize(path)
    digest = hashlib.sha256(str(size).encode())
    with open(path, "rb") as file:
        digest.update(file.read(_EDGE))
        file.seek(max(size - _EDGE, 0))
        digest.update(file.read(_EDGE))
    return digest.hexdigest()[:20]


def cut_warc(path: str, records: int = RECORDS, size: int = BYTES) -> list[Piece]:
    """The pieces of a WARC. Raises OSError if it cannot be opened."""
    name = fingerprint(path)
    pieces: list[Piece] = []
    start: warc.Place | None = None
    bytes_, number = 0, 0
    for place in warc.places(path):
        full = start is not None and (place.number - start.number >= records or bytes_ >= size)
        if start is not None and full and not place.damaged:
            pieces.append(_warc_piece(path, name, start, place.number - start.number))
            start, bytes_ = None, 0
        start = start or place
        bytes_ += place.size
        number = place.number
    if start is not None:
        pieces.append(_warc_piece(path, name, start, number + 1 - start.number))
    return pieces


def cut_files(paths: Iterable[str]) -> Iterator[Piece]:
    """The pieces of files that are no WARC: small ones together, large ones in parts. Raises OSError."""
    together: list[str] = []
    size = 0
    for path in paths:
        here = os.path.getsize(path)
        if here >= SMALL:
            yield from _parts(path, here)
            continue
        together.append(path)
        size += here
        if len(together) >= FILES or size >= BYTES_TOGETHER:
            yield _together(together)
            together, size = [], 0
    if together:
        yield _together(together)


def _warc_piece(path: str, name: str, start: warc.Place, count: int) -> Piece:
    return Piece(_name(path, name, str(start.offset), str(count)), (path,), start.offset, start.number, count)


def _parts(path: str, size: int) -> Iterator[Piece]:
    parts = min(max(size // BYTES_PART, 1), PARTS)
    name = fingerprint(path)
    for part in range(parts):
        yield Piece(_name(path, name, str(part), str(parts)), (path,), part=part, parts=parts)


def _together(paths: list[str]) -> Piece:
    return Piece(_name(*(word for path in paths for word in (path, fingerprint(path)))), tuple(paths))


def _name(*words: str) -> str:
    stem = "".join(c if c.isalnum() else "-" for c in Path(words[0]).name.partition(".")[0])[:40].strip("-") or "piece"
    return f"{stem}-{hashlib.sha256(chr(0).join(words).encode('utf-8', 'surrogateescape')).hexdigest()[:16]}"
