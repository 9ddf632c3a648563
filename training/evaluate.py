"""Writes what shipped weights predict for test files with their own words, for the scoring scripts of the data."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from data import report, spacing

from lagebild.language.encode import Word
from lagebild.language.gazetteer import correct_names
from lagebild.language.morphology import correct_feats
from lagebild.language.neural import Network, Scores

#: Files of sentences that were drawn from different texts: each is read alone, as a report of its own.
ALONE = ("de_gsd", "germeval")


def run(network: Network, source: Path, sentences: list[list[Word]], language: str) -> Iterator[Scores]:
    """Scores of all sentences; those of one text are read together."""
    reports = [[s] for s in sentences] if source.name.startswith(ALONE) else [sentences]
    for one in reports:
        yield from network.run(one, language)


def trees(network: Network, source: Path, out: Path, language: str) -> None:
    """CoNLL-U with the gold's words; only UPOS, features, heads and relations are predicted."""
    blocks = [b.split("\n") for b in source.read_text("utf-8").split("\n\n") if b.strip()]
    sentences: list[list[Word]] = []
    for lines in blocks:
        words: list[Word] = []
        inside = 0
        for c in (line.split("\t") for line in lines if line and line[0] != "#"):
            if "-" in c[0]:
                inside = int(c[0].split("-")[1])
            elif "." not in c[0]:
                words.append((c[1], "SpaceAfter=No" not in c[9] or int(c[0]) <= inside))
        sentences.append(words)
    with out.open("w", encoding="utf-8") as file:
        for lines, words, scores in zip(blocks, sentences, run(network, source, sentences, language), strict=True):
            forms = [form for form, _ in words]
            feats = correct_feats(forms, scores.upos, scores.feats, scores.heads, scores.deprels, language)
            for line in lines:
                c = line.split("\t")
                if line and line[0] != "#" and c[0].isdigit():
                    i = int(c[0]) - 1
                    c[3], c[6], c[7] = scores.upos[i], str(scores.heads[i] + 1), scores.deprels[i]
                    c[5] = "|".join(f"{k}={v}" for k, v in sorted(feats[i].items())) or "_"
                file.write("\t".join(c) + "\n")
            file.write("\n")


def names(network: Network, source: Path, out: Path, language: str) -> None:
    """The file with its third column predicted; OTH is left out where the file's scheme has none."""
    blocks = [b.split("\n") for b in source.read_text("utf-8").split("\n\n") if b.strip()]
    rows = [[line.split("\t") for line in lines if line and line[0] != "#"] for lines in blocks]
    found = run(
        network,
        source,
        [list(zip(forms, spacing(forms), strict=True)) for forms in ([c[1] for c in sentence] for sentence in rows)],
        language,
    )
    with out.open("w", encoding="utf-8") as file:
        for sentence, scores in zip(rows, found, strict=True):
            labels = correct_names([c[1] for c in sentence], scores.upos, scores.entities, language)
            for c, label in zip(sentence, labels, strict=True):
                c[2] = "O" if source.suffix == ".iob2" and label.endswith("OTH") else label
                file.write("\t".join(c) + "\n")
            file.write("\n")


def events(network: Network, folder: Path) -> None:
    """Prints precision, recall and F1 of trigger words with their type, at several thresholds of P(no event)."""
    examples = [e for path in sorted(folder.glob("*.json")) for e in report(path)]
    found = network.run([list(zip(e.forms, e.spaces, strict=True)) for e in examples])
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        hit = guessed = gold = 0
        for example, scores in zip(examples, found, strict=True):
            assert scores.events is not None
            labels = scores.events.labels["type"]
            for row, wanted in zip(scores.events.type, example.events or [], strict=True):
                label = labels[int(row[1:].argmax()) + 1] if row[0] < _log(threshold) else "none"
                guessed += label != "none"
                gold += "type" in wanted
                hit += label != "none" and label == wanted.get("type")
        print(
            json.dumps(
                {
                    "none_below": threshold,
                    "precision": round(100 * hit / max(guessed, 1), 1),
                    "recall": round(100 * hit / max(gold, 1), 1),
                    "f1": round(200 * hit / max(guessed + gold, 1), 1),
                }
            )
        )


def _log(value: float) -> float:
    import math

    return math.log(value)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("trees", "names", "events"))
    parser.add_argument("source", type=Path, help="CoNLL-U, .iob2 or .tsv file; for events a folder of gold reports")
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--language", default="de")
    args = parser.parse_args()
    network = Network(args.weights)
    if args.kind == "events":
        events(network, args.source)
    elif args.kind == "trees":
        trees(network, args.source, args.out, args.language)
    else:
        names(network, args.source, args.out, args.language)


if __name__ == "__main__":
    main()
