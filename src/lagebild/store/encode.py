"""A report's reading as one compact JSON text and back: what the column `version.reading` holds.

The keys are those of docs/findings.md, but what is empty is left out, and words that the report's text has at their span are
not written again. What is decoded was checked when it was encoded, so nothing is checked twice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from lagebild.model import Event, Figure, Finding, Party, Place, Quote, Report, Span, Time, TimeExpression, Zone

_QUOTE_PARTS = ("quote", "speaker", "cue", "frame", "addressee")


def encode(report: Report) -> str:
    """Findings, quotes, times and zones of a report; equal readings give equal texts."""
    reading = {
        "findings": [_finding(finding, report.text) for finding in report.findings],
        "quotes": [_full({"type": q.type, **{part: getattr(q, part) for part in _QUOTE_PARTS}}) for q in report.quotes],
        "times": [_words(t.text, t.span, report.text) | {"type": t.type, "value": t.value} for t in report.times],
        "zones": [_full({"kind": z.kind, "span": z.span, "double_of": z.double_of}) for z in report.zones],
    }
    line = json.dumps(reading, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Lone surrogates, which a report may hold, can be written as escapes only.
    return line if _encodes(line) else json.dumps(reading, separators=(",", ":"), allow_nan=False)


def decode(reading: str, text: str) -> dict[str, Any]:
    """The fields `findings`, `quotes`, `times`, `zones` of the report that the text belongs to."""
    data = json.loads(reading)
    return {
        "findings": tuple(_read_figure(f, text) if "measure" in f else _read_event(f, text) for f in data["findings"]),
        "quotes": tuple(Quote(q["type"], *(_spans(q.get(part, ())) for part in _QUOTE_PARTS)) for q in data["quotes"]),
        "times": tuple(_read_expression(t, text) for t in data["times"]),
        "zones": tuple(Zone(z["kind"], _span(z["span"]), z.get("double_of")) for z in data["zones"]),
    }


def _encodes(line: str) -> bool:
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _full(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {key: value for key, value in fields.items() if value is not None and value != ()}


def _words(words: str, span: Span | None, text: str, key: str = "text") -> dict[str, Any]:
    """Words as their span alone, if that is where the text has them."""
    if span is None:
        return {key: words}
    name = "span" if key == "text" else f"{key}_span"
    return {name: span} if text[slice(*span)] == words else {key: words, name: span}


def _finding(finding: Finding, text: str) -> dict[str, Any]:
    fields: dict[str, Any] = {"id": finding.id}
    if isinstance(finding, Figure):
        fields |= {
            "measure": finding.measure, "value": finding.value, "precision": finding.precision, "of": finding.of
        }  # fmt: skip
    else:
        fields |= {
            "type": finding.type,
            "status": finding.status,
            "mode": finding.mode,
            "issue": finding.issue,
            "actors": tuple(_party(p, text) for p in finding.actors),
            "recipients": tuple(_party(p, text) for p in finding.recipients),
            "conditions": finding.conditions,
        }
    place, time = finding.place, finding.time
    if place is not None:
        fields["place"] = _words(place.text, place.span, text) | _full(
            {"name": place.name, "country": place.country, "lat": place.lat, "lon": place.lon,
             "precision": place.precision}
        )  # fmt: skip
    if time is not None:
        fields["time"] = _words(time.text, time.span, text) | _full({"from": time.start, "to": time.end})
    fields |= _words(finding.trigger, finding.trigger_span, text, "trigger")
    fields |= _words(finding.evidence, finding.evidence_span, text, "evidence")
    fields["said_by"] = tuple(_party(p, text) for p in finding.said_by)
    fields["stance"] = None if finding.stance == "asserts" else finding.stance
    fields["confidence"] = finding.confidence
    return _full(fields)


def _party(party: Party, text: str) -> dict[str, Any]:
    return _words(party.text, party.span, text) | _full(
        {"name": party.name, "country": party.country, "kind": party.kind, "role": party.role}
    )


# ------------------------------------------------------------------------------------------------ decoding


def _read_event(f: Mapping[str, Any], text: str) -> Event:
    get = f.get
    trigger, evidence = _span(f["trigger_span"]), _span(f["evidence_span"])
    return Event(
        f["id"],
        f["type"],
        f["status"],
        f["trigger"] if "trigger" in f else text[slice(*trigger)],
        f["evidence"] if "evidence" in f else text[slice(*evidence)],
        trigger,
        evidence,
        get("mode"),
        get("issue"),
        _parties(get("actors"), text),
        _parties(get("recipients"), text),
        _read_place(get("place"), text),
        _read_time(get("time"), text),
        _parties(get("said_by"), text),
        get("stance", "asserts"),
        tuple(get("conditions", ())),
        get("confidence"),
    )


def _read_figure(f: Mapping[str, Any], text: str) -> Figure:
    get = f.get
    trigger, evidence = _span(f["trigger_span"]), _span(f["evidence_span"])
    return Figure(
        f["id"],
        f["measure"],
        f["value"],
        f["precision"],
        f["trigger"] if "trigger" in f else text[slice(*trigger)],
        f["evidence"] if "evidence" in f else text[slice(*evidence)],
        trigger,
        evidence,
        get("of"),
        _read_place(get("place"), text),
        _read_time(get("time"), text),
        _parties(get("said_by"), text),
        get("stance", "asserts"),
        get("confidence"),
    )


def _parties(items: Any, text: str) -> tuple[Party, ...]:
    if not items:
        return ()
    return tuple(
        Party(_text(p, text), p["name"], p.get("country"), p.get("kind"), p.get("role"), _optional(p)) for p in items
    )


def _read_place(p: Any, text: str) -> Place | None:
    if p is None:
        return None
    return Place(
        _text(p, text), p["name"], p.get("country"), p.get("lat"), p.get("lon"), p.get("precision"), _optional(p)
    )


def _read_time(t: Any, text: str) -> Time | None:
    return None if t is None else Time(_text(t, text), t.get("from"), t.get("to"), _optional(t))


def _read_expression(t: Mapping[str, Any], text: str) -> TimeExpression:
    return TimeExpression(_span(t["span"]), _text(t, text), t["type"], t["value"])


def _text(item: Mapping[str, Any], text: str) -> str:
    found: str = item["text"] if "text" in item else text[slice(*item["span"])]
    return found


def _optional(item: Mapping[str, Any]) -> Span | None:
    return _span(item["span"]) if "span" in item else None


def _span(value: Any) -> Span:
    start, end = value
    return start, end


def _spans(values: Any) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in values)
