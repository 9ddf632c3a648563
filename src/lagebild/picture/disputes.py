"""Disputes: claims that cannot all be true. Three kinds: figures, occurred against denied, different actors for one act.

A figure that rises from day to day is no dispute, nor are two papers of which one has not heard the newest number: figures are
at odds only if different named sources (or publishers, where the reports themselves give them) hold to numbers that exclude each
other for the same scope within two days. A denial looks for the act that it denies beyond its own case, because those who deny
seldom name day and place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lagebild.lexicon.names import fold
from lagebild.lexicon.topics import shows
from lagebild.picture.days import ordinal
from lagebild.picture.identities import Identities, sides
from lagebild.picture.parts import Case, Dispute, Series, Side
from lagebild.picture.series import span
from lagebild.picture.told import Claim, Mention
from lagebild.picture.traits import content

#: Figures of one day, or of the next: what is counted in the evening is printed in the morning.
_DAYS = 2
#: Numbers that differ by less are the same number, rounded.
_TOLERANCE = 0.1
#: A denial is about an act told at most so many days before it.
_BEFORE = 21
#: Acts that one refuses rather than denies.
_EASING = ("RETREAT", "CONCEDE", "AID", "COOPERATE", "SUPPORT")
_COUNTED = ("killed", "wounded", "missing", "captured")
#: Characters of a report within which a denial answers what was said, and within which it is one clause.
_REACH, _CLAUSE = 700, 120
#: Characters after a denial within which the claim that it denies may follow.
_AFTER = 300
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
            if (a.source == b.source and not _anew(a, b)) or (a.origin == b.origin and a.report != b.report):
                continue
            if not _comparable(a, b) or not _exclude(a, b) or _corrected(a, b, claims):
                continue
            if worst is None or max(a.as_of, b.as_of) > max(c.as_of for c in worst):
                worst = [a, b]
    if worst is None:
        return None
    days = {c.as_of for c in worst}
    near = [c for c in claims if any(abs((ordinal(c.as_of) or 0) - (ordinal(d) or 0)) <= 0 for d in days)]
    return [c for c in near if any(_exclude(c, w) for w in worst)] or worst


def _comparable(a: Claim, b: Claim) -> bool:
    """Whether two figures can be about the same: within a report only what two named sources say, and what is no count of
    people hit only if both name the same place or stand in one report."""
    if a.report == b.report:
        return (_named(a) and _named(b)) or _anew(a, b)
    if a.measure in (*_COUNTED, "displaced"):
        return True
    return (
        a.measure not in ("distance", "share", "other")
        and _named(a)
        and _named(b)
        and a.place is not None
        and a.place == b.place
    )


def _anew(a: Claim, b: Claim) -> bool:
    """Whether a report tells of one number twice, as others count it: «von 107 Toten; andere schätzen die Zahl auf 300»."""
    later = max(a, b, key=lambda c: c.at)
    return a.report == b.report and a.scope == b.scope and abs(a.at - b.at) <= 2 * _CLAUSE and later.tally


def _exclude(a: Claim, b: Claim) -> bool:
    low, high = sorted((span(a), span(b)))
    if high[0] <= low[1]:
        return False
    if (
        a.precision == b.precision == "exact"
        and a.measure in _COUNTED
        and a.scope == b.scope
        and _named(a)
        and _named(b)
    ):
        return a.value != b.value
    # A report's own number against another report's own: papers round and lag; only a wide gap is a contradiction.
    tolerance = 0.5 if a.source.startswith("publisher:") and b.source.startswith("publisher:") else _TOLERANCE
    least, most = sorted((a.value, b.value))
    return most - least > max(1.0, tolerance * most) if least else most > 1


def _named(claim: Claim) -> bool:
    return not claim.source.startswith("publisher:")


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
    """Whether a mention denies: the act itself told as denied, or the word of one who denies what was said before."""
    if m.type == "REJECT":
        return m.status in _REAL and bool(m.actors) and "denial" in shows("act", m.evidence, m.language)
    if m.stance in ("denies", "doubts"):
        return True
    if m.type == "CONSULT":
        return False  # talks that are not held are called off
    # Who does not do what was asked of him refuses; that is no claim about what happened.
    refuses = (m.type in _EASING and set(m.actors) & {*m.said_by}) or (not m.said_by and m.type not in _ACTS)
    return m.status == "denied" and not refuses


def _affirms(m: Mention) -> bool:
    return m.status in _REAL and m.stance in ("asserts", "believes") and m.type != "REJECT"


@dataclass(frozen=True, slots=True)
class _Affirmed:
    """A case with the mentions that affirm it, and the days between which they were told."""

    case: Case
    affirming: list[Mention]
    first: int
    last: int


def _denials(cases: Sequence[Case], identities: Identities) -> Iterable[Dispute]:
    by_type: dict[str, list[_Affirmed]] = defaultdict(list)
    by_report: dict[str, list[tuple[Mention, Case]]] = defaultdict(list)
    for case in cases:
        for m in case.mentions:
            by_report[m.report].append((m, case))
        affirming = [m for m in case.mentions if _affirms(m)]
        if affirming:
            days = [ordinal(m.day) or 0 for m in affirming]
            by_type[case.type].append(_Affirmed(case, affirming, min(days), max(days)))
    denials: dict[str, list[Mention]] = defaultdict(list)
    about: dict[str, Case] = {}
    for case in cases:
        for m in (m for m in case.mentions if _denies(m)):
            target = _beside(m, by_report[m.report], identities)
            if target is None and any(_affirms(x) and _other(x, m) for x in case.mentions):
                target = case
            if target is None and m.type != "REJECT":
                target = _denied(m, by_type[m.type], identities)
            if target is not None:
                denials[target.id].append(m)
                about[target.id] = target
    for id, told in denials.items():
        case = about[id]
        own = {m.ref for m in told}
        spoken = {v for m in told for v in voice(m)}
        for_ = [
            m
            for m in case.mentions
            if _affirms(m) and m.ref not in own and not set(voice(m)) <= spoken and not _echo(m, told)
        ]
        if not for_ or _withdrawn([m for m in case.mentions if _affirms(m)], told):
            continue
        yield Dispute(
            f"status:{id}",
            "status",
            id,
            max(m.day for m in (*told, *for_)),
            (_side("occurred", for_), _side("denied", told)),
        )


def _echo(m: Mention, denials: Iterable[Mention]) -> bool:
    """Whether a mention only names what is denied: «Moskau bestritt jede Beteiligung an den Kämpfen»."""
    return any(
        d.report == m.report
        and (
            m.evidence in d.evidence
            or d.evidence in m.evidence
            or (0 < m.at - d.at <= _CLAUSE and not {*m.said_by} - {*voice(d)})
        )
        for d in denials
    )


def _beside(denial: Mention, told: Sequence[tuple[Mention, Case]], identities: Identities) -> Case | None:
    """The case that a denial in the same report is about: what another voice says of the denier before it, the nearest first;
    if nothing is about the denier, what stands right before."""
    mine = sides(denial.actors, identities)
    speakers = sides(denial.said_by, identities)
    best: tuple[tuple[int, int], Case] | None = None
    for m, case in told:
        distance = denial.at - m.at
        if not -_AFTER <= distance <= _REACH or not _affirms(m) or not _other(m, denial):
            continue
        if m.type not in (*_ACTS, "ACCUSE", "AGREE", "RETREAT") or (m.type == "ACCUSE" and m.mode == "investigate"):
            continue
        if denial.type != "REJECT" and m.type not in (denial.type, "ACCUSE"):
            continue
        doers = sides(m.recipients if m.type == "ACCUSE" else m.actors, identities)
        if m.type == "ACCUSE" and denial.type not in ("REJECT", *_ACTS) and not speakers & doers:
            continue  # what somebody else says was not done answers no accusation
        tellers = sides(m.said_by, identities)
        if tellers and tellers & (speakers or mine):
            continue  # it is its own word
        about = bool(doers & mine)
        if distance < 0 and (not about or not tellers):
            continue  # what follows answers the denial only if it names the denier
        if not about:
            # «Das wies Kiew zurück» after an attack of nobody named, or after what others say of others.
            if denial.type != "REJECT" or m.type not in _ACTS or distance > 2 * _CLAUSE or (doers and not tellers):
                continue
        rank = (int(bool(doers & mine)), -abs(distance))
        if best is None or rank > best[0]:
            best = rank, case
    return best[1] if best else None


def _other(affirming: Mention, denying: Mention) -> bool:
    """Whether two mentions stand for different voices."""
    return voice(affirming) != voice(denying)


def voice(m: Mention) -> tuple[str, ...]:
    """Who vouches for a mention: those it names, of a denial or an accusation those who utter it, else its publisher."""
    if m.type in ("REJECT", "ACCUSE") and m.actors and not m.said_by:
        return m.actors
    return m.said_by or (f"publisher:{m.publisher or m.report}",)


def _denied(denial: Mention, affirmed: Sequence[_Affirmed], identities: Identities) -> Case | None:
    """The affirmed case that a denial is about: same kind of act by the same side, told shortly before or after."""
    best: tuple[float, Case] | None = None
    day = ordinal(denial.day) or 0
    sides = {identities.side(p) for p in denial.actors} - {None}
    targets = {identities.side(p) for p in denial.recipients} - {None}
    for one in affirmed:
        if not one.first - _BEFORE <= day <= one.last + _BEFORE:
            continue
        case, told = one.case, [m for m in one.affirming if _other(m, denial)]
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
        if score > 3.0 and (best is None or score > best[0]):
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
