"""Fits the weights of traits for the status of acts on the annotated reports: votes.json beside the network.

usage: votes.py --data FOLDER OUT.json [--weights FOLDER]; after every change of the network's weights or of the traits.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from told import Annotated, act_of, gold_reports, own_reports

from lagebild.language import load_analyser
from lagebild.reading.traits import traits

#: Traits rarer than this are left out; inverse strength of regularisation; weight of the reports of our own.
RARE = {"status": 5}
C = {"status": 0.15}
OWN = 0.65
#: Weights nearer to zero than this are dropped.
SMALL = 0.04


def rows(reports: Iterable[Annotated]) -> dict[str, list[tuple[tuple[str, ...], str, float]]]:
    """Training rows (traits, label, weight)."""
    found: dict[str, list[tuple[tuple[str, ...], str, float]]] = {"status": []}
    for report in reports:
        for told in report.told:
            sentence, act = report.document.sentences[told.sentence], act_of(report, told)
            names = tuple(traits(sentence, act, report.document.language))
            found["status"].append((names, told.status, report.weight))
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
    reports = [
        *gold_reports(args.data / "gold" / "train", analyser),
        *own_reports(Path(__file__).parent / "reports", analyser, OWN),
    ]
    found = rows(reports)
    tables = {name: fit(name, table) for name, table in found.items()}
    args.out.write_text(json.dumps(tables, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
