"""ACLED: 31 columns with header, one row for each case that ACLED codes, with its event types and precision codes.

ACLED has one number of dead; it is the lowest that a source gives, as ACLED takes the most careful one, and 0 where none is told.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import IO, Any

from lagebild.export.base import Format, Written, encoded, line, number_of, on_lines, real_cases
from lagebild.export.sides import Sides, camp, sides_of
from lagebild.export.tables import codes_of, table
from lagebild.export.view import View, deaths
from lagebild.lexicon.countries import countries
from lagebild.picture.parts import Case

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
#: 1: the town itself; 2: part of a region; 3: a region or country.
_PLACES = {"point": 1, "city": 1, "area": 2, "region": 3, "country": 3}
_WEEK = 7


def write(view: View, out: IO[bytes], every: bool) -> Written:
    written = Written("event")
    text = io.StringIO()
    table_ = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table_.writeheader()
    for case in real_cases(view.cases, every, written):
        sides = sides_of(view, case)
        kind = event_type(case, sides)
        if kind is None:
            written.beyond["of no type that ACLED codes"] += 1
            continue
        table_.writerow(on_lines(_row(view, case, sides, *kind)))
        written.rows += 1
    out.write(encoded(text.getvalue()))
    return written


def event_type(case: Case, sides: Sides) -> tuple[str, str] | None:
    """ACLED's event and sub-event type (empty where the reports do not tell); None for what ACLED does not code."""
    for rule in table("acled")["event"]:
        if rule["type"] == case.type and _fits(rule, case, sides):
            return rule["event"], rule["sub"]
    return None


def _fits(rule: Mapping[str, Any], case: Case, sides: Sides) -> bool:
    return (
        ("mode" not in rule or case.mode in rule["mode"])
        and ("issue" not in rule or case.issue in rule["issue"])
        and ("against" not in rule or sides.against in rule["against"])
    )


def _row(view: View, case: Case, sides: Sides, event: str, sub: str) -> dict[str, Any]:
    codes, country = codes_of(case.country), countries().get(case.country or "")
    inter = [_inter(view, case, side[0], event) if side else "" for side in (sides.first, sides.second)]
    names = [[_name(view, p) for p in side] for side in (sides.first, sides.second)]
    dead = deaths(view, case)
    violent = event in ("Explosions/Remote violence", "Violence against civilians")
    return {
        "event_id_cnty": f"{case.country or ''}{number_of(case.id)}",
        "event_date": case.day,
        "year": case.day[:4],
        "time_precision": _time_precision(case),
        "disorder_type": table("acled")["disorder"].get(event, "Political violence"),
        "event_type": event,
        "sub_event_type": sub,
        "actor1": names[0][0] if names[0] else "",
        "assoc_actor_1": "; ".join(names[0][1:]),
        "inter1": inter[0],
        "actor2": names[1][0] if names[1] else "",
        "assoc_actor_2": "; ".join(names[1][1:]),
        "inter2": inter[1],
        "interaction": "-".join(filter(None, inter))
        if all(inter)
        else f"{inter[0] or inter[1]} only"
        if any(inter)
        else "",
        "civilian_targeting": "Civilian targeting" if violent and sides.against == "civilians" else "",
        "iso": codes.numeric,
        "region": _region(case.country, codes.subregion),
        "country": country.name if country else "",
        "admin1": case.place if case.precision == "region" else "",
        "admin2": "",
        "admin3": "",
        "location": case.place or "",
        "latitude": "" if case.lat is None else f"{case.lat:.4f}",
        "longitude": "" if case.lon is None else f"{case.lon:.4f}",
        "geo_precision": _PLACES.get(case.precision or "", "") if case.place else "",
        "source": "; ".join(dict.fromkeys(s.publisher or s.report for s in view.told_in(case))),
        "source_scale": "",
        "notes": line(case.mentions[0].evidence),
        "fatalities": dead.low if dead else 0,
        "tags": "",
        "timestamp": int(datetime.fromisoformat(case.last).replace(tzinfo=UTC).timestamp()),
    }


def _time_precision(case: Case) -> int:
    """1: the day; 2: within a week; 3: within a month, or only the day of the report is known."""
    if case.start is None or case.end is None:
        return 3
    days = (date.fromisoformat(case.end) - date.fromisoformat(case.start)).days
    return 1 if days == 0 else 2 if days < _WEEK else 3


def _name(view: View, id: str) -> str:
    """A party's name after ACLED's custom: forces of a state, civilians of a country."""
    country = countries().get(view.country(id) or "")
    if country is None:
        return view.name(id)
    kind, role, what = view.kind(id), view.roles.get(id), camp(view, id)
    if what == "civilians":
        return f"Civilians ({country.name})"
    if kind == "state":
        return f"Government of {country.name}"
    if what == "forces" and kind != "person":
        return f"{'Police' if role == 'police' else 'Military'} Forces of {country.name}"
    return view.name(id)


def _inter(view: View, case: Case, id: str, event: str) -> str:
    words, kind, country, what = table("acled")["inter"], view.kind(id), view.country(id), camp(view, id)
    if case.type == "PROTEST" and id in case.actors:
        return str(words["rioters"] if event == "Riots" else words["protesters"])
    if what in ("group", "civilians"):
        return str(words[what])
    if what == "forces" or kind == "organ" or (kind == "person" and view.roles.get(id)):
        return str(words["foreign"] if case.country and country and country != case.country else words["state"])
    return str(words["foreign"]) if kind == "organisation" else ""


def _region(country: str | None, subregion: str) -> str:
    rules = table("acled")
    return str(rules["elsewhere"].get(country) or rules["regions"].get(subregion, ""))


FORMAT = Format("acled", "ACLED: CSV with its 31 columns and event types", write)
