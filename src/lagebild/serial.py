"""Report to JSON and back: the shape that `lagebild read --json` prints and that a gold file has.

The keys are those of docs/findings.md. Whatever a report's `id` and `text` hold comes back untouched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, cast

from lagebild.errors import ShapeError
from lagebild.model import (
    MEASURES,
    MODES,
    PRECISIONS,
    STANCES,
    STATUSES,
    Event,
    Figure,
    Finding,
    Party,
    Place,
    Quote,
    Report,
    Span,
    Time,
    TimeExpression,
)

#: Raw characters that some programs take for the end of a line; escaped, so that a report stays on one.
_LINE_ENDS = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")
#: Optional keys, printed only where they are known.
_PARTY_EXTRA = ("kind", "role")
_PLACE_EXTRA = ("lat", "lon", "precision")


def dumps(report: Report) -> str:
    """The report as one line of JSON (without line end); the same report always gives the same line."""
    return dumps_line(to_json(report))


def dumps_line(value: Any) -> str:
    """Any JSON value as one line (without line end) that can be written as UTF-8."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates, legal in JSON only as escapes
        return json.dumps(value, allow_nan=False)
    return _LINE_ENDS.sub(lambda match: f"\\u{ord(match.group()):04x}", line)


def loads(line: str) -> Report:
    """A report from one JSON object. Raises ShapeError."""
    try:
        return from_json(json.loads(line))
    except (ValueError, RecursionError) as error:
        raise ShapeError(f"no valid JSON ({error})") from None


# ---------------------------------------------------------------------------------------------- to JSON


def to_json(report: Report) -> dict[str, Any]:
    """The report as plain JSON values, keys in the order of docs/findings.md."""
    return {
        "id": report.id,
        "title": report.title,
        "url": report.url,
        "publisher": report.publisher,
        "published": report.published,
        "language": report.language,
        "text": report.text,
        "findings": [finding_to_json(finding) for finding in report.findings],
        "quotes": [_quote(quote) for quote in report.quotes],
        "times": [{"span": [*t.span], "text": t.text, "type": t.type, "value": t.value} for t in report.times],
        "reader": report.reader,
    }


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """One event or figure as plain JSON values."""
    shared: dict[str, Any] = {
        "place": _place(finding.place),
        "time": _time(finding.time),
        "said_by": [_party(party) for party in finding.said_by],
        "stance": finding.stance,
    }
    words: dict[str, Any] = {
        "trigger": finding.trigger,
        "trigger_span": [*finding.trigger_span],
        "evidence": finding.evidence,
        "evidence_span": [*finding.evidence_span],
    }
    if finding.confidence is not None:
        words["confidence"] = _number(finding.confidence)
    if isinstance(finding, Figure):
        return {
            "id": finding.id,
            "kind": "figure",
            "measure": finding.measure,
            "value": _number(finding.value),
            "precision": finding.precision,
            "of": finding.of,
            **shared,
            **words,
        }
    return {
        "id": finding.id,
        "kind": "event",
        "type": finding.type,
        "mode": finding.mode,
        "issue": finding.issue,
        "status": finding.status,
        "actors": [_party(party) for party in finding.actors],
        "recipients": [_party(party) for party in finding.recipients],
        **shared,
        "conditions": [*finding.conditions],
        **words,
    }


def _number(value: float) -> int | float:
    """Whole numbers print without a fraction: 3600, not 3600.0."""
    return int(value) if float(value).is_integer() else value


def _party(party: Party) -> dict[str, Any]:
    return _named(party, _PARTY_EXTRA)


def _place(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else _named(place, _PLACE_EXTRA)


def _named(item: Party | Place, extra: Iterable[str]) -> dict[str, Any]:
    shape: dict[str, Any] = {"text": item.text, "name": item.name, "country": item.country}
    shape.update((key, value) for key in extra if (value := getattr(item, key)) is not None)
    if item.span is not None:
        shape["span"] = [*item.span]
    return shape


def _time(time: Time | None) -> dict[str, Any] | None:
    if time is None:
        return None
    shape: dict[str, Any] = {"text": time.text, "from": time.start, "to": time.end}
    if time.span is not None:
        shape["span"] = [*time.span]
    return shape


def _quote(quote: Quote) -> dict[str, Any]:
    parts = ("quote", "speaker", "cue", "frame", "addressee")
    return {"type": quote.type, **{part: [[*span] for span in getattr(quote, part)] for part in parts}}


# -------------------------------------------------------------------------------------------- from JSON


def header_from_json(data: object, default_id: str | None = None) -> Report:
    """The report without its findings: what intake takes from a JSON report. Raises ShapeError.

    `id` and `text` are kept as they are; `default_id` stands in for an id that is missing.
    """
    if not isinstance(data, Mapping):
        raise ShapeError(f"a report is a JSON object, this is {_kind(data)}")
    if "text" not in data:
        known = ", ".join(repr(str(key)) for key in list(data)[:5]) or "none"
        raise ShapeError(f"no key 'text' (keys here: {known})")
    text = data["text"]
    if not isinstance(text, str):
        raise ShapeError(f"'text' must be a string, this is {_kind(text)}")
    found = data.get("id")
    if found is None:
        found = default_id
    if found is None:
        raise ShapeError("no key 'id'")
    if not isinstance(found, str | int | float) or isinstance(found, bool):
        raise ShapeError(f"'id' must be a string, this is {_kind(found)}")
    return Report(
        id=cast(str, found),  # a number stays a number, so that it comes back untouched
        text=text,
        title=_string(data, "title"),
        url=_string(data, "url"),
        publisher=_string(data, "publisher"),
        published=published_day(data.get("published")),
        language=_string(data, "language") or None,
    )


def from_json(data: object, default_id: str | None = None) -> Report:
    """The whole report with its findings; a gold file without spans is read as well. Raises ShapeError."""
    report = header_from_json(data, default_id)
    assert isinstance(data, Mapping)
    try:
        return Report(
            id=report.id,
            text=report.text,
            title=report.title,
            url=report.url,
            publisher=report.publisher,
            published=report.published,
            language=report.language,
            findings=tuple(_finding(item, report.text) for item in data.get("findings") or ()),
            quotes=tuple(_read_quote(item) for item in data.get("quotes") or ()),
            times=tuple(
                TimeExpression(_span(t["span"]), t["text"], t["type"], t["value"]) for t in data.get("times") or ()
            ),
            reader=_string(data, "reader"),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ShapeError(f"findings, quotes or times of another shape ({_what(error)})") from None


def finding_from_json(item: Mapping[str, Any], text: str) -> Finding:
    """One event or figure of a report with this text. Raises ShapeError."""
    try:
        return _finding(item, text)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ShapeError(_what(error)) from None


def published_day(value: object) -> str | None:
    """The ISO day in a `published` value; a time of day after it is dropped. Raises ShapeError if it is no date."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            stamp = value.strip()
            return (date.fromisoformat(stamp) if len(stamp) <= 10 else datetime.fromisoformat(stamp).date()).isoformat()
        except ValueError:
            pass
    raise ShapeError(f"'published' is no date: {value!r:.60}")


def _what(error: Exception) -> str:
    return f"key {error} is missing" if isinstance(error, KeyError) else str(error)


def _finding(item: Mapping[str, Any], text: str) -> Finding:
    evidence = _words(item, "evidence", text, (0, len(text)))
    trigger = _words(item, "trigger", text, evidence)
    place, time = item.get("place"), item.get("time")
    shared: dict[str, Any] = {
        "id": item["id"],
        "trigger": item["trigger"],
        "evidence": item["evidence"],
        "trigger_span": trigger,
        "evidence_span": evidence,
        "place": None
        if place is None
        else Place(
            **_name_of(place),
            **{k: place.get(k) for k in _PLACE_EXTRA},
        ),
        "time": None if time is None else Time(time["text"], time.get("from"), time.get("to"), _optional_span(time)),
        "said_by": _parties(item.get("said_by")),
        "stance": _one_of(item.get("stance", "asserts"), STANCES, "stance"),
        "confidence": item.get("confidence"),
    }
    if item["kind"] == "figure":
        value = item["value"]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"value {value!r}")
        return Figure(
            measure=_one_of(item["measure"], MEASURES, "measure"),
            value=value,
            precision=_one_of(item["precision"], PRECISIONS, "precision"),
            of=item.get("of"),
            **shared,
        )
    if item["kind"] != "event":
        raise ValueError(f"kind {item['kind']!r}")
    return Event(
        type=_one_of(item["type"], MODES, "type"),
        status=_one_of(item["status"], STATUSES, "status"),
        mode=item.get("mode"),
        issue=item.get("issue"),
        actors=_parties(item.get("actors")),
        recipients=_parties(item.get("recipients")),
        conditions=tuple(item.get("conditions") or ()),
        **shared,
    )


def _words(item: Mapping[str, Any], key: str, text: str, within: Span) -> Span:
    """The span of a copied string: as given, or its first place within another span."""
    if item.get(key + "_span") is not None:
        span = _span(item[key + "_span"])
        if text[slice(*span)] != item[key]:
            raise ValueError(f"{item['id']}: {key}_span holds {text[slice(*span)]!r:.40}")
        return span
    start = text.find(item[key], *within)
    if start < 0:
        raise ValueError(f"{item['id']}: {key} is not in the text")
    return start, start + len(item[key])


def _span(value: Any) -> Span:
    start, end = value
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end):
        raise ValueError(f"span {value!r}")
    return start, end


def _optional_span(item: Mapping[str, Any]) -> Span | None:
    return None if item.get("span") is None else _span(item["span"])


def _name_of(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": item["text"], "name": item["name"], "country": item.get("country"), "span": _optional_span(item)}


def _parties(items: Any) -> tuple[Party, ...]:
    return tuple(Party(**_name_of(item), **{key: item.get(key) for key in _PARTY_EXTRA}) for item in items or ())


def _read_quote(item: Mapping[str, Any]) -> Quote:
    parts = (tuple(_span(s) for s in item.get(p) or ()) for p in ("quote", "speaker", "cue", "frame", "addressee"))
    return Quote(item["type"], *parts)


def _one_of(value: Any, allowed: Iterable[str], key: str) -> str:
    if value not in allowed:
        raise ValueError(f"{key} {value!r}")
    return str(value)


def _string(data: Mapping[str, Any], key: str) -> str | None:
    value = data.get(key)
    if value is not None and not isinstance(value, str):
        raise ShapeError(f"'{key}' must be a string, this is {_kind(value)}")
    return value


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
