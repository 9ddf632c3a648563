"""A report's reading as one JSON text and back: what the column `version.reading` holds.

The keys are the fields of the data types in model.py. msgspec reads it straight into these types, which takes a fifth of the
time of the standard library (a dossier asks for thousands of readings) and checks them on the way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from lagebild.model import Event, Figure, Finding, Quote, Report, TimeExpression, Zone


@dataclass(frozen=True, slots=True)
class _Reading:
    """`order` holds one letter a finding, e or f, in the order of the report."""

    order: str
    events: tuple[Event, ...]
    figures: tuple[Figure, ...]
    quotes: tuple[Quote, ...]
    times: tuple[TimeExpression, ...]
    zones: tuple[Zone, ...]


@dataclass(frozen=True, slots=True)
class _Findings:
    """A reading of which quotes, times and zones are passed over unread."""

    order: str
    events: tuple[Event, ...]
    figures: tuple[Figure, ...]


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(_Reading)
_findings_decoder = msgspec.json.Decoder(_Findings)


def encode(report: Report) -> str:
    """Findings (without their reasons), quotes, times and zones of a report; equal readings give equal texts."""
    plain = [replace(finding, because=()) for finding in report.findings]
    reading = _Reading(
        order="".join("f" if isinstance(finding, Figure) else "e" for finding in plain),
        events=tuple(finding for finding in plain if isinstance(finding, Event)),
        figures=tuple(finding for finding in plain if isinstance(finding, Figure)),
        quotes=report.quotes,
        times=report.times,
        zones=report.zones,
    )
    try:
        return _encoder.encode(reading).decode("utf-8")
    except UnicodeEncodeError:  # lone surrogates, which a report may hold, can be written as escapes only
        return json.dumps(msgspec.to_builtins(reading))


def decode(reading: str) -> dict[str, Any]:
    """The fields `findings`, `quotes`, `times`, `zones` of a report. Raises ValueError."""
    try:
        found = _decoder.decode(reading)
    except msgspec.DecodeError:
        found = msgspec.convert(json.loads(reading), _Reading)
    return {"findings": _findings(found), "quotes": found.quotes, "times": found.times, "zones": found.zones}


def decode_findings(reading: str) -> dict[str, Any]:
    """The field `findings` alone, which is all that a picture is drawn from. Raises ValueError."""
    try:
        found = _findings_decoder.decode(reading)
    except msgspec.DecodeError:
        found = msgspec.convert(json.loads(reading), _Findings)
    return {"findings": _findings(found)}


def _findings(found: _Reading | _Findings) -> tuple[Finding, ...]:
    events, figures = iter(found.events), iter(found.figures)
    return tuple(next(figures) if letter == "f" else next(events) for letter in found.order)
