"""What differs between two readings of one text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lagebild.model import Finding
from lagebild.serial import finding_to_json
from lagebild.store.corrections import kind_of, type_of

#: Keys that say where a finding stands, not what it says; ids are counted anew in each reading.
_ASIDE = ("id", "conditions", "confidence", "evidence", "evidence_span", "trigger_span")


@dataclass(frozen=True, slots=True)
class Change:
    """A finding that is new, gone, or says something else; `fields` holds (field, before, after) as JSON values."""

    kind: Literal["new", "gone", "changed"]
    finding: Finding
    fields: tuple[tuple[str, Any, Any], ...] = ()


def changes(before: Sequence[Finding], after: Sequence[Finding]) -> Iterator[Change]:
    """The changes from one reading to the other, in the order of the text."""
    left = list(before)
    found: list[Change] = []
    for finding in after:
        earlier = _counterpart(finding, left)
        if earlier is None:
            found.append(Change("new", finding))
            continue
        left.remove(earlier)
        fields = tuple(_differing(earlier, finding))
        if fields:
            found.append(Change("changed", finding, fields))
    found += [Change("gone", finding) for finding in left]
    yield from sorted(found, key=lambda change: change.finding.trigger_span)


def _counterpart(finding: Finding, others: Sequence[Finding]) -> Finding | None:
    """The finding of the other reading with the same trigger, of the same type if there is a choice."""
    here = [f for f in others if kind_of(f) == kind_of(finding) and f.trigger_span == finding.trigger_span]
    alike = [f for f in here if type_of(f) == type_of(finding)]
    return next(iter(alike or here), None)


def _differing(one: Finding, other: Finding) -> Iterator[tuple[str, Any, Any]]:
    before, after = finding_to_json(one), finding_to_json(other)
    for key in after:
        if key not in _ASIDE and before.get(key) != after[key]:
            yield key, before.get(key), after[key]
