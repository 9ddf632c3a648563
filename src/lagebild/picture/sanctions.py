"""Sanctions: imposed by whom on whom, for what, and what must happen before they are lifted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from lagebild.lexicon.reasons import reason_in
from lagebild.lexicon.topics import shows
from lagebild.picture.conditions import Lookup, refs_of
from lagebild.picture.context import Context
from lagebild.picture.disputes import voice
from lagebild.picture.identities import Identities, sides
from lagebild.picture.parts import Case, Dispute, Sanction, Step
from lagebild.picture.told import Mention

_STATES = {
    "occurred": "imposed", "ongoing": "imposed", "planned": "planned", "demanded": "demanded", "considered": "considered",
    "conditional": "considered",
}  # fmt: skip
_NO_SANCTIONS = ("convict", "expel", "withdraw")
#: Modes of easing that is no lifting of sanctions; other modes of it are easily misread.
_OWN = ("ceasefire", "withdraw", "release")
_LIFTING = ("lifted", "lifting")
#: A word of what is to come does not undo what has come of it.
_ORDER = {"considered": 1, "demanded": 1, "planned": 1, "agreed": 2, "imposed": 3}
#: Characters within which «sie» means the sanctions told before.
_NEAR = 250


def find_sanctions(
    cases: Sequence[Case], disputes: Sequence[Dispute], identities: Identities, context: Context
) -> tuple[Sanction, ...]:
    """One entry for each sender and target, by the day on which it was first told."""
    groups: dict[tuple[str, str], list[tuple[Case, Mention, str]]] = defaultdict(list)
    imposed: dict[str, list[Mention]] = defaultdict(list)
    for case in cases:
        for m in case.mentions:
            if m.type == "SANCTION":
                imposed[m.report].append(m)
    for case in cases:
        for m in case.mentions:
            state = _state(m, context, imposed[m.report])
            if state is None:
                continue
            senders, targets = case.actors or m.actors, case.recipients or m.recipients
            if m.type != "SANCTION":
                targets = () if m.type == "AGREE" else targets
            if state in _LIFTING:
                beside = _before(m, imposed[m.report])
                if beside is not None and _of_those(senders, targets, beside, identities):
                    senders, targets = beside.actors, beside.recipients
                elif beside is not None:
                    senders, targets = senders or beside.actors, targets or beside.recipients
            key = _key(senders, targets, identities)
            if key is not None:
                groups[key].append((case, m, state))
    _join(groups)
    look = Lookup(cases, disputes, identities, context.claims)
    by_id = {case.id: case for case in cases}
    found = [s for told in groups.values() if (s := _sanction(told, look, by_id)) is not None]
    return tuple(sorted(found, key=lambda s: (s.steps[0].day, s.id)))


def _state(m: Mention, context: Context, imposed: Sequence[Mention]) -> str | None:
    topics = shows("act", m.evidence, m.language)
    if m.stance == "denies" or m.status == "denied":
        return None
    about = "sanctions" in topics or m.issue == "sanctions"
    if m.type in ("RETREAT", "CONCEDE") and (
        (about and ("lifting" in topics or m.issue == "sanctions"))
        or ("lifting" in topics and m.mode not in _OWN and _before(m, imposed) is not None)
    ):
        return "lifted" if m.status in ("occurred", "ongoing") else "lifting"
    if m.type in ("AGREE", "SUPPORT") and about and "lifting" not in topics:
        return "agreed" if m.status in ("occurred", "ongoing") else "planned" if m.status == "planned" else None
    verbal = context.content_of.get(m.ref)
    if (
        verbal is not None and m.type in ("SANCTION", "COERCE") and m.status in ("occurred", "ongoing")
    ):  # «einigten sich auf Sanktionen»: not imposed yet
        return "demanded" if verbal.type == "REQUEST" else "agreed"
    if m.type == "SANCTION" and m.mode not in _NO_SANCTIONS and (m.recipients or "sanctions" in topics):
        return _STATES.get(m.status)
    if m.type == "COERCE" and m.mode in ("restrict", "seize") and "sanctions" in topics:
        return _STATES.get(m.status)
    return None


def _before(m: Mention, imposed: Sequence[Mention]) -> Mention | None:
    """The sanctions told shortly before: «Sie könnten ausgesetzt werden»."""
    near = [x for x in imposed if 0 < m.at - x.at <= _NEAR]
    return max(near, key=lambda x: x.at, default=None)


def _of_those(senders: Sequence[str], targets: Sequence[str], beside: Mention, identities: Identities) -> bool:
    """Whether a lifting names nobody but those of the sanctions told before, in whatever role: «Sie könnten ausgesetzt
    werden» says neither whose they are nor against whom."""
    told = sides((*senders, *targets), identities)
    return told <= sides((*beside.actors, *beside.recipients), identities)


def _key(senders: Sequence[str], targets: Sequence[str], identities: Identities) -> tuple[str, str] | None:
    if not senders and not targets:
        return None
    sender = sorted(sides(senders, identities))
    target = sorted(sides((t for t in targets if not _firm(t, identities)), identities) | _homes(targets, identities))
    return " ".join(sender), " ".join(target)


def _firm(id: str, identities: Identities) -> bool:
    return identities.kind(id) == "organisation" and identities.country(id) is not None


def _homes(ids: Sequence[str], identities: Identities) -> set[str]:
    """The states whose firms are meant: what hits the banks of a state belongs to the sanctions against it."""
    return {f"state:{identities.country(id)}" for id in ids if _firm(id, identities)}


def _join(groups: dict[tuple[str, str], list[tuple[Case, Mention, str]]]) -> None:
    """What names only the sender or only the target joins the largest entry that it fits."""
    for key in [k for k in groups if not (k[0] and k[1])]:
        full = [
            k
            for k in groups
            if k[0] and k[1] and all(not part or part == other for part, other in zip(key, k, strict=True))
        ]
        if full:
            groups[max(full, key=lambda k: (len(groups[k]), k))] += groups.pop(key)


def _sanction(told: list[tuple[Case, Mention, str]], look: Lookup, by_id: dict[str, Case]) -> Sanction | None:
    told.sort(key=lambda t: (t[1].day, t[1].ref))
    measures = [t for t in told if t[2] != "lifting"]
    if not any(state not in ("lifted",) for _, _, state in measures):
        return None
    steps: list[Step] = []
    for _, m, state in measures:
        if steps and (steps[-1].state == state or (_ORDER.get(state, 9) < _ORDER.get(steps[-1].state, 0))):
            continue
        day = m.start if m.start and m.start == m.end and m.start <= m.day else m.day
        steps.append(Step(state, day, (m.ref,), voice(m)))
    imposing = [m for _, m, state in told if state not in _LIFTING]  # a lifting tells of both in whatever role
    by = Counter(p for m in imposing for p in m.actors)
    on = Counter(p for m in imposing for p in m.recipients)
    ids = tuple(dict.fromkeys(case.id for case, _, _ in told))
    return Sanction(
        id=told[0][1].ref,
        by=tuple(sorted(by, key=lambda p: (-by[p], p))),
        on=tuple(sorted(on, key=lambda p: (-on[p], p))),
        reason=next((r for _, m, _ in reversed(measures) if (r := reason_in(m.evidence, m.language))), None),
        state=steps[-1].state,
        since=steps[-1].day,
        steps=tuple(steps),
        # What is asked of the target of sanctions that are in force is asked for their end.
        lifting=look.conditions(m for _, m, state in told if state in (*_LIFTING, "imposed")),
        cases=ids,
        refs=refs_of(by_id, ids),
    )
