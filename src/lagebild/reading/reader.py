"""Reads a report: analyses it, piece by piece where it is long, and puts its findings, quotations and times together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from importlib.metadata import PackageNotFoundError, version

from lagebild.errors import UnreadableReport
from lagebild.intake.pieces import pieces
from lagebild.intake.text import identity
from lagebild.intake.zones import breaks, zones
from lagebild.language import load_analyser
from lagebild.language.document import Analyser, Document
from lagebild.language.identify import identify
from lagebild.model import (
    Figure,
    Finding,
    Quote,
    Report,
    TimeExpression,
)
from lagebild.reading.events import Voices, find_acts
from lagebild.reading.fields import judge_figure
from lagebild.reading.figures import find_figures
from lagebild.reading.findings import Work
from lagebild.reading.joining import moved, moved_quote, numbered
from lagebild.reading.speech import find_speech, quotes
from lagebild.reading.times import find_times

LANGUAGES = ("de", "en")


class Reader:
    """Turns reports into findings. One object may serve several threads.

    `events` says which voice finds acts: the lexicon's frames, the learned head, or both fused. `analyser` may be any
    that speaks Universal Dependencies (default: the program's own).
    """

    def __init__(self, analyser: Analyser | None = None, events: Voices = "both", threads: int = 1) -> None:
        self._analyser = analyser or load_analyser(threads=threads)
        self._voices = events
        weights = getattr(self._analyser, "version", "")
        try:
            program = version("lagebild")
        except PackageNotFoundError:
            program = "unknown"
        self.version = f"lagebild {program}, {self._analyser.name} weights {weights}, events {events}"

    def read(
        self,
        text: str,
        *,
        published: str | date | None = None,
        language: str = "auto",
        id: str | None = None,
        title: str | None = None,
        url: str | None = None,
        publisher: str | None = None,
    ) -> Report:
        """Reads one text. `published` is a day (ISO) that relative times are resolved against; `language` de, en, auto.

        Raises UnreadableReport for an empty text or another language, ValueError for a date that is none.
        """
        if isinstance(published, date):
            published = published.isoformat()
        elif published is not None:
            date.fromisoformat(published)
        report = Report(
            id=id if id is not None else identity(text),
            text=text,
            title=title,
            url=url,
            publisher=publisher,
            published=published,
            language=None if language == "auto" else language,
        )
        return self.read_report(report)

    def read_report(self, report: Report) -> Report:
        """The report with its findings, quotations and times. Raises UnreadableReport."""
        if not report.text.strip():
            raise UnreadableReport("the text is empty")
        language = report.language
        if language is None:
            language = identify(report.text).language
        if language not in LANGUAGES:
            found = "it has no words" if language == "zxx" else f"language {language!r} is not read"
            raise UnreadableReport(f"{found}; only German and English are read (--language de|en)")
        published = _day(report.published)
        findings: list[Finding] = []
        said: list[Quote] = []
        times: list[TimeExpression] = []
        for start, end in pieces(report.text):
            part = self._read_part(report.text[start:end], language, published, report.title or "")
            findings += [moved(f, start) for f in part[0]]
            said += [moved_quote(q, start) for q in part[1]]
            times += [replace(t, span=(t.span[0] + start, t.span[1] + start)) for t in part[2]]
        return replace(
            report,
            language=language,
            zones=zones(report.text),
            findings=tuple(numbered(findings)),
            quotes=tuple(said),
            times=tuple(times),
            reader=self.version,
        )

    def analyse(self, text: str, language: str) -> Document:
        """The parsed sentences of a text, as the reading sees them."""
        return self._analyser.analyse(text, language, breaks(text))

    def _read_part(
        self, text: str, language: str, published: date | None, title: str
    ) -> tuple[list[Finding], tuple[Quote, ...], list[TimeExpression]]:
        document = self.analyse(text, language)
        utterances = find_speech(document)
        times = find_times(document, published)
        work = Work(document, published, utterances, times, title)
        findings: list[Finding] = [
            *work.events(find_acts(document, self._voices)),
            *work.figures(find_figures(document, times, judge_figure)),
        ]
        findings.sort(key=lambda f: (f.trigger_span, isinstance(f, Figure), f.id))
        return findings, quotes(document, utterances), [t.expression for t in times]


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def read(text: str, *, published: str | date | None = None, language: str = "auto") -> Report:
    """Reads one text with a reader of its own; for many texts make a Reader once."""
    return Reader().read(text, published=published, language=language)


def read_all(reports: Iterable[Report]) -> Iterator[Report]:
    """Reads reports one after the other with one reader. Raises UnreadableReport at the first that cannot be read."""
    reader = Reader()
    for report in reports:
        yield reader.read_report(report)
