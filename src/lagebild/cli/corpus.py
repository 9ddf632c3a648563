"""`lagebild corpus`: archives to a Parquet dataset of reports and findings, on many cores or machines."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from typing import TYPE_CHECKING

from lagebild.cli.common import Bar, Commands, count, many, say
from lagebild.errors import LagebildError

if TYPE_CHECKING:
    from lagebild.corpus import Outcome
    from lagebild.corpus.work import Done

EXAMPLES = """\
  lagebild corpus crawl/*.warc.gz --out news          archives of any size to a Parquet dataset
  lagebild add news --dossier ukraine --since 2014-09-01   from there into the store
"""
#: Reasons for which a record is set aside although it should have been read; the others are left out on purpose.
_BAD = ("unreadable", "failed")


def register(commands: Commands) -> None:
    """Adds the command."""
    corpus = commands.add_parser(
        "corpus",
        help="read archives into a Parquet dataset, on many cores or machines",
        description="Reads archives (WARC, and all that `lagebild read` takes) into a Parquet dataset of reports and findings "
        "(docs/corpus.md). Started again with the same folder it goes on where it stopped.",
    )
    corpus.add_argument("inputs", nargs="+", metavar="INPUT", help="files, or folders with all below them")
    corpus.add_argument(
        "--out", required=True, metavar="DIR", help="the dataset's folder: a new one, or one to go on with"
    )
    corpus.add_argument(
        "--engine", choices=("local", "ray"), default="local", help="this machine (default), or a Ray cluster"
    )
    corpus.add_argument(
        "--address", metavar="HOST:PORT", help="of the Ray cluster; default: RAY_ADDRESS, else one made here"
    )
    corpus.add_argument("--workers", type=count, metavar="N", help="processes that read (default: one a core)")
    corpus.add_argument(
        "--piece", type=count, default=500, metavar="N", help="records of a WARC between two points to go on from (500)"
    )
    corpus.add_argument(
        "--all", action="store_true", help="read what the fast filter takes for other news, too (docs/formats.md)"
    )
    corpus.add_argument(
        "--language", choices=("de", "en"), help="read reports in this language only (default: in both)"
    )
    corpus.add_argument("--events", choices=("lexicon", "head", "both"), default="both", help="as in `lagebild read`")
    corpus.set_defaults(run=_corpus)


def _corpus(options: argparse.Namespace) -> int:
    from lagebild.corpus import Options, run
    from lagebild.corpus.engine import Engine
    from lagebild.lexicon.loader import LANGUAGES

    address = options.address or os.environ.get("RAY_ADDRESS")
    if options.address and options.engine != "ray":
        raise LagebildError("--address is that of a Ray cluster; give --engine ray with it")
    engine = Engine(
        options.engine, options.workers or os.cpu_count() or 1, address if options.engine == "ray" else None
    )
    languages = (options.language,) if options.language else LANGUAGES
    with Bar(sys.stderr.isatty(), "looking through the archives") as bar:
        outcome = run(
            options.inputs,
            options.out,
            Options(engine, languages, options.events, options.all, records=options.piece),
            _Watch(bar),
        )
    for fault in outcome.faults:
        say(str(fault))
    for line in summary(outcome, options.out):
        print(line)
    return 1 if any(not fault.note for fault in outcome.faults) else 0


def summary(outcome: Outcome, out: str) -> list[str]:
    """What became of the records, in lines for people."""
    counts = outcome.counts
    lines = [
        f"{many(counts['records'], 'record')}, {many(counts['reports'], 'report')} in them; the dataset {out} holds "
        f"{many(outcome.reports, 'report')} and {many(outcome.findings, 'finding')}"
    ]
    others = Counter({k.removeprefix("language "): n for k, n in counts.items() if k.startswith("language ")})
    left = [
        (counts["no page"], "no pages"),
        (counts["no article"], "without an article"),
        (counts["irrelevant"], "about other things"),
        (counts["duplicate"], "there twice"),
        (counts["language"], f"in other languages ({', '.join(f'{k} {n}' for k, n in others.most_common(5))})"),
    ]
    if any(number for number, _ in left):
        lines.append("left out: " + ", ".join(f"{number} {what}" for number, what in left if number))
    if counts["reused"]:
        lines.append(f"{many(counts['reused'], 'record')} in the very words of another, not analysed again")
    bad = sum(counts[reason] for reason in _BAD)
    if bad:
        lines.append(f"{many(bad, 'bad record')}, set aside with the reason in {os.path.join(out, 'aside')}")
    if outcome.before:
        lines.append(f"{outcome.before} of {many(outcome.pieces, 'piece')} had been read before")
    return lines


class _Watch:
    """Tells a bar how a run gets on."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._counts: Counter[str] = Counter()
        self.say = bar.say

    def planned(self, pieces: int, done: int) -> None:
        self._bar.now("reading pieces", pieces, done)

    def read(self, done: Done) -> None:
        self._counts.update(done.counts)
        self._bar.step(f"{self._counts['reports']} reports, {self._counts['findings']} findings")

    def finishing(self) -> None:
        self._bar.now("sorting")
