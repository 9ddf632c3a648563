"""Learned weights of traits: log-linear scores for the status of an act (`votes.json`), and for its parties, its place and the issue
of a verbal act (`fields.json`), and the extent of its evidence (`evidence.json`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, log

from lagebild.language.neural import weights_directory


@dataclass(frozen=True, slots=True)
class Votes:
    """One table: a bias and, for each trait, a weight a label (natural log-odds, as training/votes.py fits them)."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, traits: Iterable[str]) -> dict[str, float]:
        """Log-probability of each label for something with these traits; traits never seen in training count nothing."""
        sums = list(self.bias)
        for trait in traits:
            row = self.weights.get(trait)
            if row is not None:
                for i, weight in enumerate(row):
                    sums[i] += weight
        highest = max(sums)
        total = highest + log(sum(exp(s - highest) for s in sums))
        return {label: s - total for label, s in zip(self.labels, sums, strict=True)}

    def reasons(self, traits: Iterable[str], label: str, most: int = 3) -> list[tuple[str, float]]:
        """The traits that speak most for a label, against the mean of the others, strongest first."""
        at = self.labels.index(label)
        found = []
        for trait in traits:
            row = self.weights.get(trait)
            if row is not None:
                lead = row[at] - (sum(row) - row[at]) / (len(row) - 1)
                if lead > 0:
                    found.append((trait, round(lead, 2)))
        return sorted(found, key=lambda item: (-item[1], item[0]))[:most]


@cache
def votes(table: str) -> Votes:
    """The table of this name in `votes.json`, loaded once."""
    return _load("votes.json", table)


@cache
def fields(table: str) -> Votes:
    """The table of this name in `fields.json`, loaded once."""
    return _load("fields.json", table)


@cache
def extents() -> Votes:
    """The table of `evidence.json`: whether a stretch of words is the evidence of an event."""
    return _load("evidence.json", "evidence")


def _load(file: str, table: str) -> Votes:
    content = json.loads((weights_directory() / file).read_text("utf-8"))[table]
    return Votes(
        labels=tuple(content["labels"]),
        bias=tuple(content["bias"]),
        weights={trait: tuple(row) for trait, row in content["traits"].items()},
    )
