"""CSV and TSV files with named columns: a row to a report, one by one; a broken row loses no other."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from lagebild.errors import Fault
from lagebild.intake.columns import KNOWN, chosen
from lagebild.intake.streams import HEAD, LARGEST_RECORD, lines, put_back
from lagebild.intake.text import DecodeError, decode_raw
from lagebild.model import Report

#: An unclosed quotation mark swallows the rows after it, up to this many bytes; then they are read again by themselves.
LARGEST_ROW = 2 * 1024 * 1024
#: Rows that may be so broken before the file is given up: each costs reading that far.
_MOST_BROKEN = 200
_DELIMITERS = ",;\t|"


def reports(file: BinaryIO, source: str, name: str, asked: Mapping[str, str] | None = None) -> Iterator[Report | Fault]:
    """The rows of a table; the first row names the columns."""
    csv.field_size_limit(max(csv.field_size_limit(), LARGEST_RECORD))
    head = file.read(HEAD)
    encoding = _encoding(head)
    if encoding is None:
        yield Fault(source, "", "wrong encoding: neither UTF-8 nor Latin-1", "save it as UTF-8")
        return
    rows = _Rows(put_back(head, file), encoding, delimiter(head))
    names = next(rows, None)
    if not isinstance(names, list):
        yield Fault(source, "line 1", "no row that names the columns", "name them in the first row")
        return
    taken = chosen(names, asked, source)
    if isinstance(taken, Fault):
        yield taken
        return
    number = 0
    for row in rows:
        where = f"line {rows.line}"
        if isinstance(row, str):
            yield Fault(source, where, row)
            if rows.broken > _MOST_BROKEN:
                yield Fault(source, where, f"more than {_MOST_BROKEN} broken rows", "the rest of the file is not read")
                return
        elif not any(cell.strip() for cell in row):
            continue
        elif len(row) != len(names):
            what = f"{len(row)} cells, but {len(names)} columns"
            yield Fault(source, where, what, "quote cells that hold the separator")
        else:
            number += 1
            yield taken.report(dict(zip(names, row, strict=True)), source, where, f"{name}-{rows.line}")
    if not number:
        yield Fault(source, "", "no row with a report")


class _Rows(Iterator["list[str] | str"]):
    """The rows of a file, a broken one as what is wrong with it; `line` is the number of a row's first line."""

    def __init__(self, file: BinaryIO, encoding: str, separator: str) -> None:
        self._lines = lines(file)
        self._encoding = encoding
        self._again: deque[str] = deque()
        self._used: list[str] = []
        self._separator = separator
        self._size = 0
        self._next = 1
        self.line = 0
        self.broken = 0

    def __next__(self) -> list[str] | str:
        self._used, self._size = [], 0
        self.line = self._next
        try:
            row = next(csv.reader(self._feed(), delimiter=self._separator, strict=True))
        except (csv.Error, _TooLong) as error:
            self._again.extendleft(reversed(self._used[1:]))  # the lines that the broken row swallowed
            self._next = self.line + 1
            self.broken += len(self._used) > 1
            return f"a broken row ({error})"
        self._next += len(self._used)
        return row

    def _feed(self) -> Iterator[str]:
        while True:
            if self._again:
                line = self._again.popleft()
            else:
                data = next(self._lines, b"")
                if data is None:
                    self._used.append("")
                    raise _TooLong(f"a line larger than {LARGEST_RECORD >> 20} MB")
                if not data:
                    return
                line = data.decode(self._encoding, "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
                line = line.lstrip("\ufeff") if self._next == 1 and not self._used else line
            self._used.append(line)
            self._size += len(line)
            if self._size > LARGEST_ROW and len(self._used) > 1:
                raise _TooLong(f"it does not end within {LARGEST_ROW >> 20} MB: an open quotation mark?")
            yield line


class _TooLong(Exception):
    """A row that swallowed too many lines."""


def delimiter(head: bytes) -> str:
    """What separates the cells of the first row."""
    first = head.decode("utf-8-sig", "replace").partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def named(head: bytes) -> bool:
    """Whether a file without a telling ending is such a table: its first row is names, one of them that of a text."""
    first, _, rest = head.decode("utf-8-sig", "replace").partition("\n")
    cells = [cell.strip().strip('"') for cell in first.strip("\r").split(delimiter(head))]
    if len(cells) < 2 or not rest.strip() or not all(re.fullmatch(r"[\w .\-]{1,40}", cell) for cell in cells):
        return False
    plain = {re.sub(r"[\s_\-.]+", "", cell).lower() for cell in cells}
    return bool(plain & set(KNOWN["text"])) and len([part for part in KNOWN if plain & set(KNOWN[part])]) > 1


def _encoding(head: bytes) -> str | None:
    """UTF-8, or Windows-1252 as German programs still write it."""
    whole = head.rpartition(b"\n")[0] or head
    try:
        whole.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        decode_raw(whole)
        return "cp1252"
    except DecodeError:
        return None
