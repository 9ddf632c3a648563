"""The event frames of a language: which lemmas name which acts, and where their parties stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from lagebild.lexicon.loader import load

#: Shortest first part that a compound may have ("US", "Luft").
_SHORTEST_FIRST = 2


def fold(word: str) -> str:
    """Case and ss/ß folded, so that Swiss spelling and headline capitals meet the same entry."""
    return word.casefold().replace("ß", "ss")


@dataclass(frozen=True, slots=True)
class Frame:
    """One entry of `events`: see lexicon/README.md for the fields."""

    lemma: str
    upos: str
    type: str
    mode: str | None = None
    issue: str | None = None
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    needs: tuple[tuple[str, tuple[str, ...]], ...] = ()
    excludes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    confers: str | None = None
    compound: bool = False
    weak: bool = False
    example: str = ""
    trigger: str = ""

    @property
    def name(self) -> str:
        """How explanations call the entry."""
        needs = "".join(f" {slot}={'|'.join(words)}" for slot, words in self.needs)
        return f"{self.lemma} {self.upos}{needs} → {self.type}{'/' + self.mode if self.mode else ''}"


@dataclass(frozen=True, slots=True)
class Modifier:
    """What the first part of a compound, or an adjective, adds to an event noun."""

    first: str
    type: str | None
    mode: str | None


def _slots(value: Mapping[str, list[str]] | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((slot, tuple(fold(w) for w in words)) for slot, words in (value or {}).items())


class Frames:
    """All frames of a language, found by lemma; compounds by their last part."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._by_lemma: dict[tuple[str, str], list[Frame]] = {}
        self._suffixes: dict[str, list[Frame]] = {}
        for entry in load(language, "events").get("entry", []):
            frame = Frame(
                lemma=entry["lemma"],
                upos=entry["upos"],
                type=entry["type"],
                mode=entry.get("mode"),
                issue=entry.get("issue"),
                actor=tuple(entry.get("actor", ())),
                recipient=tuple(entry.get("recipient", ())),
                needs=_slots(entry.get("needs")),
                excludes=_slots(entry.get("not")),
                confers=entry.get("confers"),
                compound=bool(entry.get("compound")),
                weak=bool(entry.get("weak")),
                example=entry.get("example", ""),
                trigger=entry.get("trigger", ""),
            )
            self._by_lemma.setdefault((fold(frame.lemma), frame.upos), []).append(frame)
            if frame.compound:
                self._suffixes.setdefault(fold(frame.lemma), []).append(frame)
        self._longest = max((len(s) for s in self._suffixes), default=0)
        table = load(language, "compounds")
        self._modifiers: dict[str, list[Modifier]] = {}
        for item in table.get("modifier", []):
            for first in item["first"] if isinstance(item["first"], list) else [item["first"]]:
                modifier = Modifier(fold(first), item.get("type"), item.get("mode"))
                self._modifiers.setdefault(modifier.first, []).append(modifier)
        self._never = {fold(w) for item in table.get("not", []) for w in _words(item)}

    @property
    def frames(self) -> list[Frame]:
        return [frame for frames in self._by_lemma.values() for frame in frames]

    def find(self, lemma: str, upos: str) -> list[Frame]:
        """Frames of a lemma; `upos` PROPN is looked up as NOUN, AUX as VERB."""
        upos = {"PROPN": "NOUN", "AUX": "VERB"}.get(upos, upos)
        key = fold(lemma)
        if key in self._never:
            return []
        found = self._by_lemma.get((key, upos))
        if found:
            return found
        return self._compound(key) if upos == "NOUN" else []

    def _compound(self, word: str) -> list[Frame]:
        for length in range(min(len(word) - _SHORTEST_FIRST, self._longest), 3, -1):
            frames = self._suffixes.get(word[-length:])
            if frames:
                first = word[:-length].rstrip("-")
                return [self._with_first(frame, first) for frame in frames]
        return []

    def _with_first(self, frame: Frame, first: str) -> Frame:
        mode = self.mode_of(first, frame.type)
        if mode is None:
            return frame
        return Frame(**{**{f: getattr(frame, f) for f in Frame.__slots__}, "mode": mode})

    def mode_of(self, modifier: str, event_type: str) -> str | None:
        """The mode that a compound's first part or an adjective gives an event of this type."""
        key = fold(modifier)
        for length in range(len(key), 2, -1):
            for found in self._modifiers.get(key[:length], ()):
                if found.type in (None, event_type) and found.mode and (length == len(key) or len(key) - length <= 2):
                    return found.mode
        return None


def _words(item: Mapping[str, object]) -> list[str]:
    for key in ("word", "words", "lemma", "lemmas"):
        value = item.get(key)
        if isinstance(value, str):
            return [value]
        if isinstance(value, list):
            return [str(w) for w in value]
    return []


@cache
def frames(language: str) -> Frames:
    """The frames of a language, loaded once."""
    return Frames(language)
