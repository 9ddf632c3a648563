"""Words about places in a language: directions, nouns for areas and sites, adverbs that point to a place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from lagebild.lexicon.loader import load
from lagebild.lexicon.names import fold


@dataclass(frozen=True, slots=True, eq=False)
class PlaceWords:
    """Folded words of a language: `directions` and `prefixes` to the English adjective, `areas` to country, capital,
    city or region, `sites` to an English template with {of}; `whole_sites` are no ends of compounds."""

    prepositions: frozenset[str]
    near: frozenset[str]
    directions: dict[str, str]
    prefixes: dict[str, str]
    areas: dict[str, str]
    sites: dict[str, str]
    whole_sites: frozenset[str]
    pointers: frozenset[str]
    accompanying: frozenset[str]
    stages: tuple[str, ...]
    takings: tuple[str, ...]

    @lru_cache(maxsize=20_000)  # noqa: B019  one object a language lives as long as the program
    def area(self, lemma: str) -> str | None:
        """The kind of area that a noun names, compounds by their end («Nachbardorf»)."""
        return _ending(self.areas, lemma)

    @lru_cache(maxsize=20_000)  # noqa: B019  one object a language lives as long as the program
    def site(self, lemma: str) -> str | None:
        """The English template of a site noun, compounds by their end («Militärflughafen») unless that says little."""
        return _ending(self.sites, lemma, self.whole_sites)

    @lru_cache(maxsize=20_000)  # noqa: B019  one object a language lives as long as the program
    def split(self, name: str) -> tuple[str, str] | None:
        """English direction and rest of a name that begins with one («Nordjemen»: Northern, Jemen)."""
        folded = fold(name)
        for prefix in sorted(self.prefixes, key=len, reverse=True):
            rest = name[len(prefix) :].lstrip("- ")
            if folded.startswith(prefix) and len(rest) > 3:
                return self.prefixes[prefix], rest[:1].upper() + rest[1:]
        return None


def _ending(table: dict[str, str], lemma: str, whole: frozenset[str] = frozenset()) -> str | None:
    key = fold(lemma)
    if key in table:
        return table[key]
    for cut in range(3, len(key) - 3):
        found = table.get(key[cut:])
        if found is not None:
            return found if key[cut:] not in whole else None
    return None


@cache
def placewords(language: str) -> PlaceWords:
    """The place words of a language, loaded once."""
    content = load(language, "placewords")

    def table(name: str, value: str, key: str = "words") -> dict[str, str]:
        return {fold(w): e[value] for e in reversed(content.get(name, [])) for w in e.get(key, ())}

    return PlaceWords(
        frozenset(w for e in content.get("preposition", []) for w in e["words"]),
        frozenset(w for e in content.get("near", []) for w in e["words"]),
        table("direction", "name"),
        table("direction", "name", "prefix"),
        table("area", "kind"),
        table("site", "name"),
        frozenset(fold(w) for e in content.get("site", []) if e.get("whole") for w in e["words"]),
        frozenset(fold(w) for e in content.get("pointer", []) for w in e["words"]),
        frozenset(fold(w) for e in content.get("accompanying", []) for w in e["words"]),
        tuple(fold(w) for e in content.get("stage", []) for w in e["words"]),
        tuple(fold(w) for e in content.get("taking", []) for w in e["words"]),
    )
