"""The event frames of a language: which lemmas name which acts, and where their parties stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from lagebild.lexicon.loader import load, undisturbed

#: Shortest first part that a compound may have ("US", "Luft").
_SHORTEST_FIRST = 2
#: Shortest word that also stands for compounds which end in it.
_SHORTEST_END = 4


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Case and ss/ß folded, so that Swiss spelling and headline capitals meet the same entry."""
    return word.casefold().replace("ß", "ss")


#: What stands for each word of a group in the group's example.
PLACEHOLDER = "{}"
#: Marks of a need that are no words: any filler at all, a filler that is a party, and the sign of a word class.
ANY, PARTY, CLASS = "*", "@party", "@"


def single(entry: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """An entry as entries of one lemma each: a group (`lemmas`) shares all fields and its example, word by word filled in."""
    if "lemmas" not in entry:
        yield dict(entry)
        return
    for lemma in entry["lemmas"]:
        yield {
            **{key: value for key, value in entry.items() if key != "lemmas"},
            "lemma": lemma,
            "example": entry["example"].replace(PLACEHOLDER, lemma),
            "trigger": entry.get("trigger", PLACEHOLDER).replace(PLACEHOLDER, lemma),
        }


@dataclass(frozen=True, slots=True)
class Filling:
    """What may fill a slot: `words` (lemmas), `ends` of compounds, anything, or any party."""

    words: frozenset[str]
    ends: tuple[str, ...] = ()
    anything: bool = False
    party: bool = False

    def takes(self, lemma: str) -> bool:
        """Whether a folded lemma fills the slot; what `party` admits is for the reader of the sentence to say."""
        return self.anything or lemma in self.words or (bool(self.ends) and lemma.endswith(self.ends))


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
    needs: tuple[tuple[str, Filling], ...] = ()
    excludes: tuple[tuple[str, Filling], ...] = ()
    shown: str = ""
    confers: str | None = None
    compound: bool = False
    weak: bool = False
    result: bool = False
    example: str = ""
    trigger: str = ""

    @property
    def name(self) -> str:
        """How explanations call the entry."""
        return f"{self.lemma} {self.upos}{self.shown} → {self.type}{'/' + self.mode if self.mode else ''}"


@dataclass(frozen=True, slots=True)
class Modifier:
    """What the first part of a compound, or an adjective, adds to an event noun."""

    first: str
    type: str | None
    mode: str | None


def _shown(value: Mapping[str, list[str]] | None) -> str:
    """Needs as they stand in the table, for explanations."""
    return "".join(f" {slot}={'|'.join(words)}" for slot, words in (value or {}).items())


class Frames:
    """All frames of a language, found by lemma; compounds by their last part."""

    def __init__(self, language: str) -> None:
        self.language = language
        table = load(language, "compounds")
        self._joined: str = "" if table.get("joined", True) else "-"
        self._classes = {c["id"]: c["words"] for c in load(language, "classes").get("class", [])}
        #: Words that only measure what their attribute names («part of the aid»).
        self.measures = frozenset(fold(w) for w in self._classes.get("measure", ()))
        self._by_lemma: dict[tuple[str, str], list[Frame]] = {}
        self._suffixes: dict[str, list[Frame]] = {}
        for entry in (one for group in load(language, "events").get("entry", []) for one in single(group)):
            frame = Frame(
                lemma=entry["lemma"],
                upos=entry["upos"],
                type=entry["type"],
                mode=entry.get("mode"),
                issue=entry.get("issue"),
                actor=tuple(entry.get("actor", ())),
                recipient=tuple(entry.get("recipient", ())),
                needs=self._fillings(entry.get("needs")),
                excludes=self._fillings(entry.get("not")),
                shown=_shown(entry.get("needs")),
                confers=entry.get("confers"),
                compound=bool(entry.get("compound")),
                weak=bool(entry.get("weak")),
                result=bool(entry.get("result")),
                example=entry.get("example", ""),
                trigger=entry.get("trigger", ""),
            )
            self._by_lemma.setdefault((fold(frame.lemma), frame.upos), []).append(frame)
            if frame.compound:
                self._suffixes.setdefault(fold(frame.lemma), []).append(frame)
        self._modifiers: dict[str, list[Modifier]] = {}
        for item in table.get("modifier", []):
            for first in item["first"] if isinstance(item["first"], list) else [item["first"]]:
                modifier = Modifier(fold(first), item.get("type"), item.get("mode"))
                self._modifiers.setdefault(modifier.first, []).append(modifier)
        self._never = {fold(w) for item in table.get("not", []) for w in _words(item)}
        self._longest = max((len(s) for s in (*self._suffixes, *self._never)), default=0)

    def _fillings(self, value: Mapping[str, list[str]] | None) -> tuple[tuple[str, Filling], ...]:
        return tuple((slot, self._filling(words)) for slot, words in (value or {}).items())

    def _filling(self, words: list[str]) -> Filling:
        """Words and classes of a need. Raises ValueError for a class that no table has."""
        spelled: list[str] = []
        for word in words:
            if word.startswith(CLASS) and word != PARTY:
                if word[1:] not in self._classes:
                    raise ValueError(f"lexicon {self.language}: no word class {word!r} in classes.toml")
                spelled += self._classes[word[1:]]
            elif word not in (ANY, PARTY):
                spelled.append(word)
        folded = [fold(w) for w in spelled]
        return Filling(
            words=frozenset(folded),
            ends=tuple(self._joined + w for w in folded if len(w) >= _SHORTEST_END),
            anything=ANY in words,
            party=PARTY in words,
        )

    @property
    def frames(self) -> list[Frame]:
        return [frame for frames in self._by_lemma.values() for frame in frames]

    def barred(self, lemma: str) -> bool:
        """Whether a word only looks like an event word («nahegelegen» is not from «nahelegen»)."""
        return fold(lemma) in self._never

    @lru_cache(maxsize=50_000)  # noqa: B019  one object a language lives as long as the program
    def find(self, lemma: str, upos: str) -> list[Frame]:
        """Frames of a lemma; `upos` PROPN is looked up as NOUN, AUX as VERB."""
        upos = {"PROPN": "NOUN", "AUX": "VERB"}.get(upos, upos)
        key = fold(lemma)
        if upos == "NOUN" and key in self._never:
            return []
        found = self._by_lemma.get((key, upos))
        if found:
            return found
        return self._compound(key) if upos == "NOUN" else []

    def _compound(self, word: str) -> list[Frame]:
        for length in range(min(len(word) - _SHORTEST_FIRST, self._longest), 3, -1):
            if word[-length:] in self._never:
                return []
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
@undisturbed()
def frames(language: str) -> Frames:
    """The frames of a language, loaded once."""
    return Frames(language)
