"""Names that the lexicon knows: corrects the network's types of names and adds states and groups that it missed."""

from __future__ import annotations

from collections.abc import Sequence

from lagebild.lexicon.parties import parties

#: The label of each kind of lexicon entry; offices and populations are no names.
LABELS = {"state": "LOC", "group": "ORG", "organisation": "ORG", "media": "ORG", "person": "PER"}
#: Kinds whose entries are added where the network found no name at all.
ADDED = frozenset({"state", "group", "organisation", "media"})


def correct_names(forms: Sequence[str], upos: Sequence[str], labels: Sequence[str], language: str) -> list[str]:
    """The IOB2 labels of a sentence after the lexicon has been heard.

    A span that is exactly a known name gets its type (a single word is no person: surnames are places as well); a known name
    of capitalised proper nouns outside all spans becomes one.
    """
    found = list(labels)
    if not any(u == "PROPN" for u in upos) and all(label == "O" for label in labels):
        return found
    for match in parties().match(forms, language):
        label = LABELS.get(match.entry.kind)
        if label is None or not match.whole or not forms[match.first][:1].isupper():
            continue
        first, last = match.first, match.last
        inside = found[first : last + 1]
        if label == "PER" and first == last:
            continue
        ends = last + 1 == len(found) or not found[last + 1].startswith("I-")
        exact = inside[0].startswith("B-") and all(x.startswith("I-") for x in inside[1:]) and ends
        missed = match.entry.kind in ADDED and all(x == "O" for x in inside) and "PROPN" in upos[first : last + 1]
        if exact or missed:
            found[first : last + 1] = [f"B-{label}", *[f"I-{label}"] * (last - first)]
    return found
