"""Who is meant by a noun that takes up somebody named before: «die Organisation», «die Extremisten», «das Ministerium», «das Land»."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

from lagebild.language.document import Sentence
from lagebild.lexicon.generics import Generic, generics, singular
from lagebild.lexicon.names import fold
from lagebild.lexicon.partyentries import PartyEntry
from lagebild.model import Party
from lagebild.reading.scene import Mention, Scene

#: Kinds that one noun may take up again: «die Gruppe» is an organisation of the sentence before as well.
_FAMILIES = (frozenset({"organisation", "group", "rebels", "party", "ngo", "international", "union"}),)
#: How many sentences back a bare noun looks for the party that it means.
_BACK = 2
#: Kinds that a report has one of, told of in all of it, and how far back they are looked for.
_FAR_KINDS, _FAR = ("court",), 12
#: Organs of which a state has several, so that a bare noun means the one told of.
_SEVERAL = frozenset({"ministry", "embassy", "agency", "commission"})
#: Organs that unions of states have as well, and the word by which their names say so.
_UNIONS = {"parliament": "parliament"}
_ARMY = "military"
_OWN_PARTS = ("amod", "nmod", "nummod", "compound")


def group_again(scene: Scene, index: int, sentence: Sentence, word: int, generic: Generic) -> Party | None:
    """The group or organisation of the sentences before that «die Organisation», «the militia», «die Extremisten» means."""
    several = sentence.feats[word].get("Number") == "Plur"
    if several != generic.people or sentence.dependents(word, *_OWN_PARTS):
        return None
    if generic.by_name:
        called = fold(singular(generic.bare))
        return next(
            (m.party for m in scene.memory.before(index, 0, _FAR) if called in fold(m.party.name).split()), None
        )
    family = next((family for family in _FAMILIES if generic.kind in family), frozenset({generic.kind}))
    kinds = generic.means or family
    before = scene.memory.before(index, 0, _FAR if generic.kind in _FAR_KINDS else _BACK)
    mentions = chain(_just_before(scene, index, sentence, word), before)
    return next((m.party for m in mentions if m.party.kind in kinds and _has_name(scene, m)), None)


def together(scene: Scene, index: int, word: int, resolve: Callable[[int, int], Party | None]) -> tuple[Party, ...]:
    """Those whom «sie», “they” means as the subject, where the sentence before has several side by side as its own."""
    sentence = scene.document.sentences[index]
    feats = sentence.feats[word]
    if sentence.upos[word] != "PRON" or feats.get("Number") != "Plur" or feats.get("PronType") != "Prs" or not index:
        return ()
    if feats.get("Person") in ("1", "2") or feats.get("Poss") == "Yes" or sentence.deprels[word] != "nsubj":
        return ()
    before = scene.document.sentences[index - 1]
    for first in before.dependents(before.root, "nsubj"):
        beside = (first, *before.dependents(first, "conj"))
        found = [party for w in beside if (party := resolve(index - 1, w)) is not None]
        if len(found) > 1:
            span = sentence.span(word, word)
            text = scene.document.text[slice(*span)]
            return tuple(replace(party, text=text, span=span) for party in found)
    return ()


def organ_again(scene: Scene, index: int, sentence: Sentence, word: int, organ: PartyEntry) -> Party | None:
    """The ministry, embassy or agency of the sentences before that a bare «das Ministerium» means; a bare parliament is that of
    the union of states of which the report tells («das Europäische Parlament»)."""
    role = organ.role or ""
    if organ.kind != "organ" or sentence.dependents(word, *_OWN_PARTS):
        return None
    if "-" in sentence.forms[word] or not scene.definite(sentence, word):
        return None
    if role in _SEVERAL:
        return next((m.party for m in scene.memory.before(index, 0, _BACK) if m.party.role == role), None)
    if role in _UNIONS:
        alike = [
            m.party
            for m in scene.memory.before(index, 0, _FAR)
            if m.party.role == role or _UNIONS[role] in fold(m.party.name).split()
        ]
        # Where a state's own is told of as well («die Rada und das Europäische Parlament»), nobody knows.
        return alike[0] if alike and all(p.country is None for p in alike) else None
    return None


def army_again(scene: Scene, index: int, sentence: Sentence, word: int, organ: PartyEntry) -> str | None:
    """The country of the army of which the sentence before tells («Israeli troops shot two men. The army said …»)."""
    if organ.role != _ARMY or sentence.feats[word].get("Number") == "Plur" or not scene.definite(sentence, word):
        return None
    armies = (m.party for m in scene.memory.before(index, 0, 1) if m.party.role == _ARMY)
    return next((party.country for party in armies if party.country), None)


def state_again(scene: Scene, index: int, word: int) -> str | None:
    """The country of the state that was the subject of the sentence before, or of this one before the word."""
    subjects = (m.party for m in scene.memory.before(index, word, 1) if m.subject and m.party.kind == "state")
    return next((party.country for party in subjects), None)


def _just_before(scene: Scene, index: int, sentence: Sentence, word: int) -> Iterator[Mention]:
    """The subjects of the main clauses before that of a word in its own sentence («Die Hamas rief …; die Gruppe nannte …»), and
    of a source named there before («nach Angaben der Hisbollah fünf Mitglieder der Miliz»)."""
    beside = [sentence.heads[word]] if sentence.relation(word) == "nsubj" else []
    while beside and sentence.relation(beside[-1]) in ("parataxis", "conj"):
        beside.append(sentence.heads[beside[-1]])
    subjects = {w for verb in beside[1:] for w in sentence.dependents(verb, "nsubj") if w < word}
    for mention in reversed(scene.memory.mentions):
        if mention.sentence != index:
            return
        owner = sentence.relation(word) == sentence.relation(mention.word) == "nmod" and mention.word < word
        if mention.word in subjects or (owner and sentence.heads[mention.word] not in sentence.ancestors(word)):
            yield mention


def _has_name(scene: Scene, mention: Mention) -> bool:
    """Whether a phrase meant somebody with a name of his own, whatever it called him («Die Gruppe» after «Islamischer Staat»)."""
    sentence = scene.document.sentences[mention.sentence]
    if sentence.upos[mention.word] == "PROPN":
        return True
    nouns = generics(scene.language)
    generic = nouns.find(sentence.lemmas[mention.word]) or nouns.find(sentence.forms[mention.word])
    name = mention.party.name
    return name[:1].isupper() and (generic is None or not name.endswith((generic.bare, singular(generic.bare))))
