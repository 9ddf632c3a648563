"""Where punctuation hangs in a tree, by the guideline of Universal Dependencies (https://universaldependencies.org/u/dep/punct.html).

Marks between units hang on the lower of the two units beside them, so that no arc crosses; those at the end on the root.
The silver trees and those of our own hang them all in this one way. Brackets and opening quotation marks belong
to what they hold and are left where the network put them.
"""

from __future__ import annotations

from collections.abc import Sequence

#: Marks that stand between units or close them; brackets and opening quotation marks do not.
BETWEEN = frozenset([",", ";", ":", "-", "–", "—", "--", ".", "!", "?", "...", "…", "''", "“", "”", "«"])


def attach(heads: Sequence[int], forms: Sequence[str], upos: Sequence[str]) -> list[int]:
    """The tree with its marks moved; `heads` are word indices, -1 for the root. Trees without a word are returned as they are."""
    words = [i for i, tag in enumerate(upos) if tag != "PUNCT"]
    # A mark that governs something is no plain mark (a sentence of marks alone, a slip of the tagger).
    governors = set(heads)
    found = list(heads)
    if not words:
        return found
    for i, (form, tag) in enumerate(zip(forms, upos, strict=True)):
        if tag != "PUNCT" or form not in BETWEEN or heads[i] < 0 or i in governors:
            continue
        left = next((w for w in range(i - 1, -1, -1) if upos[w] != "PUNCT"), None)
        right = next((w for w in range(i + 1, len(forms)) if upos[w] != "PUNCT"), None)
        sides = [_top(heads, w, i) for w in (left, right) if w is not None]
        found[i] = max(sides, key=lambda w: _depth(heads, w))
    return found


def _top(heads: Sequence[int], word: int, mark: int) -> int:
    """The highest word above `word` that is reached without passing the mark."""
    while heads[word] >= 0 and (heads[word] < mark) == (word < mark):
        word = heads[word]
    return word


def _depth(heads: Sequence[int], word: int) -> int:
    depth = 0
    while heads[word] >= 0:
        word, depth = heads[word], depth + 1
    return depth
