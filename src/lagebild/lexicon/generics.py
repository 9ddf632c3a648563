"""Common nouns that name parties («Rebellen», «Soldaten», «eyewitnesses») and how they are called in English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from lagebild.lexicon.countries import countries
from lagebild.lexicon.frames import fold
from lagebild.lexicon.loader import load


@dataclass(frozen=True, slots=True)
class Generic:
    """A party noun: `name` is an English template with {adj}, `bare` the name where no country is known."""

    name: str
    bare: str
    kind: str

    def english(self, country: str | None) -> str:
        if "{adj}" not in self.name:
            return self.name
        state = countries().get(country) if country else None
        return self.name.replace("{adj}", state.adjective) if state else self.bare


class Generics:
    """The party nouns of a language, by lemma; compounds by their last part."""

    def __init__(self, language: str) -> None:
        self._words: dict[str, Generic] = {}
        for entry in load(language, "roles").get("generic", []):
            name = entry["name"]
            generic = Generic(
                name, entry.get("name_bare") or name.replace("{adj}", "").strip(), entry.get("kind", "other")
            )
            for word in entry["words"]:
                self._words.setdefault(fold(word), generic)

    def find(self, lemma: str) -> Generic | None:
        """The party noun of a lemma (or a plural form), or of the end of a compound at least four letters long."""
        key = fold(lemma)
        for form in (key, key.removesuffix("s"), key.removesuffix("n"), key.removesuffix("en")):
            if form in self._words:
                return self._words[form]
        for cut in range(2, len(key) - 4):
            found = self._words.get(key[cut:])
            if found is not None:
                return found
        return None

    def find_phrase(self, lemmas: Sequence[str]) -> Generic | None:
        """The party noun that several lemmas name together («asylum seeker»)."""
        return self._words.get(" ".join(fold(lemma) for lemma in lemmas))


@cache
def generics(language: str) -> Generics:
    """The party nouns of a language, loaded once."""
    return Generics(language)


@cache
def place_markers(language: str) -> frozenset[str]:
    """The prepositions of place of a language, from `placewords`."""
    return frozenset(w for e in load(language, "placewords").get("preposition", []) for w in e["words"])
