"""Examples to batches: sub-tokens, windows of neighbouring sentences, labels as numbers."""

from __future__ import annotations

import random

import torch
from data import Example
from torch import Tensor
from vocabulary import open_tokenizers

#: Sub-tokens of a batch with padding, and of the longest window.
BATCH, LONGEST = 1100, 180
#: Neighbouring sentences that the network reads together.
Window = list[Example]


class Data:
    """Examples as tensors: sub-tokens, word places and labels."""

    def __init__(self, labels: dict[str, list[str]], tokenizer: str, sources: list[str]) -> None:
        self.spaced, self.glued = open_tokenizers(tokenizer)
        self.labels = labels
        self.index = {k: {v: i for i, v in enumerate(vs)} for k, vs in labels.items()}
        self.sources = sources
        self.cache: dict[tuple[str, bool], list[int]] = {}

    def pieces(self, word: str, space: bool) -> list[int]:
        key = (word, space)
        if key not in self.cache:
            self.cache[key] = (self.spaced if space else self.glued).encode(word, add_special_tokens=False).ids[
                :12
            ] or [3]
        return self.cache[key]

    def sub(self, e: Example) -> tuple[list[int], list[int], list[int]]:
        ids, first, last = [0], [], []
        for i, form in enumerate(e.forms):
            piece = self.pieces(form, i == 0 or e.spaces[i - 1])
            first.append(len(ids))
            ids += piece
            last.append(len(ids) - 1)
        return [*ids, 2], first, last

    def length(self, window: Window) -> int:
        """Sub-tokens of a window with its marks."""
        return 1 + sum(len(self.sub(e)[0]) - 1 for e in window)

    def batch(self, windows: list[Window], mask_out: float) -> dict[str, Tensor]:
        """Inputs of a batch: ids and mask [B, S]; one row a word for `first`, `last` (places in the flattened batch), `treebank`;
        `slots` [sentences, W] are the rows of each sentence's words, the number of words where it has none."""
        s = max(self.length(w) for w in windows)
        ids, mask = torch.ones(len(windows), s, dtype=torch.long), torch.zeros(len(windows), s)
        first: list[int] = []
        last: list[int] = []
        banks: list[int] = []
        rows: list[range] = []
        for i, window in enumerate(windows):
            at = i * s
            for e in window:
                a, b, c = self.sub(e)
                # The end mark of one sentence stands where the next has its start mark.
                column = at - i * s
                ids[i, column : column + len(a)] = torch.tensor(a if column == 0 else [2, *a[1:]])
                rows.append(range(len(first), len(first) + len(b)))
                first += [at + x for x in b]
                last += [at + x for x in c]
                banks += [self.sources.index(e.bank) if e.bank in self.sources else 0] * len(b)
                at += len(a) - 1
            mask[i, : at - i * s + 1] = 1
        if mask_out:
            ids[(torch.rand(ids.shape) < mask_out) & (ids > 3)] = 3
        slots = torch.full((len(rows), max(len(r) for r in rows)), len(first))
        for j, r in enumerate(rows):
            slots[j, : len(r)] = torch.arange(r.start, r.stop)
        found = {"first": first, "last": last, "treebank": banks}
        return {"ids": ids, "mask": mask, "slots": slots} | {k: torch.tensor(v) for k, v in found.items()}

    def column(self, values: list[list[str | None]], label: str) -> Tensor:
        """Label numbers [N] of all words of a batch, -100 where a source does not say."""
        index = self.index[label]
        return torch.tensor([index.get(v, -100) if v is not None else -100 for row in values for v in row])


def windows(examples: list[Example], data: Data, rng: random.Random, single: float) -> list[Window]:
    """Examples in windows: neighbours of one report or file up to a random length, or a sentence alone (share `single`)."""
    found: list[Window] = []
    now: Window = []
    size, limit = 1, 0
    for e in examples:
        length = len(data.sub(e)[0]) - 1
        if length >= LONGEST - 1 or len(e.forms) > LONGEST * 0.8:
            continue
        if now and (size + length > limit or now[-1].document != e.document):
            found.append(now)
            now = []
        if not now:
            size, limit = 1, 0 if rng.random() < single else rng.randint(60, LONGEST)
        now.append(e)
        size += length
    return [*found, now] if now else found


def buckets(units: list[Window], data: Data, rng: random.Random) -> list[list[Window]]:
    """Batches of about BATCH sub-tokens, of like length, in random order."""
    order = sorted(((data.length(w), w) for w in units), key=lambda x: x[0] + rng.random() * 4)
    result, now, longest = [], [], 0
    for size, w in order:
        if now and max(longest, size) * (len(now) + 1) > BATCH:
            result.append(now)
            now, longest = [], 0
        now.append(w)
        longest = max(longest, size)
    if now:
        result.append(now)
    rng.shuffle(result)
    return result


def sample(
    examples: list[Example], weights: dict[str, float], data: Data, rng: random.Random, single: float
) -> list[Window]:
    """Windows of all examples, each source as often as its weight says."""
    found = []
    for source in sorted({e.source for e in examples}):
        mine = [e for e in examples if e.source == source]
        weight = weights.get(source, 1.0)
        for _ in range(int(weight)):
            found += windows(mine, data, rng, single)
        rest = windows(mine, data, rng, single)
        found += rng.sample(rest, round(len(rest) * (weight % 1)))
    return found
