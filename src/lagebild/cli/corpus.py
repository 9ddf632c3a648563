"""`lagebild corpus`: archives to a Parquet dataset of reports and findings, on many cores or machines."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

from lagebild.cli.common import Commands, count, many, say
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
    with _Bar() as watch:
        outcome = run(
            options.inputs,
            options.out,
            Options(engine, languages, options.events, options.all, records=options.piece),
            watch,
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
    bad = sum(counts[reason] for reason in _BAD)
    if bad:
        lines.append(f"{many(bad, 'bad record')}, set aside with the reason in {os.path.join(out, 'aside')}")
    if outcome.before:
        lines.append(f"{outcome.before} of {many(outcome.pieces, 'piece')} had been read before")
    return lines


class _Bar:
    """A bar on standard error while pieces are read, on a terminal only; lines to people on any."""

    def __init__(self) -> None:
        self._bar: Any = None
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (
                TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
                TextColumn("{task.fields[found]}"),
            )  # fmt: skip
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("looking through the archives", total=None, found="")
        self._counts: Counter[str] = Counter()

    def __enter__(self) -> _Bar:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def planned(self, pieces: int, done: int) -> None:
        if self._bar:
            self._bar.update(self._task, description="reading pieces", total=pieces, completed=done)

    def read(self, done: Done) -> None:
        self._counts.update(done.counts)
        if self._bar:
            found = f"{self._counts['reports']} reports, {self._counts['findings']} findings"
            self._bar.update(self._task, advance=1, found=found)

    def finishing(self) -> None:
        if self._bar:
            self._bar.update(self._task, description="sorting")

    def say(self, line: str) -> None:
        if self._bar:
            self._bar.console.print(f"lagebild: {line}", markup=False, highlight=False, soft_wrap=True)
        else:
            say(line)
