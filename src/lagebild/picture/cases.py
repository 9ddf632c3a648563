"""Cases: the same event told by several mentions, with what most independent publishers say of it and who differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from lagebild.picture.clusters import clusters
from lagebild.picture.likeness import Likeness
from lagebild.picture.mentions import Material
from lagebild.picture.parts import Case, Variant
from lagebild.picture.told import Claim, Mention
from lagebild.store.records import Correction

_REAL = ("occurred", "ongoing")
#: Characters after an attack within which a figure of dead is about it.
_NEAR = 250
_CASUALTIES = ("killed", "wounded", "missing", "captured")


def find_cases(material: Material, corrections: Iterable[Correction] = ()) -> tuple[Case, ...]:
    """All cases, each mention in exactly one, by the day of the event. `corrections`: those that join and split count."""
    mentions = material.mentions
    number = {m.ref: i for i, m in enumerate(mentions)}
    joined: list[list[int]] = []
    parted: list[tuple[list[int], list[int]]] = []
    for correction in corrections:
        sides: dict[int, list[int]] = defaultdict(list)
        for target in correction.targets:
            if target.ref is not None and str(target.ref) in number:
                sides[target.side].append(number[str(target.ref)])
        if correction.action == "join" and sides[0]:
            joined.append(sides[0])
        elif correction.action == "split" and sides[0] and sides[1]:
            parted.append((sides[0], sides[1]))
    touched = {i for group in joined for i in group} | {i for pair in parted for side in pair for i in side}
    likeness = Likeness(mentions, material.claims, material.identities)
    found = clusters(likeness, joined, parted)
    where = {i: n for n, group in enumerate(found) for i in group}
    figures = _figures(material, where)
    cases = [
        _case([mentions[i] for i in group], figures.get(n, ()), any(i in touched for i in group))
        for n, group in enumerate(found)
    ]
    return tuple(sorted(cases, key=lambda c: (c.day, c.first, c.id)))


# ----------------------------------------------------------------------------------------------- one case


def _case(mentions: list[Mention], figures: Sequence[Claim], touched: bool) -> Case:
    mentions.sort(key=lambda m: (m.day, m.report, m.ref))
    differs: list[Variant] = []

    def vote(field: str, value: Callable[[Mention], Any], among: Sequence[Mention] | None = None) -> Any:
        chosen, others = _vote(among if among is not None else mentions, value)
        differs.extend(Variant(field, _words(v), n, refs) for v, n, refs in others)
        return chosen

    status = _status(mentions)
    differs.extend(
        Variant("status", s, _publishers(told), tuple(m.ref for m in told))
        for s in dict.fromkeys(m.status for m in mentions)
        if s != status and (told := [m for m in mentions if m.status == s])
    )
    type_ = vote("type", lambda m: m.type)
    alike = [m for m in mentions if m.type == type_]
    place = vote(
        "place", lambda m: (m.place, m.country, m.precision, m.lat, m.lon) if m.place else None, _finest(mentions)
    )
    time = vote("time", lambda m: (m.start, m.end) if m.start or m.end else None, _narrowest(mentions))
    place = place or (None,) * 5
    time = time or (None, None)
    return Case(
        id=mentions[0].ref,
        type=type_,
        mode=vote("mode", lambda m: m.mode, alike),
        issue=vote("issue", lambda m: m.issue, alike),
        status=status,
        actors=vote("actors", lambda m: m.actors or None) or (),
        recipients=vote("recipients", lambda m: m.recipients or None) or (),
        place=place[0],
        country=place[1],
        precision=place[2],
        lat=place[3],
        lon=place[4],
        start=time[0],
        end=time[1],
        first=mentions[0].day,
        last=mentions[-1].day,
        publishers=_publishers(mentions),
        mentions=tuple(mentions),
        differs=tuple(differs),
        figures=tuple(claim.ref for claim in figures),
        corrected=touched or any(m.corrected for m in mentions),
    )


def _vote(
    mentions: Sequence[Mention], value: Callable[[Mention], Any]
) -> tuple[Any, list[tuple[Any, int, tuple[str, ...]]]]:
    """The value of most independent publishers, the latest on a tie, and the others with publishers and refs."""
    told: dict[Any, list[Mention]] = defaultdict(list)
    for mention in mentions:
        found = value(mention)
        if found is not None:
            told[found].append(mention)
    if not told:
        return None, []
    ranked = sorted(told, key=lambda v: (_publishers(told[v]), told[v][-1].day, len(told[v])), reverse=True)
    return ranked[0], [(v, _publishers(told[v]), tuple(m.ref for m in told[v])) for v in ranked[1:]]


def _publishers(mentions: Iterable[Mention]) -> int:
    return independent((m.origin, m.publisher) for m in mentions)


def independent(told: Iterable[tuple[str, str | None]]) -> int:
    """Independent publishers behind (origin, publisher) pairs: copies of one text are one, and so are texts of one publisher."""
    origins: dict[str, str] = {}
    for origin, publisher in told:
        origins.setdefault(origin, publisher or f"report {origin}")
    return len(set(origins.values()))


def _status(mentions: Sequence[Mention]) -> str:
    """How real the event is. Reality outdoes plans: once it is told as happened or denied, plans no longer count."""
    told: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        told["denied" if mention.stance == "denies" else mention.status].append(mention)
    happened = [m for s in _REAL for m in told[s]]
    denied = told["denied"]
    if happened and _publishers(happened) >= _publishers(denied):
        return str(
            max(_REAL, key=lambda s: (_publishers(told[s]), max((m.day for m in told[s]), default=""), s == "occurred"))
        )
    if denied and (happened or max(m.day for m in denied) >= max(m.day for m in mentions)):
        return "denied"
    left = {s: m for s, m in told.items() if m}
    return max(left, key=lambda s: (max(m.day for m in left[s]), _publishers(left[s]), s))


def _finest(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """The mentions that name a place most finely: Donetsk is no other opinion than Ukraine. A spot of which nobody says where
    it lies («vor der Schule») comes after a city."""
    order = {"point": 0, "city": 0, None: 1, "region": 1, "area": 2, "country": 3}

    def rank(m: Mention) -> int:
        return 1 if m.precision == "point" and m.lat is None else order.get(m.precision, 1)

    placed = [m for m in mentions if m.place]
    best = min(map(rank, placed), default=0)
    return [m for m in placed if rank(m) == best]


def _narrowest(mentions: Sequence[Mention]) -> Sequence[Mention]:
    """The mentions that give the event's day most narrowly: the 5th is no other opinion than September."""
    closed = [m for m in mentions if m.start and m.end]
    days = [m for m in closed if m.start == m.end]
    return days or closed or mentions


def _words(value: Any) -> str:
    if isinstance(value, tuple):
        if len(value) == 2 and (value[0] is None or str(value[0])[:1].isdigit()):
            start, end = value
            return str(start) if start == end else f"{start or '…'}/{end or '…'}"
        if len(value) == 5:
            return str(value[0])
        return ", ".join(str(v) for v in value)
    return str(value)


# ------------------------------------------------------------------------------------ figures of an event


def _figures(material: Material, where: dict[int, int]) -> dict[int, list[Claim]]:
    """Claims by the number of the case to which they belong: that of an attack told in the same or an adjacent clause."""
    attacks: dict[str, list[tuple[int, Mention]]] = defaultdict(list)
    for i, mention in enumerate(material.mentions):
        if mention.type == "ASSAULT" and mention.status in ("occurred", "ongoing", "denied"):
            attacks[mention.report].append((i, mention))
    found: dict[int, list[Claim]] = defaultdict(list)
    for claim in material.claims:
        if claim.measure not in _CASUALTIES or claim.overall:
            continue
        near = [(i, m) for i, m in attacks.get(claim.report, ()) if _together(m, claim)]
        if near:
            # The clause itself before the attack told last; one with place or day before one without.
            best = min(
                near,
                key=lambda p: (
                    p[1].evidence != claim.evidence,
                    not (p[1].place or p[1].start),
                    abs(p[1].at - claim.at),
                ),
            )
            found[where[best[0]]].append(claim)
    return found


def _together(mention: Mention, claim: Claim) -> bool:
    """Whether a figure stands in the clause of an attack or shortly after it."""
    if mention.evidence in claim.evidence or claim.evidence in mention.evidence:
        return True
    return 0 <= claim.at - mention.at <= _NEAR
