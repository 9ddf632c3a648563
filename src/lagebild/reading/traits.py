"""Traits of an act: what tree, morphology and lexicon say of it, as names that learned weights can be given to."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.language.document import Sentence
from lagebild.lexicon.frames import fold, frames
from lagebild.lexicon.markers import markers
from lagebild.reading.events import Act, verb_lemmas
from lagebild.reading.syntax import (
    case_marker,
    clause_head,
    is_passive,
    is_predicate,
    is_verbal,
)

#: How far up the tree governors are looked at.
UPWARD = 3


def tense(sentence: Sentence, word: int) -> str:
    """Tense of a predicate with its auxiliaries: pres, past, perf, plup, fut, inf, part or none; Konjunktiv as «+sub»."""
    auxiliaries = sentence.dependents(word, "aux", "cop")
    finite = next((w for w in (*auxiliaries, word) if sentence.feats[w].get("VerbForm") == "Fin"), None)
    own = sentence.feats[word].get("VerbForm")
    if finite is None:
        return {"Inf": "inf", "Part": "part", "Ger": "part"}.get(own or "", "none")
    feats = sentence.feats[finite]
    past = feats.get("Tense") == "Past"
    mood = "+sub" if feats.get("Mood") == "Sub" else ""
    if finite == word or sentence.relation(finite) == "cop":
        return ("past" if past else "pres") + mood
    passive = any(sentence.deprels[w] == "aux:pass" for w in auxiliaries)
    if own == "Inf" or any(sentence.feats[w].get("VerbForm") == "Inf" for w in auxiliaries):
        return ("modal_past" if past else "modal") + mood
    if passive and len(auxiliaries) == 1:
        return ("past" if past else "pres") + mood
    return ("plup" if past else "perf") + mood


def traits(sentence: Sentence, act: Act, language: str) -> list[str]:
    """All traits of an act. Names that hold a word begin with the language; they are data, learned like the rest."""
    word = act.word
    found = list(_own(sentence, word, language))
    verbal = is_verbal(sentence, word)
    kind = "v" if verbal else "n"
    found += [kind, act.type, f"{kind} {act.type}", f"{language} lemma {fold(sentence.lemmas[word])}"]
    if act.mode or (act.frame and act.frame.mode):
        found.append(f"mode {act.mode or (act.frame and act.frame.mode)}")
    head = clause_head(sentence, word)
    when = tense(sentence, word if verbal else head)
    found += [f"{kind} {when}", f"{kind} {when} {act.type}"]
    if verbal and is_passive(sentence, word):
        found += ["passive", f"passive {when}"]
    if not any(f.get("VerbForm") == "Fin" for f in sentence.feats):
        found.append(f"{kind} headline")
    if not verbal:
        found += [f"{kind} number {sentence.feats[word].get('Number')}"]
        found += [f"{language} case {case_marker(sentence, word)}"]
    found += _clause(sentence, head, language, "clause" if head != word else "own")
    found += _above(sentence, word, language, kind)
    return list(dict.fromkeys(found))


def _own(sentence: Sentence, word: int, language: str) -> Iterator[str]:
    """Negation, modals, adverbs, adjectives, determiners and conjunctions at a word."""
    lexicon = markers(language)
    for child in sentence.children[word]:
        relation = sentence.relation(child)
        lemma = fold(sentence.lemmas[child])
        if lemma in lexicon.negations or fold(sentence.forms[child]) in lexicon.negations:
            yield "negated"
        if relation in ("aux", "cop"):
            mood = sentence.feats[child].get("Mood", "")
            yield f"{language} aux {lemma}"
            yield f"{language} aux {lemma} {mood} {sentence.feats[child].get('Tense', '')}"
        elif relation in ("advmod", "det", "mark", "amod"):
            yield f"{language} {relation} {lemma}"
            table = {"advmod": lexicon.adverbs, "amod": lexicon.adjectives, "mark": lexicon.subjunctions}.get(relation)
            if table and lemma in table:
                yield f"{relation} marks {table[lemma].status}"
        elif relation == "obl" and lemma in lexicon.adverbs:
            yield f"advmod marks {lexicon.adverbs[lemma].status}"


def _clause(sentence: Sentence, head: int, language: str, place: str) -> Iterator[str]:
    """What the predicate of the act's clause bears: conjunction, mood, a conditional clause, the relation to its own head."""
    yield f"{place} relation {sentence.relation(head)}"
    if place == "clause":
        for trait in _own(sentence, head, language):
            yield f"clause {trait}"
    for child in sentence.dependents(head, "advcl"):
        for mark in sentence.dependents(child, "mark"):
            yield f"{language} beside {fold(sentence.lemmas[mark])}"


def _above(sentence: Sentence, word: int, language: str, kind: str) -> Iterator[str]:
    """The words above the act with the relation that leads to them, their frames, markers, tense and negation."""
    node, lexicon, depth = word, markers(language), 0
    yield f"{kind} relation {sentence.relation(word)}"
    while depth < UPWARD:
        head = sentence.heads[node]
        if head < 0:
            return
        relation = sentence.relation(node)
        if relation == "conj":
            if node == word:
                yield f"conj {tense(sentence, head)}"
            node = head
            continue
        lemma = fold(sentence.lemmas[head])
        up = f"up{depth}" if depth < 2 else "up2"
        yield f"{language} {up} {lemma}"
        yield f"{language} {up} {lemma} {case_marker(sentence, node) or relation}"
        yield f"{up} {kind} {relation} {'v' if is_predicate(sentence, head) else 'n'}"
        yield f"{up} {relation} {tense(sentence, head)}"
        about = {relation, sentence.deprels[node], case_marker(sentence, node) or ""}
        if relation == "nsubj" and is_passive(sentence, head):
            about |= {"nsubj:pass", "obj"}
        for name in verb_lemmas(sentence, head):
            for marker in lexicon.governors.get(fold(name), ()):
                if not marker.slots or about & set(marker.slots):
                    yield f"{up} governs {marker.status or marker.stance}"
                    break
            else:
                upos = "VERB" if is_verbal(sentence, head) else "NOUN"
                for frame in frames(language).find(name, upos)[:1]:
                    yield f"{up} {frame.type} {relation}"
                    if frame.confers:
                        yield f"{up} confers {frame.confers}"
                        yield f"{up} confers {frame.confers} {relation}"
        for trait in _own(sentence, head, language):
            if trait == "negated" or " aux " in trait:
                yield f"{up} {trait}"
        node, depth = head, depth + 1
