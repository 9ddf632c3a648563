"""Fetching from servers on loopback that fail, lie, dawdle, go in circles and send too much."""

from __future__ import annotations

import gzip
import itertools
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from loopback import Loopback, answer

from lagebild.intake.fetch import AGENT, Fetcher, FetchError, Limits

PUBLIC = "93.184.215.14"
BODY = b"Kerry traf Lawrow. " * 50


def fetcher(server: Loopback, **limits: Any) -> Fetcher:
    return Fetcher(allowed=[server.host], limits=Limits(**{"seconds": 5.0, "size": 100_000, **limits}))


def failing(server: Loopback, path: str, **limits: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher(server, **limits).get(server.url + path)
    return caught.value


def test_a_page_with_who_asks_and_what_helps_to_ask_again() -> None:
    with Loopback({"/a": answer(BODY, etag='"7"', last_modified="Mon, 13 Oct 2014 08:00:00 GMT")}) as server:
        found = fetcher(server).get(server.url + "/a#part")
        assert (found.status, found.data, found.etag, found.url) == (200, BODY, '"7"', server.url + "/a")
        assert server.asked[0][1]["user-agent"] == AGENT
        assert server.asked[0][1]["host"] == f"127.0.0.1:{server.port}"


def test_not_changed() -> None:
    def give(headers: dict[str, str]) -> bytes:
        return answer(b"", "304 Not Modified") if headers.get("if-none-match") == '"7"' else answer(BODY)

    with Loopback({"/a": give}) as server:
        assert fetcher(server).get(server.url + "/a", {"If-None-Match": '"7"'}).status == 304
        assert fetcher(server).get(server.url + "/a", {"If-None-Match": '"6"'}).data == BODY


@pytest.mark.parametrize("coding", ["gzip", "deflate", "bare", "members"])
def test_packed(coding: str) -> None:
    bare = zlib.compressobj(wbits=-15)
    packed = {
        "gzip": gzip.compress(BODY), "deflate": zlib.compress(BODY), "bare": bare.compress(BODY) + bare.flush(),
        "members": gzip.compress(BODY[:100]) + gzip.compress(BODY[100:]),
    }[coding]  # fmt: skip
    named = {"bare": "deflate", "members": "gzip"}.get(coding, coding)
    with Loopback({"/a": answer(packed, content_encoding=named)}) as server:
        assert fetcher(server).get(server.url + "/a").data == BODY


def test_bombs_and_broken_packing() -> None:
    bomb = gzip.compress(b"\0" * 60_000_000)
    nested = b"".join(gzip.compress(b"\0" * 60_000) for _ in range(900))
    routes = {
        "/bomb": answer(bomb, content_encoding="gzip"),
        "/many": answer(nested, content_encoding="gzip"),
        "/cut": answer(gzip.compress(BODY)[:-12], content_encoding="gzip"),
        "/none": answer(BODY, content_encoding="gzip"),
        "/other": answer(BODY, content_encoding="br"),
    }
    with Loopback(routes) as server:
        assert len(bomb) < 100_000 and len(nested) < 100_000
        assert "larger than" in failing(server, "/bomb").reason
        assert "larger than" in failing(server, "/many").reason
        assert "ends too early" in failing(server, "/cut").reason
        assert "cannot be unpacked" in failing(server, "/none").reason
        assert "not asked for ('br')" in failing(server, "/other").reason


def test_lies_about_length() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
    routes = {
        "/short": head % 5000 + BODY,
        "/long": head % 10 + BODY,
        "/two": b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
        "/chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
        "/noise": b"\x00\x01\x02 no HTTP\r\n\r\n",
        "/nothing": b"",
    }
    with Loopback(routes) as server:
        assert "broke off" in failing(server, "/short").reason
        assert "more than the length" in failing(server, "/long").reason
        assert "not HTTP" in failing(server, "/two").reason
        assert "broke off" in failing(server, "/chunks").reason
        assert "not HTTP" in failing(server, "/noise").reason
        assert failing(server, "/nothing").scope == "address"


def test_endless_body_endless_head_and_dawdling() -> None:
    def endless(_: dict[str, str]) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        yield from itertools.repeat(b"x" * 8192)

    def head(_: dict[str, str]) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\n"
        yield from (b"X-%d: y\r\n" % n for n in itertools.count())

    def dawdling(_: dict[str, str]) -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
        for _ in range(1000):
            time.sleep(0.05)
            yield b"x"

    with Loopback({"/endless": endless, "/head": head, "/dawdling": dawdling}) as server:
        assert "larger than" in failing(server, "/endless").reason
        assert "not HTTP" in failing(server, "/head").reason
        assert "too slow" in failing(server, "/dawdling", seconds=0.5).reason


def test_redirects_are_followed_to_an_end() -> None:
    def to(where: str) -> bytes:
        return answer(b"", "302 Found", location=where)

    routes: dict[str, Any] = {f"/{n}": to(f"/{n + 1}") for n in range(9)} | {
        "/6": answer(BODY), "/round": to("/trip"), "/trip": to("/round"), "/self": to("/self"),
        "/nowhere": answer(b"", "302 Found"),
    }  # fmt: skip
    with Loopback(routes) as server:
        assert fetcher(server).get(server.url + "/1").url == server.url + "/6"
        assert "more than 5 redirects" in failing(server, "/0").reason
        assert "circle" in failing(server, "/round").reason and "circle" in failing(server, "/self").reason
        assert "without address" in failing(server, "/nowhere").reason


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.2/", "http://2130706433/", "http://[::1]/", "http://[::ffff:7f00:1]/", "http://0177.0.0.1/",
     "http://169.254.169.254/", "file:///etc/passwd", "http://localhost/", "//127.0.0.3/", "http://user@127.0.0.1/"],
)  # fmt: skip
def test_a_redirect_to_what_is_not_public_is_refused(target: str) -> None:
    with Loopback({"/a": answer(b"", "301 Moved", location=target)}) as server:
        error = failing(server, "/a")
        assert error.lasting and "not fetched" in error.reason


@pytest.mark.parametrize(
    "answers",
    [["127.0.0.1"], ["::1"], ["10.0.0.5", "192.168.0.1"], ["::ffff:127.0.0.1"], ["64:ff9b::7f00:1"], ["169.254.169.254"],
     ["fe80::1%lo"], ["0.0.0.0"]],
)  # fmt: skip
def test_a_name_that_leads_inside_is_refused(answers: list[str]) -> None:
    with pytest.raises(FetchError) as caught:
        Fetcher(lookup=lambda *_: answers).get("http://feeds.example/")
    assert caught.value.scope == "host" and "not public" in caught.value.reason


class Names:
    """A name server that gives one answer after the other."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0

    def __call__(self, host: str, port: int) -> list[str]:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Connections by the IP addresses they were for; that of PUBLIC leads to loopback, as does loopback itself."""
    real, made = socket.create_connection, list[str]()

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        made.append(address[0])
        return real(("127.0.0.1", address[1]), timeout)

    monkeypatch.setattr("lagebild.intake.wire.socket.create_connection", connect)
    return made


def test_a_name_that_changes_its_address_after_the_check(connected: list[str]) -> None:
    with Loopback({"/a": answer(BODY)}) as server:
        names = Names([PUBLIC], ["127.0.0.1"])
        assert Fetcher(lookup=names).get(f"http://rebind.example:{server.port}/a").data == BODY
        assert (connected, names.asked) == ([PUBLIC], 1)  # looked up once, connected to what was checked


def test_a_name_that_changes_its_address_between_redirects(connected: list[str]) -> None:
    with Loopback({"/a": answer(b"", "302 Found", location="/b"), "/b": answer(b"secret")}) as server:
        with pytest.raises(FetchError, match=r"127\.0\.0\.1 is not public"):
            Fetcher(lookup=Names([PUBLIC], ["127.0.0.1"])).get(f"http://rebind.example:{server.port}/a")
        assert (connected, server.paths()) == ([PUBLIC], ["/a"])


def test_of_several_addresses_only_public_ones_are_connected_to(connected: list[str]) -> None:
    with Loopback({"/a": answer(BODY)}) as server:
        names = Names(["127.0.0.1", PUBLIC, "10.0.0.1"])
        assert Fetcher(lookup=names).get(f"http://mixed.example:{server.port}/a").data == BODY
        assert connected == [PUBLIC]


def test_what_servers_answer_and_how_long_they_want_to_be_left_alone() -> None:
    routes = {
        "/gone": answer(b"", "410 Gone"),
        "/busy": answer(b"", "503 Service Unavailable", retry_after="120"),
        "/much": answer(b"", "429 Too Many Requests", retry_after="Wed, 21 Oct 2099 07:28:00 GMT"),
        "/past": answer(b"", "503 Service Unavailable", retry_after="Wed, 21 Oct 2015 07:28:00 GMT"),
        "/odd": answer(b"", "503 Service Unavailable", retry_after="soon"),
        "/broken": answer(b"", "500 Internal Server Error"),
        "/part": answer(BODY, "206 Partial Content"),
    }
    with Loopback(routes) as server:
        assert failing(server, "/gone").lasting and failing(server, "/gone").status == 410
        assert (failing(server, "/busy").wait, failing(server, "/busy").lasting) == (120.0, False)
        assert failing(server, "/much").wait == 86_400.0
        assert failing(server, "/past").wait == 0.0 and failing(server, "/odd").wait is None
        assert not failing(server, "/broken").lasting
        assert "answered 206" in failing(server, "/part").reason


def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, not listening: connections are refused
        with pytest.raises(FetchError) as caught:
            Fetcher(allowed=["127.0.0.1"]).get(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert caught.value.scope == "host" and "refused" in caught.value.reason

    def unknown(host: str, port: int) -> list[str]:
        raise OSError("unknown")

    with pytest.raises(FetchError, match="name is not known"):
        Fetcher(lookup=unknown).get("http://nowhere.example/")
    with pytest.raises(FetchError, match="not answered for in time"):
        Fetcher(lookup=lambda *_: time.sleep(5) or [], limits=Limits(seconds=0.2)).get("http://slow.example/")


def test_no_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    with Loopback({"/a": answer(BODY)}) as server:
        assert fetcher(server).get(server.url + "/a").data == BODY


def test_a_server_without_tls_is_no_safe_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            with server.accept()[0] as taken:
                taken.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                taken.recv(4096)

        threading.Thread(target=greet, daemon=True).start()
        with pytest.raises(FetchError, match="no safe connection"):
            Fetcher(allowed=["127.0.0.1"]).get(f"https://127.0.0.1:{server.getsockname()[1]}/a")
