"""How names are compared: folded spelling, light German and English inflection, transliteration, plain words of a text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"(?:\w\.){2,}|\w+(?:['’]\w{2,})*|&")
_BROKEN = str.maketrans(
    {"ß": "ss", "’": "'", "‘": "'", "ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O"}
)
#: Longest first: German spellings of foreign sounds and what English writes for them.
_SOUNDS = (
    ("dsch", "j"), ("tsch", "ch"), ("tz", "s"), ("ts", "s"), ("sch", "sh"), ("zh", "sh"), ("kh", "h"), ("ch", "h"), ("ou", "u"), ("oo", "u"),
    ("ee", "i"), ("ks", "x"), ("ff", "f"), ("ph", "f"), ("ck", "k"), ("w", "v"), ("y", "i"), ("j", "i"), ("q", "k"),
    ("c", "k"), ("z", "s"), ("aa", "a"), ("ii", "i"), ("ie", "i"), ("ss", "s"), ("ll", "l"), ("mm", "m"), ("nn", "n"),
)  # fmt: skip
#: Endings of German adjectives and nouns inside a name («Rote», «Roten»), longest first.
_ENDINGS = ("en", "er", "es", "em", "e", "s", "n")


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Case, ss/ß, apostrophes, accents and umlauts folded."""
    plain = unicodedata.normalize("NFKD", text.translate(_BROKEN))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A folded word without its ending, for words long enough to have one."""
    word = word.removesuffix("'s").removesuffix("'")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """A rough key that German and English transliterations share: Lawrow and Lavrov, Chodorkowski and Khodorkovsky."""
    word = fold(word).replace("'", "").replace("-", "")
    for a, b in _SOUNDS:
        word = word.replace(a, b)
    return word


def words(text: str) -> list[str]:
    """The words of a name or phrase, hyphens and punctuation dropped, abbreviations with dots joined («U.S.»)."""
    if text.isalnum():
        return [text]
    return [w.replace(".", "") if "." in w else w for w in _WORD.findall(text)]


@lru_cache(maxsize=64)
def split_words(forms: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[int, ...], tuple[str, ...]]:
    """The words of a sequence of forms, the form that each is part of, and the words folded.

    Several tables look for their names in one sentence, one after the other: it is split once.
    """
    parts: list[str] = []
    owners: list[int] = []
    for index, form in enumerate(forms):
        for part in words(form):
            parts.append(part)
            owners.append(index)
    return tuple(parts), tuple(owners), tuple(map(fold, parts))


def genitives(word: str) -> tuple[str, ...]:
    """The folded word and what it may be without a genitive ending («Russlands», «Putin's», «Assads»)."""
    if word.endswith("'s"):
        return word, word[:-2]
    if word.endswith("'"):
        return word, word[:-1]
    if word.endswith("es") and len(word) > 5:
        return word, word[:-1], word[:-2]
    if word.endswith("s") and len(word) > 3:
        return word, word[:-1]
    return (word,)
