"""A report's text with its findings marked in it: cut at every border of a trigger or of its evidence, escaped piece by piece."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lagebild.model import Event, Finding, Quote, Report
from lagebild.render import GROUPS, group

#: The kinds of findings in the order of the key.
KINDS = (*GROUPS, "figure")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. `trigger` names the finding whose trigger it is, `kind` its group; `within`: whose evidence."""

    text: str
    trigger: str | None
    kind: str | None
    within: tuple[str, ...]
    first: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """The quotations of one speaker."""

    speaker: str
    quotes: tuple[tuple[str, str, str], ...]


def kind(finding: Finding) -> str:
    """The group of a finding: fact, claim, belief, plan, demand, possible, condition, denial, or figure."""
    return group(finding) if isinstance(finding, Event) else "figure"


def paragraphs(report: Report) -> list[list[Piece]]:
    """The text by paragraphs. Spans that lie outside of the text are cut to it."""
    made: list[list[Piece]] = [[]]
    for piece in _pieces(report.text, report.findings):
        lines = piece.text.split("\n")
        for n, line in enumerate(lines):
            if n:
                made.append([])
            if line:
                made[-1].append(Piece(line, piece.trigger, piece.kind, piece.within, piece.first and n == 0))
    return [p for p in made if any(piece.text.strip() for piece in p)]


def _pieces(text: str, findings: Sequence[Finding]) -> Iterator[Piece]:
    size = len(text)

    def cut(span: tuple[int, int]) -> tuple[int, int]:
        start = min(max(0, span[0]), size)
        return start, min(max(start, span[1]), size)

    spans = [(f, cut(f.trigger_span), cut(f.evidence_span)) for f in findings]
    borders = sorted({0, size, *(edge for _, t, e in spans for edge in (*t, *e))})
    starts: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for n, (_, _, evidence) in enumerate(spans):
        starts.setdefault(evidence[0], []).append(n)
        ends.setdefault(evidence[1], []).append(n)
    # The shortest trigger over a stretch is the one to be pointed at.
    triggers = sorted(spans, key=lambda s: s[1][1] - s[1][0], reverse=True)
    over: dict[int, tuple[Finding, int]] = {}
    for finding, (start, end), _ in triggers:
        for edge in borders[bisect_left(borders, start) : bisect_left(borders, end)]:
            over[edge] = finding, start
    active: dict[int, None] = {}
    for start, end in pairwise(borders):
        for n in ends.get(start, ()):
            active.pop(n, None)
        for n in starts.get(start, ()):
            active[n] = None
        finding_, first = over.get(start, (None, -1))
        yield Piece(
            text[start:end], finding_.id if finding_ else None, kind(finding_) if finding_ else None,
            tuple(spans[n][0].id for n in active), first == start,
        )  # fmt: skip


def spoken(report: Report, unnamed: str) -> list[Spoken]:
    """The quotations by speaker, as the text names them, in the order of the text."""
    by_speaker: dict[str, list[tuple[str, str, str]]] = {}
    for quote in report.quotes:
        speaker = " … ".join(report.text[a:b] for a, b in quote.speaker).strip() or unnamed
        by_speaker.setdefault(speaker, []).append((quote.type, _words(report, quote), _finding(report, quote)))
    return [Spoken(speaker, tuple(quotes)) for speaker, quotes in by_speaker.items()]


def _words(report: Report, quote: Quote) -> str:
    return " … ".join(report.text[a:b] for a, b in quote.quote)


def _finding(report: Report, quote: Quote) -> str:
    """The first finding that lies in the quotation, or nothing."""
    for finding in report.findings:
        if any(a <= finding.trigger_span[0] < b for a, b in quote.quote):
            return finding.id
    return ""
