"""Reports and findings made by hand, so that the rules of the picture are tested and not the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from lagebild.model import Event, Figure, Finding, Party, Place, Report, Time
from lagebild.picture import Dossier, Picture, draw
from lagebild.store import Correction, KeptReport, Ref, Target
from lagebild.store.corrections import kind_of, type_of

UKRAINE = Party("die Ukraine", "Ukraine", "UKR", "state")
RUSSIA = Party("Russland", "Russia", "RUS", "state")
ARMY = Party("die Armee", "Ukrainian military", "UKR", "organ", "military")
REBELS = Party("die Separatisten", "Pro-Russian separatists", "UKR", "group")
EU = Party("die EU", "European Union", None, "organisation")
OSCE = Party("die OSZE", "OSCE", None, "organisation")
NATO = Party("die Nato", "NATO", None, "organisation")
UN = Party("die Uno", "United Nations", None, "organisation")
USA = Party("die USA", "United States", "USA", "state")
PUTIN = Party("Putin", "Vladimir Putin", "RUS", "person", "president")
POROSHENKO = Party("Poroschenko", "Petro Poroshenko", "UKR", "person", "president")

DONETSK = Place("Donezk", "Donetsk", "UKR", 48.02, 37.80, "city")
MARIUPOL = Place("Mariupol", "Mariupol", "UKR", 47.10, 37.54, "city")
MINSK = Place("Minsk", "Minsk", "BLR", 53.9, 27.57, "city")
MILAN = Place("Mailand", "Milan", "ITA", 45.46, 9.19, "city")

ANY = Dossier(
    "test", {"en": "Test", "de": "Probe"}, ("UKR", "RUS", "USA"), ("UKR",), (), ("European Union", "OSCE", "NATO")
)


def on(start: str | None, end: str | None = "same") -> Time:
    return Time("dann", start, start if end == "same" else end)


def event(type: str, sentence: str, trigger: str, **fields: Any) -> Event:
    """An event whose evidence is the sentence; ids and places in the text come when it is put into a report."""
    assert trigger in sentence
    fields.setdefault("status", "occurred")
    fields = {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}
    return Event("", type, trigger=trigger, evidence=sentence, trigger_span=(0, 0), evidence_span=(0, 0), **fields)


def figure(measure: str, value: float, sentence: str, **fields: Any) -> Figure:
    fields.setdefault("precision", "exact")
    fields = {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}
    return Figure(
        "",
        measure,
        value,
        trigger=sentence.split()[0],
        evidence=sentence,
        trigger_span=(0, 0),
        evidence_span=(0, 0),
        **fields,
    )


def kept(id: str, day: str, publisher: str, *findings: Finding, text: str | None = None, **head: Any) -> KeptReport:
    """A kept report whose text is the sentences of its findings."""
    sentences = list(dict.fromkeys(f.evidence for f in findings))
    body = text if text is not None else ". ".join(sentences) + "."
    placed: list[Finding] = []
    names = {"e": 0, "f": 0}
    for finding in findings:
        letter = "f" if isinstance(finding, Figure) else "e"
        names[letter] += 1
        start = body.find(finding.evidence)
        at = start + finding.evidence.index(finding.trigger)
        spans = {
            "evidence_span": (start, start + len(finding.evidence)),
            "trigger_span": (at, at + len(finding.trigger)),
        }
        placed.append(replace(finding, id=f"{letter}{names[letter]}", **spans))
    head.setdefault("language", "de")
    report = Report(id, body, publisher=publisher, published=day, findings=tuple(placed), **head)
    return KeptReport(report, 1, 1, day, f"{day}T12:00:00Z")


def picture(*reports: KeptReport, at: str | None = None, language: str = "en", **more: Any) -> Picture:
    day = at or max(r.day for r in reports)
    return draw(more.pop("dossier", ANY), [r for r in reports if r.day <= day], day, language, **more)


def correction(action: str, *refs: tuple[KeptReport, str, int], number: int = 1, **fields: Any) -> Correction:
    """A correction about findings, each as report, id and side."""
    targets = []
    for report, id, side in refs:
        f = next(f for f in report.findings if f.id == id)
        targets.append(
            Target(report.id, kind_of(f), type_of(f), f.trigger, f.trigger_span, f.evidence, side, Ref(report.id, id))
        )
    values: dict[str, Any] = {
        "field": None,
        "value": None,
        "note": "so",
        "author": None,
        "made": "2014-12-01T00:00:00Z",
    }
    return Correction(number, action, tuple(targets), **(values | fields))  # type: ignore[arg-type]


def together(shown: Picture, refs: Iterable[str]) -> bool:
    """Whether all these findings are in one case."""
    wanted = set(refs)
    return any(wanted <= set(case.refs) for case in shown.cases)
