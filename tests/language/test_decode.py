"""Decoding always gives a tree with one root and well-formed name tags, and the best ones at that."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lagebild.language import decode

LABELS = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")


def scores(count: int, width: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float32, (count, width), elements=st.floats(-20, 20, width=32))


def is_tree(heads: list[int]) -> bool:
    return decode.cycle([-1, *(h + 1 for h in heads)]) is None and heads.count(-1) == 1


@given(st.integers(1, 12).flatmap(lambda n: scores(n, n + 1)))
def test_any_scores_give_a_tree_with_one_root(matrix: np.ndarray) -> None:
    assert is_tree(decode.tree(matrix))


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 4).flatmap(lambda n: scores(n, n + 1)))
def test_the_tree_is_the_best_one(matrix: np.ndarray) -> None:
    count = len(matrix)
    logs = matrix.astype(np.float64)
    logs[np.arange(count), np.arange(count) + 1] = -np.inf
    logs = decode.log_softmax(logs)

    def value(heads: list[int]) -> float:
        return float(sum(logs[i, h + 1] for i, h in enumerate(heads)))

    best = max(value(list(h)) for h in product(range(-1, count), repeat=count) if is_tree(list(h)))
    assert value(decode.tree(matrix)) >= best - 1e-6


def test_scores_that_are_no_numbers_do_not_break_it() -> None:
    matrix = np.full((3, 4), np.nan, np.float32)
    assert is_tree(decode.tree(matrix))
    assert decode.tree(np.zeros((0, 1), np.float32)) == []


def test_several_roots_become_one() -> None:
    matrix = np.zeros((3, 4), np.float32)
    matrix[:, 0] = 10
    matrix[1, 0] = 12
    assert is_tree(decode.tree(matrix))


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 4).flatmap(lambda n: scores(n, len(LABELS))))
def test_name_tags_are_the_best_well_formed_ones(matrix: np.ndarray) -> None:
    table = decode.transitions(LABELS)
    found = decode.viterbi(matrix, table)

    def value(tags: list[int] | tuple[int, ...]) -> float:
        before = [len(LABELS), *tags[:-1]]
        return float(sum(matrix[i, t] + table[b, t] for i, (b, t) in enumerate(zip(before, tags, strict=True))))

    assert value(found) >= max(value(t) for t in product(range(len(LABELS)), repeat=len(matrix))) - 1e-3
    assert value(found) > -1e8


def test_log_softmax_sums_to_one() -> None:
    assert np.allclose(np.exp(decode.log_softmax(np.array([[1.0, 2.0, 300.0]]))).sum(), 1)
