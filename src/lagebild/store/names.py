"""Names and words as the store keeps them, searches them and, where one is unknown, finds the nearest."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def raw(words: str | None) -> str | bytes | None:
    """Words as SQLite takes them: lone surrogates have no UTF-8, so such words go as bytes and are cast to TEXT."""
    if words is None:
        return None
    try:
        words.encode("utf-8")
    except UnicodeEncodeError:
        return words.encode("utf-8", "surrogatepass")
    return words


def fold(name: str) -> str:
    """A name as it is searched for."""
    return " ".join(name.casefold().split())


def nearest(name: str, known: Iterable[str]) -> str:
    """`; nearest: a, b`, or nothing: up to three names that begin with it, hold it or are spelt like it, in this order."""
    by_fold: dict[str, str] = {fold(k): k for k in known}
    sought = fold(name)
    begins = [k for k in by_fold if k.startswith(sought)]
    holds = [k for k in by_fold if sought in k]
    near = dict.fromkeys([*begins[:3], *holds[:3], *get_close_matches(sought, by_fold, n=3, cutoff=0.5)])
    return f"; nearest: {', '.join(by_fold[k] for k in list(near)[:3])}" if near and sought else ""
