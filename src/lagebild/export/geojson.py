"""GeoJSON (RFC 7946): one FeatureCollection, a feature for each case, at its place.

A case without coordinates is a feature without geometry, as the standard has it. Every feature says how precise its point is: that
of a country or region is its middle.
"""

from __future__ import annotations

from typing import IO, Any

from lagebild.export.base import Format, Written, encoded, standing
from lagebild.export.view import View, deaths
from lagebild.picture.parts import Case
from lagebild.serial import dumps_line


def write(view: View, out: IO[bytes], every: bool) -> Written:
    written = Written("feature")
    out.write(b'{"type": "FeatureCollection", "features": [')
    for case in view.cases:
        out.write(encoded(",\n" if written.rows else "\n") + encoded(dumps_line(_feature(view, case))))
        written.rows += 1
    out.write(b"\n]}\n")
    return written


def _feature(view: View, case: Case) -> dict[str, Any]:
    dead = deaths(view, case)
    point = None
    if case.lat is not None and case.lon is not None:
        point = {"type": "Point", "coordinates": [case.lon, case.lat]}
    said = dict.fromkeys(p for m in case.mentions for p in m.said_by)
    return {
        "type": "Feature",
        "id": case.id,
        "geometry": point,
        "properties": {
            "type": case.type,
            "mode": case.mode,
            "issue": case.issue,
            "status": standing(case),
            "actors": [view.name(p) for p in case.actors],
            "recipients": [view.name(p) for p in case.recipients],
            "said_by": [view.name(p) for p in said],
            "place": case.place,
            "country": case.country,
            "precision": case.precision,
            "start": case.start,
            "end": case.end,
            "first_report": case.first,
            "last_report": case.last,
            "publishers": case.publishers,
            "killed_low": dead.low if dead else None,
            "killed_best": dead.best if dead else None,
            "killed_high": dead.high if dead else None,
            "evidence": case.mentions[0].evidence,
            "findings": list(case.refs),
        },
    }


FORMAT = Format("geojson", "GeoJSON (RFC 7946): a feature for each case", write, statuses=True)
