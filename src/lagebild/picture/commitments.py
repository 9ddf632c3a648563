"""Commitments: what parties agreed, promised, conceded or were asked to do, under which conditions, and what became of it.

Cases that open a commitment on the same issue for the same side are one commitment, so a demand that is later agreed on becomes
its history. Later cases then move its state (fates.py). States only follow on each other in time; what two voices tell
differently on one day makes it unclear. A person's word (`lagebild correct close`) comes after all of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lagebild.picture.days import ordinal
from lagebild.picture.disputes import voice
from lagebild.picture.fates import CARRIED_OUT, fate, issue, opens, rank, subject
from lagebild.picture.identities import Identities, sides
from lagebild.picture.parts import Case, Commitment, Condition, Dispute, Mention, Refs, Step
from lagebild.store.records import Correction

#: Days after which a new word on the same issue is a new commitment, not the same one told again.
_APART = 120
#: Days between the word of an agreement and its signing.
_SIGNING = 3
#: Issues of which a dossier seldom has two at a time: parties that are left out do not make another one.
_SINGLE = ("ceasefire",)
_REAL = ("occurred", "ongoing")


@dataclass(slots=True)
class _Draft:
    """A commitment while it is gathered."""

    issue: str
    subject: str
    kind: str
    sides: set[str]
    day: str
    last: str
    openings: list[tuple[str, Mention, Case]] = field(default_factory=list)


def find_commitments(
    cases: Sequence[Case],
    disputes: Sequence[Dispute],
    identities: Identities,
    corrections: Iterable[Correction] = (),
) -> tuple[Commitment, ...]:
    """All commitments, by the day on which they were first told."""
    drafts = _drafts(cases, identities)
    by_issue: dict[str, list[tuple[Mention, Case]]] = defaultdict(list)
    for case in cases:
        for m in case.mentions:
            for topic in _topics(m):
                by_issue[topic].append((m, case))
    look = Lookup(cases, disputes, identities)
    closed = [c for c in corrections if c.action == "close"]
    found = [_commitment(d, by_issue[d.issue], identities, look, closed) for d in drafts]
    return tuple(sorted(found, key=lambda c: (c.steps[0].day, c.id)))


def _topics(m: Mention) -> set[str]:
    """The issues on whose fate a mention may bear."""
    found = {issue(m)} - {None}
    found |= {
        topic for topic, acts in CARRIED_OUT.items() if any(m.type == t and (not s or m.mode in s) for t, s in acts)
    }
    if m.type in ("ACCUSE", "REJECT", "RETREAT", "ASSAULT", "COERCE", "CONCEDE"):
        found |= {"ceasefire", "sanctions"}
    return {topic for topic in found if topic is not None}


# -------------------------------------------------------------------------------------------- openings


def _drafts(cases: Sequence[Case], identities: Identities) -> list[_Draft]:
    drafts: dict[str, list[_Draft]] = defaultdict(list)
    parties = _agreeing(cases, identities)
    told = [(m, one) for one in cases for m in one.mentions]
    for m, case in sorted(told, key=lambda t: (t[0].day, t[0].ref)):
        bound = sides(bound_by(m), identities)
        opened = opens(m, len(bound))
        if opened is None:
            continue
        kind, state = opened
        topic = issue(m) or ("other" if m.type in ("AGREE", "SUPPORT") else None)
        if topic is None:
            continue
        if topic == "other" and len(bound) < 2:
            continue
        if not bound and m.report in parties and m.type in ("RETREAT", "AID"):
            # What is to be done by nobody named in a report of an agreement is a point of it.
            bound, kind, state = parties[m.report], "agreement", "agreed"
        told_of = subject(m, topic)
        draft = next((d for d in reversed(drafts[topic]) if _same(d, bound, m.day, case, told_of)), None)
        if draft is None:
            if not bound and topic not in _SINGLE:
                continue  # an agreement of nobody with nobody is no commitment that can be followed
            draft = _Draft(topic, told_of, kind, set(), m.day, m.day)
            drafts[topic].append(draft)
        draft.sides |= bound
        draft.last = m.day
        draft.openings.append((state, m, case))
        if rank(state) >= max(rank(s) for s, _, _ in draft.openings):
            draft.kind = kind
    return [d for group in drafts.values() for d in group]


def _agreeing(cases: Sequence[Case], identities: Identities) -> dict[str, set[str]]:
    """The sides of the agreement that a report tells of, by report."""
    found: dict[str, set[str]] = {}
    for case in cases:
        for m in case.mentions:
            bound = sides(bound_by(m), identities)
            if len(bound) > 1 and opens(m, len(bound)) == ("agreement", "agreed"):
                found[m.report] = found.get(m.report, set()) | bound
    return found


def _same(draft: _Draft, bound: set[str], day: str, case: Case, told_of: str) -> bool:
    if any(case.id == c.id for _, _, c in draft.openings):
        return True
    if draft.issue == "other" or draft.subject != told_of or (ordinal(day) or 0) - (ordinal(draft.last) or 0) > _APART:
        return False
    if draft.issue in _SINGLE:
        return not bound or not draft.sides or bool(bound & draft.sides)
    return bool(bound & draft.sides)


def bound_by(m: Mention) -> tuple[str, ...]:
    """Who is bound by what a mention tells: the asked, those who promise, all who agree."""
    if m.type == "REQUEST":
        return m.recipients
    if m.type in ("AGREE", "SUPPORT"):
        return tuple(dict.fromkeys((*m.actors, *m.recipients)))
    if m.status == "demanded":  # who demands is not asked
        return tuple(p for p in m.actors if p not in m.said_by)
    return m.actors


# --------------------------------------------------------------------------------------------- one of them


def _commitment(
    draft: _Draft,
    acts: Sequence[tuple[Mention, Case]],
    identities: Identities,
    look: Lookup,
    closed: Sequence[Correction],
) -> Commitment:
    openings = draft.openings
    first = openings[0][1]
    own = {m.ref for _, m, _ in openings}
    told: list[tuple[str, str, Mention]] = [(_day(m), state, m) for state, m, _ in openings]
    cases = {case.id: None for _, _, case in openings}
    for m, case in acts:
        state = fate(m, draft.issue)
        if (
            state is None
            or m.ref in own
            or subject(m, draft.issue) != draft.subject
            or not _bears(m, case, draft, identities)
        ):
            continue
        told.append((_day(m), state, m))
        cases[case.id] = None
    if draft.issue == "ceasefire":
        told += _violations(acts, draft, told, identities)
    steps = _steps(told)
    refs = {m.ref for _, _, m in told}
    for correction in closed:
        if any(t.ref is not None and str(t.ref) in refs for t in correction.targets):
            day = str(correction.value or correction.made[:10])
            steps.append(Step(str(correction.field), day, (), (), correction.id))
    conditions = look.conditions(m for _, m, _ in openings)
    agreed = [m for s, m, _ in openings if s == "agreed"] or [m for _, m, _ in openings]
    bound = Counter(p for m in agreed for p in bound_by(m))
    return Commitment(
        id=first.ref,
        kind=draft.kind,
        issue=draft.issue,
        by=tuple(sorted(bound, key=lambda p: (-bound[p], p))),
        to=tuple(dict.fromkeys(p for m in agreed for p in _towards(m))),
        place=next((m.place for m in reversed(agreed) if m.place), None),
        state=steps[-1].state,
        since=steps[-1].day,
        due=next((m.end for _, m, _ in reversed(openings) if m.end and m.end > m.day), None),
        steps=tuple(steps),
        conditions=conditions,
        cases=tuple(cases),
        refs=tuple(m.ref for _, _, m in sorted(told, key=lambda t: (t[0], t[2].ref))),
    )


def _towards(m: Mention) -> tuple[str, ...]:
    if m.type == "REQUEST":
        return m.actors
    return () if m.type == "AGREE" else (m.recipients or (m.said_by if m.status == "demanded" else ()))


def _day(m: Mention) -> str:
    """The day of what a mention tells: that of the act if it is over, else that of the report."""
    return m.start if m.start and m.start == m.end and m.start <= m.day and m.status in _REAL else m.day


def _bears(m: Mention, case: Case, draft: _Draft, identities: Identities) -> bool:
    """Whether an act is about this commitment: told after it began, by a side that is bound or by nobody named."""
    if m.day < draft.day or (m.end and m.end < draft.day):
        return False
    actors = sides(m.actors, identities)
    if draft.issue == "talks":  # who agrees to talk talks with the other side, not with anybody
        return len(sides((*m.actors, *m.recipients), identities) & draft.sides) > 1
    return not actors or not draft.sides or bool(actors & draft.sides) or m.type in ("ACCUSE", "AGREE")


def _violations(
    acts: Sequence[tuple[Mention, Case]],
    draft: _Draft,
    told: Sequence[tuple[str, str, Mention]],
    identities: Identities,
) -> list[tuple[str, str, Mention]]:
    """Attacks by or on those bound that show a ceasefire broken: from the second day on that independent reports tell of."""
    days_agreed = sorted({day for day, state, _ in told if state == "agreed"})
    if not days_agreed:
        return []
    agreed = days_agreed[0]
    for day in days_agreed[1:]:  # what is agreed by telephone is signed days later; what is told later is told again
        if (ordinal(day) or 0) - (ordinal(agreed) or 0) <= _SIGNING:
            agreed = day
    hits: dict[str, list[Mention]] = defaultdict(list)
    for m, _ in acts:
        if m.type != "ASSAULT" or m.status not in _REAL or m.stance != "asserts" or m.day <= agreed:
            continue
        day = m.start if m.start and m.start == m.end else m.day
        named = sides((*m.actors, *m.recipients), identities)
        if day > agreed and (not named or not draft.sides or named & draft.sides):
            hits[day].append(m)
    days = sorted(hits)
    if len(days) < 2 or len({m.origin for found in hits.values() for m in found}) < 2:
        return []
    return [(days[1], "broken", m) for day in days[:2] for m in hits[day]]


def _steps(told: list[tuple[str, str, Mention]]) -> list[Step]:
    """The changes of state in time. On one day the state of most publishers counts; a tie of good and bad is unclear."""
    days: dict[str, dict[str, list[Mention]]] = defaultdict(lambda: defaultdict(list))
    for day, state, m in told:
        days[day][state].append(m)
    steps: list[Step] = []
    now = ""
    for day in sorted(days):
        states = days[day]
        for state in sorted(states, key=rank):
            if not _moves(now, state):
                continue
            mentions = states[state]
            against = [s for s in states if {s, state} <= {"fulfilled", "broken"} and s != state]
            weaker = [s for s in against if len({m.origin for m in states[s]}) > len({m.origin for m in mentions})]
            if weaker:
                continue
            if against and len({m.origin for m in states[against[0]]}) == len({m.origin for m in mentions}):
                state = "unclear"
            if state == now:
                continue
            now = state
            told_by = tuple(dict.fromkeys(v for m in mentions for v in voice(m)))
            steps.append(Step(state, day, tuple(m.ref for m in mentions), told_by))
    if not steps:
        day, state, m = told[0]
        steps.append(Step(state, day, (m.ref,), voice(m)))
    return steps


def _moves(now: str, state: str) -> bool:
    """Whether a state may follow: a word of it told again does not undo what has come of it."""
    if not now:
        return state not in ("in force", "kept", "fulfilled", "broken", "cancelled")
    if state in ("proposed", "demanded", "promised", "agreed"):
        return (rank(state) > rank(now) and now in ("proposed", "demanded", "promised")) or (
            state == "agreed" and now in ("cancelled", "unclear")
        )
    if state in ("broken", "unclear") and now in ("proposed", "demanded"):
        return False  # what was only asked for cannot be broken
    if state == "in force" and now in ("broken", "kept", "fulfilled"):
        return False  # what was broken is in force again only if it is agreed again
    return now != "fulfilled" or state in ("broken", "unclear")


# ---------------------------------------------------------------------------------------------- conditions


class Lookup:
    """Finds what became of an act that is a condition."""

    def __init__(self, cases: Sequence[Case], disputes: Sequence[Dispute], identities: Identities) -> None:
        self._case_of = {m.ref: case for case in cases for m in case.mentions}
        self._mention = {m.ref: m for case in cases for m in case.mentions}
        self._by_type: dict[str, list[Case]] = defaultdict(list)
        for case in cases:
            self._by_type[case.type].append(case)
        self._disputed = {d.about for d in disputes if d.kind == "status"}
        self._identities = identities

    def conditions(self, mentions: Iterable[Mention]) -> tuple[Condition, ...]:
        """The conditions of all these mentions, each once, with their state."""
        found: dict[str, Condition] = {}
        for m in mentions:
            for ref in m.conditions:
                condition = self._mention.get(ref)
                if condition is None:
                    continue
                made = self._condition(condition)
                key = f"{made.type} {made.mode} {made.issue} {sorted(sides(made.parties, self._identities))}"
                if key in found:
                    before = found[key]
                    made = Condition(
                        before.case, before.type, before.mode, before.issue, before.parties, before.text,
                        made.state, tuple(dict.fromkeys((*before.refs, *made.refs))),
                    )  # fmt: skip
                found[key] = made
        return tuple(found.values())

    def _condition(self, m: Mention) -> Condition:
        case = self._case_of[m.ref]
        actors = sides(m.actors, self._identities)
        state = "open"
        happened: list[Mention] = []
        denied: list[Mention] = []
        for other in [case, *self._by_type[m.type]]:
            for x in other.mentions:
                if x.day < m.day or x.ref == m.ref or (m.mode and x.mode and m.mode != x.mode):
                    continue
                if m.issue and x.issue and m.issue != x.issue:
                    continue
                others = sides(x.actors, self._identities)
                if not others or (actors and not others & actors):
                    continue
                if x.status in _REAL and x.stance == "asserts":
                    happened.append(x)
                elif x.status == "denied" or x.stance == "denies":
                    denied.append(x)
        happened, denied = list(dict.fromkeys(happened)), list(dict.fromkeys(denied))
        if happened:
            ongoing = all(x.status == "ongoing" for x in happened)
            state = "disputed" if denied or case.id in self._disputed else "partly" if ongoing else "met"
        refs = (m.ref, *(x.ref for x in happened), *(x.ref for x in denied))
        return Condition(case.id, m.type, m.mode, m.issue, m.actors or m.recipients, m.evidence, state, refs)


def refs_of(cases: Mapping[str, Case], ids: Iterable[str]) -> Refs:
    """The findings of several cases."""
    return tuple(dict.fromkeys(ref for id in ids for ref in cases[id].refs))
