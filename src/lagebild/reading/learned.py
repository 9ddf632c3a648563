"""Learned weights of traits: log-linear scores for the status of an act (`votes.json`), and for its parties, its place and the issue
of a verbal act (`fields.json`), and the extent of its evidence (`evidence.json`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, log
from typing import Any

from lagebild.language.neural import weights_directory
from lagebild.lexicon.loader import undisturbed


@dataclass(frozen=True, slots=True)
class Votes:
    """One table: a bias and, for each trait, a weight a label (natural log-odds, as training/votes.py fits them)."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, traits: Iterable[str]) -> dict[str, float]:
        """Log-probability of each label for something with these traits; traits never seen in training count nothing."""
        rows = filter(None, map(self.weights.get, traits))
        sums = list(map(sum, zip(self.bias, *rows, strict=True)))
        highest = max(sums)
        total = highest + log(sum([exp(s - highest) for s in sums]))
        return {label: s - total for label, s in zip(self.labels, sums, strict=True)}

    def reasons(self, traits: Iterable[str], label: str, most: int = 3) -> list[tuple[str, float]]:
        """The traits that speak most for a label, against the mean of the others, strongest first."""
        at, others = self.labels.index(label), len(self.labels) - 1
        found = []
        for trait in traits:
            row = self.weights.get(trait)
            if row is not None:
                lead = row[at] - (sum(row) - row[at]) / others
                if lead > 0:
                    found.append((-lead, trait))
        found.sort()
        # Leads are told, and compared, in hundredths: no other trait can be among the first.
        limit = found[min(most, len(found)) - 1][0] + 0.011 if found else 0.0
        told = sorted((round(lead, 2), trait) for lead, trait in found if lead <= limit)
        return [(trait, -lead) for lead, trait in told[:most]]


@cache
def votes(table: str) -> Votes:
    """The table of this name in `votes.json`, loaded once."""
    return _tables("votes.json")[table]


@cache
def fields(table: str) -> Votes:
    """The table of this name in `fields.json`, loaded once."""
    return _tables("fields.json")[table]


@cache
def extents() -> Votes:
    """The table of `evidence.json`: whether a stretch of words is the evidence of an event."""
    return _tables("evidence.json")["evidence"]


@cache
@undisturbed()
def _tables(file: str) -> dict[str, Votes]:
    """All tables of a file."""
    content = json.loads((weights_directory() / file).read_text("utf-8"), parse_float=_Numbers().__getitem__)
    return {name: votes_of(table) for name, table in content.items()}


class _Numbers(dict[str, float]):
    """Numbers by how they are written. Weights are rounded, so there are few: one object for each is found in the processor's
    cache, where half a million would not be."""

    def __missing__(self, written: str) -> float:
        number = self[written] = float(written)
        return number


def votes_of(table: Mapping[str, Any]) -> Votes:
    """A table as it is written down."""
    return Votes(
        labels=tuple(table["labels"]),
        bias=tuple(table["bias"]),
        weights={trait: tuple(row) for trait, row in table["traits"].items()},
    )
