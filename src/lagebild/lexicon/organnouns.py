"""Nouns for organs of states («Armee», «Foreign Ministry»), and the organ of a country that one of them names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from lagebild.lexicon.countries import countries
from lagebild.lexicon.loader import LANGUAGES, load
from lagebild.lexicon.names import fold, stem, words
from lagebild.lexicon.partyentries import PartyEntry

#: Kinds of organ nouns that name people rather than an organ.
_PEOPLE = {"population", "source"}
#: The key of a noun's own states.
_HOME = "home"


class OrganNouns:
    """The nouns of all languages, by their folded words; German ones also by their stems."""

    def __init__(self) -> None:
        self._nouns: dict[str, dict[tuple[str, ...], dict[str, str]]] = {language: {} for language in LANGUAGES}
        self._sizes: dict[str, dict[str, int]] = {language: {} for language in LANGUAGES}
        self.reach = lru_cache(maxsize=50_000)(self._reach)
        for organ in load("parties", "organs").get("organ", []):
            value = {"name": organ["name"], "kind": organ.get("kind", "organ"), "role": organ["role"]}
            value |= organ.get("names", {})
            for language, table in self._nouns.items():
                for noun in organ[language]:
                    key = tuple(fold(w) for w in words(noun))
                    home = organ.get("home", {}).get(noun)
                    own = value | {_HOME: " ".join(home)} if home else value
                    table.setdefault(key, own)
                    if language == "de":
                        table.setdefault(tuple(stem(w) for w in key), own)
        for language, table in self._nouns.items():
            sizes = self._sizes[language]
            for key in table:
                sizes[key[0]] = max(sizes.get(key[0], 0), len(key))

    def _reach(self, word: str, language: str) -> int:
        """How many words the longest noun has that begins with a word; 0 if none does."""
        first = fold(word)
        return max(self._sizes[language].get(key, 0) for key in (first, stem(first)))

    def find(self, found: Sequence[str], language: str) -> dict[str, str] | None:
        """The noun that words are: `name`, `kind`, `role`, and names of its own by country."""
        if self.reach(found[0], language) < len(found) or (language == "de" and not found[-1][:1].isupper()):
            return None
        table = self._nouns[language]
        key = tuple(fold(w) for w in found)
        return table.get(key) or (table.get(tuple(stem(w) for w in key)) if language == "de" else None)

    @staticmethod
    def of(noun: dict[str, str], country: str) -> PartyEntry:
        """The organ of a country."""
        state = countries()[country]
        name = noun.get(country) or noun["name"].format(adj=state.adjective, of=state.behind)
        return PartyEntry(f"organ:{country}:{noun['role']}:{name}", name, country, noun["kind"], noun["role"], "organs")

    def bare(self, noun: dict[str, str], country: str | None) -> PartyEntry | None:
        """The organ that a noun alone names where a country is talked about, if it names one and not people."""
        home = noun.get(_HOME, "").split()
        if home and country not in home:
            country = home[0]
        return self.of(noun, country) if country and noun["kind"] not in _PEOPLE else None
