"""Reported acts of speech: «Der Rat kritisierte den Angriff», «Er sprach von einem Unfall»: told without their words."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.language.document import Sentence
from lagebild.lexicon.cues import Cues
from lagebild.lexicon.roleslots import role_words
from lagebild.reading.extent import clause_extent
from lagebild.reading.quotable import tells
from lagebild.reading.syntax import Slot, case_marker, is_verbal, slots, whole_phrase
from lagebild.reading.utterance import Cue, Utterance, negated, speaker_of

_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"})


def find_reported(
    index: int, sentence: Sentence, cues: list[Cue], taken: set[int], lexicon: Cues
) -> Iterator[Utterance]:
    """The verbs of speaking of a sentence that name what is said as an object; `taken` verbs have their words already."""
    for cue in cues:
        verb = cue.word
        if cue.act or verb in taken or not _finite(sentence, verb) or negated(sentence, verb, lexicon):
            continue
        vouched = lexicon.objects.get(cue.entry, frozenset())
        about = lexicon.about.get(cue.entry, frozenset())
        named = [
            s
            for s in slots(sentence, verb)
            if {s.name, case_marker(sentence, s.word)} & (vouched | about)
            and not s.shared
            and sentence.upos[s.word] in _NOMINAL
            and sentence.feats[s.word].get("Reflex") != "Yes"
        ]
        named = named or _misplaced(sentence, verb, vouched | about)
        if not named:
            continue
        found = speaker_of(sentence, verb, lexicon)
        if found is None:
            continue
        # A charge or a demand that somebody confirms or rejects has been made all the same.
        content = [
            _with_rest(sentence, verb, s.word)
            for s in named
            if {s.name, case_marker(sentence, s.word)} & vouched and not lexicon.is_act(sentence.lemmas[s.word])
        ]
        others = {
            w for c in sentence.dependents(verb, "conj") if any(k.word == c for k in cues) for w in sentence.subtree(c)
        }
        words = set(sentence.subtree(verb)) - others | clause_extent(sentence, verb, set())
        first, last = min(words), max(words)
        for other in sorted(others):
            if first < other <= last and other > verb:
                last = other - 1
                break
        while first < last and sentence.upos[first] == "PUNCT" and sentence.forms[first] not in '„«»“"':
            first += 1
        while last > verb and sentence.forms[last] in (",", ";", ":"):
            last -= 1
        yield Utterance(
            type="Reported",
            content=tuple((index, a, b) for a, b in content),
            stance=cue.stance,
            speaker=(index, found[0]) if found else None,
            named=(found[1], found[1]) if found and found[1] != found[0] else None,
            source=f"speech verb {cue.entry}",
            shown=((index, first, last),),
            # What somebody confirms is known from elsewhere, what he plans or defends is an act: no words are told.
            silent=cue.entry in lexicon.confirming or not _quoted(sentence, cue, lexicon),
        )


def _misplaced(sentence: Sentence, verb: int, named: frozenset[str]) -> list[Slot]:
    """What is said where the parser hung it elsewhere: a bare accusative as an adverbial, or a phrase on the one before it
    («sprach trotz der Kritik von einem Erfolg»)."""
    found = []
    for child in sentence.dependents(verb, "obl"):
        if child < verb:
            continue
        marker = case_marker(sentence, child)
        if marker is None and "obj" in named and sentence.feats[child].get("Case") == "Acc":
            if sentence.dependents(child, "det") and sentence.upos[child] == "NOUN":
                found.append(Slot("obj", child))
        for inner in sentence.dependents(child, "nmod"):
            if inner > child and marker not in named and case_marker(sentence, inner) in named:
                found.append(Slot(case_marker(sentence, inner) or "", inner))
    return found[:1]


def _quoted(sentence: Sentence, cue: Cue, lexicon: Cues) -> bool:
    """Whether a reported act of speech is a quotation: a blame or a praise only with the judgement («als Fehler») it passes."""
    if not _main_clause(sentence, cue.word) or not tells(sentence, cue.word, lexicon):
        return False
    return cue.entry not in lexicon.unquoted or _judgement(sentence, cue.word, lexicon)


def _judgement(sentence: Sentence, verb: int, lexicon: Cues) -> bool:
    below = (verb, *sentence.dependents(verb, "obj", "obl", "nsubj:pass", "advmod", "xcomp"))
    return any(
        sentence.lemmas[c].casefold() in role_words()
        for w in below
        for c in sentence.dependents(w, "case", "mark", "cc")
    )


def _with_rest(sentence: Sentence, verb: int, word: int) -> tuple[int, int]:
    """The phrase that names what is said, with the phrases behind it («von Verlusten bei der Eroberung der Stadt»)."""
    first, last = whole_phrase(sentence, word)
    for child in sentence.dependents(verb, "obl", "nmod"):
        if child > last and sentence.subtree(child)[0] <= last + 2 and case_marker(sentence, child) is not None:
            last = max(last, whole_phrase(sentence, child)[1])
    return first, last


def _finite(sentence: Sentence, verb: int) -> bool:
    words = (verb, *sentence.dependents(verb, "aux", "cop"))
    return is_verbal(sentence, verb) and any(sentence.feats[w].get("VerbForm") == "Fin" for w in words)


def _main_clause(sentence: Sentence, verb: int) -> bool:
    """A main clause that does not tell of an earlier time: background («hatte gefordert») is no quotation of this report."""
    node = verb
    while sentence.relation(node) in ("conj", "parataxis") and sentence.heads[node] >= 0:
        node = sentence.heads[node]
    earlier = sentence.feats[verb].get("VerbForm") == "Part" and any(
        sentence.deprels[w] != "aux:pass"
        and sentence.upos[w] == "AUX"
        and sentence.feats[w].get("Tense") == "Past"
        and sentence.feats[w].get("Mood") == "Ind"
        for w in sentence.dependents(verb, "aux")
    )
    return sentence.heads[node] < 0 and not earlier


def find_claims(index: int, sentence: Sentence, lexicon: Cues) -> Iterator[Utterance]:
    """Acts that somebody says are his own: «Die Miliz übernahm die Verantwortung für den Anschlag.»"""
    for verb in range(len(sentence)):
        claim = lexicon.claims.get(sentence.lemma_keys[verb])
        if claim is None:
            continue
        nouns, prepositions = claim
        objects = [c for c in sentence.dependents(verb, "obj") if sentence.lemma_keys[c] in nouns]
        found = speaker_of(sentence, verb, lexicon) if objects and is_verbal(sentence, verb) else None
        if found is None:
            continue
        content = [
            whole_phrase(sentence, c)
            for head in (verb, *objects)
            for c in sentence.dependents(head, "nmod", "obl")
            if case_marker(sentence, c) in prepositions
        ]
        if content:
            yield Utterance(
                type="Reported",
                content=tuple((index, a, b) for a, b in content),
                speaker=(index, found[0]),
                source=f"claim {sentence.lemmas[verb]}",
                silent=True,
            )
