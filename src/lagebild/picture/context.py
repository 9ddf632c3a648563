"""What the mentions of one report say to each other: an agreement and its points, a demand and the assent to it, an act and
the verbal act whose content it is.

A report tells one thing in several findings: «Beide Seiten vereinbarten einen Gefangenenaustausch» is an agreement and a release
that has not happened yet. Rules look at the order of the mentions in the text and at their clauses; distances are characters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from lagebild.lexicon.topics import shows
from lagebild.picture.fates import CARRIED_OUT, agrees, issue, subject
from lagebild.picture.identities import Identities, sides
from lagebild.picture.parts import Case
from lagebild.picture.told import Claim, Mention

_REAL = ("occurred", "ongoing")
_VERBAL = ("AGREE", "REQUEST", "SUPPORT", "CONCEDE")
_ACTS = ("RETREAT", "AID", "SANCTION", "MOBILIZE", "COOPERATE", "COERCE", "CONSULT")
_POINTS = ("RETREAT", "AID", "MOBILIZE", "COOPERATE")
#: A point of an agreement follows it, or another point, within so many characters.
_NEXT = 260
#: An assent answers a demand told so many characters before it at most; a word without content goes back as far.
_ANSWER = 500
#: A content stands with its verbal act.
_CLAUSE = 160


class Context:
    """The relations of all mentions. `content_of`, `point_of` and `answers` map the ref of a mention to the verbal mention
    that it belongs to, `pointed` that of an agreement that points back to what was told right before it; `agreed` the id of a
    report to the agreements that it tells of, in the order of the text. `claims`: the figures told beside."""

    def __init__(self, cases: Sequence[Case], identities: Identities, claims: Sequence[Claim] = ()) -> None:
        self.claims = claims
        self.content_of: dict[str, Mention] = {}
        self.point_of: dict[str, Mention] = {}
        self.answers: dict[str, Mention] = {}
        self.pointed: dict[str, list[Mention]] = {}
        self.agreed: dict[str, list[Mention]] = {}
        by_report: dict[str, list[Mention]] = defaultdict(list)
        for case in cases:
            for m in case.mentions:
                by_report[m.report].append(m)
        for report, told in by_report.items():
            told.sort(key=lambda m: (m.at, m.ref))
            self.agreed[report] = [m for m in told if agrees(m)]
            self._contents(told)
            self._points(told, self.agreed[report], identities)
            self._answers(told, identities)
            self._pointed(told)

    def _contents(self, told: Sequence[Mention]) -> None:
        verbal = [m for m in told if m.type in _VERBAL and m.status in _REAL and m.stance == "asserts"]
        for m in told:
            if m.type not in _ACTS:
                continue
            fit = [v for v in verbal if (_one_clause(m, v) and _carries(m, issue(v))) or _asked(m, v)]
            if fit:
                self.content_of[m.ref] = min(fit, key=lambda v: abs(v.at - m.at))

    def _points(self, told: Sequence[Mention], agreed: Sequence[Mention], identities: Identities) -> None:
        last: Mention | None = None
        reach = 0
        own = {m.ref for m in agreed}
        for m in told:
            if m.ref in own:
                last, reach = m, m.at
            elif (
                last is not None
                and m.type in _POINTS
                and m.status in ("planned", "demanded")
                and m.at - reach <= _NEXT
                and not _of_others(m, last, identities)
            ):
                self.point_of[m.ref] = last
                reach = m.at

    def _answers(self, told: Sequence[Mention], identities: Identities) -> None:
        for n, m in enumerate(told):
            if m.type != "AGREE" or "assent" not in shows("act", m.evidence, m.language):
                continue
            mine = sides(m.actors, identities)
            asked = [
                r
                for r in told[:n]
                if r.type == "REQUEST"
                and m.at - r.at <= _ANSWER
                and (not mine or sides(r.recipients, identities) & mine)
            ]
            if asked:
                self.answers[m.ref] = asked[-1]

    def _pointed(self, told: Sequence[Mention]) -> None:
        """«Sie verschoben den Beginn des Handels; darauf verständigten sich ihre Minister»: what was agreed stands before."""
        for m in self.agreed[told[0].report]:
            if not points_back(m):
                continue
            before = [
                x for x in told if 0 < m.at - x.at <= _CLAUSE and x.evidence not in m.evidence and x.type != "ACCUSE"
            ]
            self.pointed[m.ref] = [x for x in before if x.evidence == before[-1].evidence]

    def topic(self, m: Mention, told: Sequence[Mention] = ()) -> str | None:
        """The issue of a mention: of an assent that of the demand, of a demand that of the act it demands, if it is told.
        `told`: the mentions of its report."""
        asked = self.answers.get(m.ref, m)
        if asked.type != "REQUEST":
            return issue(asked)
        contents = [c for c in told if self.content_of.get(c.ref) is asked]
        return next((t for c in contents if (t := issue(c))), issue(asked))


def points_back(m: Mention) -> bool:
    """Whether a word of agreeing is about what was told before: «darauf verständigten sich», «signed too» of no paper."""
    topics = set(shows("act", m.evidence, m.language))
    return "back" in topics if m.type == "AGREE" else m.type == "SUPPORT" and not topics & {"document", "law"}


def subject_of(m: Mention, topic: str, told: Sequence[Mention]) -> str:
    """The subject of a mention; if its own clause names none, that of what its actors do right before it."""
    own = subject(m, topic)
    if own or m.type not in ("AGREE", "REQUEST"):
        return own
    before = [x for x in told if 0 < m.at - x.at <= _CLAUSE and {*x.actors} & {*m.actors}]
    return subject(before[-1], topic) if before else ""


def _one_clause(one: Mention, other: Mention) -> bool:
    return (one.evidence in other.evidence or other.evidence in one.evidence) and abs(one.at - other.at) <= _CLAUSE


def _asked(m: Mention, verbal: Mention) -> bool:
    """Whether a demanded act is told by him who demands: «rief die Separatisten auf, einen Korridor zu öffnen»."""
    return (
        verbal.type == "REQUEST"
        and m.status == "demanded"
        and abs(m.at - verbal.at) <= _CLAUSE
        and bool({*m.said_by} & {*verbal.actors})
    )


def _carries(m: Mention, topic: str | None) -> bool:
    """Whether an act may be the content of a verbal act on an issue."""
    if topic == "sanctions":
        return m.type in ("SANCTION", "COERCE")
    acts = CARRIED_OUT.get(topic or "", ())
    return any(m.type == type_ and (not modes or m.mode in modes) for type_, modes in acts)


def _of_others(m: Mention, agreement: Mention, identities: Identities) -> bool:
    """Whether a plan is told by somebody who is no party to the agreement, so that it is his own."""
    if not m.said_by:
        return False
    bound = sides((*agreement.actors, *agreement.recipients), identities)
    return bool(bound) and not sides(m.said_by, identities) & bound
