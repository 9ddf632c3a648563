"""The JSON API answers as its own description says, and the feed is well-formed Atom."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from lagebild.picture.json import picture_from_json
from lagebild.serial import from_json

API = "/api/v1"
ATOM = "{http://www.w3.org/2005/Atom}"


def shaped(value: object, schema: dict, shapes: dict, at: str = "$") -> None:
    """Checks a value against a schema, as far as the description uses JSON schema."""
    if "$ref" in schema:
        return shaped(value, shapes[schema["$ref"].rsplit("/", 1)[1]], shapes, at)
    if "anyOf" in schema:
        errors = []
        for one in schema["anyOf"]:
            try:
                return shaped(value, one, shapes, at)
            except AssertionError as error:
                errors.append(str(error))
        raise AssertionError(f"{at}: {errors}")
    if "enum" in schema:
        assert value in schema["enum"], f"{at}: {value!r}"
    told = schema.get("type", [])
    if told:
        kinds = {
            "string": (str,),
            "integer": (int,),
            "number": (int, float),
            "boolean": (bool,),
            "object": (dict,),
            "array": (list,),
            "null": (type(None),),
        }
        allowed = tuple(t for kind in ([told] if isinstance(told, str) else told) for t in kinds[kind])
        assert isinstance(value, allowed), f"{at}: {value!r}"
    if isinstance(value, dict):
        assert set(schema.get("required", [])) <= set(value), at
        for key, one in value.items():
            more = schema.get("additionalProperties")
            if key in schema.get("properties", {}):
                shaped(one, schema["properties"][key], shapes, f"{at}.{key}")
            elif isinstance(more, dict):
                shaped(one, more, shapes, f"{at}.{key}")
            else:
                assert "properties" not in schema, f"{at}.{key} is not described"
    if isinstance(value, list) and "items" in schema:
        for n, one in enumerate(value):
            shaped(one, schema["items"], shapes, f"{at}[{n}]")


@pytest.mark.parametrize(
    ("address", "route", "status"),
    [
        ("/dossiers", "/dossiers", 200),
        ("/dossiers/ukraine/picture", "/dossiers/{dossier}/picture", 200),
        ("/dossiers/ukraine/picture?at=2014-09-08&since=2014-09-06&lang=de", "/dossiers/{dossier}/picture", 200),
        ("/dossiers/nowhere/picture", "/dossiers/{dossier}/picture", 404),
        ("/dossiers/ukraine/picture?at=x", "/dossiers/{dossier}/picture", 400),
        ("/reports", "/reports", 200),
        ("/reports?q=Waffenruhe&limit=1", "/reports", 200),
        ("/reports?type=WAR", "/reports", 400),
        ("/reports?limit=9999", "/reports", 400),
        ("/report?id=wire-0912", "/report", 200),
        ("/report?id=none", "/report", 404),
        ("/report", "/report", 404),
    ],
)
def test_answers_are_as_described(client: TestClient, address: str, route: str, status: int) -> None:
    described = client.get(f"{API}/openapi.json").json()
    answer = client.get(API + address)
    assert answer.status_code == status
    schema = described["paths"][route]["get"]["responses"][str(status)]["content"]["application/json"]["schema"]
    shaped(answer.json(), schema, described["components"]["schemas"])


def test_every_route_is_described(client: TestClient) -> None:
    from lagebild.web.app import ROUTES

    described = {f"{API}{path}" for path in client.get(f"{API}/openapi.json").json()["paths"]}
    assert {path for path in ROUTES if path.startswith("/api/")} == described


def test_a_picture_comes_back_as_its_types(client: TestClient) -> None:
    picture = picture_from_json(client.get(f"{API}/dossiers/ukraine/picture?lang=de").json())
    assert picture.at == "2014-09-12"
    assert picture.language == "de"
    assert len(picture.sources) == 3


def test_a_report_comes_back_in_the_shape_of_reading(client: TestClient) -> None:
    found = client.get(f"{API}/report?id=wire-0912").json()
    assert [f.id for f in from_json(found).findings] == ["e1", "e2", "e3", "f4"]


def test_pages_of_reports(client: TestClient) -> None:
    whole = client.get(f"{API}/reports").json()
    assert whole["total"] == 3
    assert [r["id"] for r in whole["reports"]] == ["wire-0912", "morgen-0908", "abend-0905"]
    second = client.get(f"{API}/reports?limit=1&offset=1").json()
    assert second["total"] == 3
    assert second["reports"] == whole["reports"][1:2]


def test_errors_are_json(client: TestClient) -> None:
    answer = client.get(f"{API}/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/json"
    assert set(answer.json()) == {"error"}


def test_the_feed_tells_of_breaches_and_disputes(client: TestClient) -> None:
    answer = client.get("/dossier/ukraine/feed.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.content)
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in feed.iter(f"{ATOM}entry")]
    assert any("Ceasefire of 5 September 2014: 1 violation" in title for title in titles)
    assert any(title.startswith("New dispute") for title in titles)
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    hrefs = [entry.find(f"{ATOM}link").get("href") for entry in feed.iter(f"{ATOM}entry")]  # type: ignore[union-attr]
    assert all(client.get(href).status_code == 200 for href in hrefs if href)
