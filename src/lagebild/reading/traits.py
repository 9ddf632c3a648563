"""Traits of an act: what tree, morphology and lexicon say of it, as names that learned weights can be given to."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.language.document import Sentence, asked_once
from lagebild.lexicon.frames import fold, frames
from lagebild.lexicon.generics import generics
from lagebild.lexicon.markers import markers
from lagebild.reading.events import Act
from lagebild.reading.fillers import verb_lemmas
from lagebild.reading.occasions import is_afterwards
from lagebild.reading.syntax import (
    case_marker,
    clause_head,
    is_passive,
    is_predicate,
    is_verbal,
)

#: How far up the tree governors are looked at.
UPWARD = 3
#: Quotation marks: an odd number before a word puts it inside a quotation.
QUOTES = frozenset('„“”«»"')
#: Words that say something of their own.
CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV", "AUX", "SCONJ"})


@asked_once
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
    if finite == word or sentence.relations[finite] == "cop":
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
    found += [kind, act.type, f"{kind} {act.type}", f"{language} lemma {sentence.lemma_keys[word]}"]
    if act.mode or (act.frame and act.frame.mode):
        found.append(f"mode {act.mode or (act.frame and act.frame.mode)}")
    head = clause_head(sentence, word)
    when = tense(sentence, word if verbal else head)
    found += [f"{kind} {when}", f"{kind} {when} {act.type}"]
    if verbal and is_passive(sentence, word):
        found += ["passive", f"passive {when}"]
    if not any(sentence.finite):
        found.append(f"{kind} headline")
    if not verbal:
        found += [f"{kind} number {sentence.feats[word].get('Number')}"]
        found += [f"{language} case {case_marker(sentence, word)}"]
    found += _clause(sentence, head, language, "clause" if head != word else "own")
    found += _above(sentence, word, language, kind)
    found += _noun(sentence, act, language, when) if not verbal else _verb(sentence, word, language, when)
    for place, node in dict(own=word, cl=head).items():
        found += _phrases(sentence, node, language, place)
    found += _beside(sentence, word, language)
    found += _within(sentence, head, word, language)
    found += _governor(sentence, act, language)
    found += _place(sentence, word, language, kind, when)
    found += _ancestors(sentence, word, language)
    return list(dict.fromkeys(found))


def _own(sentence: Sentence, word: int, language: str) -> Iterator[str]:
    """Negation, modals, adverbs, adjectives, determiners and conjunctions at a word."""
    lexicon = markers(language)
    for child in sentence.children[word]:
        relation = sentence.relations[child]
        lemma = sentence.lemma_keys[child]
        if lemma in lexicon.negations or sentence.form_keys[child] in lexicon.negations:
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
    yield f"{place} relation {sentence.relations[head]}"
    if place == "clause":
        for trait in _own(sentence, head, language):
            yield f"clause {trait}"
    for child in sentence.dependents(head, "advcl"):
        for mark in sentence.dependents(child, "mark"):
            yield f"{language} beside {sentence.lemma_keys[mark]}"


def _above(sentence: Sentence, word: int, language: str, kind: str) -> Iterator[str]:
    """The words above the act with the relation that leads to them, their frames, markers, tense and negation."""
    node, depth = word, 0
    yield f"{kind} relation {sentence.relations[word]}"
    while depth < UPWARD:
        head = sentence.heads[node]
        if head < 0:
            return
        relation = sentence.relations[node]
        if relation == "conj":
            if node == word:
                yield f"conj {tense(sentence, head)}"
            node = head
            continue
        lemma = sentence.lemma_keys[head]
        up = f"up{depth}" if depth < 2 else "up2"
        yield f"{language} {up} {lemma}"
        yield f"{language} {up} {lemma} {case_marker(sentence, node) or relation}"
        yield f"{up} {kind} {relation} {'v' if is_predicate(sentence, head) else 'n'}"
        yield f"{up} {relation} {tense(sentence, head)}"
        yield from _governing(sentence, node, up, language)
        for trait in _own(sentence, head, language):
            if trait == "negated" or " aux " in trait:
                yield f"{up} {trait}"
        node, depth = head, depth + 1


def _governing(sentence: Sentence, node: int, up: str, language: str) -> Iterator[str]:
    """What the lexicon knows of the word above `node`: the marker that governs it, else its own frame."""
    head, relation = sentence.heads[node], sentence.relations[node]
    if is_afterwards(sentence, node):
        return
    about = {relation, sentence.deprels[node], case_marker(sentence, node) or ""}
    if relation == "nsubj" and is_passive(sentence, head):
        about |= {"nsubj:pass", "obj"}
    upos = "VERB" if is_verbal(sentence, head) else "NOUN"
    for name in verb_lemmas(sentence, head):
        governors = markers(language).governors.get(fold(name), ())
        marker = next((m for m in governors if not m.slots or about & set(m.slots)), None)
        if marker is not None:
            yield f"{up} governs {marker.status or marker.stance}"
            continue
        for frame in frames(language).find(name, upos)[:1]:
            yield f"{up} {frame.type} {relation}"
            if frame.confers:
                yield f"{up} confers {frame.confers}"
                yield f"{up} confers {frame.confers} {relation}"


def _determiner(sentence: Sentence, word: int, language: str) -> str:
    """What kind of determiner a noun has: poss, ind, neg, dem, indef, def, num or none."""
    for child in sentence.dependents(word, "det"):
        feats = sentence.feats[child]
        if feats.get("Poss") == "Yes":
            return "poss"
        if sentence.form_keys[child] in generics(language).indefinite:
            return "ind"
        return {"Neg": "neg", "Dem": "dem", "Ind": "indef"}.get(feats.get("PronType", ""), "def")
    if sentence.dependents(word, "nummod"):
        return "num"
    return "poss" if sentence.dependents(word, "det:poss", "nmod:poss") else "none"


def _tails(lemma: str, language: str, kind: str) -> Iterator[str]:
    """The last letters of a lemma: compounds and nominalisations go by their end."""
    for size in (4, 6):
        yield f"{language} {kind} tail{size} {lemma[-size:]}"


def _noun(sentence: Sentence, act: Act, language: str, when: str) -> Iterator[str]:
    """A noun's number and determiner, its case and modifiers, whether it names something that lasts."""
    word = act.word
    lemma, determiner = sentence.lemma_keys[word], _determiner(sentence, word, language)
    number, case = sentence.feats[word].get("Number"), case_marker(sentence, word)
    yield from _tails(lemma, language, "n")
    yield from (f"n det {determiner} {number}", f"n det {determiner} {number} {act.type}", f"n det {determiner} {when}")
    yield from (f"{language} {lemma} {number}", f"{language} {lemma} {when}")
    yield from (f"{language} {case} {act.type}", f"{language} {case} {when}", f"{language} {case} {determiner}")
    if markers(language).lasts(lemma):
        yield from ("lasting", f"lasting {when}", f"lasting {determiner} {number}", f"lasting {case}")
    for child in sentence.children[word]:
        relation = sentence.relations[child]
        if relation == "amod":
            yield f"{language} amodtail {sentence.lemma_keys[child][-5:]}"
        elif relation == "nmod":
            yield f"{language} nmod {case_marker(sentence, child)}"
        elif relation == "acl":
            yield from (f"acl {tense(sentence, child)}", f"{language} acl {sentence.lemma_keys[child]}")


def _verb(sentence: Sentence, word: int, language: str, when: str) -> Iterator[str]:
    """A verb's lemma with its tense, and what kind of subject it has."""
    lemma = sentence.lemma_keys[word]
    yield from _tails(lemma, language, "v")
    yield f"{language} {lemma} {when}"
    for child in sentence.dependents(word, "nsubj")[:1]:
        feats = sentence.feats[child]
        yield f"v subj {sentence.upos[child]} {feats.get('Number')} {feats.get('Person', '')}"
    for child in sentence.dependents(word, "acl"):
        yield from (f"acl {tense(sentence, child)}", f"{language} acl {sentence.lemma_keys[child]}")


def _phrases(sentence: Sentence, word: int, language: str, place: str) -> Iterator[str]:
    """Adverbs and prepositional phrases at a word: «seit Wochen», «am 3. Mai»."""
    for child in sentence.children[word]:
        relation = sentence.relations[child]
        if relation not in ("obl", "nmod", "advmod"):
            continue
        case = case_marker(sentence, child)
        if relation == "advmod":
            yield f"{language} {place} adv {sentence.form_keys[child]}"
        else:
            yield from (
                f"{language} {place} obl {case} {sentence.lemma_keys[child]}",
                f"{language} {place} has {case}",
            )
        if sentence.upos[child] == "NUM" or any(c.isdigit() for c in sentence.forms[child]):
            yield f"{place} number {case}"


def _beside(sentence: Sentence, word: int, language: str) -> Iterator[str]:
    """The words next to an act, whatever the tree makes of them."""
    for step in (-3, -2, -1, 1, 2):
        if 0 <= word + step < len(sentence):
            yield f"{language} w{step} {sentence.lemma_keys[word + step]}"
            if abs(step) == 1:
                yield f"p{step} {sentence.upos[word + step]}"


def _within(sentence: Sentence, head: int, word: int, language: str) -> Iterator[str]:
    """The content words of the act's clause, wherever they stand in it."""
    for node in sentence.subtree(head):
        if node != word and sentence.upos[node] in CONTENT:
            yield f"{language} in {sentence.lemma_keys[node]}"


def _governor(sentence: Sentence, act: Act, language: str) -> Iterator[str]:
    """The word right above an act, with what kind of act it is and how it is told: «Beginn der Kämpfe», «began talks»."""
    word = act.word
    head, relation = sentence.heads[word], sentence.relations[word]
    if head < 0:
        yield f"top {act.type}"
        return
    lemma = sentence.lemma_keys[head]
    yield f"{language} gov {lemma} {relation} {act.type}"
    yield f"{language} gov {lemma} {relation} {tense(sentence, head)}"
    yield f"{language} gov {lemma} {relation} {_determiner(sentence, word, language)}"
    yield f"{language} govtail {lemma[-5:]} {relation}"
    above = sentence.heads[head]
    if above >= 0:
        yield f"{language} gov2 {sentence.lemma_keys[above]} {sentence.relations[head]} {relation}"


def _place(sentence: Sentence, word: int, language: str, kind: str, when: str) -> Iterator[str]:
    """Where in the sentence an act stands: its way to the root, what the root says, whether it is quoted."""
    path: list[str] = []
    for node in (word, *sentence.ancestors(word)):
        if sentence.heads[node] >= 0 and len(path) < 4:
            path.append(sentence.relations[node])
    yield from (f"{kind} path {'<'.join(path)}", f"{kind} path2 {'<'.join(path[:2])}")
    yield f"{kind} depth {min(6, sum(1 for _ in sentence.ancestors(word)))}"
    root = sentence.root
    yield from (f"{kind} root {tense(sentence, root)}", f"{language} root {sentence.lemma_keys[root]}")
    for child in sentence.dependents(root, "aux", "cop"):
        feats = sentence.feats[child]
        yield f"{language} rootaux {sentence.lemma_keys[child]} {feats.get('Mood', '')}{feats.get('Tense', '')}"
    if sum(form in QUOTES for form in sentence.forms[:word]) % 2:
        yield from ("quoted", f"quoted {kind} {when}")
    yield f"sent q {sentence.forms[-1]}"
    adverbs = markers(language).adverbs
    for lemma in sentence.lemma_keys:
        if lemma in adverbs:
            yield f"sent adv {adverbs[lemma].status}"


def _ancestors(sentence: Sentence, word: int, language: str) -> Iterator[str]:
    """Governors, modals and conjunctions at any word above an act, in whatever slot it stands."""
    lexicon = markers(language)
    below = word
    for depth, node in enumerate(sentence.ancestors(word), 1):
        after, below = is_afterwards(sentence, below), node
        known = (lexicon.governors.get(fold(name)) for name in verb_lemmas(sentence, node))
        governor = next((g[0] for g in known if g), None)
        if governor is not None and not after:
            yield from (f"anc {governor.status}", f"anc {governor.status} {min(depth, 4)}")
        for child in sentence.dependents(node, "aux"):
            lemma, feats = sentence.lemma_keys[child], sentence.feats[child]
            if lemma in lexicon.modals:
                yield f"anc modal {lemma} {feats.get('Mood', '')} {feats.get('Tense', '')}"
        for child in sentence.dependents(node, "mark"):
            yield f"{language} anc mark {sentence.lemma_keys[child]}"
