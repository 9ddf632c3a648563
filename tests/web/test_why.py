"""Why a finding was made: the report is read once more, and the reasons of the reader stand with their kinds."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient
from web_reports import RUSSIA, UKRAINE, event, report

from lagebild.reading.reader import Reader
from lagebild.web import why

TEXT = "Russland und die Ukraine vereinbarten am Freitag in Minsk eine Waffenruhe."


@pytest.fixture
def client(serving) -> TestClient:  # type: ignore[no-untyped-def]
    read = Reader().read(TEXT, published="2014-09-06", language="de")
    assert read.findings
    invented = event("CONSULT", "Die Ukraine schwieg lange.", "schwieg", actors=(UKRAINE, RUSSIA))
    return serving(read, report("old", "2014-09-06", "Blatt", invented))


def page(client: TestClient, address: str, **headers: str) -> html.HtmlElement:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.text[-400:]
    return html.fromstring(answer.content)


def test_from_a_finding_to_its_reasons(client: TestClient) -> None:
    hit = page(client, "/search?q=Waffenruhe").cssselect(".hits h2 a")[0].get("href")
    link = page(client, hit).cssselect(".finding a[href^='/report/why']")[0].get("href")
    shown = page(client, link, **{"accept-language": "de"})
    kinds = [th.text_content() for th in shown.cssselect(".reasons th")]
    assert "Satzbaum" in kinds and "Einträge im Lexikon" in kinds
    assert not shown.cssselect(".note"), "it is read today as it was kept"


def test_a_finding_that_is_not_found_any_more_says_so(client: TestClient) -> None:
    assert "does not find this any more" in page(client, "/report/why?id=old&finding=e1").text_content()


def test_an_endless_report_is_not_read_while_somebody_waits(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(why, "LONGEST", 5)
    assert "lagebild explain" in page(client, "/report/why?id=old&finding=e1").text_content()


def test_a_finding_that_is_none(client: TestClient) -> None:
    assert client.get("/report/why?id=old&finding=e9").status_code == 404
