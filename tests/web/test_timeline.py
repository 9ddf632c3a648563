"""The timeline: events by kind and commitments with their states on one scale of days, every mark leading to words."""

from __future__ import annotations

from lxml import html
from starlette.testclient import TestClient

from lagebild.web.timeline import Scale

DOSSIER = "/dossier/ukraine"


def tree(client: TestClient, address: str, **headers: str) -> html.HtmlElement:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.text[-500:]
    return html.fromstring(answer.content)


def test_many_days_share_columns_and_few_have_their_own() -> None:
    few, many = Scale("2014-09-01", "2014-09-10"), Scale("2010-01-01", "2014-12-31")
    assert few.span(3) == ("2014-09-04", "2014-09-04")
    first, last = many.span(many.columns - 1)
    assert first < last == "2014-12-31"
    assert many.columns <= 110


def test_a_bar_leads_to_the_events_of_its_kind_and_days(client: TestClient) -> None:
    bars = tree(client, DOSSIER).cssselect("#timeline svg.timeline a")
    force = next(a for a in bars if a.cssselect("rect.q-force"))
    page = tree(client, force.get("href"))
    assert "force" in page.cssselect("h1")[0].text_content()
    assert [line.text_content().split()[0] for line in page.cssselect(".case .act")] == ["Shelling"]


def test_a_piece_of_a_commitment_is_its_state_and_leads_to_the_words(client: TestClient) -> None:
    pieces = [a for a in tree(client, DOSSIER).cssselect("#timeline svg.timeline a") if a.cssselect(".piece")]
    assert pieces
    label, (report, _, finding) = pieces[0].get("aria-label"), pieces[0].get("href").partition("#")
    assert label.startswith("Ceasefire") and "since" in label
    assert tree(client, report).cssselect(f"#{finding}.finding")


def test_days_are_written_in_the_language_of_the_page(client: TestClient) -> None:
    ticks = [t.text for t in tree(client, DOSSIER, **{"accept-language": "de"}).cssselect("svg.timeline .tick")]
    assert ticks[0] == "5.9."
