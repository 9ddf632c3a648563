"""One worker: reads a piece and writes its rows. It is made once for each process and loads one analyser."""

from __future__ import annotations

import os
import resource
import shutil
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from lagebild.corpus import rows
from lagebild.corpus.extra import needed
from lagebild.corpus.pages import Taken, taken
from lagebild.corpus.plan import Piece
from lagebild.corpus.readings import Readings
from lagebild.corpus.rows import Aside, Row
from lagebild.errors import UnreadableReport
from lagebild.language import load_analyser
from lagebild.language.document import Analyser, Document
from lagebild.lexicon.loader import LANGUAGES
from lagebild.model import Report
from lagebild.reading.events import Voices
from lagebild.reading.reader import Reader

#: So often may a process die at one report, within one run, before the report is set aside as its cause.
DEATHS = 3


@dataclass(frozen=True, slots=True)
class Task:
    """What every worker of a run is told: where to write, and how to read."""

    out: str
    languages: tuple[str, ...] = LANGUAGES
    voices: Voices = "both"
    everything: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a piece: counts by name, seconds of processor time by step, the months of its reports, its process's memory in MB."""

    piece: str
    counts: dict[str, int]
    seconds: dict[str, float]
    months: list[str]
    memory: int
    reader: str


def workshop(out: str | os.PathLike[str]) -> Path:
    """The folder of a dataset where pieces wait until all are read."""
    return Path(out, "_corpus", "pieces")


def finished(out: str | os.PathLike[str]) -> dict[str, Done]:
    """The pieces that are read, by name."""
    found = (msgspec.json.decode(path.read_bytes(), type=Done) for path in sorted(workshop(out).glob("*.json")))
    return {done.piece: done for done in found}


class Worker:
    """Reads pieces one after the other."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._analyser = _Timed(load_analyser(threads=1))
        self._reader = Reader(self._analyser, task.voices)
        self._readings = Readings(task.out)

    def __call__(self, piece: Piece) -> Done:
        """Reads a piece, unless that is done, and keeps its rows. Raises OSError if they cannot be written."""
        folder = workshop(self._task.out)
        marker = folder / f"{piece.name}.json"
        if marker.exists():  # another worker was thought dead and had finished after all
            return msgspec.json.decode(marker.read_bytes(), type=Done)
        with _Notes(folder, piece.name) as notes:
            work = _Piece(self._reader, self._readings, notes)
            analysing = self._analyser.seconds
            for one in taken(piece, self._task.languages, self._task.everything, work.clock):
                work.take(one)
            seconds = {name: round(value, 3) for name, value in work.seconds.items()}
            seconds["analysing"] = round(self._analyser.seconds - analysing, 3)
            done = Done(piece.name, dict(work.counts), seconds, sorted(work.months), _memory(), self._reader.version)
            _keep(folder, piece.name, work.tables(), done)
        return done


class _Timed:
    """An analyser that adds up the time it takes."""

    def __init__(self, analyser: Analyser) -> None:
        self._analyser = analyser
        self.name = analyser.name
        self.version = getattr(analyser, "version", "")
        self.seconds = 0.0

    def analyse(self, text: str, language: str, breaks: Sequence[int] = ()) -> Document:
        before = time.process_time()
        try:
            return self._analyser.analyse(text, language, breaks)
        finally:
            self.seconds += time.process_time() - before


@dataclass
class _Piece:
    """The rows of a piece as they come."""

    reader: Reader
    readings: Readings
    notes: _Notes
    counts: Counter[str] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    months: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    reports: list[Row] = field(default_factory=list)
    findings: list[Row] = field(default_factory=list)
    aside: list[Row] = field(default_factory=list)

    @contextmanager
    def clock(self, step: str) -> Iterator[None]:
        before = time.process_time()
        yield
        self.seconds[step] += time.process_time() - before

    def take(self, one: Taken) -> None:
        self.counts["records"] += 1
        if isinstance(one.item, str):
            self.counts[one.item] += 1
        elif isinstance(one.item, Aside):
            self.put_aside(one.item)
        else:
            self.read(one.source, one.record, one.item)

    def put_aside(self, aside: Aside) -> None:
        self.counts[aside.reason] += 1
        if aside.reason == "language":
            self.counts[f"language {aside.detail}"] += 1
        self.aside.append(rows.aside_row(aside))

    def read(self, source: str, record: int, report: Report) -> None:
        key = rows.key_of(report)
        if key in self.keys:
            self.put_aside(Aside(source, record, "duplicate", key, report.url))
            return
        if not self.notes.begin(key):
            message = f"the process died {DEATHS} times while it read this"
            self.put_aside(Aside(source, record, "failed", message, report.url))
            return
        try:
            with self.clock("reading"):
                again = self.readings.find(report)
                read = again or self.reader.read_report(report)
            row = rows.report_row(key, source, record, read)
            if again is None:
                self.readings.keep(read, row["reading"])
            found = rows.finding_rows(key, read)
        except UnreadableReport as error:
            self.put_aside(Aside(source, record, "unreadable", str(error), report.url))
            return
        except Exception as error:
            self.put_aside(Aside(source, record, "failed", f"{type(error).__name__}: {error}", report.url))
            return
        month = rows.month_of(report)
        self.keys.add(key)
        self.months.add(month)
        self.reports.append(row | {"month": month})
        self.findings.extend(one | {"month": month} for one in found)
        self.counts["reports"] += 1
        self.counts["findings"] += len(found)
        # Words are counted where they were read: the rate of reading is made of them.
        self.counts["reused" if again else "words"] += 1 if again else row["words"]

    def tables(self) -> dict[str, Any]:
        pa = needed("pyarrow")
        found = {}
        for name, schema in rows.schemas().items():
            if name != "aside":
                schema = schema.append(pa.field("month", pa.string()))
            found[name] = pa.Table.from_pylist(getattr(self, name), schema)
        return found


class _Notes:
    """Notes down which report is being read, so that one which kills its process is known and left out.

    Within a run only: that a whole run was broken off says nothing against a report.
    """

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / f"{name}.at"
        try:
            begun = self._path.read_text("ascii").split()
        except OSError:
            begun = []
        # The last report of an attempt stands behind a mark where the next attempt began.
        self._deaths = Counter(
            last for last, mark in zip(begun, [*begun[1:], "-"], strict=False) if mark == "-" != last
        )
        self._file = self._path.open("a", encoding="ascii")
        if begun:
            self._write("-")

    def begin(self, key: str) -> bool:
        """Whether the report of this key may be read."""
        if self._deaths[key] >= DEATHS:
            return False
        self._write(key)
        return True

    def _write(self, word: str) -> None:
        self._file.write(word + "\n")
        self._file.flush()

    def __enter__(self) -> _Notes:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)


def forget_deaths(out: str | os.PathLike[str]) -> None:
    """Takes away what earlier runs noted down or left half written."""
    for path in workshop(out).glob("*.at"):
        path.unlink(missing_ok=True)
    for path in workshop(out).glob("*.part-*"):
        shutil.rmtree(path, ignore_errors=True)


def _keep(folder: Path, name: str, tables: dict[str, Any], done: Done) -> None:
    """Writes the tables of a piece, then its marker: a piece is whole or not there."""
    parquet = needed("pyarrow.parquet")
    part = folder / f"{name}.part-{os.uname().nodename}-{os.getpid()}"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    for table, content in tables.items():
        if content.num_rows:
            parquet.write_table(content, part / f"{table}.parquet", compression="zstd")
    try:
        part.rename(folder / name)
    except OSError:  # another attempt was here before and wrote the same
        shutil.rmtree(folder / name)
        part.rename(folder / name)
    marker = folder / f"{name}.json.{os.getpid()}"
    marker.write_bytes(msgspec.json.encode(done))
    marker.rename(folder / f"{name}.json")


def _memory() -> int:
    """The most memory that this process has had, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1 << 20 if sys.platform == "darwin" else 1 << 10)
