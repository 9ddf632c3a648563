"""What the learned head says of a word: whether it names an event, of which type, and its fields."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lagebild.language.document import Sentence
from lagebild.language.neural import EventScores
from lagebild.model import EVENT_TYPES


def head_scores(events: EventScores, word: int) -> tuple[float, dict[str, float]]:
    """Log-probability of no event, and of each type, by the learned head."""
    none, types, _ = word_odds(events)
    labels = (label for label in events.labels["type"] if label in EVENT_TYPES)
    return none[word], dict(zip(labels, types[word].tolist(), strict=True))


@lru_cache(maxsize=8)
def word_odds(events: EventScores) -> tuple[list[float], NDArray[np.float64], list[float]]:
    """For every word of a sentence: the log-probability of no event, of each type ([W, types]), and by how much the best type
    leads."""
    labels = events.labels["type"]
    columns = [i for i, label in enumerate(labels) if label in EVENT_TYPES]
    none = next(i for i in range(len(labels)) if i not in columns)
    table = events.type.astype(np.float64)
    types, nothing = table[:, columns], table[:, none]
    return nothing.tolist(), types, (types - nothing[:, None]).max(1).tolist()


def head_vote(sentence: Sentence, word: int, field: str) -> dict[str, float]:
    """The learned head's log-probabilities for a field of the event at a word, {} without a head."""
    events = getattr(sentence.scores, "events", None)
    rows = getattr(events, field, None) if events is not None else None
    if events is None or rows is None:
        return {}
    return dict(zip(events.labels[field], rows[word].tolist(), strict=True))
