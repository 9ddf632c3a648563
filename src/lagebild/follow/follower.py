"""Follows feeds into a store: asks them when they are due, fetches what they list, keeps it, tells every fault once.

Nothing is remembered only here: a feed's answer and the articles that it lists are kept in one transaction, and an article is
settled after its report is kept. A process that dies at any moment and is started again loses and doubles nothing.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from lagebild.batch import Reads, read_one
from lagebild.errors import Fault
from lagebild.follow.courier import Courier, Errand
from lagebild.follow.feedlist import FeedList, Followee
from lagebild.follow.pages import Pages
from lagebild.intake.canonical import key, plain
from lagebild.intake.feeds import FeedError
from lagebild.intake.fetch import Fetched, Fetcher, FetchError, Limits
from lagebild.intake.isolated import Parsers
from lagebild.intake.robots import Robots
from lagebild.intake.webpage import PageError
from lagebild.model import Report
from lagebild.sieve import LANGUAGE, judge
from lagebild.store import Writer
from lagebild.store.adding import keep
from lagebild.store.followed import FeedState, Filtered, Listed, Waiting

#: How often feeds are asked for if nobody says otherwise (seconds).
EVERY = 900.0
_DAY = 86_400.0
#: A feed that fails is asked for at least once a day.
_LONGEST = _DAY
#: An article that fails is tried again after a minute, then after twice as long each time, up to six hours …
_FIRST_PAUSE, _LONGEST_PAUSE = 60.0, 21_600.0
#: … and left when three days have gone since it was listed.
_PATIENCE = 3 * _DAY
_PAGE = Limits(size=4 * 1024 * 1024)
_FEED = Limits(size=8 * 1024 * 1024)
#: Errands that are under way at once, in all and for one host.
_UNDER_WAY, _OF_A_HOST = 200, 8


@dataclass
class Tally:
    """What a run did: `counts` of reports (new, changed, same), findings, copies, feeds, filtered, left, foreign, faults."""

    counts: Counter[str] = field(default_factory=Counter)
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to tell people: a line, and whether it is a fault."""

    line: str
    fault: bool = False


class Follower:
    """Follows a list of feeds; for one thread. `clock`: seconds since 1970; `parsers`: default its own.

    `relevant_only`: articles that the relevance filter takes for other news are not read, but noted down in the store.
    """

    def __init__(
        self,
        writer: Writer,
        feeds: FeedList,
        fetcher: Fetcher,
        factory: Callable[[], Reads],
        every: float | None = None,
        clock: Callable[[], float] = time.time,
        parsers: Parsers | None = None,
        relevant_only: bool = True,
    ) -> None:
        self._writer, self._feeds, self._fetcher, self._factory, self._clock = writer, feeds, fetcher, factory, clock
        self._every, self._parsers, self._relevant_only = every, parsers, relevant_only
        self._reader: Reads | None = None
        self._pages = Pages(writer, clock)
        self._state = self._pages.followed
        self._by_url = {feed.url: feed for feed in feeds.feeds}
        self._under_way: dict[bytes, str] = {}
        self._asked: set[str] = set()
        self.tally = Tally()

    def run(self, once: bool) -> Iterator[Told]:
        """Follows, and tells what happens; `once`: until all that is due now was tried, else without end.

        `once` asks every feed, due or not, that did not ask to be left alone.
        """
        robots = Robots(self._fetcher)
        forgotten = self._clock()
        feeds = {feed.url: self._state.feed(feed.url) for feed in self._feeds.feeds}
        due = {url: 0.0 if once and not state.failures else state.due for url, state in feeds.items()}
        with Courier(self._fetcher, robots, self._feeds.delay) as courier, ExitStack() as stack:
            parsers = self._parsers or stack.enter_context(Parsers())
            while True:
                self.tally.waiting = len(self._under_way)
                now = self._clock()
                self._send_feeds(courier, due, now)
                waiting = self._send_articles(courier, now)
                if once and not courier.under_way and not waiting and min(due.values()) > now:
                    break
                outcome = courier.receive(self._until(due, courier, once))
                if outcome is not None:
                    errand, result = outcome
                    if isinstance(errand.about, Followee):
                        self._asked.discard(errand.url)
                        yield from self._feed(errand.about, result, parsers, due)
                    else:
                        yield from self._article(errand.about, result, parsers)
                        self._under_way.pop(errand.about.key, None)
                if self._clock() - forgotten > 3600:
                    forgotten = self._clock()
                    self._pages.forget()
        self.tally.waiting = self._state.count("waiting")

    # ----------------------------------------------------------------------------------------- handing out

    def _send_feeds(self, courier: Courier, due: dict[str, float], now: float) -> None:
        for url, moment in due.items():
            if moment <= now and url not in self._asked:
                state = self._state.feed(url)
                # The first look of a day is for the whole feed: servers that answer «not modified» wrongly do exist.
                same_day = state.fetched is not None and state.fetched // _DAY == now // _DAY
                conditions = _conditions(state.etag, state.last_modified) if same_day else {}
                courier.send(Errand(url, self._by_url[url], conditions, _FEED))
                self._asked.add(url)

    def _send_articles(self, courier: Courier, now: float) -> bool:
        """Sends what is due, no more than fits; whether anything was sent or still has to be."""
        if len(self._under_way) > _UNDER_WAY // 2:
            return True
        hosts = Counter(self._under_way.values())
        found = self._state.waiting(now)
        for waits in found:
            if len(self._under_way) >= _UNDER_WAY:
                break
            if waits.key not in self._under_way and hosts[waits.host] < _OF_A_HOST:
                hosts[waits.host] += 1
                self._under_way[waits.key] = waits.host
                courier.send(Errand(waits.url, waits, _conditions(waits.etag, waits.last_modified), _PAGE))
        return bool(found)

    def _until(self, due: dict[str, float], courier: Courier, once: bool) -> float:
        """Seconds after which something may be due although nothing was received."""
        if courier.under_way:
            return 1.0
        moments = [*due.values(), self._state.next_due() or float("inf")]
        return min(max(min(moments) - self._clock(), 0.05), 5.0)

    # ------------------------------------------------------------------------------------------- feeds

    def _feed(
        self, feed: Followee, result: Fetched | FetchError, parsers: Parsers, due: dict[str, float]
    ) -> Iterator[Told]:
        now = self._clock()
        state = self._state.feed(feed.url)
        every = feed.every or self._every or self._feeds.every or EVERY
        self.tally.counts["feeds"] += 1
        listed: list[Listed] = []
        entries = 0
        failed: FetchError | FeedError | None = None
        if isinstance(result, FetchError):
            failed = result
        elif result.status != 304:
            try:
                found = parsers.feed(result.data, result.url, result.content_type)
                entries = len(found)
                listed = [
                    Listed(key(e.url), plain(e.url), urlsplit(e.url).netloc.lower(), e.published, e.stamp)
                    for e in found
                    if _splits(e.url)
                ]
            except FeedError as error:
                failed = error
        if failed is not None:
            failures = state.failures + 1
            pause = max(min(every * 2 ** min(failures - 1, 16), _LONGEST), getattr(failed, "wait", None) or 0.0)
            due[feed.url] = now + pause
            self._state.note_feed(state._replace(due=now + pause, failures=failures))
            if isinstance(failed, FetchError):
                yield from self._fault(failed.subject, failed.reason, now)
            else:
                yield from self._fault(feed.url, str(failed), now)
            return
        assert isinstance(result, Fetched)
        due[feed.url] = now + every
        new = FeedState(
            feed.url,
            result.etag if result.status == 200 else state.etag,
            result.last_modified if result.status == 200 else state.last_modified,
            now + every, 0, now,
        )  # fmt: skip
        self._state.note_feed(new, listed, now)
        self._well(feed.url, now)
        if len(listed) < entries:
            yield from self._fault(feed.url, "entries without an address of the web are left out", now)
        if result.status == 200 and not entries:
            yield from self._fault(feed.url, "the feed lists no articles", now)

    # ----------------------------------------------------------------------------------------- articles

    def _article(self, waits: Waiting, result: Fetched | FetchError, parsers: Parsers) -> Iterator[Told]:
        now = self._clock()
        if isinstance(result, FetchError):
            yield from self._not_fetched(waits, result, now)
            return
        self._well(waits.url, now)
        if result.status == 304:
            self._state.unchanged(waits.key)
            return
        feed = self._by_url.get(waits.feed or "")
        try:
            article = parsers.page(result.data, result.content_type)
        except PageError as error:
            yield from self._left(waits, waits.url, str(error), now, result)
            return
        # Before the analyser, which takes a thousand times as long.
        verdict = judge(replace(article, language=feed.language if feed else None), self._relevant_only)
        if verdict.why == LANGUAGE:
            self.tally.counts["foreign"] += 1
            yield from self._left(
                waits, waits.feed or waits.host, "articles in other languages are left out", now, result
            )
            return
        placed = self._pages.place(verdict.report, waits.url, result, feed.publisher if feed else None, waits.published)
        report = placed.report
        if verdict.why is not None and not placed.known:  # a report that is kept stays in step with its page
            self._filter(waits, report, verdict.score or 0.0, now, result)
            return
        kept = self._writer.kept(report)
        if kept is None:
            self._reader = self._reader or self._factory()  # made late: feeds without news need no weights
            read = read_one(self._reader, waits.url, report)
            if isinstance(read, Fault):
                yield from self._left(waits, waits.url, read.message, now, result)
                return
            added = keep(self._writer, read)
            id, outcome, findings = added.id, added.outcome, added.findings
        else:
            id, outcome, findings = kept[0], "same", 0
        original = self._pages.link(id, report) if outcome == "new" else None
        self._state.settle([(waits.key, waits.url), *placed.keys], id, now, result.etag, result.last_modified)
        self.tally.counts[outcome] += 1
        self.tally.counts["findings"] += findings
        self.tally.counts["copies"] += original is not None
        if outcome != "same":
            yield Told(_kept_line(id, outcome, findings, original, report.title))

    def _not_fetched(self, waits: Waiting, error: FetchError, now: float) -> Iterator[Told]:
        yield from self._fault(error.subject, error.reason, now)
        # What concerns a host passes or not, whatever was tried of this article; robots.txt is one of its rules.
        if error.lasting and error.scope == "address":
            self.tally.counts["left"] += 1
            self._state.settle([(waits.key, waits.url)], None, now)
        elif now - waits.found > _PATIENCE:
            yield from self._left(
                waits, waits.host, "articles could not be fetched for three days; left out", now, None
            )
        else:
            pause = min(_FIRST_PAUSE * 2 ** min(waits.tries, 16), _LONGEST_PAUSE)
            self._state.postpone(waits.key, now + max(pause, error.wait or 0.0), waits.tries + 1)

    def _filter(self, waits: Waiting, report: Report, score: float, now: float, answer: Fetched) -> None:
        """The article is other news: not read, not fetched again unless it changes, and noted down in the store."""
        note = Filtered(
            report.url or waits.url, report.title, report.publisher, report.published, report.language, score, now
        )
        self._state.filtered(waits.key, note)
        self._state.settle([(waits.key, waits.url)], None, now, answer.etag, answer.last_modified)
        self.tally.counts["filtered"] += 1

    def _left(self, waits: Waiting, subject: str, reason: str, now: float, answer: Fetched | None) -> Iterator[Told]:
        """The article is none, or none that can be read: it is not fetched again unless its feed says that it changed."""
        etag, modified = (answer.etag, answer.last_modified) if answer else (None, None)
        self._state.settle([(waits.key, waits.url)], None, now, etag, modified)
        self.tally.counts["left"] += 1
        yield from self._fault(subject, reason, now)

    # ------------------------------------------------------------------------------------------- faults

    def _fault(self, subject: str, reason: str, now: float) -> Iterator[Told]:
        if self._state.fault(subject, reason, now):
            self.tally.counts["faults"] += 1
            yield Told(str(Fault(subject, "", reason)), fault=True)

    def _well(self, url: str, now: float) -> None:
        """An address answered, so its host does too."""
        self._state.well(url, now)
        self._state.well(urlsplit(url).netloc.lower(), now)


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    found = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    # A server's own words come back to it as they were; what HTTP cannot carry is left out.
    return {name: value for name, value in found.items() if value and value.isascii() and value.isprintable()}


def _splits(url: str) -> bool:
    try:
        return bool(urlsplit(url).netloc) and bool(key(url))
    except ValueError:
        return False


def _kept_line(id: str, outcome: str, findings: int, original: str | None, title: str | None) -> str:
    parts = [f"{findings} finding{'s' * (findings != 1)}"]
    if outcome == "changed":
        parts.append("a new version")
    if original:
        parts.append(f"a copy of {original}")
    line = f"{id}: {', '.join(parts)}" + (f" «{title}»" if title else "")
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line)
