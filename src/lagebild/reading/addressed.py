"""Whom a verbal act is addressed to or aimed at, where its content tells it: who is to do what is demanded, who would suffer what
is threatened; and who of the two does it."""

from __future__ import annotations

from collections.abc import Mapping

from lagebild.language.document import Sentence
from lagebild.model import Party
from lagebild.reading.syntax import is_verbal
from lagebild.reading.vouching import Told, governing

#: Acts that are addressed to who does their content, and those that are aimed at whom their content strikes.
_ADDRESSED = frozenset({"REQUEST", "ACCUSE", "COERCE"})
_AIMED = frozenset({"THREATEN"})

Parts = tuple[tuple[Party, ...], tuple[Party, ...]]


def addressed(sentence: Sentence, told: Mapping[int, Told], parts: Mapping[int, Parts]) -> dict[int, Parts]:
    """Actors and recipients of the acts of a sentence by their word, each told by the others where its own clause is silent."""
    found = dict(parts)
    for word, act in told.items():
        over = governing(sentence, act, told)
        if over is None:
            continue
        actors, recipients = found[word]
        above_actors, above_recipients = found[over.act.word]
        if over.act.type in _ADDRESSED:
            doers = _without(actors, above_actors)
            # «demands the resignation of X» need not be told to X.
            if not above_recipients and is_verbal(sentence, word):
                above_recipients = doers
            if _shared(doers, above_recipients):
                actors = doers
        elif over.act.type in _AIMED and not above_recipients:
            above_recipients = _without(recipients, above_actors)
        found[word] = actors, recipients
        found[over.act.word] = above_actors, above_recipients
    return found


def _without(parties: tuple[Party, ...], others: tuple[Party, ...]) -> tuple[Party, ...]:
    names = {other.name for other in others}
    return tuple(party for party in parties if party.name not in names)


def _shared(parties: tuple[Party, ...], others: tuple[Party, ...]) -> bool:
    return bool({party.name for party in parties} & {other.name for other in others})
