"""Copies: reports whose text nearly repeats that of an earlier one, as papers print what an agency sent. They count as one.

Shingles are runs of four words. Words that hash to a fixed residue begin the sampled shingles, so that both texts sample the
same runs wherever they stand (Theobald et al. 2008, «SpotSigs», with hashing in place of stop words); candidates that share
some are compared with all shingles. A report is a copy if at least 60 percent of the shorter text stands in the longer.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
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
    origin: dict[str, str] = {}
    days: dict[str, int] = {}
    plain: dict[str, list[str]] = {}
    index: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for report, day, text in texts:
        found = _WORD.findall(text.casefold())
        plain[report], days[report] = found, ordinal(day) or 0
        shared: Counter[str] = Counter()
        for i in range(len(found) - _SIZE + 1):
            if not _begins(found[i]):
                continue
            holders = index[tuple(found[i : i + _SIZE])]
            if len(holders) < _COMMON:
                shared.update(set(holders) - {report})
                holders.append(report)
        for other, number in shared.most_common(3):
            if number >= 2 and days[report] - days[other] <= _DAYS and _alike(found, plain[other]):
                origin[report] = origin[other]
                break
        else:
            origin[report] = report
    return origin


@lru_cache(maxsize=100_000)
def _begins(word: str) -> bool:
    return crc32(word.encode("utf-8", "surrogatepass")) % _SAMPLE == 0


def _alike(first: list[str], second: list[str]) -> bool:
    one, other = _shingles(first), _shingles(second)
    return len(one & other) >= _SHARE * max(1, min(len(one), len(other)))


def _shingles(found: list[str]) -> set[tuple[str, ...]]:
    return {tuple(found[i : i + _SIZE]) for i in range(len(found) - _SIZE + 1)}
