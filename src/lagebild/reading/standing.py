"""More traits of a noun phrase beside an act: who it names, and what it is to the clause and to the other acts around."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from lagebild.language.document import Sentence
from lagebild.lexicon.cues import cues
from lagebild.lexicon.placewords import placewords
from lagebild.model import VERBAL_TYPES, Party
from lagebild.reading.events import Act
from lagebild.reading.pairs import Candidate, candidates
from lagebild.reading.parties import Resolver
from lagebild.reading.sources import author_of
from lagebild.reading.syntax import antecedent, case_marker, clause_head, is_passive, is_verbal, standing_to, subject

#: Acts that are done by a text too, besides the verbal ones: «Die Resolution verbietet den Handel».
_BY_LAW = frozenset({"COERCE", "SANCTION"})
#: How many heads above an act are asked what a phrase is to them.
UPWARD = 4


@dataclass(frozen=True, slots=True)
class Beside:
    """A phrase that names a party beside an act: the word that names it, its place in the tree, all its traits."""

    word: int
    party: Party
    place: Candidate
    traits: tuple[str, ...]


def parties_beside(
    resolver: Resolver, index: int, sentence: Sentence, act: Act, acts: Sequence[Act]
) -> Iterator[Beside]:
    """The phrases of a sentence that name a party; `acts` are all acts of the sentence, whose words name none."""
    types = {a.word: a.type for a in acts} | {act.word: act.type}
    # A word that names an act and somebody as well («Selbstmordattentäter», «Demonstranten») may be a party of the others.
    others = frozenset(w for w in types if w != act.word and resolver.party(index, w) is None)
    for candidate in candidates(sentence, act, resolver.language, others):
        word = antecedent(sentence, candidate.word)
        party = resolver.party(index, word)
        is_subject = candidate.slot is not None and candidate.slot.name == "nsubj"
        if party is None and is_subject and act.type in _BY_LAW:
            party = _author(resolver, index, sentence, word)
        if party is None and act.type in VERBAL_TYPES and is_subject:
            # Only somebody can demand, reject, promise: the subject is a party even if nothing knows it.
            party = _demander(resolver, index, sentence, word)
            if party is not None and party.country is None and party.kind == "source":
                party = replace(party, country=resolver.country_at(index))
        if party is not None:
            more = standing(sentence, resolver.language, candidate.word, types, act.word, party)
            yield Beside(word, party, candidate, tuple(dict.fromkeys((*candidate.traits(), *more))))


def _demander(resolver: Resolver, index: int, sentence: Sentence, word: int) -> Party | None:
    """Who a subject is that nothing knows; of a text («Die Resolution fordert …») or of those who wrote it, whose it is."""
    return _author(resolver, index, sentence, word) or resolver.source(index, word)


def _author(resolver: Resolver, index: int, sentence: Sentence, word: int) -> Party | None:
    """Whose a text is, or who they are that wrote one."""
    lexicon = cues(resolver.language)
    if not lexicon.is_paper(sentence.lemmas[word]) and sentence.lemma_keys[word] not in lexicon.writers:
        return None
    return author_of(resolver.document, resolver, index, word)


def identity(party: Party | None) -> Iterator[str]:
    """What kind of party a phrase names, if any."""
    if party is None:
        yield "party none"
        return
    yield f"party {party.kind}"
    yield "party with country" if party.country else "party without country"


def standing(
    sentence: Sentence, language: str, word: int, types: Mapping[int, str], act: int, party: Party | None
) -> Iterator[str]:
    """Traits of the phrase headed by `word` for the act at `act`; `types` gives the type of every act of the sentence."""
    own, type_ = clause_head(sentence, act), types[act]
    kind = "v" if is_verbal(sentence, act) else "n"
    named = party.kind if party else "none"
    marker = case_marker(sentence, word)
    yield from identity(party)
    yield f"{kind} {type_} party {named}"
    yield f"{sentence.upos[word]} {named} {kind}"
    yield f"{sentence.upos[word]} {named} {type_}"
    if marker in placewords(language).prepositions:
        yield f"locative {named}"
        yield f"locative {named} {type_}"
    its = clause_head(sentence, word)
    where = standing_to(sentence, its, own)
    yield f"clause {where} {kind}"
    yield f"clause {where} {named} {type_}"
    main = subject(sentence, sentence.root)
    if main and main[0] == word:
        yield f"main subject {kind} {where}"
        yield f"main subject {type_} {where}"
    node, depth = act, 0
    while depth < UPWARD:
        relation = sentence.deprels[node] if sentence.relation(node) != "conj" else "conj"
        link = case_marker(sentence, node) or relation
        node = sentence.heads[node]
        if node < 0:
            break
        depth += 1
        name = _slot(sentence, node, word)
        if name is None:
            continue
        lemma = sentence.lemma_keys[node]
        yield f"up {link} {name} {kind}"
        yield f"{language} up {lemma} {name}"
        yield f"{language} up {lemma} {link} {name}"
        if node in types:
            yield f"up {types[node]} {name}"
            yield f"up {types[node]} {link} {name}"
            yield f"up {types[node]} {name} {type_}"
        break
    head = sentence.heads[word]
    if head >= 0 and head != act:
        if head in types:
            yield f"at {types[head]} {_slot(sentence, head, word)}"
        if sentence.upos[head] in ("NOUN", "PROPN") and sentence.relation(word) in ("nmod", "det", "amod"):
            yield "inside a phrase"
            yield f"inside {'the act' if act in sentence.ancestors(head) else 'another'} {marker} {kind}"
    for below in sentence.children[act]:
        if below in types:
            yield f"act below {types[below]} {sentence.relation(below)} clause {where}"


def _slot(sentence: Sentence, head: int, word: int) -> str | None:
    """What a word is to a predicate or noun above: its relation (passive clauses turned round) with its preposition."""
    top = word
    while sentence.heads[top] >= 0 and sentence.heads[top] != head:
        if sentence.relation(top) != "conj":
            return None
        top = sentence.heads[top]
    if sentence.heads[top] != head:
        if is_verbal(sentence, head):
            found = subject(sentence, head)
            if found and found[0] == word:
                return "shared obj" if is_passive(sentence, head) else "shared nsubj"
        return None
    relation, marker = sentence.deprels[top], case_marker(sentence, top)
    if relation == "nsubj:pass":
        relation = "obj"
    return f"{relation} {marker}" if marker else relation
