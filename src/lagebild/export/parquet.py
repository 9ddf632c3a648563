"""Parquet: one row for each finding, columns as in CSV, but typed: days, numbers and lists. Needs pyarrow."""

from __future__ import annotations

from datetime import date
from typing import IO, Any

from lagebild.export.base import Format, MissingLibrary, Written
from lagebild.export.flat import COLUMNS, rows
from lagebild.export.view import View

#: Rows that are held at once.
_BATCH = 10_000


def write(view: View, out: IO[bytes], every: bool) -> Written:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingLibrary("parquet needs the library pyarrow: pip install 'lagebild[parquet]'") from None
    types = {
        "text": pa.string(), "day": pa.date32(), "number": pa.float64(), "whole": pa.int64(), "flag": pa.bool_(),
        "list": pa.list_(pa.string()),
    }  # fmt: skip
    schema = pa.schema([(name, types[kind]) for name, kind in COLUMNS])
    written = Written("finding")
    with pq.ParquetWriter(out, schema, compression="zstd") as file:
        batch: list[dict[str, Any]] = []
        for row in rows(view):
            batch.append({name: _value(row[name], kind) for name, kind in COLUMNS})
            written.rows += 1
            if len(batch) == _BATCH:
                file.write_table(pa.Table.from_pylist(batch, schema))
                batch = []
        file.write_table(pa.Table.from_pylist(batch, schema))
    return written


def _value(value: Any, kind: str) -> Any:
    if kind == "list":
        return [_text(item) for item in value]
    if value is None:
        return None
    if kind == "day":
        return date.fromisoformat(value)
    return _text(value) if kind == "text" else value


def _text(value: str) -> str:
    return value.encode("utf-8", "replace").decode("utf-8")


FORMAT = Format("parquet", "Parquet: the rows of CSV, typed", write, statuses=True, binary=True)
