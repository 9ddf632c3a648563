"""Following feeds: nothing is lost or doubled, every fault is told once, whatever servers do."""

from __future__ import annotations

from typing import Any

import pytest
from following import SPORT, WORDS, Run, feed, page
from loopback import Loopback, answer

from lagebild.store import open_store, open_writer
from lagebild.store.followed import Followed

OTHER = (
    "Der Präsident empfing in Minsk eine Abordnung aus Kiew. Kerry sprach von einem schwierigen Weg zum Frieden. Die Truppen "
    "sollen sich nach dem Abkommen innerhalb von zwei Wochen hinter eine vereinbarte Linie zurückziehen, hieß es."
)
DAY = 86_400.0


def test_articles_are_kept_once(run: Run) -> None:
    routes = {"/rss": feed("/a", "/b"), "/a": page(), "/b": page(OTHER, title="Minsk")}
    with Loopback(routes) as server:
        told = run(server, "/rss", publisher="Bote")
        assert len(told) == 2 and all(": 1 finding" in t or ": 2 findings" in t for t in told), told
        assert set(run.kept()) == {server.url + "/a", server.url + "/b"}
        assert run(server, "/rss", later=60) == []
        assert sorted(server.paths()) == ["/a", "/b", "/robots.txt", "/robots.txt", "/rss", "/rss"]
    with open_store(run.path) as store:
        kept = next(store.reports())
        assert (kept.published, kept.publisher) == ("2014-10-13", "Bote")


def test_a_feed_is_not_sent_again_if_it_has_not_changed(run: Run) -> None:
    def give(headers: dict[str, str]) -> bytes:
        if headers.get("if-none-match") == '"1"':
            return answer(b"", "304 Not Modified")
        return feed("/a").replace(b"\r\n", b'\r\nETag: "1"\r\n', 1)

    with Loopback({"/rss": give, "/a": page()}) as server:
        assert len(run(server, "/rss")) == 1
        assert run(server, "/rss", later=60) == []
        # The first look of the next day is for the whole feed, whatever the server thinks has changed.
        assert run(server, "/rss", later=DAY) == []
        assert [h.get("if-none-match") for p, h in server.asked if p == "/rss"] == [None, '"1"', None]


def test_one_article_under_several_addresses_is_one_report(run: Run) -> None:
    links = ("/a?utm_source=rss", "/a#top", "/kurz", "/amp/a", "/a?b=1")
    routes = {
        "/rss": feed(*links), "/rss2": feed("/a"), "/a": page(canonical="/a"), "/amp/a": page(canonical="/a"),
        "/kurz": answer(b"", "301 Moved", location="/a?utm_medium=x"), "/a?utm_medium=x": page(canonical="/a"),
        "/a?b=1": page(),
    }  # fmt: skip
    with Loopback(routes) as server:
        told = run(server, "/rss", "/rss2")
        assert len(told) == 1, told
        assert len(run.kept()) == 1 and run.versions() == 1  # under the address that came first
        assert run(server, "/rss", "/rss2", later=60) == []


def test_a_wrong_canonical_link_makes_no_one_report_of_two(run: Run) -> None:
    routes = {"/rss": feed("/a", "/b"), "/a": page(canonical="/live"), "/b": page(OTHER, canonical="/live")}
    with Loopback(routes) as server:
        run(server, "/rss")
        assert len(run.kept()) == 2 and run.versions() == 2


def test_a_page_does_not_take_the_place_of_another_papers_report(run: Run) -> None:
    with Loopback({}) as one, Loopback({}, "127.0.0.2") as other:
        one.routes |= {"/rss": feed("/a"), "/a": page()}
        other.routes |= {"/rss": feed("/x"), "/x": page("Kerry lügt. " + OTHER, canonical=f"{one.url}/a")}
        run(one, "/rss")
        run(other, "/rss")
        assert set(run.kept()) == {one.url + "/a", other.url + "/x"} and run.versions() == 2


def test_copies_are_kept_and_linked(run: Run) -> None:
    with Loopback({}) as one, Loopback({}, "127.0.0.2") as other:
        one.routes |= {"/rss": feed("/a"), "/a": page(f"{WORDS} {OTHER}")}
        other.routes |= {"/rss": feed("/x"), "/x": page(f"GENF (ag). {WORDS} {OTHER} Kerry reist weiter.")}
        run(one, "/rss")
        (told,) = run(other, "/rss")
        ids = run.kept()
        assert f"a copy of {ids[one.url + '/a']}" in told
    with open_store(run.path) as store:
        assert list(store.sql("select report, original from copies")[1]) == [
            (ids[other.url + "/x"], ids[one.url + "/a"])
        ]


def test_a_changed_article_is_a_new_version(run: Run) -> None:
    routes: dict[str, Any] = {"/rss": feed("/a", stamp="Mon, 13 Oct 2014 08:00:00 +0200"), "/a": page()}
    with Loopback(routes) as server:
        run(server, "/rss")
        server.routes["/a"] = page(f"{WORDS} Kerry reist am Dienstag weiter nach Wien.")
        assert run(server, "/rss", later=900) == []  # the feed does not say so
        server.routes["/rss"] = feed("/a", stamp="Mon, 13 Oct 2014 10:00:00 +0200")
        (told,) = run(server, "/rss", later=900)
        assert "a new version" in told and run.versions() == 2 and len(run.kept()) == 1


def test_other_news_is_not_read_but_can_be_listed(run: Run) -> None:
    routes: dict[str, Any] = {
        "/rss": feed("/a", "/sport", stamp="Mon, 13 Oct 2014 08:00:00 +0200"), "/a": page(),
        "/sport": page(SPORT, title="Heimsieg"),
    }  # fmt: skip
    with Loopback(routes) as server:
        assert len(run(server, "/rss", publisher="Bote")) == 1  # the report; of the other nothing is said line by line
        assert set(run.kept()) == {server.url + "/a"}
        with open_writer(run.path) as writer:
            (left,) = Followed(writer).filtered_articles()
            assert (left.url, left.title, left.publisher, left.language) == (
                server.url + "/sport",
                "Heimsieg",
                "Bote",
                "de",
            )
            assert left.published == "2014-10-13" and left.score < 0 and left.moment == run.now
        assert run(server, "/rss", later=900) == [] and server.paths().count("/sport") == 1
        # The page becomes a report: it is read, and no longer listed as left out.
        server.routes |= {"/rss": feed("/a", "/sport", stamp="Mon, 13 Oct 2014 09:00:00 +0200"), "/sport": page(OTHER)}
        assert len(run(server, "/rss", later=900)) == 1 and server.url + "/sport" in run.kept()
        # A kept report stays in step with its page, whatever that tells now.
        server.routes |= {"/rss": feed("/a", stamp="Mon, 13 Oct 2014 10:00:00 +0200"), "/a": page(SPORT)}
        (told,) = run(server, "/rss", later=900)
        assert "a new version" in told and len(run.kept()) == 2
    with open_store(run.path) as store:
        assert list(store.sql("select * from filtered")[1]) == []


def test_other_news_is_read_if_asked_for(run: Run) -> None:
    run.relevant_only = False
    with Loopback({"/rss": feed("/sport"), "/sport": page(SPORT)}) as server:
        assert len(run(server, "/rss")) == 1 and set(run.kept()) == {server.url + "/sport"}


def test_what_was_left_out_is_fetched_again_when_its_entry_changes(run: Run) -> None:
    routes: dict[str, Any] = {
        "/rss": feed("/a", stamp="Mon, 13 Oct 2014 08:00:00 +0200"), "/a": answer(b"", "404 Not Found"),
    }  # fmt: skip
    with Loopback(routes) as server:
        assert len(run(server, "/rss")) == 1
        server.routes["/a"] = page()
        assert run(server, "/rss", later=900) == [] and run.kept() == {}
        server.routes["/rss"] = feed("/a", stamp="Mon, 13 Oct 2014 10:00:00 +0200")
        run(server, "/rss", later=900)
        assert set(run.kept()) == {server.url + "/a"}


def test_every_fault_is_told_once(run: Run) -> None:
    routes = {
        "/rss": feed("/a", "/gone", "/pdf", "/empty", "/broken", "/zulu", "/spanish", "http://10.0.0.1/x", "mailto:a@b.example"),
        "/html": page(),
        "/bomb": answer('<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"/>'),
        "/gone": answer(b"", "410 Gone"), "/pdf": answer(b"%PDF-1.4"), "/empty": answer(b""),
        "/broken": answer(b"", "500 Internal Server Error"),
        "/a": page(), "/zulu": page(f"Zulu. {OTHER}"),
        "/spanish": page("El presidente dijo el lunes que las conversaciones de paz continuarán la próxima semana. " * 3),
    }  # fmt: skip
    with Loopback(routes) as server:
        told = run(server, "/rss", "/html", "/bomb", "/nothing")
        faults = sorted(t.replace(server.url, "") for t in told if "finding" not in t)
        assert [f.partition(": ")[0] for f in faults] == sorted(
            [
                "/gone",
                "/pdf",
                "/empty",
                "/broken",
                "/zulu",
                "/rss",
                "/rss",
                "http://10.0.0.1/x",
                "/html",
                "/bomb",
                "/nothing",
            ]
        ), faults
        for later in (60, 900, 3600, DAY):
            assert run(server, "/rss", "/html", "/bomb", "/nothing", later=later) == []
        assert server.paths().count("/gone") == 1 and server.paths().count("/pdf") == 1
        assert 3 <= server.paths().count("/broken") <= 5


def test_what_fails_for_a_while_is_fetched_later(run: Run) -> None:
    routes: dict[str, Any] = {"/rss": feed("/a"), "/a": answer(b"", "503 Busy", retry_after="600")}
    with Loopback(routes) as server:
        (told,) = run(server, "/rss")
        assert "503" in told
        server.routes["/a"] = page()
        assert run(server, "/rss", later=300) == []  # it asked to be left alone for ten minutes
        assert len(run(server, "/rss", later=301)) == 1 and len(run.kept()) == 1


def test_a_dead_host_costs_one_attempt_and_one_line(run: Run) -> None:
    with Loopback({}, "127.0.0.2") as dead:
        gone = dead.url
    with Loopback({"/rss": feed("/a", *(f"{gone}/{n}" for n in range(20))), "/a": page()}) as server:
        told = run(server, "/rss")
        assert len(told) == 2 and len([t for t in told if "no connection" in t]) == 1, told
        assert run(server, "/rss", later=4 * DAY) == [f"{gone.removeprefix('http://')}: articles could not be fetched for "
                                                     "three days; left out"]  # fmt: skip


def test_robots_are_heard(run: Run) -> None:
    routes = {
        "/robots.txt": answer("User-agent: *\nDisallow: /intern\n\nUser-agent: Lagebild\nDisallow: /nur", content_type="text/plain"),
        "/rss": feed("/a", "/nur/1", "/nur/2", "/kurz"), "/a": page(),
        "/kurz": answer(b"", "302 Found", location="/nur/3"),
    }  # fmt: skip
    with Loopback(routes) as server:
        told = run(server, "/rss")
        assert len([t for t in told if "robots.txt forbids" in t]) == 1 and len(told) == 2, told
        assert not [path for path in server.paths() if path.startswith("/nur")]
    with Loopback({"/robots.txt": answer(b"", "500 Error"), "/rss": feed("/a"), "/a": page()}) as server:
        (told_,) = run(server, "/rss")
        assert "robots.txt cannot be had" in told_ and server.paths() == ["/robots.txt"]


def test_a_removed_report_does_not_come_back(run: Run) -> None:
    with Loopback({"/rss": feed("/a-very-telling-address"), "/a-very-telling-address": page()}) as server:
        run(server, "/rss")
        with open_writer(run.path) as writer:
            writer.remove(run.kept().values())
        assert run(server, "/rss", later=DAY) == [] and run.kept() == {}
    assert b"very-telling" not in run.path.read_bytes()


@pytest.mark.parametrize("broken", [b"\xff\xfe<\x00", b"<html>" + b"<div>" * 3000, b"<p>" + b"&#x110000;" * 100])
def test_broken_pages_are_told_of(run: Run, broken: bytes) -> None:
    with Loopback({"/rss": feed("/a", "/b"), "/a": answer(broken), "/b": page()}) as server:
        assert len(run(server, "/rss")) == 2 and len(run.kept()) == 1
