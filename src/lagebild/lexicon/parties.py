"""Who is who: states, their organs, organisations, groups and people, found by name in German and English text."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import cache, lru_cache

from lagebild.lexicon.aliases import Aliases
from lagebild.lexicon.countries import adjective, countries, demonym, first_halves
from lagebild.lexicon.domains import site
from lagebild.lexicon.loader import load, undisturbed
from lagebild.lexicon.names import fold, sound, split_words, words
from lagebild.lexicon.offices import Offices
from lagebild.lexicon.organnouns import OrganNouns
from lagebild.lexicon.partyentries import Match, PartyEntry, clean, plain_names
from lagebild.lexicon.partynames import person_names, state_names
from lagebild.lexicon.places import PlaceEntry, Places
from lagebild.lexicon.roleslots import phrase_words
from lagebild.lexicon.spellings import spellings

_STATES = frozenset({"state", "government"})
#: Tables of parties with a name of their own, and what an entry of each is called in its file.
_TABLES = (("groups", "group"), ("organisations", "organisation"))
_OF = {"von", "der", "des", "in", "of", "the", "aus", "from", "im", "den", "dem"}
#: Titles that may stand before a surname as if they were a given name.
_TITLES = frozenset(
    ["dr", "prof", "lord", "sir", "king", "könig", "papst", "pope", "general", "scheich", "sheikh", "mullah"]
)
#: A country that stands for any, where it only matters that there is an organ.
_ANY = "USA"
#: How many looked-up names are kept.
_REMEMBERED = 1 << 16


class Parties:
    """All known parties with lookup by text and by sequences of words. One object serves all threads."""

    def __init__(self) -> None:
        self.offices = Offices()
        self._aliases = Aliases(self.offices)
        # A text's names are looked up by several rooms and come again and again.
        self._looked_up = lru_cache(maxsize=_REMEMBERED)(self._aliases.look_up)
        self._described_as = lru_cache(maxsize=_REMEMBERED)(self._describe)
        self._placed_as = lru_cache(maxsize=_REMEMBERED)(self._place)
        self._begins = lru_cache(maxsize=_REMEMBERED)(self._begin)
        self._longest_of = lru_cache(maxsize=_REMEMBERED)(self._aliases.longest_of)
        self.organs = OrganNouns()
        #: Names that mean another party where their bearer's country is not talked about: (id, folded name) to its name.
        self._elsewhere: dict[tuple[str, str], str] = {}
        self.places = Places()
        for name, state, language in state_names():
            self._aliases.add(name, state, language)
        known = [(t, k, e) for t, k in _TABLES for e in load("parties", t).get(k, [])]
        called = plain_names(str(entry["name"]) for _, _, entry in known)
        for table, key, entry in known:
            self._add_named(entry, table, entry.get("kind", key), called)
        for office in self.offices.people:
            held = PartyEntry(f"people:{office.name}", office.name, office.country, "person", source="people")
            for alias, surname in person_names(office):
                self._aliases.add(alias, held, surname=surname)

    # Building

    def _add_named(self, entry: dict[str, object], table: str, kind: str, called: dict[str, str]) -> None:
        name = str(entry["name"])
        country = entry.get("country")
        party = PartyEntry(f"{table}:{name}", called[name], str(country) if country else None, kind, source=table)
        aliases = entry.get("aliases", [])
        for alias in dict.fromkeys([name, *(map(str, aliases) if isinstance(aliases, list) else ())]):
            for spelled in spellings(alias):
                self._aliases.add(spelled, party)
        elsewhere = entry.get("elsewhere", {})
        for alias, other in elsewhere.items() if isinstance(elsewhere, dict) else ():
            self._elsewhere[party.id, fold(str(alias))] = str(other)

    # Looking up

    def elsewhere(self, entry: PartyEntry, text: str) -> PartyEntry | None:
        """Who is meant by a name where its bearer's country is not talked about («die Union»: the European one)."""
        other = self._elsewhere.get((entry.id, fold(clean(text))))
        return self.lookup(other, "en") if other is not None else None

    def lookup(
        self, text: str, language: str = "de", year: int | None = None, country: str | None = None
    ) -> PartyEntry | None:
        """The party that `text` names as a whole (articles, brackets, appositions and genitive endings aside).

        `year` helps with offices and surnames, `country` (the one the report is about) with bare organs («die Polizei»).
        """
        return self._described_as(text, language, year, country)

    def _describe(self, text: str, language: str, year: int | None, country: str | None) -> PartyEntry | None:
        entry = self._whole(words(text), language, year)  # «New York Times» is no new one
        if entry is not None:
            return entry
        text = clean(text)
        if not text:
            return None
        found = words(text)
        address = self._site(text, language)
        if address is not None:
            return address
        entry = self._whole(found, language, year) or self._organ(found, language, country)
        if entry is None and language == "de" and len(found) == 1:
            state = adjective(found[0], language)
            if state is not None:
                named = countries()[state]
                return PartyEntry(f"state:{state}", named.name, state, "state", source="countries")
        if entry is None and language == "en" and len(found) == 1:
            state = demonym(found[0], language)
            if state is not None:
                return PartyEntry(f"people:{state}", countries()[state].plural, state, "population", source="countries")
        return entry or self._described(text, found, language, year, country)

    def _site(self, text: str, language: str) -> PartyEntry | None:
        """The medium that an Internet address names: a known one («spiegel.de»), else the address itself."""
        address = site(text)
        if address is None:
            return None
        for name in (address.address, address.name):
            for form in (name, name.capitalize(), name.upper()):
                known = self._whole(words(form), language, None)
                if known is not None and known.kind == "media" and known.country == (address.country or known.country):
                    return known
        return PartyEntry(f"site:{address.address}", address.address, address.country, "media", source="domains")

    def _described(
        self, text: str, found: list[str], language: str, year: int | None, country: str | None
    ) -> PartyEntry | None:
        """A person with titles, an office without a name, or a name with words around it."""
        matches = [m for m in self.match(found, language, year) if m.whole]
        people = [m for m in matches if m.entry.kind == "person"]
        if people and people[0].last >= len(found) - 1:
            return people[0].entry
        holder = self._officeholder(text, found, language, year, country)
        if holder is not None:
            return holder
        if people:
            return people[0].entry
        named = [m for m in matches if m.entry.kind in ("organisation", "group", "organ")]
        if named and named[0].last - named[0].first + 2 >= len(found):
            return named[0].entry
        return None

    def _officeholder(
        self, text: str, found: list[str], language: str, year: int | None, country: str | None
    ) -> PartyEntry | None:
        # «The board of clerics» is no cleric.
        of = next((i for i, w in enumerate(found) if fold(w) in phrase_words("as_genitive")), len(found))
        role = self.offices.role(found[: of + 2], language)
        if role is None or (role == self.offices.role(found[of:], language) != self.offices.role(found[:of], language)):
            return None
        state = self.country_of(found, language) or role.country or country
        if state is None and not role.international:
            return None
        return self.officeholder(state, role.role, year)

    def officeholder(
        self, country: str | None, role: str, year: int | None, told: Container[str] = frozenset()
    ) -> PartyEntry | None:
        """Who held an office («foreign_minister») of a country (None: of an international organisation) in a year; of two,
        the one whom the report names (`told`)."""
        person = self.offices.holder(country, role, year, told)
        if person is None:
            return None
        return PartyEntry(f"people:{person.name}", person.name, person.country, "person", role, "people")

    def person(self, forms: Sequence[str], language: str, year: int | None) -> PartyEntry | None:
        """The person of that name: the whole name, or the surname with a given name that may be the same one."""
        found = [w for form in forms for w in words(form)]
        entry = self._whole(found, language, year)
        if entry is not None:
            return entry if entry.kind == "person" else None
        for start in range(1, len(found)):
            entry = self._whole(found[start:], language, year)
            if entry is not None and entry.kind == "person":
                first, known = sound(found[0]), sound(entry.name.split()[0])
                given = {sound(word) for word in found[1:start]}  # «Sayyid Ali Hosseini Khamenei» is Ali Khamenei
                same = first[:2] == known[:2] or known in given or found[0].casefold() in _TITLES
                return entry if same else None
        return None

    def titled(self, forms: Sequence[str], language: str, year: int | None) -> PartyEntry | None:
        """The person whose name is a title and what follows it: «King Hussein» is not every Hussein."""
        entry = self._whole([w for form in forms for w in words(form)], language, year)
        return entry if entry is not None and entry.kind == "person" else None

    def adjective(self, country: str | None) -> str | None:
        """The English adjective of a country that names its organs («Russian», «US»)."""
        state = countries().get(country) if country else None
        return state.adjective if state else None

    def state(self, country: str | None) -> PartyEntry | None:
        """The state with that code."""
        found = countries().get(country) if country else None
        if found is None:
            return None
        return PartyEntry(f"state:{found.code}", found.name, found.code, "state", source="countries")

    def capital(self, country: str | None) -> PlaceEntry | None:
        """The seat of government of a country as a place."""
        found = countries().get(country) if country else None
        for seat in found.seats if found else ():
            city = self.places.city(seat, country)
            if city is not None and city.country == country:
                return city
        return None

    def organ(self, noun: str, language: str, country: str) -> PartyEntry | None:
        """The organ of a country that a bare noun names: («Polizei», DEU) is the German police."""
        return self._organ(words(noun), language, country)

    def names_organ(self, noun: str, language: str) -> bool:
        """Whether a noun names an organ, whosever it is («Polizei», «US-Armee»)."""
        return self.organ(noun, language, _ANY) is not None

    def country_of(self, found: Sequence[str], language: str) -> str | None:
        """The first country that any of the words names, by name, adjective, people or as the seat of government."""
        flat = [part for word in found for part in words(word)]
        for i, word in enumerate(flat):
            state = _hyphenated(flat, i, language) or adjective(word, language) or demonym(word, language)
            if state is not None:
                return state
            longest, alone, _ = self._begins_at(flat, i, language)
            for size in range(min(4, longest, len(flat) - i), 1, -1):
                entry = self._whole(flat[i : i + size], language, None)
                if entry is not None and entry.kind in _STATES:
                    return entry.country
            if alone is not None:
                return alone
        return None

    def place(self, text: str, language: str = "de", country: str | None = None) -> PlaceEntry | None:
        """The place of that name: a region or area, a country, or a city (in `country` if there is one)."""
        return self._placed_as(text, language, country)

    def _place(self, text: str, language: str, country: str | None) -> PlaceEntry | None:
        bare = clean(text)
        if bare != text and text[:1].isupper():  # «New» is a part of the name, not only an adjective before it
            whole = self.places.region(text) or self.places.city(text, country)
            if whole is not None:
                return whole
        text = bare
        region = self.places.region(text)
        if region is not None:
            return region
        entry = self._whole(words(text), language, None)
        if entry is not None and entry.kind == "state" and entry.country:
            state = countries()[entry.country]
            return PlaceEntry(state.name, state.code, state.lat, state.lon, "country")
        return self.places.city(text, country)

    def match(self, forms: Sequence[str], language: str = "de", year: int | None = None) -> list[Match]:
        """All longest names in a sequence of words, left to right, none within another."""
        parts, owner, folded = split_words(tuple(forms))
        found: list[Match] = []
        i = 0
        while i < len(parts):
            longest, country, noun = self._begins_at(parts, i, language)
            if not longest and country is None and not noun:
                i += 1
                continue
            size, entry = 0, None
            for length in range(min(longest, len(parts) - i), 0, -1):
                entry = self._whole(parts[i : i + length], language, year)
                if entry is not None:
                    size = length
                    break
            organ, length = self._organ_at(parts, folded, i, language)
            if organ is not None and length > size:
                entry, size = organ, length
            if entry is None:
                i += 1
                continue
            first, last = owner[i], owner[i + size - 1]
            whole = (i == 0 or owner[i - 1] != first) and (i + size == len(parts) or owner[i + size] != last)
            found.append(Match(first, last, entry, whole))
            i += size
        return found

    # Details

    def _begins_at(self, parts: Sequence[str], i: int, language: str) -> tuple[int, str | None, int]:
        """What can begin with word i (see `_begin`), given the word behind it."""
        longest, country, nouns = self._begins(parts[i], language)
        if longest > 1:
            following = self._longest_of(parts[i], parts[i + 1]) if i + 1 < len(parts) else 1
            longest = min(longest, following)
        return longest, country, nouns

    def _begin(self, word: str, language: str) -> tuple[int, str | None, int]:
        """What can begin with a word: how many words the longest name has (0: none), the country that the word alone names
        as a state or by its adjective, and how many words the longest organ has."""
        country = adjective(word, language)
        if country is None:
            alone = self._whole((word,), language, None)
            country = alone.country if alone is not None and alone.kind in _STATES else None
        return self._aliases.longest(word), country, self.organs.reach(word, language)

    def _whole(self, found: Sequence[str], language: str, year: int | None) -> PartyEntry | None:
        """The entry whose name these words are, inflection aside."""
        return self._looked_up(tuple(found), language, year) if found else None

    def _organ(self, found: Sequence[str], language: str, country: str | None) -> PartyEntry | None:
        """An organ of a state, if that is all these words say («Regierung in Moskau», «US-Armee», «Polizei» + hint)."""
        if not found:
            return None
        for size in range(min(3, len(found)), 0, -1):
            tail, head = found[len(found) - size :], found[: len(found) - size]
            noun = self.organs.find(tail, language)
            if noun is not None:
                if not head:
                    return self.organs.bare(noun, country)
                # Other adjectives may stand between («die neue syrische Regierung»), but no other noun.
                state = self.country_of(head, language)
                return self.organs.of(noun, state) if state else None
            head = found[:size]
            noun = self.organs.find(head, language)
            rest = [w for w in found[size:] if fold(w) not in _OF]
            if noun is not None and rest and len(rest) <= 3:
                state = self.country_of(rest, language)
                return self.organs.of(noun, state) if state else None
        return None

    def _organ_at(
        self, parts: Sequence[str], folded: Sequence[str], i: int, language: str
    ) -> tuple[PartyEntry | None, int]:
        """An organ that begins at word i: adjective (or a state's name, with genitive) and noun, or noun and «of»."""
        longest, alone, nouns = self._begins_at(parts, i, language)
        state, width = alone, 1
        if (joined := _hyphenated(parts, i, language)) is not None:
            state, width = joined, 2
        elif adjective(parts[i], language) is None:
            # No name of a state that begins with this word is longer.
            for size in range(min(3, longest, len(parts) - i), 1, -1):
                entry = self._whole(parts[i : i + size], language, None)
                if entry is not None and entry.kind in _STATES:
                    state, width = entry.country, size
                    break
        if state is not None:
            j = i + width
            for size in range(min(3, len(parts) - j), 0, -1):
                noun = self.organs.find(parts[j : j + size], language)
                if noun is not None:
                    return self.organs.of(noun, state), width + size
            return None, 0
        for size in range(min(3, nouns, len(parts) - i - 1), 0, -1):
            noun = self.organs.find(parts[i : i + size], language)
            if noun is None:
                continue
            j = i + size
            while j < len(parts) and folded[j] in _OF:
                j += 1
            for width in (4, 3, 2, 1):
                entry = self._whole(parts[j : j + width], language, None) if j + width <= len(parts) else None
                if entry is not None and entry.kind in _STATES and (j > i + size or language == "de"):
                    return self.organs.of(noun, entry.country or ""), j + width - i
            return None, 0
        return None, 0


def _hyphenated(parts: Sequence[str], i: int, language: str) -> str | None:
    """The country of an adjective whose two halves a hyphen joins: «saudi-arabische», “Sri-Lankan”."""
    if i + 1 >= len(parts) or fold(parts[i]) not in first_halves(language):
        return None
    return adjective(f"{parts[i]}-{parts[i + 1]}", language)


@cache
@undisturbed()
def parties() -> Parties:
    """The one table of parties, loaded at first use."""
    return Parties()
