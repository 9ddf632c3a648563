"""Every page shows what the store holds, in both languages, and leads from each line to the words of a report."""

from __future__ import annotations

import re
from html import unescape

import pytest
from lxml import html
from starlette.testclient import TestClient
from web_reports import DONETSK, MINSK, RUSSIA, UKRAINE, day, event, report

from lagebild.store import open_writer

DOSSIER = "/dossier/ukraine"


def tree(client: TestClient, address: str, **headers: str) -> html.HtmlElement:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, answer.text[-500:]
    return html.fromstring(answer.content)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_overview_lists_dossiers_with_reports_and_what_is_new(client: TestClient) -> None:
    page = tree(client, "/")
    assert [a.get("href") for a in page.cssselect(".card h2 a")] == [DOSSIER]
    assert "3 reports" in text(page)
    assert "EU sanctions on Russia" in text(page.cssselect(".titles")[0])


def test_all_that_a_page_asks_for_is_there(client: TestClient) -> None:
    page = tree(client, "/")
    asked = [e.get("href") for e in page.cssselect("link[rel=icon], link[rel=stylesheet]")]
    asked += [e.get("src") for e in page.cssselect("script")]
    assert any("icon.svg" in address for address in asked)
    for address in asked:
        answer = client.get(address)
        assert answer.status_code == 200 and answer.content, address


def test_an_empty_store_says_so(serving) -> None:
    assert "lagebild add" in text(tree(serving(), "/"))


def test_the_picture_is_that_of_the_day_in_the_address(client: TestClient) -> None:
    early, late = tree(client, f"{DOSSIER}?at=2014-09-05"), tree(client, f"{DOSSIER}?at=2014-09-12")
    assert "As of 5 September 2014 · 1 report" in text(early)
    assert "As of 12 September 2014 · 3 reports" in text(late)
    assert not early.cssselect("#disputes")
    assert "2,729" not in text(early)


def test_what_changed_since_a_day_is_shown(client: TestClient) -> None:
    changes = tree(client, f"{DOSSIER}?at=2014-09-12&since=2014-09-06").cssselect("#changes")[0]
    assert "Killed: people, Ukraine" in text(changes)


def test_both_sides_of_a_dispute_stand_with_their_words(client: TestClient) -> None:
    sides = tree(client, DOSSIER).cssselect("#disputes .side")
    assert any("brachen die Separatisten die Waffenruhe" in text(side) for side in sides)
    assert any("bestritten den Beschuss" in text(side) for side in sides)


def test_figures_keep_their_sources(client: TestClient) -> None:
    rows = [text(row) for row in tree(client, DOSSIER).cssselect("#series .series .figures tbody tr")]
    assert any("United Nations" in row and "at least 2,729" in row for row in rows)
    assert any("NATO" in row and "about 3,000" in row for row in rows)


def test_every_line_leads_to_words_that_its_report_marks(client: TestClient) -> None:
    page = tree(client, DOSSIER)
    addresses = {a.get("href") for a in page.cssselect("a[href^='/report']") if "#" in a.get("href")}
    assert len(addresses) > 5
    for address in addresses:
        fragment = address.split("#")[1]
        there = tree(client, address)
        assert there.cssselect(f"#{fragment}.finding"), address
        assert there.cssselect(f".text a[href='#{fragment}']"), address


def test_from_a_commitment_to_its_sentence(client: TestClient) -> None:
    row = tree(client, DOSSIER).cssselect("#commitments .board tbody tr")[0]
    quoted, address = text(row.cssselect("q")[0]), row.cssselect(".behind a")[0].get("href")
    assert quoted == "Die Ukraine und die Separatisten vereinbarten in Minsk eine Waffenruhe."
    assert quoted in text(tree(client, address).cssselect(".text")[0])


def test_all_words_behind_a_line_are_two_clicks_away(serving) -> None:
    sentence = "Die Ukraine und Russland vereinbarten {} mal eine Waffenruhe."
    fields = {"issue": "ceasefire", "actors": (UKRAINE, RUSSIA), "time": day("2014-09-05")}
    said = [
        report(f"r{n}", "2014-09-05", f"Blatt {n}", event("AGREE", sentence.format(n), "vereinbarten", **fields))
        for n in range(9)
    ]
    client = serving(*said)
    row = tree(client, DOSSIER).cssselect("#commitments .board tbody tr")[0]
    more = row.cssselect(".behind a[href*='/evidence?']")
    assert more and "more" in text(more[0])
    page = tree(client, more[0].get("href"))
    assert len(page.cssselect(".mentions blockquote")) == 9
    assert client.get(f"{DOSSIER}/evidence?of=none").status_code == 404


def test_events_go_on_over_pages(client: TestClient) -> None:
    whole = tree(client, f"{DOSSIER}/events").cssselect(".case .act")
    assert len(whole) == 5
    rest = tree(client, f"{DOSSIER}/events?start=2").cssselect(".case .act")
    assert [a.get("href") for a in rest] == [a.get("href") for a in whole[2:]]


def test_a_region_and_a_country_are_no_points_on_the_map(client: TestClient) -> None:
    page = tree(client, DOSSIER)
    assert page.cssselect("#map svg .vague"), "a region has a dashed circle"
    assert page.cssselect("#map svg .land.area"), "a country is an area"
    assert "region, not a point" in text(page.cssselect("#places")[0])
    marked = [a.get("aria-label") for a in page.cssselect("#map figure svg.map a")]
    assert not any(label.startswith("Ukraine (country") for label in marked)
    assert any(label.startswith("Donetsk (town)") for label in marked)


def test_the_ledger_has_a_cell_for_each_day(client: TestClient) -> None:
    strip = tree(client, DOSSIER).cssselect("#ceasefires svg.ledger")[0]
    assert len(strip.cssselect(".day")) == 8  # 5 to 12 September
    assert "1 violation" in strip.cssselect("a")[0].get("aria-label")


def test_a_case_shows_what_each_report_says(client: TestClient) -> None:
    page = tree(client, f"{DOSSIER}/case?id=morgen-0908%23e1")
    assert "Shelling, Donetsk" in text(page.cssselect("h1")[0])
    assert "beschossen ukrainische Stellungen" in text(page.cssselect(".mentions")[0])


def test_a_party_shows_what_it_does_suffers_and_says(client: TestClient) -> None:
    href = next(a.get("href") for a in tree(client, DOSSIER).cssselect("a.party") if "NATO" in a.text_content())
    page = tree(client, href)
    assert "NATO said Russia had moved troops" in text(page)
    assert text(page.cssselect("h1")[0]) == "NATO"


def test_a_report_marks_findings_by_kind_and_quotes_by_speaker(client: TestClient) -> None:
    page = tree(client, "/report?id=wire-0912")
    assert [m.text for m in page.cssselect(".text .m.k-claim")] == ["moved"]
    assert [m.text for m in page.cssselect(".text .m.k-figure")] == ["3,000"]
    card = page.cssselect("#e2")[0]
    assert "NATO die Nato says so" in text(card)
    assert text(page.cssselect(".spoken h3")[0]) == "NATO"
    denied = tree(client, "/report?id=morgen-0908").cssselect(".text .m.k-denial")
    assert [m.text for m in denied] == ["Beschuss"]


def test_the_text_of_a_report_comes_back_letter_by_letter(client: TestClient) -> None:
    page = tree(client, "/report?id=wire-0912")
    shown = "\n\n".join(p.text_content() for p in page.cssselect(".text p"))
    assert "The EU imposed sanctions on Russia over Ukraine.\n\nNATO said" in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=Waffenruhe", {"abend-0905", "morgen-0908"}),
        ("q=waffen*+Donezk", {"morgen-0908"}),
        ("q=%22sanctions+on+Russia%22", {"wire-0912"}),
        ("party=NATO", {"wire-0912"}),
        ("place=Minsk", {"abend-0905"}),
        ("type=ASSAULT&status=denied", {"morgen-0908"}),
        ("since=2014-09-06&until=2014-09-10", {"morgen-0908"}),
        ("q=Waffenruhe&party=NATO", set()),
    ],
)
def test_search_answers_to_all_that_is_asked(client: TestClient, query: str, found: set[str]) -> None:
    page = tree(client, f"/search?{query}")
    hits = {re.search(r"id=([\w-]+)", a.get("href")).group(1) for a in page.cssselect(".hits h2 a")}  # type: ignore[union-attr]
    assert hits == found


def test_search_marks_the_words(client: TestClient) -> None:
    assert "Waffenruhe" in [m.text for m in tree(client, "/search?q=waffenruhe").cssselect("mark")]


@pytest.mark.parametrize(
    "address", ["/", DOSSIER, f"{DOSSIER}/case?id=morgen-0908%23e1", "/report?id=wire-0912", "/search?q=Russia"]
)
def test_pages_in_german_with_german_dates_and_no_english_words_of_ours(client: TestClient, address: str) -> None:
    page = tree(client, address, **{"accept-language": "de-CH,de;q=0.9"})
    assert page.get("lang") == "de"
    assert "Berichte durchsuchen" in html.tostring(page, encoding="unicode")
    assert "independent source" not in text(page)


def test_the_language_of_the_address_is_kept(client: TestClient) -> None:
    assert tree(client, "/?lang=de").get("lang") == "de"
    assert tree(client, DOSSIER).get("lang") == "de"
    assert "12. September 2014" in text(tree(client, DOSSIER))
    assert tree(client, "/?lang=en").get("lang") == "en"


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere", 404, "no such page"),
        ("/dossier/nowhere", 404, "no dossier 'nowhere'"),
        ("/dossier/syria", 404, "no report in the store belongs to"),
        (f"{DOSSIER}?at=2014-01-01", 404, "the first is of 2014-09-05"),
        (f"{DOSSIER}?at=yesterday", 400, "write it as YYYY-MM-DD"),
        (f"{DOSSIER}?at=2014-09-08&since=2014-09-12", 400, "is after the day of the picture"),
        (f"{DOSSIER}/case?id=none", 404, "no case"),
        (f"{DOSSIER}/party?id=none", 404, "no party"),
        ("/report?id=wire", 404, "nearest: wire-0912"),
        ("/report?id=wire-0912&version=x", 400, "whole number"),
        ("/search?since=x", 400, "no date"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(client: TestClient, address: str, status: int, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert words in unescape(answer.text)


def test_a_new_report_shows_at_once(client: TestClient, path) -> None:
    assert "3 reports" in text(tree(client, DOSSIER))
    with open_writer(path) as writer:
        talks = event("CONSULT", "Russland und die Ukraine sprachen.", "sprachen", actors=(RUSSIA, UKRAINE))
        writer.add(report("neu-0920", "2014-09-20", "Neue Post", talks))
    assert "As of 20 September 2014 · 4 reports" in text(tree(client, DOSSIER))


def test_a_store_that_went_away_is_said(client: TestClient, path) -> None:
    path.unlink()
    answer = client.get("/search?q=x")
    assert answer.status_code == 503
    assert "no store at" in answer.text


def test_a_case_says_in_what_some_say_otherwise(serving) -> None:
    told = {"actors": (RUSSIA,), "time": day("2014-09-05"), "place": DONETSK}
    words = "Russland beschoss am Morgen Donezk."
    said = [
        report(f"r{n}", "2014-09-05", f"Blatt {n}", event("ASSAULT", words, "beschoss", status=status, **told))
        for n, status in enumerate(["occurred", "occurred", "ongoing"])
    ]
    client = serving(*said)
    case = tree(client, DOSSIER).cssselect("#timeline .act")[0].get("href")
    rows = [text(row) for row in tree(client, case).cssselect(".differs tr")]
    assert any(row.startswith("Statusongoing1 independent source") for row in rows), rows


def test_a_meeting_without_parties_has_no_lone_comma(serving) -> None:
    told = event(
        "CONSULT",
        "Am 9. September gibt es ein Treffen in Minsk zur Ukraine.",
        "Treffen",
        status="planned",
        time=day("2014-09-09"),
        place=MINSK,
    )
    ahead = serving(
        report(
            "r",
            "2014-09-05",
            "Blatt",
            told,
            event("CONSULT", "Russland und die Ukraine sprachen.", "sprachen", actors=(RUSSIA, UKRAINE)),
        )
    )
    line = text(tree(ahead, DOSSIER).cssselect("#agenda .agenda > li")[0])
    assert "Meeting Minsk" in line


def test_words_that_stand_in_others_are_not_told_twice_in_a_dispute(client: TestClient) -> None:
    for side in tree(client, DOSSIER).cssselect("#disputes .side"):
        told = [text(q) for q in side.cssselect("q")]
        assert not any(a != b and a in b for a in told for b in told)


def test_an_excerpt_begins_and_ends_with_whole_words() -> None:
    from lagebild.web.pages import excerpt

    long = "Wortwort " * 60 + "Waffenruhe " + "Anderswo " * 60
    shown = "".join(piece for piece, _ in excerpt(long, ["Waffenruhe"]))
    assert set(shown.split()) == {"…", "Wortwort", "Waffenruhe", "Anderswo"}


def test_a_title_marks_the_words_too(client: TestClient) -> None:
    hits = tree(client, "/search?q=sanctions").cssselect(".hits h2 mark")
    assert [m.text for m in hits] == ["sanctions"]


def test_numbers_of_certainty_follow_the_language(serving) -> None:
    client = serving(
        report(
            "r",
            "2014-09-05",
            "Blatt",
            event(
                "CONSULT", "Russland und die Ukraine sprachen.", "sprachen", actors=(RUSSIA, UKRAINE), confidence=0.934
            ),
        )
    )
    assert "93 %" in text(tree(client, "/report?id=r", **{"accept-language": "de"}).cssselect(".finding")[0])
    assert "93%" in text(tree(client, "/report?id=r").cssselect(".finding")[0])
