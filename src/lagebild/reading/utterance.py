"""The utterance of a report, and the words of speaking that every kind of speech is found by."""

from __future__ import annotations

from dataclasses import dataclass

from lagebild.language.document import Sentence
from lagebild.lexicon.cues import Cues
from lagebild.lexicon.frames import fold, frames
from lagebild.reading.syntax import (
    antecedent,
    is_predicate,
    is_verbal,
    slots,
)

Words = tuple[int, int, int]  # sentence index, first word, last word (inclusive)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One quotation: what is said (`content`), by whom (`speaker`: sentence and head word), by which cue words.

    `type` and the spans are those of model.Quote; `stance` is the speaker's attitude. `event_type` is set where the
    cue is itself a verbal act (fordern): its content is vouched for by that act's actors all the same.
    """

    type: str
    content: tuple[Words, ...]
    stance: str = "asserts"
    speaker: tuple[int, int] | None = None
    cue: tuple[tuple[int, int], ...] = ()
    frame: tuple[Words, ...] = ()
    addressee: tuple[int, int] | None = None
    source: str = ""
    nested: bool = False

    def covers(self, sentence: int, word: int) -> bool:
        return any(s == sentence and a <= word <= b for s, a, b in self.content)


def cue_verb(sentence: Sentence, word: int, lexicon: Cues) -> tuple[str, str] | None:
    """The stance of a verb of speaking and its lexicon entry, joined with a separated prefix."""
    if not is_verbal(sentence, word):
        return None
    lemma = fold(sentence.lemmas[word])
    for particle in _particles(sentence, word):
        joined = fold(sentence.lemmas[particle]) + lemma
        if joined in lexicon.verbs:
            return lexicon.verbs[joined], joined
    return (lexicon.verbs[lemma], lemma) if lemma in lexicon.verbs else None


def _particles(sentence: Sentence, verb: int) -> list[int]:
    """Words that may be the separated part of a verb («gab … bekannt»), whatever relation the parser gave them."""
    return [
        c
        for c in sentence.dependents(verb, "compound:prt", "compound", "advmod", "xcomp", "obl", "mark")
        if c > verb and sentence.upos[c] in ("ADP", "ADV", "ADJ", "PART", "VERB", "NOUN")
    ]


def verbal_act(sentence: Sentence, word: int, language: str) -> bool:
    """Whether a word is a verbal act of the event lexicon that confers a status on what is said (fordern, drohen)."""
    return any(
        f.type in ("REQUEST", "AGREE", "THREATEN", "ACCUSE", "REJECT", "CONCEDE")
        for f in frames(language).find(sentence.lemmas[word], sentence.upos[word])
    )


def trimmed_range(sentence: Sentence, first: int, last: int) -> tuple[int, int] | None:
    while first <= last and sentence.forms[first] in (",", ":", ";", "–", "-", "."):
        first += 1
    while last >= first and sentence.forms[last] in (",", ":", ";", "–", "-", ".", "!", "?"):
        last -= 1
    return (first, last) if first <= last else None


def remaining(sentence: Sentence, taken: set[int]) -> list[tuple[int, int]]:
    """The stretches of a sentence outside `taken`, trimmed of punctuation."""
    result, begin = [], None
    for word in range(len(sentence) + 1):
        inside = word < len(sentence) and word not in taken
        if inside and begin is None:
            begin = word
        elif not inside and begin is not None:
            trimmed = trimmed_range(sentence, begin, word - 1)
            if trimmed:
                result.append(trimmed)
            begin = None
    return result


def cue_words(sentence: Sentence, verb: int) -> tuple[int, ...]:
    extra = [c for c in sentence.children[verb] if sentence.relation(c) in ("aux", "compound", "expl")]
    return tuple(sorted({verb, *extra}))


def speaker_of(sentence: Sentence, verb: int) -> int | None:
    for slot in slots(sentence, verb):
        if slot.name == "nsubj" and sentence.upos[slot.word] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"):
            if sentence.lemmas[slot.word].casefold() in ("es", "it", "man"):
                return None
            return antecedent(sentence, slot.word)
    return None


def rest_of(sentence: Sentence, verb: int, taken: set[int]) -> list[tuple[int, int]]:
    words = set(sentence.subtree(verb)) - taken
    return remaining(sentence, set(range(len(sentence))) - words)


def speech_like(sentence: Sentence, clause: int) -> bool:
    """A paratactic clause is reported speech if it stands in the subjunctive."""
    return any(sentence.feats[w].get("Mood") == "Sub" for w in (clause, *sentence.dependents(clause, "aux", "cop")))


def clause_of(sentence: Sentence, word: int) -> set[int]:
    """All words under the nearest predicate above a word that has a subject or is the root."""
    for node in sentence.ancestors(word):
        if is_predicate(sentence, node) or sentence.heads[node] < 0:
            return set(sentence.subtree(node))
    return set(range(len(sentence)))
