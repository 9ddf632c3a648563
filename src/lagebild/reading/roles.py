"""Who acts and who is acted on: traits of each noun phrase (slot, frame, tree path) and the head's vote, weighed together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from lagebild.language.document import Sentence
from lagebild.language.neural import EventScores
from lagebild.lexicon.roleslots import BOTH_SIDES
from lagebild.reading.events import Act
from lagebild.reading.learned import votes
from lagebild.reading.pairs import candidates
from lagebild.reading.syntax import antecedent, phrase

#: Log-odds beyond which the head is no surer.
CERTAIN = 3.5
#: How much the head's log-odds count, and by how much a party is preferred to none; chosen on development reports.
HEAD, EAGER = 0.6, 1.0


@dataclass(frozen=True, slots=True)
class RoleScores:
    """The learned head's log-odds of each role against none, for every word of a sentence; None without a head."""

    table: dict[str, list[float]] | None

    def of(self, role: str, first: int, last: int) -> float | None:
        """Mean log-odds of a role over the words of a phrase."""
        if self.table is None:
            return None
        row = self.table[role][first : last + 1]
        return sum(row) / len(row)


def role_scores(sentence: Sentence, word: int) -> RoleScores:
    """The head's votes for the event or figure at a word."""
    events = getattr(sentence.scores, "events", None)
    return RoleScores(None) if events is None else _heard(events, word)


@lru_cache(maxsize=64)
def _heard(events: EventScores, word: int) -> RoleScores:
    """Roles, place and time of one act ask one after the other: the votes are worked out once."""
    found = events.roles(word)
    labels = events.labels["role"]
    none = found[:, labels.index("none")]
    odds = np.clip(found - none[:, None], -CERTAIN, CERTAIN)
    return RoleScores({label: [float(v) for v in odds[:, i]] for i, label in enumerate(labels) if label != "none"})


@dataclass(frozen=True, slots=True)
class Filler:
    """A noun phrase head that fills a role, and why."""

    word: int
    role: str
    score: float
    slot: str


def fillers(sentence: Sentence, act: Act, language: str, blocked: frozenset[int] = frozenset()) -> list[Filler]:
    """Actors and recipients of an act as head words, in text order. `blocked` words cannot be parties (other acts)."""
    learned = votes("roles")
    heard = role_scores(sentence, act.word)
    found: dict[int, Filler] = {}
    for candidate in candidates(sentence, act, language, blocked):
        scores = learned.scores(candidate.traits)
        none = scores.pop("none") - EAGER
        if heard.table is not None:
            first, last = phrase(sentence, candidate.word)
            for role in scores:
                scores[role] += HEAD * (heard.of(role, first, last) or 0.0)
        slot = candidate.slot.name if candidate.slot else ""
        role = "actor" if slot in BOTH_SIDES else max(scores, key=lambda r: scores[r])
        score = scores[role] - none
        if score <= 0:
            continue
        word = antecedent(sentence, candidate.word)
        if word not in found or found[word].score < score:
            named = slot or ", ".join(trait for trait, _ in learned.reasons(candidate.traits, role, 2))
            found[word] = Filler(word, role, score, named)
    return sorted(found.values(), key=lambda f: f.word)
