"""The names under which states and people are found: a state by its seats and inhabitants too, a person by the surname."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lagebild.lexicon.countries import countries
from lagebild.lexicon.offices import Office
from lagebild.lexicon.partyentries import PartyEntry


def state_names() -> Iterator[tuple[str, PartyEntry, str | None]]:
    """Every name of a state, its seat of government, the houses that stand for it and its people, with the language that it
    is a name in (None: any)."""
    for country in countries().values():
        state = PartyEntry(f"state:{country.code}", country.name, country.code, "state", source="countries")
        for language, names in country.names.items():
            yield from ((name, state, None if language == "*" else language) for name in names)
        seat = replace(state, id=f"seat:{country.code}", kind="government", role="government")
        yield from ((name, seat, None) for name in country.seats)
        for name in country.houses:
            yield name, replace(seat, id=f"house:{country.code}", name=country.houses[0]), None
        people = PartyEntry(f"people:{country.code}", country.plural, country.code, "population", source="countries")
        yield from ((form, people, "de") for form in country.forms)
        yield from ((form, people, "en") for form in country.plurals)


def person_names(person: Office) -> Iterator[tuple[str, bool]]:
    """The names of a person, and whether each is a surname alone."""
    for alias in (person.name, *person.aliases):
        yield alias, len(alias.split()) == 1
    if person.bare:
        yield from ((name, True) for name in _last_names(person.name))


def _last_names(name: str) -> Iterator[str]:
    """The names by which a person is called without the given name: «Assad» and «al-Assad», «Laden» and «bin Laden»."""
    parts = name.split()
    if len(parts) < 2:
        return
    yield parts[-1]
    if "-" in parts[-1] and parts[-1].split("-")[0].islower():
        yield parts[-1].split("-", 1)[1]
    elif parts[-2].islower():
        yield " ".join(parts[-2:])
