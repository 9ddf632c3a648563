"""`lagebild add`, `reports`, `show`, `remove`, `backup`, `sql` and `reread`: the store of reports."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lagebild.cli.common import (
    Commands,
    count,
    day_option,
    items_of,
    kept_store,
    make_reader,
    many,
    published_option,
    reading_bar,
    reading_options,
    say,
    sifted,
    sifting_options,
    store_option,
    table,
    terminal_pen,
    value_words,
)
from lagebild.cli.dataset import datasets_of, from_datasets
from lagebild.cli.follow import fetch_and_keep, host_option, is_address
from lagebild.errors import Fault

if TYPE_CHECKING:
    from lagebild.store import KeptReport, Store, Writer
    from lagebild.store.adding import Added

EXAMPLES = """\
  lagebild add reports/ --jobs 2                      read reports and keep them with their findings
  lagebild reports --party Ukraine --since 2014-09-01 which reports are kept
  lagebild show minsk-2015                            what a kept report says, with corrections
  lagebild sql "select type, count(*) from events group by type"
"""


def register(commands: Commands) -> None:
    """Adds the commands of this group."""
    add = commands.add_parser("add", help="read reports and keep them in the store")
    add.add_argument(
        "sources",
        nargs="+",
        metavar="FILE|DIR|URL|-",
        help="files, folders (with all below them), articles of the web, or -",
    )
    reading_options(add)
    sifting_options(add)
    add.add_argument("--jobs", type=count, default=1, metavar="N", help="processes to read with (default: 1)")
    add.add_argument(
        "--as-read",
        action="store_true",
        help="keep the findings that JSON lines carry (of `read --json`), read nothing",
    )
    host_option(add)
    selection = add.add_argument_group("of a dataset that `lagebild corpus` wrote, only the reports")
    selection.add_argument("--dossier", metavar="DOSSIER", help="about this dossier")
    selection.add_argument("--since", type=day_option, metavar="DATE", help="from this day on (YYYY-MM-DD)")
    selection.add_argument("--until", type=day_option, metavar="DATE", help="up to this day")
    store_option(add)
    add.set_defaults(run=_add)

    reports = commands.add_parser("reports", help="list the kept reports")
    reports.add_argument("--at", type=day_option, metavar="DATE", help="as of this day (YYYY-MM-DD)")
    reports.add_argument("--since", type=day_option, metavar="DATE", help="none from before this day")
    for name, what in (
        ("party", "a party's name, or a country (RUS)"),
        ("place", "a place's name, or a country"),
        ("word", "a word or phrase in title or text; «waffen*» is a beginning"),
        ("publisher", "who published it"),
    ):
        reports.add_argument(f"--{name}", action="append", default=[], metavar="NAME", help=f"{what}; may be repeated")
    reports.add_argument("--any", action="store_true", help="any of party, place and word suffices; default: all three")
    reports.add_argument("--json", action="store_true", help="one JSON object a line")
    store_option(reports)
    reports.set_defaults(run=_reports)

    show = commands.add_parser("show", help="show a kept report with its findings and corrections")
    show.add_argument("id", metavar="ID", help="the report's id, as `lagebild reports` prints it")
    show.add_argument("--version", dest="number", type=count, metavar="N", help="an older version of the report")
    form = show.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object, the shape of docs/findings.md")
    form.add_argument("--text", action="store_true", help="the report's text alone")
    store_option(show)
    show.set_defaults(run=_show)

    remove = commands.add_parser("remove", help="remove reports; their words are wiped out of the file")
    remove.add_argument("ids", nargs="+", metavar="ID")
    store_option(remove)
    remove.set_defaults(run=_remove)

    backup = commands.add_parser("backup", help="copy the store, also while it is in use")
    backup.add_argument("file", metavar="FILE", type=Path, help="the copy; must not exist")
    store_option(backup)
    backup.set_defaults(run=_backup)

    sql = commands.add_parser("sql", help="query the store (docs/store.md lists the views)")
    sql.add_argument("query", metavar="QUERY")
    table = sql.add_mutually_exclusive_group()
    table.add_argument("--json", action="store_true", help="one JSON object a row")
    table.add_argument("--csv", action="store_true", help="comma-separated values with a head")
    store_option(sql)
    sql.set_defaults(run=_sql)

    reread = commands.add_parser("reread", help="read the kept texts with this version of the reader, say what changes")
    reread.add_argument("ids", nargs="*", metavar="ID", help="default: all reports")
    reread.add_argument("--all", action="store_true", help="also what this very version of the reader has read")
    reread.add_argument("--events", choices=("lexicon", "head", "both"), default="both", help="as in `lagebild read`")
    reread.add_argument("--jobs", type=count, default=1, metavar="N", help="processes to read with (default: 1)")
    store_option(reread)
    reread.set_defaults(run=_reread)


# ------------------------------------------------------------------------------------------------- adding


def _add(options: argparse.Namespace) -> int:
    from lagebild.store import open_writer
    from lagebild.store.adding import add

    published = published_option(options.published)
    counts: Counter[str] = Counter()
    status = 0
    with (
        open_writer(options.store) as writer,
        reading_bar(options.sources) as progress,
        contextlib.ExitStack() as stack,
    ):
        datasets, sources = datasets_of(options)
        if options.as_read:
            results = _as_read(writer, sources)
        else:
            urls = [source for source in sources if is_address(source)]
            items = items_of([s for s in sources if not is_address(s)], published, options.language, options.columns)
            chosen = stack.enter_context(sifted(items, options))
            results = add(writer, chosen, partial(make_reader, options.events), options.jobs)
            if urls:
                results = chain(results, fetch_and_keep(writer, urls, options, published))
        results = chain(from_datasets(writer, datasets, options), results)
        try:
            for result in results:
                progress.step()
                if isinstance(result, Fault):
                    progress.say(str(result))
                    status = status if result.note else 1
                    continue
                counts[result.outcome] += 1
                counts["findings"] += result.findings
                if result.outcome == "changed":
                    progress.say(_changed(result))
                elif result.outcome == "new" and not result.findings:
                    progress.say(f"{result.id}: kept, no findings in this report")
        finally:  # also if it is broken off: what was kept stays
            print(_summary(counts, writer))
    return status


def _as_read(writer: Writer, sources: list[str]) -> Iterator[Added | Fault]:
    from lagebild.intake.readings import load_readings
    from lagebild.store.adding import keep

    for source in sources:
        for item in load_readings(source):
            yield item if isinstance(item, Fault) else keep(writer, item)


def _changed(added: Added) -> str:
    line = f"{added.id}: the report has changed, kept as version {added.version}"
    if added.unlike:
        line += "; it shares hardly a word with the one before: if these are two reports, give them different ids"
    return line


def _summary(counts: Counter[str], writer: Writer) -> str:
    kept = counts["new"] + counts["changed"]
    parts = [f"{counts['new']} new", f"{counts['changed']} changed", f"{counts['same']} kept before"]
    return f"{many(kept, 'report')} kept ({', '.join(parts)}), {many(counts['findings'], 'finding')}: {writer.path}"


def _reread(options: argparse.Namespace) -> int:
    from lagebild.render import clean
    from lagebild.store.adding import reread

    status, counts = 0, Counter[str]()
    with kept_store(options.store) as writer:
        versions = sum(len(writer.versions(key)) for key in map(writer.key, options.ids or writer.ids()))
        if not versions:
            say(f"no reports in the store {writer.path}")
            return 0
        reader = make_reader(options.events)
        unless = None if options.all else getattr(reader, "version", None)
        factory = (lambda: reader) if options.jobs == 1 else partial(make_reader, options.events)
        for result in reread(writer, factory, options.jobs, options.ids or None, unless):
            if isinstance(result, Fault):
                say(str(result))
                status = 1
                continue
            counts["read"] += 1
            counts["changed"] += bool(result.changes)
            counts["changes"] += len(result.changes)
            if result.changes or result.resting:
                print(result.id if result.version == 1 else f"{result.id} (version {result.version})")
            for change in result.changes:
                print("  " + clean(_change(change)))
            for correction in result.resting:
                print(f"  correction {correction.id} ({correction.action}) finds nothing to correct now; it is kept")
    left = versions - counts["read"] if not status else 0
    words = f"{many(counts['read'], 'text')} read anew, {many(counts['changes'], 'change')} in {counts['changed']}"
    print(words + (f"; {many(left, 'text')} left out, read by this version already (--all)" if left else ""))
    return status


def _change(change: Any) -> str:
    from lagebild.store.corrections import type_of

    mark = {"new": "+", "gone": "-", "changed": "~"}[change.kind]
    line = f"{mark} {change.finding.id} {type_of(change.finding)} «{change.finding.trigger}»"
    return line + "".join(f" · {field}: {value_words(old)} → {value_words(new)}" for field, old, new in change.fields)


# ------------------------------------------------------------------------------------------------ looking


def _reports(options: argparse.Namespace) -> int:
    from lagebild.render import clean
    from lagebild.store import open_store

    with open_store(options.store) as store:
        found = store.outlines(
            at=options.at, since=options.since, parties=options.party, places=options.place, words=options.word,
            publishers=options.publisher, match="any" if options.any else "all",
        )  # fmt: skip
        kept = store.count()
    if options.json:
        from lagebild.serial import dumps_line

        for line in found:
            print(dumps_line(line._asdict()))
    else:
        head = ("ID", "DATE", "PUBLISHER", "EVENTS", "FIGURES", "TITLE")
        rows = [
            (
                line.id + (f" (version {line.version})" if line.version > 1 else ""),
                line.published or f"({line.day})",
                line.publisher or "",
                str(line.events),
                str(line.figures) + (f", {line.corrected} corrected" if line.corrected else ""),
                line.title or "",
            )
            for line in found
        ]
        if rows:
            print(table([head, *([clean(cell) for cell in row] for row in rows)]))
    if len(found) != kept or not kept:
        say(f"{len(found) or 'none'} of {many(kept, 'kept report')}")
    return 0


def _show(options: argparse.Namespace) -> int:
    from lagebild.render import clean, render
    from lagebild.serial import dumps_line, to_json
    from lagebild.store import open_store
    from lagebild.store.followed import original_of

    with open_store(options.store) as store:
        kept = store.report(options.id, options.number)
        if options.text:
            print(kept.report.text)
            return 0
        if options.json:
            extra = {"version": kept.version, "versions": kept.versions, "corrections": _corrections_json(kept)}
            print(dumps_line(to_json(kept.report) | extra))
            return 0
        print(render(kept.report, terminal_pen()), end="")
        for line in _corrected(store, kept):
            print(line)
        if original := original_of(store, kept.id):
            print(f"\n  a copy of {clean(original)}: most of it stands there, too")
        if kept.versions > 1:
            print(f"\n  version {kept.version} of {kept.versions} (--version N shows another)")
    return 0


def _corrections_json(kept: KeptReport) -> dict[str, list[dict[str, Any]]]:
    """The corrections by finding."""
    return {
        finding: [
            {"correction": c.id, "action": c.action, "field": c.field, "value": c.value, "note": c.note,
             "author": c.author, "made": c.made}
            for c in corrections
        ]
        for finding, corrections in kept.corrected.items()
    }  # fmt: skip


def _corrected(store: Store, kept: KeptReport) -> Iterator[str]:
    """What people set right in a report, as lines."""
    from lagebild.render import clean
    from lagebild.serial import finding_to_json

    if not kept.corrected:
        return
    read = {f.id: f for f in store.reading(kept.id, kept.version).findings}
    yield "\nCORRECTED  by people; the reading itself is kept"
    for name in (name for name in read if name in kept.corrected):
        for c in kept.corrected[name]:
            what = {"drop": f"taken out «{read[name].trigger}»", "join": "joined with another mention to one case",
                    "split": "parted from another mention", "close": f"commitment closed: {c.field}"}  # fmt: skip
            before = finding_to_json(read[name]).get(str(c.field))
            line = what.get(c.action) or f"{c.field}: {value_words(before)} → {value_words(c.value)}"
            by = f", {c.author}" if c.author else ""
            yield f"  {name:<4} " + clean(f"{line} · «{c.note}» (correction {c.id}, {c.made[:10]}{by})")


def _sql(options: argparse.Namespace) -> int:
    from lagebild.render import clean
    from lagebild.serial import dumps_line
    from lagebild.store import open_store

    with open_store(options.store) as store:
        columns, rows = store.sql(options.query)
        if options.json:
            for row in rows:
                print(dumps_line(dict(zip(columns, map(_plain, row), strict=True))))
        elif options.csv:
            import csv

            csv.writer(sys.stdout, lineterminator="\n").writerows([columns, *(map(_plain, row) for row in rows)])
        else:
            cells = [[clean("" if v is None else str(_plain(v)))[:60] for v in row] for row in rows]
            print(table([columns, *cells]))
            say(many(len(cells), "row"))
    return 0


def _plain(value: Any) -> Any:
    """A value of SQLite as people and JSON take it: bytes in hexadecimal, whole numbers without a fraction."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.hex() if isinstance(value, bytes) else value


# ------------------------------------------------------------------------------------ removing, backing up


def _remove(options: argparse.Namespace) -> int:
    with kept_store(options.store) as writer:
        for key in writer.remove(options.ids):
            print(f"removed {key}")
    return 0


def _backup(options: argparse.Namespace) -> int:
    from lagebild.store import open_store
    from lagebild.store.write import backup

    with open_store(options.store) as store:
        backup(store, options.file)
    with contextlib.closing(open_store(options.file)) as copy:
        print(f"{many(copy.count(), 'report')} copied to {options.file}")
    return 0
