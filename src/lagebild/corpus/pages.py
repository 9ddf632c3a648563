"""The records of a piece: reports to read, and what is left out before the analyser sees it, with the reason."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from lagebild.corpus import warc
from lagebild.corpus.plan import Piece
from lagebild.corpus.rows import Aside
from lagebild.errors import Fault
from lagebild.intake import load
from lagebild.intake.warc import Page, article, decoded
from lagebild.language.identify import identify
from lagebild.model import Report
from lagebild.reading.relevance import relevance
from lagebild.sieve import judge

#: Characters of paragraphs, and certainty, with which a page may be passed over before its article is looked for.
_ENOUGH = 200
_SURE = 0.99
#: Below this score of their paragraphs pages are passed over; what lies between it and 0 is judged by its article.
_HOPELESS = -1.5
_PARAGRAPH = re.compile(
    r"<p(?:\s[^<>]{0,2000})?>(.{1,20000}?)(?=</p>|<p[\s>]|</div>|</article>|</body>)", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<[^<>]{1,2000}>")
Clock = Callable[[str], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True)
class Taken:
    """A record: a report to read, what is set aside, or a word for what is only counted."""

    source: str
    record: int
    item: Report | Aside | str


def taken(piece: Piece, languages: Sequence[str], everything: bool, clock: Clock) -> Iterator[Taken]:
    """All records of a piece in their order. `languages`: which are read."""
    for source, record, item in _warc(piece, languages, everything, clock) if piece.is_warc else _files(piece):
        if isinstance(item, Report):
            with clock("choosing"):
                chosen = _chosen(source, record, item, languages, everything)
            yield Taken(source, record, chosen)
        else:
            yield Taken(source, record, item)


def _chosen(source: str, record: int, report: Report, languages: Sequence[str], everything: bool) -> Report | Aside:
    verdict = judge(report, not everything)
    if verdict.report.language not in languages:
        return Aside(source, record, "language", verdict.report.language or "", report.url)
    if verdict.why is not None:
        return Aside(source, record, "irrelevant", f"score {verdict.score}", report.url)
    return verdict.report


def _warc(
    piece: Piece, languages: Sequence[str], everything: bool, clock: Clock
) -> Iterator[tuple[str, int, Report | Aside | str]]:
    (path,) = piece.files
    for record, found in warc.records(path, piece.offset, piece.first, piece.count):
        if isinstance(found, str):
            yield path, record, "no page"
        elif isinstance(found, Fault):
            yield path, record, Aside(path, record, "unreadable", found.message)
        elif found is not None:
            with clock("extracting"):
                taken_from = _article(found, record, languages, everything)
            yield path, record, taken_from


def _article(page: Page, record: int, languages: Sequence[str], everything: bool) -> Report | Aside:
    # Finding the article takes ten times as long as a glance at the paragraphs, and most archives hold mostly other pages.
    glimpse = paragraphs(decoded(page))
    if len(glimpse) >= _ENOUGH:
        found = identify(glimpse)
        if found.language not in languages:
            if found.confidence >= _SURE:
                return Aside(page.source, record, "language", found.language, page.url)
        elif not everything and (score := relevance(glimpse, found.language).score) < _HOPELESS:
            return Aside(page.source, record, "irrelevant", f"score {score:.2f} at a glance", page.url)
    report = article(page)
    return report if isinstance(report, Report) else Aside(page.source, record, "no article", "", page.url)


def paragraphs(page: str) -> str:
    """The words of a page's paragraphs, roughly: enough to tell its language and what it is about."""
    return "\n".join(html.unescape(_TAG.sub(" ", found)) for found in _PARAGRAPH.findall(page))


def _files(piece: Piece) -> Iterator[tuple[str, int, Report | Aside | str]]:
    for path in piece.files:
        for number, item in enumerate(load(path), 1):
            if number % piece.parts != piece.part:
                continue
            if isinstance(item, Fault):
                if not item.note:
                    where = ", ".join(part for part in (item.where, item.message) if part)
                    yield path, number, Aside(path, number, "unreadable", where)
            else:
                yield path, number, item
