"""Which words of speaking make a quotation: those that tell what was said, not what was not, could be or is said to be said.

What they hold is still vouched for by who speaks; it is only no quotation of the report.
"""

from __future__ import annotations

from lagebild.language.document import Sentence
from lagebild.lexicon.cues import Cues
from lagebild.reading.syntax import is_relative
from lagebild.reading.utterance import negated, speech_like


def tells(sentence: Sentence, verb: int, lexicon: Cues) -> bool:
    """Whether a verb of speaking tells that something was said: «er sagte», not «er habe gesagt», «kann sagen», «um zu sagen»."""
    node = verb
    finite = _finite(sentence, node)
    while not finite and sentence.relation(node) in ("conj", "xcomp") and sentence.heads[node] >= 0:
        node = sentence.heads[node]
        finite = _finite(sentence, node)
    if not finite or any(sentence.feats[w].get("Mood") == "Sub" for w in finite):
        return False
    if any(sentence.lemmas[w].casefold() in lexicon.possible for w in finite):
        return False
    return not negated(sentence, verb, lexicon)


def _finite(sentence: Sentence, verb: int) -> list[int]:
    heads = (verb, *sentence.dependents(verb, "aux", "cop"))
    return [w for w in heads if sentence.feats[w].get("VerbForm") == "Fin"]


def is_question(sentence: Sentence, first: int, lexicon: Cues) -> bool:
    """Whether what is said begins as a question («ob sie abziehen», «welche Waffen»): it does not tell anything."""
    kinds = (sentence.feats[first].get("PronType") or "").split(",")
    return sentence.lemmas[first].casefold() in lexicon.questions or "Int" in kinds


def in_konjunktiv(sentence: Sentence, content: list[tuple[int, int]]) -> bool:
    """Whether the clause that is said stands in Konjunktiv."""
    words = {w for first, last in content for w in range(first, last + 1)}
    return any(sentence.heads[w] not in words and speech_like(sentence, w) for w in words)


def is_marked(sentence: Sentence, first: int, lexicon: Cues) -> bool:
    """Whether what is said begins with a conjunction of content (dass) that asks nothing."""
    return sentence.lemmas[first].casefold() in lexicon.conjunctions - lexicon.questions


def is_aside(sentence: Sentence, first: int) -> bool:
    """Whether a clause begins as a relative one («…, bei dem es brannte»); with its verb right behind, «das» points."""
    word = first + 1 if sentence.upos[first] == "ADP" and first + 1 < len(sentence) else first
    if not is_relative(sentence, word):
        return False
    return word + 1 == len(sentence) or sentence.feats[word + 1].get("VerbForm") != "Fin"
