"""The words of a clause that give a reason: «wegen der Annexion der Krim», “over the annexation of Crimea”."""

from __future__ import annotations

import re
from functools import cache

from lagebild.lexicon.loader import LANGUAGES, load

_LONGEST = 120


@cache
def _cue(language: str) -> re.Pattern[str]:
    entries = load(language, "picture").get("reason", [])
    words = sorted((word for entry in entries for word in entry["words"]), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def reason_in(clause: str, language: str | None) -> str | None:
    """The reason that a clause gives, from its cue to the end of the phrase, or None."""
    if language not in LANGUAGES:
        return None
    found = _cue(language).search(clause)
    if found is None:
        return None
    phrase = re.split(r"[,;:.]", clause[found.start() :], maxsplit=1)[0].strip()
    return phrase[:_LONGEST] if len(phrase.split()) > 1 else None
