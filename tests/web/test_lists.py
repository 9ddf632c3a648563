"""A dossier of very many reports: its page stays small, and what it has no room for is listed page by page."""

from __future__ import annotations

import pytest
from lxml import html
from starlette.testclient import TestClient
from web_reports import DONETSK, RUSSIA, UKRAINE, day, event, report

from lagebild.web.pages import LINES

DOSSIER = "/dossier/ukraine"
#: More than the page of the dossier shows of any part.
MANY = 4 * LINES + 20


@pytest.fixture
def large(serving) -> TestClient:  # type: ignore[no-untyped-def]
    said = []
    for n in range(MANY):
        today = f"20{10 + n // 300:02}-{1 + n // 28 % 12:02}-{1 + n % 28:02}"
        meeting = event(
            "CONSULT", f"Russland und die Ukraine treffen sich in Runde {n}.", "treffen", status="planned",
            actors=(RUSSIA, UKRAINE), time=day(f"2019-{1 + n // 28 % 12:02}-{1 + n % 28:02}"),
        )  # fmt: skip
        attack = event(
            "ASSAULT", f"Angriff {n} auf Donezk durch Russland.", "Angriff", actors=(RUSSIA,), time=day(today), place=DONETSK,
        )  # fmt: skip
        said.append(report(f"r{n:04}", today, "Blatt", attack, meeting))
    return serving(*said)


def tree(client: TestClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text[-500:]
    return html.fromstring(answer.content)


def all_lines(client: TestClient, address: str, css: str) -> list[str]:
    """The lines of a list over all its pages."""
    found: list[str] = []
    for _ in range(20):
        page = tree(client, address)
        found += [" ".join(line.text_content().split()) for line in page.cssselect(css)]
        onward = page.cssselect(".turn a[rel=next]")
        if not onward:
            return found
        address = onward[0].get("href")
    raise AssertionError("it does not end")


@pytest.mark.parametrize(
    ("part", "css", "shown"),
    [("agenda", ".agenda > li", LINES), ("sources", ".titles > li", 4 * LINES), ("timeline", ".case", LINES)],
)
def test_a_part_shows_its_first_lines_and_leads_to_the_others(
    large: TestClient, part: str, css: str, shown: int
) -> None:
    section = tree(large, DOSSIER).cssselect(f"#{part}")[0]
    first = [" ".join(line.text_content().split()) for line in section.cssselect(css)]
    assert len(first) == shown
    rest = all_lines(large, section.cssselect(".onward a")[0].get("href"), css)
    assert len({*first, *rest}) == len(first) + len(rest) > shown + 15


def test_the_events_of_a_place_are_listed_with_their_words(large: TestClient) -> None:
    mark = tree(large, DOSSIER).cssselect("#map svg.large a")[0]
    page = tree(large, mark.get("href"))
    assert page.cssselect("h1")[0].text_content() == "Donetsk"
    line = page.cssselect(".case")[0]
    report, _, finding = line.cssselect("a.from")[0].get("href").partition("#")
    assert tree(large, report).cssselect(f"#{finding}.finding"), "two clicks from the map to the words"


def test_the_events_of_a_party_go_on_where_its_page_ends(large: TestClient) -> None:
    page = tree(large, f"{DOSSIER}/party?id=state%3ARUS")
    assert len(page.cssselect(".case")) == 2 * LINES
    assert len(all_lines(large, page.cssselect(".onward a")[0].get("href"), ".case")) > 2 * LINES


def test_a_part_that_is_none_is_said(large: TestClient) -> None:
    assert large.get(f"{DOSSIER}/list?part=nothing").status_code == 404
    assert large.get(f"{DOSSIER}/list?part=agenda&start=x").status_code == 400
