"""Series: figures of one measure, scope and place over time, one line a source, never collapsed to one number.

A figure that stands with an attack belongs to that case; all others of a measure are about the situation as a whole and are
kept apart by what they count and where. Low and high span what each source says last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from lagebild.lexicon.names import fold
from lagebild.picture.mentions import Material
from lagebild.picture.parts import Case, Line, Series
from lagebild.picture.told import Claim

#: Measures that count people, whose figures may be sums of a whole conflict.
_PEOPLE = ("killed", "wounded", "missing", "captured", "displaced", "affected")


def find_series(material: Material, cases: Sequence[Case]) -> tuple[Series, ...]:
    """All series, those with most claims first."""
    owner = {ref: case.id for case in cases for ref in case.figures}
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in material.claims:
        case = owner.get(claim.ref)
        if case is not None:
            groups["case", case, claim.measure, claim.scope].append(claim)
        else:
            # Figures of single events and sums of money are told apart by their day, those of what there is are not.
            day = "" if claim.overall else claim.start or (claim.as_of if claim.measure in _PEOPLE else claim.report)
            groups["all", claim.measure, claim.scope, day, claim.country or "", _where(claim)].append(claim)
    _adopt(groups)
    found = [_series(claims, key[1] if key[0] == "case" else None) for key, claims in groups.items()]
    return tuple(sorted(found, key=lambda s: (-len(s.refs), s.id)))


def _where(claim: Claim) -> str:
    """The place of a sum, if it is narrower than a country."""
    return fold(claim.place) if claim.place and claim.place != claim.country else ""


def _adopt(groups: dict[tuple[str, ...], list[Claim]]) -> None:
    """Sums without a place join the largest series of their measure and scope that has one."""
    for key in [k for k in groups if k[0] == "all" and k[1] in _PEOPLE and not k[4] and not k[5]]:
        others = [k for k in groups if k != key and k[:4] == key[:4]]
        if others:
            largest = max(others, key=lambda k: (len(groups[k]), k))
            groups[largest] += groups.pop(key)


def _series(claims: list[Claim], case: str | None) -> Series:
    claims.sort(key=lambda c: (c.as_of, c.day, c.report, c.ref))
    lines: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        lines[claim.source].append(claim)
    latest = claims[-1]
    low, high = bounds(line[-1] for line in _current(lines.values()))
    placed = next((c for c in reversed(claims) if c.place), latest)
    return Series(
        id=claims[0].ref,
        measure=latest.measure,
        scope=latest.scope,
        place=placed.place,
        country=placed.country,
        case=case,
        lines=tuple(Line(source, tuple(told)) for source, told in sorted(lines.items())),
        low=low,
        high=high,
        latest=latest,
    )


def _current(lines: Iterable[Sequence[Claim]]) -> list[Sequence[Claim]]:
    """The lines whose last claim is not denied or doubted, or all of them."""
    lines = list(lines)
    return [line for line in lines if line[-1].stance in ("asserts", "believes")] or lines


def bounds(claims: Iterable[Claim]) -> tuple[float, float]:
    """Lowest and highest value among claims."""
    values = [claim.value for claim in claims]
    return min(values), max(values)


def span(claim: Claim) -> tuple[float, float]:
    """The values that a claim allows; «about» is taken for 10 percent either way."""
    value = claim.value
    if claim.precision in ("at_least", "more_than"):
        return value, float("inf")
    if claim.precision in ("at_most", "less_than"):
        return 0.0, value
    if claim.precision == "about":
        return value * 0.9, value * 1.1
    return value, value
