"""Traits of a party beside an act from a first weighing of all parties of the sentence: who else may fill the part, and what the same
party is to the other acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor

from lagebild.language.document import Sentence
from lagebild.reading.events import Act
from lagebild.reading.pairs import path

#: Log-odds are told in whole steps between these bounds.
MOST = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """How far a party seems to fill each part of an act by itself: log-odds against none."""

    word: int
    name: str
    actor: float
    recipient: float

    @property
    def part(self) -> str:
        """The part that it seems to play, «none» if none."""
        if max(self.actor, self.recipient) <= 0:
            return "none"
        return "actor" if self.actor > self.recipient else "recipient"


def rivals(sentence: Sentence, acts: Sequence[Act], claims: Sequence[Sequence[Claim]]) -> list[list[tuple[str, ...]]]:
    """The traits of every claim; `claims` are those of each act."""
    return [_of_act(sentence, acts, claims, number) for number in range(len(acts))]


def _of_act(
    sentence: Sentence, acts: Sequence[Act], claims: Sequence[Sequence[Claim]], number: int
) -> list[tuple[str, ...]]:
    act = acts[number]
    down = (act.word, *sentence.ancestors(act.word))
    others = []
    for n, other in enumerate(acts):
        if other.word != act.word:
            way = path(sentence, other.word, down)
            others.append((other, way, _side(way), {c.word: c for c in reversed(claims[n])}))
    found = []
    for claim in claims[number]:
        traits = [*_against(act, claim, claims[number])]
        for other, way, where, theirs in others:
            if claim.word in theirs:
                traits += _beyond(act, other, way, where, theirs[claim.word].part)
            elif claim.word == other.word:
                traits.append(f"is act {other.type}")
        found.append(tuple(dict.fromkeys(traits)))
    return found


def _against(act: Act, claim: Claim, claims: Sequence[Claim]) -> Iterator[str]:
    """How the best of the other parties of the act stands, and by how much it is behind."""
    others = [c for c in claims if c.word != claim.word and c.name != claim.name]
    for part, own, best in (
        ("actor", claim.actor, max((c.actor for c in others), default=None)),
        ("recipient", claim.recipient, max((c.recipient for c in others), default=None)),
    ):
        if best is None:
            yield f"no other {part}"
            continue
        step = _step(best)
        yield f"other {part} {step}"
        yield f"other {part} {step} {act.type}"
        yield f"lead as {part} {_step(own - best)}"


def _side(way: str) -> str:
    """Where another act stands to which this way leads: above, below or beside."""
    steps = way.split()
    return "above" if all(s[-1] == "_" for s in steps) else "below" if all(s[-1] == "^" for s in steps) else "beside"


def _beyond(act: Act, other: Act, way: str, where: str, part: str) -> Iterator[str]:
    """What the party is to another act, and where that stands."""
    yield f"{part} of {other.type} {way}"
    yield f"{part} of {other.type} for {act.type}"
    yield f"{part} of an act {way}"
    yield f"{part} of {other.type} {where} {act.type}"
    yield f"{part} of {other.type} {where}"
    yield f"{part} of an act {where}"


def _step(value: float) -> int:
    return max(-MOST, min(MOST, floor(value)))
