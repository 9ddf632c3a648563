"""What a known party is, where one was found, and the bare text of a party's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

#: Words that may stand before or between the parts of a party's name without changing who is meant.
_LEADING = re.compile(
    r"(?i)^(?:(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|the|a|an|mehrere|viele|alle|allen|all|some|many|several|"
    r"zwei|drei|beide|beiden|both|two|three|neue|neuen|new|ehemalige[nrs]?|frühere[nrs]?|former|damalige[nrs]?|then|"
    r"sogenannte[nrs]?|so-called|mutmassliche[nrs]?|mutmaßliche[nrs]?|alleged|suspected|eigene[nrs]?|own|herr|herrn|frau|mr|mrs|ms)\b\.?\s+)+"
)
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]?\s*$")
#: Brackets that belong to a name: wings of a party of the same name.
_WINGS = ("(Marxist)", "(Maoist)")
#: An abbreviation with dots whose last one is cut off.
_DOTTED = re.compile(r"(?:^|\W)(?:\w\.)+\w$")
_QUOTES = "\"'„“”«»‚‘’›‹ ,;:.\u00a0"


@dataclass(frozen=True, slots=True)
class PartyEntry:
    """A known party. `role` is the office or the kind of organ; `source` names the table it stands in."""

    id: str
    name: str
    country: str | None
    kind: str
    role: str | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A party named by words first to last (inclusive); `whole` is false if it is only a part of the last or first
    word («Hamas» in «Hamas-Führer»)."""

    first: int
    last: int
    entry: PartyEntry
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Alias:
    """One name of a party: in which language, and how it must be written."""

    entry: PartyEntry
    language: str | None
    spelled: str | None  # how an acronym must be written
    capital: bool
    surname: bool = False


def clean(text: str) -> str:
    """A party's text without quotes, articles, brackets and what follows a comma; «U.S.» keeps its last dot."""
    text = _BRACKETS.sub("", text.strip(_QUOTES))
    text = _LEADING.sub("", text.strip(_QUOTES)).strip(_QUOTES)
    return f"{text}." if _DOTTED.search(text) else text


def plain_names(names: Iterable[str]) -> dict[str, str]:
    """What parties are called in a report: their names in the table, without a bracket that nobody says and none needs
    («Democrat Party (Thailand)»; of two parties in two states each keeps its own)."""
    every = list(names)
    bare = {name: name if name.endswith(_WINGS) else _BRACKETS.sub("", name) for name in every}
    count = Counter(bare.values())
    return {name: short if count[short] == 1 else name for name, short in bare.items()}
