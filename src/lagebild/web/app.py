"""The application: its routes, the files that it serves, and the one place where errors become pages or JSON."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from lagebild.errors import LagebildError
from lagebild.store import StoreError
from lagebild.web.api import Api, failure
from lagebild.web.asked import Unknown
from lagebild.web.data import Data
from lagebild.web.feed import Feeds
from lagebild.web.guard import Guard
from lagebild.web.pages import Pages

_HERE = Path(__file__).parent
#: Every address that is answered, and by which handler.
ROUTES = {
    "/": "pages.overview",
    "/dossier/{dossier}": "pages.dossier",
    "/dossier/{dossier}/case": "pages.case",
    "/dossier/{dossier}/party": "pages.party",
    "/dossier/{dossier}/evidence": "pages.evidence",
    "/dossier/{dossier}/events": "pages.events",
    "/dossier/{dossier}/list": "pages.listing",
    "/dossier/{dossier}/feed.atom": "feeds.dossier",
    "/report": "pages.report",
    "/report/why": "pages.why",
    "/search": "pages.search",
    "/api/v1/openapi.json": "api.openapi",
    "/api/v1/dossiers": "api.dossiers",
    "/api/v1/dossiers/{dossier}/picture": "api.picture",
    "/api/v1/reports": "api.reports",
    "/api/v1/report": "api.report",
}


def make_app(path: Path, token: str | None = None, local: bool = True) -> ASGIApp:
    """The ASGI application over the store at `path`. `token`: what requests must carry; `local`: whether only requests to
    names of this machine are answered."""
    data = Data(path)
    pages, api, feeds = Pages(data), Api(data), Feeds(data)

    def failed(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException):
            status, line = error.status_code, error.detail
        elif isinstance(error, LagebildError):
            status, line = _status(error), str(error)
        else:
            status, line = 500, "something went wrong in the server; its log says what"
        if request.url.path.startswith("/api/"):
            return failure(status, line)
        return pages.failed(request, status, line)

    rooms: dict[str, object] = {"pages": pages, "api": api, "feeds": feeds}
    routes: list[BaseRoute] = [Mount("/static", StaticFiles(directory=_HERE / "static"))]
    for address, handler in ROUTES.items():
        room, _, name = handler.partition(".")
        routes.append(Route(address, getattr(rooms[room], name), methods=["GET"]))
    inner = Starlette(
        routes=routes,
        middleware=[Middleware(GZipMiddleware, minimum_size=800)],
        exception_handlers={HTTPException: failed, LagebildError: failed, Exception: failed},
    )
    return Guard(inner, token, local)


def _status(error: LagebildError) -> int:
    if isinstance(error, Unknown):
        return 404
    return 503 if isinstance(error, StoreError) else 400
