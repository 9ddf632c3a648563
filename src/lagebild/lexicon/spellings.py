"""How else a name that begins with an organisation's letters is written: «UN-Mission im Sudan», «Uno-Mission …»,
«Mission der Vereinten Nationen im Sudan»; the letters and what they stand for are in `parties/spellings.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lagebild.lexicon.loader import load

_FIRST = re.compile(r"(\w+)(-| )(\w+)(.*)")


def spellings(name: str) -> Iterator[str]:
    """The name, and the other ways to write it."""
    yield name
    found = _FIRST.fullmatch(name)
    entry = load("parties", "spellings").get(found[1]) if found else None
    if found is None or entry is None:
        return
    for other in entry["letters"]:
        yield f"{other}{found[2]}{found[3]}{found[4]}"
    if found[2] == "-":
        yield f"{found[3]} {entry['de']}{found[4]}"
        return
    yield f"{entry['name']} {found[3]}{found[4]}"
    if found[3].islower() or found[4]:
        yield f"{found[3]} {entry['en']}{found[4]}"
