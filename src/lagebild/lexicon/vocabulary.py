"""The words of the lexicon that a raw text can be searched for, each with the group whose weight it has.

A pattern is a folded string: a blank before it stands for the beginning of a word; without one it is the last part of a
compound and is found inside words. `\\x01` marks a word in capitals («US», «OSZE»), which is another word in small letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from lagebild.lexicon.countries import countries
from lagebild.lexicon.frames import Frame, frames
from lagebild.lexicon.loader import load

CAPITALS = "\x01"
#: Words in capitals as long as this are acronyms.
ACRONYM = re.compile(r"\b[A-ZÄÖÜ]{2,5}\b")
_GAPS = re.compile(rf"[^\w{CAPITALS}]+|_+")
#: Shortest last part of a compound that is found inside words, shortest verb stem.
_SHORTEST_HEAD, _SHORTEST_STEM = 5, 4
#: Kinds of organs and generic nouns that wage war, or have people fight: the others act in all kinds of news.
_ARMED = ("military", "rebels", "group", "armed")
_VERB_ENDINGS = {"de": ("eln", "ern", "en", "n"), "en": ("e", "")}


def folded(text: str) -> str:
    """A text as the patterns have it: folded, one blank between words, capitals marked."""
    text = ACRONYM.sub(lambda match: match[0] + CAPITALS, text.replace("\xad", ""))
    return f" {_GAPS.sub(' ', text.casefold().replace('ß', 'ss'))} "


@cache
def vocabulary(language: str) -> Mapping[str, str]:
    """Every pattern of a language with its group; of several groups the first named below counts."""
    found: dict[str, str] = {}
    for group, word, inside in _words(language):
        pattern = folded(word).strip()
        if len(pattern) < 2 or (len(pattern) < 3 and CAPITALS not in pattern):
            continue
        found.setdefault(" " + pattern, group)
        if inside and len(pattern) >= _SHORTEST_HEAD:
            found.setdefault(pattern, group)
    return found


def _words(language: str) -> Iterator[tuple[str, str, bool]]:
    """Group, word, and whether it also ends compounds."""
    for entry in load(language, "relevance").get("offtopic", []):
        for word in entry["words"]:
            yield entry["group"], word, language == "de" and len(word) > 7
    for table, group in (("groups", "armed"), ("organisations", "organisation"), ("regions", "region")):
        for key in load("parties", table).values():
            for entry in key:
                kind = "organisation" if entry.get("kind") not in (None, "organisation", group) else group
                for name in (entry["name"], *entry.get("aliases", ())):
                    yield kind, name, False
    # A word that surely names an act in one of its entries counts as that.
    for frame in sorted(frames(language).frames, key=_unsure):
        yield from _frame(frame, language)
    for code, country in countries().items():
        home = code in ("DEU", "AUT", "CHE") if language == "de" else code in ("USA", "GBR")
        group = "home" if home else "country"
        adjectives = country.stems if language == "de" else country.english
        people = country.forms if language == "de" else country.plurals
        for word in (*country.names.get(language, ()), *country.names["*"], *adjectives, *people):
            yield group, word, False
        for word in (*country.seats, *country.houses):
            yield "seat", word, False
    for entry in load("parties", "people").get("person", []):
        for name in _person(entry):
            yield "person", name, False
    for entry in load("parties", "organs").get("organ", []):
        group = "military" if entry.get("role") in _ARMED else "organ"
        for word in entry.get(language, ()):
            yield group, word, language == "de"
    roles = load(language, "roles")
    for entry in roles.get("office", []):
        for word in entry["words"]:
            yield "office", word, False
    for entry in roles.get("generic", []):
        for word in entry["words"]:
            yield ("military" if entry.get("kind") == "group" else "generic"), word, language == "de"


def _unsure(frame: Frame) -> bool:
    """Whether the word names an act only beside certain others, or only now and then."""
    return frame.weak or bool(frame.needs)


def _frame(frame: Frame, language: str) -> Iterator[tuple[str, str, bool]]:
    """The forms of a frame's word that can be told from its lemma, and the one in its example."""
    group = "weak" if _unsure(frame) else frame.type
    if frame.upos == "NOUN":
        yield group, frame.lemma, frame.compound
    elif frame.upos == "ADJ":
        yield group, frame.lemma, False
    else:
        for stem in _stems(frame.lemma, language):
            yield group, stem, False
    if frame.trigger and "{" not in frame.trigger and len(frame.trigger) >= _SHORTEST_STEM:
        yield group, frame.trigger, False


def _stems(lemma: str, language: str) -> Iterator[str]:
    """A verb's stem and its German participle: «bombardier», «gewarn»; a separable verb's parts are told by examples."""
    yield lemma
    ending = next((e for e in _VERB_ENDINGS[language] if lemma.endswith(e)), "")
    stem = lemma[: len(lemma) - len(ending)]
    if len(stem) >= _SHORTEST_STEM + 1:
        yield stem
    if language == "de" and len(stem) >= _SHORTEST_STEM:
        yield f"ge{stem}"


def _person(entry: Mapping[str, Any]) -> Iterator[str]:
    names = (entry["name"], *entry.get("aliases", ()))
    yield from names
    parts = str(entry["name"]).split()
    if len(parts) > 1 and entry.get("bare", True) and len(parts[-1]) > 3:
        yield parts[-1]
