"""The file of feeds: what it may say, and the one line for what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagebild.errors import LagebildError
from lagebild.follow import load_feeds

GOOD = """
every = "30m"
delay = 1
contact = "desk@bote.example"
allow_hosts = ["intranet.example"]

[[feed]]
url = "https://bote.example/rss"
publisher = "Bote"
language = "de"
every = "90s"

[[feed]]
url = "http://intranet.example:81/atom"
"""


def load(tmp_path: Path, text: str) -> str:
    path = tmp_path / "feeds.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(LagebildError) as caught:
        load_feeds(path)
    return str(caught.value).replace(str(path), "feeds.toml")


def test_what_it_may_say(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(GOOD, "utf-8")
    found = load_feeds(path)
    assert (found.every, found.delay, found.contact, found.allow_hosts) == (
        1800,
        1,
        "desk@bote.example",
        ("intranet.example",),
    )
    assert [(f.url, f.publisher, f.language, f.every) for f in found.feeds] == [
        ("https://bote.example/rss", "Bote", "de", 90),
        ("http://intranet.example:81/atom", None, None, None),
    ]


FEED = '[[feed]]\nurl = "https://bote.example/rss"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no feed in it"),
        ("feed = 3", "no feed in it"),
        ("feed = [3]", "feed 1: not a table"),
        ("[[feed]]", "feed 1: it has no url"),
        (FEED + FEED, "feed 2: https://bote.example/rss stands in it twice"),
        (FEED + "name = 'x'", "feed 1: unknown key 'name'; known are every, language, publisher, url"),
        ("evry = '1h'\n" + FEED, "unknown key 'evry'"),
        ("every = '1 hour'\n" + FEED, "'1 hour' is no time; write it as 90s, 15m, 2h or 1d"),
        ("every = 15\n" + FEED, "15 is no time"),
        (FEED + "every = '5s'", "feed 1: every '5s' is shorter than 60s"),
        (FEED + "language = 'fr'", "feed 1: language 'fr' is neither 'de' nor 'en'"),
        (FEED + "publisher = 3", "feed 1: publisher 3 is no name"),
        ("delay = -1\n" + FEED, "delay -1 is no number of seconds"),
        ("delay = true\n" + FEED, "delay True is no number"),
        ("contact = 'a b'\n" + FEED, "is no address of mail or web"),
        ("allow_hosts = 'x'\n" + FEED, "allow_hosts is no list"),
        ("allow_hosts = ['a b']\n" + FEED, "'a b' is no host name"),
        ("[[feed]]\nurl = 'http://10.0.0.1/rss'", "feed 1: 10.0.0.1 is no public address (private)"),
        ("[[feed]]\nurl = 'bote.example/rss'", "feed 1: only http and https"),
        ("feed = [", "this is no TOML"),
    ],
)
def test_what_it_may_not_say(tmp_path: Path, text: str, said: str) -> None:
    line = load(tmp_path, text)
    assert line.startswith("feeds.toml: ") and said in line and "\n" not in line


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(LagebildError, match="cannot be read"):
        load_feeds(tmp_path / "none.toml")
