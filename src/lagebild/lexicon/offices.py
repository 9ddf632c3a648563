"""People of public record and the offices they held: who was foreign minister of a country in a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Office:
    """A person with the offices held."""

    name: str
    country: str | None
    aliases: tuple[str, ...]
    terms: tuple[Term, ...]


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
        for language, table in self._roles.items():
            for entry in load(language, "roles").get("office", []):
                role = Role(entry["role"], entry.get("country"), bool(entry.get("international")))
                for noun in entry.get("words", ()):
                    key = tuple(fold(w) for w in words(noun))
                    table.setdefault(key, role)
                    table.setdefault(tuple(stem(w) for w in key), role)

    def role(self, found: Sequence[str], language: str) -> Role | None:
        """The office that the words name, the longest first."""
        table = self._roles.get(language, {})
        for size in (4, 3, 2, 1):
            for i in range(len(found) - size + 1):
                key = tuple(fold(w) for w in found[i : i + size])
                role = table.get(key) or table.get(tuple(stem(w) for w in key))
                if role is not None:
                    return role
        return None

    def holder(self, country: str | None, role: str, year: int | None) -> Office | None:
        """Who held the office in that year: of two, the one who came in before it; without a year, the latest."""
        held = self._holders.get((country, role), [])
        if year is None:
            fit = held
        else:
            fit = [(t, p) for t, p in held if t.holds(year)]
            earlier = [(t, p) for t, p in fit if (t.start or 0) < year]
            fit = earlier or fit
        return max(fit, key=lambda pair: pair[0].start or 0)[1] if fit else None

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
    return Office(entry["name"], country, tuple(entry.get("aliases", ())), terms)
