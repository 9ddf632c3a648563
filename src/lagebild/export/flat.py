"""Findings as flat rows, one for each event and figure of each report, with all that a finding says: for CSV and Parquet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lagebild.export.view import View
from lagebild.model import Event, Party

#: Column names with their types: text, day (ISO date), number, whole, flag, and lists of text.
COLUMNS: tuple[tuple[str, str], ...] = (
    ("finding", "text"), ("report", "text"), ("publisher", "text"), ("url", "text"), ("report_day", "day"),
    ("language", "text"), ("copy_of", "text"), ("kind", "text"), ("case", "text"), ("series", "text"), ("type", "text"),
    ("mode", "text"), ("issue", "text"), ("status", "text"), ("stance", "text"), ("measure", "text"), ("value", "number"),
    ("precision", "text"), ("of", "text"), ("actors", "list"), ("actor_ids", "list"), ("actor_countries", "list"),
    ("recipients", "list"), ("recipient_ids", "list"), ("recipient_countries", "list"), ("said_by", "list"),
    ("said_by_ids", "list"), ("place", "text"), ("place_country", "text"), ("latitude", "number"), ("longitude", "number"),
    ("place_precision", "text"), ("start", "day"), ("end", "day"), ("conditions", "list"), ("trigger", "text"),
    ("trigger_start", "whole"), ("trigger_end", "whole"), ("evidence", "text"), ("corrected", "flag"),
)  # fmt: skip


def rows(view: View) -> Iterator[dict[str, Any]]:
    """One row for each finding, keys as COLUMNS has them, in the order of days and reports."""
    for ref, finding in view.findings.items():
        kept = view.reports[ref.rpartition("#")[0]]
        source = view.sources[kept.id]
        place, time = finding.place, finding.time
        event = isinstance(finding, Event)
        row: dict[str, Any] = {
            "finding": ref,
            "report": kept.id,
            "publisher": kept.publisher,
            "url": kept.url,
            "report_day": kept.day,
            "language": kept.report.language,
            "copy_of": source.copy_of,
            "kind": "event" if event else "figure",
            "case": view.case_of.get(ref),
            "series": view.series_of.get(ref),
            "stance": finding.stance,
            "place": place.name if place else None,
            "place_country": place.country if place else None,
            "latitude": place.lat if place else None,
            "longitude": place.lon if place else None,
            "place_precision": place.precision if place else None,
            "start": time.start if time else None,
            "end": time.end if time else None,
            "trigger": finding.trigger,
            "trigger_start": finding.trigger_span[0],
            "trigger_end": finding.trigger_span[1],
            "evidence": finding.evidence,
            "corrected": finding.id in kept.corrected,
            **_parties(view, ref, "said_by", finding.said_by),
        }
        if isinstance(finding, Event):
            row |= {
                "type": finding.type,
                "mode": finding.mode,
                "issue": finding.issue,
                "status": finding.status,
                "conditions": [f"{kept.id}#{name}" for name in finding.conditions],
                **_parties(view, ref, "actor", finding.actors),
                **_parties(view, ref, "recipient", finding.recipients),
            }
        else:
            row |= {
                "measure": finding.measure,
                "value": finding.value,
                "precision": finding.precision,
                "of": finding.of,
            }
        yield {name: row.get(name, [] if kind == "list" else None) for name, kind in COLUMNS}


def _parties(view: View, ref: str, part: str, parties: Sequence[Party]) -> dict[str, list[str]]:
    ids = [view.identity(ref, party) for party in parties]
    names = part if part == "said_by" else f"{part}s"
    return {
        names: [view.name(id) for id in ids],
        f"{part}_ids": ids,
        f"{part}_countries": [party.country or "" for party in parties],
    }
