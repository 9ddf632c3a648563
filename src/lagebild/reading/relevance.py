"""Whether a text is worth reading: one pass over the raw words, before the analyser, at a thousandth of its cost.

An Aho-Corasick automaton finds the words of the lexicon (event frames, parties, offices; German compounds by their last
part) and words of other kinds of news. Their counts by group, and how often an act stands near a party, are weighed to a
score; from the threshold up a text is relevant. Weights and threshold are data (lexicon/relevance.toml), fitted by
`bench/relevance.py --fit`; they are the same for all languages, because groups are.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import log1p

import ahocorasick_rs

from lagebild.lexicon.loader import LANGUAGES, load
from lagebild.lexicon.vocabulary import CAPITALS, folded, vocabulary
from lagebild.model import EVENT_TYPES

#: A longer text is judged by its parts: a book with one report in it is worth reading.
_PART = 20_000
#: Letters that may follow a short word («Angriff» in «Angriffe»); a longer one may begin any compound.
_ENDING, _LONG = 3, 6
#: How near an act and a party stand to each other, in characters.
_NEAR = 120
#: Fewer words than this are a flash or a teaser, which has its own threshold: it cannot hold much.
SHORT = 60
#: Groups that may stand behind an act or suffer it.
PARTIES = frozenset(
    ["country", "home", "seat", "region", "armed", "organisation", "person", "military", "organ", "office", "generic"]
)
ACTS = frozenset(EVENT_TYPES)
#: Parties of which there are some in any text.
_ANYBODY = frozenset(["generic", "home", "office", "person"])


@dataclass(frozen=True, slots=True)
class Relevance:
    """The score of a text (log-odds against the threshold: from 0 up it is relevant) and the counts behind it."""

    score: float
    counts: Counter[str]

    @property
    def relevant(self) -> bool:
        return self.score >= 0


def relevance(text: str, language: str) -> Relevance:
    """Judges a text in a language that is read."""
    if len(text) <= _PART:
        return _judge(text, language)
    parts = (_judge(text[at : at + _PART], language) for at in range(0, len(text), _PART - _NEAR))
    return max(parts, key=lambda part: part.score)


def features(counts: Counter[str]) -> dict[str, float]:
    """What the weights are for: by group log(1 + count), with `words` for the length of the text."""
    return {group: log1p(count) for group, count in counts.items()}


def count(text: str, language: str) -> Counter[str]:
    """How often each group stands in a text, and `words`, all words.

    `near` are sure acts near a party of weight (a state, an army), `about` any acts near any party.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    line = folded(text)
    automaton, groups, lengths = _automaton(language)
    counts: Counter[str] = Counter()
    sure: list[int] = []
    acts: list[int] = []
    weighty: list[int] = []
    parties: list[int] = []
    for pattern, start, end in automaton.find_matches_as_indexes(line):
        if not _ends(line, end, lengths[pattern]):
            continue
        group = groups[pattern]
        counts[group] += 1
        if group in ACTS or group == "weak":
            acts.append(start)
            if group != "weak":
                sure.append(start)
        elif group in PARTIES:
            parties.append(start)
            if group not in _ANYBODY:
                weighty.append(start)
    counts["near"] = _pairs(sure, weighty)
    counts["about"] = _pairs(acts, parties)
    counts["words"] = line.count(" ") - 1
    return counts


def _judge(text: str, language: str) -> Relevance:
    counts = count(text, language)
    weights = _weights()
    bias = weights["bias_short" if counts["words"] < SHORT else "bias"]
    score = bias + sum(weights.get(group, 0.0) * value for group, value in features(counts).items())
    return Relevance(score, counts)


def _ends(line: str, end: int, length: int) -> bool:
    """Whether a word, an inflected word or (after a long one) a compound ends the match."""
    if length >= _LONG or line[end] in (" ", CAPITALS):
        return True
    return length > 3 and line.find(" ", end, end + _ENDING + 1) > 0


def _pairs(acts: list[int], parties: list[int]) -> int:
    """How many acts stand near a party; both lists ascend."""
    found = at = 0
    for act in acts:
        while at < len(parties) and parties[at] < act - _NEAR:
            at += 1
        found += at < len(parties) and parties[at] <= act + _NEAR
    return found


@cache
def _automaton(language: str) -> tuple[ahocorasick_rs.AhoCorasick, list[str], list[int]]:
    if language not in LANGUAGES:
        raise ValueError(f"no lexicon for language {language!r}")
    words = vocabulary(language)
    automaton = ahocorasick_rs.AhoCorasick(list(words), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return automaton, list(words.values()), [len(word.strip()) for word in words]


@cache
def _weights() -> dict[str, float]:
    table = load(".", "relevance")["weights"]
    return {str(group): float(weight) for group, weight in table.items()}
