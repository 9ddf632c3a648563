"""Runs every scorer of the measuring data with the shipped weights and writes docs/accuracy.md.

usage: python bench/accuracy.py --data FOLDER [--out docs/accuracy.md]
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from common import machine, read, records, score, write
from errors import section

from lagebild.language import Analyser, load_analyser
from lagebild.language.conllu import to_conllu
from lagebild.reading.reader import Reader

ROOT = Path(__file__).resolve().parents[1]
HEAD = """# Accuracy

Written by `make accuracy DATA=…`; one run, {machine}. Weights: {weights}.

The reports of `gold` and their annotations are not published; treebanks, names, quotes, times and PLOVER sentences are
public (their README names the sources). A peer's figure stands beside ours only where it was measured on the same data;
second annotators' figures are given with the data.
The sentences of GSD and GermEval stem from different texts and are read one by one, those of EWT in their order.
`gold/train` was used to train the event head and to build the lexicon: its row shows fit, not accuracy.

| data | measure | Lagebild | floor | peer on the same data |
|---|---|---|---|---|
"""

#: On the same sentences, with the trees of a UD v2 parser; its figures are the data's, nothing here runs it.
PEER = (
    "UniversalPetrarch: 56.5 / 0.72; with both of its dictionaries 63.4 / 1.03 (as given with the data, not run here)"
)
LIMITS = """Measured on `gold/dev` with `--events both`.

* Completeness. Of the events that annotators mark, {recall} % are found; of those that are read, {precision} % are theirs. Do not
  conclude from an empty list that nothing happened, and do not count events as if the count were complete.
* Fields below F1 60: {fields}. Look at the words before using them; leave them out of statistics.
* Types below F1 60: {types}. Do not filter by these types alone.
* A field that stands in another sentence than the act (place and time of a scene told once, the speaker of a long
  report of words) is often left empty rather than guessed: absence there says nothing.
* Texts of another kind than news (treaties, interviews, tables, social media), other languages, and reports from before
  about 1980 whose states are no more were not measured.
"""


@dataclass
class Sheet:
    """What the page shows: `rows` of its table (data, measure, Lagebild, floor, peer), the scorers' `full` output by title."""

    data: Path
    folder: Path
    rows: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    full: list[tuple[str, str]] = field(default_factory=list)

    def score(self, part: str, gold: str, predicted: Path) -> str:
        """The output of the scorer of a part of the data."""
        return score(self.data / part / "score.py", self.data / part / gold, predicted)

    def predicted(self, name: str, found: Iterable[dict[str, Any]]) -> Path:
        return write(self.folder / name, found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "accuracy.md")
    args = parser.parse_args()
    if not (args.data / "gold").is_dir():
        raise SystemExit(
            f"{args.data}: no measuring data there (folders gold, quotes, times, plover, treebanks, names)"
        )
    analyser = load_analyser(threads=2)
    readers = {voice: Reader(analyser, events=voice) for voice in ("both", "lexicon", "head")}
    with tempfile.TemporaryDirectory() as folder:
        sheet = Sheet(args.data, Path(folder))
        score_trees(sheet, analyser)
        score_names(sheet)
        classes, limits = score_findings(sheet, readers)
        score_quotes(sheet, readers["both"])
        score_times(sheet, readers["both"])
        score_plover(sheet, readers["both"])
    page = HEAD.format(machine=machine(), weights=analyser.version)
    page += "".join("| " + " | ".join(row) + " |\n" for row in sheet.rows)
    page += f"\n## The most frequent errors\n\n{classes}"
    page += f"\n## What not to trust\n\n{limits}"
    page += "\n## The scorers' full output\n"
    page += "".join(f"\n### {title}\n\n```\n{text}\n```\n" for title, text in sheet.full)
    args.out.write_text(page, "utf-8")
    print(page[: page.index("\n## The scorers")])


def score_trees(sheet: Sheet, analyser: Analyser) -> None:
    treebanks, found = sheet.data / "treebanks", sheet.folder / "trees.conllu"
    for name, language, floor in (("de_gsd", "de", "95 / 82.5 / 90"), ("en_ewt", "en", "94 / 82 / –")):
        gold = f"{name}-ud-test.conllu"
        evaluate("trees", treebanks / gold, found, language)
        out = sheet.score("treebanks", gold, found)
        size = sum(line.startswith("1\t") for line in (treebanks / gold).read_text("utf-8").splitlines())
        label = f"{name} test, gold words ({size} sentences)"
        sheet.rows.append((label, "UPOS / LAS / Mood=Sub F1", trees(out), floor, ""))
        sheet.full.append((f"treebanks/score.py {name}-ud-test, gold words", out))
    gold = "de_gsd-ud-test.conllu"
    found.write_text(raw(analyser, treebanks / gold), "utf-8")
    out = sheet.score("treebanks", gold, found)
    sheet.rows.append(("de_gsd test, raw text", "UPOS / LAS / Mood=Sub F1", trees(out), "LAS 76", ""))
    sheet.full.append(("treebanks/score.py de_gsd-ud-test, raw text", out))


def score_names(sheet: Sheet) -> None:
    for file, language, floor in (("germeval2014-dev.tsv", "de", "80"), ("en_ewt-ud-test.iob2", "en", "75")):
        evaluate("names", sheet.data / "names" / file, sheet.folder / file, language)
        out = sheet.score("names", file, sheet.folder / file)
        sheet.rows.append((f"names {file}", "F1", first(out, r"F1 ([\d.]+)"), floor, ""))
        sheet.full.append((f"names/score.py {file}", out))


def score_findings(sheet: Sheet, readers: dict[str, Reader]) -> tuple[str, str]:
    """Scores the annotated reports, set by set; says which classes of errors `dev` shows and what not to trust."""
    own = records(ROOT / "examples" / "reports")
    classes = limits = ""
    for name, voice in (
        ("dev", "both"), ("dev", "lexicon"), ("dev", "head"), ("dev-en", "both"), ("train", "both"),
    ):  # fmt: skip
        gold = records(sheet.data / "gold" / name)
        found = list(read(readers[voice], gold))
        out = sheet.score("gold", name, sheet.predicted("gold.jsonl", found))
        label = f"gold/{name} ({len(gold)} reports), --events {voice}"
        values = " / ".join(first(out, rf"^{kind}\s+P.*?F1\s+([\d.]+)") for kind in ("event", "figure", "FIELD"))
        floor = {"dev": "70 / 82 / 62", "dev-en": "60 / – / 52"}.get(name, "")
        other = "a second annotator on seven other reports: 88 / 89 / 84" if name == "dev" else ""
        sheet.rows.append((label, "event / figure / FIELD F1", values, floor, other))
        sheet.full.append((label, out))
        if (name, voice) == ("dev", "both"):
            score_fields(sheet, out)
            limits = distrust(out)
            classes = section(sheet.data, gold, found, own, list(read(readers["both"], own)), 10)
    return classes, limits


def score_fields(sheet: Sheet, out: str) -> None:
    """The fields of the events that were met, from the scorer's output on `dev`."""
    met = ("status", "said_by", "actors", "time")
    found = " / ".join(first(out, rf"^\s+event\s+{name} .*?F1\s+([\d.]+)") for name in met)
    other = "a second annotator, other reports: 98 / 95 / 90 / 96"
    sheet.rows.append(("gold/dev, events met", f"{' / '.join(met)} F1", found, "92 / 80 / 80 / 80", other))
    share = first(out, r"canonical names: ([\d.]+)")
    sheet.rows.append(("gold/dev, parties met", "canonical names %", share, "65", "a second annotator: 75"))


def score_quotes(sheet: Sheet, reader: Reader) -> None:
    predicted = sheet.predicted("quotes.jsonl", read(reader, records(sheet.data / "quotes" / "dev.jsonl"), "de"))
    out = sheet.score("quotes", "dev.jsonl", predicted)
    parts = (r"found .*?F1 ([\d.]+)", r"^joint .* ([\d.]+)$", r"^speakers right.*: ([\d.]+)")
    found = " / ".join(first(out, p) for p in parts)
    sheet.rows.append(("quotes/dev", "quotes found F1 / macro joint F1 / speakers right %", found, "75 / 65 / 80", ""))
    sheet.full.append(("quotes/score.py dev", out))


def score_times(sheet: Sheet, reader: Reader) -> None:
    gold = records(sheet.data / "times" / "gold.jsonl")
    out = sheet.score("times", "gold.jsonl", sheet.predicted("times.jsonl", read(reader, gold, "de")))
    peer = sheet.score("times", "gold.jsonl", sheet.data / "times" / "heideltime.jsonl")
    values = [" / ".join(first(o, rf"{k}\+value F1 ([\d.]+)") for k in ("relaxed", "strict")) for o in (out, peer)]
    label = "times (KRAUTS Dolomiten, 587 expressions)"
    theirs = f"HeidelTime, its published output: {values[1]}"
    sheet.rows.append((label, "relaxed+value F1 / strict+value F1", values[0], "82 / 78", theirs))
    sheet.full.append(("times/score.py", out))
    sheet.full.append(("times/score.py of HeidelTime's published output", peer))


def score_plover(sheet: Sheet, reader: Reader) -> None:
    gold = records(sheet.data / "plover" / "gold.jsonl")
    out = sheet.score("plover", "gold.jsonl", sheet.predicted("plover.jsonl", read(reader, gold, "en")))
    extra = int(first(out, r"extra events (\d+)")) / len(gold)
    found = f"{first(out, r'type right ([0-9.]+)')} / {extra:.2f}"
    label = f"plover ({len(gold)} English sentences)"
    sheet.rows.append((label, "type right % / extra events a sentence", found, "72 / 1.2", PEER))
    sheet.full.append(("plover/score.py", out))


def distrust(out: str) -> str:
    """What the scorer's output says of fields and types that are read worse than right by half, and what follows."""
    rows = re.findall(
        r"^  (?:(event|figure) +)?(\w+) +P.*?R +([\d.]+) +F1 +([\d.]+) +\((\d+) of (\d+) gold", out, re.MULTILINE
    )
    fields = [
        f"{name} of {kind}s (F1 {f1})" for kind, name, _, f1, _, gold in rows if kind and float(f1) < 60 and int(gold)
    ]
    types = [f"{name} (F1 {f1}, {gold} in gold)" for kind, name, _, f1, _, gold in rows if not kind and float(f1) < 60]
    found = re.search(r"^event +P +([\d.]+) +R +([\d.]+)", out, re.MULTILINE)
    precision, recall = found.groups() if found else ("?", "?")
    return LIMITS.format(
        precision=precision, recall=recall, fields=", ".join(fields) or "none", types=", ".join(types) or "none"
    )


def evaluate(task: str, gold: Path, out: Path, language: str) -> None:
    """Predictions of the shipped weights for the words of a file, by training/evaluate.py."""
    command = [
        sys.executable,
        str(ROOT / "training" / "evaluate.py"),
        task,
        str(gold),
        str(out),
        "--language",
        language,
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def raw(analyser: Analyser, gold: Path) -> str:
    """The treebank's sentences from their plain text, paragraph by paragraph as one text."""
    lines = gold.read_text("utf-8").splitlines()
    texts = [line[len("# text = ") :] for line in lines if line.startswith("# text = ")]
    return "".join(to_conllu(analyser.analyse("\n\n".join(texts[i : i + 50]), "de")) for i in range(0, len(texts), 50))


def first(text: str, pattern: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    return found.group(1) if found else "?"


def trees(out: str) -> str:
    return " / ".join(first(out, p) for p in (r"UPOS ([\d.]+)", r"LAS ([\d.]+)", r"Mood=Sub .*?F1 ([\d.]+)"))


if __name__ == "__main__":
    main()
