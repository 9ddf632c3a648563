"""Dossiers: named scopes of a store, shipped with the lexicon or added by a user, and which findings belong to one.

A user's dossiers stand in `dossiers.toml` beside the store, in the format of the shipped ones, and come before them.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lagebild.errors import LagebildError
from lagebild.lexicon.countries import adjective
from lagebild.lexicon.loader import LANGUAGES, load
from lagebild.lexicon.names import fold
from lagebild.lexicon.parties import parties
from lagebild.model import Event, Finding, Party
from lagebild.store import KeptReport, Store
from lagebild.store.names import nearest

#: A report is about a dossier if this share of its findings that name anybody or any place names one of its core.
_ABOUT = 0.34
#: From this share on even what it tells of other states alone is taken for part of it.
_WHOLLY = 0.5
#: Else if so large a share names those who have a part in it, and its text names the core so often.
_PART, _OFTEN = 0.6, 2
_WHOLE = 2
_WORD = re.compile(r"\w{4,}")
#: Acts whose parties may be bodies of many states.
_TALKS = ("CONSULT", "AGREE", "SUPPORT", "REJECT", "REQUEST")
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_COUNTRY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Dossier:
    """A conflict or topic. `parties`, `places`: names or countries (ISO 3166-1 alpha-3) of its core, `words`: words or
    phrases in title or text; `also`: parties that have a part in it. `match`: whether one of all three suffices («any») or a
    word must stand beside a party or place («all»)."""

    id: str
    names: Mapping[str, str]
    parties: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    match: str = "any"
    own: bool = False

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names.get("en") or self.id


def dossiers(store: Path | None = None) -> tuple[Dossier, ...]:
    """All dossiers by id: those beside the store, then the shipped ones. Raises LagebildError for a file that is broken."""
    own = _own(store) if store is not None else []
    taken = {dossier.id for dossier in own}
    shipped = [_dossier(entry, own=False) for entry in load(".", "dossiers").get("dossier", [])]
    return tuple(sorted([*own, *(d for d in shipped if d.id not in taken)], key=lambda d: d.id))


def dossier(id: str, store: Path | None = None) -> Dossier:
    """The dossier of that id or name. Raises LagebildError with the nearest ones."""
    known = dossiers(store)
    for one in known:
        if fold(id) in (one.id, *(fold(name) for name in one.names.values())):
            return one
    names = [one.id for one in known] + [name for one in known for name in one.names.values()]
    raise LagebildError(f"no dossier {id!r}{nearest(id, names)} (`lagebild dossier list` shows all)")


def add_dossier(store: Path, new: Dossier) -> Path:
    """Writes a dossier into the file beside the store; one with the same id there is replaced. Returns the file."""
    if not _ID.fullmatch(new.id):
        raise LagebildError(f"{new.id!r} is no id for a dossier: small letters, digits and hyphens")
    if not (new.parties or new.places or new.words):
        raise LagebildError(f"dossier {new.id!r} has no party, place or word: give at least one")
    path = _path(store)
    kept = [d for d in _own(store) if d.id != new.id]
    text = "# Dossiers of this store; docs/picture.md says what the keys mean.\n\n" + "\n".join(
        _toml(d) for d in sorted([*kept, new], key=lambda d: d.id)
    )
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(text, "utf-8")
        os.replace(part, path)
    except OSError as error:
        raise LagebildError(f"{path} cannot be written ({error.strerror})") from None
    return path


def _path(store: Path) -> Path:
    return store.with_name("dossiers.toml")


def _own(store: Path) -> list[Dossier]:
    path = _path(store)
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LagebildError(f"{path}: cannot be read: {error}") from None
    entries = content.get("dossier", [])
    if not isinstance(entries, list) or not all(
        isinstance(e, Mapping) and isinstance(e.get("id"), str) for e in entries
    ):
        raise LagebildError(f"{path}: every [[dossier]] needs an id")
    return [_dossier(entry, own=True) for entry in entries]


def _dossier(entry: Mapping[str, Any], own: bool) -> Dossier:
    def strings(key: str) -> tuple[str, ...]:
        value = entry.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise LagebildError(f"dossier {entry['id']!r}: {key} must be a list of strings")
        return tuple(value)

    match = entry.get("match", "any")
    if match not in ("any", "all"):
        raise LagebildError(f"dossier {entry['id']!r}: match must be any or all")
    names = {key: str(entry[key]) for key in ("de", "en") if key in entry}
    return Dossier(
        entry["id"], names, strings("parties"), strings("places"), strings("words"), strings("also"), match, own
    )


def _toml(one: Dossier) -> str:
    lines = ["[[dossier]]", f"id = {_quoted(one.id)}"]
    lines += [f"{key} = {_quoted(one.names[key])}" for key in ("de", "en") if key in one.names]
    for key in ("parties", "places", "words", "also"):
        values = getattr(one, key)
        if values:
            lines.append(f"{key} = [{', '.join(map(_quoted, values))}]")
    if one.match != "any":
        lines.append(f"match = {_quoted(one.match)}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'


# ------------------------------------------------------------------------------------------------- scope


def reports_of(one: Dossier, store: Store, at: str | None) -> list[KeptReport]:
    """The kept reports that a dossier asks for, as of a day."""
    if one.match == "all":
        named = store.reports(at=at, parties=one.parties, places=one.places, match="any", whole=False)
        told = {line.id for line in store.outlines(at=at, words=one.words)}
        return [kept for kept in named if kept.id in told]
    return list(store.reports(at=at, parties=one.parties, places=one.places, words=one.words, match="any", whole=False))


def size(one: Dossier, store: Store) -> int:
    """How many kept reports a dossier asks for."""
    if one.match == "any":
        return len(store.outlines(parties=one.parties, places=one.places, words=one.words, match="any"))
    told = {line.id for line in store.outlines(words=one.words)}
    return sum(line.id in told for line in store.outlines(parties=one.parties, places=one.places, match="any"))


class Scope:
    """Says which findings of a report belong to a dossier.

    In a report about it all do but those whose parties are all of other states, neither of its core nor among `also`;
    in one that is wholly about it these too, attacks elsewhere aside; in a report that mentions it only those that name one
    of its core.
    """

    def __init__(self, one: Dossier) -> None:
        self._core = _Names((*one.parties, *one.places))
        self._part = _Names((*one.parties, *one.places, *one.also))
        self._words = [w.rstrip("*").casefold() for w in one.words] if one.match == "any" else []
        self._about: dict[tuple[str, int], int] = {}

    def __call__(self, kept: KeptReport, finding: Finding) -> bool:
        key = kept.id, kept.version
        if key not in self._about:
            self._about[key] = self._is_about(kept)
        if self._names(finding):
            return True
        if not self._about[key]:
            return False
        if self._about[key] == _WHOLE and not (isinstance(finding, Event) and finding.type == "ASSAULT"):
            return True
        named = _of_states(finding)
        return not named or any(self._part.has(name, country) for name, country in named)

    def _is_about(self, kept: KeptReport) -> int:
        """0 if a report only mentions it, 1 if it is about it, 2 if about nothing else."""
        telling = [f for f in kept.findings if _named(f)]
        core = sum(self._names(f) for f in telling)
        if not telling:
            return 1
        if core >= _WHOLLY * len(telling):
            return _WHOLE
        title = (kept.report.title or "").casefold()
        if core >= _ABOUT * len(telling) or any(word in title for word in self._words):
            return 1
        # It may be told by those who have a part in it, as a debate of others about it.
        part = sum(self._shares(f) for f in telling)
        return int(part >= _PART * len(telling) and self._named_in(kept.report.text, kept.report.language) >= _OFTEN)

    def _shares(self, finding: Finding) -> bool:
        """Whether a finding names one of those who have a part, or none but bodies and places without a side."""
        told = [*_named(finding), *((p.name, p.country) for p in finding.said_by)]
        if any(self._part.has(name, country) for name, country in told):
            return True
        return isinstance(finding, Event) and finding.type in _TALKS and not any(country for _, country in told)

    def _named_in(self, text: str, language: str | None) -> int:
        """How often a text names the core: its countries, their people, cities and inhabitants, or the dossier's words."""
        plain = text.casefold()
        return sum(plain.count(word) for word in self._words) + sum(
            self._core.has(word, _country(word, language or "")) and not any(w in word.casefold() for w in self._words)
            for word in _WORD.findall(text)
        )

    def _names(self, finding: Finding) -> bool:
        if any(self._core.has(name, country) for name, country in _named(finding)):
            return True
        if not self._words:
            return False
        evidence = finding.evidence.casefold()
        return any(word in evidence for word in self._words)


@lru_cache(maxsize=50_000)
def _country(word: str, language: str) -> str | None:
    """The country that a word names: an adjective of origin, a state, its capital or another city, a known person."""
    if language not in LANGUAGES:
        return None
    found = adjective(word, language)
    if found is not None or not word[:1].isupper():
        return found
    entry = parties().lookup(word, language)
    if entry is not None:
        return entry.country
    place = parties().place(word, language)
    return place.country if place else None


class _Names:
    """Names and countries of a dossier, for looking up."""

    def __init__(self, given: Iterable[str]) -> None:
        given = list(given)
        self._countries = {g for g in given if _COUNTRY.fullmatch(g)}
        self._names = {fold(g) for g in given if not _COUNTRY.fullmatch(g)}

    def has(self, name: str, country: str | None) -> bool:
        return (country is not None and country in self._countries) or fold(name) in self._names


def _named(finding: Finding) -> list[tuple[str, str | None]]:
    """Who and what place a finding names; speakers aside, who comment on anything."""
    parties: Sequence[Party] = (*finding.actors, *finding.recipients) if isinstance(finding, Event) else ()
    found = [(p.name, p.country) for p in parties if p.country or p.kind in ("organisation", "group")]
    if finding.place is not None:
        found.append((finding.place.name, finding.place.country))
    return found


def _of_states(finding: Finding) -> list[tuple[str, str | None]]:
    """The parties of a finding that belong to a state; if there are none, the place of an attack, which is of no talks."""
    parties: Sequence[Party] = (*finding.actors, *finding.recipients) if isinstance(finding, Event) else ()
    found: list[tuple[str, str | None]] = [(p.name, p.country) for p in parties if p.country]
    if not found and finding.place is not None and (not isinstance(finding, Event) or finding.type == "ASSAULT"):
        found = [(finding.place.name, finding.place.country)] if finding.place.country else []
    return found


# -------------------------------------------------------------------------------------------- suggestions


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Parties that occur together more often than chance: `reports` name at least two of them; `covered` is a dossier that
    has them already."""

    parties: tuple[str, ...]
    reports: int
    covered: str | None


def suggest(store: Store, known: Sequence[Dossier], least: int = 3, most: int = 10) -> tuple[Suggestion, ...]:
    """Groups of parties that many reports name together, those in most reports first."""
    together, alone, total = store.together()
    if not total:
        return ()
    lift = {pair: n * total / (alone[pair[0]] * alone[pair[1]]) for pair, n in together.items() if n >= least}
    found: list[tuple[set[str], int]] = []
    used: Counter[str] = Counter()
    for pair in sorted(lift, key=lambda p: (-together[p] * min(lift[p], 5.0), p)):
        if lift[pair] < 1.3 or any(set(pair) <= group for group, _ in found):
            continue
        group = set(pair)
        for name in sorted(alone, key=lambda n: (-alone[n], n)):
            links = [together.get((min(name, m), max(name, m)), 0) for m in group]
            if name not in group and len(group) < 5 and min(links) >= max(least, 0.3 * together[pair]):
                group.add(name)
        if all(used[name] for name in group):
            continue
        used.update(group)
        found.append((group, together[pair]))
        if len(found) >= most:
            break
    return tuple(
        Suggestion(tuple(sorted(group, key=lambda n: (-alone[n], n))), n, _covering(group, known)) for group, n in found
    )


def _covering(group: set[str], known: Sequence[Dossier]) -> str | None:
    """The dossier with most of the group, at least one of them in its core and two in all."""
    best: tuple[int, str] | None = None
    for one in known:
        core = group & set(one.parties)
        size = len(group & {*one.parties, *one.also})
        if core and size >= min(2, len(group)) and (best is None or size > best[0]):
            best = size, one.id
    return best[1] if best else None
