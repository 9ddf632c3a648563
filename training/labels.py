"""The labels of all tasks, in the order of the network's outputs."""

from __future__ import annotations

from data import FEATURES, ROLES, Example

from lagebild.model import EVENT_TYPES, ISSUES, MEASURES, MODES, PRECISIONS, STANCES, STATUSES


def build_labels(trees: list[Example]) -> dict[str, list[str]]:
    """Label sets by task; words and trees as the treebanks have them, features as German and English ones do."""
    labels = {
        "upos": sorted({u for e in trees for u in e.upos} - {"_"}),
        "deprel": sorted({d for e in trees for d in e.deprels} - {"_"}),
    }
    own = [e for e in trees if e.source[:2] in ("de", "en")]
    for f in FEATURES:
        labels["feat:" + f] = ["none", *sorted({x[f] for e in own for x in e.feats if f in x})]
    labels["names"] = ["O", *(f"{place}-{kind}" for kind in ("PER", "ORG", "LOC", "OTH") for place in "BI")]
    labels["event:type"] = ["none", *EVENT_TYPES]
    labels["event:mode"] = ["none", *sorted({m for modes in MODES.values() for m in modes})]
    labels["event:issue"] = ["none", *ISSUES]
    labels["event:status"] = list(STATUSES)
    labels["event:stance"] = list(STANCES)
    labels["event:measure"] = ["none", *MEASURES]
    labels["event:precision"] = list(PRECISIONS)
    labels["role"] = list(ROLES)
    return labels
