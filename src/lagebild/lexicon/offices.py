"""People of public record and the offices they held: who was foreign minister of a country in a year."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeVar

from lagebild.lexicon.loader import load
from lagebild.lexicon.names import fold, stem, words

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Term:
    """A time in office; None is an open side."""

    role: str
    country: str | None
    start: int | None
    end: int | None

    def holds(self, year: int) -> bool:
        return (self.start or 0) <= year <= (self.end or 9999)


def _is_state(country: str | None) -> bool:
    return country is not None and len(country) == 3 and country.isupper() and country != "G20"


@dataclass(frozen=True, slots=True)
class Office:
    """A person with the offices held."""

    name: str
    country: str | None
    aliases: tuple[str, ...]
    terms: tuple[Term, ...]
    bare: bool = True  # whether the surname alone names the person

    def international(self, year: int | None) -> bool:
        """Whether the person served an organisation of states, no state, in that year."""
        held = [t for t in self.terms if year is not None and t.holds(year)]
        return any(not _is_state(t.country) for t in held) and not any(
            _is_state(t.country) and (t.start or 0) < (year or 0) < (t.end or 9999) for t in held
        )


@dataclass(frozen=True, slots=True)
class Role:
    """What a word for an office says: the role, and the country if only one has it («Bundeskanzler»)."""

    role: str
    country: str | None = None
    international: bool = False


class Offices:
    """People and roles from the lexicon's tables; both may be empty."""

    def __init__(self) -> None:
        self.people = tuple(_person(entry) for entry in load("parties", "people").get("person", []))
        self._by_name = {person.name: person for person in self.people}
        self._holders: dict[tuple[str | None, str], list[tuple[Term, Office]]] = {}
        for person in self.people:
            for term in person.terms:
                self._holders.setdefault((term.country, term.role), []).append((term, person))
        self._roles: dict[str, dict[tuple[str, ...], Role]] = {"de": {}, "en": {}}
        self._stems: dict[str, dict[tuple[str, ...], tuple[Role, int]]] = {"de": {}, "en": {}}
        for language, table in self._roles.items():
            for entry in load(language, "roles").get("office", []):
                role = Role(entry["role"], entry.get("country"), bool(entry.get("international")))
                for noun in entry.get("words", ()):
                    key = tuple(fold(w) for w in words(noun))
                    table.setdefault(key, role)
                    if language == "en" and len(key) > 1 and "of" not in key:
                        table.setdefault((*key[:-1], plural_of(key[-1])), role)
                    self._stems[language].setdefault(tuple(stem(w) for w in key), (role, len(key[-1])))
        #: How many words the longest office has that begins with a folded word or its stem.
        self._sizes: dict[str, dict[str, int]] = {"de": {}, "en": {}}
        for language, sizes in self._sizes.items():
            for key in (*self._roles[language], *self._stems[language]):
                sizes[key[0]] = max(sizes.get(key[0], 0), len(key))

    def role(self, found: Sequence[str], language: str) -> Role | None:
        """The office that the words name, the longest first."""
        return self._role(tuple(found), language)

    @lru_cache(maxsize=20_000)  # noqa: B019  one object lives as long as the program
    def _role(self, found: tuple[str, ...], language: str) -> Role | None:
        table, sizes = self._roles.get(language, {}), self._sizes.get(language, {})
        folded = [fold(w) for w in found]
        stems = [stem(w) for w in folded]
        reach = [max(sizes.get(w, 0), sizes.get(s, 0)) for w, s in zip(folded, stems, strict=True)]
        for size in range(min(4, max(reach, default=0)), 0, -1):
            for i in range(len(found) - size + 1):
                if reach[i] < size:
                    continue
                key, soft = tuple(folded[i : i + size]), tuple(stems[i : i + size])
                role = table.get(key) or table.get(soft)
                if role is None:
                    near = self._stems.get(language, {}).get(soft)
                    # «Botschaft» is no inflected «Botschafter».
                    role = near[0] if near is not None and len(key[-1]) >= near[1] - 1 else None
                if role is not None:
                    return role
        return None

    def named(self, found: Sequence[str], language: str) -> bool:
        """Whether the words are an office and nothing else."""
        return tuple(fold(w) for w in found) in self._roles.get(language, {})

    def holder(
        self, country: str | None, role: str, year: int | None, told: Container[str] = frozenset()
    ) -> Office | None:
        """Who held the office in that year: of two, the one whom the report names (`told`: names of people), else the one
        who came in before it; without a year, the latest."""
        held = self._holders.get((country, role), [])
        if year is None:
            fit = held
        else:
            fit = [(t, p) for t, p in held if t.holds(year)]
            named = [(t, p) for t, p in fit if p.name in told]
            earlier = [(t, p) for t, p in fit if (t.start or 0) < year]
            fit = [pair for pair in earlier if pair in named] or named or earlier or fit
        return max(fit, key=lambda pair: pair[0].start or 0)[1] if fit else None

    def international(self, name: str, year: int | None) -> bool:
        """Whether a known person served an organisation of states in that year («Kofi Annan», 2004)."""
        person = self._by_name.get(name)
        return person is not None and person.international(year)

    def single(self, role: str) -> bool:
        """Whether a country has one holder of that office at a time."""
        return role in _single()

    def local(self, role: str) -> bool:
        """Whether a bare holder of that office belongs to the country that is talked about."""
        return role in _local()

    @lru_cache(maxsize=20_000)  # noqa: B019  one object lives as long as the program
    def ending(self, word: str, language: str) -> int:
        """Length of the office at the end of a compound («Militär|sprecher»), 0 if there is none or nothing before it."""
        key = fold(word)
        for cut in range(2, len(key) - 3):
            if (key[cut:],) in self._roles.get(language, {}):
                return len(key) - cut
        # «des Hamasführers»: a genitive, where the office is not known in it.
        return 1 + inner if key.endswith("s") and (inner := self.ending(word[:-1], language)) else 0

    def likeliest(self, names: Sequence[str], year: int | None, values: Mapping[str, _T]) -> _T | None:
        """Of people with the same surname the one in office in that year, or nearest to it."""

        def distance(name: str) -> tuple[int, int]:
            person = self._by_name.get(name)
            terms = person.terms if person else ()
            if year is None or not terms:
                return 9999, -len(terms)
            gap = min(
                0 if t.holds(year) else min(abs(year - (t.start or year)), abs(year - (t.end or year))) for t in terms
            )
            return gap, -len(terms)

        ranked = sorted(dict.fromkeys(names), key=distance)
        return values[ranked[0]] if ranked else None


def _person(entry: Mapping[str, Any]) -> Office:
    country = entry.get("country")
    terms = tuple(
        Term(o["role"], o.get("country", country) or None, o.get("from"), o.get("to")) for o in entry.get("offices", ())
    )
    return Office(entry["name"], country, tuple(entry.get("aliases", ())), terms, entry.get("bare", True))


def plural_of(office: str) -> str:
    """The English plural of an office («ministers», «foreign secretaries», «spokesmen»)."""
    if office.endswith("man"):
        return office[:-3] + "men"
    return office[:-1] + "ies" if office.endswith("ry") else office + "s"


@cache
def _titles() -> Mapping[str, Mapping[str, Any]]:
    return {entry["role"]: entry for entry in load("parties", "titles").get("title", [])}


def title(role: str) -> str | None:
    """The English noun of an office («foreign minister»), for a holder without a name."""
    entry = _titles().get(role)
    return str(entry["name"]) if entry else None


@cache
def _single() -> frozenset[str]:
    return frozenset(role for role, entry in _titles().items() if entry.get("single"))


@cache
def _local() -> frozenset[str]:
    return frozenset(role for role, entry in _titles().items() if entry.get("single") or entry.get("local"))


@cache
def _former(language: str) -> tuple[str, ...]:
    return tuple(fold(word) for entry in load(language, "roles").get("former", []) for word in entry["words"])


def former(word: str, language: str) -> bool:
    """Whether an adjective says that an office is held no more («der frühere Präsident», «Ex-Präsident»)."""
    key = fold(word)
    return any(key.startswith(beginning) for beginning in _former(language))
