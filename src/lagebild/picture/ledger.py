"""Ledgers of ceasefires: what was agreed, violations a day with who blames whom, the last report of it holding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from lagebild.lexicon.topics import shows
from lagebild.picture.disputes import voice
from lagebild.picture.fates import fate
from lagebild.picture.identities import Identities, sides
from lagebild.picture.parts import Blame, Case, Ceasefire, Commitment, LedgerDay
from lagebild.picture.told import Mention

_REAL = ("occurred", "ongoing")


def find_ceasefires(
    commitments: Iterable[Commitment], cases: Sequence[Case], identities: Identities
) -> tuple[Ceasefire, ...]:
    """One ledger for each ceasefire that was agreed or in force at any time."""
    found = []
    for commitment in commitments:
        if commitment.issue != "ceasefire":
            continue
        start = next((s for s in commitment.steps if s.state in ("agreed", "in force")), None)
        if start is not None:
            found.append(_ledger(commitment, start.day, cases, identities))
    return tuple(found)


def _ledger(commitment: Commitment, agreed: str, cases: Sequence[Case], identities: Identities) -> Ceasefire:
    begin = next((s.day for s in commitment.steps if s.state == "in force"), agreed)
    over = next((s.day for s in commitment.steps if s.state == "cancelled"), "9999-12-31")
    bound = sides(commitment.by, identities)
    days: dict[str, list[tuple[Case, Mention]]] = defaultdict(list)
    holding: list[Mention] = []
    for case in cases:
        for m in case.mentions:
            own = m.start if m.start and m.start == m.end and m.type != "RETREAT" else None  # else the day of the truce
            day = own or m.day
            if m.day < agreed or not begin <= day <= over:
                continue
            if _violates(m, bound, identities):
                days[day].append((case, m))
            elif fate(m, "ceasefire") == "in force" and (m.status == "ongoing" or "holding" in _topics(m)):
                holding.append(m)
    last = max((m.day for m in holding), default=None)
    return Ceasefire(
        commitment=commitment.id,
        agreed=agreed,
        by=commitment.by,
        place=commitment.place,
        state=commitment.state,
        violations=tuple(_day(day, told) for day, told in sorted(days.items())),
        holding=last,
        holding_refs=tuple(m.ref for m in holding if m.day == last),
        refs=commitment.refs,
    )


def _violates(m: Mention, bound: set[str], identities: Identities) -> bool:
    """An attack by or on a side that is bound, or words of a breach."""
    if fate(m, "ceasefire") == "broken":
        return True
    if m.type != "ASSAULT" or m.status not in _REAL or m.stance == "denies":
        return False
    named = sides((*m.actors, *m.recipients), identities)
    return not named or not bound or bool(named & bound)


def _topics(m: Mention) -> tuple[str, ...]:
    return shows("act", m.evidence, m.language)


def _day(day: str, told: list[tuple[Case, Mention]]) -> LedgerDay:
    blames: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = defaultdict(list)
    for _, m in told:
        # An accusation blames its recipients, an attack its actors.
        by, whom = (m.actors, m.recipients) if m.type == "ACCUSE" else (m.said_by, m.actors)
        blames[by or voice(m), whom].append(m.ref)
    return LedgerDay(
        day=day,
        cases=tuple(dict.fromkeys(case.id for case, _ in told)),
        blames=tuple(Blame(by, whom, tuple(refs)) for (by, whom), refs in blames.items()),
        refs=tuple(m.ref for _, m in told),
    )
