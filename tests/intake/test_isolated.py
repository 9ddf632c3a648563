"""Parsers in a process of their own: what hangs, dies or takes too much memory costs one input."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from lagebild.intake import isolated
from lagebild.intake.feeds import FeedError
from lagebild.intake.isolated import Parsers
from lagebild.intake.webpage import PageError

PAGE = "<html><head><title>Genf</title></head><body><article><p>" + "Kerry traf Lawrow am Montag in Genf. " * 8
FEED = b"<rss version='2.0'><channel><item><link>https://bote.example/a</link></item></channel></rss>"


@pytest.fixture(scope="module")
def parsers() -> Iterator[Parsers]:
    with Parsers() as found:
        yield found


def test_feeds_and_pages(parsers: Parsers) -> None:
    assert [entry.url for entry in parsers.feed(FEED, "https://bote.example/rss")] == ["https://bote.example/a"]
    assert "Lawrow" in parsers.page(PAGE.encode()).text
    assert (
        "Gespräche"
        in parsers.page(PAGE.replace("Lawrow", "Gespräche").encode("cp1252"), "text/html; charset=latin1").text
    )
    with pytest.raises(FeedError, match="no RSS or Atom"):
        parsers.feed(PAGE.encode(), "https://bote.example/rss")
    for data, reason in (
        (b"", "empty"),
        (b"%PDF-1.4", "PDF"),
        (b"{}", "no HTML"),
        (b"<html><p>Kurz</p></html>", "no article"),
    ):
        with pytest.raises(PageError, match=reason):
            parsers.page(data)


def test_one_that_dies_is_replaced(parsers: Parsers) -> None:
    parsers.page(PAGE.encode())
    os.kill(parsers._process.pid, signal.SIGKILL)
    with pytest.raises(PageError, match="died over it"):
        parsers.page(PAGE.encode())
    assert "Lawrow" in parsers.page(PAGE.encode()).text


def test_one_that_does_not_end_is_given_up() -> None:
    with Parsers(seconds=1.0) as parsers:
        parsers.page(PAGE.encode())
        os.kill(parsers._process.pid, signal.SIGSTOP)
        with pytest.raises(FeedError, match="takes too long"):
            parsers.feed(FEED, "https://bote.example/rss")
        assert parsers.feed(FEED, "https://bote.example/rss")


def test_it_is_renewed_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_RENEWED", 2)
    with Parsers() as parsers:
        seen = set()
        for _ in range(4):
            parsers.feed(FEED, "https://bote.example/rss")
            seen.add(parsers._process.pid)
        assert len(seen) == 2
