"""The names under which parties are known: exact, inflected and as they sound, to the entry that they mean."""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.lexicon.names import fold, genitives, sound, stem, words
from lagebild.lexicon.offices import Offices
from lagebild.lexicon.partyentries import Alias, PartyEntry

#: An all-capital alias as long as this or shorter is found only in capitals («US», «IS», «WHO»).
_ACRONYM = 5


class Aliases:
    """All names of all parties; `offices` say who of several people of one name is meant in a year."""

    def __init__(self, offices: Offices) -> None:
        self._offices = offices
        self._exact: dict[tuple[str, ...], list[Alias]] = {}
        self._stems: dict[tuple[str, ...], list[Alias]] = {}
        self._sounds: dict[tuple[str, ...], list[Alias]] = {}
        self._longest: dict[str, int] = {}
        #: How many words the longest name has that begins with two words, in any of their three spellings.
        self._pairs: dict[tuple[str, ...], int] = {}

    def add(self, alias: str, entry: PartyEntry, language: str | None = None, surname: bool = False) -> None:
        """Makes a party known under a name; `language` None: in every language."""
        found = words(alias)
        if not found:
            return
        joined = "".join(found)
        acronym = len(found) == 1 and joined.isupper() and len(joined) <= _ACRONYM
        item = Alias(entry, language, joined if acronym else None, any(w[:1].isupper() for w in found), surname)
        key = tuple(fold(w) for w in found)
        self._exact.setdefault(key, []).append(item)
        self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))
        self._pair(key)
        if len(key) > 1 and key[0] != "the":  # English has no endings to look past: «the state» is not «the States»
            soft = tuple(stem(w) for w in key)
            self._stems.setdefault(soft, []).append(item)
            self._longest[soft[0]] = max(self._longest.get(soft[0], 0), len(soft))
            self._pair(soft)
        if entry.kind == "person":
            sounds = tuple(sound(w) for w in key)
            self._sounds.setdefault(sounds, []).append(item)
            self._pair(sounds)

    def _pair(self, key: tuple[str, ...]) -> None:
        if len(key) > 1:
            self._pairs[key[:2]] = max(self._pairs.get(key[:2], 0), len(key))

    def longest(self, word: str) -> int:
        """How many words the longest name has that begins with this one, inflection aside; 0 if none does."""
        first = fold(word)
        return max(self._longest.get(first, 0), self._longest.get(stem(first), 0))

    def longest_of(self, first: str, second: str) -> int:
        """How many words a name can have at most that begins with these two (at least 1); most names are ruled out by them."""
        a, b = fold(first), fold(second)
        pairs = [(stem(a), stem(b))]
        for ending in genitives(b):
            pairs += [(a, ending), (sound(a), sound(ending))]
        return max(1, *(self._pairs.get(pair, 1) for pair in pairs))

    def look_up(self, found: tuple[str, ...], language: str, year: int | None) -> PartyEntry | None:
        """The entry whose name these words are."""
        key = tuple(fold(w) for w in found)
        for last in genitives(key[-1]):
            entry = self._best(self._exact.get((*key[:-1], last), ()), found, language, year)
            # English has its apostrophe: «Marines» is nobody called Marin.
            if entry is not None and (language != "en" or last == key[-1] or entry.kind != "person"):
                return entry
        if len(key) > 1:
            entry = self._best(self._stems.get(tuple(stem(w) for w in key), ()), found, language, year)
            if entry is not None:
                return entry
        if found[-1][:1].isupper() and len(key[-1]) > 3:
            for last in genitives(key[-1]) if language != "en" else (key[-1],):
                near = tuple(sound(w) for w in (*key[:-1], last))
                entry = self._best(self._sounds.get(near, ()), found, language, year)
                if entry is not None and len(near[-1]) > 3:
                    return entry
        return None

    def _best(
        self, aliases: Sequence[Alias], found: Sequence[str], language: str, year: int | None
    ) -> PartyEntry | None:
        joined = "".join(found)
        fit = [
            a
            for a in aliases
            if a.language in (None, language)
            and (a.spelled is None or joined.removesuffix("s") == a.spelled or joined == a.spelled)
            and (not a.capital or any(w[:1].isupper() for w in found))
        ]
        if not fit:
            return None
        if all(a.entry.kind == "person" for a in fit) and len({a.entry.id for a in fit}) > 1:
            return self._offices.likeliest([a.entry.name for a in fit], year, {a.entry.name: a.entry for a in fit})
        return fit[0].entry
