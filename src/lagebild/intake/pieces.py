"""Cuts a very long text into pieces that are read one after the other, so that memory stays bounded."""

from __future__ import annotations

import re

from lagebild.model import Span

#: Characters of a piece: some forty pages, far above any single news article.
LIMIT = 100_000
#: Where a text may be cut, best first; the cut is after the match.
_CUTS = (
    re.compile(r"\n[^\S\n]*\n\s*"),  # a blank line
    re.compile(r"\n"),  # a line end
    re.compile(r"[.!?…][»«\"“”’')\]]*\s+"),  # a sentence end
    re.compile(r"\s+"),
)


def pieces(text: str, limit: int = LIMIT) -> tuple[Span, ...]:
    """Spans that together are the whole text, none longer than `limit` characters.

    Cut at the last blank line before the limit; where there is none, at a line end, a sentence end, white space,
    and at last anywhere (never between a letter and its combining mark, as far as that can be helped).
    """
    if limit < 1:
        raise ValueError("limit must be at least 1")
    spans: list[Span] = []
    start = 0
    while len(text) - start > limit:
        end = _cut(text, start, start + limit)
        spans.append((start, end))
        start = end
    if start < len(text) or not spans:
        spans.append((start, len(text)))
    return tuple(spans)


def _cut(text: str, start: int, stop: int) -> int:
    for pattern in _CUTS:
        # In the second half of the window only: a piece of three lines helps nobody.
        last = 0
        for match in pattern.finditer(text, start + (stop - start) // 2, stop):
            last = match.end()
        if last > start:
            return last
    while stop - 1 > start and not text[stop].isalnum() and not text[stop].isspace():
        stop -= 1
    return stop
