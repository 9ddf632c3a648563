"""Organs of a town: «die Berliner Polizei» is that of Berlin, and so is «die Polizei» in the rest of the report."""

from __future__ import annotations

from dataclasses import replace

from lagebild.language.document import Sentence
from lagebild.lexicon.partyentries import PartyEntry
from lagebild.lexicon.roleslots import phrase_words
from lagebild.reading.scene import TOWN, Scene
from lagebild.reading.syntax import case_marker

#: Organs that towns have of their own.
_ROLES = ("police",)
#: Relations of words that say whose an organ is.
_OWNERS = ("amod", "nmod", "compound", "appos", "nmod:poss")


def of_town(scene: Scene, index: int, sentence: Sentence, word: int, organ: PartyEntry) -> PartyEntry:
    """The organ of the town that the words beside it name or that the report has named, else the organ itself."""
    if organ.kind != "organ" or organ.role not in _ROLES or organ.country is None:
        return organ
    adjective = scene.world.adjective(organ.country)
    noun = organ.name.removeprefix(f"{adjective} ")
    if noun == organ.name:
        return organ
    key = f"town/{organ.role}/{organ.country}"
    for child in sentence.dependents(word, *_OWNERS):
        town = _town(scene, index, sentence, child, organ.country)
        if town is not None:
            found = replace(organ, name=f"{town} {noun}")
            scene.memory.towns[key] = found.name
            return found
    named = scene.world.country_of([sentence.forms[c] for c in sentence.dependents(word)], scene.language)
    kept = scene.memory.towns.get(key)
    return replace(organ, name=kept) if kept is not None and named is None else organ


def _town(scene: Scene, index: int, sentence: Sentence, word: int, country: str) -> str | None:
    """The town of a country that a word names, as a name or as an adjective."""
    form = sentence.forms[word]
    if not form[:1].isupper() or case_marker(sentence, word) not in (None, *phrase_words("towns")):
        return None
    endings = [e for e in phrase_words("town_endings") if form.endswith(e)]
    for name in (form, *(form.removesuffix(e) for e in endings)):
        town = scene.world.places.city(name, country)
        if town is not None and town.country == country and town.population >= TOWN:
            return town.name
    return None
