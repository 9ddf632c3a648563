"""Measures speed, memory and start-up on the sample reports and writes docs/speed.md.

usage: python bench/speed.py [--out docs/speed.md] [--rounds 3]

Ends within three minutes on two cores. The analyser and the whole read are timed in turns, so that a machine that slows down
on the way slows both.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from common import machine, records

from lagebild.batch import read_all
from lagebild.cli.common import make_reader
from lagebild.intake.zones import breaks
from lagebild.language import load_analyser
from lagebild.language.document import Document
from lagebild.language.lemma import lemmatiser
from lagebild.language.segment import segment
from lagebild.model import Report
from lagebild.reading.reader import Reader

ROOT = Path(__file__).resolve().parents[1]


def timed(work: Callable[[], Any], rounds: int = 3) -> float:
    """Seconds of the fastest of several runs."""
    best = float("inf")
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "speed.md")
    parser.add_argument("--rounds", type=int, default=3, help="how often the sample reports are repeated")
    args = parser.parse_args()
    rows = records(ROOT / "examples" / "reports")
    reports = [
        Report(id=f"{r['id']}-{i}", text=r["text"], published=r["published"], language=r["language"])
        for i in range(args.rounds)
        for r in rows
    ]
    words = sum(len(r.text.split()) for r in reports)
    analyser = load_analyser(threads=1)
    reader = Reader(analyser)
    for report in reports[: len(rows)]:
        reader.read_report(report)
    tokens = timed(lambda: [r.text.split() for r in reports])
    cut = timed(lambda: [segment(r.text, r.language or "de", breaks(r.text)) for r in reports])
    documents: list[Document] = []

    def analyse() -> None:
        documents[:] = [analyser.analyse(r.text, r.language or "de", breaks(r.text)) for r in reports]

    analysed = whole = float("inf")
    for _ in range(2):
        analysed = min(analysed, timed(analyse, 1))
        whole = min(whole, timed(lambda: [reader.read_report(r) for r in reports], 1))
    lemmas = timed(
        lambda: [
            lemmatiser(d.language).lemma(f, u)
            for d in documents
            for s in d.sentences
            for f, u in zip(s.forms, s.upos, strict=True)
        ]
    )
    items = [("bench", r) for r in reports]
    two = timed(lambda: list(read_all(items, make_reader, jobs=2)), 1)
    start = timed(lambda: subprocess.run([sys.executable, "-c", _START], check=True, capture_output=True), 3)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table = [
        ("white-space tokenising alone (floor)", tokens),
        ("sentences and tokens", cut),
        ("lemmas, cached", lemmas),
        ("analyser: all of language/", analysed),
        ("whole read, 1 process", whole),
        ("whole read, 2 processes, with their start", two),
    ]
    spacy = yardstick([r.text for r in reports])
    if spacy is not None:
        table.append(("yardstick: spaCy CNN pipeline of random weights", spacy))
    page = (
        "# Speed\n\nWritten by `make speed`; one run, one thread a process unless it says otherwise. "
        f"{machine()}, load {os.getloadavg()[0]:.1f} before.\n\n"
        f"{len(reports)} reports ({len(rows)} sample reports, {args.rounds} times), {words} white-space words.\n\n"
        "| room | words/s | reports/s | share of the whole read |\n|---|---|---|---|\n"
    )
    for name, seconds in table:
        page += f"| {name} | {words / seconds:,.0f} | {len(reports) / seconds:,.1f} | {100 * seconds / whole:.0f} % |\n"
    page += (
        f"\nReading rules, lexicon and resolution take {100 * (whole - analysed) / whole:.0f} % of the whole read. "
        f"Start-up with one short text: {start:.2f} s. Peak resident memory of this run: {peak:.0f} MB.\n\n"
        "Archives, filter and processes: [corpus-speed.md](corpus-speed.md); "
        "with the relevance filter before it: [relevance.md](relevance.md).\n"
    )
    if spacy is None:
        page += "\nThe spaCy yardstick was left out: spaCy is not installed here (extra `spacy`).\n"
    args.out.write_text(page, "utf-8")
    print(page)


_START = "from lagebild import Reader; Reader().read('Kerry traf Lawrow in Genf.', language='de')"


def yardstick(texts: list[str]) -> float | None:
    """Seconds of a spaCy pipeline (tok2vec, tagger, parser, names) of random weights; None without spaCy."""
    try:
        import spacy
        from spacy.training import Example
    except ImportError:
        return None
    nlp = spacy.blank("de")
    for pipe in ("tagger", "parser", "ner"):
        nlp.add_pipe(pipe)
    doc = nlp.make_doc("Kerry traf Lawrow .")
    example = Example.from_dict(
        doc,
        {"tags": ["A", "B", "A", "C"], "heads": [1, 1, 1, 1], "deps": ["nsubj", "ROOT", "obj", "punct"],
         "entities": ["U-PER", "O", "U-PER", "O"]},
    )  # fmt: skip
    nlp.initialize(lambda: [example])
    return timed(lambda: list(nlp.pipe(texts)), 2)


if __name__ == "__main__":
    main()
