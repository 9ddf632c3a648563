"""Reports read and kept one by one, and kept texts read anew; what is kept already is not read again."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lagebild.batch import Factory, Item, read_all
from lagebild.errors import Fault
from lagebild.model import Report
from lagebild.store.changes import Change, changes
from lagebild.store.corrections import apply
from lagebild.store.records import Correction
from lagebild.store.write import Outcome, Writer

#: Two texts that share less than this of their words are hardly one report in two versions.
_ALIKE = 0.1


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a report: the id and version under which it is kept now.

    `unlike`: it became a new version of a report with which it shares hardly a word, so two reports may have one id.
    """

    id: str
    version: int
    outcome: Outcome
    findings: int
    unlike: bool = False


@dataclass(frozen=True, slots=True)
class Reread:
    """What another reading of a kept text changed, and the corrections that find nothing to correct any more."""

    id: str
    version: int
    changes: tuple[Change, ...]
    resting: tuple[Correction, ...]


def add(writer: Writer, items: Iterable[Item], factory: Factory, jobs: int = 1) -> Iterator[Added | Fault]:
    """Reads and keeps (source, report) pairs, each by itself; faults pass through."""
    same: deque[Added] = deque()

    def unread() -> Iterator[Item]:
        for source, item in items:
            kept = writer.kept(item) if isinstance(item, Report) else None
            if kept is None:
                yield source, item
            else:
                same.append(Added(*kept, "same", 0))

    for result in read_all(unread(), factory, jobs):
        while same:
            yield same.popleft()
        yield result if isinstance(result, Fault) else keep(writer, result)
    yield from same


def keep(writer: Writer, report: Report) -> Added:
    """Keeps a report that is read already."""
    key, version, outcome = writer.add(report)
    unlike = outcome == "changed" and not alike(report.text, writer.report(key, version - 1).report.text)
    return Added(key, version, outcome, 0 if outcome == "same" else len(report.findings), unlike)


def reread(
    writer: Writer, factory: Factory, jobs: int = 1, ids: Iterable[str] | None = None, unless: str | None = None
) -> Iterator[Reread | Fault]:
    """Reads all versions of the kept reports (or of some) anew and keeps the readings, each by itself.

    `unless`: leaves out what this version of the reader has read. A text that can no longer be read keeps its reading.
    """
    keys = writer.ids() if ids is None else [writer.key(id) for id in ids]
    waiting: deque[tuple[int, Report]] = deque()

    def texts() -> Iterator[Item]:
        for key in keys:
            for version in writer.versions(key):
                if unless is None or version.reader != unless:
                    report = writer.reading(key, version.number)
                    waiting.append((version.number, report))
                    yield writer.path.name, replace(report, findings=(), quotes=(), times=(), zones=(), reader=None)

    for result in read_all(texts(), factory, jobs):
        version, before = waiting.popleft()
        if isinstance(result, Fault):
            yield result
            continue
        writer.reread(before.id, version, result)
        newest = version == writer.versions(before.id)[-1].number  # the one that corrections are about
        resting = apply(result, writer.corrections_of(before.id)).resting if newest else ()
        yield Reread(before.id, version, tuple(changes(before.findings, result.findings)), resting)


def alike(one: str, other: str) -> bool:
    """Whether two texts share enough words to be versions of one report."""
    first, second = set(one.casefold().split()), set(other.casefold().split())
    return len(first & second) >= _ALIKE * len(first | second)
