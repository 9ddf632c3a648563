"""Who does an act by what is said beside it: who answers for it («wird für den Anschlag verantwortlich gemacht»), or whose act it is that
another word names («durch Nato-Angriffe getötet», «ein Ende des EU-Einsatzes»)."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.language.document import Sentence
from lagebild.lexicon.frames import frames
from lagebild.lexicon.roleslots import phrase_words
from lagebild.model import Party
from lagebild.reading.events import Act
from lagebild.reading.parties import Resolver
from lagebild.reading.syntax import case_marker, is_passive, is_verbal

#: How many words above an act may say that somebody answers for it.
_UP = 2


def answerable(sentence: Sentence, act: Act) -> Iterator[int]:
    """The words that name who answers for an act that is told as a noun behind its preposition."""
    if is_verbal(sentence, act.word) or case_marker(sentence, act.word) not in phrase_words("answered_for"):
        return
    for node in [*sentence.ancestors(act.word)][:_UP]:
        beside = (node, *sentence.dependents(node, "xcomp", "advmod", "amod", "obl", "compound:prt"))
        if not any(sentence.lemma_keys[w] in phrase_words("answerable") for w in beside):
            continue
        verb = sentence.heads[node] if not is_verbal(sentence, node) and sentence.relation(node) == "xcomp" else node
        blamed = (
            sentence.dependents(verb, "obj") if is_verbal(sentence, verb) and not is_passive(sentence, verb) else ()
        )
        yield from blamed or sentence.dependents(verb, "nsubj", "nsubj:pass")
        return


def in_compound(resolver: Resolver, index: int, sentence: Sentence, act: Act) -> Iterator[tuple[int, Party]]:
    """Whose the act is by which, or of which, an act is done: the first part of a compound («Nato-Angriffe»)."""
    verbal = is_verbal(sentence, act.word)
    for child in sentence.dependents(act.word, *(("obl",) if verbal else ("nmod",))):
        name, hyphen, rest = sentence.lemmas[child].partition("-")
        marker = case_marker(sentence, child)
        fits = marker in phrase_words("by_means") if verbal else marker in (None, *phrase_words("as_genitive"))
        if not hyphen or not name or not fits or not frames(resolver.language).find(rest, "NOUN"):
            continue
        party = resolver.inside(index, child)
        if party is not None:
            yield child, party
