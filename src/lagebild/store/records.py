"""The plain data types of the store: kept reports, corrections and decisions about parties. All immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from lagebild.model import Finding, Report, Span


class Ref(NamedTuple):
    """One finding of one kept report: `minsk-2015#e5`."""

    report: str
    finding: str

    def __str__(self) -> str:
        return f"{self.report}#{self.finding}"


@dataclass(frozen=True, slots=True)
class Target:
    """A finding as a correction knows it: by its words in the report, not by an id that the next reading may give anew.

    `type` is the event's type or the figure's measure as it was read when the correction was made. `side` parts the two
    sides of a split (0, 1). `ref` is the finding that it means in the version at hand, None while there is none.
    """

    report: str
    kind: str
    type: str
    trigger: str
    trigger_span: Span
    evidence: str
    side: int = 0
    ref: Ref | None = None


Action = Literal["set", "drop", "join", "split", "close"]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person set right.

    set: `field` of one finding is `value` (JSON shape of docs/findings.md). drop: the finding is none. join: all targets
    are one case. split: no target of side 0 is in a case with one of side 1. close: the commitment that the target tells
    of has the fate `field` since the day `value` (or None).
    """

    id: int
    action: Action
    targets: tuple[Target, ...]
    field: str | None
    value: Any
    note: str
    author: str | None
    made: str


@dataclass(frozen=True, slots=True)
class PartyDecision:
    """Names, each with a country or None, that are one party (merge; the first one leads) or are not (split)."""

    id: int
    action: Literal["merge", "split"]
    names: tuple[tuple[str, str | None], ...]
    note: str
    author: str | None
    made: str


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report of the store with the findings that count: as read, then corrected.

    `version` is the version shown, of `versions` that are kept. `day` is the day from which it counts: that of publication,
    else that on which it was added. `corrected` names the corrections behind each finding that has any; `dropped` holds
    findings that a person took out.
    """

    report: Report
    version: int
    versions: int
    day: str
    added: str
    corrected: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    dropped: tuple[Finding, ...] = ()

    @property
    def id(self) -> str:
        return self.report.id

    @property
    def publisher(self) -> str | None:
        return self.report.publisher

    @property
    def published(self) -> str | None:
        return self.report.published

    @property
    def url(self) -> str | None:
        return self.report.url

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.report.findings


class Outline(NamedTuple):
    """One line of the list of reports."""

    id: str
    version: int
    day: str
    published: str | None
    publisher: str | None
    language: str | None
    title: str | None
    url: str | None
    events: int
    figures: int
    corrected: int
