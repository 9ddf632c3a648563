"""Pieces to dataset: the rows of all pieces sorted and written by month, each report once.

The files depend on the rows alone: on no order of pieces, and not on whether they came in one run or in several. A month is
written anew as a whole and put in its place by renaming; a crash at any point is made good by the next run.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from lagebild.corpus import rows
from lagebild.corpus.extra import needed
from lagebild.corpus.work import Done, workshop

#: Reports in one file at most, as far as halving by key can tell: some 150 MB in memory.
PER_FILE = 8_000
_GROUP = 2_000


def finish(out: Path, pieces: Sequence[Done], step: Callable[[], None] = lambda: None) -> None:
    """Brings the rows of these pieces, which are read and not in the dataset yet, into it."""
    with_rows = [done for done in pieces if (workshop(out) / done.piece).is_dir()]
    months: dict[str, list[Path]] = defaultdict(list)
    for done in with_rows:
        for month in done.months:
            months[month].append(workshop(out) / done.piece)
    merge = out / "_corpus" / "merge"
    shutil.rmtree(merge, ignore_errors=True)
    merge.mkdir(parents=True)
    twice: list[rows.Row] = []
    for month in sorted(months):
        twice += _month(out, merge, month, months[month])
        step()
    _aside(out, merge, [workshop(out) / done.piece for done in with_rows], twice)
    (merge / "ready").touch()
    settle(out)


def settle(out: Path) -> None:
    """Puts what `finish` has written completely into its place; nothing to do if there is none."""
    merge = out / "_corpus" / "merge"
    if not (merge / "ready").exists():
        return
    for new in sorted(merge.glob("*/month=*")) + sorted(merge.glob("aside")):
        old = out / new.relative_to(merge)
        shutil.rmtree(old, ignore_errors=True)
        old.parent.mkdir(parents=True, exist_ok=True)
        new.rename(old)
    for piece in workshop(out).iterdir():
        if piece.is_dir():
            shutil.rmtree(piece)
    shutil.rmtree(merge)


def _month(out: Path, merge: Path, month: str, pieces: list[Path]) -> list[rows.Row]:
    """Writes a month anew; returns what is to be set aside because it is there twice."""
    pa, pc = needed("pyarrow"), needed("pyarrow.compute")
    kept: dict[str, tuple[str, int]] = {}
    twice: list[rows.Row] = []
    heads = _read(out, month, pieces, "reports", ["key", "source", "record", "url"])
    for key, source, record, url in zip(*(column.to_pylist() for column in heads.columns), strict=True):
        here = (source, record)
        first = kept.setdefault(key, here)
        if first != here:  # the same report twice: the one that comes first by file and record stays
            kept[key] = min(first, here)
            twice.append(rows.aside_row(rows.Aside(*max(first, here), "duplicate", key, url)))
    digits = 0
    while len(kept) > PER_FILE * 16**digits:
        digits += 1
    for beginning in [f"{number:0{digits}x}" for number in range(16**digits)] if digits else [""]:
        mine = pa.array(sorted(key for key in kept if key.startswith(beginning)))
        if not len(mine):
            continue
        reports = _read(out, month, pieces, "reports", None, "key", beginning)
        chosen = [
            kept[key] == (source, record)
            for key, source, record in zip(
                *(reports.column(name).to_pylist() for name in ("key", "source", "record")), strict=True
            )
        ]
        reports = _first(reports.filter(pa.array(chosen, pa.bool_())), ["key"])
        findings = _first(_read(out, month, pieces, "findings", None, "report", beginning), ["report", "id"])
        findings = findings.filter(pc.is_in(findings.column("report"), mine))
        name = f"part-{beginning or '0'}.parquet"
        _write(
            merge / "reports" / f"month={month}" / name,
            reports.sort_by([("published", "ascending"), ("key", "ascending")]),
        )
        order = [("published", "ascending"), ("report", "ascending"), ("evidence_start", "ascending"),
                 ("trigger_start", "ascending"), ("id", "ascending")]  # fmt: skip
        _write(merge / "findings" / f"month={month}" / name, findings.sort_by(order))
    return twice


def _first(table: Any, columns: list[str]) -> Any:
    """The first row of each value of these columns."""
    pa = needed("pyarrow")
    seen: set[tuple[Any, ...]] = set()
    chosen = []
    for values in zip(*(table.column(name).to_pylist() for name in columns), strict=True):
        chosen.append(values not in seen)
        seen.add(values)
    return table if all(chosen) else table.filter(pa.array(chosen, pa.bool_()))


def _read(
    out: Path,
    month: str,
    pieces: Iterable[Path],
    table: str,
    columns: list[str] | None,
    key: str = "",
    beginning: str = "",
) -> Any:
    """The rows of a month that are in the dataset or in these pieces, those whose key begins like this."""
    pa, pc, parquet = needed("pyarrow"), needed("pyarrow.compute"), needed("pyarrow.parquet")
    schema = rows.schemas()[table]
    wanted = columns or schema.names
    found = [pa.schema([schema.field(name) for name in wanted], metadata=schema.metadata).empty_table()]
    old = sorted((out / table / f"month={month}").glob("*.parquet"))
    for path in [*old, *(piece / f"{table}.parquet" for piece in pieces)]:
        if not path.exists():
            continue
        is_new = path not in old
        filters = (pc.field("month") == month) if is_new else None
        if beginning:
            begins = pc.starts_with(pc.field(key), beginning)
            filters = begins if filters is None else filters & begins
        part = parquet.read_table(path, columns=wanted, filters=filters, partitioning=None, use_threads=False)
        found.append(part.select(wanted).cast(found[0].schema))
    return pa.concat_tables(found)


def _aside(out: Path, merge: Path, pieces: list[Path], twice: list[rows.Row]) -> None:
    """What is set aside, one file for each first letter of a digest of the source's name: old rows, new rows, sorted."""
    import hashlib

    pa, pc, parquet = needed("pyarrow"), needed("pyarrow.compute"), needed("pyarrow.parquet")
    schema = rows.schemas()["aside"]
    files = sorted((out / "aside").glob("*.parquet")) + [p / "aside.parquet" for p in pieces]
    files = [path for path in files if path.exists()]
    (merge / "aside").mkdir()
    sources: set[str] = {row["source"] for row in twice}
    for path in files:
        sources |= set(parquet.read_table(path, columns=["source"], partitioning=None).column(0).to_pylist())
    by_digest: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        by_digest[hashlib.sha256(source.encode()).hexdigest()[:2]].append(source)
    for digest, names in sorted(by_digest.items()):
        chosen = [
            parquet.read_table(path, filters=pc.field("source").isin(names), partitioning=None).cast(schema)
            for path in files
        ]
        chosen.append(pa.Table.from_pylist([row for row in twice if row["source"] in names], schema))
        table = _first(pa.concat_tables(chosen), ["source", "record", "reason", "detail"])
        order = [(name, "ascending") for name in ("source", "record", "reason", "detail")]
        _write(merge / "aside" / f"part-{digest}.parquet", table.sort_by(order))


def _write(path: Path, table: Any) -> None:
    """A Parquet file; equal rows give equal bytes."""
    parquet = needed("pyarrow.parquet")
    path.parent.mkdir(parents=True, exist_ok=True)
    table = table.combine_chunks().replace_schema_metadata(table.schema.metadata)
    parquet.write_table(table, path, compression="zstd", row_group_size=_GROUP, store_schema=True)
    with path.open("rb") as file:
        os.fsync(file.fileno())
