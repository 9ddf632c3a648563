"""What is compared of a mention: its day, parties, sides, place, figures and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from lagebild.lexicon.names import fold, stem, words
from lagebild.lexicon.topics import shows
from lagebild.picture.days import ordinal
from lagebild.picture.fates import agrees, issue
from lagebild.picture.identities import Identities
from lagebild.picture.told import Claim, Mention

#: Letters of a word that says something.
SHORT = 5
#: Acts of words.
_WORDS = ("AGREE", "REQUEST", "CONCEDE", "SUPPORT", "ACCUSE", "REJECT", "THREATEN")
REAL = ("occurred", "ongoing")
_HIT = ("killed", "wounded")
#: Characters after an attack within which its toll is told.
_TOLL = 120


@dataclass(slots=True)
class Traits:
    """What is compared of a mention. Days are ordinals; `span` is None if the day is unsaid; `joins`: it tells who else takes
    part in a meeting told before («auch Merkel wird dort erwartet»)."""

    mention: Mention
    day: int
    span: tuple[int, int] | None
    exact: bool
    parties: dict[str, frozenset[str]]
    sides: dict[str, frozenset[str]]
    words: frozenset[str]
    trigger: str
    place: str | None
    wide: bool
    figures: tuple[Claim, ...]
    bare: bool
    issue: str | None
    joins: bool
    #: Whether it only names an agreement by its paper or its place; tells of a truce that has begun or holds; says «ohne Zustimmung».
    paper: bool
    truce: bool
    withheld: bool
    #: Whether its place is a spot of which nobody says where it lies («vor der Schule», “at the checkpoint”).
    spot: bool
    #: Whether it names neither day nor place, but for a spot, and the day by which it is sorted.
    loose: bool
    anchor: int
    #: Of all its words together, which the likeness knows once it has all mentions.
    weight: int = 0
    #: The attack of which it tells the outcome in the same clause («Nationalisten griffen Polizisten an; elf wurden verletzt»).
    cause: Traits | None = None


def traits_of(m: Mention, told: Iterable[Claim], identities: Identities) -> Traits:
    """What is compared of a mention; `told`: the figures of its report."""
    start, end = ordinal(m.start), ordinal(m.end)
    day = ordinal(m.day) or 0
    span: tuple[int, int] | None = None
    if start is None and m.type in _WORDS:
        end = None  # «einigten sich auf einen Preis bis Ende März»: how long it is to hold, not when it was said
    if start is not None or end is not None:
        span = (start if start is not None else (end or 0) - 30, end if end is not None else max(start or 0, day))
        span = min(span), max(span)
    actors, recipients = frozenset(m.actors), frozenset(m.recipients)
    parties = {"actors": actors, "recipients": recipients, "all": actors | recipients}
    about = issue(m)
    wide = m.precision in ("country", "area", "region")
    spot = m.place is not None and not wide and m.lat is None
    sides = {part: frozenset(s for s in map(identities.side, ids) if s is not None) for part, ids in parties.items()}
    return Traits(
        m, day, span, span is not None and start is not None and end is not None and span[1] - span[0] <= 3,
        parties, sides, content(m.evidence), stem(fold(m.trigger))[:7],
        fold(m.place) if m.place else None, wide,
        tuple(c for c in told if _of_it(m, c)), _bare(m, identities), about if about != "other" else None,
        m.type == "CONSULT" and "joins" in shows("act", m.evidence, m.language),
        _names_paper(m), m.type == "RETREAT" and m.mode == "ceasefire" and m.status in REAL and m.stance != "denies",
        "withheld" in shows("act", m.evidence, m.language), spot,
        (m.place is None or spot) and span is None, span[0] if span else day,
    )  # fmt: skip


def _bare(m: Mention, identities: Identities) -> bool:
    """Whether a mention says nothing of who, where and when: «Dabei wurden 16 Menschen getötet»."""
    named = [p for p in m.recipients if identities.kind(p) not in ("population", "other", "source")]
    return not m.actors and not named and m.place is None and m.start is None and m.end is None


def _names_paper(m: Mention) -> bool:
    """Whether a mention only names an agreement by its paper or its place."""
    named = {"document", "concord"} & set(shows("act", m.trigger, m.language))
    return m.type == "AGREE" and m.start is None and bool(named) and not agrees(m)


@lru_cache(maxsize=100_000)
def content(evidence: str) -> frozenset[str]:
    """The stems of a clause's longer words and its numbers."""
    return frozenset(stem(w)[:8] for w in words(fold(evidence)) if len(w) >= SHORT or w.isdigit())


def _of_it(m: Mention, claim: Claim) -> bool:
    """Whether a figure is told of an act: in its clause, or of people hit in an attack right after it."""
    if claim.evidence == m.evidence:
        return True
    return (
        m.type == "ASSAULT" and claim.measure in _HIT and not claim.overall and -_TOLL // 2 <= claim.at - m.at <= _TOLL
    )
