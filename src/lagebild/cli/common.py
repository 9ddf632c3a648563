"""What the commands share: options of reading, the reports of all sources, the reader, lines to people, progress."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self, TextIO

from lagebild.batch import Item, Reads
from lagebild.errors import Fault, LagebildError, ShapeError
from lagebild.model import Report

if TYPE_CHECKING:
    from lagebild.reading.events import Voices
    from lagebild.render import Pen
    from lagebild.store import Writer

    #: What a group adds its parsers to.
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Commands = argparse._SubParsersAction


def make_reader(events: Voices = "both") -> Reads:
    """A reader on one thread; each process makes its own."""
    from lagebild.reading.reader import Reader

    return Reader(events=events, threads=1)


def reading_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--published", metavar="DATE", help="date of publication (YYYY-MM-DD), in place of what the reports say"
    )
    parser.add_argument(
        "--columns",
        metavar="PART=COLUMN,…",
        help="which columns of tables hold what, where their names do not say it: text=body,published=day",
    )
    parser.add_argument("--language", choices=("de", "en", "auto"), default="auto", help="default: auto")
    parser.add_argument(
        "--events",
        choices=("lexicon", "head", "both"),
        default="both",
        help="find events by the lexicon, by the learned head, or by both (default)",
    )


def sifting_options(parser: argparse.ArgumentParser, relevant_only: bool = False) -> None:
    """The options of the relevance filter; `relevant_only` is what the command does by default."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--relevant-only",
        action="store_true",
        default=relevant_only,
        help="read only what the fast filter takes for reports on conflict or diplomacy (docs/formats.md)",
    )
    which.add_argument("--all", dest="relevant_only", action="store_false", help="read everything")
    parser.add_argument("--list-filtered", metavar="FILE", help="write what was left out, one JSON object a line")


@contextlib.contextmanager
def sifted(items: Iterable[Item], options: argparse.Namespace) -> Iterator[Iterator[Item]]:
    """The items without those in other languages and, if asked for, without irrelevant ones."""
    from lagebild.sieve import Sieve

    if options.list_filtered is None:
        yield Sieve(options.relevant_only).sift(items)
        return
    try:
        listing = open(options.list_filtered, "w", encoding="utf-8")  # noqa: SIM115 (closed below)
    except OSError as error:
        raise LagebildError(f"--list-filtered {options.list_filtered}: cannot be written ({error.strerror})") from None
    with listing:
        yield Sieve(options.relevant_only, listing).sift(items)


def store_option(parser: argparse.ArgumentParser) -> None:
    """The option that names the store."""
    parser.add_argument(
        "--store", metavar="PATH", help="the store's file (default: LAGEBILD_STORE, else one in your data directory)"
    )


def kept_store(path: str | None) -> Writer:
    """The store, opened for writing; one that is not there is not made."""
    from lagebild.store import open_store, open_writer, store_path

    found = store_path(path)
    if not found.exists():
        open_store(found)  # says so
    return open_writer(found)


def day_option(value: str) -> str:
    """The type of an option that is a day."""
    from datetime import date

    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{value!r} is no date; write it as YYYY-MM-DD") from None


def count(value: str) -> int:
    """An option's whole number from 1 up."""
    if not value.isascii() or not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is no whole number from 1 up")
    return int(value)


def published_option(value: str | None) -> str | None:
    if value is None:
        return None
    from lagebild.serial import published_day

    try:
        day = published_day(value)
    except ShapeError:
        day = None
    if day is None:
        raise LagebildError(f"--published {value!r} is no date; write it as YYYY-MM-DD")
    return day


def items_of(
    sources: Iterable[str], published: str | None, language: str, columns: str | None = None
) -> Iterator[Item]:
    """The reports of all sources, with what the command line says of them."""
    from lagebild.intake.columns import parse_columns
    from lagebild.intake.load import load
    from lagebild.intake.load import sources as files_of
    from lagebild.intake.sparing import spared

    asked = parse_columns(columns) if columns else None
    for source in sources:
        for path in ["-"] if source == "-" else files_of(source):
            if isinstance(path, Fault):
                yield source, path
                continue
            # Files of a folder are named one by one, so that a message says which it means.
            name = "standard input" if source == "-" else str(path)
            for item in spared(load(path, asked)):
                if isinstance(item, Report):
                    item = replace(
                        item,
                        published=published or item.published,
                        # The reader finds out the language itself, unless it is told.
                        language=language if language != "auto" else item.language,
                    )
                yield name, item


def terminal_pen() -> Pen:
    """Colours and width of the terminal that standard output is, or none of them."""
    from lagebild.render import Pen

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Pen(colour, shutil.get_terminal_size((88, 24)).columns)


def many(number: int, what: str) -> str:
    """`1 report`, `2 reports`."""
    return f"{number} {what}{'s' * (number != 1)}"


def table(rows: list[Any]) -> str:
    """Rows in columns; the last one runs on."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def value_words(value: Any) -> str:
    """A field's JSON value in few words."""
    if isinstance(value, list):
        return ", ".join(value_words(item) for item in value) or "none"
    if isinstance(value, dict):
        if "from" in value:
            start, end = value["from"], value["to"]
            return f"{start or '…'}" if start == end else f"{start or '…'}/{end or '…'}"
        return f"{value['name']} ({value['country']})" if value.get("country") else str(value["name"])
    return "none" if value is None else str(value)


def say(line: str, stream: TextIO | None = None) -> None:
    """A line for people, beside the output that programs read."""
    print(f"lagebild: {line}", file=stream or sys.stderr, flush=True)


class Bar:
    """A bar on standard error while work goes on, if it is shown; lines to people stand above it, or by themselves."""

    def __init__(self, shown: bool, what: str, total: int | None = None) -> None:
        self._bar = None
        if not shown:
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            TextColumn("{task.fields[found]}"),
        )  # fmt: skip
        # What is printed to standard output goes where it is sent, not above the bar.
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
        self._task = self._bar.add_task(what, total=total, found="")

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def step(self, found: str = "") -> None:
        """One more is done; `found` says what was found so far."""
        if self._bar:
            self._bar.update(self._task, advance=1, found=found)

    def now(self, what: str, total: int | None = None, done: int = 0) -> None:
        """Goes over to another part of the work; without a total, one that the same bar measures."""
        if self._bar and total is None:
            self._bar.update(self._task, description=what)
        elif self._bar:
            self._bar.update(self._task, description=what, total=total, completed=done)

    def say(self, line: str) -> None:
        if self._bar:
            self._bar.console.print(f"lagebild: {line}", markup=False, highlight=False, soft_wrap=True)
        else:
            say(line)


def reading_bar(sources: Sequence[str]) -> Bar:
    """The bar of commands that read files: if there are many, on a terminal, and if the results go elsewhere."""
    total = 0
    if sys.stderr.isatty() and not sys.stdout.isatty():
        from lagebild.intake.load import files

        total = sum(map(files, sources))
    return Bar(total >= 3, "reading", total)
