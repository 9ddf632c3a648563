"""Internet addresses that stand for media («tagesschau.de»): what they are called, and the country of their ending."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lagebild.lexicon.loader import load

# The ending stands in small letters: «Montag.In» is a full stop without a space behind it.
_ADDRESS = re.compile(r"(?:https?://)?((?:[\w-]+\.)+)([a-z]{2,6})/?")
#: A name shorter than this is rather an abbreviation («z.B.», «i.d.R.»).
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Site:
    """An address: as it is called, the name in it («tagesschau»), and the country of its ending if it has one."""

    address: str
    name: str
    country: str | None


@lru_cache(maxsize=10_000)
def site(text: str) -> Site | None:
    """The Internet address that a text is, None if it is anything else."""
    if "." not in text or " " in text:
        return None
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return None
    table = load("parties", "domains")
    ending = found[2]
    if ending not in table["endings"] and ending not in table["general"]:
        return None
    parts = found[1].rstrip(".").split(".")
    if len(parts) > 1 and parts[-1] in table["second"]:
        parts.pop()
    while len(parts) > 1 and parts[0].casefold() in table["before"]:
        parts.pop(0)
    if len(parts[-1]) < _SHORTEST or not any(c.isalpha() for c in parts[-1]):
        return None
    address = text.split("://")[-1].rstrip("/").removeprefix("www.")
    return Site(address, parts[-1], table["endings"].get(ending))
