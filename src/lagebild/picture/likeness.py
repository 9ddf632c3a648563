"""How likely two mentions tell of the same event: a sum of evidence for and against, in log-odds set by hand.

Positive: the two are one. `NEVER`: they cannot be. The weights follow what tells events apart in news: the day first, then the
place, then who does it to whom, weighted by how rare the party is, then the words. What is unsaid counts neither way.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from math import fsum

from lagebild.lexicon.names import fold, words
from lagebild.lexicon.topics import shows
from lagebild.model import EVENT_TYPES
from lagebild.picture.days import gap
from lagebild.picture.identities import Identities
from lagebild.picture.told import Claim, Mention
from lagebild.picture.traits import REAL, SHORT, Traits, content, traits_of

NEVER = float("-inf")
#: Types that readers and annotators take for each other.
_COMPATIBLE = frozenset(
    frozenset(pair)
    for pair in (
        ("AGREE", "CONCEDE"), ("AGREE", "CONSULT"), ("AGREE", "SUPPORT"), ("RETREAT", "CONCEDE"), ("AID", "MOBILIZE"), ("AID", "SUPPORT"),
        ("SANCTION", "COERCE"), ("COERCE", "ASSAULT"), ("REQUEST", "THREATEN"), ("ACCUSE", "REJECT"), ("RETREAT", "AGREE"),
        ("COOPERATE", "AID"), ("COOPERATE", "CONSULT"),
    )
)  # fmt: skip
#: For each type those that may be one event with it.
PARTNERS = {t: tuple(o for o in EVENT_TYPES if o == t or frozenset((t, o)) in _COMPATIBLE) for t in EVENT_TYPES}
#: What has yet to be.
_AHEAD = ("planned", "considered", "conditional")
#: To sign is to support or to agree, as one reads it.
_SIGNED = frozenset(("AGREE", "SUPPORT"))
#: Modes of one type that are different acts whatever else agrees.
_APART = frozenset({"phone", "abduct", "release", "resign", "cyber", "convict", "hunger", "investigate"})
_BOTH_SIDES = ("CONSULT", "AGREE", "COOPERATE")
#: Days after which an unsaid day of an act is no longer taken for the day of another report of it.
_MEMORY = {"AGREE": 45, "SANCTION": 21, "CONCEDE": 21, "RETREAT": 10, "MOBILIZE": 14, "COERCE": 10}
#: Acts of words that one voice utters alone: a ministry criticises something every day.
_ALONE = ("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT")
#: Characters between the clauses of one sentence.
_CLAUSES = 150
#: Days for which an agreement is known by its place, and the log-odds of a mention that names it so.
_KNOWN, _PAPER = 60, 2.5
#: What two words of one voice lose that name nobody and nothing in common.
_NOTHING = 1.2
#: What «ausserdem», "another" take from two acts of one report: the second comes on top of the first.
_BESIDES = -2.0
#: What «ohne Zustimmung aus Kiew» says against being what Kiev agreed to.
_WITHHELD = -2.0
#: «Getötet» and «Beschuss» of one clause, and what signing what was agreed speaks for it.
_RESULT, _SIGNS = 3.0, 2.6
#: What «auch Merkel wird dort erwartet» says for the meeting told before.
_JOINS = 2.5
#: Characters within which two words for a meeting name one: «met in emergency session».
_AT_ONCE = 40
#: What it says against two clauses of one language that they have no word in common.
_UNLIKE = 0.4
#: What it says for two bare mentions of a truce that both hold: sides in one conflict have one truce at a time.
_TRUCE = 1.5
#: How much of a conflict is left where the sides of one of two mentions are guessed.
_GUESSED = 0.3
#: Characters after which «dabei» no longer means what was told before.
_SOON = 400
#: Kilometres within which two named cities may be one scene, and within which a region holds a city.
_NEAR, _REGION = 25.0, 250.0
#: Bits after the point of a word's weight.
_EXACT = 80


class Likeness:
    """Compares the mentions of one set of reports; what is rare in them counts more."""

    def __init__(self, mentions: Sequence[Mention], claims: Iterable[Claim], identities: Identities) -> None:
        by_report: dict[str, list[Claim]] = {}
        for claim in claims:
            by_report.setdefault(claim.report, []).append(claim)
        self.traits = [traits_of(m, by_report.get(m.report, ()), identities) for m in mentions]
        _find_causes(self.traits)
        parties: Counter[str] = Counter()
        common: Counter[str] = Counter()
        for t in self.traits:
            parties.update(t.parties["all"])
            common.update(t.words)
        total = len(self.traits) + 1
        self.rarity = {p: min(3.0, 0.4 + math.log(total / n) / 2) for p, n in parties.items()}
        self._weight = {w: math.log(total / n) for w, n in common.items()}
        # Weights as whole numbers add up exactly, in whatever order, and those of a clause need adding once.
        self._exact = {w: int(math.ldexp(weight, _EXACT)) for w, weight in self._weight.items()}
        for t in self.traits:
            t.weight = sum([self._exact[w] for w in t.words])

    def keys(self, t: Traits) -> list[str]:
        """What another mention must share with this one to be compared: a party, a side, the place or a rare word."""
        found = [f"p{p}" for p in t.parties["all"]] + [f"s{s}" for s in t.sides["all"]]
        if t.place and not t.wide:
            found.append(f"l{t.place}")
        if t.paper:
            found += [f"l{w}" for w in words(fold(t.mention.evidence)) if len(w) >= SHORT - 1]
        if t.truce:
            found.append("truce")  # «die Waffenruhe», "the truce": no word, party or place in common
        rare = sorted(t.words, key=lambda w: (-self._weight[w], w))[:3]
        return found + [f"w{w}" for w in rare] + [f"r{t.mention.report}"]

    def of(self, a: Traits, b: Traits) -> float:
        """Log-odds that both tell of one event, or NEVER."""
        one, other = a.mention, b.mention
        together = one.report == other.report
        if together and one.evidence == other.evidence:
            return _RESULT if _result(one, other) or _at_once(a, b) else NEVER  # two acts of one clause
        if one.ref in other.conditions or other.ref in one.conditions:
            return NEVER  # an act and what must happen before it
        score = _kind(a, b)
        if score == NEVER:
            return NEVER
        if not together and ((a.paper and _after_place(a, b)) or (b.paper and _after_place(b, a))):
            return _PAPER  # «das Abkommen von Minsk» is what was agreed in Minsk
        who = self._who(a, b)
        if together:
            again = _again(a, b)
            score += again
            second = max((one, other), key=lambda m: m.at)
            others = second.said_by and not {*second.said_by} & {*second.actors}
            if again > 1.0 and (others or second.type == "SUPPORT" or again == _JOINS):
                who = max(who, 0.0)  # what somebody says of it may well be another view of who did it
        time, place = _time(a, b), self._place(a, b)
        if time == NEVER or place == NEVER:
            return NEVER
        score = score + time + place + who
        if a.figures and b.figures:
            score += _figures(a, b)
        if not together and one.type == other.type and one.type in _ALONE and not _common(a, b):
            score -= _NOTHING
        score += self._words(a, b) + _status(a, b)
        if a.truce and b.truce:
            score += _TRUCE
        elif not together and (a.bare or b.bare):
            score -= 1.5  # «der Angriff» may be any
        return score - 2.0

    def _who(self, a: Traits, b: Traits) -> float:
        if a.mention.type in _BOTH_SIDES:
            return self._shared(a, b, "all", -2.5)
        return self._shared(a, b, "actors", -1.6) + 0.8 * self._shared(a, b, "recipients", -1.2)

    def _shared(self, a: Traits, b: Traits, part: str, conflict: float) -> float:
        one, other = a.parties[part], b.parties[part]
        if not one or not other:
            return 0.0
        same = one & other
        if same:
            return min(2.6, 0.3 + fsum([self.rarity[p] for p in same]) * 0.7)
        sides, others = a.sides[part], b.sides[part]
        if sides & others:
            return 0.5
        if _camps(sides) and _camps(others) and ("groups" in sides | others):
            return 0.4
        if not sides or not others:
            return 0.0 if not sides and not others else -0.5
        if part == "all" and (_officers(one) or _officers(other)):
            conflict *= _GUESSED  # «die Energieminister»: whose they are is often a guess
        one_says, other_says = a.mention.said_by, b.mention.said_by
        # Two voices that ascribe an act to each other tell of one act.
        return conflict / 4 if part == "actors" and one_says and other_says and one_says != other_says else conflict

    def _place(self, a: Traits, b: Traits) -> float:
        if a.place is None or b.place is None:
            return 0.0
        one, other = a.mention, b.mention
        if a.place == b.place:
            return 0.4 if a.wide or a.spot else 1.8
        if one.country and other.country and one.country != other.country and one.lat and other.lat:
            return -3.0
        if one.precision == "country" or other.precision == "country":
            return 0.2
        if one.report == other.report and (a.spot or b.spot):
            return 0.0  # a spot in the town that the report has named
        distance = _kilometres(one, other)
        if distance is None and not (a.wide or b.wide):
            return -0.5  # «Flughafen», «Zentrum»: a spot, wherever it is
        if a.wide and b.wide:
            return 0.3  # «Donbass», "eastern Ukraine": one may lie in the other
        if a.wide or b.wide:
            return 0.3 if distance is None or distance <= _REGION else -1.5
        if distance is not None and distance <= _NEAR:
            return 0.3
        return NEVER if one.type == "ASSAULT" else -2.5

    def _words(self, a: Traits, b: Traits) -> float:
        score = 0.9 if a.trigger == b.trigger else 0.0
        same = a.words & b.words
        if not same:
            one, other = a.mention, b.mention
            said = one.report != other.report and one.language == other.language and min(len(a.words), len(b.words)) > 1
            return score - _UNLIKE if said and a.trigger != b.trigger else score
        exact = self._exact
        shared = sum([exact[w] for w in same])
        union = a.weight + b.weight - shared
        likeness = float(shared) / float(union) if union else 0.0
        if likeness > 0.85 and len(same) >= 4:
            return score + 5.0  # one sentence, printed twice
        return score + 4.0 * likeness


def _after_place(a: Traits, b: Traits) -> bool:
    """Whether the first, which names a paper, names the agreement that the second tells of, by the place where it was made."""
    if b.place is None or b.wide or b.mention.status not in REAL:
        return False
    if b.anchor > a.day or a.day - b.anchor > _KNOWN or b.mention.type not in _SIGNED:
        return False
    return any(w.startswith(b.place) for w in words(fold(a.mention.evidence)))


def _kind(a: Traits, b: Traits) -> float:
    one, other = a.mention, b.mention
    if one.type != other.type:
        pair = frozenset((one.type, other.type))
        return -0.8 if pair == _SIGNED else -1.6 if pair in _COMPATIBLE else NEVER
    score = 0.0
    if one.mode and other.mode and one.mode != other.mode:
        score -= 2.5 if {one.mode, other.mode} & _APART else 0.5
    elif one.mode and one.mode == other.mode:
        score += 0.4
    if a.issue and b.issue:
        score += 0.8 if a.issue == b.issue else -0.9
    return score


def _time(a: Traits, b: Traits) -> float:
    memory = _MEMORY.get(a.mention.type, 7)
    if a.span and b.span:
        days = gap(a.span, b.span)
        if days == 0:
            return 1.8 if a.exact and b.exact else 0.6
        if a.exact and b.exact:
            if days == 7 and "ongoing" in (a.mention.status, b.mention.status):
                return -0.8  # a weekday taken for the one of the week before
            return -1.8 if days == 1 else NEVER
        return -1.0 if days <= 2 else -3.5
    if a.span or b.span:
        known, unknown = (a, b) if a.span else (b, a)
        assert known.span is not None
        ahead = unknown.mention.status not in REAL
        distance = gap(known.span, (unknown.day, unknown.day))
        if known.span[0] > unknown.day and not ahead:
            return -2.5  # it cannot have happened yet
        if known.exact and known.span[1] < unknown.day - 1 and unknown.mention.status in _AHEAD:
            return -2.5  # what is still to come is not what is over
        if distance <= 2:
            return 0.6
        if distance <= memory:
            return -0.4 * distance / memory if a.mention.type in _MEMORY or ahead else -0.8
        return -1.2 if distance <= 3 * memory and a.mention.type in _MEMORY else -3.0
    days = abs(a.day - b.day)
    if days <= 1:
        return 0.5
    if days <= 3:
        return 0.0
    if days <= memory:
        return -0.4 if a.mention.type in _MEMORY else -1.0
    return -1.2 if days <= 2 * memory and a.mention.type in _MEMORY else -3.0


def _status(a: Traits, b: Traits) -> float:
    one, other = a.mention, b.mention
    if a.withheld != b.withheld:
        return _WITHHELD
    if one.status == other.status:
        return 0.2
    if "demanded" in (one.status, other.status) or "conditional" in (one.status, other.status):
        return -0.9
    return -0.2


def _result(one: Mention, other: Mention) -> bool:
    """Whether one of two attacks is told by whom it hit, the other by how."""
    if not one.type == other.type == "ASSAULT":
        return False
    return sum("casualty" in shows("act", m.trigger, m.language) for m in (one, other)) == 1


def _at_once(a: Traits, b: Traits) -> bool:
    """Whether two words of one clause name one meeting: near each other, and not with different people."""
    one, other = a.mention, b.mention
    if not one.type == other.type == "CONSULT" or abs(one.at - other.at) > _AT_ONCE or one.status != other.status:
        return False
    few, many = sorted((a.parties["all"], b.parties["all"]), key=len)
    return few <= many and (a.span is None or b.span is None or a.span == b.span)


def _common(a: Traits, b: Traits) -> bool:
    """Whether two mentions of one voice's words have more in common than that voice."""
    same_issue = a.issue is not None and a.issue == b.issue
    own = content(" ".join((*a.mention.actors, *b.mention.actors)).replace(":", " "))  # the voice's own name
    return bool((a.words & b.words) - own or a.parties["recipients"] & b.parties["recipients"] or same_issue)


def _figures(a: Traits, b: Traits) -> float:
    """Figures in the same clause: the same ones speak for one event, a rising toll does not speak against it."""
    score = 0.0
    for x in a.figures:
        for y in b.figures:
            if x.measure != y.measure:
                continue
            if x.value == y.value:
                score = max(score, 1.4)
            elif max(x.value, y.value) > 4 * max(1.0, min(x.value, y.value)):
                score = min(score, -0.8)
    return score


def _again(a: Traits, b: Traits) -> float:
    """Two mentions in one report: what is told next without place and day is mostly about what was told before."""
    first, second = sorted((a, b), key=lambda t: t.mention.at)
    near = second.mention.at - first.mention.at <= _SOON
    loose = second.loose
    if second.joins and first.mention.type == "CONSULT" and near and second.span is None:
        return _JOINS
    if second.mention.type != "ASSAULT" and "besides" in shows("act", second.mention.evidence, second.mention.language):
        return _BESIDES
    if second.cause is not None and second.cause is not first and _apart(first, second):
        return -0.8
    if second.mention.at - first.mention.at <= _CLAUSES:
        here = first.place is None or second.place is None or second.spot or first.place == second.place
        if _result(first.mention, second.mention) and here:
            return 2.2  # «sieben Menschen starben, als Raketen einschlugen»
    if loose and second.mention.type == "SUPPORT" and first.mention.type in _SIGNED:
        topics = shows("act", second.mention.evidence, second.mention.language)
        if "signed" in topics and not {"document", "law"} & set(topics):
            return _SIGNS  # «unterzeichneten ebenfalls»
    if second.bare or (loose and first.mention.type == second.mention.type == "ASSAULT" and not _apart(first, second)):
        return 1.9 if near else 1.2
    if first.bare:
        return 0.8
    # Two acts of one kind by one party: «kündigte an … kündigte ferner an».
    return 0.0 if a.trigger == b.trigger or a.words & b.words else -0.8


def _apart(first: Traits, second: Traits) -> bool:
    """Whether the report itself says of a second attack who did it to whom, none of whom had a part in the first: «Vor dem
    Parlament gingen Nationalisten auf Polizisten los». What others say of the doers may be their view of the first."""
    second = second.cause or second
    m = second.mention
    whole = second.parties["actors"] and second.parties["recipients"] and not m.said_by
    return bool(whole) and not second.parties["all"] & first.parties["all"]


def _find_causes(told: Sequence[Traits]) -> None:
    """Give each outcome of nobody the attack that stands before it in its clause."""
    attacks: dict[str, list[Traits]] = {}
    for t in told:
        if t.mention.type == "ASSAULT":
            attacks.setdefault(t.mention.report, []).append(t)
    for t in (t for near in attacks.values() for t in near if not t.parties["actors"]):
        before = [
            o
            for o in attacks[t.mention.report]
            if 0 < t.mention.at - o.mention.at <= _CLAUSES
            and o.mention.evidence in t.mention.evidence
            and _result(o.mention, t.mention)
        ]
        t.cause = max(before, key=lambda o: o.mention.at, default=None)


def _officers(parties: frozenset[str]) -> bool:
    """Whether parties are nothing but holders of offices whom nobody names."""
    return all(p.startswith("office:") for p in parties)


def _camps(sides: frozenset[str]) -> bool:
    return any(side.startswith("groups") for side in sides)


def _kilometres(one: Mention, other: Mention) -> float | None:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    mean = math.radians((one.lat + other.lat) / 2)
    return 111.2 * math.hypot(one.lat - other.lat, (one.lon - other.lon) * math.cos(mean))
