"""Mentions to clusters: pairs that may be one event are found by blocks, scored, and joined where whole clusters agree."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from lagebild.picture.likeness import NEVER, PARTNERS, Likeness
from lagebild.picture.traits import Traits

#: Days between the anchors (day of the event, else of the report) of two mentions that are compared.
_WINDOW = 50
_CLOSE = 8
#: Of mentions that share a key, so many before it in time are compared with each.
_DENSE = 24
#: Scores looked at where two clusters are weighed against each other.
_WEIGHED = 36
#: Types that are told again long after.
_LONG = frozenset({"AGREE", "SANCTION", "CONCEDE", "RETREAT", "MOBILIZE"})


def clusters(
    likeness: Likeness, joined: Iterable[Sequence[int]] = (), parted: Iterable[tuple[Sequence[int], Sequence[int]]] = ()
) -> list[list[int]]:
    """Indices of mentions, one list a case, by first mention. `joined` and `parted` are decisions of people: mentions
    that are one case, and pairs of groups that are not."""
    traits = likeness.traits
    never = {frozenset((a, b)) for one, other in parted for a in one for b in other}
    # Of a dossier of thousands of reports there are millions: one number for a pair takes less room and time than two.
    scores: dict[int, float] = {}
    many = len(traits)

    def score(i: int, j: int) -> float:
        key = i * many + j if i < j else j * many + i
        found = scores.get(key)
        if found is None:
            found = scores[key] = likeness.of(traits[i], traits[j])
        return found

    parent = list(range(len(traits)))
    members: dict[int, list[int]] = {i: [i] for i in parent}

    def top(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    def unite(i: int, j: int) -> None:
        a, b = sorted((top(i), top(j)))
        if a != b:
            parent[b] = a
            members[a] += members.pop(b)

    for group in joined:
        for other in group[1:]:
            unite(group[0], other)
    pairs = [(-value, i, j) for i, j in _candidates(likeness) if (value := score(i, j)) > 0]
    for against, i, j in sorted(pairs):
        a, b = top(i), top(j)
        if a == b:
            continue
        if never and any(frozenset((x, y)) in never for x in members[a] for y in members[b]):
            continue
        if (
            len(members[a]) == len(members[b]) == 1
            or _follows((i, members[a]), (j, members[b]), score, traits)
            or _agree(members[a], members[b], score, -against, traits)
        ):
            unite(a, b)
    return sorted((sorted(group) for group in members.values()), key=lambda group: group[0])


def _agree(
    one: list[int], other: list[int], score: Callable[[int, int], float], best: float, traits: Sequence[Traits]
) -> bool:
    """Whether two clusters are one: no pair is impossible, and the pairs speak for it on the whole.

    Mentions that name neither place nor day say little either way and count less.
    """
    total, weights = 0.0, 0.0
    wide = len(other)
    step = max(1, len(one) * wide // _WEIGHED)
    for n in range(0, len(one) * wide, step):
        i, j = one[n // wide], other[n % wide]
        value = score(i, j)
        if value == NEVER:
            return False
        weight = _weight(traits[i]) * _weight(traits[j])
        total += weight * max(-4.0, min(value, 4.0))
        weights += weight
    return total / weights > (-0.35 if best > 1.0 else 0.0)


def _follows(
    one: tuple[int, list[int]],
    other: tuple[int, list[int]],
    score: Callable[[int, int], float],
    traits: Sequence[Traits],
) -> bool:
    """Whether of two mentions, each with its cluster, one names neither place nor day, is in no case yet and goes on with the
    other, told before it in the same report. What it says of who and how is then another view of the same event, whatever
    other reports say."""
    if traits[one[0]].mention.report != traits[other[0]].mention.report:
        return False
    for (alone, group), (anchor, fellows) in ((one, other), (other, one)):
        t = traits[alone]
        own = all(
            traits[m].mention.origin == t.mention.origin and (traits[m].loose or traits[m].joins) for m in group
        )  # it and its copies
        if own and traits[anchor].mention.at < t.mention.at:
            return all(score(alone, fellow) != NEVER for fellow in fellows)
    return False


def _weight(t: Traits) -> float:
    return 1.0 if t.place is not None or t.span is not None else 0.25


def _candidates(likeness: Likeness) -> Iterator[tuple[int, int]]:
    """Pairs of mentions of compatible types that share a key and are near in time, each once."""
    traits = likeness.traits
    order = sorted(range(len(traits)), key=lambda i: (traits[i].anchor, i))
    blocks: dict[tuple[str, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for i in order:
        here = traits[i]
        type_ = here.mention.type
        window = _WINDOW if type_ in _LONG else _CLOSE
        found: set[int] = set()
        for key in likeness.keys(here):
            for partner in PARTNERS[type_]:
                block = blocks.get((key, partner))
                if block is None:
                    continue
                earlier, days = block
                found.update(earlier[max(bisect_left(days, here.anchor - window), len(earlier) - _DENSE) :])
            earlier, days = blocks[key, type_]
            earlier.append(i)
            days.append(here.anchor)
        # A mention that has one key twice meets itself.
        yield from ((i, j) if i < j else (j, i) for j in found if j != i)
