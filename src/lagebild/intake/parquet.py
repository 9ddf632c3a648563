"""Parquet files with named columns: rows to reports in small batches. Needs the extra `lagebild[parquet]`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from lagebild.errors import Fault, LagebildError
from lagebild.intake.columns import columns
from lagebild.intake.streams import LARGEST_RECORD, on_disk
from lagebild.model import Report

#: Rows in memory at a time.
_BATCH = 64
#: The taken columns of a row group may not be larger than this when they are decompressed.
_LARGEST_GROUP = 2 << 30


def reports(file: BinaryIO, source: str, name: str, asked: Mapping[str, str] | None = None) -> Iterator[Report | Fault]:
    """The rows of a Parquet file."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise LagebildError(f"{source}: Parquet files need the extra: pip install 'lagebild[parquet]'") from None
    broken = (pa.ArrowException, OSError, ValueError, KeyError, TypeError)
    try:
        table = parquet.ParquetFile(on_disk(file), buffer_size=1 << 20, pre_buffer=False)
        names = [str(name) for name in table.schema_arrow.names]
    except broken as error:
        yield Fault(source, "", f"a broken Parquet file ({_short(error)})")
        return
    taken = columns(names, asked)
    if taken is None:
        listed = ", ".join(repr(n[:40]) for n in names[:8])
        yield Fault(source, "", f"no column with the text (columns: {listed})", "name it: --columns text=COLUMN")
        return
    number = 0
    for group in range(table.num_row_groups):
        where = f"row group {group + 1}"
        try:
            if _size(table.metadata.row_group(group), set(taken.of.values())) > _LARGEST_GROUP:
                yield Fault(source, where, f"larger than {_LARGEST_GROUP >> 30} GB", "write it in smaller row groups")
                continue
            for batch in table.iter_batches(_BATCH, [group], list(set(taken.of.values())), use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    yield _row(taken.report(row, source, f"row {number}", f"{name}-{number}"), source, number)
        except broken as error:
            yield Fault(
                source, f"{where}, after row {number}", f"broken ({_short(error)})", "the other groups are read"
            )
    if not number:
        yield Fault(source, "", "no row in this Parquet file")


def _row(found: Report | Fault, source: str, number: int) -> Report | Fault:
    if isinstance(found, Report) and len(found.text) > LARGEST_RECORD:
        return Fault(source, f"row {number}", f"larger than {LARGEST_RECORD >> 20} MB", "a report is a few pages long")
    return found


def _size(group: Any, wanted: set[str]) -> int:
    """The bytes that the wanted columns of a row group take, as the file says."""
    parts = (group.column(index) for index in range(group.num_columns))
    return sum(part.total_uncompressed_size for part in parts if part.path_in_schema.partition(".")[0] in wanted)


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
