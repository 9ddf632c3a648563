"""The OpenAPI 3.1 description of the API; the schema of a picture is made of its data types."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from lagebild import __version__
from lagebild.model import EVENT_TYPES, STATUSES
from lagebild.picture import Picture

#: The most reports that one answer lists.
MOST = 500
_DAY = {"type": "string", "format": "date"}
_TEXT = {"type": "string"}
_MAYBE = {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0}


@cache
def description() -> dict[str, Any]:
    """The whole description, as JSON values."""
    (picture,), shapes = msgspec.json.schema_components([Picture], ref_template="#/components/schemas/{name}")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Lagebild",
            "version": __version__,
            "description": "What kept news reports say together about a conflict on a day. Everything is read only.",
        },
        "servers": [{"url": "/api/v1"}],
        "paths": {
            "/openapi.json": {"get": _operation("describe", "This description", {"type": "object"})},
            "/dossiers": {
                "get": _operation(
                    "listDossiers", "The dossiers that have reports, those with the newest first",
                    _object(dossiers={"type": "array", "items": _ref("DossierLine")}),
                )
            },
            "/dossiers/{dossier}/picture": {
                "get": _operation(
                    "getPicture", "The picture of a dossier as of the end of a day", picture,
                    [
                        {"name": "dossier", "in": "path", "required": True, "schema": _TEXT, "description": "its id"},
                        _query("at", _DAY, "as of this day; default: that of the newest report"),
                        _query("since", _DAY, "also what differs from the picture of the day before"),
                        _query("lang", {"enum": ["de", "en"]}, "language of the sentences and names; default: en"),
                    ],
                    missing=True,
                )
            },
            "/reports": {
                "get": _operation(
                    "listReports", "The reports that answer to all that is given, the newest first",
                    _object(total=_COUNT, reports={"type": "array", "items": _ref("ReportLine")}),
                    [
                        _query("q", _TEXT, "words and \"phrases\" that title or text must have; «waffen*» is a beginning"),
                        _query("party", _TEXT, "a name, or a country (ISO 3166-1 alpha-3)"),
                        _query("place", _TEXT, "a name, or a country"),
                        _query("type", {"enum": list(EVENT_TYPES)}, "with an event of this type"),
                        _query("status", {"enum": list(STATUSES)}, "with an event of this status (and type, if given)"),
                        _query("since", _DAY, "not before this day"),
                        _query("until", _DAY, "as of this day"),
                        _query("limit", {**_COUNT, "maximum": MOST}, "at most so many; default: 50"),
                        _query("offset", {**_COUNT, "maximum": 1_000_000_000}, "leave out so many"),
                    ],
                )
            },
            "/report": {
                "get": _operation(
                    "getReport", "One report with its findings, as docs/findings.md describes them", _ref("Report"),
                    [
                        {**_query("id", _TEXT, "its id"), "required": True},
                        _query("version", {**_COUNT, "maximum": 1_000_000_000}, "default: the newest"),
                    ],
                    missing=True,
                )
            },
        },
        "components": {
            "schemas": {
                **shapes,
                "Failure": _object(error={**_TEXT, "description": "one line that says why"}),
                "DossierLine": _object(
                    id=_TEXT, names={"type": "object", "additionalProperties": _TEXT}, reports=_COUNT, first=_TEXT,
                    last=_TEXT, days={"type": "object", "additionalProperties": _COUNT},
                ),
                "ReportLine": _object(
                    id=_TEXT, version=_COUNT, day=_TEXT, published=_MAYBE, publisher=_MAYBE, language=_MAYBE,
                    title=_MAYBE, url=_MAYBE, events=_COUNT, figures=_COUNT, corrected=_COUNT,
                ),
                "Report": _object(
                    id=_TEXT, title=_MAYBE, url=_MAYBE, publisher=_MAYBE, published=_MAYBE, language=_MAYBE, text=_TEXT,
                    findings={"type": "array", "items": {"type": "object"}}, quotes={"type": "array", "items": {"type": "object"}},
                    times={"type": "array", "items": {"type": "object"}}, reader=_MAYBE, version=_COUNT, versions=_COUNT,
                    day=_TEXT, corrected={"type": "array", "items": _TEXT},
                ),
            }
        },
    }  # fmt: skip


def _operation(
    id: str, summary: str, answer: dict[str, Any], parameters: list[dict[str, Any]] | None = None, missing: bool = False
) -> dict[str, Any]:
    answers = {"200": _answer("as asked", answer)}
    if parameters:
        answers["400"] = _answer("a parameter is wrong", _ref("Failure"))
    if missing:
        answers["404"] = _answer("there is none of that name or day", _ref("Failure"))
    answers["503"] = _answer("the store cannot be read", _ref("Failure"))
    return {"operationId": id, "summary": summary, "parameters": parameters or [], "responses": answers}


def _answer(what: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": what, "content": {"application/json": {"schema": schema}}}


def _query(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    # An empty value is as none, as forms send it.
    allowed = {"anyOf": [schema, {"type": "string", "maxLength": 0}]} if schema is not _TEXT else schema
    return {"name": name, "in": "query", "required": False, "schema": allowed, "description": description}


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}
