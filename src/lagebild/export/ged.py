"""UCDP GED: CSV with header and the 49 columns of the Georeferenced Event Dataset, one row for each attack with dead.

Best, low and high come from the series of the case: low and high span what the sources say last, best is what most of them give.
Ids of conflicts, dyads and actors are the Uppsala programme's own and stay empty.
"""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import IO, Any

from lagebild.export.base import Format, Written, encoded, line, number_of, on_lines, real_cases
from lagebild.export.sides import Sides, armed, camp, sides_of
from lagebild.export.tables import codes_of
from lagebild.export.view import Deaths, View, deaths
from lagebild.lexicon.countries import countries
from lagebild.picture.parts import Case

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa",
    "gwnob",
)  # fmt: skip
_STATE_BASED, _NON_STATE, _ONE_SIDED = 1, 2, 3
#: 1: the place itself; 4: a first-order division; 5: an area that is none; 6: the country.
_PLACES = {"point": 1, "city": 1, "region": 4, "area": 5, "country": 6}
#: The programme's regions by UN M49 subregion.
_REGIONS = {
    "Africa": ("Northern Africa", "Western Africa", "Middle Africa", "Eastern Africa", "Southern Africa"),
    "Americas": ("Northern America", "Central America", "South America", "Caribbean"),
    "Asia": ("Central Asia", "Southern Asia", "South-eastern Asia", "Eastern Asia", "Melanesia", "Micronesia", "Polynesia",
             "Australia and New Zealand"),
    "Europe": ("Eastern Europe", "Northern Europe", "Southern Europe", "Western Europe"),
    "Middle East": ("Western Asia",),
}  # fmt: skip
_ELSEWHERE = {
    "EGY": "Middle East",
    "IRN": "Middle East",
    "ARM": "Europe",
    "AZE": "Europe",
    "GEO": "Europe",
    "CYP": "Europe",
}


def write(view: View, out: IO[bytes], every: bool) -> Written:
    written = Written("event")
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    for case in real_cases(view.cases, every, written):
        dead = deaths(view, case) if case.type == "ASSAULT" else None
        if case.type != "ASSAULT":
            written.beyond["no attack"] += 1
        elif dead is None or dead.high < 1:
            written.beyond["attacks without dead"] += 1
        elif case.start is None and case.end is None and case.precision in (None, "country"):
            # «3,660 killed in Ukraine so far» is no event, however an attack is told with it.
            written.beyond["attacks with neither day nor place"] += 1
        else:
            table.writerow(on_lines(_row(view, case, dead)))
            written.rows += 1
    out.write(encoded(text.getvalue()))
    return written


def _row(view: View, case: Case, dead: Deaths) -> dict[str, Any]:
    sides, told = sides_of(view, case), view.told_in(case)
    country, codes = countries().get(case.country or ""), codes_of(case.country)
    first = _side(view, sides.first)
    second = "Civilians" if sides.against == "civilians" else _side(view, sides.second)
    start = case.start or case.end or case.first
    end = case.end or case.start or case.first
    return dict.fromkeys(COLUMNS, "") | {
        "id": number_of(case.id),
        "relid": case.id,
        "year": start[:4],
        "type_of_violence": _violence(view, sides),
        "conflict_name": view.dossier or "",
        "dyad_name": f"{first} - {second}" if first and second else "",
        "side_a": first,
        "side_b": second,
        "number_of_sources": case.publishers,
        "source_article": ";".join(f'"{line(s.publisher or s.report)},{s.day},{line(s.title)}"' for s in told),
        "source_office": ";".join(dict.fromkeys(line(s.publisher or s.report) for s in told)),
        "source_date": ";".join(s.day for s in told),
        "source_headline": ";".join(line(s.title) for s in told),
        "source_original": ", ".join(dict.fromkeys(view.name(p) for m in case.mentions for p in m.said_by)),
        "where_prec": _PLACES.get(case.precision or "", "") if case.place else "",
        "where_coordinates": case.place or "",
        "where_description": case.place or "",
        "adm_1": case.place if case.precision == "region" else "",
        "country": country.name if country else "",
        "country_id": codes.gw,
        "region": _region(case.country, codes.subregion),
        "event_clarity": 1 if case.place and case.start and case.start == case.end else 2,
        "date_prec": _date_precision(case),
        "date_start": f"{start} 00:00:00.000",
        "date_end": f"{end} 00:00:00.000",
        "deaths_a": 0,
        "deaths_b": 0,
        "deaths_civilians": dead.civilians,
        "deaths_unknown": dead.best - dead.civilians,
        "best": dead.best,
        "high": dead.high,
        "low": dead.low,
        "gwnoa": _gw(view, sides.first),
        "gwnob": "" if second == "Civilians" else _gw(view, sides.second),
    } | _point(case)  # fmt: skip


def _violence(view: View, sides: Sides) -> int | str:
    """1 state-based, 2 non-state, 3 one-sided; empty where the sides are not told."""
    if not sides.first:
        return ""
    if sides.against == "civilians":
        return _ONE_SIDED
    if not sides.second or not all(armed(view, p) for p in (sides.first[0], sides.second[0])):
        return ""
    states = any(camp(view, p) == "forces" for p in (*sides.first, *sides.second))
    return _STATE_BASED if states else _NON_STATE


def _side(view: View, parties: tuple[str, ...]) -> str:
    """The name of a side: the government for all that is a state's."""
    if not parties:
        return ""
    country = countries().get(view.country(parties[0]) or "")
    return f"Government of {country.name}" if country and _of_state(view, parties[0]) else view.name(parties[0])


def _gw(view: View, parties: tuple[str, ...]) -> str:
    if not parties or not _of_state(view, parties[0]):
        return ""
    return codes_of(view.country(parties[0])).gw


def _of_state(view: View, id: str) -> bool:
    return view.kind(id) in ("state", "organ", "person") or camp(view, id) == "forces"


def _date_precision(case: Case) -> int:
    """1: the day; 2: two to six days; 3: a week; 4: up to a month; 5: longer, or only the day of the report is known."""
    if case.start is None or case.end is None:
        return 5
    days = (date.fromisoformat(case.end) - date.fromisoformat(case.start)).days + 1
    return next((code for code, most in enumerate((1, 6, 7, 31), 1) if days <= most), 5)


def _point(case: Case) -> dict[str, Any]:
    if case.lat is None or case.lon is None:
        return {}
    # PRIO-GRID: cells of half a degree, numbered from the south-west, 720 a row.
    cell = min(int((case.lat + 90) * 2), 359) * 720 + min(int((case.lon + 180) * 2), 719) + 1
    return {
        "latitude": f"{case.lat:.6f}",
        "longitude": f"{case.lon:.6f}",
        "geom_wkt": f"POINT ({case.lon:.6f} {case.lat:.6f})",
        "priogrid_gid": cell if case.precision in ("point", "city") else "",
    }


def _region(country: str | None, subregion: str) -> str:
    found = next((region for region, names in _REGIONS.items() if subregion in names), "")
    return _ELSEWHERE.get(country or "", found)


FORMAT = Format("ged", "UCDP GED: CSV with its 49 columns, best, low and high", write)
