"""A page of the browser that notes whatever goes wrong in it, and the addresses of all pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, Request

#: Every kind of page; those with an id in braces are found on the page of the dossier.
PAGES = {
    "overview": "/",
    "dossier": "/dossier/ukraine",
    "dossier of a day": "/dossier/ukraine?at=2014-09-05&since=2014-08-29",
    "case": "/dossier/ukraine/case?id={case}&at=2014-09-05",
    "party": "/dossier/ukraine/party?id=state%3AUKR&at=2014-09-05",
    "events": "/dossier/ukraine/events?at=2014-09-05&start=10",
    "evidence": "/dossier/ukraine/evidence?of={line}&at=2014-09-05",
    "report": "/report?id=berner-0905-waffenruhe",
    "list": "/dossier/ukraine/list?part=disputes&at=2014-10-18",
    "why": "/report/why?id=berner-0905-waffenruhe&finding=e1",
    "search": "/search?q=Waffenruhe",
    "search, empty": "/search",
    "no such page": "/nowhere",
}


@contextmanager
def opened(chrome: Browser, address: str, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A page in a context of its own, and what went wrong in it: messages, errors of scripts, requests that failed or that
    went to another host."""
    context = chrome.new_context(**{"locale": "en", "viewport": {"width": 1280, "height": 800}, **options})
    page = context.new_page()
    wrong: list[str] = []
    host = "/".join(address.split("/")[:3])
    page.on("console", lambda m: wrong.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: wrong.append(f"script: {e}"))
    page.on("requestfailed", lambda r: None if _dropped(r) else wrong.append(f"failed: {r.url} ({r.failure})"))
    page.on("request", lambda r: None if r.url.startswith(host) else wrong.append(f"elsewhere: {r.url}"))
    page.on("dialog", lambda d: (wrong.append(f"dialog: {d.message}"), d.dismiss()))
    try:
        page.goto(address)
        yield page, wrong
    finally:
        context.close()


def _dropped(request: Request) -> bool:
    """Whether it is the icon of a page that was left before the browser had fetched it; that the icon is there `tests/web/test_pages.py`
    asks."""
    return request.failure == "net::ERR_ABORTED" and "/static/icon.svg" in request.url
