"""Days as numbers: ISO dates to ordinals and back, spans of days and the distance between them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=20_000)
def ordinal(day: str | None) -> int | None:
    """The proleptic Gregorian ordinal of an ISO day; None for None and for what is no day."""
    if day is None:
        return None
    try:
        return date.fromisoformat(day).toordinal()
    except ValueError:
        return None


@lru_cache(maxsize=20_000)
def iso(number: int) -> str:
    """The ISO day of an ordinal."""
    return date.fromordinal(number).isoformat()


def gap(first: tuple[int, int], second: tuple[int, int]) -> int:
    """Days between two spans; 0 if they overlap, 1 if they touch."""
    return max(0, first[0] - second[1], second[0] - first[1])
