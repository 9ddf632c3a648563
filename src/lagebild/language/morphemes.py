"""HanTa's German morphology with faster searches: the same tables, the same sums in the same order, the same answers.

HanTa asks a function for the probability of every morpheme under every tag, most of which are impossible; here the tables
are walked directly and what depends on the ending of a morpheme alone is looked up once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from HanTa.HanoverTagger import EMPTY, END_UNKNOWN, START, UNKNOWN, HanoverTagger
from numpy import logaddexp

State = tuple[int, int]
#: By tag: where its morphemes end, each with its log-probability; None if nobody has asked yet.
Begun = dict[int, list[tuple[int, float]] | None]

_LOWEST = -1e6
#: A state is followed up if it is less than 1 below the fourth best that ends at the same letter.
_KEPT, _SLACK = 3, 1
#: What the analysis of a whole word as one unknown morpheme loses.
_WHOLE = 4.6
#: How many endings of unknown morphemes are kept for each tag.
_REMEMBERED = 50_000


class Unknown:
    """Log-probabilities of morphemes that a tag's table does not have: by their length and their last letters."""

    def __init__(self, hapax: float, lengths: Sequence[float], endings: dict[str, float]) -> None:
        self._bases = [hapax + value for value in lengths[:25]]
        self._endings = endings
        self._known: dict[str, float] = {}
        self._last: tuple[str, list[float]] = ("", [])

    def ends(self, word: str, begin: int, known: dict[str, float]) -> list[tuple[int, float]]:
        """Where the tag's morphemes that begin at a letter of a word end, known ones or not, with their log-probabilities."""
        whole = len(word)
        bases, endings = self._bases, self._ends(word)
        found = []
        for end in range(begin + 1, whole + 1):
            segment = word[begin:end]
            value = known.get(segment)
            if value is None:
                size = end - begin
                if size > 4:
                    value = bases[min(size, 24)] + endings[end]
                elif size <= 2 and whole >= 4:
                    continue
                else:
                    value = bases[size] + self._ending(segment[1:])
                if size == whole:
                    value -= _WHOLE
            found.append((end, value))
        return found

    def _ends(self, word: str) -> list[float]:
        """What the last four letters say of a longer morpheme, by its end in a word."""
        if self._last[0] != word:
            self._last = word, [self._ending(word[max(0, end - 4) : end]) for end in range(len(word) + 1)]
        return self._last[1]

    def _ending(self, tail: str) -> float:
        """The value of the longest known ending of at most four letters."""
        found = self._known.get(tail)
        if found is None:
            endings = self._endings
            found = next((endings[tail[at:]] for at in range(len(tail)) if tail[at:] in endings), endings[""])
            if len(self._known) < _REMEMBERED:
                self._known[tail] = found
        return found


class Morphemes(HanoverTagger):  # type: ignore[misc]
    """HanTa's tagger for single words; not safe for several threads at once, as HanTa itself."""

    def __init__(self, filename: str) -> None:
        super().__init__(filename)
        #: The tags of every known morpheme.
        self._tags: dict[str, list[tuple[int, float]]] = {}
        for tag, morphemes in self.LP_m_t.items():
            for morpheme, lp in morphemes.items():
                self._tags.setdefault(morpheme, []).append((tag, lp))
        self._unknown = {
            tag: Unknown(self.Int_t + self.LP_hapax_t[tag], self.LP_len_t[tag], self.LP_s_t[tag])
            for tag in self.LP_hapax_t
            if tag in self.LP_s_t and not self.strict
        }
        self._guessed: Begun = dict.fromkeys(self._unknown)
        self._last: tuple[str, tuple[list[Begun], list[Begun]]] = ("", ([], []))
        self._towards: dict[tuple[State, int], list[tuple[int, float]]] = {}

    def analyze_forward(self, word: str) -> list[tuple[int, float]]:
        """Log-probability of each part of speech of a word, the best first."""
        length = len(word)
        table: list[dict[State, float]] = [{(EMPTY, START): 0}, *({} for _ in range(length + 1))]
        for i, begun in enumerate(self._begun(word)[1]):
            for state, lp in _kept(table[i]):
                before = state[1]
                for tag, step in self.LP_trans_nonfinal.get(state, ()):
                    new, reached = (before, tag), lp + step
                    ends = begun.get(tag, ())
                    if ends is None:
                        ends = begun[tag] = self._unknown[tag].ends(word, i, self.LP_m_t[tag])
                    for j, value in ends:
                        value = reached + value
                        if value > table[j].get(new, _LOWEST):
                            table[j][new] = value
        last: dict[State, float] = table[-1]
        for state, lp in table[-2].items():
            for tag, step in self.LP_trans_final.get(state, ()):
                value = lp + step
                new = (state[1], tag)
                if value > _LOWEST and (new not in last or value > last[new]):
                    last[new] = value
        results: dict[int, float] = {}
        for (_, tag), lp in last.items():
            if lp != -math.inf:
                results[-tag] = logaddexp(results[-tag], lp) if -tag in results else lp
        return sorted(results.items(), key=lambda item: item[1], reverse=True) or [(UNKNOWN, 0)]

    def analyze_viterbi(self, word: str, targetpos: int) -> list[tuple[int, int]]:
        """The most likely morphemes of a word of known part of speech: (tag, end) each, without unknown ones if it can be."""
        length = len(word)
        for strict in (True, False):
            table: list[dict[State, float]] = [{(EMPTY, START): 0}, *({} for _ in range(length + 1))]
            back: list[dict[State, tuple[State, int]]] = [{} for _ in range(length + 2)]
            for i, begun in enumerate(self._begun(word)[0 if strict else 1]):
                for state, lp in _kept(table[i]):
                    before = state[1]
                    for tag, step in self._leading(state, targetpos):
                        new, reached = (before, tag), lp + step
                        ends = begun.get(tag, ())
                        if ends is None:
                            ends = begun[tag] = self._unknown[tag].ends(word, i, self.LP_m_t[tag])
                        for j, value in ends:
                            value = reached + value
                            if value > table[j].get(new, _LOWEST):
                                table[j][new] = value
                                back[j][new] = (state, i)
            last = table[-1]
            for state, lp in table[-2].items():
                for tag, step in self.LP_trans_final.get(state, ()):
                    if tag == targetpos:
                        value = lp + step
                        new = (state[1], tag)
                        if value > _LOWEST and (new not in last or value > last[new]):
                            last[new] = value
                            back[-1][new] = (state, length)
                        break
            if last:
                break
        best = max(last, key=lambda s: last[s], default=None)
        if best is None:
            return [(UNKNOWN, length), (END_UNKNOWN, length + 1)]
        state, i = best, length + 1
        found = []
        while i > 0:
            found.append((state[1], i))
            state, i = back[i][state]
        return found[::-1]

    def _begun(self, word: str) -> tuple[list[Begun], list[Begun]]:
        """By letter of a word the morphemes that begin there: the known ones, and all."""
        if self._last[0] != word:
            known = [self._known(word, begin) for begin in range(len(word))]
            self._last = word, (known, [{**ends, **self._guessed} for ends in known])
        return self._last[1]

    def _known(self, word: str, begin: int) -> Begun:
        found: dict[int, list[tuple[int, float]]] = {}
        for end in range(begin + 1, len(word) + 1):
            for tag, lp in self._tags.get(word[begin:end], ()):
                found.setdefault(tag, []).append((end, lp))
        return {**found}

    def _leading(self, state: State, target: int) -> list[tuple[int, float]]:
        """The tags after a state from which a part of speech can be reached, with the transitions' log-probabilities."""
        key = (state, target)
        if key not in self._towards:
            reachable: Any = self.reachability.get(target, frozenset())
            self._towards[key] = [t for t in self.LP_trans_nonfinal.get(state, ()) if t[0] in reachable]
        return self._towards[key]


def _kept(row: dict[State, float]) -> list[tuple[State, float]]:
    """The states that are followed up: those near the best."""
    if len(row) <= _KEPT:
        return list(row.items())
    bound = sorted(row.values(), reverse=True)[_KEPT] - _SLACK
    return [(state, lp) for state, lp in row.items() if lp >= bound]
