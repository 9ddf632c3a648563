"""The situation in ten sentences: templates of the lexicon filled from the parts, each with the findings behind it.

Parts that are empty are left out; the most told events of the last days take their place, so that there are ten sentences
wherever there is enough to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from lagebild.lexicon.labels import Labels, labels
from lagebild.picture.parts import (
    AgendaItem,
    Case,
    Ceasefire,
    Commitment,
    Contribution,
    Dispute,
    Sanction,
    Sentence,
    Series,
)
from lagebild.picture.told import Claim, Refs, Source

COUNT = 10
_REAL = ("occurred", "ongoing")
_RECENT = 7
_OPEN = ("proposed", "promised", "agreed", "in force", "broken", "unclear")

#: The name of a party by its id.
Names = Callable[[str], str]


def situation(
    at: str, language: str, name: Names, sources: Sequence[Source], publishers: int, cases: Sequence[Case],
    series: Sequence[Series], disputes: Sequence[Dispute], commitments: Sequence[Commitment],
    ceasefires: Sequence[Ceasefire], sanctions: Sequence[Sanction], contributions: Sequence[Contribution],
    agenda: Sequence[AgendaItem],
) -> tuple[Sentence, ...]:  # fmt: skip
    """At most ten sentences on the day `at`; empty if there is no report."""
    if not sources:
        return ()
    teller = _Teller(at, labels(language), name)
    found = [teller.scope(sources, publishers, cases)]
    found += teller.attacks(cases)
    found += teller.toll(series)
    found += teller.ceasefire(ceasefires)
    found += teller.commitments([c for c in commitments if c.issue != "ceasefire"])
    found += teller.sanctions(sanctions)
    found += teller.contributions(contributions)
    found += teller.disputes(disputes)
    found += teller.agenda(agenda)
    told = {ref for sentence in found[1:] for ref in sentence.refs}
    for case in teller.notable(cases):
        if len(found) >= COUNT:
            break
        if case.id not in told:
            found.insert(1, teller.case(case))
            told.update(case.refs)
    return tuple(found[:COUNT])


class _Teller:
    """Fills the templates for one day and language."""

    def __init__(self, at: str, words: Labels, name: Names) -> None:
        self._at, self._words, self._name = at, words, name
        self._since = (date.fromisoformat(at) - timedelta(days=_RECENT)).isoformat()

    def scope(self, sources: Sequence[Source], publishers: int, cases: Sequence[Case]) -> Sentence:
        text = self._words.sentence(
            "scope", at=self._words.day(self._at), reports=self._words.number(len(sources)),
            publishers=self._words.number(publishers), first=self._words.day(sources[0].day),
        )  # fmt: skip
        return Sentence("sources", text, tuple(dict.fromkeys(c.id for c in list(self.notable(cases))[:3])))

    def notable(self, cases: Iterable[Case]) -> Iterator[Case]:
        """What was reported in the last days, told by most publishers first."""
        recent = [c for c in cases if c.last > self._since and c.status in _REAL and (c.actors or c.recipients)]
        yield from sorted(
            recent, key=lambda c: (-c.publishers, -len(c.mentions), c.type in ("ACCUSE", "REQUEST"), c.id)
        )

    def case(self, case: Case) -> Sentence:
        who = self.parties(case.actors)
        if case.recipients:
            joint = self._words("word", "against" if case.type in _AGAINST else "and" if case.type in _WITH else "to")
            who = f"{who or self._words('word', 'unsaid')} {joint} {self.parties(case.recipients)}"
        text = self._words.sentence(
            "case", act=_capital(self._words.act(case.type, case.mode)), who=f", {who}" if who else "",
            where=f", {case.place}" if case.place else "", when=self._words.days(case.start, case.end) or self._words.day(case.first),
            status=self._words("status", case.status), publishers=self.count(case.publishers),
        )  # fmt: skip
        return Sentence("cases", text, case.refs)

    def attacks(self, cases: Iterable[Case]) -> list[Sentence]:
        recent = [c for c in cases if c.type == "ASSAULT" and c.status in _REAL and self._since < c.day <= self._at]
        if not recent:
            return []
        last = max(recent, key=lambda c: (c.day, bool(c.place), c.publishers, c.id))
        parts = [self._words.act(last.type, last.mode), last.place, self._words.day(last.day)]
        text = self._words.sentence(
            "attacks",
            at=self._words.day(self._at),
            number=self._words.number(len(recent)),
            last=", ".join(p for p in parts if p),
        )
        return [Sentence("cases", text, tuple(ref for c in recent for ref in c.refs))]

    def toll(self, series: Iterable[Series]) -> list[Sentence]:
        sums = [s for s in series if s.measure == "killed" and s.case is None and s.latest.overall]
        if not sums:
            return []
        one = max(sums, key=lambda s: (s.scope == "people", len(s.refs), s.id))
        low, high = self._words.number(one.low), self._words.number(one.high)
        text = self._words.sentence(
            "toll", scope=self._words("scope", one.scope), range=low if low == high else f"{low} – {high}",
            latest=self.amount(one.latest), source=self._name(one.latest.source), day=self._words.day(one.latest.as_of),
        )  # fmt: skip
        return [Sentence("series", text, one.refs)]

    def ceasefire(self, ceasefires: Sequence[Ceasefire]) -> list[Sentence]:
        if not ceasefires:
            return []
        one = ceasefires[-1]
        violations = self._words.sentence("no_violations")
        if one.violations:
            violations = self._words.sentence(
                "violations", days=self._words.number(len(one.violations)), last=self._words.day(one.violations[-1].day)
            )
        text = self._words.sentence(
            "ceasefire", parties=self.parties(one.by) or self._words("word", "unsaid"), day=self._words.day(one.agreed),
            state=self._words("state", one.state), violations=violations,
        )  # fmt: skip
        refs = (*one.refs, *(ref for day in one.violations for ref in day.refs))
        return [Sentence("ceasefires", text, tuple(dict.fromkeys(refs)))]

    def commitments(self, commitments: Sequence[Commitment]) -> list[Sentence]:
        told = sorted(
            (c for c in commitments if c.state in _OPEN), key=lambda c: (c.kind != "agreement", -len(c.refs), c.id)
        )
        sentences = []
        for one in told[:2]:
            text = self._words.sentence(
                "commitment", kind=_capital(self._words("kind", one.kind)), issue=self._words("issue", one.issue),
                by=self.parties(one.by) or self._words("word", "unsaid"), state=self._words("state", one.state),
                since=self._words.day(one.since), conditions=self.conditions(c.state for c in one.conditions),
            )  # fmt: skip
            sentences.append(Sentence("commitments", text, one.refs))
        return sentences

    def sanctions(self, sanctions: Sequence[Sanction]) -> list[Sentence]:
        if not sanctions:
            return []
        one = max(sanctions, key=lambda s: (s.state == "imposed", len(s.refs), s.id))
        unsaid = self._words("word", "unsaid")
        text = self._words.sentence(
            "sanctions", by=self.parties(one.by) or unsaid, on=self.parties(one.on) or unsaid,
            state=self._words("state", one.state), since=self._words.day(one.since),
            conditions=self.conditions(c.state for c in one.lifting),
        )  # fmt: skip
        return [Sentence("sanctions", text, one.refs)]

    def contributions(self, contributions: Sequence[Contribution]) -> list[Sentence]:
        given = sorted((c for c in contributions if c.state == "given"), key=lambda c: (-c.publishers, c.by, c.kind))[
            :3
        ]
        if not given:
            return []
        return [
            Sentence(
                "contributions",
                self._words.sentence("contributions", rows="; ".join(self.row(c) for c in given)),
                tuple(dict.fromkeys(ref for c in given for ref in c.refs)),
            )
        ]

    def row(self, one: Contribution) -> str:
        to = f" {self._words('word', 'to')} {self.parties(one.to)}" if one.to else ""
        against = f" {self._words('word', 'against')} {self.parties(one.against)}" if one.against else ""
        return f"{self._name(one.by)} ({self._words('kind', one.kind)}{to}{against})"

    def disputes(self, disputes: Sequence[Dispute]) -> list[Sentence]:
        if not disputes:
            return []
        last = disputes[-1]
        joint = f" {self._words('word', 'against')} "
        text = self._words.sentence(
            "disputes", number=self._words.number(len(disputes)), kind=self._words("kind", last.kind),
            sides=joint.join(f"{self.claim(last, s.claim)} ({self.parties(s.sources)})" for s in last.sides[:2]),
        )  # fmt: skip
        return [Sentence("disputes", text, tuple(ref for d in disputes for s in d.sides for ref in s.refs))]

    def claim(self, dispute: Dispute, claim: str) -> str:
        return claim_words(dispute, claim, self._words, self._name)

    def agenda(self, agenda: Sequence[AgendaItem]) -> list[Sentence]:
        ahead = [i for i in agenda if i.state == "upcoming"][:2]
        if ahead:
            return [
                Sentence(
                    "agenda", self._words.sentence("agenda", items="; ".join(self.item(i) for i in ahead)),
                    tuple(ref for i in ahead for ref in i.refs),
                )
            ]  # fmt: skip
        held = [i for i in agenda if i.state == "took place"]
        if not held:
            return []
        last = held[-1]
        return [Sentence("agenda", self._words.sentence("held", items=self.item(last)), (*last.refs, *last.outcome))]

    def item(self, item: AgendaItem) -> str:
        parts = [
            self._words.act(item.type, None) if item.kind == "other" else self._words("kind", item.kind),
            self.parties(item.parties), item.place, self._words.days(item.start, item.end),
        ]  # fmt: skip
        return ", ".join(p for p in parts if p)

    def conditions(self, states: Iterable[str]) -> str:
        told = list(states)
        if not told:
            return ""
        words = ", ".join(self._words("state", s) for s in told)
        key = "condition" if len(told) == 1 else "conditions"
        return self._words.sentence(key, number=self._words.number(len(told)), states=words)

    def amount(self, claim: Claim) -> str:
        return self._words("precision", claim.precision) + self._words.number(claim.value)

    def count(self, publishers: int) -> str:
        return (
            f"{self._words.number(publishers)} {self._words('word', 'publisher' if publishers == 1 else 'publishers')}"
        )

    def parties(self, ids: Refs) -> str:
        shown = [self._name(id) for id in ids[:3]]
        return ", ".join(shown) + (f" +{len(ids) - 3}" if len(ids) > 3 else "")


_AGAINST = ("ASSAULT", "SANCTION", "COERCE", "THREATEN", "ACCUSE", "PROTEST", "REJECT")
_WITH = ("CONSULT", "AGREE", "COOPERATE")


def claim_words(dispute: Dispute, claim: str, words: Labels, name: Names) -> str:
    """What a side of a dispute claims, in words: a status, a party, or a figure with its precision."""
    if dispute.kind == "status":
        return words("status", claim)
    if dispute.kind == "actor":
        return ", ".join(name(p) for p in claim.split(", "))
    precision, _, value = claim.rpartition(" ")
    return words("precision", precision or "exact") + words.number(float(value))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
