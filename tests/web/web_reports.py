"""Reports made by hand, so that the pages are tested and not the reader."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lagebild.model import Event, Figure, Finding, Party, Place, Quote, Report, Time

UKRAINE = Party("die Ukraine", "Ukraine", "UKR", "state")
RUSSIA = Party("Russland", "Russia", "RUS", "state")
REBELS = Party("die Separatisten", "Pro-Russian separatists", "UKR", "group")
UN = Party("die Uno", "United Nations", None, "organisation")
NATO = Party("die Nato", "NATO", None, "organisation")
DONETSK = Place("Donezk", "Donetsk", "UKR", 48.02, 37.80, "city")
MINSK = Place("Minsk", "Minsk", "BLR", 53.9, 27.57, "city")
DONBAS = Place("Donbass", "Donbas", "UKR", 48.3, 38.0, "region")
COUNTRY = Place("die Ukraine", "Ukraine", "UKR", 49.0, 32.0, "country")


def report(id: str, day: str, publisher: str, *findings: Finding, **head: Any) -> Report:
    """A report whose text is the sentences of its findings, each finding put where its words stand."""
    text = head.pop("text", None) or "\n\n".join(dict.fromkeys(f.evidence for f in findings))
    head.setdefault("language", "de")
    placed = []
    for number, finding in enumerate(findings, 1):
        start = text.index(finding.evidence)
        at = start + finding.evidence.index(finding.trigger)
        spans = {
            "evidence_span": (start, start + len(finding.evidence)),
            "trigger_span": (at, at + len(finding.trigger)),
        }
        name = f"{'f' if isinstance(finding, Figure) else 'e'}{number}"
        placed.append(replace(finding, id=name, **spans))
    return Report(id, text, publisher=publisher, published=day, findings=tuple(placed), **head)


def event(type: str, sentence: str, trigger: str, **fields: Any) -> Event:
    fields.setdefault("status", "occurred")
    return Event("", type, trigger=trigger, evidence=sentence, trigger_span=(0, 0), evidence_span=(0, 0), **fields)


def figure(measure: str, value: float, sentence: str, trigger: str, **fields: Any) -> Figure:
    fields.setdefault("precision", "exact")
    return Figure(
        "", measure, value, trigger=trigger, evidence=sentence, trigger_span=(0, 0), evidence_span=(0, 0), **fields
    )


def day(iso: str) -> Time:
    return Time("dann", iso, iso)


REPORTS = (
    report(
        "abend-0905",
        "2014-09-05",
        "Abendbote",
        event(
            "AGREE",
            "Die Ukraine und die Separatisten vereinbarten in Minsk eine Waffenruhe.",
            "vereinbarten",
            issue="ceasefire",
            actors=(UKRAINE, REBELS),
            place=MINSK,
            time=day("2014-09-05"),
        ),
        figure(
            "killed",
            2600,
            "Seit April starben in der Ukraine insgesamt 2600 Menschen.",
            "2600",
            of="Menschen",
            said_by=(UN,),
            place=COUNTRY,
        ),
        title="Waffenruhe vereinbart",
        url="https://abendbote.example/0905",
    ),
    report(
        "morgen-0908",
        "2014-09-08",
        "Morgenblatt",
        event(
            "ASSAULT",
            "In Donezk brachen die Separatisten die Waffenruhe und beschossen ukrainische Stellungen.",
            "beschossen",
            mode="heavy-weapons",
            actors=(REBELS,),
            recipients=(UKRAINE,),
            place=DONETSK,
            time=day("2014-09-07"),
        ),
        event(
            "ASSAULT",
            "Die Separatisten bestritten den Beschuss von Donezk.",
            "Beschuss",
            mode="heavy-weapons",
            status="denied",
            stance="denies",
            said_by=(REBELS,),
            actors=(REBELS,),
            recipients=(UKRAINE,),
            place=DONETSK,
            time=day("2014-09-07"),
        ),
        figure(
            "killed",
            2729,
            "Seit April starben in der Ukraine insgesamt mindestens 2729 Menschen.",
            "2729",
            of="Menschen",
            precision="at_least",
            said_by=(UN,),
            place=COUNTRY,
        ),
        title="Beschuss in Donezk",
    ),
    report(
        "wire-0912",
        "2014-09-12",
        "Atlas Wire",
        event(
            "SANCTION",
            "The EU imposed sanctions on Russia over Ukraine.",
            "sanctions",
            actors=(Party("EU", "European Union", None, "organisation"),),
            recipients=(RUSSIA,),
            time=day("2014-09-12"),
        ),
        event(
            "MOBILIZE",
            "NATO said Russia had moved troops into Ukraine.",
            "moved",
            mode="troops",
            actors=(RUSSIA,),
            recipients=(UKRAINE,),
            said_by=(NATO,),
            place=COUNTRY,
        ),
        event(
            "ASSAULT",
            "Fighting went on in the Donbas in Ukraine.",
            "Fighting",
            status="ongoing",
            actors=(REBELS, UKRAINE),
            place=DONBAS,
        ),
        figure(
            "killed",
            3000,
            "Since April about 3,000 people have died in Ukraine in total.",
            "3,000",
            of="people",
            precision="about",
            said_by=(NATO,),
            place=COUNTRY,
        ),
        title="EU sanctions on Russia",
        language="en",
        quotes=(Quote("Indirect", ((62, 95),), ((50, 54),), ((55, 59),)),),
    ),
)
