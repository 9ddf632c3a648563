"""Fetched pages to reports: which kept report an address stands for, if any, and which reports are copies of others."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from lagebild.intake.canonical import key, plain, report_id, site, stated
from lagebild.intake.fetch import Fetched
from lagebild.model import Report
from lagebild.picture.copies import CopyFinder
from lagebild.store import StoreError, Writer
from lagebild.store.adding import alike
from lagebild.store.followed import Followed

#: Days of kept reports among which copies are looked for; see picture/copies.py.
_DAYS = 4


@dataclass(frozen=True, slots=True)
class Placed:
    """A report with the id and address under which it is kept or will be; `keys`: all (key, address) that lead to it.

    `known`: the store has it already, in these words or others.
    """

    report: Report
    keys: Sequence[tuple[bytes, str]]
    known: bool = True


class Pages:
    """Knows the reports of a store by their addresses and words; for one thread."""

    def __init__(self, writer: Writer, clock: Callable[[], float] = time.time) -> None:
        self._writer, self._clock = writer, clock
        self.followed = Followed(writer)
        self._copies = CopyFinder(self._text)
        for kept in writer.reports(since=self._today(_DAYS + 1)):
            self._copies.add(kept.id, kept.day, kept.report.text)

    def place(
        self, article: Report, asked: str, fetched: Fetched, publisher: str | None = None, published: str | None = None
    ) -> Placed:
        """The report of a fetched page.

        The same article under several addresses is one report: its address is what the page states (if it is of the same
        site), else where redirects ended. `publisher` counts before what the page says, `published` only if it says nothing.
        """
        here, claimed = plain(fetched.url), stated(fetched.url, article.url)
        report = replace(
            article,
            publisher=publisher or article.publisher or site(urlsplit(here).netloc),
            published=article.published or published,
        )
        known = self.followed.report_at([key(claimed)])
        if known and key(claimed) != key(here) and not self._alike(known, report.text):
            # One address stated by unlike articles: a mistake of the site's, which must not make one report of them.
            known, claimed = None, here
        known = known or self.followed.report_at([key(here), key(asked)]) or self._same_words(report, here)
        keys = list({key(url): url for url in (plain(asked), here, claimed)}.items())
        if known is None:
            return Placed(replace(report, id=report_id(claimed), url=claimed), keys, known=False)
        kept = self._writer.report(known).report
        if _words(kept.text) == _words(report.text):
            return Placed(replace(kept, id=known, findings=(), quotes=(), times=(), zones=(), reader=None), keys)
        return Placed(replace(report, id=known, url=kept.url or claimed), keys)

    def link(self, id: str, report: Report) -> str | None:
        """Keeps of which report a new one is a copy, if it is one; gives that one."""
        day = report.published or self._today()
        found = self._copies.add(id, day, report.text)
        if found is None or found == id:
            return None
        self.followed.link_copy(id, found)
        return self.followed.original_of(id)

    def forget(self) -> None:
        """Forgets reports that are too old to be copied."""
        self._copies.forget(self._today())

    def _today(self, before: int = 0) -> str:
        """This day, or one some days before, in UTC."""
        return (datetime.fromtimestamp(self._clock(), UTC).date() - timedelta(days=before)).isoformat()

    def _same_words(self, report: Report, here: str) -> str | None:
        """The report of the same site with the very same text: a page without canonical link under a second address."""
        day = report.published or self._today()
        found = self._copies.find(day, report.text)
        if found is None:
            return None
        kept = self._writer.report(found).report
        ours = site(urlsplit(kept.url or "").netloc) == site(urlsplit(here).netloc)
        return found if ours and _words(kept.text) == _words(report.text) else None

    def _alike(self, id: str, text: str) -> bool:
        return alike(self._text(id), text)

    def _text(self, id: str) -> str:
        try:
            return self._writer.report(id).report.text
        except StoreError:  # removed meanwhile
            return ""


def _words(text: str) -> list[str]:
    return text.split()
