"""Corrections applied to what a reader found: pure functions, so that they outlive rereads and new texts.

A correction knows its finding by kind, type, trigger and evidence. In another reading it means, in this order: the finding
of the same type with the same trigger; the one of the same type whose trigger overlaps it; the one of another type with the
same trigger. In another version of the text, where the trigger no longer stands at its place, it means the finding with the
same trigger in an evidence of mostly the same words, the most alike first. A correction that finds none rests.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lagebild.errors import LagebildError, ShapeError
from lagebild.model import ISSUES, MEASURES, MODES, PRECISIONS, STANCES, STATUSES, Event, Figure, Finding, Report
from lagebild.serial import finding_from_json, finding_to_json
from lagebild.store.records import Correction, Ref, Target

#: The fields that `set` may change, by kind of finding.
FIELDS: dict[str, tuple[str, ...]] = {
    "event": ("type", "mode", "issue", "status", "actors", "recipients", "place", "time", "said_by", "stance"),
    "figure": ("measure", "value", "precision", "of", "place", "time", "said_by", "stance"),
}
_CHOICES: dict[str, tuple[str, ...]] = {
    "type": tuple(MODES), "issue": ISSUES, "status": STATUSES, "stance": STANCES, "measure": MEASURES,
    "precision": PRECISIONS,
}  # fmt: skip
#: Evidences that share this part of their words are one clause in two versions of a text.
_SHARED = 0.6
#: Fields that need not have a value.
_OPEN = ("issue", "mode", "place", "time", "of")
#: What may become of a commitment that a person closes.
FATES = ("kept", "broken", "fulfilled", "cancelled", "in force", "unclear")


@dataclass(frozen=True, slots=True)
class Corrected:
    """A report after its corrections, what they did to which finding, and those that found none."""

    report: Report
    corrected: Mapping[str, tuple[Correction, ...]]
    dropped: tuple[Finding, ...]
    resting: tuple[Correction, ...]


def target_of(report: Report, finding: Finding, side: int = 0) -> Target:
    """A finding as a correction knows it."""
    return Target(
        report=str(report.id),
        kind=kind_of(finding),
        type=type_of(finding),
        trigger=finding.trigger,
        trigger_span=finding.trigger_span,
        evidence=finding.evidence,
        side=side,
        ref=Ref(str(report.id), finding.id),
    )


def kind_of(finding: Finding) -> str:
    return "figure" if isinstance(finding, Figure) else "event"


def type_of(finding: Finding) -> str:
    """What a finding tells of: the type of an event, the measure of a figure."""
    return finding.measure if isinstance(finding, Figure) else finding.type


def locate(target: Target, report: Report) -> Finding | None:
    """The finding that a target means in this reading of its report, or None."""
    start, end = target.trigger_span
    alike = [f for f in report.findings if kind_of(f) == target.kind]
    if report.text[start:end] == target.trigger:  # the words stand where they stood
        here = [f for f in alike if f.trigger_span == (start, end)]
        over = [f for f in alike if f.trigger_span[0] < end and start < f.trigger_span[1]]
        same = [f for f in (*here, *over) if type_of(f) == target.type]
        return next(iter(same or here), None)
    moved = [f for f in alike if f.trigger == target.trigger and _shared(f.evidence, target.evidence) >= _SHARED]
    return min(
        moved,
        key=lambda f: (
            type_of(f) != target.type, -_shared(f.evidence, target.evidence), abs(f.trigger_span[0] - start)
        ),
        default=None,
    )  # fmt: skip


def apply(report: Report, corrections: Iterable[Correction]) -> Corrected:
    """The report with all its corrections, in the order in which they were made."""
    findings: dict[str, Finding] = {f.id: f for f in report.findings}
    corrected: dict[str, list[Correction]] = {}
    dropped: list[Finding] = []
    resting: list[Correction] = []
    for correction in corrections:
        mine = [t for t in correction.targets if t.report == str(report.id)]
        located = [locate(t, report) for t in mine]
        if not any(located):
            resting.append(correction)
        for found in located:
            if found is None:
                continue
            corrected.setdefault(found.id, []).append(correction)
            if correction.action == "drop" and found.id in findings:
                dropped.append(findings.pop(found.id))
            elif correction.action == "set" and found.id in findings:
                findings[found.id] = with_field(
                    findings[found.id], str(correction.field), correction.value, report.text
                )
    gone = {f.id for f in dropped}
    kept = tuple(_without(f, gone) for f in findings.values())
    return Corrected(
        replace(report, findings=kept),
        {name: tuple(found) for name, found in corrected.items()},
        tuple(dropped),
        tuple(resting),
    )


def located(correction: Correction, reports: Mapping[str, Report]) -> Correction:
    """The correction with each target's finding in these reports (as read) looked up."""

    def look(target: Target) -> Target:
        report = reports.get(target.report)
        found = locate(target, report) if report is not None else None
        return replace(target, ref=Ref(target.report, found.id) if found is not None else None)

    return replace(correction, targets=tuple(look(t) for t in correction.targets))


def with_field(finding: Finding, field: str, value: Any, text: str) -> Finding:
    """The finding with one field set to a JSON value of the shape in docs/findings.md. Raises LagebildError."""
    kind = kind_of(finding)
    if field not in FIELDS[kind]:
        allowed = ", ".join(FIELDS[kind])
        raise LagebildError(f"{field!r} is no field of {'an event' if kind == 'event' else 'a figure'} ({allowed})")
    choices = _CHOICES.get(field)
    if isinstance(finding, Event) and field == "mode":
        choices = MODES[finding.type]
    if choices is not None and value not in choices and not (value is None and field in _OPEN):
        raise LagebildError(f"{field} cannot be {value!r}: {', '.join(choices) or 'none here'}")
    try:
        changed = finding_from_json(finding_to_json(finding) | {field: value}, text)
    except ShapeError as error:
        raise LagebildError(f"{field} cannot be {json.dumps(value, ensure_ascii=False)}: {error}") from None
    if isinstance(changed, Event) and changed.mode is not None and changed.mode not in MODES[changed.type]:
        changed = replace(changed, mode=None)  # a mode of the type that it was taken for
    return replace(changed, because=finding.because)


def _without(finding: Finding, gone: set[str]) -> Finding:
    """Conditions on findings that a person took out are none."""
    if isinstance(finding, Event) and gone.intersection(finding.conditions):
        return replace(finding, conditions=tuple(c for c in finding.conditions if c not in gone))
    return finding


def _shared(one: str, other: str) -> float:
    """The share of words that two evidences have in common, of all their words."""
    first, second = set(one.split()), set(other.split())
    return len(first & second) / len(first | second) if first or second else 1.0
