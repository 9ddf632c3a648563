"""The command line: `lagebild read`, `lagebild explain`, `lagebild lexicon check`."""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TextIO

from lagebild import __version__
from lagebild.batch import Item, Reads, read_all, read_one
from lagebild.errors import Fault, LagebildError, ShapeError
from lagebild.model import Report

if TYPE_CHECKING:
    from lagebild.reading.events import Voices

_EXAMPLES = """\
examples:
  lagebild read article.txt --published 2014-10-14    what the article says, for people
  lagebild read reports/ --json --jobs 4 > out.jsonl  a folder, one report a line, for programs
  curl -s https://example.org/news.html | lagebild read -
  lagebild explain article.txt e5                     why finding e5 was made
  lagebild lexicon check                              whether the lexicon is sound

exit status: 0 all read; 1 something could not be read (one line each on standard error); 2 wrong usage
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # reports hold any character, whatever the locale
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(argv)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing more to say, not even at exit.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        _say("stopped")
        return 130
    except LagebildError as error:
        _say(str(error))
        return 1


def make_reader(events: Voices = "both") -> Reads:
    """A reader on one thread; each process makes its own."""
    from lagebild.reading.reader import Reader

    return Reader(events=events, threads=1)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="lagebild",
        description="Reads news reports about conflicts and diplomacy: who did what to whom, how real it is,\n"
        "who says so, which figures, when and where.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"lagebild {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    read = commands.add_parser(
        "read",
        help="print what reports say",
        description="Prints the findings of reports: plain text, HTML pages, JSON reports, folders of them, or - for "
        "standard input.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    read.add_argument("sources", nargs="+", metavar="FILE|DIR|-", help="files, folders (with all below them), or -")
    read.add_argument("--json", action="store_true", help="one JSON report a line (docs/findings.md)")
    _reading_options(read)
    read.add_argument("--jobs", type=_count, default=1, metavar="N", help="processes to read with (default: 1)")
    read.set_defaults(run=_read)

    explain = commands.add_parser("explain", help="show why a finding was made")
    explain.add_argument("source", metavar="FILE", help="a file, or -")
    explain.add_argument("id", metavar="ID", help="the finding's id, as `lagebild read` prints it (e5)")
    explain.add_argument("--report", metavar="ID", help="the report's id, where the file holds several")
    _reading_options(explain)
    explain.set_defaults(run=_explain)

    lexicon = commands.add_parser("lexicon", help="look after the lexicon")
    check = lexicon.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "check", help="look for duplicates, empty groups, unknown types and entries without example"
    )
    check.set_defaults(run=_lexicon_check)
    return parser


def _reading_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--published", metavar="DATE", help="date of publication (YYYY-MM-DD), in place of what the reports say"
    )
    parser.add_argument("--language", choices=("de", "en", "auto"), default="auto", help="default: auto")
    parser.add_argument(
        "--events",
        choices=("lexicon", "head", "both"),
        default="both",
        help="find events by the lexicon, by the learned head, or by both (default)",
    )


def _count(value: str) -> int:
    number = int(value)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


# ------------------------------------------------------------------------------------------- commands


def _read(options: argparse.Namespace) -> int:
    published = _published(options.published)
    items = _items(options.sources, published, options.language)
    results = read_all(items, partial(make_reader, options.events), options.jobs)
    show = _printer(options.json)
    status = 0
    with _Progress(options.sources) as progress:
        for result in results:
            progress.step()
            if isinstance(result, Fault):
                progress.say(str(result))
                status = status if result.note else 1
            else:
                show(result)
                if options.json and not result.findings:
                    progress.say(f"{result.id}: no findings in this report")
    return status


def _explain(options: argparse.Namespace) -> int:
    published = _published(options.published)
    faults: list[Fault] = []
    reader: Reads | None = None
    seen: list[str] = []
    for source, item in _items([options.source], published, options.language):
        if isinstance(item, Fault):
            faults.append(item)
            continue
        seen.append(str(item.id))
        if options.report is not None and str(item.id) != options.report:
            continue
        reader = reader or make_reader(options.events)
        report = read_one(reader, source, item)
        if isinstance(report, Fault):
            _say(str(report))
            return 1
        known = [finding.id for finding in report.findings]
        if options.id not in known:
            listed = ", ".join(known) if known else "none"
            _say(f"{source}: no finding {options.id!r} in report {report.id} (its findings: {listed})")
            return 1
        from lagebild.reading.explain import explain

        print(explain(report, options.id).rstrip("\n"))
        return 0
    for fault in faults:
        _say(str(fault))
    if not faults:
        _say(f"{options.source}: no report {options.report!r} (reports: {', '.join(seen)})")
    return 1


def _lexicon_check(options: argparse.Namespace) -> int:
    from lagebild.lexicon.check import check_all

    problems = list(check_all())
    for problem in problems:
        print(problem)
    print(f"{len(problems)} fault{'s' * (len(problems) != 1)} in the lexicon" if problems else "the lexicon is sound")
    return 1 if problems else 0


# -------------------------------------------------------------------------------------------- in and out


def _published(value: str | None) -> str | None:
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


def _items(sources: Iterable[str], published: str | None, language: str) -> Iterator[Item]:
    """The reports of all sources, with what the command line says of them."""
    from lagebild.intake import load
    from lagebild.intake.load import files, skipped

    for source in sources:
        taken, left = files(source) if os.path.isdir(source) else ([], [])
        inside = [str(p) for p in taken]
        if inside and left:
            yield source, skipped(source, left)
        # Files of a folder are named one by one, so that a message says which it means.
        for path, item in ((p, i) for p in inside or [source] for i in load(p)):
            name = "standard input" if path == "-" else path
            if isinstance(item, Report):
                item = replace(
                    item,
                    published=published or item.published,
                    # The reader finds out the language itself, unless it is told.
                    language=language if language != "auto" else item.language,
                )
            yield name, item


def _printer(as_json: bool) -> Callable[[Report], None]:
    if as_json:
        from lagebild.serial import dumps

        return lambda report: print(dumps(report))
    from lagebild.render import Pen, render

    terminal = sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    pen = Pen(colour, shutil.get_terminal_size((88, 24)).columns)
    return lambda report: print(render(report, pen))


def _say(line: str, stream: TextIO | None = None) -> None:
    print(f"lagebild: {line}", file=stream or sys.stderr, flush=True)


class _Progress:
    """A bar on standard error while many files are read, only on a terminal and if the results go elsewhere."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._bar = None
        if not sys.stderr.isatty() or sys.stdout.isatty():
            return
        from lagebild.intake.load import files

        total = sum(len(files(s)[0]) if os.path.isdir(s) else 1 for s in sources)
        if total < 3:
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("reading", total=total)

    def __enter__(self) -> _Progress:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def step(self) -> None:
        if self._bar:
            self._bar.advance(self._task)

    def say(self, line: str) -> None:
        if self._bar:
            self._bar.console.print(f"lagebild: {line}", markup=False, highlight=False, soft_wrap=True)
        else:
            _say(line)


if __name__ == "__main__":
    sys.exit(main())
