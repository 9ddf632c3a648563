"""Letters that a report explains: «Volksallianz für Demokratie (PAD)» says who «die PAD» is in the whole report."""

from __future__ import annotations

import re

from lagebild.language.document import Document, Sentence

#: What letters look like: short, most of them capitals.
_LETTERS = re.compile(r"(?=(?:.*[A-ZÄÖÜ]){2})[A-ZÄÖÜ][A-Za-zÄÖÜäöü/&-]{1,9}")
#: What stands in no name.
_STOPS = re.compile(r"[,;:()\n]")
#: By how many letters a name is longer than those that stand for it, at least.
_WORD = 4


def explained(document: Document) -> dict[str, str]:
    """The letters of names and the names that they stand for, as the report puts one behind the other in brackets."""
    found: dict[str, str] = {}
    for sentence in document.sentences:
        for last in range(len(sentence) - 3 if "(" in sentence.forms else 0):
            letters = bracketed(sentence, last)
            name = _name_before(document, sentence, last, letters) if letters else None
            if letters and name is not None:
                found.setdefault(letters, name)
    return found


def bracketed(sentence: Sentence, last: int) -> str | None:
    """The letters in brackets behind the word that ends a name («… Sicherheitsunterstützungstruppe (ISAF)»), or None."""
    behind = sentence.forms[last + 1 : last + 4]
    found = len(behind) == 3 and behind[0] == "(" and behind[2] == ")" and _LETTERS.fullmatch(behind[1])
    return behind[1] if found else None


def _name_before(document: Document, sentence: Sentence, last: int, letters: str) -> str | None:
    """The name that ends with a word: as it was marked, else back to the word that begins like the letters."""
    marked = next((e for e in sentence.entities if e.first <= last <= e.last and e.label not in ("LOC", "PER")), None)
    first = marked.first if marked is not None else last
    if marked is None or sentence.forms[first][:1].casefold() != letters[:1].casefold():
        starts = range(last, max(-1, last - 2 * len(letters)), -1)
        capitals = [w for w in starts if sentence.forms[w][:1] == letters[:1]]
        first = capitals[-1] if capitals else first
    start, end = sentence.span(first, last)
    name = document.text[start:end].strip("\"'„“”«»")
    if marked is None and " " not in name:
        return None  # «das Bruttoinlandsprodukt (BIP)» is nobody
    long = len(name) > len(letters) + _WORD and name[:1].isupper()
    return name if long and not _STOPS.search(name) and _spells(letters, name) else None


def _spells(letters: str, name: str) -> bool:
    """Whether a name has the letters, in their order, and begins with the first."""
    rest = iter(name.casefold())
    wanted = [letter for letter in letters.casefold() if letter.isalpha()]
    return name[:1].casefold() == wanted[0] and all(letter in rest for letter in wanted)
