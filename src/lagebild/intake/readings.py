"""Reports that are read already, one JSON object a line, as `lagebild read --json` prints them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lagebild.errors import Fault, ShapeError
from lagebild.intake.zones import zones
from lagebild.model import Report
from lagebild.serial import loads

_ADVICE = "give what `lagebild read --json` printed"


def load_readings(source: str) -> Iterator[Report | Fault]:
    """The reports of a file (or of `-`, standard input) with the findings that they carry."""
    name = "standard input" if source == "-" else source
    try:
        if source == "-":
            yield from _lines(sys.stdin.buffer, name)
        else:
            with open(source, "rb") as file:
                yield from _lines(file, name)
    except OSError as error:
        yield Fault(name, "", f"the file cannot be read ({error.strerror})", "check its name and permissions")


def _lines(lines: Iterable[bytes], name: str) -> Iterator[Report | Fault]:
    empty = True
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        empty = False
        try:
            report = loads(line.decode("utf-8"))
        except (UnicodeDecodeError, ShapeError) as error:
            yield Fault(name, f"line {number}", f"no report that was read: {error}", _ADVICE)
            continue
        if report.reader is None and not report.findings:
            yield Fault(name, f"line {number} (report {report.id!s:.60})", "nobody has read this report", _ADVICE)
            continue
        # A line does not hold the zones; they follow from the text alone.
        yield replace(report, zones=zones(report.text))
    if empty:
        yield Fault(name, "", "no report in it", _ADVICE)
