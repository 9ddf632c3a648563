"""Who «beide Seiten», «both countries» are: the two that the report has told of last, of two sides those it tells of most."""

from __future__ import annotations

from dataclasses import replace

from lagebild.language.document import Sentence
from lagebild.lexicon.names import fold
from lagebild.lexicon.roleslots import both_words
from lagebild.model import Party
from lagebild.reading.scene import Mention, Scene

#: How many sentences back two states are looked for, and two sides.
_BACK, _FAR = 3, 8
#: Kinds that act for a state; those of sides that are none; what «both» counts is what the mentions are of.
_STATES = ("state", "government", "organ", "person")
_BANDS = ("group", "rebels")
#: Kinds of what is counted: parties to a conflict, states.
_COUNTED = ("group", "international", "government")


def both(scene: Scene, index: int, sentence: Sentence, word: int, counted: Party) -> tuple[Party, ...]:
    """The two parties that a noun with «beide» means, or the noun's own party if the report does not tell them apart."""
    if counted.kind not in _COUNTED or counted.name[:1].isupper():
        return (counted,)
    said = {fold(sentence.forms[c]) for c in sentence.dependents(word, "det", "amod", "nummod")}
    if not said & both_words():
        return (counted,)
    sides = counted.kind == "group"
    told: dict[str, list[Mention]] = {}
    for mention in scene.memory.before(index, word, _FAR if sides else _BACK):
        if sides and mention.party.kind in _BANDS and mention.party.name[:1].isupper():
            told.setdefault(mention.party.name, []).append(mention)
        elif mention.party.kind in _STATES and mention.party.country:
            told.setdefault(mention.party.country, []).append(mention)
    if sides:
        # Who asks something of both sides is none of them.
        for key in _asking(scene, index, sentence, word):
            told.pop(key, None)
        # Where two bands of one country are told of, that country is no third side («Hamas and Fatah fought», said a lawmaker).
        bands = [m[0].party.country for m in told.values() if m[0].party.kind in _BANDS and _named(scene, m[0])]
        for country in {c for c in bands if c is not None and bands.count(c) > 1}:
            told.pop(country, None)
    keys = sorted(told, key=lambda k: -len(told[k]))[:2] if sides else list(told)[:2]
    if len(keys) < 2:
        return (counted,)
    two = [_side(scene, told[key], [told[k] for k in keys if k != key]) for key in keys]
    return tuple(replace(counted, name=p.name, country=p.country, kind=p.kind) for p in two if p is not None)


def _named(scene: Scene, mention: Mention) -> bool:
    return scene.document.sentences[mention.sentence].upos[mention.word] == "PROPN"


def _asking(scene: Scene, index: int, sentence: Sentence, word: int) -> set[str]:
    """The name and country of the subject of the verb that has the phrase as its object or complement."""
    verb = sentence.heads[word]
    if verb < 0 or sentence.relation(word) == "nsubj":
        return set()
    subjects = set(sentence.dependents(verb, "nsubj"))
    asking = [m.party for m in scene.memory.mentions if m.sentence == index and m.word in subjects]
    return {key for party in asking for key in (party.name, party.country) if key}


def _side(scene: Scene, mentions: list[Mention], others: list[list[Mention]]) -> Party | None:
    """A band by its name, a state by its own; in a war with a band of the country its organ or government that is named."""
    latest = mentions[0].party
    if latest.kind in _BANDS:
        return latest
    if any(m.party.kind in _BANDS and m.party.country == latest.country for group in others for m in group):
        found = next((m.party for m in mentions if m.party.kind in ("organ", "government")), None)
        if found is not None:
            return found
    state = scene.world.state(latest.country)
    return Party("", state.name, state.country, "state") if state is not None else None
