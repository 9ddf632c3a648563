"""Fits the weights of traits for the status of acts on the annotated reports: votes.json beside the network.

usage: votes.py --data FOLDER OUT.json [--weights FOLDER]; after every change of the network's weights or of the traits.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from annotated import HELD, parse
from data import content_word, triggers
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from lagebild.intake.zones import breaks
from lagebild.language import load_analyser
from lagebild.language.document import Sentence
from lagebild.lexicon.frames import frames
from lagebild.reading.events import Act, matching_frames
from lagebild.reading.syntax import slots
from lagebild.reading.traits import traits

#: Traits rarer than this are left out; inverse strength of regularisation; weight of the reports of our own.
RARE = {"status": 5}
C = {"status": 0.1}
OWN = 0.65
#: Weights nearer to zero than this are dropped.
SMALL = 0.04


@dataclass(frozen=True, slots=True)
class Item:
    """A gold event: sentence, trigger word and labels."""

    sentence: Sentence
    word: int
    language: str
    type: str
    status: str
    weight: float


def gold_items(folder: Path, analyser: Any) -> Iterator[Item]:
    """Events of gold reports, each with the sentence and word that its trigger stands on."""
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text, language = gold["text"], gold["language"]
        document = analyser.analyse(text, language, breaks(text))
        at = {
            c: (s, w)
            for s in document.sentences
            for w, token in enumerate(s.tokens)
            for c in range(token.start, token.end)
        }
        for start, f in triggers(gold):
            place = at.get(start)
            if place is not None:
                yield Item(*place, language, f["type"], f["status"], 1.0)


def own_items(folder: Path, analyser: Any) -> Iterator[Item]:
    """Events of our own annotated reports, without the held-out files."""
    for path in sorted(folder.glob("*/*.txt")):
        if path.stem in HELD:
            continue
        for line in parse(path)[0]:
            document = analyser.analyse(line.text, line.language, ())
            for f in line.findings:
                if "type" not in f.labels:
                    continue
                trigger = line.text[slice(*f.trigger)]
                offset = line.text.index(content_word(trigger), f.trigger[0])
                for s in document.sentences:
                    word = next((w for w, t in enumerate(s.tokens) if t.start <= offset < t.end), None)
                    if word is not None:
                        yield Item(s, word, line.language, f.labels["type"], f.labels["status"], OWN)


def rows(items: list[Item]) -> dict[str, list[tuple[tuple[str, ...], str, float]]]:
    """Training rows (traits, label, weight)."""
    found: dict[str, list[tuple[tuple[str, ...], str, float]]] = {"status": []}
    for item in items:
        s, word = item.sentence, item.word
        known = (f for f, _ in matching_frames(s, word, frames(item.language)) if f.type == item.type)
        act = Act(s.index, word, item.type, None, next(known, None), 1.0, (), tuple(slots(s, word)))
        found["status"].append((tuple(traits(s, act, item.language)), item.status, item.weight))
    return found


def fit(name: str, table: list[tuple[tuple[str, ...], str, float]]) -> dict[str, Any]:
    """Multinomial logistic regression; weights rounded to two digits."""
    counts = Counter(t for found, _, _ in table for t in found)
    keep = {t for t, n in counts.items() if n >= RARE[name]}
    vectors = DictVectorizer()
    x = vectors.fit_transform([{t: 1.0 for t in found if t in keep} for found, _, _ in table])
    y = np.array([label for _, label, _ in table])
    model = LogisticRegression(C=C[name], max_iter=150).fit(x, y, sample_weight=[w for _, _, w in table])
    print(f"{name}: {len(table)} rows, {len(keep)} traits, right on them {100 * model.score(x, y):.1f} %")
    weights = model.coef_.T.round(2)
    return {
        "labels": [str(c) for c in model.classes_],
        "bias": [round(float(b), 3) for b in model.intercept_],
        "traits": {
            str(t): [float(v) for v in row]
            for t, row in zip(vectors.feature_names_, weights, strict=True)
            if abs(row).max() >= SMALL
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    analyser = load_analyser(threads=1)
    items = [
        *gold_items(args.data / "gold" / "train", analyser),
        *own_items(Path(__file__).parent / "reports", analyser),
    ]
    found = rows(items)
    tables = {name: fit(name, table) for name, table in found.items()}
    args.out.write_text(json.dumps(tables, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
