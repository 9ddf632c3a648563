"""Reports are hostile: nothing that they hold runs, breaks a page, or is opened; other machines need the token."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html
from starlette.testclient import TestClient

from lagebild.errors import LagebildError
from lagebild.model import Event, Party, Place, Quote, Report
from lagebild.web import make_app, serve
from lagebild.web.marked import paragraphs

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "handler": "<img src=x onerror=alert(1)>",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "template": "{{ 7*7 }}{% raw %}${7*7}",
    "svg": "</text></svg><svg onload=alert(1)>",
    "comment": "<!-- --!> ]]> <![CDATA[",
    "style": "</style><style>*{display:none}</style>",
    "entity": "&lt;script&gt;&#60;script&#62;&amp;",
    "override": "\u202egnorw\u2066 left open \u200f\u061c",
    "null": "a\0b\x01\x1b[31m\x7f\x85\u2028\u2029",
    "surrogate": "lone \ud800 half \udfff",
    "noncharacter": "\ufffe\uffff\ufdd0",
    "newlines": "a\r\nb\rc\x0bd",
    "long": "x" * 1_000_000,
    "stacked": "a" + "\u0301" * 5000,
}
PAGES = ("/", "/dossier/ukraine", "/dossier/ukraine?since=2014-09-01&at=2014-09-05", "/search?q=Ukraine")


def hostile(words: str) -> Report:
    """A report that holds the words wherever a report can hold words."""
    sentence = f"Ukraine {words} attacked."
    text = f"{sentence}\n\n{words}"
    party = Party(words, words, "UKR", "group")
    place = Place(words, words, "UKR", 48.0, 37.0, "city")
    found = Event(
        "e1", "ASSAULT", "occurred", words, sentence, (8, 8 + len(words)), (0, len(sentence)), actors=(party,), recipients=(party,),
        said_by=(party,), place=place,
    )  # fmt: skip
    quote = Quote("Direct", ((0, len(sentence)),), ((8, 8 + len(words)),))
    return Report(
        f"id {words}"[:3000], text, words, f"javascript:{words}"[:3000], words, "2014-09-05", "de", findings=(found,), quotes=(quote,)
    )  # fmt: skip


def check(content: bytes) -> html.HtmlElement:
    """No script, style, handler or address but our own came out."""
    page = html.fromstring(content, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    assert [s.get("src").split("?")[0] for s in page.iter("script")] == ["/static/page.js"]
    assert not list(page.iter("style", "img", "iframe", "object", "embed"))
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        for name, value in element.attrib.items():
            assert not name.startswith("on") and name != "style", (element.tag, name)
            if name in ("href", "src", "action"):
                assert value.startswith(("/", "#", "https://", "http://")), value[:80]
    assert len(page.cssselect("main")) == 1
    assert page.cssselect("footer")
    return page


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_of_a_hostile_report_runs_or_breaks_a_page(serving, attack: str) -> None:
    client = serving(hostile(ATTACKS[attack]))
    for address in PAGES:
        answer = client.get(address)
        assert answer.status_code == 200, address
        check(answer.content)
    links = {a.get("href") for a in check(client.get("/dossier/ukraine").content).iter("a")}
    inner = [h for h in links if h.startswith(("/report", "/dossier/ukraine/case", "/dossier/ukraine/party"))]
    assert len(inner) >= 3
    for address in inner:
        answer = client.get(address)
        assert answer.status_code == 200, address[:200]
        check(answer.content)
    assert client.get("/api/v1/dossiers/ukraine/picture").json()["cases"]
    ElementTree.fromstring(client.get("/dossier/ukraine/feed.atom").content)


def test_addresses_of_reports_are_links_only_if_a_browser_may_follow_them(serving, client: TestClient) -> None:
    assert 'href="https://abendbote.example/0905"' in client.get("/report?id=abend-0905").text
    page = check(serving(hostile("x")).get("/report?id=id+x").content)
    assert not page.cssselect("a[rel]")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(-5, 80), st.integers(-5, 80), st.integers(-5, 80), st.integers(-5, 80)), max_size=8),
)
def test_any_spans_leave_the_text_whole(text: str, spans: list[tuple[int, int, int, int]]) -> None:
    findings = tuple(
        Event(f"e{n}", "ASSAULT", "occurred", "x", "x", (a, b), (c, d)) for n, (a, b, c, d) in enumerate(spans)
    )
    made = paragraphs(Report("x", text, findings=findings))
    kept = [line for line in text.split("\n") if line.strip()]
    assert ["".join(piece.text for piece in paragraph) for paragraph in made] == kept


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.text(max_size=40))
def test_any_search_is_answered(client: TestClient, words: str) -> None:
    words = words.encode("utf-8", "replace").decode()
    assert client.get("/search", params={"q": words, "party": words, "place": words}).status_code == 200


@pytest.mark.parametrize("query", [b"id=%ff%fe", b"id=%ed%a0%80", b"&" * 200 + b"id=x", b"id=%00", b"at=2014-09-05%00"])
def test_odd_addresses_are_no_server_error(client: TestClient, query: bytes) -> None:
    for path in (
        "/report",
        "/dossier/ukraine",
        "/dossier/ukraine/case",
        "/search",
        "/api/v1/report",
        "/api/v1/reports",
    ):
        assert client.get(f"{path}?{query.decode('latin-1')}").status_code in (200, 400, 404)


@pytest.mark.parametrize(
    "address", ["/", "/nowhere", "/static/page.js", "/api/v1/dossiers", "/static/../pages.py", "/static/%2e%2e/app.py"]
)
def test_every_answer_carries_the_policy(client: TestClient, address: str) -> None:
    answer = client.get(address)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "def " not in answer.text


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_written(client: TestClient, method: str) -> None:
    assert getattr(client, method)("/report?id=wire-0912").status_code == 405


def test_other_names_for_this_machine_are_not_answered(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/", headers={"host": "localhost:8014"}).status_code == 200


def test_with_a_token_nothing_is_shown_without_it(path) -> None:
    client = TestClient(make_app(path, token="sixteen letters!", local=False), follow_redirects=False)
    for address in ("/", "/api/v1/dossiers", "/static/page.js", "/?token=wrong"):
        assert client.get(address).status_code == 401
    assert client.get("/", headers={"authorization": "Bearer sixteen letters!"}).status_code == 200
    assert client.get("/", headers={"authorization": "Bearer"}).status_code == 401
    moved = client.get("/search", params={"q": "x", "token": "sixteen letters!"})
    assert (moved.status_code, moved.headers["location"]) == (303, "/search?q=x")
    assert "sixteen" not in moved.headers["set-cookie"]
    assert client.get("/search?q=x").status_code == 200


def test_a_redirect_never_leaves_this_site(path) -> None:
    client = TestClient(make_app(path, token="sixteen letters!", local=False), follow_redirects=False)
    moved = client.get("http://testserver//evil.example/", params={"token": "sixteen letters!"})
    assert moved.headers["location"].startswith("/evil")


@pytest.mark.parametrize(
    ("host", "token", "why"),
    [("0.0.0.0", None, "give a --token"), ("::", None, "give a --token"), ("127.0.0.1", "short", "too short")],
)
def test_an_open_address_needs_a_token(path, host: str, token: str | None, why: str) -> None:
    with pytest.raises(LagebildError, match=why):
        serve(path, host=host, token=token)


def test_no_store_is_said_before_serving(tmp_path) -> None:
    with pytest.raises(LagebildError, match="no store at"):
        serve(tmp_path / "none.sqlite")
