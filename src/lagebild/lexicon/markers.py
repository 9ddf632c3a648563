"""The status markers of a language: modals, negations, adverbs, adjectives, governing words, conjunctions, lasting acts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from lagebild.lexicon.frames import fold
from lagebild.lexicon.loader import load


@dataclass(frozen=True, slots=True)
class Marker:
    """What a marker says of the act it governs: a status, a stance, or both. `slots` are where a governor's act stands,
    `mood` and `tense` what a modal must have («any» for no matter)."""

    lemma: str
    status: str | None
    stance: str | None
    slots: tuple[str, ...] = ()
    upos: str | None = None
    mood: str = "any"
    tense: str = "any"
    table: str = ""

    @property
    def name(self) -> str:
        return f"{self.table} {self.lemma} → {self.status or self.stance}"


@dataclass(frozen=True, slots=True)
class Markers:
    """All markers of a language, by folded lemma; `lasting` nouns name acts that go on for a while (Krieg, negotiation), `now` adverbs
    set a verb in the present tense at the time of the report («now control»), `facts` are verbs whose clause tells what is or was
    («bestätigen, dass»), with `begun` verbs in the past an act is under way; verbs
    that leave `open` what they do not rule out («nicht ausschliessen»)."""

    modals: Mapping[str, tuple[Marker, ...]]
    negations: frozenset[str]
    adverbs: Mapping[str, Marker]
    adjectives: Mapping[str, Marker]
    governors: Mapping[str, tuple[Marker, ...]]
    subjunctions: Mapping[str, Marker]
    lasting: frozenset[str]
    lasting_ends: tuple[str, ...]
    now: frozenset[str]
    facts: frozenset[str]
    begun: frozenset[str]
    open: frozenset[str]

    def lasts(self, lemma: str) -> bool:
        """Whether a noun names something that goes on; compounds («Bürgerkriegs», «peace talk») go by their last part."""
        key = fold(lemma)
        return key in self.lasting or key.endswith(self.lasting_ends)


def _lemmas(entry: Mapping[str, Any]) -> list[str]:
    for key in ("lemma", "lemmas", "word", "words"):
        if key in entry:
            value = entry[key]
            return [value] if isinstance(value, str) else list(value)
    return []


def _group(table: Mapping[str, Any], name: str) -> dict[str, tuple[Marker, ...]]:
    found: dict[str, tuple[Marker, ...]] = {}
    for entry in table.get(name, []):
        for lemma in _lemmas(entry):
            marker = Marker(
                lemma=lemma,
                status=entry.get("status"),
                stance=entry.get("stance"),
                slots=tuple(entry.get("slots", ())),
                upos=entry.get("upos"),
                mood=entry.get("mood", "any"),
                tense=entry.get("tense", "any"),
                table=name,
            )
            key = fold(lemma)
            found[key] = (*found.get(key, ()), marker)
    return found


@cache
def markers(language: str) -> Markers:
    """The markers of a language, loaded once."""
    table = load(language, "status")
    lasting = frozenset(_group(table, "lasting"))
    return Markers(
        modals=_group(table, "modal"),
        negations=frozenset(_group(table, "negation")),
        adverbs={k: v[0] for k, v in _group(table, "adverb").items()},
        adjectives={k: v[0] for k, v in _group(table, "adjective").items()},
        governors=_group(table, "governor"),
        subjunctions={k: v[0] for k, v in _group(table, "subjunction").items()},
        lasting=lasting,
        lasting_ends=tuple(word for word in lasting if len(word) > 4),
        facts=frozenset(_group(table, "fact")),
        now=frozenset(_group(table, "now")),
        begun=frozenset(_group(table, "begun")),
        open=frozenset(_group(table, "open")),
    )
