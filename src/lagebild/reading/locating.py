"""Where an event or a figure takes place: a place named in its clause, or the one of the attack that it continues."""

from __future__ import annotations

from lagebild.language.document import Sentence
from lagebild.lexicon.placewords import placewords
from lagebild.model import Party, Place
from lagebild.reading.events import Act
from lagebild.reading.parties import Resolver
from lagebild.reading.roles import role_scores
from lagebild.reading.syntax import clause_head, clause_words, phrase

#: What speaks for a place: a preposition of place, hanging on the act or its predicate; against: another clause.
LOCATIVE, ATTACHED, OUTSIDE = 1.0, 0.8, -1.2
#: The head's log-odds count for this much at least and at most.
DOUBTED, CERTAIN = -1.6, 3.0
#: What a finer place gains.
_FINER = {"city": 0.6, "point": 0.6, "region": 0.3}
_RANK = {"point": 0, "city": 0, "region": 1, "area": 2, "country": 3}
#: Types whose objects («Misrata wurde angegriffen») are where it happens if they are places and no states.
_STRIKES = frozenset({"ASSAULT", "COERCE"})


def place_of(resolver: Resolver, index: int, sentence: Sentence, act: Act, parties: tuple[Party, ...]) -> Place | None:
    """The finest place named for the act, by a locative phrase of its clause weighed with the learned head's vote."""
    votes = role_scores(sentence, act.word)
    first, last = clause_words(sentence, act.word)
    near = {act.word, clause_head(sentence, act.word)}
    pointers = placewords(resolver.language).pointers
    best: tuple[float, Place] | None = None
    for word in range(len(sentence)):
        pointer = sentence.upos[word] == "ADV" and sentence.lemmas[word].casefold() in pointers
        if not pointer and sentence.upos[word] not in ("PROPN", "NOUN"):
            continue
        if sentence.relation(word) in ("flat", "compound"):
            continue
        locative = pointer or resolver.locative(sentence, word)
        struck = act.type in _STRIKES and sentence.heads[word] in near
        if not locative and not struck and votes.table is None:
            continue
        vote = votes.of("place", *phrase(sentence, word))
        score = LOCATIVE if locative else -LOCATIVE
        score += min(CERTAIN, max(DOUBTED if locative else -CERTAIN, vote)) if vote is not None else score
        score += 0.0 if first <= word <= last else OUTSIDE
        score += ATTACHED if sentence.heads[word] in near else 0.0
        if score <= 0:
            continue
        found = resolver.place(index, word)
        if found is None or (found.precision == "country" and not locative and not pointer):
            continue
        owner = next((p for p in parties if p.span and found.span and _overlap(p.span, found.span)), None)
        if owner is not None and (owner.kind not in ("other", "state") or (owner.kind == "state" and not locative)):
            continue
        score += _FINER.get(found.precision or "", 0.0)
        if best is None or score > best[0]:
            best = (score, found)
    return best[1] if best else None


def place_near(resolver: Resolver, index: int, sentence: Sentence, word: int) -> Place | None:
    """The finest locative place in the clause of a word."""
    first, last = clause_words(sentence, word)
    pointers = placewords(resolver.language).pointers
    found = [
        place
        for other in range(first, last + 1)
        if (
            (sentence.upos[other] in ("PROPN", "NOUN") and resolver.locative(sentence, other))
            or (sentence.upos[other] == "ADV" and sentence.lemmas[other].casefold() in pointers)
        )
        and (place := resolver.place(index, other)) is not None
    ]
    return min(found, key=lambda p: _RANK.get(p.precision or "", 2), default=None)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
