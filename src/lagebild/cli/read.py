"""`lagebild read` and `lagebild explain`: what reports say, and why."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial

from lagebild.batch import Reads, read_all, read_one
from lagebild.cli.common import (
    Commands,
    count,
    items_of,
    make_reader,
    published_option,
    reading_bar,
    reading_options,
    say,
    sifted,
    sifting_options,
    terminal_pen,
)
from lagebild.errors import Fault
from lagebild.model import Report

EXAMPLES = """\
  lagebild read article.txt --published 2014-10-14    what the article says, for people
  lagebild read reports/ --json --jobs 4 > out.jsonl  a folder, one report a line, for programs
  curl -s https://example.org/news.html | lagebild read -
  lagebild explain article.txt e5                     why finding e5 was made
"""


def register(commands: Commands) -> None:
    """Adds the commands of this group."""
    read = commands.add_parser(
        "read",
        help="print what reports say",
        description="Prints the findings of reports: text, HTML pages, JSON, ninjs, NewsML-G2, web archives, mailboxes, "
        "tables, folders of them, or - for standard input.",
        epilog="examples:\n" + EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    read.add_argument("sources", nargs="+", metavar="FILE|DIR|-", help="files, folders (with all below them), or -")
    read.add_argument("--json", action="store_true", help="one JSON report a line (docs/findings.md)")
    reading_options(read)
    sifting_options(read)
    read.add_argument("--jobs", type=count, default=1, metavar="N", help="processes to read with (default: 1)")
    read.set_defaults(run=_read)

    explain = commands.add_parser("explain", help="show why a finding was made")
    explain.add_argument("source", metavar="FILE", help="a file, or -")
    explain.add_argument("id", metavar="ID", help="the finding's id, as `lagebild read` prints it (e5)")
    explain.add_argument("--report", metavar="ID", help="the report's id, where the file holds several")
    reading_options(explain)
    explain.set_defaults(run=_explain)


def _read(options: argparse.Namespace) -> int:
    published = published_option(options.published)
    items = items_of(options.sources, published, options.language, options.columns)
    show = _printer(options.json)
    status = 0
    with reading_bar(options.sources) as progress, sifted(items, options) as chosen:
        for result in read_all(chosen, partial(make_reader, options.events), options.jobs):
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
    published = published_option(options.published)
    faults: list[Fault] = []
    reader: Reads | None = None
    seen: list[str] = []
    items = items_of([options.source], published, options.language, options.columns)
    for source, item in items:
        if isinstance(item, Fault):
            faults.append(item)
            continue
        seen.append(str(item.id))
        if options.report is not None and str(item.id) != options.report:
            continue
        reader = reader or make_reader(options.events)
        report = read_one(reader, source, item)
        if isinstance(report, Fault):
            say(str(report))
            return 1
        known = [finding.id for finding in report.findings]
        if options.id not in known:
            listed = ", ".join(known) if known else "none"
            say(f"{source}: no finding {options.id!r} in report {report.id} (its findings: {listed})")
            return 1
        from lagebild.reading.explain import explain

        print(explain(report, options.id).rstrip("\n"))
        if options.report is None and any(isinstance(other, Report) for _, other in items):
            say(f"{source} (report {report.id}) is the first of several reports; --report ID chooses another")
        return 0
    for fault in faults:
        say(str(fault))
    if seen:
        say(f"{options.source}: no report {options.report!r} (reports: {', '.join(seen)})")
    return 1


def _printer(as_json: bool) -> Callable[[Report], None]:
    if as_json:
        from lagebild.serial import dumps

        return lambda report: print(dumps(report))
    from lagebild.render import render

    pen = terminal_pen()
    return lambda report: print(render(report, pen))
