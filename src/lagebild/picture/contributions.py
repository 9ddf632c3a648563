"""Contributions: which state or organisation gives what to which side, since when, told last when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from lagebild.lexicon.topics import shows
from lagebild.picture.cases import independent
from lagebild.picture.identities import Identities
from lagebild.picture.parts import Case, Contribution

_KINDS = ("air-strikes", "arms", "training", "money", "troops", "relief")
_GIVERS = ("state", "organ", "organisation", "person")
_BY_ISSUE = {"weapons": "arms", "troops": "troops", "aid": "relief"}


def find_contributions(cases: Sequence[Case], identities: Identities) -> tuple[Contribution, ...]:
    """The table of givers by kind; what is only promised or demanded stands in a row of its own state."""
    groups: dict[tuple[str, str, str, str], list[Case]] = defaultdict(list)
    for case in cases:
        kind = _kind(case, identities)
        state = {"occurred": "given", "ongoing": "given", "planned": "promised"}.get(case.status)
        if kind is None or state is None:
            continue
        to = identities.side(case.recipients[0]) if case.recipients else None
        for giver in dict.fromkeys(_giver(p, identities) for p in case.actors):
            if giver is not None:
                groups[giver, kind, to or "", state].append(case)
    _join(groups)
    found = [_row(giver, kind, state, told) for (giver, kind, _, state), told in groups.items()]
    return tuple(sorted(found, key=lambda c: (c.by, _KINDS.index(c.kind), c.state, c.since, c.refs)))


def _kind(case: Case, identities: Identities) -> str | None:
    """What an act gives, or None if it gives nothing."""
    countries = {identities.country(p) for p in case.actors} - {None}
    abroad = case.country is not None and bool(countries) and case.country not in countries
    if case.type == "ASSAULT":
        states = any(identities.kind(p) in ("state", "organ", "organisation") for p in case.actors)
        hit = {identities.country(p) for p in case.recipients} - {None}
        foreign = abroad or (bool(countries) and bool(hit) and not countries & hit)
        return "air-strikes" if case.mode in ("aerial", "drone") and states and foreign else None
    if case.type == "MOBILIZE":
        return "troops" if case.mode == "troops" and abroad else None
    if case.type != "AID":
        return None
    topics = [t for m in case.mentions for t in shows("contribution", m.evidence, m.language)]
    for kind in ("arms", "training", "troops", "relief", "money"):
        if kind in topics:
            return kind
    return _BY_ISSUE.get(case.issue or "", "relief")


def _giver(party: str, identities: Identities) -> str | None:
    """States stand for their organs and ministers."""
    kind, country = identities.kind(party), identities.country(party)
    if kind not in _GIVERS:
        return None
    state = f"state:{country}"
    return state if kind in ("organ", "person") and country and identities.kind(state) == "state" else party


def _join(groups: dict[tuple[str, str, str, str], list[Case]]) -> None:
    """What does not say to whom joins the row of the same giver and kind that does."""
    for key in [k for k in groups if not k[2]]:
        full = [k for k in groups if k[2] and (k[0], k[1], k[3]) == (key[0], key[1], key[3])]
        if full:
            groups[max(full, key=lambda k: (len(groups[k]), k))] += groups.pop(key)


def _row(giver: str, kind: str, state: str, told: list[Case]) -> Contribution:
    recipients = tuple(dict.fromkeys(p for case in told for p in case.recipients))
    attack = kind == "air-strikes"
    return Contribution(
        by=giver,
        kind=kind,
        to=() if attack else recipients,
        against=recipients if attack else (),
        state=state,
        since=min(case.start if case.start and case.start <= case.first else case.first for case in told),
        last=max(case.last for case in told),
        publishers=independent((m.origin, m.publisher) for case in told for m in case.mentions),
        cases=tuple(case.id for case in told),
        refs=tuple(ref for case in told for ref in case.refs),
    )
