"""Scores to structures: the best tree with one root (greedy, else Chu-Liu-Edmonds) and the best name tags."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

#: Far beyond any sum of scores: makes the search use as few arcs from the root as a tree can have, which is one.
PENALTY = 1e6


def tree(scores: Floats) -> list[int]:
    """Heads of the best tree. `scores` is [W, W+1]: row = dependent, column 0 = root, column h+1 = word h.

    Returns for each word its head's index, -1 for the one root. The greedy choice is taken where it already is
    a tree; otherwise the maximum spanning tree is searched.
    """
    count = len(scores)
    if not count:
        return []
    finite = np.array(scores, np.float64)
    if not np.isfinite(finite).all():
        finite = np.nan_to_num(finite, nan=-1e4, posinf=1e4, neginf=-1e4)
    rows = np.arange(count)
    finite[rows, rows + 1] = -np.inf
    heads = finite.argmax(1)
    if int((heads == 0).sum()) == 1 and cycle([-1, *heads.tolist()]) is None:
        return (heads - 1).tolist()  # type: ignore[no-any-return]
    # A word's scores count relative to each other only, so that no word's scale outweighs the others'.
    top = finite.max(1, keepdims=True)
    finite = finite - top - np.log(np.exp(finite - top).sum(1, keepdims=True))
    square = np.full((count + 1, count + 1), -np.inf)
    square[1:] = finite
    square[1:, 0] -= PENALTY
    return [int(h) - 1 for h in spanning_tree(square)[1:]]


def cycle(heads: Sequence[int]) -> list[int] | None:
    """The nodes of a cycle among `heads` (node 0 is the root and has head -1), None if there is none."""
    state = [0] * len(heads)  # 0 not seen, 1 on the way, 2 leads to the root
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if state[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            state[seen] = 2
    return None


def spanning_tree(scores: Floats) -> list[int]:
    """Chu-Liu-Edmonds: heads of the maximum spanning tree from node 0; `scores` is [N, N], row = dependent.

    Every node takes its best head; a cycle becomes one node, whose arcs are those into its parts, each less what the part's
    own arc in the cycle scores. Heads are looked for along one path at a time, so that a node is merged at most once a level.
    """
    count = len(scores)
    rows: list[Floats] = [np.array(row) for row in scores]
    enters = [np.full(count, node) for node in range(count)]  # by head: the word at which its arc comes in
    members: list[list[int]] = [[node] for node in range(count)]
    parts: list[list[int]] = [[] for _ in range(count)]
    above = [-1] * count  # the merged node that a node is part of
    group = list(range(count))
    best = [-1] * count
    state = [2] + [0] * (count - 1)  # 0 not seen, 1 on the path, 2 leads to the root
    every = np.arange(count)
    for start in range(1, count):
        path: list[int] = []
        node = group[start]
        while state[node] != 2:
            if state[node] == 1:
                ring = path[path.index(node) :]
                del path[-len(ring) :]
                node = len(rows)
                less = np.array([rows[part] - rows[part][best[part]] for part in ring])
                first = less.argmax(0)
                row = less[first, every]
                enters.append(np.array([enters[part] for part in ring])[first, every])
                members.append([word for part in ring for word in members[part]])
                row[members[node]] = -np.inf
                rows.append(row)
                parts.append(ring)
                for part in ring:
                    above[part] = node
                for word in members[node]:
                    group[word] = node
                above.append(-1)
                best.append(-1)
                state.append(0)
            state[node] = 1
            path.append(node)
            best[node] = int(rows[node].argmax())
            node = group[best[node]]
        for seen in path:
            state[seen] = 2
    heads = [-1] * count
    open_nodes = [node for node in set(group) if node]
    while open_nodes:
        node = open_nodes.pop()
        part = int(enters[node][best[node]])
        heads[part] = best[node]
        # Where the arc comes in, the cycle is cut; all its other parts keep their arcs.
        while part != node:
            open_nodes += [other for other in parts[above[part]] if other != part]
            part = above[part]
    return heads


def transitions(labels: Sequence[str]) -> Floats:
    """[L + 1, L]: 0 where BIO lets a label follow another, else -1e9. The last row is the sentence's beginning."""
    table = np.zeros((len(labels) + 1, len(labels)))
    for column, label in enumerate(labels):
        if label.startswith("I-"):
            allowed = {f"B-{label[2:]}", label}
            table[[row for row, before in enumerate([*labels, ""]) if before not in allowed], column] = -1e9
    return table


def viterbi(scores: Floats, allowed: Floats) -> list[int]:
    """The best sequence of labels for `scores` [W, L] under the `transitions` table."""
    if not len(scores):
        return []
    greedy = scores.argmax(1)
    # Most sentences are consistent already, and then the greedy choice is the best one.
    before = np.concatenate([[len(allowed) - 1], greedy[:-1]])
    if not allowed[before, greedy].any():
        return greedy.tolist()  # type: ignore[no-any-return]
    best = scores[0] + allowed[-1]
    back = []
    for row in scores[1:]:
        paths = best[:, None] + allowed[:-1]
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    label = int(best.argmax())
    found = [label]
    for pointers in reversed(back):
        label = int(pointers[label])
        found.append(label)
    return found[::-1]


def log_softmax(scores: Floats) -> Floats:
    """Log-probabilities over the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return result
