"""How English writes the name of a person whom German transliterates in its own way («Raschkow»: Rashkov)."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from lagebild.lexicon.loader import load

_Script = tuple[tuple[str, ...], re.Pattern[str], tuple[str, ...]]


@cache
def _scripts() -> dict[str, _Script]:
    """By state: letters that show English spelling, a pattern with a group for each German spelling, the English ones."""
    found: dict[str, _Script] = {}
    for entry in load("parties", "romanisation").get("script", []):
        parts = [
            ("^" if german[0] == "^" else "") + re.escape(german.strip("^$")) + ("$" if german[-1] == "$" else "")
            for german, _ in entry["pairs"]
        ]
        pattern = re.compile("|".join(f"({part})" for part in parts), re.IGNORECASE)
        script = tuple(entry["english"]), pattern, tuple(latin for _, latin in entry["pairs"])
        found.update(dict.fromkeys(entry["states"], script))
    return found


@lru_cache(maxsize=2048)
def romanised(name: str, language: str, country: str | None) -> str:
    """The name of a person of that country as English writes it, given how a text of a language does."""
    script = _scripts().get(country or "")
    if script is None or language != "de" or any(letters in name.casefold() for letters in script[0]):
        return name
    _, pattern, english = script

    def replaced(found: re.Match[str]) -> str:
        latin = english[(found.lastindex or 1) - 1]
        return latin[:1].upper() + latin[1:] if found[0][:1].isupper() else latin

    return " ".join(pattern.sub(replaced, word) for word in name.split(" "))
