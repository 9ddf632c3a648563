"""Where an event or a figure takes place: the places that its sentence names or points to, weighed by a learned table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lagebild.language.document import Sentence
from lagebild.lexicon.placewords import placewords
from lagebild.model import Party, Place
from lagebild.reading.events import Act
from lagebild.reading.learned import fields
from lagebild.reading.pairs import path
from lagebild.reading.parties import Resolver
from lagebild.reading.roles import role_scores
from lagebild.reading.syntax import (
    answers,
    case_marker,
    clause_head,
    clause_words,
    is_passive,
    is_verbal,
    phrase,
    standing_to,
)
from lagebild.reading.whereabouts import beside, has_name, points

#: How much the head's log-odds count, between which bounds, and by how much a place is preferred to none.
HEAD, DOUBTED, CERTAIN, EAGER = 0.5, -1.6, 3.0, 1.8
#: What a place gains in the phrase of an act's noun, behind the noun of somebody there («ein Angriff auf die Botschaft in
#: Kabul»), and the acts that happen where those are.
INSIDE = 1.0
_BODILY = frozenset({"ASSAULT", "CONSULT", "MOBILIZE", "COERCE", "PROTEST", "AID", "RETREAT"})
#: What a finer place gains among those that are taken.
_FINER = {"city": 0.6, "point": 0.6, "region": 0.3}
_ARGUMENTS = frozenset({"obj", "iobj", "nsubj"})
_RANK = {"point": 0, "city": 0, "region": 1, "area": 2, "country": 3}


@dataclass(frozen=True, slots=True)
class Located:
    """A word that names or points to a place, the place, and its traits beside an act."""

    word: int
    place: Place
    traits: tuple[str, ...]


def places(resolver: Resolver, index: int, sentence: Sentence, act: Act, acts: Sequence[Act]) -> Iterator[Located]:
    """The places that the words of a sentence name or point to."""
    types = {a.word: a.type for a in acts}
    for word, upos in enumerate(sentence.upos):
        if upos not in ("ADV", "NOUN", "PROPN") or sentence.relations[word] in ("flat", "compound"):
            continue
        found = resolver.place(index, word)
        pointer = found is not None and upos != "PROPN" and points(sentence, word, resolver.language)
        if found is not None and (pointer or (upos != "ADV" and word != act.word)):
            traits = _traits(resolver, index, sentence, word, act, types, found, pointer)
            yield Located(word, found, tuple(dict.fromkeys(traits)))


def _traits(
    resolver: Resolver,
    index: int,
    sentence: Sentence,
    word: int,
    act: Act,
    types: dict[int, str],
    place: Place,
    pointer: bool,
) -> Iterator[str]:
    verbal = is_verbal(sentence, act.word)
    kind = ("passive" if is_passive(sentence, act.word) else "verb") if verbal else "noun"
    language = resolver.language
    top = word
    while sentence.relations[top] in ("conj", "appos") and sentence.upos[sentence.heads[top]] in ("NOUN", "PROPN"):
        top = sentence.heads[top]
    if top != word:
        yield f"behind {sentence.relations[word]}"
    marker = "there" if pointer else case_marker(sentence, top)
    locative = pointer or resolver.locative(sentence, word)
    precision = (place.precision or "area") if has_name(place) else "nameless"
    label = next((e.label for e in sentence.entities if e.first <= word <= e.last), "common")
    way = path(sentence, top, (act.word, *sentence.ancestors(act.word)))
    yield f"{precision} {'locative' if locative else 'bare'}"
    yield f"{precision} {'locative' if locative else 'bare'} {act.type}"
    yield f"{'locative' if locative else 'bare'} {act.type} {kind}"
    yield f"{label} {precision}"
    yield f"{language} marker {marker}"
    yield f"{language} marker {marker} {kind}"
    yield f"{language} marker {marker} {act.type}"
    yield f"path {kind} {way}"
    yield f"path {way} {'locative' if locative else 'bare'}"
    yield f"path {act.type} {way}"
    yield f"type {act.type}"
    own, its = clause_head(sentence, act.word), clause_head(sentence, top)
    first, last = clause_words(sentence, act.word)
    where = standing_to(sentence, its, own)
    yield f"clause {where}"
    yield f"clause {where} {kind} {'locative' if locative else 'bare'}"
    yield f"evidence {first <= word <= last} {where}"
    head = sentence.heads[top]
    if head >= 0:
        if head == act.word:
            yield f"on the act {'locative' if locative else 'bare'}"
            yield f"on the act {marker} {kind}"
        elif head in types:
            yield f"on another act {types[head]}"
            yield f"on another act {types[head]} {act.type}"
        elif head == own:
            yield f"on the predicate {'locative' if locative else 'bare'}"
        else:
            yield f"on {sentence.upos[head]} {where}"
            party = resolver.party(index, head)
            yield f"on party {party.kind if party else 'none'}"
        yield f"{language} on {sentence.lemma_keys[head]}"
    side, near = "before" if word < act.word else "after", min(abs(word - act.word), 24) // 4
    yield f"{side} {near}"
    nearer = [a for a in types if a != act.word and abs(a - word) < abs(act.word - word)]
    yield f"{min(len(nearer), 2)} acts nearer"
    yield f"{min(len(nearer), 2)} acts nearer {where}"
    if index == 0:
        yield "first sentence"


def place_of(
    resolver: Resolver, index: int, sentence: Sentence, act: Act, acts: Sequence[Act], parties: tuple[Party, ...]
) -> Place | None:
    """The finest place named for the act: the learned table weighed with the head's vote."""
    named_by_act = resolver.stage(index, act.word) if act.type in _BODILY else None
    if named_by_act is not None:
        return named_by_act
    votes = role_scores(sentence, act.word)
    pointers = placewords(resolver.language).pointers
    best: tuple[float, Place] | None = None
    known = list(places(resolver, index, sentence, act, acts))
    named = {located.word for located in known}
    for located in known:
        if beside(sentence, located.word, resolver.language) in named:
            continue  # «in Sartana bei Mariupol» is in Sartana
        word, found = located.word, located.place
        if answers(sentence, clause_head(sentence, word), act.word) and answers(sentence, word, act.word):
            continue  # «Das Ministerium in Kiew wies das zurück: …» is where the speaker is
        scores = fields("place").scores(located.traits)
        score = scores["place"] - scores["none"] + EAGER
        vote = votes.of("place", *phrase(sentence, word))
        if vote is not None:
            score += HEAD * min(CERTAIN, max(DOUBTED, vote))
        inside = _inside(resolver, index, sentence, word, act)
        score += INSIDE if inside else 0.0
        if score <= 0:
            continue
        locative = sentence.lemmas[word].casefold() in pointers or resolver.locative(sentence, word)
        if not locative and sentence.relations[word] in _ARGUMENTS and found.lat is None and found.precision == "area":
            continue  # something is done to it; no gazetteer knows it for a place
        owner = next((p for p in parties if p.span and found.span and _overlap(p.span, found.span)), None)
        if (
            owner is not None
            and not inside
            and not (locative and _envoys(owner))
            and (owner.kind not in ("other", "state") or (owner.kind == "state" and not locative))
        ):
            continue
        score += _FINER.get(found.precision or "", 0.0) if has_name(found) else 0.0
        if best is None or score > best[0]:
            best = (score, found)
    return best[1] if best else None


def _inside(resolver: Resolver, index: int, sentence: Sentence, word: int, act: Act) -> bool:
    """Whether a place with its preposition is told of a noun in the phrase of an act's noun, which is no seat of an organ."""
    head = sentence.heads[word]
    if act.type not in _BODILY or head < 0 or head == act.word or is_verbal(sentence, act.word):
        return False
    if sentence.upos[head] not in ("NOUN", "PROPN") or not resolver.locative(sentence, word):
        return False
    for other in sentence.ancestors(word):
        if other == act.word:
            return act.type == "ASSAULT" or not resolver.scene.world.names_organ(
                sentence.forms[head], resolver.language
            )
        if sentence.upos[other] not in ("NOUN", "PROPN"):
            return False
    return False


def _envoys(party: Party) -> bool:
    """Unnamed holders of an office of no country, who meet where their phrase says: «Die Unterhändler in Minsk einigten sich»."""
    return party.kind == "person" and party.country is None and party.name[:1].islower()


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
    return min(found, key=lambda p: _RANK.get(p.precision or "", 2) if has_name(p) else len(_RANK), default=None)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
