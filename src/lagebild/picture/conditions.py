"""Conditions of commitments and sanctions, and what became of them.

A condition is an act that a report says must happen first. It is open until a later report tells of such an act by the same
side: done, it is met; done in part or on and on, partly met; if others deny it, disputed. What was told until the day on which
the condition was made does not count: else it would not have been made. A ceasefire that is to hold is met in part at best.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from lagebild.lexicon.topics import shows
from lagebild.picture.fates import completed
from lagebild.picture.identities import Identities, sides
from lagebild.picture.parts import Case, Condition, Dispute
from lagebild.picture.told import Claim, Mention, Refs

_REAL = ("occurred", "ongoing")
#: Acts that are asked for; attacks and the like are no conditions that somebody meets.
_ASKED = ("RETREAT", "AGREE", "AID", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "MOBILIZE")


class Lookup:
    """Finds what became of an act that is a condition."""

    def __init__(
        self, cases: Sequence[Case], disputes: Sequence[Dispute], identities: Identities, claims: Iterable[Claim] = ()
    ) -> None:
        self._case_of = {m.ref: case for case in cases for m in case.mentions}
        self._mention = {m.ref: m for case in cases for m in case.mentions}
        # Those alone that say of an act of this type that it was done or was not.
        self._telling: dict[str, list[tuple[Mention, bool]]] = defaultdict(list)
        for case in cases:
            self._telling[case.type] += _telling(case.mentions)
        self._disputed = {d.about for d in disputes if d.kind == "status"}
        self._identities = identities
        self._sums: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            if claim.measure == "money":
                self._sums[claim.report].append(claim)
        self._found: dict[str, Condition] = {}

    def conditions(self, mentions: Iterable[Mention]) -> tuple[Condition, ...]:
        """The conditions of all these mentions, each once, with their state."""
        found: dict[str, Condition] = {}
        for m in mentions:
            for ref in m.conditions:
                condition = self._mention.get(ref)
                if condition is None:
                    continue
                if ref not in self._found:
                    self._found[ref] = self._condition(condition)
                made = self._found[ref]
                key = f"{made.type} {made.mode} {made.issue} {sorted(sides(made.parties, self._identities))}"
                if key in found:
                    before = found[key]
                    made = replace(before, state=made.state, refs=tuple(dict.fromkeys((*before.refs, *made.refs))))
                found[key] = made
                for claim in self._on_top(condition):
                    text = claim.evidence[claim.at - condition.at + claim.evidence.index(condition.trigger) :]
                    found[f"{key} {claim.value}"] = replace(made, text=text, refs=(claim.ref,))
        return tuple(found.values())

    def _on_top(self, m: Mention) -> Iterator[Claim]:
        """Sums that are to be paid on top of what is paid first: «zwei Milliarden zahlen und weitere 1,1 Milliarden»."""
        for claim in self._sums[m.report]:
            # The clause of the sum may be told as one with that of the act or reach further.
            begin = claim.evidence.find(m.trigger)
            if m.type == "AID" and claim.at > m.at and begin >= 0 and m.evidence in claim.evidence:
                between = claim.evidence[begin : begin + claim.at - m.at]
                if "besides" in shows("act", between, m.language):
                    yield claim

    def _condition(self, m: Mention) -> Condition:
        case = self._case_of[m.ref]
        happened: list[Mention] = []
        denied: list[Mention] = []
        for x, done in (*_telling(case.mentions), *self._telling[m.type]):
            if x.day > m.day and self._later(x, m):
                (happened if done else denied).append(x)
        happened, denied = list(dict.fromkeys(happened)), list(dict.fromkeys(denied))
        state = "open"
        if happened:
            disputed = (denied or case.id in self._disputed) and not _ceasefire(m)
            state = "disputed" if disputed else "partly" if all(map(_in_part, happened)) else "met"
        refs = (m.ref, *(x.ref for x in happened), *(x.ref for x in denied))
        return Condition(case.id, m.type, m.mode, m.issue, m.actors or m.recipients, m.evidence, state, refs)

    def _later(self, x: Mention, m: Mention) -> bool:
        """Whether a mention of another report tells of such an act as the condition asks for, after it was made."""
        if x.day <= m.day or x.report == m.report or x.origin == m.origin or (x.end is not None and x.end < m.day):
            return False
        if _ceasefire(m) and x.type == m.type and not _holds(x):
            return False  # «seit Beginn der Waffenruhe» does not say that it is kept
        if m.type == x.type == "AID" and not _alike(m, x):
            return False
        if m.type not in _ASKED or m.mode != (x.mode or m.mode) or (m.mode and not x.mode):
            return False
        if m.issue and x.issue and m.issue != x.issue:
            return False
        actors, others = sides(m.actors, self._identities), sides(x.actors, self._identities)
        if _ceasefire(m):  # kept by all or by none
            return not others or not actors or bool(others & actors)
        return bool(others & actors)


def _telling(mentions: Iterable[Mention]) -> Iterator[tuple[Mention, bool]]:
    """The mentions that say of an act that it was done (True) or that deny it."""
    for x in mentions:
        if _supposed(x):
            continue
        if x.status in _REAL and x.stance == "asserts":
            yield x, True
        elif x.status == "denied" or x.stance == "denies":
            yield x, False


def _ceasefire(m: Mention) -> bool:
    """Whether a condition is that a ceasefire holds, not that one side stops."""
    return m.type == "RETREAT" and m.mode == "ceasefire" and "ceasefire" in shows("act", m.evidence, m.language)


def _holds(m: Mention) -> bool:
    """Whether a mention of a ceasefire tells that it holds or does not, not only that there is one."""
    topics = shows("act", m.evidence, m.language)
    return "holding" in topics or "partial" in topics or m.status == "denied" or m.stance == "denies"


def _alike(one: Mention, other: Mention) -> bool:
    """Whether two acts of help may be of one kind: who is to pay has not paid by training soldiers."""
    kinds = [set(shows("contribution", m.evidence, m.language)) for m in (one, other)]
    return not kinds[0] or bool(kinds[0] & kinds[1])


def _in_part(m: Mention) -> bool:
    """Whether an act goes on, or words say that only a part of it is done."""
    topics = shows("act", m.evidence, m.language)
    return (m.status == "ongoing" or "partial" in topics or m.mode == "ceasefire") and not completed(topics)


def _supposed(m: Mention) -> bool:
    """Whether a clause only supposes an act: «falls die Waffenruhe halte», "whether the ceasefire was carried out"."""
    return "hypothetical" in shows("act", " ".join(m.evidence.split()[:2]), m.language)


def refs_of(cases: Mapping[str, Case], ids: Iterable[str]) -> Refs:
    """The findings of several cases."""
    return tuple(dict.fromkeys(ref for id in ids for ref in cases[id].refs))
