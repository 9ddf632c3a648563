"""Words to sub-tokens: each word is encoded by itself, so that sub-tokens always belong to one word, and cached."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

#: A word and whether white space follows it.
Word = tuple[str, bool]

START, PAD, END, UNKNOWN = 0, 1, 2, 3
#: A word's sub-tokens beyond these are left out (as in training); web addresses would fill the sentence otherwise.
MOST_PIECES = 12
#: The cache of words is emptied when it holds so many, so that memory stays bounded in long runs.
CACHE_SIZE = 200_000


@dataclass(frozen=True, slots=True)
class Encoded:
    """One sentence: sub-token ids with start and end mark, and each word's first and last place among them."""

    ids: list[int]
    first: list[int]
    last: list[int]


class Encoder:
    """The pruned Unigram tokenizer, asked word by word. Not tied to a sentence: the same word gives the same ids."""

    def __init__(self, path: Path) -> None:
        content = json.loads(path.read_text("utf-8"))
        content["post_processor"] = None
        # A word after white space carries the mark ▁, a word that touches the one before does not.
        self._spaced = Tokenizer.from_str(json.dumps(content | {"pre_tokenizer": _metaspace("always")}))
        self._glued = Tokenizer.from_str(json.dumps(content | {"pre_tokenizer": _metaspace("never")}))
        self._cache: dict[Word, tuple[int, ...]] = {}

    def pieces(self, form: str, space_before: bool) -> tuple[int, ...]:
        """Ids of one word's sub-tokens, at least one."""
        key = (form, space_before)
        found = self._cache.get(key)
        if found is None:
            tokenizer = self._spaced if space_before else self._glued
            # Lone surrogates cannot pass into the tokenizer; they stand for characters nobody could read anyway.
            clean = form.encode("utf-8", "replace").decode("utf-8")
            ids = tokenizer.encode(clean, add_special_tokens=False).ids if clean else []
            found = tuple(ids[:MOST_PIECES]) or (UNKNOWN,)
            if len(self._cache) >= CACHE_SIZE:
                self._cache.clear()
            self._cache[key] = found
        return found

    def encode(self, words: Sequence[Word]) -> Encoded:
        """Sub-tokens of a sentence. The first word counts as standing after white space."""
        ids, first, last = [START], [], []
        space = True
        for form, space_after in words:
            first.append(len(ids))
            ids.extend(self.pieces(form, space))
            last.append(len(ids) - 1)
            space = space_after
        ids.append(END)
        return Encoded(ids, first, last)


def _metaspace(prepend: str) -> dict[str, object]:
    return {"type": "Metaspace", "replacement": "▁", "prepend_scheme": prepend, "split": False}


def pack(windows: Sequence[Sequence[Encoded]]) -> dict[str, NDArray[np.int64] | NDArray[np.float32]]:
    """The network's inputs for windows of neighbouring sentences: ids and mask [B, S]; first and last [N], the places of
    all words' sub-tokens in the flattened batch (row · S + column), window by window.

    The end mark of one sentence stands where the next would have its start mark.
    """
    width = max(window_length(w) for w in windows)
    ids = np.full((len(windows), width), PAD, np.int64)
    mask = np.zeros((len(windows), width), np.float32)
    first: list[int] = []
    last: list[int] = []
    for row, window in enumerate(windows):
        at = 0
        for sentence in window:
            ids[row, at : at + len(sentence.ids)] = sentence.ids
            if at:
                ids[row, at] = END
            begin = row * width + at
            first += [begin + x for x in sentence.first]
            last += [begin + x for x in sentence.last]
            at += len(sentence.ids) - 1
        mask[row, : at + 1] = 1
    return {"ids": ids, "mask": mask, "first": np.array(first, np.int64), "last": np.array(last, np.int64)}


def window_length(window: Sequence[Encoded]) -> int:
    """Sub-tokens of neighbouring sentences with their marks."""
    return 1 + sum(len(sentence.ids) - 1 for sentence in window)
