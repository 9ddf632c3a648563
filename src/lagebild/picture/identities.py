"""Who is who across reports: one identity per state, organisation, group and person, whatever a report calls it.

A state and its government are one («Kiew», «die ukrainische Regierung»), its army, police and parliament are organs of their
own. People are one if their names sound alike (Lawrow, Lavrov), their first names do not differ and their countries do not
either; a bare surname is the one person who bears it. An office without a name is somebody only within its country, and
without one only within its report: two foreign ministers are never one. So is a description that names nobody («trade
unions», "a German court"). Decisions of people come before all rules.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lagebild.lexicon.countries import countries
from lagebild.lexicon.names import fold, sound, words
from lagebild.lexicon.parties import parties
from lagebild.lexicon.partyentries import PartyEntry, clean
from lagebild.lexicon.topics import shows
from lagebild.model import Party
from lagebild.picture.told import Identity
from lagebild.store.records import PartyDecision

#: Offices that stand for the state as such.
_GOVERNMENT = "government"
_KINDS = ("state", "organ", "organisation", "group", "person", "population", "source")
#: The finer kinds of a report's parties, as identities have them.
_KIND_OF = {
    "rebels": "group", "military": "organ", "company": "organisation", "party": "organisation", "ngo": "organisation",
    "media": "source",
}  # fmt: skip
_REBELS = "rebels"
#: Organs of which a state has several: one without a name of its own is nobody in particular.
_OF_MANY = ("court", "ministry", "embassy", "commission")
#: Kinds of which there are many, so that a common noun alone names none («organisations», «politicians»).
_DESCRIBED = ("government", "organisation", "group", "party", "company", "ngo", "union", "international")
_Name = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rules make of one name: the identity's id before people are compared, its kind, country and camp."""

    id: str
    kind: str
    country: str | None
    name: str
    generic: bool = False


class Identities:
    """The identities of a set of reports. `of` gives the id of a party as a finding names it."""

    def __init__(self, found: Iterable[tuple[str, Party, str | None]], decisions: Sequence[PartyDecision] = ()) -> None:
        """`found`: report id, party and the report's language for every mention of a party."""
        self._merged, self._apart = _decided(decisions)
        self._known: dict[tuple[str, str | None, str | None, str], _Known] = {}
        self._ids: dict[tuple[str, str | None, str | None, str], str] = {}
        self._names: dict[str, Counter[str]] = defaultdict(Counter)
        self._written: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
        self._facts: dict[str, _Known] = {}
        counts: Counter[tuple[str, str | None, str | None, str]] = Counter()
        texts: dict[tuple[str, str | None, str | None, str], Counter[tuple[str, str]]] = defaultdict(Counter)
        for report, party, language in found:
            key = _key(report, party)
            if key not in self._known:
                self._known[key] = self._look(report, party)
            counts[key] += 1
            texts[key][language or "", party.text] += 1
        people = _people({k: v for k, v in self._known.items() if v.kind == "person"}, counts, self._apart)
        for key, known in self._known.items():
            id = people.get(known.id, known.id)
            self._ids[key] = id
            self._names[id][known.name] += counts[key]
            for (language, text), number in texts[key].items():
                self._written[id][language][text] += number
            if id == known.id:
                self._facts[id] = known
        self._sides: dict[str, str | None] = {}

    # Looking up

    def of(self, report: str, party: Party) -> str:
        """The id of the identity of a party that is among those the object was made of."""
        return self._ids[_key(report, party)]

    def side(self, id: str) -> str | None:
        """On whose side a party stands: its state, or its camp of armed groups; None for populations and the like."""
        if id not in self._sides:
            self._sides[id] = self._side(id, self._facts[id]) if id in self._facts else None
        return self._sides[id]

    def kind(self, id: str) -> str:
        return self._facts[id].kind if id in self._facts else "other"

    def country(self, id: str) -> str | None:
        return self._facts[id].country if id in self._facts else None

    def all(self) -> tuple[Identity, ...]:
        """All identities, most mentioned first."""
        found = [self._identity(id) for id in self._names]
        return tuple(sorted(found, key=lambda i: (-i.mentions, i.id)))

    def _identity(self, id: str) -> Identity:
        known, names = self._facts[id], self._names[id]
        return Identity(
            id,
            known.kind,
            known.country,
            {"en": known.name, "de": self._german(id, known)},
            tuple(sorted(names, key=lambda n: (-names[n], n))),
            sum(names.values()),
            any(
                (fold(n), c) in self._merged or (fold(n), c) in self._apart
                for n in names
                for c in (known.country, None)
            ),
        )

    def _german(self, id: str, known: _Known) -> str:
        """The German name: of states from the lexicon, of others as German reports mostly write it."""
        if known.kind == "state" and known.country in countries():
            return (countries()[known.country].names.get("de") or (known.name,))[0]
        if known.kind == "person":
            return known.name
        written = self._written[id].get("de")
        if not written:
            return known.name
        plain = Counter[str]()
        for text, number in written.items():
            plain[clean(text)] += number
        # A name of one word has no inflected adjective before it; a long description is no name.
        short = [
            t for t in plain if t and len(t.split()) <= (3 if known.kind == "organisation" else 1) and t[:1].isupper()
        ]
        if known.kind in ("organisation", "group") and short:
            return max(short, key=lambda t: (plain[t], -len(t), t))
        if known.kind == "organ" and known.country in countries() and short:
            state = (countries()[known.country].names.get("de") or (known.country,))[0]
            return f"{max(short, key=lambda t: (plain[t], -len(t), t))} ({state})"
        return known.name

    def _side(self, id: str, known: _Known) -> str | None:
        if known.kind == "person" and self._leads_rebels(id, known):
            return f"groups:{known.country}" if known.country else "groups"
        if known.kind == "person" and known.country is None:
            return _employer(known.name) or known.id
        if known.kind in ("state", "organ", "person"):
            return f"state:{known.country}" if known.country else known.id
        if known.kind == "group":
            return "groups" if known.generic else f"groups:{known.country}"
        return known.id if known.kind == "organisation" else None

    def _leads_rebels(self, id: str, known: _Known) -> bool:
        """Whether any report calls a person a rebel («der Rebellenführer», "the separatist leader"); such a one has the
        state's country, not its side."""
        written = [("en", known.name), *((lang, t) for lang, found in self._written[id].items() for t in found)]
        return any("fighters" in shows("scope", text, language) for language, text in written)

    # Rules for one name

    def _look(self, report: str, party: Party) -> _Known:
        name = " ".join(party.name.split()) or party.text
        for country in (party.country, None):
            lead = self._merged.get((fold(name), country))
            if lead is not None:
                return self._plain(report, Party(lead[0], lead[0], lead[1] or party.country, None, None), lead[0])
        return self._plain(report, party, name)

    def _plain(self, report: str, party: Party, name: str) -> _Known:
        kind, role, country = party.kind, party.role, party.country
        if kind in _KIND_OF:
            kind, role = _KIND_OF[kind], role or (_REBELS if kind == _REBELS else None)
        entry: PartyEntry | None = None
        alone = kind in ("person", "other") and country is None and len(name.split()) == 1
        if kind is None or alone or (kind == "group" and role is None):
            entry = _entry(name, country)
            if entry is not None:
                kind, role, name, country = entry.kind, entry.role, entry.name, entry.country or country
        if kind in ("other", "population", "source") and _generic(name):
            kind, role = "group", _REBELS
        if _describes(party):
            if kind == "government" and role is None and not _governs(name):
                return self._within(report, "population", country, name)  # politicians are not the state
            known = entry or _entry(name, country)
            own = kind != "organ" and known is not None and fold(known.name) == fold(party.name)
            if not own and kind != "government" and not (_generic(name) and country):
                return self._within(report, kind if kind in _KINDS else "other", country, party.name)
        if (kind in ("state", "government") or (kind == "organ" and role == _GOVERNMENT)) and country:
            if country in countries():
                return _Known(f"state:{country}", "state", country, countries()[country].name)
            return _Known(f"state:{country}", "state", country, name)
        if kind == "organ":
            return _Known(f"organ:{fold(name)}:{country or ''}", "organ", country, name)
        if kind == "organisation":
            return _Known(f"organisation:{fold(name)}", "organisation", country, name)
        if kind == "group":
            generic = role == _REBELS or _generic(name)
            id = f"group:{fold(name)}:{country or ''}" if generic else f"group:{fold(name)}"
            return _Known(id, "group", country, name, generic)
        if kind == "person" or (kind is None and _person_like(name)):
            tokens = words(name)
            if all(not t[:1].isupper() or _origin(t) for t in tokens):
                where = country or f"in {report}"
                return _Known(f"office:{fold(name)}:{where}", "person", country, name)
            return _Known(f"person:{' '.join(fold(t) for t in tokens)}:{country or ''}", "person", country, name)
        kind = kind if kind in _KINDS else "other"
        return _Known(f"{kind}:{fold(name)}:{country or ''}", kind, country, name)

    def _within(self, report: str, kind: str, country: str | None, name: str) -> _Known:
        """A description: somebody only in its report."""
        return _Known(f"{kind}:{fold(name)}:in {report}", kind, country, name)


def sides(ids: Iterable[str], identities: Identities) -> set[str]:
    """The sides of parties; all armed groups are one."""
    found = {identities.side(id) for id in ids} - {None}
    return {"groups" if s.startswith("groups") else s for s in found if s is not None}


def _employer(name: str) -> str | None:
    """The organisation of an office of one («NATO spokesman», «European Union ambassadors»)."""
    tokens = name.split()
    for size in range(len(tokens) - 1, 0, -1):
        entry = parties().lookup(" ".join(tokens[:size]), "en")
        if entry is not None:
            return f"organisation:{fold(entry.name)}" if entry.kind == "organisation" else None
    return None


def _key(report: str, party: Party) -> tuple[str, str | None, str | None, str]:
    # An office without country is somebody only within its report, and so is who is only described.
    alone = report if (party.country is None and party.kind in ("person", None)) or _describes(party) else ""
    return party.name, party.country, party.kind, alone


def _decided(decisions: Sequence[PartyDecision]) -> tuple[dict[_Name, _Name], dict[_Name, set[_Name]]]:
    """Folded names to the lead of their merger, and the names from which each is kept apart. The last decision counts."""
    merged: dict[_Name, _Name] = {}
    apart: dict[_Name, set[_Name]] = defaultdict(set)
    for decision in decisions:
        keys = [(fold(name), country) for name, country in decision.names]
        if decision.action == "merge":
            lead = decision.names[0]
            lead = merged.get(keys[0], lead)
            for key in keys:
                merged[key] = lead
                apart.pop(key, None)
        else:
            for key in keys:
                if merged.get(key) is not None and fold(merged[key][0]) != key[0]:
                    merged.pop(key)
                apart[key].update(k for k in keys if k != key)
    return merged, apart


def _entry(name: str, country: str | None) -> PartyEntry | None:
    """The lexicon's party of exactly this name; no guesses from offices, no other country."""
    entry = parties().lookup(name, "en", country=country)
    if entry is None and country is None:
        entry = parties().lookup(name, "de")  # «Kiew», left as it was written
    if entry is None or (entry.role in ("rebels",) and entry.country != country):
        return entry if entry is not None and country is None else None
    if country is not None and entry.country is not None and entry.country != country:
        return None
    if entry.kind == "person" and not _bears(name, entry.name):
        return None
    if country is None and entry.country is not None and entry.kind in ("state", "organ") and len(words(name)) > 1:
        # «US-led forces» of no one state are not the US military.
        return entry if fold(name) == fold(entry.name) else None
    return entry


def _bears(name: str, full: str) -> bool:
    """Whether a person of this full name may be called so: no other first name (Jeb Bush is not George W. Bush) and no words
    that make it somebody else (supporters of Saddam Hussein)."""
    *given, surname = words(full)
    said = words(name)
    if sound(surname) not in {sound(w) for w in said}:
        return False
    firsts = [sound(w) for w in given]
    others = [w for w in said if sound(w) != sound(surname)]
    strange = [w for w in others if not any(_given(sound(w), first) for first in firsts)]
    if not strange:
        return True
    full_name = bool(firsts) and all(any(_given(sound(w), first) for w in others) for first in firsts)
    return full_name and all(w[:1].isupper() for w in strange)


def _describes(party: Party) -> bool:
    """Whether a name may be a mere description, by its English words: «German trade unions», not «Verdi»."""
    kind, role = party.kind, party.role
    if not (kind in _OF_MANY or (kind == "organ" and role in _OF_MANY) or (kind in _DESCRIBED and role is None)):
        return False
    found = words(party.name) or [""]
    if kind == "government":  # «politicians of the CDU»
        return any(w.islower() for w in found)
    return found[-1].isalpha() and found[-1].islower()


def _governs(name: str) -> bool:
    """Whether a name says government and nothing else but whose («Chinese authorities», not "Muslim officials")."""

    def government(word: str) -> bool:
        organ = parties().organ(word, "en", "USA")
        return organ is not None and organ.role == _GOVERNMENT

    found = words(name)
    return bool(found) and government(found[-1]) and all(government(w) or _origin(w) for w in found[:-1])


def _generic(name: str) -> bool:
    """Whether a group's name is a bare word for armed people («separatists», «Pro-Russian rebels»)."""
    last = words(name)[-1:] or [name]
    organ = parties().organ(last[0], "en", "USA")
    return organ is not None and organ.role == _REBELS


def _origin(token: str) -> bool:
    from lagebild.lexicon.countries import adjective, demonym

    return (adjective(token, "en") or demonym(token, "en")) is not None


def _person_like(name: str) -> bool:
    tokens = name.split()
    return 2 <= len(tokens) <= 4 and all(t[:1].isupper() for t in tokens)


# ------------------------------------------------------------------------------------------------- people


def _people(
    found: dict[tuple[str, str | None, str | None, str], _Known],
    counts: Counter[tuple[str, str | None, str | None, str]],
    apart: dict[_Name, set[_Name]],
) -> dict[str, str]:
    """For each person's id that of the identity it belongs to."""
    weight: Counter[str] = Counter()
    people: dict[str, _Known] = {}
    for key, known in found.items():
        weight[known.id] += counts[key]
        if known.id.startswith("person:"):
            people[known.id] = known
    by_surname: dict[str, list[str]] = defaultdict(list)
    for id, known in people.items():
        by_surname[sound(words(known.name)[-1])].append(id)
    result: dict[str, str] = {}
    for ids in by_surname.values():
        # Full names lead, then those that are told more often.
        ranked = sorted(ids, key=lambda i: (len(words(people[i].name)) < 2, -weight[i], i))
        leads: list[str] = []
        for id in ranked:
            fit = [lead for lead in leads if _one(people[lead], people[id], apart)]
            if len(fit) == 1:
                result[id] = fit[0]
            else:
                leads.append(id)
                result[id] = id
    return result


def _one(first: _Known, second: _Known, apart: dict[_Name, set[_Name]]) -> bool:
    """Whether two names with the same surname are one person."""
    if first.country is not None and second.country is not None and first.country != second.country:
        return False
    one, other = (fold(first.name), first.country), (fold(second.name), second.country)
    for name, against in ((one, other), (other, one)):
        kept = apart.get(name, set()) | apart.get((name[0], None), set())
        if against in kept or (against[0], None) in kept:
            return False
    given = [[sound(w) for w in words(known.name)[:-1]] for known in (first, second)]
    short, long = sorted(given, key=len)
    return all(any(_given(s, n) for n in long) for s in short)


def _given(one: str, other: str) -> bool:
    """The same first name: alike in sound, an initial, or differing in the ending only (Sergej, Sergey, Sergei)."""
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    if one == other:
        return True
    size = min(len(one), len(other))
    shared = next((i for i in range(size) if one[i] != other[i]), size)
    return shared >= 3 and max(len(one), len(other)) - shared <= 2
