"""The data of the pages as JSON under /api/v1, described by /api/v1/openapi.json."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from lagebild.picture.json import picture_to_json
from lagebild.serial import dumps_line, to_json
from lagebild.store import Outline
from lagebild.web.asked import day, number
from lagebild.web.data import Data
from lagebild.web.links import parameters
from lagebild.web.openapi import MOST, description
from lagebild.web.pages import read_query
from lagebild.web.words import chosen


class Api:
    """The handlers; each may run in any thread."""

    def __init__(self, data: Data) -> None:
        self._data = data

    def openapi(self, request: Request) -> Response:
        return _json(description())

    def dossiers(self, request: Request) -> Response:
        found = self._data.overview()
        return _json(
            {
                "dossiers": [
                    {
                        "id": f.dossier.id,
                        "names": dict(f.dossier.names),
                        "reports": len(f.reports),
                        "first": f.reports[0].day,
                        "last": f.reports[-1].day,
                        "days": f.days,
                    }
                    for f in found
                ]
            }
        )

    def picture(self, request: Request) -> Response:
        asked = parameters(request.scope["query_string"])
        found = self._data.found(request.path_params["dossier"])
        language = chosen(asked.get("lang"), None, "")
        picture = self._data.picture(found.dossier.id, day(asked, "at"), day(asked, "since"), language)
        return _json(picture_to_json(picture))

    def reports(self, request: Request) -> Response:
        asked = parameters(request.scope["query_string"])
        limit, offset = number(asked, "limit", 50, MOST), number(asked, "offset", 0)
        hits = self._data.search(read_query(asked))
        return _json({"total": len(hits), "reports": [_outline(line) for line in hits[offset : offset + limit]]})

    def report(self, request: Request) -> Response:
        asked = parameters(request.scope["query_string"])
        kept = self._data.report(asked.get("id", ""), number(asked, "version", None))
        more = {
            "version": kept.version,
            "versions": kept.versions,
            "day": kept.day,
            "corrected": sorted(kept.corrected),
        }
        return _json(to_json(kept.report) | more)


def failure(status: int, line: str) -> Response:
    """An error as JSON: one line that says why."""
    return _json({"error": line}, status)


def _outline(line: Outline) -> dict[str, Any]:
    return line._asdict()


def _json(value: Any, status: int = 200) -> Response:
    return Response(
        dumps_line(value).encode(), status, media_type="application/json", headers={"cache-control": "no-cache"}
    )
