"""How large the pages of a Parquet column are, by their own headers: the library allots what these say, whatever the file's end says.

Only two numbers of each header are needed, its sizes unpacked and packed; all else of the Thrift structure is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

#: A page's header holds some numbers and two values; a longer one is none.
_LONGEST_HEADER = 1 << 20
_FIRST_LOOK = 1 << 12
_DEEPEST = 16
#: Writers of old left a gap of up to so many bytes behind a column, which the library reads, too.
_GAP = 100
#: Fields of a page's header.
_UNPACKED, _PACKED = 2, 3
#: Kinds of values in Thrift's compact protocol.
_TRUE, _FALSE, _BYTE, _INT32, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 1, 2, 3, 5, 7, 8, 9, 10, 11, 12


class BrokenPage(ValueError):
    """No page's header, or one that cannot be true."""


def largest_page(file: BinaryIO, start: int, size: int) -> int:
    """The bytes of the largest page of a column that begins at `start` and takes `size` bytes. Raises BrokenPage."""
    largest, at, end = 0, start, start + size
    while at < end:
        unpacked, packed, length = _header(file, at, end + _GAP)
        if unpacked < 0 or packed < 0:
            raise BrokenPage("a page of negative size")
        largest = max(largest, unpacked, packed)
        at += length + packed
    return largest


def _header(file: BinaryIO, at: int, end: int) -> tuple[int, int, int]:
    """A page's size unpacked and packed, and the length of its header."""
    for look in (_FIRST_LOOK, _LONGEST_HEADER):
        file.seek(at)
        walk = _Walk(file.read(min(look, end - at)))
        try:
            numbers = walk.numbers()
            return numbers[_UNPACKED], numbers[_PACKED], walk.at
        except IndexError:
            continue
        except KeyError:
            break
    raise BrokenPage("a page without a header")


class _Walk:
    """Walks through a structure in Thrift's compact protocol. Raises IndexError where the bytes end too early."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def numbers(self) -> dict[int, int]:
        """The whole numbers among the fields of the structure that begins here, whose end is walked to."""
        found: dict[int, int] = {}
        for field, kind in self._fields():
            if kind == _INT32:
                found[field] = _signed(self._number(), 32)
            else:
                self._pass(kind, 0)
        return found

    def _fields(self) -> Iterator[tuple[int, int]]:
        field = 0
        while head := self._byte():
            # Numbers of fields have 16 bits and wrap around, as they do in the library.
            field = _wrapped(field + (head >> 4), 16) if head >> 4 else _signed(self._number(), 16)
            yield field, head & 15

    def _pass(self, kind: int, depth: int, in_list: bool = False) -> None:
        """Passes over a value."""
        if depth > _DEEPEST:
            raise BrokenPage("a header that is nested too deeply")
        if kind in (_TRUE, _FALSE):
            self.at += in_list  # as a field the kind is the value
        elif kind == _BYTE:
            self.at += 1
        elif kind < _DOUBLE:
            self._number()
        elif kind == _DOUBLE:
            self.at += 8
        elif kind == _BINARY:
            length = self._number()
            self.at += length
        elif kind in (_LIST, _SET):
            head = self._byte()
            for _ in self._items(head >> 4 if head >> 4 != 15 else self._number()):
                self._pass(head & 15, depth + 1, in_list=True)
        elif kind == _MAP:
            count = self._number()
            kinds = self._byte() if count else 0
            for _ in self._items(count):
                self._pass(kinds >> 4, depth + 1, in_list=True)
                self._pass(kinds & 15, depth + 1, in_list=True)
        elif kind == _STRUCT:
            for _, inner in self._fields():
                self._pass(inner, depth + 1)
        else:
            raise BrokenPage("a header of no known kind")

    def _items(self, count: int) -> range:
        if count > len(self._data):
            raise IndexError(count)
        return range(count)

    def _byte(self) -> int:
        self.at += 1
        return self._data[self.at - 1]

    def _number(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value
            if shift > 63:
                raise BrokenPage("a number that does not end")


def _signed(value: int, bits: int) -> int:
    """A number as Thrift folds its sign in («zigzag»)."""
    value &= (1 << 32) - 1
    return _wrapped(value >> 1 ^ -(value & 1), bits)


def _wrapped(value: int, bits: int) -> int:
    half = 1 << bits - 1
    return (value + half) % (half << 1) - half
