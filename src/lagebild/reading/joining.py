"""Findings and quotations of the pieces of a long report as those of the whole: offsets into its text, one row of ids."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lagebild.model import Event, Figure, Finding, Party, Place, Quote, Span, Time


def numbered(findings: list[Finding]) -> Iterator[Finding]:
    """Findings in text order with ids e1, e2 … and f1, f2 …; conditions follow their events' new ids."""
    names: dict[str, str] = {}
    counts = {"e": 0, "f": 0}
    for finding in findings:
        kind = "e" if isinstance(finding, Event) else "f"
        counts[kind] += 1
        names[finding.id] = f"{kind}{counts[kind]}"
    for finding in findings:
        name = names[finding.id]
        if isinstance(finding, Event) and finding.conditions:
            yield replace(finding, id=name, conditions=tuple(names[c] for c in finding.conditions))
        else:
            yield finding if finding.id == name else replace(finding, id=name)


def moved(finding: Finding, by: int) -> Finding:
    """A finding of a piece that begins at `by`: offsets into the whole text, ids that differ between pieces."""
    if by == 0:
        return finding

    def shift(span: tuple[int, int] | None) -> tuple[int, int] | None:
        return (span[0] + by, span[1] + by) if span else None

    def party(p: Party) -> Party:
        return replace(p, span=shift(p.span))

    def place(p: Place | None) -> Place | None:
        return replace(p, span=shift(p.span)) if p else None

    def time(t: Time | None) -> Time | None:
        return replace(t, span=shift(t.span)) if t else None

    a, b = finding.trigger_span, finding.evidence_span
    there: Finding = replace(
        finding,
        id=f"{finding.id}@{by}",
        trigger_span=(a[0] + by, a[1] + by),
        evidence_span=(b[0] + by, b[1] + by),
        said_by=tuple(map(party, finding.said_by)),
        place=place(finding.place),
        time=time(finding.time),
    )
    if isinstance(there, Figure):
        return there
    return replace(
        there,
        conditions=tuple(f"{c}@{by}" for c in there.conditions),
        actors=tuple(map(party, there.actors)),
        recipients=tuple(map(party, there.recipients)),
    )


def moved_quote(quote: Quote, by: int) -> Quote:
    """A quotation of a piece that begins at `by`, with offsets into the whole text."""
    if by == 0:
        return quote

    def shift(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple((a + by, b + by) for a, b in spans)

    return replace(
        quote,
        quote=shift(quote.quote),
        speaker=shift(quote.speaker),
        cue=shift(quote.cue),
        frame=shift(quote.frame),
        addressee=shift(quote.addressee),
    )
