"""Fits the weights of traits for parties, places and issues on the annotated reports: fields.json beside the network.

usage: fields.py --data FOLDER OUT.json; after every change of the network's weights, of the lexicon's parties or of the traits.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
from lagebild.reading.learned import votes_of
from lagebild.reading.locating import places
from lagebild.reading.parties import Resolver
from lagebild.reading.rivals import rivals
from lagebild.reading.roles import claim
from lagebild.reading.speech import find_speech
from lagebild.reading.standing import Beside, parties_beside
from lagebild.reading.topic import Topics
from lagebild.reading.vouching import hear_speakers

Row = tuple[tuple[str, ...], str, float]
#: Traits rarer than this are left out; inverse strength of regularisation; how far rows of rare labels weigh more (1: every
#: label weighs the same, because reports of other newspapers are about other things); weight of the reports of our own.
RARE = {"claims": 5, "roles": 5, "place": 4, "issue": 3}
C = {"claims": 0.2, "roles": 0.2, "place": 0.3, "issue": 0.3}
EVEN = {"claims": 0.0, "roles": 0.0, "place": 0.0, "issue": 1.0}
OWN = 0.65
#: Weights nearer to zero than this are dropped.
SMALL = {"claims": 0.1, "roles": 0.1, "place": 0.04, "issue": 0.08}
#: Parts that the reports are cut into, so that what the first table says of a part comes from the others.
PARTS = 5


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


@dataclass(frozen=True, slots=True)
class Together:
    """The acts of a sentence with the parties beside each of them, and the role of each party."""

    report: int
    weight: float
    sentence: Sentence
    acts: list[Act]
    beside: list[list[Beside]]
    roles: list[list[str]]

    def rows(self) -> Iterator[Row]:
        for beside, roles in zip(self.beside, self.roles, strict=True):
            for b, role in zip(beside, roles, strict=True):
                yield b.traits, role, self.weight


def rows(reports: Iterable[Annotated]) -> tuple[dict[str, list[Row]], list[Together]]:
    """Training rows (traits, label, weight) of places and issues, and the sentences whose parties are weighed together."""
    found: dict[str, list[Row]] = {"place": [], "issue": []}
    together = []
    for number, report in enumerate(reports):
        resolver, topics = Resolver(report.document, report.published, report.title), Topics(report.document)
        hear_speakers(resolver, find_speech(report.document))
        acts: dict[int, list[tuple[Told, Act]]] = {}
        for told in report.told:
            acts.setdefault(told.sentence, []).append((told, act_of(report, told)))
        for index, pairs in acts.items():
            here = [act for _, act in pairs]
            sentence = report.document.sentences[index]
            beside = [list(parties_beside(resolver, index, sentence, act, here)) for act in here]
            roles = [[*_roles(sentence, told, b)] for (told, _), b in zip(pairs, beside, strict=True)]
            together.append(Together(number, report.weight, sentence, here, beside, roles))
            for told, act in pairs:
                found["place"] += _place_rows(report, resolver, told, act, here)
                if act.type in VERBAL_TYPES:
                    traits = topics.traits(index, sentence, act, here)
                    found["issue"].append((traits, told.issue or "none", report.weight))
    return found, together


def _roles(sentence: Sentence, told: Told, beside: Iterable[Beside]) -> Iterator[str]:
    """The annotated role of each party beside an event."""
    known: dict[int, str] = {}
    for role, texts in told.parties.items():
        for text, _ in texts:
            spot = head_of(sentence, text, told.word)
            if spot is not None:
                known |= dict.fromkeys((spot[0], *spot[1]), role)
    for candidate in beside:
        party = candidate.party
        label = known.get(candidate.word, "none")
        for role, pairs in told.parties.items():
            named = [(text, name) for text, name in pairs if name]
            if label == "none" and named and _same(party.text, party.name, named):
                label = role
        yield label


def weighed_again(together: list[Together]) -> Iterator[Row]:
    """The rows of the parties with the traits that the first table gives them; for a part of the reports it is fitted on the others."""
    for part in range(PARTS):
        table = fit("claims", [row for t in together if t.report % PARTS != part for row in t.rows()])
        votes = votes_of(table)
        for t in together:
            if t.report % PARTS != part:
                continue
            claims = [[claim(b, votes.scores(b.traits)) for b in found] for found in t.beside]
            for beside, roles, more in zip(t.beside, t.roles, rivals(t.sentence, t.acts, claims), strict=True):
                for b, role, traits in zip(beside, roles, more, strict=True):
                    yield (*b.traits, *traits), role, t.weight


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
    others, together = rows(reports)
    table = {"claims": [r for t in together for r in t.rows()], "roles": [*weighed_again(together)], **others}
    tables = {name: fit(name, found) for name, found in table.items()}
    args.out.write_text(json.dumps(tables, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
