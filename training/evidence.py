"""Fits the weights of traits that tell which words are the evidence of an event: evidence.json beside the network.

usage: evidence.py --data FOLDER OUT.json; after every change of the network's weights or of the traits.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from lagebild.intake.zones import breaks
from lagebild.language import load_analyser
from lagebild.language.document import Document
from lagebild.lexicon.names import fold
from lagebild.reading.evidence import traits_of

#: Traits rarer than this are left out; inverse strength of regularisation; weights nearer to zero are dropped.
RARE, C, SMALL = 4, 0.02, 0.02

Choice = list[tuple[tuple[str, ...], bool]]


def choices(folder: Path, analyser: Any) -> Iterator[Choice]:
    """For each annotated event the stretches that the tree offers: traits, and whether the annotators took it."""
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        document = analyser.analyse(gold["text"], gold["language"], breaks(gold["text"]))
        yield from of_report(document, gold)


def of_report(document: Document, gold: dict[str, Any]) -> Iterator[Choice]:
    """The choices of one report."""
    at = {t.start: (i, w) for i, s in enumerate(document.sentences) for w, t in enumerate(s.tokens)}
    events = []
    for f in gold["findings"]:
        if f["kind"] == "event":
            start = gold["text"].find(f["evidence"])
            inside = start + f["evidence"].find(max(f["trigger"].split(), key=len))
            place = next((at[c] for c in range(inside, max(inside - 40, -1), -1) if c in at), None)
            if start >= 0 and place is not None:
                events.append((*place, f))
    acts: dict[int, set[int]] = {}
    for index, word, _ in events:
        acts.setdefault(index, set()).add(word)
    for index, word, f in events:
        sentence = document.sentences[index]
        yield [
            (traits, shared(gold["text"][slice(*sentence.span(*stretch))], f["evidence"]))
            for stretch, traits in traits_of(sentence, word, f["type"], acts[index], document.language)
        ]


def shared(a: str, b: str) -> bool:
    """Whether half of the words of both together are shared: what counts as the same evidence."""
    one, two = Counter(fold(a).split()), Counter(fold(b).split())
    return sum((one & two).values()) >= 0.5 * max(1, sum((one | two).values()))


def fit(found: list[Choice]) -> dict[str, Any]:
    """Logistic regression over pairs of a right and a wrong stretch of the same event: only what sets them apart counts."""
    counts = Counter(t for choice in found for traits, _ in choice for t in traits)
    vectors = DictVectorizer()
    pairs: list[dict[str, float]] = []
    weights: list[float] = []
    for choice in found:
        right, wrong = ([set(t) for t, is_right in choice if is_right == wanted] for wanted in (True, False))
        for one in right:
            for two in wrong:
                apart = {t: 1.0 for t in one - two if counts[t] >= RARE} | {
                    t: -1.0 for t in two - one if counts[t] >= RARE
                }
                pairs.append(apart)
                weights.append(1 / (len(right) * len(wrong)))
    x = vectors.fit_transform(pairs)
    both = vstack([x, -x])
    y = np.repeat([1, 0], len(pairs))
    model = LogisticRegression(C=C, max_iter=500, fit_intercept=False).fit(both, y, sample_weight=weights * 2)
    learned = dict(zip(vectors.feature_names_, model.coef_[0], strict=True))
    return {
        "labels": ["right", "wrong"],
        "bias": [0.0, 0.0],
        "traits": {t: [round(float(w), 2), 0.0] for t, w in learned.items() if abs(w) >= SMALL},
    }


def judged(name: str, found: list[Choice], table: dict[str, Any]) -> str:
    """How many of the events have their evidence right: as chosen, by the clause alone, by the best stretch on offer."""
    weights = {t: row[0] for t, row in table["traits"].items()}
    chosen = sum(max(choice, key=lambda c: sum(weights.get(t, 0.0) for t in c[0]))[1] for choice in found)
    clause, best = sum(choice[0][1] for choice in found), sum(any(c[1] for c in choice) for choice in found)
    shares = [f"{100 * n / len(found):.1f} %" for n in (chosen, clause, best)]
    return f"{name}: {len(found)} events; chosen {shares[0]}, the clause {shares[1]}, the best on offer {shares[2]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    analyser = load_analyser(threads=1)
    sets = {name: list(choices(args.data / "gold" / name, analyser)) for name in ("train", "dev", "dev-en")}
    table = fit(sets["train"])
    for name, found in sets.items():
        print(judged(f"gold/{name}", found, table))
    rows = [f"{json.dumps(t, ensure_ascii=False)}: {json.dumps(row)}" for t, row in sorted(table.pop("traits").items())]
    head = json.dumps(table)[1:-1]
    args.out.write_text('{"evidence": {' + head + ', "traits": {\n' + ",\n".join(rows) + "\n}}}\n", "utf-8")


if __name__ == "__main__":
    main()
