"""The records of a piece: reports to read, and what is left out before the analyser sees it, with the reason."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from lagebild.corpus import warc
from lagebild.corpus.plan import Piece
from lagebild.corpus.rows import Aside
from lagebild.errors import Fault
from lagebild.intake import load
from lagebild.intake.warc import Page, article, decoded
from lagebild.language.identify import identify
from lagebild.model import Report

#: The languages that are read.
LANGUAGES = ("de", "en")
#: Characters of paragraphs, and certainty, with which a page is passed over for its language before its article is looked for.
_ENOUGH = 200
_SURE = 0.99
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


def taken(piece: Piece, language: str | None, everything: bool, clock: Clock) -> Iterator[Taken]:
    """All records of a piece in their order. `language`: what all texts are in; None finds it out."""
    for source, record, item in _warc(piece, language, clock) if piece.is_warc else _files(piece):
        if isinstance(item, Report):
            with clock("choosing"):
                chosen = _chosen(source, record, item, language, everything)
            yield Taken(source, record, chosen)
        else:
            yield Taken(source, record, item)


def _chosen(source: str, record: int, report: Report, language: str | None, everything: bool) -> Report | Aside:
    found = language or report.language or identify(report.text).language
    if found not in LANGUAGES:
        return Aside(source, record, "language", found, report.url)
    return replace(report, language=found)


def _warc(piece: Piece, language: str | None, clock: Clock) -> Iterator[tuple[str, int, Report | Aside | str]]:
    (path,) = piece.files
    for record, found in warc.records(path, piece.offset, piece.first, piece.count):
        if isinstance(found, str):
            yield path, record, "no page"
        elif isinstance(found, Fault):
            yield path, record, Aside(path, record, "unreadable", found.message)
        elif found is not None:
            with clock("extracting"):
                taken_from = _article(found, record, language)
            yield path, record, taken_from


def _article(page: Page, record: int, language: str | None) -> Report | Aside:
    if language is None:
        # Finding the article takes ten times as long as a glance at the paragraphs, and most archives hold mostly other pages.
        glimpse = paragraphs(decoded(page))
        if len(glimpse) >= _ENOUGH:
            found = identify(glimpse)
            if found.language not in LANGUAGES and found.confidence >= _SURE:
                return Aside(page.source, record, "language", found.language, page.url)
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
