"""Copies: reports whose text nearly repeats that of an earlier one, as papers print what an agency sent. They count as one.

Shingles are runs of four words. Words that hash to a fixed residue begin the sampled shingles, so that both texts sample the
same runs wherever they stand (Theobald et al. 2008, «SpotSigs», with hashing in place of stop words); candidates that share
some are compared with all shingles. A report is a copy if at least 60 percent of the shorter text stands in the longer.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from zlib import crc32

from lagebild.picture.days import ordinal

_WORD = re.compile(r"\w+")
_SIZE = 4
#: One word in so many begins a sampled shingle.
_SAMPLE = 6
#: Share of the shorter text's shingles that must stand in the other one.
_SHARE = 0.6
#: A copy is printed within so many days of the original.
_DAYS = 4
#: A shingle of more reports than this is a phrase of the trade.
_COMMON = 40


def origins(texts: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """For each report the one that counts for it; `texts` holds report id, day and text, the oldest first."""
    plain: dict[str, str] = {}
    finder = CopyFinder(plain.__getitem__)
    origin: dict[str, str] = {}
    for report, day, text in texts:
        plain[report] = text
        found = finder.add(report, day, text)
        origin[report] = report if found is None else origin[found]
    return origin


class CopyFinder:
    """Finds, report by report, the earlier one that a report nearly repeats.

    Holds the sampled shingles alone, as numbers; `text_of` gives the text of a report that was added before.
    """

    def __init__(self, text_of: Callable[[str], str]) -> None:
        self._text_of = text_of
        self._days: dict[str, int] = {}
        self._index: dict[int, list[str]] = defaultdict(list)

    def add(self, report: str, day: str, text: str) -> str | None:
        """Adds a report; gives the one that was added before and that it nearly repeats."""
        found = _WORD.findall(text.casefold())
        marks = _marks(found)
        number = self._days[report] = ordinal(day) or 0
        origin = self._origin(found, marks, number, report)
        for mark in marks:
            holders = self._index[mark]
            if len(holders) < _COMMON:
                holders.append(report)
        return origin

    def find(self, day: str, text: str) -> str | None:
        """The report that a text nearly repeats; adds nothing."""
        found = _WORD.findall(text.casefold())
        return self._origin(found, _marks(found), ordinal(day) or 0, None)

    def _origin(self, found: list[str], marks: list[int], number: int, report: str | None) -> str | None:
        shared: Counter[str] = Counter()
        for mark in marks:
            holders = self._index.get(mark, ())
            if len(holders) < _COMMON:
                shared.update(h for h in dict.fromkeys(holders) if h != report)
        for other, common in shared.most_common(3):
            if common >= 2 and abs(number - self._days[other]) <= _DAYS:
                if _alike(found, _WORD.findall(self._text_of(other).casefold())):
                    return other
        return None

    def forget(self, before: str) -> None:
        """Forgets the reports of before a day, which nothing can be a copy of any more."""
        limit = (ordinal(before) or 0) - _DAYS
        old = {report for report, day in self._days.items() if day < limit}
        if old:
            self._days = {report: day for report, day in self._days.items() if report not in old}
            kept = ((mark, [r for r in holders if r not in old]) for mark, holders in self._index.items())
            self._index = defaultdict(list, {mark: holders for mark, holders in kept if holders})


def _marks(found: list[str]) -> list[int]:
    """The sampled shingles of a text, as numbers."""
    return [hash(tuple(found[i : i + _SIZE])) for i in range(len(found) - _SIZE + 1) if _begins(found[i])]


@lru_cache(maxsize=100_000)
def _begins(word: str) -> bool:
    return crc32(word.encode("utf-8", "surrogatepass")) % _SAMPLE == 0


def _alike(first: list[str], second: list[str]) -> bool:
    one, other = _shingles(first), _shingles(second)
    return len(one & other) >= _SHARE * max(1, min(len(one), len(other)))


def _shingles(found: list[str]) -> set[tuple[str, ...]]:
    return {tuple(found[i : i + _SIZE]) for i in range(len(found) - _SIZE + 1)}
