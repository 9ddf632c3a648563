"""Who «beide Seiten», «both countries» are: the two that the report has told of last."""

from __future__ import annotations

from dataclasses import replace

from lagebild.language.document import Sentence
from lagebild.lexicon.names import fold
from lagebild.lexicon.roleslots import both_words
from lagebild.model import Party
from lagebild.reading.scene import Mention, Scene

#: How many sentences back the two are looked for.
_BACK = 3
#: Kinds that act for a state; what «both» counts is what the mentions are of.
_STATES = ("state", "government", "organ", "person")
#: Kinds of what is counted: parties to a conflict, states.
_COUNTED = ("group", "international", "government")


def both(scene: Scene, index: int, sentence: Sentence, word: int, counted: Party) -> tuple[Party, ...]:
    """The two parties that a noun with «beide» means, or the noun's own party if the report does not tell them apart."""
    if counted.kind not in _COUNTED or counted.name[:1].isupper():
        return (counted,)
    said = {fold(sentence.forms[c]) for c in sentence.dependents(word, "det", "amod", "nummod")}
    if not said & both_words():
        return (counted,)
    states: dict[str, Mention] = {}
    for mention in reversed(scene.memory.mentions):
        if (mention.sentence, mention.word) >= (index, word):
            continue
        if index - mention.sentence > _BACK or len(states) == 2:
            break
        if mention.party.kind in _STATES and mention.party.country:
            states.setdefault(mention.party.country, mention)
    if len(states) < 2:
        return (counted,)
    found = [scene.world.state(country) for country in states]
    return tuple(replace(counted, name=state.name, country=state.country, kind="state") for state in found if state)
