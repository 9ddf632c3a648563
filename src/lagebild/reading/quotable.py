"""Which words of speaking make a quotation: those that tell what was said, not what was not, could be or is said to be said.

What they hold is still vouched for by who speaks; it is only no quotation of the report.
"""

from __future__ import annotations

from lagebild.language.document import Sentence
from lagebild.lexicon.cues import Cues
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
    return sentence.lemmas[first].casefold() in lexicon.questions or "Int" in (
        sentence.feats[first].get("PronType") or ""
    ).split(",")


def is_stated(sentence: Sentence, content: list[tuple[int, int]], lexicon: Cues) -> bool:
    """Whether a clause states something as said: it has a conjunction of content or stands in Konjunktiv."""
    words = {w for first, last in content for w in range(first, last + 1)}
    if sentence.lemmas[min(words)].casefold() in lexicon.conjunctions - lexicon.questions:
        return True
    return any(sentence.heads[w] not in words and speech_like(sentence, w) for w in words)
