"""Words by which the picture tells what an act or a figure is about: classes of the counted, kinds of help, turns of fate.

An entry of `picture.toml` names a topic and the `parts` that show it: pieces of the folded text, a blank in front for the
beginning of a word; a star stands for words between («stimmte * zu»).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from lagebild.lexicon.loader import LANGUAGES, load
from lagebild.lexicon.names import fold, stem, words

#: The tables of topics in picture.toml.
TABLES = ("scope", "contribution", "act")


class Topics:
    """The topics of a language, by table."""

    def __init__(self, language: str) -> None:
        self._tables = {
            table: [(entry["id"], _pattern(entry["parts"])) for entry in load(language, "picture").get(table, [])]
            for table in TABLES
        }
        self._seen: dict[tuple[str, str], tuple[str, ...]] = {}

    def find(self, table: str, text: str) -> tuple[str, ...]:
        """The topics of a table that a text shows, in the order of the table."""
        key = table, text
        if key not in self._seen:
            plain = f" {' '.join(words(fold(text)))} "
            self._seen[key] = tuple(dict.fromkeys(id for id, pattern in self._tables[table] if pattern.search(plain)))
        return self._seen[key]


def _pattern(parts: list[str]) -> re.Pattern[str]:
    """One expression for all parts of an entry."""
    pieces = (r"\b.*?".join(re.escape(piece) for piece in fold(part).split("*")) for part in parts)
    return re.compile("|".join(pieces))


@cache
def topics(language: str) -> Topics:
    """The topics of a language, loaded once."""
    return Topics(language)


def shows(table: str, text: str, language: str | None) -> tuple[str, ...]:
    """The topics that a text shows; in a language without a lexicon none."""
    return topics(language).find(table, text) if language in LANGUAGES else ()


@lru_cache(maxsize=20_000)
def scope_of(of: str | None, measure: str, language: str) -> str:
    """The class of what a figure counts: `people` where only people as such are meant, else a class of the lexicon
    (civilians, soldiers …), else the folded words. What is counted in languages without lexicon is its own class."""
    if of is None:
        return "people" if measure in ("killed", "wounded", "missing", "captured", "displaced", "affected") else measure
    found = shows("scope", of, language)
    if found:
        return found[0]
    return " ".join(stem(word) for word in words(fold(of))) or measure
