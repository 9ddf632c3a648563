"""The picture of a dossier on a day: all parts, derived anew from the kept findings each time it is asked for.

`picture_of` asks a store; `draw` is the pure function behind it. Nothing is kept that can be computed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from lagebild.errors import LagebildError
from lagebild.lexicon.labels import labels
from lagebild.lexicon.loader import LANGUAGES
from lagebild.picture.agenda import find_agenda
from lagebild.picture.cases import find_cases, independent
from lagebild.picture.commitments import find_commitments
from lagebild.picture.context import Context
from lagebild.picture.contributions import find_contributions
from lagebild.picture.disputes import find_disputes
from lagebild.picture.dossiers import Dossier, Scope, dossier, reports_of
from lagebild.picture.ledger import find_ceasefires
from lagebild.picture.mentions import material
from lagebild.picture.parts import Changed, Picture
from lagebild.picture.sanctions import find_sanctions
from lagebild.picture.sentences import situation
from lagebild.picture.series import find_series
from lagebild.picture.told import Refs
from lagebild.store import Correction, KeptReport, PartyDecision, Store, StoreError

_T = TypeVar("_T")


def picture_of(
    store: Store, name: str | Dossier, at: str | None = None, since: str | None = None, language: str = "en"
) -> Picture:
    """The picture of a dossier (by id or name) as of the end of a day, by default that of the newest report.

    `since`: what differs from the picture of the day before. Raises LagebildError for an unknown dossier and for a day before
    the first report.
    """
    one = name if isinstance(name, Dossier) else dossier(name, store.path)
    if language not in LANGUAGES:
        raise LagebildError(f"no words for language {language!r}: {', '.join(LANGUAGES)}")
    kept = reports_of(one, store, at)
    if not kept:
        raise StoreError(_nothing(store, one, at))
    at = at or max(k.day for k in kept)
    corrections, decisions = store.corrections(at), store.party_decisions()
    drawn = draw(one, kept, at, language, corrections, decisions)
    if since is None:
        return drawn
    if since > at:
        raise LagebildError(f"--since {since} is after the day of the picture, {at}")
    before_day = (date.fromisoformat(since) - timedelta(days=1)).isoformat()
    earlier = reports_of(one, store, before_day)
    before = draw(one, earlier, before_day, language, store.corrections(before_day), decisions) if earlier else None
    return compared(drawn, before, since)


def draw(
    one: Dossier,
    kept: Iterable[KeptReport],
    at: str,
    language: str = "en",
    corrections: Sequence[Correction] = (),
    decisions: Sequence[PartyDecision] = (),
) -> Picture:
    """The picture from these reports alone; they are taken as they are, whatever their day."""
    found = material(list(kept), decisions, Scope(one))
    cases = find_cases(found, corrections)
    series = find_series(found, cases)
    disputes = find_disputes(cases, series, found.identities)
    context = Context(cases, found.identities, found.claims)
    commitments = find_commitments(cases, disputes, found.identities, context, corrections)
    ceasefires = find_ceasefires(commitments, cases, found.identities)
    sanctions = find_sanctions(cases, disputes, found.identities, context)
    contributions = find_contributions(cases, found.identities)
    agenda = find_agenda(cases, found.identities, at)
    publishers = independent((s.copy_of or s.report, s.publisher) for s in found.sources)
    drawn = Picture(
        one.id, one.id, at, None, language, found.sources, publishers, (), (), found.identities.all(), cases, series,
        disputes, commitments, ceasefires, sanctions, contributions, agenda,
    )  # fmt: skip
    return worded(drawn, one, language)


def worded(p: Picture, one: Dossier, language: str) -> Picture:
    """The picture in another language; only its name and sentences differ, and what has changed must be asked for anew."""
    names = {party.id: party.names.get(language, party.id) for party in p.parties}

    def name(id: str) -> str:
        return names.get(id) or id.removeprefix("publisher:")

    sentences = situation(
        p.at, language, name, p.sources, p.publishers, p.cases, p.series, p.disputes, p.commitments, p.ceasefires, p.sanctions,
        p.contributions, p.agenda,
    )  # fmt: skip
    return replace(p, name=one.name(language), language=language, situation=sentences, since=None, changes=())


def compared(after: Picture, before: Picture | None, since: str) -> Picture:
    """The later picture with what differs from the earlier one, that of the day before `since`."""
    return replace(after, since=since, changes=tuple(changes(before, after)))


def _nothing(store: Store, one: Dossier, at: str | None) -> str:
    """Why there is no picture, in one line."""
    if not store.count():
        return f"no reports in the store {store.path}; `lagebild add` keeps some"
    every = reports_of(one, store, None)
    if every:
        first = min(k.day for k in every)
        return f"no report of dossier {one.id!r} from {at} or before; the first is of {first}"
    return f"none of the kept reports belongs to dossier {one.id!r} (`lagebild dossier list` shows what belongs to it)"


# ------------------------------------------------------------------------------------------------ changes


def changes(before: Picture | None, after: Picture) -> Iterator[Changed]:
    """What is new, gone or different in the later of two pictures, part by part; cases only if they are new or turned."""
    words = labels(after.language)

    def state(value: str) -> str:
        return words("state", value)

    yield from _compared(
        "cases", before.cases if before else (), after.cases, lambda c: words("status", c.status), lambda c: c.refs,
        lambda c: {m.ref for m in c.mentions},
    )  # fmt: skip
    yield from _compared(
        "series", before.series if before else (), after.series,
        lambda s: f"{words.number(s.low)} – {words.number(s.high)}" if s.low != s.high else words.number(s.low),
        lambda s: s.refs, lambda s: set(s.refs),
    )  # fmt: skip
    yield from _compared(
        "disputes", before.disputes if before else (), after.disputes, lambda d: words("kind", d.kind),
        lambda d: tuple(r for s in d.sides for r in s.refs), lambda d: {d.kind + r for s in d.sides for r in s.refs},
    )  # fmt: skip
    yield from _compared(
        "commitments", before.commitments if before else (), after.commitments, lambda c: state(c.state), lambda c: c.refs,
        lambda c: set(c.refs),
    )  # fmt: skip
    yield from _compared(
        "sanctions", before.sanctions if before else (), after.sanctions, lambda s: state(s.state), lambda s: s.refs,
        lambda s: set(s.refs),
    )  # fmt: skip
    yield from _compared(
        "contributions", before.contributions if before else (), after.contributions, lambda c: state(c.state),
        lambda c: c.refs, lambda c: set(c.refs),
    )  # fmt: skip
    yield from _compared(
        "agenda", before.agenda if before else (), after.agenda, lambda i: state(i.state), lambda i: (*i.refs, *i.outcome),
        lambda i: set(i.refs),
    )  # fmt: skip


def _compared(
    part: str,
    before: Sequence[_T],
    after: Sequence[_T],
    words: Callable[[_T], str],
    refs: Callable[[_T], Refs],
    identity: Callable[[_T], set[str]],
) -> Iterator[Changed]:
    """Items are the same if they share a finding; of several the one that shares most."""
    holders: dict[str, list[int]] = {}
    for n, old in enumerate(before):
        for ref in identity(old):
            holders.setdefault(ref, []).append(n)
    matched: set[int] = set()
    for new in after:
        shared: dict[int, int] = {}
        for ref in identity(new):
            for n in holders.get(ref, ()):
                shared[n] = shared.get(n, 0) + 1
        matched.update(shared)
        id = str(getattr(new, "id", refs(new)[0]))
        if not shared:
            yield Changed(part, id, None, words(new), refs(new))
            continue
        old = before[max(shared, key=lambda n: (shared[n], -n))]
        if words(old) != words(new):
            known = identity(old)
            fresh = tuple(r for r in refs(new) if r not in known) or refs(new)
            yield Changed(part, id, words(old), words(new), fresh)
    for n, old in enumerate(before):
        if n not in matched:
            yield Changed(part, str(getattr(old, "id", refs(old)[0])), words(old), None, refs(old))
