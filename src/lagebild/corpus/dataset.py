"""Reading a dataset: the reports of a selection, whole, one after the other."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lagebild.corpus import rows
from lagebild.corpus.extra import CorpusError, needed
from lagebild.errors import Fault, ShapeError
from lagebild.model import Report

#: Rows in memory at a time.
_BATCH = 256


@dataclass(frozen=True, slots=True)
class Selection:
    """Which reports: from `since` to `until` (ISO days, inclusive; undated ones only if neither is given), about any of
    these parties, places (names in English, as written, or countries) or words in title or text («waffen*»: a beginning).

    `both`: a word must occur and a party or place as well.
    """

    since: str | None = None
    until: str | None = None
    parties: Collection[str] = ()
    places: Collection[str] = ()
    words: Collection[str] = ()
    both: bool = False


def is_dataset(path: str | os.PathLike[str]) -> bool:
    """Whether a folder holds what `lagebild corpus` writes."""
    return any(Path(path).glob("reports/month=*/*.parquet")) or Path(path, "_corpus", "run.json").is_file()


def months(path: str | os.PathLike[str]) -> list[str]:
    """The months of a dataset, in order; last that of reports without a date."""
    return sorted(folder.name.removeprefix("month=") for folder in Path(path).glob("reports/month=*"))


def held(path: str | os.PathLike[str]) -> tuple[int, int]:
    """How many reports and findings a dataset holds."""
    parquet = needed("pyarrow.parquet")
    reports, findings = (
        sum(parquet.read_metadata(file).num_rows for file in Path(path, table).glob("*/*.parquet"))
        for table in ("reports", "findings")
    )
    return reports, findings


def duplicates(path: str | os.PathLike[str], sources: Collection[str]) -> int:
    """How many records of these files are set aside because the dataset has the report already."""
    pc, parquet = needed("pyarrow.compute"), needed("pyarrow.parquet")
    wanted = (pc.field("reason") == "duplicate") & pc.field("source").isin(list(sources))
    return sum(
        parquet.read_table(file, columns=["record"], filters=wanted, partitioning=None).num_rows
        for file in Path(path, "aside").glob("*.parquet")
    )


def reports(path: str | os.PathLike[str], selection: Selection | None = None) -> Iterator[Report | Fault]:
    """The selected reports with their findings, by month, then day. Raises CorpusError if this is no finished dataset."""
    chosen = selection or Selection()
    if not months(path):
        raise CorpusError(f"{path}: no reports in this dataset; has its run come to its end?")
    for month in months(path):
        if _outside(month, chosen):
            continue
        for file in sorted(Path(path, "reports", f"month={month}").glob("*.parquet")):
            yield from _file(file, month, chosen)


def _outside(month: str, chosen: Selection) -> bool:
    if month == rows.UNDATED:
        return chosen.since is not None or chosen.until is not None
    return bool((chosen.since and month < chosen.since[:7]) or (chosen.until and month > chosen.until[:7]))


def _file(path: Path, month: str, chosen: Selection) -> Iterator[Report | Fault]:
    pa, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    named = _named(path.parents[2] / "findings" / f"month={month}" / path.name, chosen)
    words = [_folded(word) for word in chosen.words]
    everything = not (chosen.parties or chosen.places or words)
    try:
        file = parquet.ParquetFile(path)
        if (file.schema_arrow.metadata or {}).get(b"lagebild.schema") != str(rows.SCHEMA).encode():
            yield Fault(str(path), "", "written by another version", "read the archives anew with this version")
            return
        for batch in file.iter_batches(_BATCH, use_threads=False):
            for row in batch.to_pylist():
                if not _within(row, chosen):
                    continue
                is_named, told = row["key"] in named, bool(words) and _tells(row, words)
                if everything or ((is_named and told) if chosen.both else (is_named or told)):
                    yield _report(row, path)
    except (OSError, KeyError, pa.ArrowException) as error:
        yield Fault(str(path), "", f"no file of this dataset ({' '.join(str(error).split())[:200]})", "read it anew")


def _report(row: dict[str, Any], path: Path) -> Report | Fault:
    try:
        return rows.report_of(row)
    except (ShapeError, ValueError) as error:
        return Fault(str(path), f"report {row['id']!s:.60}", f"its reading is of another shape ({error})")


def _within(row: dict[str, Any], chosen: Selection) -> bool:
    day = row["published"].isoformat() if row["published"] else ""
    return (chosen.since or "") <= day <= (chosen.until or "9999")


def _named(path: Path, chosen: Selection) -> set[str]:
    """The keys of the reports whose findings name one of the parties or places."""
    if not (chosen.parties or chosen.places) or not path.exists():
        return set()
    parquet = needed("pyarrow.parquet")
    parties, places = ({_folded(name) for name in names} for names in (chosen.parties, chosen.places))
    found: set[str] = set()
    columns = ["report", "actors", "recipients", "said_by", "place"]
    for batch in parquet.ParquetFile(path).iter_batches(_BATCH, columns=columns, use_threads=False):
        for row in batch.to_pylist():
            mentioned = [*(row["actors"] or ()), *(row["recipients"] or ()), *(row["said_by"] or ())]
            if _any(mentioned, parties) or (row["place"] and _any([row["place"]], places)):
                found.add(row["report"])
    return found


def _any(mentioned: Sequence[dict[str, Any]], names: set[str]) -> bool:
    return any(_folded(one[part] or "") in names for one in mentioned for part in ("name", "text", "country"))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _tells(row: dict[str, Any], words: Sequence[str]) -> bool:
    """Whether one of the words or phrases stands in title or text, `*` at its end being any end."""
    import re

    text = _folded(f"{row['title'] or ''} {row['text']}")
    return any(
        re.search(rf"(?<!\w){re.escape(word.rstrip('*'))}" + ("" if word.endswith("*") else r"(?!\w)"), text)
        for word in words
    )
