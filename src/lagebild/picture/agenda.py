"""Agenda: planned meetings, votes and deadlines with their day, and whether later reports say that they took place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from lagebild.lexicon.names import fold
from lagebild.lexicon.topics import shows
from lagebild.picture.days import iso, ordinal
from lagebild.picture.identities import Identities, sides
from lagebild.picture.parts import AgendaItem, Case
from lagebild.picture.told import Mention

_REAL = ("occurred", "ongoing")
#: What else tells that an announced act took place: who agrees there has met, what is adopted was decided.
_SHOWN_BY = {
    "CONSULT": ("AGREE", "SUPPORT", "COOPERATE"),
    "AGREE": ("SUPPORT", "SANCTION"),
    "SUPPORT": ("AGREE",),
    "SANCTION": ("AGREE", "SUPPORT", "COERCE"),
    "COOPERATE": ("RETREAT",),
    "RETREAT": ("COOPERATE",),
    "REQUEST": ("SUPPORT", "AGREE"),
}
#: Acts of several sides that are told of nobody go on with those told before, at most so many characters back.
_GO_ON = {
    "CONSULT": ("CONSULT", "AGREE"), "AGREE": ("AGREE", "SUPPORT", "SANCTION"), "SUPPORT": ("AGREE", "SUPPORT"),
    "RETREAT": ("RETREAT",),
}  # fmt: skip
_BACK = 400
#: Words about an election that is to come announce it.
_WORDS = ("REQUEST", "AGREE", "SUPPORT", "COERCE", "CONSULT")
#: Reports of a meeting come out until so many days after it.
_AFTER = 5
#: Days after which nobody tells any more what came of an announcement.
_MONTH = 31


def find_agenda(cases: Sequence[Case], identities: Identities, at: str) -> tuple[AgendaItem, ...]:
    """All items as of the end of day `at`, by their day."""
    later = _Later(cases)
    before = _Before(cases)
    items: list[AgendaItem] = []
    for case in cases:
        announced = [before.completed(m) for m in case.mentions if _announces(m)]
        if announced:
            items.append(_item(case, announced, later, identities, at))
    merged = _merge(items, identities)
    return tuple(sorted(merged, key=lambda i: (i.start or i.end or "9999", i.id)))


class _Before:
    """What was told before in the same report: «Die Gespräche sollen am Freitag fortgesetzt werden» goes on with it."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._told: dict[str, list[Mention]] = defaultdict(list)
        for case in cases:
            for m in case.mentions:
                self._told[m.report].append(m)

    def completed(self, m: Mention) -> Mention:
        """A mention of nobody with the parties and the place of the act that it goes on with, if there is one; one that does
        not say what it is about, with the issue of the act of its kind that the same words tell («beraten über …, wenn sie
        sich treffen»)."""
        if m.issue is None:
            beside = (x.issue for x in self._told[m.report] if x.type == m.type and x.evidence == m.evidence)
            m = replace(m, issue=next((issue for issue in beside if issue), None))
        if m.actors or m.recipients or m.type not in _GO_ON:
            return m
        near = [
            x
            for x in self._told[m.report]
            if 0 < m.at - x.at <= (_BACK if m.mode is None else 2 * _BACK)
            and x.type in _GO_ON[m.type]
            and (m.type != "RETREAT" or (m.mode is not None and m.mode == x.mode))
            and (x.actors or x.recipients)
            and (m.place is None or x.place in (None, m.place))
        ]
        if not near:
            return m
        last = max(near, key=lambda x: x.at)
        same = last.type == m.type == "CONSULT"
        return replace(
            m, actors=last.actors, recipients=last.recipients, place=m.place or (last.place if same else None),
            issue=m.issue or last.issue,
        )  # fmt: skip


class _Later:
    """The mentions of each type in the order of their days, for what may be told of an announced act."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self._told: dict[str, list[Mention]] = defaultdict(list)
        for case in cases:
            for m in case.mentions:
                self._told[m.type].append(m)
        for told in self._told.values():
            told.sort(key=lambda m: (m.day, m.ref))
        self._days = {type_: [m.day for m in told] for type_, told in self._told.items()}

    def until(self, type_: str, when: Mention) -> Sequence[Mention]:
        """The mentions of a type from the announcement until some days after what it announced."""
        days = self._days.get(type_, [])
        last = ordinal(when.end or when.start or when.day) or 0
        high = iso(last + _MONTH)
        return self._told.get(type_, [])[bisect_left(days, when.day) : bisect_right(days, high)]


def _announces(m: Mention) -> bool:
    """Whether a mention puts something on the agenda: a meeting that is planned, or any plan or demand with a day ahead.

    A meeting told in words of the future or for a day to come is planned, whatever tense it was read in; one that is called
    off was planned.
    """
    if m.stance == "doubts":
        return False
    topics = shows("act", m.evidence, m.language)
    ahead = (m.end or m.start) is not None and (m.end or m.start or "") >= m.day
    if m.type in _WORDS and m.start is not None and m.start > m.day and _of_vote(m, topics):
        return m.status != "denied"
    if m.type == "CONSULT":
        if m.status == "planned" or (m.status in _REAL and m.start is not None and m.start > m.day):
            return True
        if m.status == "considered":
            return "scheduled" in topics or (ahead and m.start is not None and m.start == m.end)
        if m.status == "denied":
            return _called_off(m)
        today = m.start is None or m.start >= m.day
        return m.status in _REAL and today and ("announced" in topics or (m.status == "ongoing" and ahead))
    if m.stance == "denies":
        return False
    told = m.status in ("planned", "demanded") or (m.status == "considered" and "scheduled" in topics)
    return told and ahead and _short(m)


def _of_vote(m: Mention, topics: Sequence[str]) -> bool:
    return m.issue == "election" or "vote" in topics


def _short(m: Mention) -> bool:
    start, end = ordinal(m.start), ordinal(m.end)
    return (start is None and end is not None) or (start is not None and end is not None and end - start <= 31)


def _kind(m: Mention) -> str:
    topics = shows("act", m.evidence, m.language)
    if ("vote" in topics and m.type in ("SUPPORT", "AGREE", "REJECT", "COOPERATE")) or (
        m.type != "CONSULT" and _of_vote(m, topics) and m.start is not None and m.start > m.day
    ):
        return "vote"
    if m.type == "CONSULT":
        return "meeting"
    return "deadline" if (m.start is None and m.end is not None) or m.status == "demanded" else "other"


def _item(case: Case, announced: list[Mention], later: _Later, identities: Identities, at: str) -> AgendaItem:
    last = announced[-1]
    dated = [m for m in announced if m.start or m.end]
    when = dated[-1] if dated else last
    start, end = when.start, when.end
    parties = tuple(dict.fromkeys(p for m in announced for p in (*m.actors, *m.recipients)))
    place = next((m.place for m in reversed(announced) if m.place), case.place)
    outcome, state = _outcome(case, when, parties, place, later, identities, at)
    return AgendaItem(
        id=announced[0].ref,
        kind=_kind(when),
        type=case.type,
        issue=case.issue or when.issue,
        start=start,
        end=end,
        place=place,
        parties=parties,
        state=state,
        announced=announced[0].day,
        text=when.evidence,
        refs=tuple(m.ref for m in announced),
        outcome=tuple(m.ref for m in outcome),
    )


def _outcome(
    case: Case, when: Mention, parties: Sequence[str], place: str | None, later: _Later, identities: Identities,
    at: str,
) -> tuple[list[Mention], str]:  # fmt: skip
    """The mentions that say what came of it, and the state."""
    first = case.first
    mine = set(case.refs)
    own = [m for m in case.mentions if _tells(m) and not _foretold(m, when)]
    off = [m for m in case.mentions if _called_off(m)]
    moved = [m for m in case.mentions if "postponed" in shows("act", m.evidence, m.language) and m.day >= first]
    if not own and not off:
        for other in later.until(case.type, when):
            if other.ref in mine or other.report == when.report:
                continue  # what a report tells beside an announcement has come before it
            if _tells(other) and _fits(other, when, parties, place, identities):
                own.append(other)
            elif _called_off(other) and _fits(other, when, parties, place, identities):
                off.append(other)
        if not own and not off:
            own = [
                other
                for type_ in _SHOWN_BY.get(case.type, ())
                for other in later.until(type_, when)
                if _tells(other) and _shows(other, when, parties, place, identities)
            ]
    rejected = [
        m
        for m in (later.until("REJECT", when) if case.type == "CONSULT" else ())
        if m.status in _REAL and m.issue in ("talks", None) and _shared(m, parties, identities)
        and "cancelled" in shows("act", m.evidence, m.language)
    ]  # fmt: skip
    if own and (not off or max(m.day for m in own) >= max(m.day for m in off)):
        return own, "took place"
    if off or rejected:
        return off + rejected, "cancelled"
    if moved:
        return moved, "postponed"
    due = when.end or when.start
    if due is None:
        return [], "undated"
    return [], "upcoming" if due >= at else "not told"


def _called_off(m: Mention) -> bool:
    """Whether a mention says that something will not be: called off, or denied by name of a day."""
    if m.status != "denied" and m.stance != "denies":
        return False
    return "cancelled" in shows("act", m.evidence, m.language) or (m.start is not None and m.start == m.end)


def _tells(m: Mention) -> bool:
    """Whether a mention tells that something has happened."""
    if m.status not in _REAL or m.stance != "asserts" or (m.start is not None and m.start > m.day):
        return False
    return m.status == "occurred" or "announced" not in shows("act", m.evidence, m.language)


def _foretold(m: Mention, when: Mention) -> bool:
    """Whether a mention cannot be the outcome: told before the day that was announced."""
    return when.start is not None and m.day < when.start


def _fits(m: Mention, when: Mention, parties: Sequence[str], place: str | None, identities: Identities) -> bool:
    """Whether a mention of the same type tells that the announced act has happened."""
    start, end = ordinal(when.start), ordinal(when.end)
    if start is None and end is None:
        start = end = ordinal(when.day)  # a meeting without a day is soon
    low, high = (start if start is not None else ordinal(when.day) or 0), (end if end is not None else start or 0)
    told, day = ordinal(m.start), ordinal(m.day) or 0
    if m.day < when.day or day < low:
        return False
    if told is not None and m.start == m.end:
        if not low - 1 <= told <= high + 1:
            return False
    elif day > high + _AFTER:
        return False
    if place and m.place and fold(place) != fold(m.place) and m.precision in ("city", None):
        return False
    if m.mode and when.mode and {m.mode, when.mode} & {"phone"} and m.mode != when.mode:
        return False
    same_place = bool(place and m.place and fold(place) == fold(m.place))
    if _shared(m, parties, identities) or (same_place and not (m.actors and parties)):
        return True
    # «Beide Seiten»: who it was is not said, but it is the same act on that very day.
    nobody = not sides((*m.actors, *m.recipients), identities)
    return nobody and told is not None and m.start == m.end and m.mode is not None and m.mode == when.mode


def _shows(m: Mention, when: Mention, parties: Sequence[str], place: str | None, identities: Identities) -> bool:
    """Whether an act of another type tells that the announced one took place: its day is told and the same, and so is the
    place or, of what is decided, a party."""
    if m.start is None or m.start != m.end or when.start is None or m.report == when.report:
        if not (m.start and m.end and (ordinal(m.end) or 0) - (ordinal(m.start) or 0) == 1 and when.start):
            return False
    low, high = ordinal(when.start) or 0, ordinal(when.end or when.start) or 0
    if not (low <= (ordinal(m.end) or 0) and (ordinal(m.start) or 0) <= high + 1):
        return False
    if place and m.place and fold(place) == fold(m.place):
        return (
            _shared(m, parties, identities) or not sides(parties, identities) or bool(m.issue and m.issue == when.issue)
        )
    if place and m.place and m.precision in ("city", None):
        return False
    return when.type != "CONSULT" and _shared(m, parties, identities)


def _shared(m: Mention, parties: Sequence[str], identities: Identities) -> bool:
    return bool(sides((*m.actors, *m.recipients), identities) & sides(parties, identities)) or bool(
        {*m.actors, *m.recipients} & set(parties)
    )


def _merge(items: list[AgendaItem], identities: Identities) -> list[AgendaItem]:
    """Announcements of one kind for the same days with a party or the place in common are one item."""
    found: list[AgendaItem] = []
    by_day: dict[tuple[str, str | None, str | None], list[int]] = defaultdict(list)
    for item in sorted(items, key=lambda i: (i.announced, i.id)):
        key = item.type, item.start, item.end
        twin = None
        if item.start or item.end:
            twin = next((n for n in by_day[key] if _twins(found[n], item, identities)), None)
        if twin is None:
            by_day[key].append(len(found))
            found.append(item)
        else:
            found[twin] = _joined(found[twin], item)
    return found


def _twins(a: AgendaItem, b: AgendaItem, identities: Identities) -> bool:
    if a.place and b.place and fold(a.place) != fold(b.place):
        return False
    return (
        bool(sides(a.parties, identities) & sides(b.parties, identities))
        or bool(a.place and b.place)
        or not a.parties
        or not b.parties
    )


def _joined(a: AgendaItem, b: AgendaItem) -> AgendaItem:
    order = ("took place", "cancelled", "postponed", "upcoming", "not told", "undated")
    state = min(a.state, b.state, key=order.index)
    return AgendaItem(
        a.id, a.kind, a.type, a.issue or b.issue, a.start, a.end, a.place or b.place,
        tuple(dict.fromkeys((*a.parties, *b.parties))), state, a.announced, b.text,
        tuple(dict.fromkeys((*a.refs, *b.refs))), tuple(dict.fromkeys((*a.outcome, *b.outcome))),
    )  # fmt: skip
