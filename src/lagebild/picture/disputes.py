"""Disputes: claims that cannot all be true. Three kinds: figures, occurred against denied, different actors for one act.

A figure that rises from day to day is no dispute, nor are two papers of which one has not heard the newest number: figures are
at odds only if different named sources (or publishers, where the reports themselves give them) hold to numbers that exclude each
other for the same scope within two days. A denial looks for the act that it denies beyond its own case, because those who deny
seldom name day and place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from lagebild.lexicon.names import fold
from lagebild.picture.days import ordinal
from lagebild.picture.identities import Identities, sides
from lagebild.picture.likeness import content
from lagebild.picture.parts import Case, Claim, Dispute, Mention, Series, Side
from lagebild.picture.series import span

#: Figures of one day, or of the next: what is counted in the evening is printed in the morning.
_DAYS = 2
#: Numbers that differ by less are the same number, rounded.
_TOLERANCE = 0.1
#: A denial is about an act told at most so many days before it.
_BEFORE = 21
_REAL = ("occurred", "ongoing")
#: Acts that two sides ascribe to each other.
_ACTS = ("ASSAULT", "COERCE", "MOBILIZE")


def find_disputes(cases: Sequence[Case], series: Sequence[Series], identities: Identities) -> tuple[Dispute, ...]:
    """All disputes, by day."""
    found = [*_figures(series), *_denials(cases, identities), *_actors(cases, identities)]
    return tuple(sorted(found, key=lambda d: (d.day, d.kind, d.id)))


# ------------------------------------------------------------------------------------------------ figures


def _figures(series: Iterable[Series]) -> Iterable[Dispute]:
    for one in series:
        claims = [line_claim for line in one.lines for line_claim in line.claims if line_claim.stance != "denies"]
        odd = _at_odds(claims)
        if odd is None:
            continue
        groups: dict[str, list[Claim]] = defaultdict(list)
        for claim in odd:
            groups[amount(claim)].append(claim)
        sides = [
            Side(
                words,
                tuple(dict.fromkeys(c.source for c in told)),
                tuple(c.ref for c in told),
                max(c.day for c in told),
            )
            for words, told in sorted(groups.items(), key=lambda item: item[1][0].value)
        ]
        yield Dispute(f"figures:{one.id}", "figures", one.id, max(c.as_of for c in odd), tuple(sides))


def _at_odds(claims: list[Claim]) -> list[Claim] | None:
    """The latest claims of different sources within two days that exclude each other, or None."""
    worst: list[Claim] | None = None
    claims = sorted(claims, key=lambda c: (c.as_of, c.day, c.ref))
    for i, a in enumerate(claims):
        for b in claims[i + 1 :]:
            if (ordinal(b.as_of) or 0) - (ordinal(a.as_of) or 0) > _DAYS:
                break
            if a.source == b.source or (a.origin == b.origin and a.report != b.report):
                continue
            if not _exclude(a, b) or _corrected(a, b, claims):
                continue
            if worst is None or max(a.as_of, b.as_of) > max(c.as_of for c in worst):
                worst = [a, b]
    if worst is None:
        return None
    days = {c.as_of for c in worst}
    near = [c for c in claims if any(abs((ordinal(c.as_of) or 0) - (ordinal(d) or 0)) <= 0 for d in days)]
    return [c for c in near if any(_exclude(c, w) for w in worst)] or worst


def _exclude(a: Claim, b: Claim) -> bool:
    low, high = sorted((span(a), span(b)))
    if high[0] <= low[1]:
        return False
    # A report's own number against another report's own: papers round and lag; only a wide gap is a contradiction.
    tolerance = 0.5 if a.source.startswith("publisher:") and b.source.startswith("publisher:") else _TOLERANCE
    least, most = sorted((a.value, b.value))
    return most - least > max(1.0, tolerance * most) if least else most > 1


def _corrected(a: Claim, b: Claim, claims: Sequence[Claim]) -> bool:
    """Whether one of the two sources has since come to the other's number, or the later number updates the earlier."""
    for claim in claims:
        for old, new in ((a, b), (b, a)):
            if claim.source == old.source and claim.day > old.day and not _exclude(claim, new):
                return True
    first, second = sorted((a, b), key=lambda c: (c.day, c.report))
    own = first.source.startswith("publisher:") or second.source.startswith("publisher:")
    # A toll that rises is an update unless a named source holds to a number against another named source.
    return own and second.day > first.day and second.value > first.value


def amount(claim: Claim) -> str:
    """`at_least 40`, `3600`."""
    value = f"{int(claim.value)}" if float(claim.value).is_integer() else f"{claim.value:.10g}"
    return value if claim.precision == "exact" else f"{claim.precision} {value}"


# ------------------------------------------------------------------------------------------------ denials


def _denies(m: Mention) -> bool:
    return m.stance in ("denies", "doubts") or (m.status == "denied" and (bool(m.said_by) or m.type in _ACTS))


def _affirms(m: Mention) -> bool:
    return m.status in _REAL and m.stance in ("asserts", "believes")


def _denials(cases: Sequence[Case], identities: Identities) -> Iterable[Dispute]:
    affirmed = [case for case in cases if any(_affirms(m) for m in case.mentions)]
    by_type: dict[str, list[Case]] = defaultdict(list)
    for case in affirmed:
        by_type[case.type].append(case)
    denials: dict[str, list[Mention]] = defaultdict(list)
    about: dict[str, Case] = {}
    for case in cases:
        for m in (m for m in case.mentions if _denies(m)):
            target = (
                case
                if any(_affirms(x) and _other(x, m) for x in case.mentions)
                else _denied(m, by_type[m.type], identities)
            )
            if target is not None:
                denials[target.id].append(m)
                about[target.id] = target
    for id, told in denials.items():
        case = about[id]
        for_ = [m for m in case.mentions if _affirms(m)]
        if _withdrawn(for_, told):
            continue
        yield Dispute(
            f"status:{id}",
            "status",
            id,
            max(m.day for m in (*told, *for_)),
            (_side("occurred", for_), _side("denied", told)),
        )


def _other(affirming: Mention, denying: Mention) -> bool:
    """Whether two mentions stand for different voices."""
    return voice(affirming) != voice(denying)


def voice(m: Mention) -> tuple[str, ...]:
    """Who vouches for a mention: those it names, else its publisher."""
    return m.said_by or (f"publisher:{m.publisher or m.report}",)


def _denied(denial: Mention, cases: Sequence[Case], identities: Identities) -> Case | None:
    """The affirmed case that a denial is about: same kind of act by the same side, told shortly before or after."""
    best: tuple[float, Case] | None = None
    day = ordinal(denial.day) or 0
    sides = {identities.side(p) for p in denial.actors} - {None}
    targets = {identities.side(p) for p in denial.recipients} - {None}
    for case in cases:
        told = [m for m in case.mentions if _affirms(m) and _other(m, denial)]
        if not told:
            continue
        distance = min(abs(day - (ordinal(m.day) or 0)) for m in told)
        if distance > _BEFORE or _days_apart(denial, case):
            continue
        others = {identities.side(p) for m in told for p in m.actors} - {None}
        if sides and others and not sides & others:
            continue
        if not sides and not denial.place:
            continue
        if denial.place and case.place and fold(denial.place) != fold(case.place) and denial.country != case.country:
            continue
        score = 2.0 if sides & others else 0.0
        score += 1.0 if denial.mode and denial.mode == case.mode else 0.0
        score += 2.0 if denial.place and case.place and fold(denial.place) == fold(case.place) else 0.0
        score += 0.5 if targets & ({identities.side(p) for m in told for p in m.recipients} - {None}) else 0.0
        words = content(denial.evidence)
        score += 6.0 * max(len(words & content(m.evidence)) / max(1, len(words | content(m.evidence))) for m in told)
        score += 1.5 if any(m.report == denial.report for m in told) else 0.0
        score -= distance / 7
        if score > 2.6 and (best is None or score > best[0]):
            best = score, case
    return best[1] if best else None


def _days_apart(denial: Mention, case: Case) -> bool:
    start, end = ordinal(denial.start), ordinal(denial.end)
    one, other = ordinal(case.start), ordinal(case.end)
    if start is None or end is None or one is None or other is None:
        return False
    return start > other + 1 or one > end + 1


def _withdrawn(for_: Sequence[Mention], against: Sequence[Mention]) -> bool:
    """Whether all who affirmed it are those who deny it later: a correction, no dispute."""
    deniers = {v for m in against for v in voice(m)}
    return all(set(voice(m)) <= deniers and m.day <= max(a.day for a in against) for m in for_)


def _side(claim: str, told: Iterable[Mention]) -> Side:
    told = list(told)
    return Side(
        claim,
        tuple(dict.fromkeys(v for m in told for v in voice(m))),
        tuple(m.ref for m in told),
        max(m.day for m in told),
    )


# ------------------------------------------------------------------------------------------------- actors


def _actors(cases: Iterable[Case], identities: Identities) -> Iterable[Dispute]:
    for case in cases:
        if case.type not in _ACTS or len(case.mentions) < 2:
            continue
        groups: dict[frozenset[str], list[Mention]] = defaultdict(list)
        for m in case.mentions:
            acting = sides((m.actors), identities)
            if acting and _affirms(m):
                groups[frozenset(acting)].append(m)
        apart = [g for g in groups if not any(g & other for other in groups if other != g)]
        voices = [{v for m in groups[g] for v in voice(m)} for g in apart]
        if len(apart) < 2 or all(a & b for i, a in enumerate(voices) for b in voices[i + 1 :]):
            continue
        parts = tuple(
            _side(", ".join(dict.fromkeys(p for m in groups[g] for p in m.actors)), groups[g])
            for g in sorted(apart, key=lambda g: groups[g][0].ref)
        )
        yield Dispute(f"actor:{case.id}", "actor", case.id, case.last, parts)
