"""Who acts and who is acted on: the frame's slots and the learned head's votes, weighed for each noun phrase."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lagebild.language.document import Sentence
from lagebild.lexicon.roleslots import BOTH_SIDES, default_slots
from lagebild.reading.events import Act
from lagebild.reading.syntax import antecedent, conjuncts, is_verbal, phrase

#: What a slot adds to the log-odds of its role: named by the frame, by the type's default, borrowed from a governor.
FRAME, DEFAULT, SHARED = 5.0, 3.5, 2.5
#: Log-odds beyond which the head is no surer.
CERTAIN = 3.5
#: Log-odds that a noun phrase without any slot must overcome by the head's vote alone.
NO_SLOT = -1.0
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "DET", "ADJ"})


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
    if events is None:
        return RoleScores(None)
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


def fillers(sentence: Sentence, act: Act, blocked: frozenset[int] = frozenset()) -> list[Filler]:
    """Actors and recipients of an act as head words, in text order. `blocked` words cannot be parties (other acts)."""
    verbal = is_verbal(sentence, act.word)
    rows = [(*default_slots(act.type, verbal), DEFAULT)]
    if act.frame is not None and (act.frame.actor or act.frame.recipient):
        rows.insert(0, (act.frame.actor, act.frame.recipient, FRAME))
    votes = role_scores(sentence, act.word)
    candidates: dict[int, tuple[str, float, str]] = {}
    for slot in act.arguments:
        role, weight = next(
            (
                (role, weight)
                for actor, recipient, weight in rows
                for role, names in (("actor", actor), ("recipient", recipient))
                if slot.name in names or (slot.name == "iobj" and role == "recipient" and "obj" in names)
            ),
            (None, DEFAULT),
        )
        for word in conjuncts(sentence, slot.word):
            if word in candidates or word == act.word or sentence.upos[word] not in _NOMINAL:
                continue
            own = role
            if slot.name in BOTH_SIDES:
                own = "actor"
            candidates[word] = (own or "none", SHARED if slot.shared else weight, slot.name)
    if votes.table is not None:
        for word in range(len(sentence)):
            if word in candidates or sentence.upos[word] not in ("NOUN", "PROPN", "PRON") or word == act.word:
                continue
            if sentence.relation(word) in ("flat", "compound", "appos"):
                continue
            if any(word in range(*_range(sentence, c)) for c in candidates):
                continue
            best = max(votes.table["actor"][word], votes.table["recipient"][word])
            if best > -NO_SLOT:
                candidates[word] = ("none", NO_SLOT, "")
    found = []
    for word, (role, bonus, slot_name) in candidates.items():
        if word in blocked:
            continue
        first, last = phrase(sentence, word)
        scores = {"actor": 0.0, "recipient": 0.0}
        for name in scores:
            vote = votes.of(name, first, last)
            if vote is None:
                scores[name] = bonus if role == name else -1.0
            else:
                scores[name] = vote + (bonus if role == name else 0.0 if role == "none" else -1.0)
                if bonus == NO_SLOT:
                    scores[name] = vote + NO_SLOT
        best_role = max(scores, key=lambda r: scores[r])
        if scores[best_role] > 0:
            found.append(Filler(antecedent(sentence, word), best_role, scores[best_role], slot_name or "head"))
    unique: dict[int, Filler] = {}
    for filler in found:
        if filler.word not in unique or unique[filler.word].score < filler.score:
            unique[filler.word] = filler
    return sorted(unique.values(), key=lambda f: f.word)


def _range(sentence: Sentence, word: int) -> tuple[int, int]:
    first, last = phrase(sentence, word)
    return first, last + 1
