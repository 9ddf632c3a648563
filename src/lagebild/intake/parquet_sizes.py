"""How large the pages of a Parquet file are, by their own headers: the library allots what these say, whatever else the file says.

The file's end, where its columns lie is told, is read here as well: pyarrow gives that too, but the process ends if it is broken.
Both are structures in Thrift's compact protocol, of which a few numbers are needed; all else is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

#: A page's header holds some numbers and two values; a longer one is none. A file's end has some 100 bytes a column and row group.
_LONGEST_HEADER = 1 << 20
_LONGEST_END = 16 << 20
_FIRST_LOOK = 1 << 12
_DEEPEST = 16
_MOST_ITEMS = 1_000_000
#: Writers of old left a gap of up to so many bytes behind a column, which the library reads, too.
_GAP = 100
#: Kinds of values.
_TRUE, _FALSE, _BYTE, _INT32, _INT64, _DOUBLE, _BINARY, _LIST, _SET, _MAP, _STRUCT = 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12
#: What is taken of a structure: fields by number and kind, those of structures with what is taken of them.
_Taken = Mapping[tuple[int, int], Any]
_UNPACKED, _PACKED = (2, _INT32), (3, _INT32)
_HEADER: _Taken = {_UNPACKED: None, _PACKED: None}
_GROUPS, _COLUMNS, _ABOUT = (4, _LIST), (1, _LIST), (3, _STRUCT)
_SIZE, _DATA, _DICTIONARY = (7, _INT64), (9, _INT64), (11, _INT64)
_END: _Taken = {_GROUPS: {_COLUMNS: {_ABOUT: {_SIZE: None, _DATA: None, _DICTIONARY: None}}}}


class BrokenParquet(ValueError):
    """A part of a file that cannot be what it should be."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where the pages of a column lie in one row group: the first byte and how many there are."""

    start: int
    size: int


def row_groups(file: BinaryIO) -> list[list[Column]]:
    """The columns of each row group, in the order of the schema. Raises BrokenParquet."""
    length = file.seek(0, 2)
    file.seek(max(length - 8, 0))
    size = int.from_bytes(file.read(4), "little")
    if size > length - 8:
        raise BrokenParquet("its end is longer than the file")
    if size > _LONGEST_END:
        raise BrokenParquet(f"its end is larger than {_LONGEST_END >> 20} MB")
    file.seek(length - 8 - size)
    try:
        end = _Walk(file.read(size)).structure(_END)
    except IndexError:
        raise BrokenParquet("its end breaks off") from None
    return [[_column(column) for column in group.get(_COLUMNS, ())] for group in end.get(_GROUPS, ())]


def _column(column: Mapping[tuple[int, int], Any]) -> Column:
    about = column.get(_ABOUT, {})
    start, first = about.get(_DATA, 0), about.get(_DICTIONARY, 0)
    return Column(first if 0 < first < start else start, about.get(_SIZE, 0))


def largest_page(file: BinaryIO, column: Column) -> int:
    """The bytes of a column's largest page. Raises BrokenParquet."""
    largest, at, end = 0, column.start, column.start + column.size
    while at < end:
        unpacked, packed, length = _header(file, at, end + _GAP)
        if unpacked < 0 or packed < 0:
            raise BrokenParquet("a page of negative size")
        largest = max(largest, unpacked, packed)
        at += length + packed
    return largest


def _header(file: BinaryIO, at: int, end: int) -> tuple[int, int, int]:
    """A page's size unpacked and packed, and the length of its header."""
    for look in (_FIRST_LOOK, _LONGEST_HEADER):
        file.seek(at)
        walk = _Walk(file.read(min(look, end - at)))
        try:
            header = walk.structure(_HEADER)
            return header[_UNPACKED], header[_PACKED], walk.at
        except IndexError:
            continue
        except KeyError:
            break
    raise BrokenParquet("a page without a header")


class _Walk:
    """Walks through structures in Thrift's compact protocol. Raises IndexError where the bytes end too early, BrokenParquet."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._items = 0
        self.at = 0

    def structure(self, taken: _Taken, depth: int = 0) -> dict[tuple[int, int], Any]:
        """What is to be taken of the structure that begins here; walks to its end. Of a field that comes twice the last counts."""
        found: dict[tuple[int, int], Any] = {}
        for field in self._fields():
            if field not in taken:
                self._pass(field[1], depth)
            elif field[1] == _STRUCT:
                found[field] = self.structure(taken[field], depth + 1)
            elif field[1] == _LIST:
                kind, count = self._list()
                if kind != _STRUCT:
                    raise BrokenParquet("a list of other things")
                found[field] = [self.structure(taken[field], depth + 1) for _ in range(count)]
            else:
                found[field] = _signed(self._number(), 32 if field[1] == _INT32 else 64)
        return found

    def _fields(self) -> Iterator[tuple[int, int]]:
        """Number and kind of the fields of a structure."""
        field = 0
        while head := self._byte():
            # Numbers of fields have 16 bits and wrap around, as they do in the library.
            field = _wrapped(field + (head >> 4), 16) if head >> 4 else _wrapped(_signed(self._number(), 32), 16)
            yield field, head & 15

    def _pass(self, kind: int, depth: int, in_list: bool = False) -> None:
        """Passes over a value."""
        if depth > _DEEPEST:
            raise BrokenParquet("something nested too deeply")
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
            inner, count = self._list()
            for _ in range(count):
                self._pass(inner, depth + 1, in_list=True)
        elif kind == _MAP:
            count = self._counted(self._number())
            kinds = self._byte() if count else 0
            for _ in range(count):
                self._pass(kinds >> 4, depth + 1, in_list=True)
                self._pass(kinds & 15, depth + 1, in_list=True)
        elif kind == _STRUCT:
            for _, inner in self._fields():
                self._pass(inner, depth + 1)
        else:
            raise BrokenParquet("something of no known kind")

    def _list(self) -> tuple[int, int]:
        """Kind and number of the items of a list."""
        head = self._byte()
        return head & 15, self._counted(head >> 4 if head >> 4 != 15 else self._number())

    def _counted(self, count: int) -> int:
        self._items += count
        if self._items > _MOST_ITEMS:
            raise BrokenParquet(f"more than {_MOST_ITEMS:,} things in its lists")
        return count

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
                raise BrokenParquet("a number that does not end")


def _signed(value: int, bits: int) -> int:
    """A number as Thrift folds its sign in («zigzag»)."""
    value &= (1 << bits) - 1
    return _wrapped(value >> 1 ^ -(value & 1), bits)


def _wrapped(value: int, bits: int) -> int:
    half = 1 << bits - 1
    return (value + half) % (half << 1) - half
