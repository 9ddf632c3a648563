"""`lagebild report`: a dossier as a briefing of a few pages, in a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from lagebild.cli.common import Commands, day_option, say, store_option

EXAMPLES = """\
  lagebild report ukraine -o lage.pdf --lang de       a briefing of a few A4 pages
"""


def register(commands: Commands) -> None:
    """Adds the command."""
    report = commands.add_parser("report", help="write a dossier as a briefing of a few A4 pages (HTML or PDF)")
    report.add_argument("dossier", metavar="DOSSIER", help="its id or name, as `lagebild dossier list` prints it")
    report.add_argument(
        "-o",
        "--output",
        required=True,
        type=_output,
        metavar="FILE",
        help="ends with .html or .pdf, which says the kind",
    )
    report.add_argument("--at", type=day_option, metavar="DATE", help="as of this day (default: the newest report's)")
    report.add_argument("--since", type=day_option, metavar="DATE", help="also what has changed since this day")
    report.add_argument("--lang", choices=("de", "en"), default="en", help="language of the briefing (default: en)")
    store_option(report)
    report.set_defaults(run=_report)


def _output(value: str) -> Path:
    path = Path(value)
    if path.suffix.lower() not in (".html", ".pdf"):
        raise argparse.ArgumentTypeError("must end with .html or .pdf")
    return path


def _report(options: argparse.Namespace) -> int:
    from lagebild.errors import LagebildError
    from lagebild.picture import picture_of
    from lagebild.store import open_store
    from lagebild.web.briefing import briefing, pdf

    with open_store(options.store) as store:
        picture = picture_of(store, options.dossier, options.at, options.since, options.lang)
    html = briefing(picture)
    content = pdf(html) if options.output.suffix.lower() == ".pdf" else html.encode("utf-8", "replace")
    try:
        options.output.write_bytes(content)
    except OSError as error:
        raise LagebildError(f"{options.output} cannot be written: {error.strerror or error}") from None
    say(
        f"{options.output}: {picture.name} as of {picture.at}, {len(picture.sources)} reports, {len(content) // 1000} kB"
    )
    return 0
