"""The schema of the dataset, and a report as rows of it and back (docs/corpus.md lists every column).

`reading` holds what was read as JSON, so that a report comes back whole; the findings are rows of their own besides, for
queries. Rows are plain values: the same report gives the same rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from lagebild.corpus.extra import needed
from lagebild.intake.zones import zones
from lagebild.model import Event, Figure, Finding, Party, Place, Report
from lagebild.serial import dumps_line, from_json, to_json

#: Raised when a column changes its meaning or goes; a dataset says in its metadata which one it has.
SCHEMA = 1
#: The partition of reports without a date.
UNDATED = "undated"
_IN_READING = ("findings", "quotes", "times")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Aside:
    """A record that is not among the reports: `reason` is a word of docs/corpus.md, `detail` says more."""

    source: str
    record: int
    reason: str
    detail: str = ""
    url: str | None = None


@cache
def schemas() -> dict[str, Any]:
    """The Arrow schemas of the three tables `reports`, `findings` and `aside`."""
    pa = needed("pyarrow")
    text, whole, real, day = pa.string(), pa.int32(), pa.float64(), pa.date32()
    party = pa.struct(
        [
            ("text", text),
            ("name", text),
            ("country", text),
            ("kind", text),
            ("role", text),
            ("start", whole),
            ("end", whole),
        ]
    )
    place = pa.struct(
        [("text", text), ("name", text), ("country", text), ("lat", real), ("lon", real), ("precision", text),
         ("start", whole), ("end", whole)]
    )  # fmt: skip
    time = pa.struct([("text", text), ("from", day), ("to", day), ("start", whole), ("end", whole)])
    parties = pa.list_(party)
    tables: dict[str, list[tuple[str, Any]]] = {
        "reports": [
            ("key", text), ("id", text), ("source", text), ("record", pa.int64()), ("title", text), ("url", text),
            ("publisher", text), ("published", day), ("language", text), ("text", text), ("words", whole),
            ("events", whole), ("figures", whole), ("reader", text), ("reading", text),
        ],
        "findings": [
            ("report", text), ("report_id", text), ("published", day), ("id", text), ("kind", text), ("type", text),
            ("mode", text), ("issue", text), ("status", text), ("measure", text), ("value", real), ("precision", text),
            ("of", text), ("stance", text), ("actors", parties), ("recipients", parties), ("said_by", parties),
            ("place", place), ("time", time), ("conditions", pa.list_(text)), ("trigger", text), ("trigger_start", whole),
            ("trigger_end", whole), ("evidence", text), ("evidence_start", whole), ("evidence_end", whole),
            ("confidence", real),
        ],
        "aside": [
            ("source", text), ("record", pa.int64()), ("reason", text), ("detail", text), ("url", text),
        ],
    }  # fmt: skip
    stamp = {"lagebild.schema": str(SCHEMA)}
    return {name: pa.schema(columns, metadata=stamp) for name, columns in tables.items()}


def key_of(report: Report) -> str:
    """24 hex digits that are the same for the same report (id, head and text), wherever it comes from."""
    parts = (report.id, report.title, report.url, report.publisher, report.published, report.language, report.text)
    plain = json.dumps([None if part is None else str(part) for part in parts])
    return hashlib.sha256(plain.encode("ascii")).hexdigest()[:24]


def month_of(report: Report) -> str:
    """The month (YYYY-MM) under which a dataset keeps a report."""
    return report.published[:7] if report.published else UNDATED


def report_row(key: str, source: str, record: int, report: Report) -> Row:
    """The row of a report that was read."""
    shape = to_json(report)
    return {
        "key": key,
        "id": _clean(str(report.id)),
        "source": _clean(source),
        "record": record,
        "title": _clean(report.title),
        "url": _clean(report.url),
        "publisher": _clean(report.publisher),
        "published": _day(report.published),
        "language": report.language,
        "text": _clean(report.text),
        "words": len(report.text.split()),
        "events": sum(isinstance(finding, Event) for finding in report.findings),
        "figures": sum(isinstance(finding, Figure) for finding in report.findings),
        "reader": report.reader,
        "reading": dumps_line({name: shape[name] for name in _IN_READING}),
    }


def finding_rows(key: str, report: Report) -> list[Row]:
    """The rows of a report's findings, in their order in the text."""
    return [_finding(key, report, finding) for finding in report.findings]


def aside_row(aside: Aside) -> Row:
    """A row of the table of pages that were not read, and why."""
    return {
        "source": _clean(aside.source), "record": aside.record, "reason": aside.reason,
        "detail": _clean(aside.detail)[:500], "url": _clean(aside.url),
    }  # fmt: skip


def report_of(row: Mapping[str, Any]) -> Report:
    """The report of a row, with its findings. Raises ShapeError."""
    shape = {name: row[name] for name in ("id", "title", "url", "publisher", "language", "text", "reader")}
    shape["published"] = row["published"].isoformat() if row["published"] else None
    report = from_json(shape | json.loads(row["reading"]))
    return replace(report, zones=zones(report.text))


def read_again(report: Report, reading: str) -> Report:
    """A report with what was read in another of the same text, as the column `reading` has it. Raises ShapeError."""
    shape = {"id": "", "text": report.text, "published": report.published, "language": report.language}
    found = from_json(shape | json.loads(reading))
    return replace(report, **{name: getattr(found, name) for name in _IN_READING})


def _finding(key: str, report: Report, finding: Finding) -> Row:
    shared: Row = {
        "report": key,
        "report_id": _clean(str(report.id)),
        "published": _day(report.published),
        "id": finding.id,
        "stance": finding.stance,
        "said_by": [_party(party) for party in finding.said_by],
        "place": _place(finding.place),
        "time": _time(finding),
        "trigger": _clean(finding.trigger),
        "trigger_start": finding.trigger_span[0],
        "trigger_end": finding.trigger_span[1],
        "evidence": _clean(finding.evidence),
        "evidence_start": finding.evidence_span[0],
        "evidence_end": finding.evidence_span[1],
        "confidence": finding.confidence,
    }
    if isinstance(finding, Figure):
        return shared | {
            "kind": "figure", "measure": finding.measure, "value": float(finding.value), "precision": finding.precision,
            "of": _clean(finding.of), "actors": [], "recipients": [], "conditions": [],
        }  # fmt: skip
    return shared | {
        "kind": "event", "type": finding.type, "mode": finding.mode, "issue": finding.issue, "status": finding.status,
        "actors": [_party(party) for party in finding.actors],
        "recipients": [_party(party) for party in finding.recipients], "conditions": list(finding.conditions),
    }  # fmt: skip


def _party(party: Party) -> Row:
    start, end = party.span or (None, None)
    return {
        "text": _clean(party.text), "name": _clean(party.name), "country": party.country, "kind": party.kind,
        "role": _clean(party.role), "start": start, "end": end,
    }  # fmt: skip


def _place(place: Place | None) -> Row | None:
    if place is None:
        return None
    start, end = place.span or (None, None)
    return {
        "text": _clean(place.text), "name": _clean(place.name), "country": place.country, "lat": place.lat,
        "lon": place.lon, "precision": place.precision, "start": start, "end": end,
    }  # fmt: skip


def _time(finding: Finding) -> Row | None:
    time = finding.time
    if time is None:
        return None
    start, end = time.span or (None, None)
    return {"text": _clean(time.text), "from": _day(time.start), "to": _day(time.end), "start": start, "end": end}


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _clean(words: Any) -> Any:
    """Lone surrogates, legal in JSON and in names of files, have no UTF-8: they become U+FFFD, one for one."""
    if words is None or words.isascii():
        return words
    return "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= c <= "\udfff" else c for c in words)
