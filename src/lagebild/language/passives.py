"""Relations of passives: an auxiliary of the passive beside a past participle says that its subject suffers the act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from lagebild.lexicon.loader import load

_PASSIVE = {"nsubj": "nsubj:pass", "csubj": "csubj:pass"}


@cache
def _auxiliaries(language: str) -> frozenset[str]:
    return frozenset(load(language, "morphology").get("passive", {}).get("forms", ()))


def passive_relations(
    forms: Sequence[str],
    feats: Sequence[Mapping[str, str]],
    heads: Sequence[int],
    deprels: Sequence[str],
    language: str,
) -> list[str]:
    """The relations with those of a passive where form and features leave no other reading («could be rolled back»).

    Only for languages whose lexicon names such auxiliaries: English “be” with a past participle, not German «sein».
    """
    found, known = list(deprels), _auxiliaries(language)
    if not known:
        return found
    for word, form in enumerate(forms):
        verb = heads[word]
        if deprels[word] != "aux" or form.casefold() not in known or verb < word:
            continue
        if feats[verb].get("VerbForm") != "Part" or feats[verb].get("Tense") != "Past":
            continue
        found[word] = "aux:pass"
        for other, head in enumerate(heads):
            if head == verb and deprels[other] in _PASSIVE:
                found[other] = _PASSIVE[deprels[other]]
    return found
