"""Whom a pronoun means: the nearest fitting party that the report has named, the antecedent of a relative pronoun; which nouns stand
bare."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from lagebild.language.document import Sentence
from lagebild.lexicon.names import fold
from lagebild.lexicon.roleslots import phrase_words
from lagebild.model import Party
from lagebild.reading.scene import Mention, Scene
from lagebild.reading.syntax import is_passive, is_verbal

Resolve = Callable[[int, int], Party | None]

#: How many sentences back a pronoun may point.
REACH = 2
#: How much more likely a pronoun in an infinitive means its subject than that of the verb above.
_TO_DO = 1.5
#: What a party of a verb is to it.
_ARGUMENTS = ("nsubj", "obj", "iobj", "obl")


def pronoun(scene: Scene, index: int, sentence: Sentence, word: int, resolve: Resolve) -> Party | None:
    """The party that a personal, demonstrative or possessive pronoun means."""
    feats = sentence.feats[word]
    possessive = feats.get("Poss") == "Yes"
    if feats.get("PronType") not in ("Prs", "Rel", "Dem") and not possessive:
        return None
    acts = _acts(sentence, word)
    if feats.get("Person") in ("1", "2") or (fold(sentence.lemmas[word]) in phrase_words("impersonal") and not acts):
        return None
    apart = [] if possessive or feats.get("Reflex") == "Yes" else _beside(sentence, word)
    others = {p.name for w in apart if (p := resolve(index, w)) is not None}
    best: tuple[float, Mention] | None = None
    for mention in reversed(scene.memory.mentions[-40:]):
        if (mention.sentence, mention.word) >= (index, word) or index - mention.sentence > REACH:
            continue
        if not possessive and not _agrees(feats, mention):
            continue
        if mention.party.name in others or (acts and not _body(mention)):
            continue
        score = -1.5 * (index - mention.sentence) + (1.2 if mention.subject else 0.0)
        score += 0.5 if mention.party.kind == "person" else 0.0
        if mention.sentence == index and _is_to_do(sentence, mention.word, word):
            score += _TO_DO
        score -= 0.02 * (word - mention.word if mention.sentence == index else 0)
        if best is None or score > best[0]:
            best = (score, mention)
    if best is None:
        return None
    span = sentence.span(word, word)
    return replace(best[1].party, text=scene.document.text[span[0] : span[1]], span=span)


def _acts(sentence: Sentence, word: int) -> bool:
    """Whether “it” is somebody who does or says something (“It accused …”, “it said that …”) and no mere place-holder."""
    verb = sentence.heads[word]
    if fold(sentence.lemmas[word]) not in phrase_words("neuter") or sentence.deprels[word] != "nsubj":
        return False
    if not is_verbal(sentence, verb) or is_passive(sentence, verb) or sentence.dependents(verb, "cop", "expl", "csubj"):
        return False
    return bool(sentence.dependents(verb, "obj", "ccomp", "xcomp", "parataxis"))


def _body(mention: Mention) -> bool:
    """A subject before that is a state, an organ or an organisation, no person and no people."""
    return mention.subject and mention.party.kind not in ("person", "population", "source", "other")


def _is_to_do(sentence: Sentence, asked: int, word: int) -> bool:
    """Whether a word stands in what somebody is to do: “urged Baku to reopen the road, which its soldiers blocked”."""
    verb = sentence.heads[asked]
    if verb < 0 or sentence.relation(asked) not in ("obj", "iobj"):
        return False
    return any(w in sentence.ancestors(word) for w in sentence.dependents(verb, "xcomp"))


def _beside(sentence: Sentence, word: int) -> Iterator[int]:
    """The other parties of the pronoun's verb, none of whom it means: «Er warf dem Minister Betrug vor», “Merkel met him”."""
    head = sentence.heads[word]
    if head < 0 or sentence.relation(word) not in _ARGUMENTS:
        return
    for other in sentence.dependents(head, *_ARGUMENTS):
        if other != word and (
            sentence.upos[other] in ("NOUN", "PROPN") or (sentence.upos[other] == "PRON" and other < word)
        ):
            yield other


def nouns_meant(sentence: Sentence, pronoun: int, before: Sentence) -> Iterator[str]:
    """Nouns of the sentence before that a pronoun may stand for: «… Sanktionen. Sie könnten ausgesetzt werden.»"""
    feats = sentence.feats[pronoun]
    if sentence.upos[pronoun] != "PRON" or feats.get("PronType") != "Prs" or feats.get("Person") in ("1", "2"):
        return
    if any(sentence.upos[w] in ("NOUN", "PROPN") for w in range(pronoun)):
        return  # something nearer may be meant
    for word in range(len(before)):
        if before.upos[word] == "NOUN" and before.feats[word].get("Number") == feats.get("Number"):
            yield before.lemmas[word]


def _agrees(feats: dict[str, str], mention: Mention) -> bool:
    """Whether number and, in the singular, gender fit."""
    gender, number = feats.get("Gender"), feats.get("Number")
    if number and mention.number and number != mention.number:
        return False
    if gender in ("Masc", "Fem") and mention.gender is None and number != "Plur" and mention.party.kind != "person":
        return False  # «he» and «she» where nouns have no gender
    return not (gender and mention.gender and gender != mention.gender and number != "Plur")


def is_bare(sentence: Sentence, word: int) -> bool:
    """Whether a noun has no complement of its own, so that it may go on with what was told before: «ein weiterer Austausch»."""
    return not sentence.dependents(word, "nmod", "compound", "acl") and not any(
        sentence.upos[child] in ("NOUN", "PROPN") for child in sentence.dependents(word, "obl", "obj", "appos")
    )
