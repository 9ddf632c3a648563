"""Clauses and argument slots over a Universal Dependencies tree, for any language.

A slot is named as in the lexicon: a relation (nsubj, obj, iobj, ccomp, xcomp, csubj), a preposition's lemma, `gen` for a
genitive or bare attribute and `poss` for a possessive or an adjective. An auxiliary has the slots of the verb it serves,
`aux` for its fellows, and `governor` and `speaker` for a verb that governs the clause and its subject. Passive clauses are
turned round: their subject fills `obj`, their agent `nsubj`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lagebild.language.document import Sentence, asked_once
from lagebild.lexicon.roleslots import doing_endings, phrase_words

#: Arguments that conjoined predicates share when the second lacks them.
_OWN_SUBJECT = ("nsubj", "csubj")
#: What no noun phrase holds, and what hangs on its head word but does not belong to it.
_OUTSIDE = frozenset({"punct", "conj", "cc", "cop", "nsubj", "aux", "mark", "advcl", "parataxis", "ccomp", "csubj"})
_BESIDE = frozenset({"case", "advmod", "obl", "obj", "expl", "xcomp", "iobj", "dislocated"})


@dataclass(frozen=True, slots=True)
class Slot:
    """One filled slot: `name` as in the lexicon, the head `word` of the filler, `shared` if borrowed from a governor."""

    name: str
    word: int
    shared: bool = False


def is_verbal(sentence: Sentence, word: int) -> bool:
    """A verb, or a participle that is tagged as an adjective but has a subject («ist … eingetroffen»)."""
    upos = sentence.upos[word]
    if upos == "ADJ" and sentence.feats[word].get("VerbForm") == "Part":
        return bool(sentence.dependents(word, "nsubj", "cop", "aux"))
    return upos in ("VERB", "AUX")


def is_predicate(sentence: Sentence, word: int) -> bool:
    """A verb, or a noun or adjective with a copula or a subject."""
    return is_verbal(sentence, word) or bool(sentence.dependents(word, "cop", "nsubj"))


def is_relative(sentence: Sentence, word: int) -> bool:
    """A relative pronoun; one that may also point («der», «das») is tagged as both."""
    return "Rel" in (sentence.feats[word].get("PronType") or "").split(",")


@asked_once
def case_marker(sentence: Sentence, word: int) -> str | None:
    """The lemma of the adposition that marks a noun, lower case; None if there is none."""
    for child in sentence.children[word]:
        if sentence.relations[child] == "case" and sentence.upos[child] in ("ADP", "ADV", "SCONJ", "PART"):
            return sentence.lemmas[child].casefold()
    return None


@asked_once
def is_passive(sentence: Sentence, word: int) -> bool:
    """A passive verb: a passive subject or auxiliary, or a bare past participle that modifies a noun."""
    if sentence.dependents(word, "nsubj:pass", "aux:pass", "csubj:pass"):
        return True
    feats = sentence.feats[word]
    if feats.get("Voice") == "Pass":
        return True
    if feats.get("VerbForm") == "Part" and feats.get("Tense") != "Pres" and sentence.deprels[word] in ("acl", "amod"):
        return not sentence.dependents(word, "nsubj", "aux")
    return False


@asked_once
def subject(sentence: Sentence, verb: int) -> tuple[int, bool] | None:
    """The (logical or grammatical) subject word of a verb and whether it is borrowed from a governing clause."""
    return _subject(sentence, verb, 0)


def _subject(sentence: Sentence, verb: int, depth: int) -> tuple[int, bool] | None:
    own = sentence.dependents(verb, *_OWN_SUBJECT)
    if own:
        return antecedent(sentence, own[0]), False
    if depth > 3 or sentence.heads[verb] < 0:
        return None
    head, relation = sentence.heads[verb], sentence.relations[verb]
    if relation == "conj" and is_predicate(sentence, head):
        found = _subject(sentence, head, depth + 1)
        return (found[0], True) if found else None
    if relation in ("xcomp", "advcl", "ccomp") and is_predicate(sentence, head):
        # Infinitives: the object of the governing verb controls (jdn. auffordern, etw. zu tun), else its subject.
        if sentence.feats[verb].get("VerbForm") == "Fin" and relation != "xcomp":
            return None
        if relation == "xcomp" and not _caused(sentence, verb):
            controlled = [c for c in sentence.dependents(head, "iobj", "obj") if c != verb]
            if controlled and sentence.upos[controlled[0]] in ("NOUN", "PROPN", "PRON"):
                return antecedent(sentence, controlled[0]), True
        found = _subject(sentence, head, depth + 1)
        return (found[0], True) if found else None
    if relation == "acl" and sentence.upos[head] in ("NOUN", "PROPN", "PRON"):
        if sentence.feats[verb].get("VerbForm") == "Inf":
            governor = sentence.heads[head]
            if governor >= 0 and is_predicate(sentence, governor):
                found = _subject(sentence, governor, depth + 1)
                return (found[0], True) if found else None
            return None
        return head, True
    return None


@asked_once
def antecedent(sentence: Sentence, word: int) -> int:
    """The noun that a relative pronoun stands for; the word itself otherwise."""
    if sentence.feats[word].get("PronType") != "Rel" and sentence.upos[word] != "PRON":
        return word
    if sentence.upos[word] == "PRON" and sentence.feats[word].get("PronType") in ("Prs", "Ind", "Neg"):
        return word
    for clause in (
        (sentence.heads[word], *sentence.ancestors(sentence.heads[word])) if sentence.heads[word] >= 0 else ()
    ):
        if sentence.relations[clause] == "acl":
            noun = sentence.heads[clause]
            # A relative pronoun stands at the front of its clause, after the noun.
            if noun < word and sentence.upos[noun] in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
                return noun
    return word


@asked_once
def slots(sentence: Sentence, word: int) -> tuple[Slot, ...]:
    """All filled slots of an event word, own arguments first, then those shared with governors."""
    if is_verbal(sentence, word):
        return tuple(_verb_slots(sentence, word))
    if sentence.upos[word] == "ADJ" and sentence.relations[word] in ("amod", "acl"):
        return tuple(_participle_slots(sentence, word))
    return tuple(_noun_slots(sentence, word))


def _participle_slots(sentence: Sentence, word: int) -> Iterator[Slot]:
    """A participle before its noun: the noun suffered the act («der getötete General») or does it («angreifende Truppen»)."""
    yield Slot("nsubj" if sentence.lemmas[word].endswith(doing_endings()) else "obj", sentence.heads[word])
    for slot in _modifiers(sentence, word):
        yield Slot("nsubj", slot.word) if slot.name in phrase_words("agent") else slot


def _modifiers(sentence: Sentence, word: int, shared: bool = False) -> Iterator[Slot]:
    for child in sentence.children[word]:
        relation = sentence.relations[child]
        if relation in ("obl", "nmod"):
            marker = case_marker(sentence, child)
            if sentence.deprels[child] == "nmod:poss":
                yield Slot("poss", child, shared)
            elif marker is None or marker in phrase_words("as_genitive"):
                if relation == "nmod" and sentence.feats[child].get("Case") in (None, "Gen"):
                    yield Slot("gen", child, shared)
                elif marker is not None:
                    yield Slot(marker, antecedent(sentence, child), shared)
                elif relation == "obl" and sentence.feats[child].get("Case") == "Dat":
                    yield Slot("iobj", child, shared)
            else:
                yield Slot(marker, antecedent(sentence, child), shared)


def _auxiliary_slots(sentence: Sentence, word: int) -> Iterator[Slot]:
    """The slots of the verb that an auxiliary serves, the auxiliaries beside it, and who says the clause."""
    verb = sentence.heads[word]
    for slot in _verb_slots(sentence, verb):
        yield Slot(slot.name, slot.word, True)
    for other in sentence.dependents(verb, "aux"):
        if other != word:
            yield Slot("aux", other)
    clause = verb
    while sentence.relations[clause] == "conj" and sentence.heads[clause] >= 0:
        clause = sentence.heads[clause]
    governors = [sentence.heads[clause]] if sentence.relations[clause] in ("ccomp", "parataxis") else []
    for governor in (*governors, *sentence.dependents(clause, "parataxis")):
        if is_verbal(sentence, governor):
            yield Slot("governor", governor)
            found = subject(sentence, governor)
            if found:
                yield Slot("speaker", found[0])


def _verb_slots(sentence: Sentence, word: int) -> Iterator[Slot]:
    if sentence.upos[word] == "AUX" and sentence.relations[word] == "aux":
        yield from _auxiliary_slots(sentence, word)
        return
    passive = is_passive(sentence, word)
    found = subject(sentence, word)
    if found:
        yield Slot("obj" if passive else "nsubj", *found)
    for child in sentence.children[word]:
        relation = sentence.relations[child]
        if relation in ("obj", "iobj"):
            yield Slot(relation, antecedent(sentence, child))
        elif relation in ("ccomp", "xcomp", "csubj"):
            yield Slot(relation, child)
    for slot in _modifiers(sentence, word):
        if passive and slot.name in phrase_words("agent"):
            yield Slot("nsubj", slot.word)
        else:
            yield slot
    head = sentence.heads[word]
    if _caused(sentence, word):
        for child in sentence.dependents(head, "obj"):
            yield Slot("obj", antecedent(sentence, child), True)
    if sentence.relations[word] == "conj" and head >= 0 and is_verbal(sentence, head):
        # «Sie beschossen und eroberten die Stadt»: the object may stand with either verb.
        if not any(sentence.relations[c] == "obj" for c in sentence.children[word]) and head > word - 4:
            for child in sentence.dependents(head, "obj"):
                yield Slot("obj", antecedent(sentence, child), True)


def _caused(sentence: Sentence, word: int) -> bool:
    """An infinitive without object of its own that somebody makes or lets happen («liess die Geiseln ziehen»)."""
    head = sentence.heads[word]
    return (
        sentence.relations[word] == "xcomp"
        and head >= 0
        and sentence.lemmas[head].casefold() in phrase_words("causative")
        and not sentence.dependents(word, "obj")
    )


def _noun_slots(sentence: Sentence, word: int) -> Iterator[Slot]:
    for child in sentence.children[word]:
        relation = sentence.deprels[child]
        if (
            relation in ("det:poss", "nmod:poss")
            or (sentence.upos[child] in ("DET", "PRON") and sentence.feats[child].get("Poss") == "Yes")
            or sentence.relations[child] in ("amod", "compound")
        ):
            yield Slot("poss", child)
        elif sentence.relations[child] == "appos":
            yield Slot("gen", child)
        elif relation in ("xcomp", "ccomp") or (
            sentence.relations[child] in ("acl", "advcl") and sentence.feats[child].get("VerbForm") == "Inf"
        ):
            yield Slot("xcomp", child)  # the act that a noun or an adjective speaks of: «a call to disarm»
    yield from _modifiers(sentence, word)
    head, relation = sentence.heads[word], sentence.relations[word]
    if relation == "conj" and head >= 0 and not is_verbal(sentence, head):
        head, relation = sentence.heads[head], sentence.relations[head]
    if head < 0 or not is_predicate(sentence, head):
        return
    # The verb beside an event noun often only carries it: its other arguments are the noun's.
    if relation == "obl" and case_marker(sentence, word) not in phrase_words("carried"):
        return
    if relation in ("obj", "obl", "iobj"):
        found = subject(sentence, head)
        if found and found[0] != word:
            yield Slot("obj" if is_passive(sentence, head) else "nsubj", found[0], True)
        if relation == "obj":
            for child in sentence.dependents(head, "iobj"):
                yield Slot("iobj", antecedent(sentence, child), True)
    for slot in _modifiers(sentence, head, shared=True):
        if slot.word != word:
            yield (
                Slot("nsubj", slot.word, True)
                if is_passive(sentence, head) and slot.name in phrase_words("agent")
                else slot
            )


def answers(sentence: Sentence, verb: int, word: int) -> bool:
    """Whether a word stands in a clause of its own behind the colon or semicolon after a verb: «Kiew wies das zurück: Die
    Rebellen hätten geschossen» says what is held against it, not what is denied."""
    return verb < word and any(sentence.forms[w] in (":", ";") for w in range(verb + 1, word))


@asked_once
def clause_head(sentence: Sentence, word: int) -> int:
    """The predicate of the clause that a word stands in."""
    for node in (word, *sentence.ancestors(word)):
        relation = sentence.relations[node]
        if sentence.heads[node] < 0:
            return node
        if relation in ("ccomp", "advcl", "acl", "parataxis", "csubj") and is_predicate(sentence, node):
            if relation == "acl" and not sentence.dependents(node, "nsubj", "obj", "obl", "mark"):
                continue  # a bare participle belongs to its noun's clause
            if sentence.feats[node].get("VerbForm") == "Inf" and not _finite(sentence, node) and relation != "advcl":
                continue  # an infinitive is told with its governor
            return node
        if relation == "conj" and is_verbal(sentence, node) and is_verbal(sentence, sentence.heads[node]):
            return node
    return sentence.root


def standing_to(sentence: Sentence, its: int, own: int) -> str:
    """Where the clause with the predicate `its` stands in the tree as seen from that of `own`: same, above, below or beside."""
    if its == own:
        return "same"
    if its in sentence.ancestors(own):
        return "above"
    return "below" if own in sentence.ancestors(its) else "beside"


def _finite(sentence: Sentence, word: int) -> bool:
    return any(sentence.feats[w].get("VerbForm") == "Fin" for w in (word, *sentence.dependents(word, "aux", "cop")))


@asked_once
def _clause(sentence: Sentence, head: int) -> frozenset[int]:
    """The predicate of a clause and what hangs on it within the clause."""
    own, stack = {head}, [head]
    while stack:
        for child in sentence.children[stack.pop()]:
            if child not in own and clause_head(sentence, child) == head:
                own.add(child)
                stack.append(child)
    return frozenset(own)


@asked_once
def clause_words(sentence: Sentence, word: int) -> tuple[int, int]:
    """First and last word of the contiguous clause around a word, without punctuation at its edges."""
    own = _clause(sentence, clause_head(sentence, word)) | {word}
    first = last = word
    # Small gaps (an inserted clause of a word or two) do not break the evidence.
    while first > 0 and (first - 1 in own or (first - 2 in own)):
        first -= 1 if first - 1 in own else 2
    end = len(sentence) - 1
    while last < end and (last + 1 in own or last + 2 in own):
        last += 1 if last + 1 in own else 2
    last = min(last, end)
    while first < word and (sentence.upos[first] in ("PUNCT", "CCONJ")):
        first += 1
    while last > word and sentence.upos[last] == "PUNCT":
        last -= 1
    return first, last


@asked_once
def phrase(sentence: Sentence, word: int) -> tuple[int, int]:
    """First and last word of the noun phrase of a word: without adposition, coordination, relative clause, punctuation."""
    return _phrase(sentence, word, relative=False)


@asked_once
def whole_phrase(sentence: Sentence, word: int) -> tuple[int, int]:
    """The noun phrase of a word with its relative clauses."""
    return _phrase(sentence, word, relative=True)


def _phrase(sentence: Sentence, word: int, *, relative: bool) -> tuple[int, int]:
    keep, stack = {word}, [word]
    while stack:
        node = stack.pop()
        for child in sentence.children[node]:
            relation = sentence.relations[child]
            if relation in _OUTSIDE:
                continue
            if node == word and relation in _BESIDE:
                continue
            if relation == "acl" and not relative and child > node:
                continue
            if relation == "nmod" and child > node:
                marker = case_marker(sentence, child)
                if marker is not None and marker not in phrase_words("inside"):
                    continue
            if relation == "appos" and child > node and _comma(sentence, node, child):
                continue
            keep.add(child)
            stack.append(child)
    first = last = word
    while first - 1 in keep or first - 2 in keep:
        first -= 1 if first - 1 in keep else 2
    while last + 1 in keep or (last + 2 in keep and sentence.forms[last + 1] in "-„“\"»«'"):
        last += 1 if last + 1 in keep else 2
    while first < word and (sentence.upos[first] in ("PUNCT", "CCONJ", "ADP", "ADV") or _of_number(sentence, first)):
        first += 1
    return first, last


def _of_number(sentence: Sentence, word: int) -> bool:
    """Whether a word only says how exact the number behind it is: «at least ten people»."""
    head = sentence.heads[word]
    return head > word and sentence.upos[head] == "NUM" and sentence.relation(word) in ("nmod", "advmod", "obl")


def _comma(sentence: Sentence, first: int, last: int) -> bool:
    return any(sentence.forms[i] in (",", "(", ")", "–", "-", ";") for i in range(first + 1, last))


def conjuncts(sentence: Sentence, word: int) -> list[int]:
    """A word and the words coordinated with it, in text order."""
    found = [word]
    for child in sentence.dependents(word, "conj"):
        if not is_verbal(sentence, child) or is_verbal(sentence, word):
            found += conjuncts(sentence, child)
    return found


def is_circumstance(sentence: Sentence, clause: int) -> bool:
    """Whether a clause tells when or why what is above it is said or done, never what: «forderte den Abzug, weil …»."""
    return sentence.relations[clause] == "advcl" and any(
        sentence.lemmas[c].casefold() in phrase_words("circumstance_clauses")
        for c in sentence.dependents(clause, "mark")
    )
