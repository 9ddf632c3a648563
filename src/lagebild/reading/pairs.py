"""Traits of a noun phrase beside an act: where it stands in the tree, which slot it fills, what it is; weighed for its role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lagebild.language.document import Sentence
from lagebild.lexicon.roleslots import default_slots, phrase_words
from lagebild.reading.events import Act
from lagebild.reading.syntax import Slot, case_marker, is_passive, is_verbal

#: Relations whose word belongs to the phrase of its head and is no party of its own.
INNER = frozenset({"flat", "compound", "appos", "fixed", "goeswith"})
#: Tree paths longer than this are one trait: «far».
LONGEST_PATH = 5
#: Slots whose being filled says something about the rest; prepositions of the genitive beside them.
_OWN = frozenset({"nsubj", "obj", "gen", "poss"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may head a party of an act, the slot it fills (None if none), and what it shares with others."""

    word: int
    slot: Slot | None
    common: Common

    def traits(self) -> Iterator[str]:
        """Where the word stands in the tree, which slot it fills, what it is; some may come twice."""
        return self.common.of(self.word, self.slot)


def candidates(sentence: Sentence, act: Act, language: str, blocked: frozenset[int]) -> Iterator[Candidate]:
    """All noun phrases of the sentence, and adjectives and determiners at a noun act."""
    slots: dict[int, Slot] = {}
    for slot in act.arguments:
        slots.setdefault(slot.word, slot)
    own = sorted({s.name for s in act.arguments if not s.shared and s.name in _OWN | phrase_words("genitive")})
    labels = {w: e.label for e in sentence.entities for w in range(e.first, e.last + 1)}
    verbal = is_verbal(sentence, act.word)
    common = Common(
        sentence,
        act,
        language,
        tuple(own),
        labels,
        kind=("passive" if is_passive(sentence, act.word) else "verb") if verbal else "noun",
        rows=(("frame", _frame_rows(act)), ("default", default_slots(act.type, verbal))),
        down=(act.word, *sentence.ancestors(act.word)),
    )
    for word, upos in enumerate(sentence.upos):
        if upos in _NOMINAL:
            if sentence.relations[word] in INNER and sentence.heads[word] != act.word:
                continue
        elif word not in slots and not (upos in ("ADJ", "DET") and sentence.heads[word] == act.word):
            continue
        if word == act.word or word in blocked or is_verbal(sentence, word):
            continue
        yield Candidate(word, slots.get(word), common)


@dataclass(frozen=True, slots=True)
class Common:
    """What all candidates of one act share."""

    sentence: Sentence
    act: Act
    language: str
    own: tuple[str, ...]
    labels: dict[int, str]
    kind: str
    rows: tuple[tuple[str, tuple[tuple[str, ...], tuple[str, ...]] | None], ...]
    down: tuple[int, ...]

    def of(self, word: int, slot: Slot | None) -> Iterator[str]:
        sentence, act = self.sentence, self.act
        first = word
        while sentence.relations[first] == "conj" and sentence.upos[sentence.heads[first]] in _NOMINAL:
            first = sentence.heads[first]
        if first != word:
            yield "conjunct"
        kind = self.kind
        way = path(sentence, first, self.down)
        case = case_marker(sentence, first) or ""
        yield f"path {way}"
        yield f"{kind} path {way}"
        yield f"{kind} {act.type} path {way}"
        yield f"{self.language} path {way} {case}"
        yield f"{self.language} case {case} {kind}"
        yield f"{self.language} case {case} {act.type}"
        name = slot.name if slot else "none"
        shared = " shared" if slot and slot.shared else ""
        yield f"{kind} slot {name}{shared}"
        yield f"{act.type} slot {name}{shared}"
        yield f"{kind} {act.type} slot {name}"
        for rank, rows in self.rows:
            if rows is None:
                yield f"no {rank}"
                continue
            for role, names in zip(("actor", "recipient"), rows, strict=True):
                if name in names:
                    yield f"{rank} {role}{shared}"
        if act.frame is not None:
            yield f"{self.language} {act.frame.lemma} {name}"
        label = self.labels.get(word, "common")
        upos = sentence.upos[word]
        yield f"{upos} {label}"
        yield f"{upos} {kind} {way}"
        yield f"{label} slot {name}"
        yield f"{label} {act.type}"
        yield f"{self.language} lemma {sentence.lemma_keys[word]}"
        feats = sentence.feats[word]
        yield f"{kind} form {feats.get('Case')} {feats.get('PronType')}"
        yield f"{kind} form {feats.get('Case')} {way}"
        yield f"{'before' if word < act.word else 'after'} {min(abs(word - act.word), 20) // 4} {kind}"
        for filled in self.own:
            yield f"has {filled} slot {name}{shared}"


def _frame_rows(act: Act) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    if act.frame is None or not (act.frame.actor or act.frame.recipient):
        return None
    return act.frame.actor, act.frame.recipient


def path(sentence: Sentence, word: int, down: tuple[int, ...]) -> str:
    """The relations from a word up to the common head, then down to the act: «nsubj^», «nsubj^ obj_», «^» if it stands above.

    `down` is the act's word and all above it, the act first.
    """
    up = [word, *sentence.ancestors(word)]
    common = next((w for w in up if w in down), None)
    if common is None:
        return "far"
    steps = [f"{sentence.deprels[w]}^" for w in up[: up.index(common)]]
    steps += [f"{sentence.relations[w]}_" for w in reversed(down[: down.index(common)])]
    return " ".join(steps) if len(steps) <= LONGEST_PATH else "far"
