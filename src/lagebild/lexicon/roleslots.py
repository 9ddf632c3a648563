"""Where the actors and recipients of an event type stand by default: `roleslots.toml`."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from lagebild.lexicon.names import fold


@cache
def _table() -> dict[str, dict[str, dict[str, list[str]]]]:
    return tomllib.loads(resources.files("lagebild.lexicon").joinpath("roleslots.toml").read_text("utf-8"))


@cache
def default_slots(event_type: str, verbal: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Actor and recipient slots of an event type, for verbs or for nouns."""
    table = _table()["verb" if verbal else "noun"]
    row = table.get(event_type, table["default"])
    return tuple(row["actor"]), tuple(row["recipient"])


@cache
def phrase_words(kind: str) -> frozenset[str]:
    """The words of one kind of the table's `phrase` as they stand there (each is explained there); KeyError if there is none."""
    return frozenset(_table()["phrase"][kind])


@cache
def foreign_beginnings() -> tuple[str, ...]:
    """How adjectives begin that keep a bare organ from being the main country's."""
    return tuple(fold(word) for word in _table()["phrase"]["foreign"])


@cache
def international_beginnings() -> tuple[str, ...]:
    """How the names of organisations begin that belong to no one state."""
    return tuple(fold(word) for word in _table()["phrase"]["international"])


@cache
def international_letters() -> tuple[str, ...]:
    """The capitals with which such names begin, as they are written."""
    return tuple(_table()["phrase"]["international_letters"])


def without_genitive(name: str, marked: bool = False) -> str:
    """A name without the ending of a genitive, the bare one («Putins») or the `marked` one ("Putin's"); itself if it has none."""
    endings = _table()["phrase"]["marked_endings" if marked else "genitive_endings"]
    return next((name.removesuffix(ending) for ending in endings if name.endswith(ending)), name)


@cache
def compound_joints() -> tuple[str, ...]:
    """What may stand between the parts of a compound («Regierung|s|truppen»)."""
    return tuple(_table()["phrase"]["joints"])


@cache
def doing_endings() -> tuple[str, ...]:
    """How participles end whose noun does the act («angreifende Truppen»)."""
    return tuple(_table()["phrase"]["doing"])


@cache
def both_words() -> frozenset[str]:
    """Words that count the two sides of something, folded."""
    return frozenset(fold(word) for word in _table()["phrase"]["both"])


@cache
def denying_words() -> tuple[str, ...]:
    """Lemmas that deny what stands beside them; needs of frames call all of them by the first."""
    return tuple(_table()["phrase"]["denying"])


@cache
def role_words() -> tuple[str, ...]:
    """Lemmas that say as what something is taken («als Erfolg»); needs of frames call all of them by the first."""
    return tuple(_table()["phrase"]["role"])


def family_first(country: str | None) -> bool:
    """Whether people of a country put the family name first."""
    return country in phrase_words("family_first")


def half(direction: str) -> tuple[str, str] | None:
    """The state that a direction («Northern») names in a divided land, and the state of the other half."""
    rows: Any = _table()["phrase"]["divided"]
    return next(((state, other) for name, state, other in rows if name == direction), None)


@lru_cache(maxsize=4096)
def articled(name: str) -> str:
    """An English name as it stands in a phrase: «ambassador to the United Nations»."""
    return f"the {name}" if name.startswith(tuple(phrase_words("articled"))) else name


def continent(word: str) -> str | None:
    """The English adjective of the part of the world that an adjective names («europäisch»), None for any other word."""
    folded = word.casefold()
    pairs: Any = _table()["phrase"]["continents"]
    return next((english for beginning, english in pairs if folded.startswith(beginning)), None)
