"""PLOVER: one JSON object a line for each case, by the manual's data fields and its own rules for intentions and denials.

Cooperation that is only intended is AGREE, a concession to come CONCEDE; what is denied, demanded or weighed is no event. With
`every` they are written with the manual's contexts future, hypothetical and negation. An event needs a source, some a recipient.
"""

from __future__ import annotations

from typing import IO, Any

from lagebild import __version__
from lagebild.export.base import REAL, Format, Written, encoded, standing
from lagebild.export.tables import codes_of, table
from lagebild.export.view import View, deaths
from lagebild.picture.parts import Case
from lagebild.serial import dumps_line

_CODEBOOK = "PLOVER 0.8 (2021)"
#: Statuses in which a cooperative act is a promise of it.
_INTENDED = ("planned", "conditional")


def write(view: View, out: IO[bytes], every: bool) -> Written:
    written = Written("event")
    for case in view.cases:
        status = standing(case)
        type_ = _type(case.type, status)
        if (
            status not in REAL
            and not every
            and (status not in _INTENDED or case.type not in table("plover")["intended"])
        ):
            written.unreal[status] += 1
            continue
        sources, recipients = _roles(case)
        if not sources:
            written.beyond["without a source actor"] += 1
        elif not recipients and type_ in table("plover")["needs_recipient"]:
            written.beyond[f"{type_} without a recipient"] += 1
        else:
            out.write(encoded(dumps_line(_record(view, case, type_, status, sources, recipients)) + "\n"))
            written.rows += 1
    return written


def _type(type_: str, status: str) -> str:
    """PLOVER's type of an act: that of the promise where the act is only intended."""
    return str(table("plover")["intended"].get(type_, type_)) if status in _INTENDED else type_


def _roles(case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Sources and recipients: in a meeting that is no visit all are sources."""
    if case.type == "CONSULT" and case.mode != "visit":
        return tuple(dict.fromkeys((*case.actors, *case.recipients))), ()
    return case.actors, case.recipients


def _record(
    view: View, case: Case, type_: str, status: str, sources: tuple[str, ...], recipients: tuple[str, ...]
) -> dict[str, Any]:
    rules = table("plover")
    first = view.told_in(case)[0]
    record: dict[str, Any] = {
        "id": case.id,
        "has_event": True,
        "date": case.start or case.end or case.first,
        "enddate": case.end,
        "source": [_actor(view, p) for p in sources],
        "recipient": [_actor(view, p) for p in recipients],
        "event": [type_],
        "mode": [case.mode] if case.mode and type_ == case.type else [],
        "context": _contexts(case, type_, status),
        "event_loc": _place(case),
        "event_text": list(dict.fromkeys(m.trigger for m in case.mentions)),
        "quad_code": rules["quad"][type_],
        "event_scale": rules["scale"][type_],
        "cite_info": {
            "citation": first.report,
            "url": first.url,
            "title": first.title,
            "language": first.language,
            "publication": first.publisher,
            "codebook": _CODEBOOK,
        },
        "coder": f"lagebild {__version__}",
    }
    if dead := deaths(view, case):
        record["dead"] = dead.best if dead.low == dead.high else f"{dead.low}-{dead.high}"
    # Named fields of our own, as the manual allows: what PLOVER has no field for.
    said = dict.fromkeys(p for m in case.mentions for p in m.said_by)
    record |= {
        "lagebild_status": status,
        "lagebild_said_by": [view.name(p) for p in said],
        "lagebild_publishers": case.publishers,
        "lagebild_findings": list(case.refs),
    }
    return {key: value for key, value in record.items() if value is not None}


def _contexts(case: Case, type_: str, status: str) -> list[str]:
    rules = table("plover")
    found = [rules["issues"].get(case.issue)]
    if status not in REAL and type_ == case.type:
        # An act that its promise stands for is told by its type; all else needs the word.
        found.append(rules["contexts"].get(status, "hypothetical"))
    return [context for context in dict.fromkeys(found) if context]


def _actor(view: View, id: str) -> dict[str, Any]:
    rules, identity = table("plover"), view.identities[id]
    kind, role = identity.kind, view.roles.get(id)
    code = identity.country or rules["stateless"].get(kind)
    sector = rules["sectors"].get(role) if role else None
    return {
        key: value
        for key, value in {
            "code": code,
            "sector": sector or (rules["kinds"].get(kind) if identity.country else None),
            "actor_text": view.name(id),
            "identifier_id": id,
            "office": role if kind == "person" else None,
        }.items()
        if value is not None
    }


def _place(case: Case) -> dict[str, Any] | None:
    if case.place is None:
        return None
    place = {
        "name": case.place,
        "latitude": case.lat,
        "longitude": case.lon,
        "country code": codes_of(case.country).alpha2 or None,
        "cc3": case.country,
        "precision": case.precision,
    }
    return {key: value for key, value in place.items() if value is not None}


FORMAT = Format("plover", "PLOVER: JSON Lines with the manual's data fields", write)
