"""WARC archives from any record on, so that several processes can read one; what a record holds, intake.warc tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lagebild.corpus.extra import needed
from lagebild.errors import Fault
from lagebild.intake.warc import Page, page_of
from lagebild.intake.warc_records import Damage, walk

ENDINGS = (".warc", ".warc.gz")


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
    needed("fastwarc.warc")
    with open(path, "rb") as file:
        for number, (offset, found) in enumerate(walk(file, 0, http=False), 1):
            if isinstance(found, Damage):
                yield Place(number, offset, 0, damaged=True)
            else:
                yield Place(number, offset, int(found.content_length))


def records(path: str, offset: int, first: int, count: int) -> Iterator[tuple[int, Page | Fault | str | None]]:
    """So many records from the one that begins at this byte, with their numbers: pages, what is wrong with one, a word for
    a record that is no page, None for one of the archive's own."""
    needed("fastwarc.warc")
    with open(path, "rb") as file:
        for number, (_, found) in enumerate(walk(file, offset), first):
            if isinstance(found, Damage):
                yield number, Fault(path, f"record {number}", found.message)
            else:
                yield number, page_of(found, path, number, path)
            if number + 1 == first + count:
                return
