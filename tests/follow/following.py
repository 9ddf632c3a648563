"""What the tests of following use: pages, feeds, and a run of the follower against a server on loopback."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from fake_reader import FakeReader
from loopback import Loopback, answer

from lagebild.follow.feedlist import read_feeds
from lagebild.follow.follower import Follower, Told
from lagebild.intake.fetch import Fetcher, Limits
from lagebild.intake.isolated import Parsers
from lagebild.store import open_store, open_writer

WORDS = (
    "In Genf haben Unterhändler am Montag über eine Waffenruhe gesprochen. Kerry traf am Abend Lawrow zu einem Gespräch. "
    "Nach Angaben der Vereinten Nationen wurden 3600 Menschen getötet. Die Gespräche sollen in der kommenden Woche "
    "fortgesetzt werden, sagte ein Sprecher der Regierung vor Journalisten."
)


#: What no desk for conflicts wants to read.
SPORT = (
    "Der FC Tannenberg hat am Samstagabend sein Heimspiel gegen den Tabellenführer mit 3:1 gewonnen. Vor 12400 Zuschauern brachte "
    "der Stürmer die Gastgeber schon nach sechs Minuten in Führung. Kurz vor der Pause traf er ein zweites Mal. Trainer Kerry lobte "
    "nach dem Abpfiff die Abwehr seiner Mannschaft, die in dieser Saison erst vier Gegentore zugelassen hat."
)


def page(text: str = WORDS, canonical: str = "", title: str = "Gespräche", day: str = "2014-10-13") -> bytes:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return answer(
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{title}</title>{link}'
        f'<meta property="article:published_time" content="{day}T08:00:00+02:00"></head>'
        f"<body><article><h1>{title}</h1><p>{text}</p><p>{text[::-1] if not text else 'Mehr dazu später.'}</p></article></body></html>"
    )


def feed(*links: str, stamp: str = "") -> bytes:
    items = "".join(
        f"<item><title>x</title><link>{link.replace('&', '&amp;')}</link>"
        + (f"<pubDate>{stamp}</pubDate>" if stamp else "") + "</item>"
        for link in links
    )  # fmt: skip
    return answer(f"<rss version='2.0'><channel><title>Bote</title>{items}</channel></rss>", content_type="text/xml")


@dataclass
class Run:
    """Follows feeds of a server once at a moment that the test sets; gives what was told."""

    path: Path
    parsers: Parsers
    now: float = 1_413_180_000.0
    limits: Limits = field(default_factory=lambda: Limits(seconds=3.0))
    relevant_only: bool = True

    def __call__(self, server: Loopback, *feeds: str, later: float = 0.0, **keys: object) -> list[str]:
        self.now += later
        listed = read_feeds(
            {
                "allow_hosts": [server.host, "127.0.0.2"],
                "delay": 0,
                "feed": [{"url": server.url + f, **keys} for f in feeds],
            },
            "t",
        )
        fetcher = Fetcher(allowed=listed.allow_hosts, limits=self.limits)
        with open_writer(self.path) as writer:
            follower = Follower(
                writer, listed, fetcher, FakeReader,
                clock=lambda: self.now, parsers=self.parsers, relevant_only=self.relevant_only,
            )  # fmt: skip
            told: list[Told] = list(follower.run(once=True))
        return [t.line for t in told]

    def kept(self) -> dict[str, str]:
        """The kept reports' ids by their addresses."""
        with open_store(self.path) as store:
            return {str(kept.report.url): kept.id for kept in store.reports()}

    def versions(self) -> int:
        with open_store(self.path) as store:
            return int(next(iter(store.sql("select count(*) from versions")[1]))[0])
