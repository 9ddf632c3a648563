"""Parquet files with named columns: rows to reports in small batches. Needs the extra `lagebild[parquet]`.

What is bounded: the pages of the taken columns, as their own headers state them (the library allots what these say, and a row
that repeats a long value of the dictionary costs no bytes in the file), each row, and what all rows hold beside the file's size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from lagebild.errors import Fault, LagebildError
from lagebild.intake.columns import Columns, chosen
from lagebild.intake.parquet_sizes import largest_page, row_groups
from lagebild.intake.streams import LARGEST_RECORD, on_disk
from lagebild.model import Report

#: Rows in memory at a time: so many, or as few as hold no more than this many bytes even if each fills a page.
_BATCH = 64
_BATCH_BYTES = 128 << 20
#: The largest pages of the taken columns of a row group, together; writers make pages of a megabyte, some of a group.
_LARGEST_PAGES = 512 << 20
#: Bytes that all rows may hold, beside so many times those of the file: packing alone reaches a thousandfold.
_LARGEST_WHOLE, _MOST_UNPACKED = 1 << 30, 2000


def reports(file: BinaryIO, source: str, name: str, asked: Mapping[str, str] | None = None) -> Iterator[Report | Fault]:
    """The rows of a Parquet file."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise LagebildError(f"{source}: Parquet files need the extra: pip install 'lagebild[parquet]'") from None
    broken = (pa.ArrowException, OSError, ValueError, LookupError, TypeError)
    file = on_disk(file)
    try:
        table = parquet.ParquetFile(file, buffer_size=1 << 20, pre_buffer=False)
        leaves = [table.schema.column(index) for index in range(len(table.schema))]
        names = _single(leaves, [str(name) for name in table.schema_arrow.names])
        groups = row_groups(file)
    except broken as error:
        yield Fault(source, "", f"a broken Parquet file ({_short(error)})")
        return
    taken = chosen(names, asked, source)
    if isinstance(taken, Fault):
        yield taken
        return
    wanted = list(dict.fromkeys(taken.of.values()))
    number = whole = 0
    most = _LARGEST_WHOLE + _MOST_UNPACKED * file.seek(0, 2)
    read = [index for index, leaf in enumerate(leaves) if any(_within(leaf.path, name) for name in wanted)]
    for group, columns in enumerate(groups):
        where = f"row group {group + 1}"
        try:
            largest = sum(largest_page(file, columns[index]) for index in read)
            if largest > _LARGEST_PAGES:
                advice = "write it in smaller row groups or pages"
                yield Fault(source, where, f"its pages are larger than {_LARGEST_PAGES >> 20} MB", advice)
                continue
            size = max(1, min(_BATCH, _BATCH_BYTES // max(largest, 1)))
            for batch in table.iter_batches(size, [group], wanted, use_threads=False):
                batch = _spelt_out(batch)
                whole += batch.nbytes
                if whole > most:
                    what = f"its rows hold more than {_MOST_UNPACKED} times the bytes of the file"
                    yield Fault(source, f"after row {number}", what, "the rest of the file is not read")
                    return
                for row in _rows(batch):
                    number += 1
                    yield _report(taken, row, source, number, name)
        except broken as error:
            yield Fault(
                source, f"{where}, after row {number}", f"broken ({_short(error)})", "the other groups are read"
            )
    if not number:
        yield Fault(source, "", "no row in this Parquet file")


def _single(leaves: Sequence[Any], names: Iterable[str]) -> list[str]:
    """Those columns that have one value a row; in a list, one row may hold a million values of no bytes each."""
    lists = [leaf.path for leaf in leaves if leaf.max_repetition_level]
    return [name for name in names if not any(_within(path, name) for path in lists)]


def _within(path: str, name: str) -> bool:
    """Whether a column of the file is the named one, or a part of it."""
    return path == name or path.startswith(f"{name}.")


def _spelt_out(batch: Any) -> Any:
    """The batch with every value written out where the file keeps numbers of values, so that its size says what its rows hold."""
    import pyarrow as pa

    columns = [c.dictionary_decode() if pa.types.is_dictionary(c.type) else c for c in batch.columns]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _rows(batch: Any) -> Iterator[dict[str, Any] | None]:
    """The rows of a batch as plain values; None for one that is too large, which is never made one."""
    if batch.nbytes <= LARGEST_RECORD:
        yield from batch.to_pylist()
        return
    for index in range(batch.num_rows):
        row = batch.slice(index, 1)
        yield None if row.nbytes > LARGEST_RECORD else row.to_pylist()[0]


def _report(taken: Columns, row: dict[str, Any] | None, source: str, number: int, name: str) -> Report | Fault:
    if row is None:
        what = f"larger than {LARGEST_RECORD >> 20} MB"
        return Fault(source, f"row {number}", what, "a report is a few pages long")
    return taken.report(row, source, f"row {number}", f"{name}-{number}")


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
