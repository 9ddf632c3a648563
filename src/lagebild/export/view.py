"""What is exported: findings of a store with their cases, series and identities, as of a day; of a dossier or of all reports.

The formats read a `View` and nothing else. It is derived like the picture and by the same functions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lagebild.errors import LagebildError
from lagebild.model import Event, Finding, Party
from lagebild.picture.cases import find_cases
from lagebild.picture.dossiers import Scope, dossier, reports_of
from lagebild.picture.mentions import Belongs, Material, material
from lagebild.picture.parts import Case, Series
from lagebild.picture.series import find_series
from lagebild.picture.told import Claim, Identity, Source
from lagebild.store import Correction, KeptReport, PartyDecision, Store

#: Characters of a report that count as its lead where no paragraph ends before.
_LEAD = 600


@dataclass(frozen=True)
class View:
    """Findings ready for export. `at` is the last day that counts; `dossier` the name of the conflict, None for the whole store.

    `reports` and `sources` are keyed by report id, `findings` by reference (minsk-2015#e5), in the order of days.
    """

    at: str
    dossier: str | None
    reports: Mapping[str, KeptReport]
    findings: Mapping[str, Finding]
    material: Material
    cases: tuple[Case, ...]
    series: tuple[Series, ...]

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        return {source.report: source for source in self.material.sources}

    @cached_property
    def identities(self) -> Mapping[str, Identity]:
        return {identity.id: identity for identity in self.material.identities.all()}

    @cached_property
    def case_of(self) -> Mapping[str, str]:
        """The id of the case of each event, and of each figure that belongs to one, by reference."""
        found = {ref: case.id for case in self.cases for ref in case.refs}
        return found | {ref: case.id for case in self.cases for ref in case.figures}

    @cached_property
    def series_of(self) -> Mapping[str, str]:
        """The id of the series of each figure, by reference."""
        return {ref: one.id for one in self.series for ref in one.refs}

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """The office or kind of body (president, military …) with which reports name a party most often, by its identity."""
        told: dict[str, Counter[str]] = defaultdict(Counter)
        for ref, finding in self.findings.items():
            for party in parties_of(finding):
                if party.role:
                    told[self.identity(ref, party)][party.role] += 1
        return {id: max(roles, key=lambda r: (roles[r], r)) for id, roles in told.items()}

    @cached_property
    def _series_by_case(self) -> Mapping[str, list[Series]]:
        found: dict[str, list[Series]] = defaultdict(list)
        for one in self.series:
            if one.case is not None:
                found[one.case].append(one)
        return found

    def series_for(self, case: Case, measure: str) -> list[Series]:
        """The figures of one measure that belong to a case, a series for each scope."""
        return [one for one in self._series_by_case.get(case.id, ()) if one.measure == measure]

    def identity(self, ref: str, party: Party) -> str:
        """The identity of a party of the finding with this reference."""
        return self.material.identities.of(ref.rpartition("#")[0], party)

    def name(self, id: str) -> str:
        """The English name of a party, or of a publisher that is a source."""
        found = self.identities.get(id)
        return found.names["en"] if found else id.removeprefix("publisher:")

    def kind(self, id: str) -> str:
        return self.material.identities.kind(id)

    def country(self, id: str) -> str | None:
        return self.material.identities.country(id)

    def side(self, id: str) -> str | None:
        return self.material.identities.side(id)

    def told_in(self, case: Case) -> list[Source]:
        """The reports that tell of a case, in the order of their days."""
        return [self.sources[id] for id in dict.fromkeys(m.report for m in case.mentions)]

    def in_lead(self, case: Case) -> bool:
        """Whether any report tells of the case in its first paragraph."""
        return any(m.at < _lead(self.reports[m.report].report.text) for m in case.mentions)


def view_of(store: Store, name: str | None = None, at: str | None = None) -> View:
    """The view of a store, or of one dossier of it (by id or name), as of the end of a day; default: that of the newest report.

    Raises LagebildError for an unknown dossier and where there is nothing to export.
    """
    if not store.count():
        raise LagebildError(f"no reports in the store {store.path}; `lagebild add` keeps some")
    one = dossier(name, store.path) if name is not None else None
    kept = list(store.reports(at=at)) if one is None else reports_of(one, store, at)
    if not kept:
        first = min(line.day for line in store.outlines())
        if one is not None:
            raise LagebildError(f"no report of dossier {one.id!r}{f' from {at} or before' if at else ''} in the store")
        raise LagebildError(f"no report from {at} or before; the first is of {first}")
    return make_view(
        kept, at or max(k.day for k in kept), one.name("en") if one else None, Scope(one) if one else None,
        store.corrections(at), store.party_decisions(),
    )  # fmt: skip


def make_view(
    kept: Iterable[KeptReport],
    at: str,
    name: str | None = None,
    belongs: Belongs | None = None,
    corrections: Sequence[Correction] = (),
    decisions: Sequence[PartyDecision] = (),
) -> View:
    """The view of these reports alone. `belongs` says which of their findings count; default: all."""
    chosen = sorted(kept, key=lambda k: (k.day, k.id))
    found = material(chosen, decisions, belongs or (lambda report, finding: True))
    cases = find_cases(found, corrections)
    counted = {m.ref for m in found.mentions} | {c.ref for c in found.claims}
    findings = {
        ref: finding
        for report in chosen
        for finding in report.findings
        if (ref := f"{report.id}#{finding.id}") in counted
    }
    return View(at, name, {k.id: k for k in chosen}, findings, found, cases, find_series(found, cases))


def parties_of(finding: Finding) -> tuple[Party, ...]:
    """All parties that a finding names."""
    acting = (*finding.actors, *finding.recipients) if isinstance(finding, Event) else ()
    return (*acting, *finding.said_by)


@dataclass(frozen=True, slots=True)
class Deaths:
    """How many were killed in a case: the lowest and highest number that a source gives last, the one that most sources give
    (the latest of them on a tie), and how many of those were civilians (0 if unsaid)."""

    low: int
    best: int
    high: int
    civilians: int


def deaths(view: View, case: Case) -> Deaths | None:
    """The dead of a case by its series; None where no figure of dead is told.

    A figure of people in general is taken for the whole. Without one the dead of all classes (soldiers, civilians …) are added
    up.
    """
    told = {one.scope: one for one in view.series_for(case, "killed")}
    if not told:
        return None
    whole = [told["people"]] if "people" in told else list(told.values())
    low, best, high = (sum(value(one) for one in whole) for value in (_low, _best, _high))
    civilians = min(_best(told["civilians"]), best) if "civilians" in told else 0
    return Deaths(low, best, high, civilians)


def _low(one: Series) -> int:
    return int(one.low)


def _high(one: Series) -> int:
    return int(one.high)


def _best(one: Series) -> int:
    votes: dict[float, list[Claim]] = defaultdict(list)
    for line in one.lines:
        votes[line.claims[-1].value].append(line.claims[-1])
    return int(max(votes, key=lambda v: (len(votes[v]), max((c.as_of, c.day) for c in votes[v]), v)))


def _lead(text: str) -> int:
    end = text.find("\n\n")
    return end if 0 < end < _LEAD else _LEAD
