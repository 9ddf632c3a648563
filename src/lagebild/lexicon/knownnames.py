"""Names that are no parties but that everybody knows (companies, clubs, rivers, works), given names, and legal forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from lagebild.lexicon.loader import load
from lagebild.lexicon.names import fold, genitives, split_words, words


@dataclass(frozen=True, slots=True)
class Known:
    """A name at words first to last (inclusive) and what kind of name it is (LOC, ORG, OTH)."""

    first: int
    last: int
    label: str


class KnownNames:
    """Lookup of the names of knownnames.toml and of given names. One object serves all threads."""

    def __init__(self) -> None:
        table = load("", "knownnames")
        self._names: dict[tuple[str, ...], tuple[str, str, frozenset[str] | None]] = {}
        self._longest: dict[str, int] = {}
        for group in table["names"]:
            languages = frozenset(group["languages"]) if "languages" in group else None
            for name in group["names"]:
                key = tuple(fold(w) for w in words(name))
                self._names.setdefault(key, (name, group["label"], languages))
                self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))
        #: «AG», «Inc»: a company's name goes as far as its legal form.
        self.legal = frozenset(table["legal"]["forms"])
        raw = resources.files("lagebild.lexicon").joinpath("givennames.txt").read_text("utf-8")
        self._other = frozenset(table["not"]["words"])
        self._given = frozenset(line for line in raw.splitlines() if not line.startswith("#")) - self._other

    def given(self, form: str) -> bool:
        """Whether a word is a given name, written as names are («David», also «DAVID», not «david»)."""
        return form[:1].isupper() and form.title() in self._given

    def other(self, form: str) -> bool:
        """Whether a word that is a given name or a city is mostly something else («August», «Reading»)."""
        return form.title() in self._other

    def match(self, forms: Sequence[str], language: str) -> Iterator[Known]:
        """All longest known names in a sequence of words, left to right; how a name is written counts."""
        parts, owner, folded = split_words(tuple(forms))
        at = 0
        while at < len(parts):
            size, label = self._at(parts, folded, at, language)
            first, last = owner[at], owner[at + size - 1]
            ends = at + size == len(parts) or owner[at + size] != last
            if label and ends and (at == 0 or owner[at - 1] != first):
                yield Known(first, last, label)
            at += size

    def _at(self, parts: Sequence[str], folded: Sequence[str], at: int, language: str) -> tuple[int, str]:
        longest = max((self._longest.get(word, 0) for word in genitives(folded[at])), default=0)
        for size in range(min(longest, len(parts) - at), 0, -1):
            for last in genitives(folded[at + size - 1]):
                found = self._names.get((*folded[at : at + size - 1], last))
                if found is None:
                    continue
                name, label, languages = found
                if (languages is None or language in languages) and _written(words(name), parts[at : at + size]):
                    return size, label
        return 1, ""


def _written(name: Sequence[str], found: Sequence[str]) -> bool:
    """Whether words are written as the name is, or all in capitals; «metro» is not the company."""
    return all(
        b.isupper() or b.startswith(a) or (a[:1].isupper() and b[:1].isupper() and not a.isupper())
        for a, b in zip(name, found, strict=True)
    )


@cache
def known_names() -> KnownNames:
    """The known names, loaded once."""
    return KnownNames()
