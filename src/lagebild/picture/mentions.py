"""Findings of kept reports as mentions and claims: parties resolved to identities, copies known, places of one name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lagebild.lexicon.topics import scope_of, shows
from lagebild.model import Event, Figure, Finding, Party, Time
from lagebild.picture.copies import origins
from lagebild.picture.days import ordinal
from lagebild.picture.identities import Identities
from lagebild.picture.told import Claim, Mention, Source
from lagebild.store.records import KeptReport, PartyDecision

#: Measures that count what there is, not what happened.
_STANDING = ("displaced", "affected", "troops", "fighters")
#: Acts of several sides, in which a speaker may well have a part.
_JOINT = ("CONSULT", "AGREE", "COOPERATE", "CONCEDE", "SUPPORT")
#: Of people hit in one attack, and characters within which the second number goes on with the first.
_HIT = frozenset({"killed", "wounded", "missing"})
_NEXT = 260
#: The end of a sentence, and characters within which it is looked for.
_STOP, _FAR = re.compile(r"[.!?;](?=\s|$)|\n"), 250
#: Days; a figure for a longer time is one of more than one event.
_LONG = 7


@dataclass(frozen=True, slots=True)
class Material:
    """All that the parts of a picture are derived from."""

    sources: tuple[Source, ...]
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    identities: Identities


#: Says whether a finding of a report belongs to the picture.
Belongs = Callable[[KeptReport, Finding], bool]


def material(kept: Sequence[KeptReport], decisions: Sequence[PartyDecision], belongs: Belongs) -> Material:
    """The mentions and claims of reports, in the order of their days; only findings that belong."""
    kept = sorted(kept, key=lambda k: (k.day, k.id))
    chosen = [(report, [f for f in report.findings if belongs(report, f)]) for report in kept]
    chosen = [(report, findings) for report, findings in chosen if findings]
    identities = Identities(_parties(chosen), decisions)
    origin = origins((k.id, k.day, k.report.text) for k, _ in chosen)
    mentions: list[Mention] = []
    claims: list[Claim] = []
    sources: list[Source] = []
    for report, findings in chosen:
        first = origin[report.id]
        for finding in findings:
            if isinstance(finding, Event):
                mentions.append(_mention(report, finding, first, identities))
            else:
                claims.append(_claim(report, finding, first, identities))
                if len(claims) > 1:
                    claims[-1] = _completed(claims[-1], claims[-2], report.report.language)
        sources.append(
            Source(
                report.id, report.day, report.publisher, report.report.title, report.url, report.report.language,
                len(findings), first if first != report.id else None,
            )
        )  # fmt: skip
    return Material(tuple(sources), tuple(mentions), tuple(claims), identities)


def _parties(chosen: Iterable[tuple[KeptReport, list[Finding]]]) -> Iterator[tuple[str, Party, str | None]]:
    for report, findings in chosen:
        language = report.report.language
        for finding in findings:
            groups = [finding.said_by]
            if isinstance(finding, Event):
                groups += [finding.actors, finding.recipients]
            for group in groups:
                for party in group:
                    yield report.id, party, language


def _ids(identities: Identities, report: str, parties: Sequence[Party]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(identities.of(report, party) for party in parties))


def _mention(kept: KeptReport, event: Event, origin: str, identities: Identities) -> Mention:
    place, time = event.place, _when(event, kept.day)
    type_, mode = _type(event, kept.report.language)
    return Mention(
        ref=f"{kept.id}#{event.id}",
        report=kept.id,
        day=kept.day,
        publisher=kept.publisher,
        origin=origin,
        type=type_,
        mode=mode,
        issue=event.issue,
        status=event.status,
        stance=event.stance,
        actors=_acting(_ids(identities, kept.id, event.actors), _ids(identities, kept.id, event.said_by), event.type),
        recipients=_ids(identities, kept.id, event.recipients),
        said_by=_ids(identities, kept.id, event.said_by),
        place=place.name if place else None,
        country=place.country if place else None,
        precision=place.precision if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        start=time.start if time else None,
        end=time.end if time else None,
        conditions=tuple(f"{kept.id}#{name}" for name in event.conditions),
        trigger=event.trigger,
        evidence=event.evidence,
        at=event.trigger_span[0],
        language=kept.report.language,
        corrected=event.id in kept.corrected,
        rest=_rest(kept.report.text, event.evidence_span[1]),
    )


def _type(event: Event, language: str | None) -> tuple[str, str | None]:
    """Type and mode of an event; a truce is no attack, however many are told around it."""
    if event.type == "ASSAULT" and "ceasefire" in shows("act", event.trigger, language):
        return "RETREAT", "ceasefire"
    return event.type, event.mode


def _when(event: Event, day: str) -> Time | None:
    """The time of an event; a plan is for none that has begun long ago («das erste Gespräch seit Juni»)."""
    time = event.time
    if time is not None and event.status == "planned" and time.end is None and time.start and time.start < day:
        return None
    return time


def _rest(text: str, end: int) -> str:
    """What follows up to the end of the sentence: a clause of its own may say what the act is about."""
    stop = _STOP.search(text, end, end + _FAR)
    return text[end : stop.start() if stop else end + _FAR].strip(" ,")


def _acting(actors: tuple[str, ...], said_by: tuple[str, ...], type_: str) -> tuple[str, ...]:
    """The actors without those who only speak of the act: «Kiew: Rebellen schossen» is no shooting by Kiev."""
    if type_ in _JOINT or len(actors) < 2:
        return actors
    return tuple(a for a in actors if a not in said_by) or actors


def _claim(kept: KeptReport, figure: Figure, origin: str, identities: Identities) -> Claim:
    place, time = figure.place, figure.time
    said = _ids(identities, kept.id, figure.said_by)
    end = time.end if time else None
    return Claim(
        ref=f"{kept.id}#{figure.id}",
        report=kept.id,
        day=kept.day,
        publisher=kept.publisher,
        origin=origin,
        source=said[0] if said else f"publisher:{kept.publisher or kept.id}",
        measure=figure.measure,
        value=figure.value,
        precision=figure.precision,
        of=figure.of,
        scope=scope_of(figure.of, figure.measure, kept.report.language or ""),
        stance=figure.stance,
        place=place.name if place else None,
        country=place.country if place else None,
        start=time.start if time else None,
        end=end,
        as_of=min(end, kept.day) if end else kept.day,
        overall=_overall(figure, kept.report.language),
        evidence=figure.evidence,
        at=figure.trigger_span[0],
        corrected=figure.id in kept.corrected,
    )


def _completed(claim: Claim, before: Claim, language: str | None) -> Claim:
    """A figure with what it leaves to the one before it in the report: the currency of a bare sum, place and time of what
    another counts («schätzen die Zahl auf mehr als 300»), and who counts the wounded told without a noun right after the
    dead («Eighteen were wounded»)."""
    if claim.of is not None or claim.report != before.report:
        return claim
    if claim.measure == before.measure == "money":
        return replace(claim, scope=before.scope)
    if claim.measure == before.measure and "tally" in shows("act", claim.evidence, language):
        return replace(
            claim, scope=before.scope, place=before.place, country=before.country, start=before.start, end=before.end,
            as_of=before.as_of, overall=before.overall, tally=True,
        )  # fmt: skip
    unsaid = claim.source.startswith("publisher:") and not before.source.startswith("publisher:")
    if unsaid and {claim.measure, before.measure} <= _HIT and claim.at - before.at <= _NEXT:
        return replace(claim, source=before.source)
    return claim


def _overall(figure: Figure, language: str | None) -> bool:
    """Whether a figure sums up more than one event: an open or long time, or words that say so."""
    if figure.measure in _STANDING:
        return True
    if figure.time is not None and (figure.time.start or figure.time.end):
        start, end = ordinal(figure.time.start), ordinal(figure.time.end)
        if start is None or end is None or end - start > _LONG:
            return True
    return "overall" in shows("act", figure.evidence, language)
