"""Commitments: what parties agreed, promised, conceded or were asked to do, under which conditions, and what became of it.

Cases that open a commitment on the same issue for the same side are one commitment, so a demand that is later agreed on becomes
its history. Later cases then move its state (fates.py). States only follow on each other in time; what two voices tell
differently on one day makes it unclear. A person's word (`lagebild correct close`) comes after all of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lagebild.lexicon.topics import shows
from lagebild.picture.conditions import Lookup
from lagebild.picture.context import Context, points_back, subject_of
from lagebild.picture.days import ordinal
from lagebild.picture.disputes import voice
from lagebild.picture.fates import CARRIED_OUT, fate, issue, opens, rank, subject
from lagebild.picture.identities import Identities, sides
from lagebild.picture.parts import Case, Commitment, Dispute, Step
from lagebild.picture.told import Mention
from lagebild.store.records import Correction

#: Days after which a new word on the same issue is a new commitment, not the same one told again.
_APART = 120
#: Days between the word of an agreement and its signing.
_SIGNING = 3
#: Issues of which a dossier seldom has two at a time: parties that are left out do not make another one.
_SINGLE = ("ceasefire",)
#: Issues narrow enough for two words on them to be about one thing.
FOLLOWED = frozenset({*CARRIED_OUT, "ceasefire"})
#: Those whose acts may be told of nobody: what is unsaid is the bound side's.
_OWN = ("ceasefire", "prisoners", "withdrawal", "disarmament", "access")
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
    context: Context,
    corrections: Iterable[Correction] = (),
) -> tuple[Commitment, ...]:
    """All commitments, by the day on which they were first told."""
    drafts = _drafts(cases, identities, context)
    by_issue: dict[str, list[tuple[Mention, Case]]] = defaultdict(list)
    for case in cases:
        for m in case.mentions:
            if m.ref in context.content_of or m.ref in context.point_of:
                continue  # what is agreed or demanded has not happened by that
            for topic in _topics(m):
                by_issue[topic].append((m, case))
    look = Lookup(cases, disputes, identities, context.claims)
    closed = [c for c in corrections if c.action == "close"]
    # Once for all commitments on an issue.
    telling = {
        topic: [(m, case, state, subject(m, topic)) for m, case in by_issue[topic] if (state := fate(m, topic))]
        for topic in {d.issue for d in drafts}
    }
    found = [_commitment(d, by_issue[d.issue], telling[d.issue], identities, look, closed, context) for d in drafts]
    return tuple(sorted(found, key=lambda c: (c.steps[0].day, c.id)))


def _topics(m: Mention) -> set[str]:
    """The issues on whose fate a mention may bear."""
    found = {issue(m)} - {None}
    found |= {
        topic for topic, acts in CARRIED_OUT.items() if any(m.type == t and (not s or m.mode in s) for t, s in acts)
    }
    if m.type in ("ACCUSE", "REJECT", "RETREAT", "ASSAULT", "COERCE", "CONCEDE"):
        found |= {"ceasefire", "sanctions"}
    if m.type == "ASSAULT" and "promise" in shows("act", m.evidence, m.language):
        found |= {"access", "withdrawal", "prisoners"}
    return {topic for topic in found if topic is not None}


# -------------------------------------------------------------------------------------------- openings


def _drafts(cases: Sequence[Case], identities: Identities, context: Context) -> list[_Draft]:
    drafts: dict[str, list[_Draft]] = defaultdict(list)
    last: dict[str, _Draft] = {}
    told = [(m, one) for one in cases for m in one.mentions]
    reports: dict[str, list[Mention]] = defaultdict(list)
    for m, _ in told:
        reports[m.report].append(m)
    for m, case in sorted(told, key=lambda t: (t[0].day, t[0].report, t[0].at, t[0].ref)):
        opened = _opening(m, identities, context, reports[m.report])
        if opened is None:
            continue
        topic, told_of, kind, state, bound = opened
        draft = next((d for d in reversed(drafts[topic]) if _same(d, bound, m.day, case, told_of, state)), None)
        if draft is None and topic not in FOLLOWED and m.report in last and points_back(m):
            draft = last[m.report]
        if draft is None:
            if not bound and topic not in _SINGLE and not (told_of and state == "proposed"):
                continue  # an agreement of nobody with nobody is no commitment that can be followed
            if topic not in FOLLOWED and len(bound) < 2 and not told_of:
                continue
            draft = _Draft(topic, told_of, kind, set(), m.day, m.day)
            drafts[topic].append(draft)
        if state == "agreed":
            last[m.report] = draft
        draft.sides |= bound
        draft.last = m.day
        draft.openings.append((state, m, case))
        if rank(state) >= max(rank(s) for s, _, _ in draft.openings):
            draft.kind = kind
    return [d for group in drafts.values() for d in group]


def _opening(
    m: Mention, identities: Identities, context: Context, beside: Sequence[Mention]
) -> tuple[str, str, str, str, set[str]] | None:
    """Issue, subject, kind, state and bound sides of the commitment that a mention tells of, or None."""
    bound = sides(bound_by(m), identities)
    agreed = context.point_of.get(m.ref)
    opened = _as_point(agreed, identities) if agreed is not None else opens(m, len(bound))
    if opened is None:
        return None
    kind, state = opened
    verbal = context.content_of.get(m.ref)
    if verbal is not None and verbal.type != "REQUEST":
        return None  # its agreement opens it
    topic = context.topic(m, beside) or ("other" if m.type in ("AGREE", "SUPPORT") else None)
    if topic is None:
        return None
    if topic == "talks" and any(
        context.content_of.get(c.ref) is m and c.status == "planned" and (c.at > m.at or c.evidence != m.evidence)
        for c in beside
    ):
        return None  # a meeting that is agreed stands on the agenda
    if topic == "sanctions" and state == "agreed" and "lifting" not in shows("act", m.evidence, m.language):
        return None  # sanctions that are agreed stand among the sanctions
    if not bound and m.type == "REQUEST" and state == "proposed":
        bound = _in_talks(m, beside, identities)
    others = [a for a in context.agreed[m.report] if a.at <= m.at and a.ref != m.ref]
    if not bound and others and (m.type in ("RETREAT", "AID", "CONCEDE") or (m.type == "AGREE" and m.status in _REAL)):
        # What is to be done by nobody named in a report of an agreement is a point of it.
        bound = {side for a in others for side in sides(bound_by(a), identities)}
        if m.type != "AGREE" or state != "agreed":
            kind, state = ("promise", "promised") if state == "promised" else ("agreement", "agreed")
    return topic, subject_of(m, topic, beside), kind, state, bound


def _as_point(agreed: Mention, identities: Identities) -> tuple[str, str]:
    """What a point of an agreement is: promised, if one side alone promised it («versprach Hilfe: Es werde … bürgen»)."""
    told = opens(agreed, len(sides(bound_by(agreed), identities)))
    return told if told is not None and told[0] == "promise" else ("agreement", "agreed")


def _in_talks(m: Mention, beside: Sequence[Mention], identities: Identities) -> set[str]:
    """To whom a proposal is made that does not say so: those with whom its speaker talks."""
    mine = sides(m.actors, identities)
    return {
        side
        for x in beside
        if x.type == "CONSULT" and x.status in _REAL and {*x.actors, *x.recipients} & {*m.actors}
        for side in sides((*x.actors, *x.recipients), identities)
    } - (mine if len(mine) == 1 else set())


def _same(draft: _Draft, bound: set[str], day: str, case: Case, told_of: str, state: str) -> bool:
    if any(case.id == c.id for _, _, c in draft.openings):
        return True
    if draft.subject != told_of or (ordinal(day) or 0) - (ordinal(draft.last) or 0) > _APART:
        return False
    if draft.issue in _SINGLE:
        return not bound or not draft.sides or bool(bound & draft.sides)
    if (
        draft.issue not in FOLLOWED
        and state == "promised"
        and any(told == "agreed" and m.day < day for told, m, _ in draft.openings)
    ):
        return False  # what one side promises after an agreement is more than was agreed
    if draft.issue not in FOLLOWED and not told_of:
        return False  # «government», «other»: an issue so wide holds many agreements
    return bool(bound & draft.sides) or (draft.issue not in FOLLOWED and not draft.sides)


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
    telling: Sequence[tuple[Mention, Case, str, str]],
    identities: Identities,
    look: Lookup,
    closed: Sequence[Correction],
    context: Context,
) -> Commitment:
    openings = draft.openings
    first = openings[0][1]
    own = {m.ref for _, m, _ in openings}
    told: list[tuple[str, str, Mention]] = [(_day(m), state, m) for state, m, _ in openings]
    cases = {case.id: None for _, _, case in openings}
    for m, case, state, about in telling:
        if m.ref in own or about != draft.subject or not _bears(m, case, draft, identities):
            continue
        if state == "unclear" and _overdue(m, draft, identities):
            state = "broken"
        # «Die Waffenruhe vom 5. September wurde verletzt»: the day is that of the truce, not of its breach.
        told.append((m.day if state == "broken" and m.type == "RETREAT" else _day(m), state, m))
        cases[case.id] = None
    if draft.issue == "ceasefire":
        told += _violations(acts, draft, told, identities)
    steps = _steps(told)
    refs = {m.ref for _, _, m in told}
    for correction in closed:
        if any(t.ref is not None and str(t.ref) in refs for t in correction.targets):
            day = str(correction.value or correction.made[:10])
            steps.append(Step(str(correction.field), day, (), (), correction.id))
    tied = [m for m, case in acts if m.conditions and m.ref not in own and _tied(m, case, draft, identities)]
    conditions = look.conditions([*(m for _, m, _ in openings), *tied])
    agreed = [m for s, m, _ in openings if s == "agreed"] or [m for _, m, _ in openings]
    bound = Counter(p for m in agreed for p in bound_by(m))
    pointed = [x.ref for _, m, _ in openings for x in context.pointed.get(m.ref, ())]
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
        refs=tuple(dict.fromkeys((*(m.ref for _, _, m in sorted(told, key=lambda t: (t[0], t[2].ref))), *pointed))),
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
    if draft.issue not in FOLLOWED and not draft.subject:
        return False  # nothing says that it is about the same
    actors = sides(m.actors, identities)
    if draft.issue == "talks":  # who agrees to talk talks with the other side, not with anybody
        return len(sides((*m.actors, *m.recipients), identities) & draft.sides) > 1
    if not actors and draft.issue not in _OWN:
        return bool(sides(m.recipients, identities) & draft.sides) or any(c.id == case.id for _, _, c in draft.openings)
    return not actors or not draft.sides or bool(actors & draft.sides) or m.type in ("ACCUSE", "AGREE")


def _tied(m: Mention, case: Case, draft: _Draft, identities: Identities) -> bool:
    """Whether an act that somebody makes depend on a condition is the one that was agreed or promised."""
    carried = any(m.type == t and (not modes or m.mode in modes) for t, modes in CARRIED_OUT.get(draft.issue, ()))
    same = subject(m, draft.issue) in ("", draft.subject)
    return carried and same and _bears(m, case, draft, identities)


def _overdue(m: Mention, draft: _Draft, identities: Identities) -> bool:
    """Whether somebody who is not bound says after the day agreed on that it has not been done."""
    due = [x.end for _, x, _ in draft.openings if x.end and x.end >= x.day]
    return bool(due) and max(due) < m.day and bool(m.said_by) and not sides(m.said_by, identities) & draft.sides


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
