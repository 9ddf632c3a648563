"""Why a finding was made: the report is read once more, because reasons are not kept with findings."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lagebild.model import Event, Finding, Report

if TYPE_CHECKING:
    from lagebild.reading.reader import Reader

#: Characters; a longer report would hold the reader for too long.
LONGEST = 60_000
#: Kinds of reasons in the order in which they are told.
KINDS = ("tree", "lexicon", "head", "learned", "rule")


@dataclass(frozen=True, slots=True)
class Reasons:
    """The reasons for a finding by kind, each with its note. `alike`: whether it is read today as it was kept."""

    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    alike: bool


class Why:
    """One reader, loaded when it is first asked; one report at a time, since reading fills a core."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reader: Reader | None = None

    def read(self, report: Report) -> Report | None:
        """The report with findings and their reasons; None if it is too long."""
        if len(report.text) > LONGEST:
            return None
        with self._lock:
            if self._reader is None:
                from lagebild.reading.reader import Reader

                self._reader = Reader()
            return self._reader.read_report(replace(report, findings=(), quotes=(), times=()))


def reasons(kept: Finding, again: Report) -> Reasons | None:
    """The reasons for a kept finding, in the report as it was read again; None if it is not found any more."""
    same = [
        f
        for f in again.findings
        if f.trigger_span == kept.trigger_span and isinstance(f, Event) == isinstance(kept, Event)
    ]
    found = next((f for f in same if _act(f) == _act(kept)), same[0] if same else None)
    if found is None:
        return None
    rows = tuple(
        (kind, told)
        for kind in KINDS
        if (told := tuple(dict.fromkeys((b.source, b.note or "") for b in found.because if b.kind == kind)))
    )
    return Reasons(rows, replace(found, id=kept.id) == kept)


def _act(finding: Finding) -> tuple[str, str | None]:
    return (finding.type, finding.mode) if isinstance(finding, Event) else (finding.measure, None)
