"""Fits the weights of traits for parties, places and issues on the annotated reports: fields.json beside the network.

usage: fields.py --data FOLDER OUT.json; after every change of the network's weights, of the lexicon's parties or of the traits.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from told import Annotated, Told, act_of, gold_reports, own_reports

from lagebild.language import load_analyser
from lagebild.language.document import Sentence
from lagebild.lexicon.names import fold
from lagebild.model import VERBAL_TYPES
from lagebild.reading.events import Act
from lagebild.reading.locating import places
from lagebild.reading.parties import Resolver
from lagebild.reading.speech import find_speech
from lagebild.reading.standing import parties_beside
from lagebild.reading.topic import Topics
from lagebild.reading.vouching import hear_speakers

Row = tuple[tuple[str, ...], str, float]
#: Traits rarer than this are left out; inverse strength of regularisation; how far rows of rare labels weigh more (1: every
#: label weighs the same, because reports of other newspapers are about other things); weight of the reports of our own.
RARE = {"roles": 5, "place": 4, "issue": 3}
C = {"roles": 0.2, "place": 0.3, "issue": 0.3}
EVEN = {"roles": 0.0, "place": 0.0, "issue": 1.0}
OWN = 0.65
#: Weights nearer to zero than this are dropped.
SMALL = {"roles": 0.04, "place": 0.04, "issue": 0.08}


def _same(text: str, name: str, others: Iterable[tuple[str, str | None]]) -> bool:
    """Whether a text or name means one of the annotated (text, name): all words of the shorter stand in the longer."""
    mine = [set(fold(x).split()) for x in (text, name) if x]
    gold = [set(fold(x).split()) for pair in others for x in pair if x]
    return any(a and b and (a <= b or b <= a) for a in mine for b in gold)


def head_of(sentence: Sentence, text: str, near: int) -> tuple[int, list[int]] | None:
    """The head word of the nearest place where a party's text stands in the sentence, and all its words."""
    base, best = sentence.tokens[0].start, None
    for m in re.finditer(r"(?<!\w)" + re.escape(text) + r"(?!\w)", sentence.text):
        words = [w for w, t in enumerate(sentence.tokens) if t.start >= m.start() + base and t.end <= m.end() + base]
        if words:
            head = next((w for w in words if sentence.heads[w] not in words), words[0])
            distance = min(abs(w - near) for w in words)
            if best is None or distance < best[0]:
                best = (distance, head, words)
    return (best[1], best[2]) if best else None


def rows(reports: Iterable[Annotated]) -> dict[str, list[Row]]:
    """Training rows (traits, label, weight) of every table."""
    found: dict[str, list[Row]] = {"roles": [], "place": [], "issue": []}
    for report in reports:
        resolver, topics = Resolver(report.document, report.published), Topics(report.document)
        hear_speakers(resolver, find_speech(report.document))
        acts: dict[int, list[tuple[Told, Act]]] = {}
        for told in report.told:
            acts.setdefault(told.sentence, []).append((told, act_of(report, told)))
        for index, pairs in acts.items():
            here = [act for _, act in pairs]
            for told, act in pairs:
                found["roles"] += _role_rows(report, resolver, told, act, here)
                found["place"] += _place_rows(report, resolver, told, act, here)
                if act.type in VERBAL_TYPES:
                    sentence = report.document.sentences[index]
                    traits = topics.traits(index, sentence, act, here)
                    found["issue"].append((traits, told.issue or "none", report.weight))
    return found


def _role_rows(report: Annotated, resolver: Resolver, told: Told, act: Act, here: list[Act]) -> Iterator[Row]:
    sentence = report.document.sentences[told.sentence]
    known: dict[int, str] = {}
    for role, texts in told.parties.items():
        for text, _ in texts:
            spot = head_of(sentence, text, told.word)
            if spot is not None:
                known |= dict.fromkeys((spot[0], *spot[1]), role)
    for candidate in parties_beside(resolver, told.sentence, sentence, act, here):
        party = candidate.party
        label = known.get(candidate.word, "none")
        for role, pairs in told.parties.items():
            named = [(text, name) for text, name in pairs if name]
            if label == "none" and named and _same(party.text, party.name, named):
                label = role
        yield candidate.traits, label, report.weight


def _place_rows(report: Annotated, resolver: Resolver, told: Told, act: Act, here: list[Act]) -> Iterator[Row]:
    for candidate in places(resolver, told.sentence, report.document.sentences[told.sentence], act, here):
        right = told.place is not None and _same(candidate.place.text, candidate.place.name, [told.place])
        yield candidate.traits, "place" if right else "none", report.weight


def fit(name: str, table: list[Row]) -> dict[str, Any]:
    """Multinomial logistic regression; weights rounded to two digits."""
    counts = Counter(t for found, _, _ in table for t in found)
    labels = Counter(label for _, label, _ in table)
    keep = {t for t, n in counts.items() if n >= RARE[name]}
    vectors = DictVectorizer()
    x = vectors.fit_transform([{t: 1.0 for t in found if t in keep} for found, _, _ in table])
    y = np.array([label for _, label, _ in table])
    weights = np.array([w * labels[label] ** -EVEN[name] for _, label, w in table])
    weights *= len(table) / weights.sum()
    model = LogisticRegression(C=C[name], max_iter=300).fit(x, y, sample_weight=weights)
    print(f"{name}: {len(table)} rows, {len(keep)} traits, right on them {100 * model.score(x, y):.1f} %")
    rounded, bias = model.coef_.T.round(2), model.intercept_.round(3)
    if len(model.classes_) == 2:  # one column stands for both labels
        rounded, bias = np.hstack([-rounded, rounded]) / 2, np.array([-bias[0], bias[0]]) / 2
    return {
        "labels": [str(c) for c in model.classes_],
        "bias": [round(float(b), 3) for b in bias],
        "traits": {
            str(t): [round(float(v), 3) for v in row]
            for t, row in zip(vectors.feature_names_, rounded, strict=True)
            if abs(row).max() >= SMALL[name]
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    analyser = load_analyser(threads=1)
    reports = [
        *gold_reports(args.data / "gold" / "train", analyser),
        *own_reports(Path(__file__).parent / "reports", analyser, OWN),
    ]
    tables = {name: fit(name, table) for name, table in rows(reports).items()}
    args.out.write_text(json.dumps(tables, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
