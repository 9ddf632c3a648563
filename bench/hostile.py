"""A web of 200 papers on loopback for bench/follow.py: most behave, the others fail, dawdle, lie, go in circles or never end.

Each paper has a host of its own (127.0.1.1 … 127.0.1.200), one feed and its articles. What every paper has published is
kept here, so that the benchmark can compare it with what a store holds.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

PAPERS = 200
#: How many papers have a feed of this kind; the rest behave.
BAD = {
    "failing: 500 always": 8, "failing: 500 every other time": 8, "failing: 404": 6, "failing: 503 with Retry-After": 4,
    "failing: nobody listens": 6, "failing: unknown name": 3, "slow: a byte a second without end": 6, "slow: 5 seconds": 4,
    "lying: length too large": 4, "lying: length too small": 4, "lying: a picture": 3, "lying: not gzip": 3,
    "lying: not HTTP": 2, "looping: to itself": 4, "looping: ever on": 4, "looping: to a private address": 4,
    "huge: never ends": 4, "huge: 60 MB in 60 kB of gzip": 4, "huge: endless head": 2, "entities": 3, "robots.txt forbids": 3,
}  # fmt: skip
#: Kinds whose articles are fetched all the same, sooner or later.
MENDED = ("failing: 500 every other time", "slow: 5 seconds")
#: What is wrong with some articles of papers that behave.
BAD_ARTICLES = ("gone", "pdf", "short", "long", "loop", "bomb", "drip", "inside")
ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Article:
    """One article of a paper. `copy_of`: the token of another paper's article that it repeats."""

    token: str
    text: str
    day: str
    made: float
    kind: str = "good"
    copy_of: str | None = None
    version: int = 1
    asked: int = 0


@dataclass
class Paper:
    number: int
    kind: str
    articles: list[Article] = field(default_factory=list)
    asked: int = 0

    @property
    def host(self) -> str:
        if self.kind == "failing: nobody listens":
            return f"127.0.2.{self.number % 250 + 1}"
        return (
            f"nowhere-{self.number}.invalid"
            if self.kind == "failing: unknown name"
            else f"127.0.1.{self.number % 250 + 1}"
        )


class Web:
    """All papers; `publish` lets time pass, `serve` answers."""

    def __init__(self, seed: int, port: int) -> None:
        self._random = random.Random(seed)
        self.port = port
        kinds = [kind for kind, number in BAD.items() for _ in range(number)]
        kinds += ["good"] * (PAPERS - len(kinds))
        self._random.shuffle(kinds)
        self.papers = [Paper(number, kind) for number, kind in enumerate(kinds)]
        self._sentences = _sentences()
        self._other = (ROOT / "bench/irrelevant/de.txt").read_text("utf-8").strip().split("\n\n")
        self.requests: dict[str, list[float]] = defaultdict(list)
        self.statuses: Counter[str] = Counter()
        self.forbidden = 0
        self._led: set[str] = set()
        self._by_host = {paper.host: paper for paper in self.papers}

    def url(self, paper: Paper) -> str:
        host = "" if paper.host.endswith(".invalid") else f":{self.port}"
        return f"http://{paper.host}{host}"

    # ----------------------------------------------------------------------------------------- publishing

    def publish(self, share: float) -> None:
        """Every paper publishes with this probability; now and then a copy, a faulty article, a new version."""
        for paper in self.papers:
            if self._random.random() >= share:
                continue
            dice = self._random.random()
            good = [a for a in paper.articles if a.kind == "good" and a.copy_of is None]
            if dice < 0.08 and good:
                changed = self._random.choice(good)
                changed.version += 1
                changed.text += f" Fassung {changed.version} der Meldung."
                changed.made = time.time()
            elif dice < 0.16:
                paper.articles.append(self._article(self._random.choice(BAD_ARTICLES)))
            elif dice < 0.20:
                paper.articles.append(self._article("other news"))
            elif dice < 0.24:
                paper.articles.append(self._article("late"))
            elif dice < 0.32 and (other := self._original()):
                copy = self._article("good")
                copy.text, copy.copy_of = f"(ag) {other.text} {self._random.choice(self._sentences)}", other.token
                paper.articles.append(copy)
            else:
                paper.articles.append(self._article("good"))

    def _article(self, kind: str) -> Article:
        token = f"K{self._random.getrandbits(40):011x}"
        words = " ".join(self._random.sample(self._sentences, 9))
        if kind == "other news":
            words = self._random.choice(self._other)
        now = time.time()
        return Article(token, words, f"{datetime.fromtimestamp(now, UTC):%Y-%m-%d}", now, kind)

    def _original(self) -> Article | None:
        """An article of a paper that behaves which has stood long enough to be kept."""
        found = [
            a for p in self.papers if p.kind == "good" for a in p.articles
            if a.kind == "good" and a.copy_of is None and a.version == 1 and time.time() - a.made > 150
        ]  # fmt: skip
        return self._random.choice(found) if found else None

    def expected(self) -> dict[str, Article]:
        """The articles that must be in the store, by token."""
        return {
            a.token: a for p in self.papers if p.kind == "good" or p.kind in MENDED for a in p.articles
            if a.kind in ("good", "late")
        }  # fmt: skip

    def other_news(self) -> set[str]:
        """Tokens of the articles that the relevance filter must leave out."""
        return {a.token for p in self.papers for a in p.articles if a.kind == "other news"}

    # ------------------------------------------------------------------------------------------ answering

    async def serve(self) -> None:
        hosts = [paper.host for paper in self.papers if paper.host.startswith("127.0.1.")]
        for host in hosts:
            await asyncio.start_server(self._client, host, self.port, backlog=20)

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ", 2)[1]
            paper = self._by_host[writer.get_extra_info("sockname")[0]]
            # A redirect is followed at once; the pause lies between two errands.
            if path != "/robots.txt" and paper.host not in self._led:
                self.requests[paper.host].append(time.monotonic())
            self._led.discard(paper.host)
            async for piece in self._answer(paper, path, head.lower()):
                if piece.startswith(b"HTTP/1.1 302"):
                    self._led.add(paper.host)
                writer.write(piece)
                await asyncio.wait_for(writer.drain(), 60)
        with contextlib.suppress(Exception):
            writer.close()

    async def _answer(self, paper: Paper, path: str, head: str) -> AsyncIterator[bytes]:
        if path == "/robots.txt":
            rules = (
                "User-agent: *\nDisallow: /rss"
                if paper.kind.startswith("robots")
                else "User-agent: *\nDisallow: /intern"
            )
            yield _whole(rules.encode(), "text/plain")
            return
        if path.startswith("/rss") or path == "/next" or path.startswith("/round"):
            if paper.kind.startswith("robots"):
                self.forbidden += 1
            paper.asked += 1
            async for piece in self._feed(paper, path, head):
                yield piece
            return
        match = re.match(r"/(?:kurz/|artikel/)(K[0-9a-f]+)", path)
        found = next((a for a in paper.articles if match and a.token == match[1]), None)
        if path.startswith("/intern"):
            self.forbidden += 1
        if found is None:
            yield _whole(b"", "text/html", "404 Not Found")
        elif path.startswith("/kurz/"):
            yield _moved(f"/artikel/{found.token}?utm_source=kurz")
        else:
            found.asked += 1
            async for piece in self._page(paper, found):
                yield piece

    async def _feed(self, paper: Paper, path: str, head: str) -> AsyncIterator[bytes]:
        body = self._rss(paper)
        # Of the moment of the body: with a later one, what came in between would never be sent.
        etag = f'"{sum(a.version for a in paper.articles)}-{len(paper.articles)}"'
        match paper.kind:
            case "failing: 500 always":
                yield _whole(b"", "text/html", "500 Internal Server Error")
            case "failing: 500 every other time" if paper.asked % 2:
                yield _whole(b"", "text/html", "500 Internal Server Error")
            case "failing: 404":
                yield _whole(b"", "text/html", "404 Not Found")
            case "failing: 503 with Retry-After":
                yield _whole(b"", "text/html", "503 Service Unavailable", "Retry-After: 90\r\n")
            case "slow: a byte a second without end":
                yield b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<"
                while True:
                    await asyncio.sleep(1)
                    yield b"x"
            case "lying: length too large":
                yield _whole(body, length=len(body) + 5000)
            case "lying: length too small":
                yield _whole(body, length=len(body) // 2)
            case "lying: a picture":
                yield _whole(b"\x89PNG\r\n\x1a\n" + bytes(5000))
            case "lying: not gzip":
                yield _whole(body, more="Content-Encoding: gzip\r\n")
            case "lying: not HTTP":
                yield b"\x16\x03\x01 what is this\r\n\r\n"
            case "looping: to itself":
                yield _moved("/round" if path == "/rss" else "/rss")
            case "looping: ever on":
                yield _moved(f"/rss/{self._random.getrandbits(30)}")
            case "looping: to a private address":
                yield _moved(
                    self._random.choice(["http://169.254.169.254/latest", "http://2130706433/", "http://[::1]/"])
                )
            case "huge: never ends":
                yield b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss>"
                while True:
                    yield b"<item>" * 4096
            case "huge: 60 MB in 60 kB of gzip":
                yield _whole(BOMB, more="Content-Encoding: gzip\r\n")
            case "huge: endless head":
                yield b"HTTP/1.1 200 OK\r\n"
                while True:
                    yield b"X-More: of this\r\n" * 512
            case "entities":
                yield _whole(
                    b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss version="2.0"><title>&b;</title></rss>'
                )
            case _:
                if paper.kind == "slow: 5 seconds":
                    await asyncio.sleep(5)
                if f"if-none-match: {etag}" in head:
                    self.statuses["304"] += 1
                    yield b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n"
                    return
                self.statuses["200"] += 1
                yield _whole(gzip.compress(body), more=f"Content-Encoding: gzip\r\nETag: {etag}\r\n")

    def _rss(self, paper: Paper) -> bytes:
        items = []
        for a in paper.articles[-60:]:
            date = f"<pubDate>{datetime.fromtimestamp(a.made, UTC):%a, %d %b %Y %H:%M:%S +0000}</pubDate>"
            links = [f"/artikel/{a.token}?utm_source=rss&amp;utm_medium=feed"]
            if int(a.token[-1], 16) % 4 == 0:  # the same article under other addresses
                links += [f"/kurz/{a.token}", f"/artikel/{a.token}/amp#top"]
            if a.kind == "inside":
                links = [f"http://10.0.0.{int(a.token[-1], 16)}/{a.token}"]
            items += [f"<item><title>{a.token}</title><link>{link}</link>{date}</item>" for link in links]
        return (
            f'<rss version="2.0"><channel><title>Blatt {paper.number}</title>{"".join(items)}</channel></rss>'.encode()
        )

    async def _page(self, paper: Paper, a: Article) -> AsyncIterator[bytes]:
        page = (
            f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Meldung {a.token}</title>'
            f'<link rel="canonical" href="{self.url(paper)}/artikel/{a.token}">'
            f'<meta property="article:published_time" content="{a.day}T08:00:00Z"></head><body><nav>Politik Sport</nav>'
            f"<article><h1>Meldung {a.token}</h1><p>Kennung {a.token}. {a.text}</p></article></body></html>"
        ).encode()
        match a.kind:
            case "late" if a.asked <= 2:
                yield _whole(b"", "text/html", "500 Internal Server Error")
            case "gone":
                yield _whole(b"", "text/html", "410 Gone")
            case "pdf":
                yield _whole(b"%PDF-1.4" + bytes(2000), "text/html")
            case "short":
                yield _whole(page, "text/html", length=len(page) // 2)
            case "long":
                yield _whole(page, "text/html", length=len(page) * 2)
            case "loop":
                yield _moved(f"/artikel/{a.token}")
            case "bomb":
                yield _whole(BOMB, "text/html", more="Content-Encoding: gzip\r\n")
            case "drip":
                yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>"
                for _ in range(120):
                    await asyncio.sleep(1)
                    yield b"."
            case _:
                yield _whole(page, "text/html; charset=utf-8")


BOMB = gzip.compress(bytes(60_000_000))


def _whole(
    body: bytes, type: str = "application/rss+xml", status: str = "200 OK", more: str = "", length: int | None = None
) -> bytes:
    stated = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {stated}\r\n{more}\r\n".encode() + body


def _moved(where: str) -> bytes:
    return _whole(b"", "text/html", "302 Found", f"Location: {where}\r\n")


def _sentences() -> list[str]:
    """Sentences of the project's German sample reports."""
    found: list[str] = []
    for path in sorted((ROOT / "examples").glob("**/reports/*.json")):
        report = json.loads(path.read_text("utf-8"))
        if report.get("language") == "de":
            found += [s.strip() for s in re.split(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ])", report["text"]) if 40 < len(s) < 250]
    return list(dict.fromkeys(found))
