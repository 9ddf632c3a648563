"""Feeds: RSS and Atom, broken ones, hostile ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagebild.intake.feeds import MOST, Entry, FeedError, read_feed

URL = "https://bote.example/rss"
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Bote</title><link>https://bote.example/</link>
<item><title>Gespräche in Genf</title><link>https://bote.example/genf</link>
<pubDate>Mon, 13 Oct 2014 00:30:00 +0200</pubDate></item>
<item><title>Ohne Adresse</title></item>
<item><guid isPermaLink="true">https://bote.example/minsk</guid><pubDate>morgen</pubDate></item>
<item><link>relativ</link></item>
<item><title>Noch einmal</title><link>https://bote.example/genf</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Kurier</title>
<entry><title>Talks</title><id>tag:1</id><link href="https://kurier.example/a"/>
<published>2014-10-13T23:30:00-05:00</published><updated>2014-10-14T08:00:00Z</updated></entry></feed>"""


def test_rss() -> None:
    assert read_feed(RSS.encode(), URL) == [
        Entry("https://bote.example/genf", "Gespräche in Genf", "2014-10-13", "Mon, 13 Oct 2014 00:30:00 +0200"),
        Entry("https://bote.example/minsk", None, None, "morgen"),
        Entry("https://bote.example/relativ"),
    ]


def test_atom() -> None:
    assert read_feed(ATOM.encode(), URL) == [
        Entry("https://kurier.example/a", "Talks", "2014-10-13", "2014-10-14T08:00:00Z")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1", "cp1252"])
def test_encodings(encoding: str) -> None:
    declared = RSS.replace("UTF-8", encoding.removesuffix("-sig"))
    assert read_feed(declared.encode(encoding), URL)[0].title == "Gespräche in Genf"
    assert read_feed(RSS.encode("cp1252"), URL, "text/xml; charset=windows-1252")[0].title == "Gespräche in Genf"


def test_a_broken_feed_gives_what_can_be_read() -> None:
    broken = RSS.replace("</channel></rss>", "").replace("Gespräche in", "Gespräche & <b>in")
    assert read_feed(broken.encode(), URL)[0].url == "https://bote.example/genf"


@pytest.mark.parametrize("zone", ["+555555555555555555555555550200", "-9999999", "+99999999999", "x"])
def test_a_date_that_is_none_costs_no_feed(zone: str) -> None:
    entries = read_feed(RSS.replace("+0200", zone).encode(), URL)
    assert [entry.url for entry in entries] == [entry.url for entry in read_feed(RSS.encode(), URL)]


BOMB = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
FILE = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("doctype", [BOMB, FILE, BOMB.lower(), BOMB.replace("<!ENTITY", "<! ENTITY")])
def test_entities_are_refused(doctype: str, encoding: str) -> None:
    hostile = RSS.replace("<rss", doctype + "<rss").replace("Gespräche", "&b;")
    with pytest.raises(FeedError, match="declares XML entities"):
        read_feed(hostile.encode(encoding), URL)


@pytest.mark.parametrize("encoding", ["utf-7", "cp037", "utf-32", "hz"])
def test_no_declaration_hides_behind_an_encoding(encoding: str) -> None:
    hostile = RSS.replace("UTF-8", encoding).replace("<rss", FILE + "<rss").replace("Gespräche", "&a;")
    try:
        found = read_feed(hostile.encode(encoding, "replace"), URL)
    except FeedError:
        return
    assert "root:" not in repr(found)


def test_what_is_no_feed() -> None:
    for data in (b"", b"<html><body>Not found</body></html>", b"\x89PNG\r\n", b"{}", b"<rss", "Zulu".encode("utf-16")):
        with pytest.raises(FeedError):
            read_feed(data, URL)


def test_the_number_of_entries_is_bounded() -> None:
    items = "".join(f"<item><link>https://bote.example/{n}</link></item>" for n in range(MOST + 50))
    assert len(read_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), URL)) == MOST


@given(
    st.binary(max_size=400) | st.text("<>/&;![]rsitemlnk \n\"'=?x", max_size=300).map(lambda s: b"<rss>" + s.encode())
)
def test_any_bytes_are_a_feed_or_none(data: bytes) -> None:
    try:
        found = read_feed(data, URL)
    except FeedError:
        return
    assert all(isinstance(entry, Entry) for entry in found)
