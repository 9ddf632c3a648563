"""`lagebild export`: findings and cases of the store in a format that other programs read."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

from lagebild.cli.common import Commands, day_option, say, store_option
from lagebild.errors import LagebildError

if TYPE_CHECKING:
    from lagebild.export import Format, View, Written

EXAMPLES = """\
  lagebild export --format gdelt -o events.tsv        for programs that read event data
"""
#: As lagebild.export.FORMATS has them; named here so that no other command waits for the formats to load.
NAMES = ("plover", "gdelt", "acled", "ged", "geojson", "csv", "parquet")


def register(commands: Commands) -> None:
    """Adds the command of this group."""
    export = commands.add_parser("export", help="write findings and cases in a format that other programs read")
    export.add_argument("--format", required=True, choices=NAMES, help="docs/export.md says what each one holds")
    export.add_argument("--dossier", metavar="D", help="only what belongs to this dossier (default: all kept reports)")
    export.add_argument("--at", type=day_option, metavar="DATE", help="as of this day (default: the newest report's)")
    export.add_argument("-o", "--output", metavar="FILE", help="write to this file (default: standard output)")
    export.add_argument(
        "--all-statuses",
        action="store_true",
        help="also what is planned, demanded, considered, doubted or denied, where the format cannot say so",
    )
    store_option(export)
    export.set_defaults(run=_export)


def _export(options: argparse.Namespace) -> int:
    from lagebild.export import FORMATS, view_of
    from lagebild.store import open_store

    format = FORMATS[options.format]
    if format.binary and options.output is None and sys.stdout.isatty():
        raise LagebildError(f"{format.name} is not for a terminal: give a file with -o")
    with open_store(options.store) as store:
        view = view_of(store, options.dossier, options.at)
    if options.output is None:
        sys.stdout.flush()
        written = format.write(view, sys.stdout.buffer, options.all_statuses)
        sys.stdout.buffer.flush()
    else:
        written = _into(Path(options.output), format, view, options.all_statuses)
    say(f"{format.name} as of {view.at}: {written}")
    return 0


def _into(path: Path, format: Format, view: View, every: bool) -> Written:
    """Writes a file; it is there whole or not at all, and one that was there before stays until then."""
    part = path.with_name(path.name + ".part")
    try:
        out: IO[bytes]
        with part.open("wb") as out:
            written = format.write(view, out, every)
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise LagebildError(f"{path} cannot be written ({error.strerror})") from None
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return written
