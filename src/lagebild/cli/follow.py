"""`lagebild follow`: feeds into the store, once or for as long as it runs; and the addresses that `lagebild add` is given."""

from __future__ import annotations

import argparse
import signal
import time
from collections.abc import Iterator
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lagebild.cli.common import Commands, make_reader, many, say, store_option, table
from lagebild.errors import Fault

if TYPE_CHECKING:
    from lagebild.follow import FeedList, Pages, Tally
    from lagebild.follow.pages import Placed
    from lagebild.intake.fetch import Fetched, Fetcher
    from lagebild.model import Report
    from lagebild.store import Writer
    from lagebild.store.adding import Added

EXAMPLES = """\
  lagebild add https://example.org/news/treaty        fetch one article and keep it
  lagebild follow feeds.toml --every 15m              keep what feeds bring, day and night
"""


def register(commands: Commands) -> None:
    """Adds the commands of this group."""
    follow = commands.add_parser("follow", help="follow feeds: fetch their articles, read and keep them")
    follow.add_argument("feeds", metavar="FEEDS.TOML", type=Path, help="the feeds (docs/follow.md)")
    how = follow.add_mutually_exclusive_group()
    how.add_argument("--once", action="store_true", help="ask every feed once, fetch what is due, stop")
    how.add_argument("--every", type=_period, metavar="TIME", help="ask each feed so often: 15m (default), 2h, 1d")
    how.add_argument("--list", action="store_true", help="say how the feeds stand and what is wrong; fetch nothing")
    how.add_argument("--filtered", action="store_true", help="list what was left out as not relevant; fetch nothing")
    follow.add_argument(
        "--all", action="store_true", help="read what the fast filter takes for other news, too (docs/formats.md)"
    )
    follow.add_argument("--events", choices=("lexicon", "head", "both"), default="both", help="as in `lagebild read`")
    host_option(follow)
    store_option(follow)
    follow.set_defaults(run=_follow)


def host_option(parser: argparse.ArgumentParser) -> None:
    """The option that allows hosts that are not public."""
    parser.add_argument(
        "--allow-host", action="append", default=[], metavar="HOST",
        help="fetch from this host though its address is not public; may be repeated",
    )  # fmt: skip


def is_address(source: str) -> bool:
    """Whether a source is an address of the web, not a file."""
    return source.lower().startswith(("http://", "https://"))


def make_fetcher(allowed: list[str], contact: str | None = None) -> Fetcher:
    """A fetcher that names this program, its version and, if given, whom a site may write to."""
    from lagebild import __version__
    from lagebild.errors import LagebildError
    from lagebild.intake.addresses import Refused
    from lagebild.intake.fetch import PRODUCT, Fetcher

    agent = f"{PRODUCT}/{__version__} (news reader{'; +' + contact if contact else ''})"
    try:
        return Fetcher(allowed=allowed, agent=agent)
    except Refused as error:
        raise LagebildError(f"--allow-host: {error}") from None


def fetch_and_keep(
    writer: Writer, urls: list[str], options: argparse.Namespace, published: str | None
) -> Iterator[Added | Fault]:
    """Fetches single articles and keeps them; a pause lies between two of one host."""
    from dataclasses import replace
    from urllib.parse import urlsplit

    from lagebild.follow import Pages
    from lagebild.follow.feedlist import DELAY
    from lagebild.intake.fetch import FetchError
    from lagebild.intake.isolated import Parsers
    from lagebild.intake.robots import Robots
    from lagebild.intake.webpage import PageError
    from lagebild.store.adding import add

    fetcher = make_fetcher(options.allow_host)
    robots, pages = Robots(fetcher), Pages(writer)
    factory = cache(partial(make_reader, options.events))
    hosts: set[str] = set()
    with Parsers() as parsers:
        for url in urls:
            host = urlsplit(url).netloc.lower()
            if host in hosts:
                time.sleep(DELAY)
            hosts.add(host)
            try:
                found = fetcher.get(url, permit=robots.permit)
                article = parsers.page(found.data, found.content_type)
            except FetchError as error:
                yield Fault(error.subject, "", error.reason)
                continue
            except PageError as error:
                yield Fault(url, "", str(error))
                continue
            placed = pages.place(article, url, found)
            report = replace(
                placed.report,
                published=published or placed.report.published,
                language=options.language if options.language != "auto" else placed.report.language,
            )
            for result in add(writer, [(url, report)], factory):
                if not isinstance(result, Fault):
                    _settle(pages, url, report, placed, result, found)
                yield result


def _settle(pages: Pages, url: str, report: Report, placed: Placed, kept: Added, found: Fetched) -> None:
    """Notes down which kept report the address stands for, and whose copy it is."""
    from lagebild.intake.canonical import key, plain

    if kept.outcome == "new" and (original := pages.link(kept.id, report)):
        say(f"{kept.id}: a copy of {original}, kept beside it")
    pages.followed.settle([(key(url), plain(url)), *placed.keys], kept.id, time.time(), found.etag, found.last_modified)


def _follow(options: argparse.Namespace) -> int:
    from lagebild.follow import Follower, load_feeds
    from lagebild.store import open_writer

    feeds = load_feeds(options.feeds)
    if options.list:
        return _list(options, feeds)
    if options.filtered:
        return _filtered(options)
    fetcher = make_fetcher([*feeds.allow_hosts, *options.allow_host], feeds.contact)
    signal.signal(signal.SIGTERM, _stop)
    with open_writer(options.store) as writer:
        reader = partial(make_reader, options.events)
        follower = Follower(writer, feeds, fetcher, reader, options.every, relevant_only=not options.all)
        try:
            for told in follower.run(options.once):
                if told.fault:
                    say(told.line)
                else:
                    print(told.line, flush=True)
        finally:  # also if it is stopped: what was kept stays
            print(_summary(follower.tally, writer), flush=True)
    return 0


def _stop(*_: object) -> None:
    """A request to end is like Ctrl-C."""
    raise KeyboardInterrupt


def _summary(tally: Tally, writer: Writer) -> str:
    n = tally.counts
    kept = n["new"] + n["changed"]
    words = f"{many(kept, 'report')} kept ({n['new']} new, {n['changed']} changed, {n['same']} kept before), "
    words += f"{many(n['findings'], 'finding')}"
    for key, singular, plural in (
        ("copies", "copy of another report", "copies of other reports"),
        ("left", "address left out", "addresses left out"),
    ):
        if n[key]:
            words += f", {n[key]} {singular if n[key] == 1 else plural}"
    if n["foreign"]:
        words += f" ({n['foreign']} in other languages)"
    if n["filtered"]:
        words += f", {n['filtered']} not relevant"
    if tally.waiting:
        words += f", {tally.waiting} to be tried again"
    return f"{words}: {writer.path}"


def _list(options: argparse.Namespace, feeds: FeedList) -> int:
    from lagebild.cli.common import kept_store
    from lagebild.render import clean
    from lagebild.store.followed import Followed

    with kept_store(options.store) as writer:
        followed = Followed(writer)
        rows: list[Any] = [("FEED", "ANSWERED", "NEXT", "STATE")]
        for feed in feeds.feeds:
            state = followed.feed(feed.url)
            how = (
                f"failed {state.failures} times" if state.failures > 1 else "failed once" if state.failures else "well"
            )
            if not state.failures and state.fetched is None:
                how = "not asked yet"
            rows.append((clean(feed.url), _moment(state.fetched), _moment(state.due or None), how))
        print(table(rows))
        for fault in followed.fault_states():
            times = f"since {_moment(fault.first)}, {many(fault.times, 'time')}"
            print(clean(str(Fault(fault.subject, "", f"{fault.reason} ({times})"))))
        waiting = followed.count("waiting")
        if waiting:
            print(f"{many(waiting, 'article')} to be fetched")
        if filtered := len(followed.filtered_articles()):
            print(f"{many(filtered, 'article')} left out as not relevant: `lagebild follow {options.feeds} --filtered`")
    return 0


def _filtered(options: argparse.Namespace) -> int:
    """What the relevance filter left out, the latest first; `lagebild add URL` reads one of them all the same."""
    from lagebild.cli.common import kept_store
    from lagebild.render import clean
    from lagebild.store.followed import Followed

    with kept_store(options.store) as writer:
        found = Followed(writer).filtered_articles()
    rows: list[Any] = [("LEFT OUT", "SCORE", "PUBLISHER", "TITLE", "ADDRESS")]
    for one in found:
        publisher, title = clean(one.publisher or ""), clean(one.title or "")
        rows.append((_moment(one.moment), f"{one.score:.2f}", _cut(publisher, 20), _cut(title, 50), clean(one.url)))
    print(table(rows) if found else "nothing was left out as not relevant")
    return 0


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _moment(seconds: float | None) -> str:
    return "never" if seconds is None else datetime.fromtimestamp(seconds).strftime("%Y-%m-%d %H:%M")


def _period(value: str) -> float:
    from lagebild.follow.feedlist import SHORTEST, period

    try:
        seconds = period(value)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if seconds < SHORTEST:
        raise argparse.ArgumentTypeError(f"{value!r} is shorter than {SHORTEST:g}s")
    return seconds
