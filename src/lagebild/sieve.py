"""Takes from a stream of reports what is to be read: other languages and irrelevant reports are counted, listed, left out.

`judge` is one report's verdict (a pure function, for programs that spread the work); `Sieve` does it for a stream and keeps
count, so that nothing is left out without a word.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TextIO

from lagebild.batch import Item
from lagebild.errors import Fault
from lagebild.language.identify import identify
from lagebild.lexicon.loader import LANGUAGES
from lagebild.model import Report
from lagebild.reading.relevance import relevance

#: Why a report is not read.
LANGUAGE, IRRELEVANT = "another language", "not relevant"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a report: `report` with its language filled in, `why` it is left out (None: it is to be read)."""

    report: Report
    why: str | None = None
    score: float | None = None


def judge(report: Report, relevant_only: bool = True) -> Verdict:
    """Whether a report is to be read; its text is taken as it is, nothing is analysed. Never raises."""
    language = report.language or identify(report.text).language
    report = replace(report, language=language)
    if language not in LANGUAGES:
        return Verdict(report, LANGUAGE)
    if not relevant_only:
        return Verdict(report)
    found = relevance(report.text if report.title is None else f"{report.title}\n{report.text}", language)
    return Verdict(report, None if found.relevant else IRRELEVANT, round(found.score, 2))


class Sieve:
    """Sifts (source, report) pairs. `listing`: where a line of JSON is written for each report that is left out."""

    def __init__(self, relevant_only: bool, listing: TextIO | None = None) -> None:
        self._relevant_only = relevant_only
        self._listing = listing
        self.languages: Counter[str] = Counter()
        self.irrelevant = 0

    def sift(self, items: Iterable[Item]) -> Iterator[Item]:
        """What is to be read, with the faults between; at the end of all a note on what was left out.

        A source that is one single report is not skipped for its language: whoever names it is told by the reader.
        """
        held: tuple[str, Report] | None = None  # the first report of a source, until it is known whether more follow
        source, many = "", False
        for name, item in items:
            if name != source:
                if held is not None:
                    yield from self._pass(*held, alone=not many)
                held, source, many = None, name, False
            if isinstance(item, Fault):
                yield name, item
                continue
            if held is not None:
                many = True
                yield from self._pass(*held, alone=False)
            held = (name, item)
        if held is not None:
            yield from self._pass(*held, alone=not many)
        if note := self.summary():
            yield "", Fault("left out", "", note, note=True)

    def summary(self) -> str:
        """What was left out, in one line; empty if nothing was."""
        parts = []
        if self.languages:
            listed = ", ".join(f"{count} {language}" for language, count in self.languages.most_common(12))
            parts.append(f"{_reports(sum(self.languages.values()))} in other languages ({listed})")
        if self.irrelevant:
            parts.append(f"{_reports(self.irrelevant)} not relevant")
        return "; ".join(parts)

    def _pass(self, source: str, report: Report, alone: bool) -> Iterator[Item]:
        verdict = judge(report, self._relevant_only)
        if verdict.why is None or (alone and verdict.why == LANGUAGE):
            # What nobody has looked at stays as it came: the reader finds the language out in the same way.
            yield source, report if alone else verdict.report
            return
        if verdict.why == LANGUAGE:
            self.languages[verdict.report.language or ""] += 1
        else:
            self.irrelevant += 1
        if self._listing is not None:
            line = {
                "id": report.id, "source": source, "title": report.title, "url": report.url, "why": verdict.why,
                "language": verdict.report.language, "score": verdict.score,
            }  # fmt: skip
            self._listing.write(json.dumps(line, ensure_ascii=True) + "\n")


def _reports(count: int) -> str:
    return f"{count} report{'s' * (count != 1)}"
