"""GDELT 2.0 event table: 61 columns, tab-separated, without a header, one row for each pair of actors of a case.

The table is dyadic: several actors give several rows. As CAMEO's coders do, meetings and joint acts are told in both
directions. What GDELT measures and reports do not tell (tone, the places of actors) stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import permutations, product
from typing import IO

from lagebild.export.base import Format, Written, encoded, line, number_of, standing
from lagebild.export.cameo import ActorCode, actor_code, event_code, goldstein, quad_class, told_as_event
from lagebild.export.tables import codes_of
from lagebild.export.view import View
from lagebild.lexicon.countries import countries
from lagebild.picture.parts import Case

_ACTOR = tuple(
    f"{part}Code" if part != "Name" else "Name"
    for part in ("", "Name", "Country", "KnownGroup", "Ethnic", "Religion1", "Religion2", "Type1", "Type2", "Type3")
)
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
#: The columns in their order, by the names of GDELT's codebook 2.0; the files themselves have no header.
COLUMNS = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{part}" for part in _ACTOR), *(f"Actor2{part}" for part in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{part}" for who in ("Actor1", "Actor2", "Action") for part in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
_JOINT = ("CONSULT", "AGREE", "COOPERATE")
_VISIT, _HOST = "042", "043"
#: Geo types: none, country, US state, US city, city, state elsewhere.
_NOWHERE, _COUNTRY, _US_STATE, _US_CITY, _CITY, _STATE = range(6)


def write(view: View, out: IO[bytes], every: bool) -> Written:
    written = Written("row")
    for case in view.cases:
        if not every and not told_as_event(case):
            written.unreal[standing(case)] += 1
            continue
        found = list(_rows(view, case))
        if not found:
            written.beyond["without any actor"] += 1
        for row in found:
            out.write(encoded("\t".join(line(cell) for cell in row) + "\n"))
        written.rows += len(found)
    return written


def _rows(view: View, case: Case) -> Iterator[list[str]]:
    code = event_code(case)
    for one, other, reverse in dict.fromkeys(_pairs(view, case)):
        yield _row(view, case, one, other, _HOST if reverse and code == _VISIT else code)


def _pairs(view: View, case: Case) -> Iterator[tuple[str | None, str | None, bool]]:
    """Who acts on whom, and whether it is told the other way round."""
    actors, recipients = case.actors, case.recipients
    if recipients:
        for one, other in product(actors or (None,), recipients):
            if one == other:
                continue
            yield one, other, False
            if one is not None and case.type == "CONSULT":
                yield other, one, True
        return
    mutual = [
        (one, other)
        for one, other in permutations(actors, 2)
        if case.type in _JOINT or (case.type == "ASSAULT" and view.side(one) != view.side(other))
    ]
    yield from ((one, other, False) for one, other in mutual)
    if not mutual:
        yield from ((one, None, False) for one in actors)


def _row(view: View, case: Case, one: str | None, other: str | None, code: str) -> list[str]:
    day = date.fromisoformat(case.day)
    value = goldstein(code)
    first = view.told_in(case)[0]
    return [
        str(number_of(case.id, one, other, code)),
        f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}",
        f"{day.year + (day.month * 30 + day.day) / 365:.4f}",
        *_actor(actor_code(view, one) if one else None),
        *_actor(actor_code(view, other) if other else None),
        "1" if view.in_lead(case) else "0",
        code, code[:3], code[:2], str(quad_class(code)),
        "" if value is None else f"{value:.1f}",
        str(len(case.mentions)), str(case.publishers), str(len({m.report for m in case.mentions})),
        "",  # tone is nothing that Lagebild measures
        *_nowhere(), *_nowhere(), *_place(case),
        f"{case.first.replace('-', '')}000000",
        first.url or f"lagebild:{first.report}",
    ]  # fmt: skip


def _actor(actor: ActorCode | None) -> list[str]:
    if actor is None:
        return [""] * len(_ACTOR)
    types = [*actor.types, "", "", ""][:3]
    return [actor.code, actor.name, actor.country, actor.group, "", "", "", *types]


def _nowhere() -> list[str]:
    return [str(_NOWHERE), *[""] * (len(_GEO) - 1)]


def _place(case: Case) -> list[str]:
    """The place of the event. Codes of districts and features are those of gazetteers that Lagebild does not have."""
    if case.place is None:
        return _nowhere()
    fips, american = codes_of(case.country).fips, case.country == "USA"
    country = countries().get(case.country or "")
    name = case.place if country is None or country.name == case.place else f"{case.place}, {country.name}"
    whole = case.precision == "country"
    if whole:
        kind = _COUNTRY
    elif case.precision in ("region", "area"):
        kind = _US_STATE if american else _STATE
    else:
        kind = _US_CITY if american else _CITY
    where = ["", ""] if case.lat is None or case.lon is None else [f"{case.lat:g}", f"{case.lon:g}"]
    return [str(kind), name, fips, fips if whole else "", "", *where, fips if whole else ""]


FORMAT = Format("gdelt", "GDELT 2.0 event table: 61 columns, tab-separated, CAMEO codes", write)
