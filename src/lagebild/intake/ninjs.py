"""ninjs, the IPTC's news in JSON: items of versions 1.x, 2.x and 3.x to reports.

Versions differ in the spelling of names (`contentcreated`, `contentCreated`) and in the body: `body_text`, `body_xhtml`
in 1.x, a list `bodies` of objects with `contenttype` and `value` later. https://www.iptc.org/standards/ninjs/
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lagebild.errors import Fault, ShapeError
from lagebild.intake.columns import day
from lagebild.intake.html import plain
from lagebild.model import Report

#: The day that relative times of the text count from: when it was written; when this wording was, if nothing else is said.
_DAYS = ("contentcreated", "firstcreated", "versioncreated")
#: Bodies from the best to the worst; a summary is no report.
_BODIES = ("text/plain", "text/html", "application/xhtml+xml", "text/xhtml", "text/xml", "")
_OLD_BODIES = ("body_text", "body_xhtml", "body_html", "body_html5", "body_nitf")
_WITHDRAWN = ("canceled", "cancelled", "withheld", "killed")


def is_item(data: object) -> bool:
    """Whether a JSON object is a ninjs item: it has a URI and the parts that only ninjs has."""
    if not isinstance(data, Mapping) or "text" in data:
        return False
    keys = {str(key).lower() for key in data}
    marks = {"standard", "$standard", "bodies", "headlines", "versioncreated", "pubstatus", "representationtype"}
    return "uri" in keys and bool(keys & marks or any(key.startswith("body_") for key in keys))


def report(data: Mapping[str, Any], source: str, where: str, name: str) -> Report | Fault:
    """One item; pictures, videos, withdrawn items come as notes: they were never reports."""
    item = {str(key).lower(): value for key, value in data.items()}
    uri = _text(item.get("uri"))
    place = f"{where} ({uri:.80})" if where and uri else where or (uri or "")[:80]
    kind = _text(item.get("type")) or "text"
    if kind != "text":
        return Fault(source, place, f"a ninjs item of type {kind!r} holds no report", note=True)
    status = _text(item.get("pubstatus")) or "usable"
    if status in _WITHDRAWN:
        return Fault(source, place, f"its publisher has withdrawn this item (pubstatus {status!r})", note=True)
    text = _body(item)
    if not text:
        return Fault(source, place, "a ninjs item without body", "its text should stand in 'bodies' or 'body_text'")
    try:
        published = next((found for key in _DAYS if (found := day(_text(item.get(key))))), None)
    except ShapeError as error:
        return Fault(source, place, str(error).replace("'published'", "its date"), "dates in ninjs are ISO 8601")
    return Report(
        id=uri or name,
        text=text,
        title=_headline(item),
        url=_url(item, uri),
        publisher=_publisher(item),
        published=published,
        language=(_text(item.get("language")) or "").lower()[:2] or None,
    )


def _body(item: Mapping[str, Any]) -> str | None:
    bodies = [b for b in _objects(item.get("bodies")) if b.get("role") not in ("summary", "teaser", "caption")]
    for wanted in _BODIES:
        for body in bodies:
            if (_text(body.get("contenttype")) or "").lower().partition(";")[0].strip() == wanted:
                if found := _as_text(_text(body.get("value")), wanted != "text/plain"):
                    return found
    for key in _OLD_BODIES:
        if found := _as_text(_text(item.get(key)), key != "body_text"):
            return found
    return None


def _as_text(value: str | None, markup: bool) -> str | None:
    if value is None:
        return None
    # A body without a stated type may be either.
    text = plain(value) if markup and "<" in value else value
    return text.replace("\r\n", "\n").strip() or None


def _headline(item: Mapping[str, Any]) -> str | None:
    if found := _text(item.get("headline")):
        return found
    lines = _objects(item.get("headlines"))
    return _text((next((h for h in lines if h.get("role") == "main"), None) or (lines or [{}])[0]).get("value"))


def _publisher(item: Mapping[str, Any]) -> str | None:
    if found := _text(item.get("provider")) or _text(item.get("source")):
        return found
    for about in _objects(item.get("infosources")):
        if found := _text(about.get("name")):
            return found
    return _text(item.get("copyrightholder"))


def _url(item: Mapping[str, Any], uri: str | None) -> str | None:
    for version in _objects(item.get("altids")):
        if (found := _text(version.get("value"))) and found.startswith(("http://", "https://")):
            return found
    return uri if uri and uri.startswith(("http://", "https://")) else None


def _objects(value: object) -> list[dict[str, Any]]:
    """A list of objects, with the spelling of their names folded."""
    items = value if isinstance(value, list) else []
    return [{str(k).lower(): v for k, v in one.items()} for one in items if isinstance(one, Mapping)]


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
