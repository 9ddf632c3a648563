"""Status: how real an act is, by tense, modals, negation and the words above it."""

from __future__ import annotations

import pytest

from lagebild import Reader
from lagebild.lexicon.loader import load
from lagebild.model import Event

CASES = [
    ("Die Rebellen haben am Montag die Stadt angegriffen.", "de", "ASSAULT", "occurred"),
    ("Die EU verhängte neue Sanktionen gegen Belarus.", "de", "SANCTION", "occurred"),
    ("Am Freitag wird Merkel in Paris Macron treffen.", "de", "CONSULT", "planned"),
    ("Die Uno forderte den Abzug aller Truppen.", "de", "RETREAT", "demanded"),
    ("Die Armee hat das Dorf nicht beschossen, sagte ein Sprecher.", "de", "ASSAULT", "denied"),
    # Who or what there is none of denies the act.
    ("Die beiden Präsidenten vereinbarten keine Waffenruhe.", "de", "AGREE", "denied"),
    ("Keine der beiden Seiten hat ihre Truppen abgezogen.", "de", "RETREAT", "denied"),
    ("Niemand wurde getötet.", "de", "ASSAULT", "denied"),
    ("The spokesman said that no truce had been agreed.", "en", "AGREE", "denied"),
    ("Neither side has withdrawn its troops.", "en", "RETREAT", "denied"),
    ("Der Rat könnte weitere Sanktionen verhängen.", "de", "SANCTION", "considered"),
    ("Kritik übte der Minister auch an der Türkei.", "de", "ACCUSE", "occurred"),
    ("The rebels attacked the town on Monday.", "en", "ASSAULT", "occurred"),
    ("Russia will withdraw its troops from the border next week.", "en", "RETREAT", "planned"),
    ("The rebels now control most of the town, their leader announced.", "en", "COERCE", "ongoing"),
    # What has begun is not planned.
    (
        "Die Separatisten hätten mit dem Rückzug ihrer Artillerie begonnen, sagte ihr Anführer.",
        "de",
        "RETREAT",
        "occurred",
    ),
    ("The army began its withdrawal from the valley on Monday.", "en", "RETREAT", "occurred"),
    ("The UN demanded the release of all hostages.", "en", "RETREAT", "demanded"),
    # Why or when something is demanded is not what is.
    ("Die Opposition forderte Neuwahlen, weil die Polizei drei Menschen erschossen hat.", "de", "ASSAULT", "occurred"),
    ("Ankara may impose sanctions on the company.", "en", "SANCTION", "considered"),
]


@pytest.mark.parametrize(("text", "language", "kind", "status"), CASES)
def test_status(reader: Reader, text: str, language: str, kind: str, status: str) -> None:
    found = [
        f
        for f in reader.read(text, language=language, published="2021-03-10").findings
        if isinstance(f, Event) and f.type == kind
    ]
    assert found, f"no {kind} found"
    assert status in {e.status for e in found}, [(e.trigger, e.status) for e in found]


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_is_confirmed_is_or_was(reader: Reader, language: str) -> None:
    for entry in load(language, "status")["fact"]:
        found = reader.read(entry["example"], language=language).findings
        assert [f.status in ("occurred", "ongoing") for f in found if isinstance(f, Event)] == [True]


def test_what_is_confirmed_for_the_future_is_planned(reader: Reader) -> None:
    found = reader.read(
        "Der Minister bestätigte, dass die Armee ihre Panzer im Mai abziehen wird.", language="de"
    ).findings
    assert [f.status for f in found if isinstance(f, Event)] == ["planned"]


def test_a_noun_that_is_confirmed_is_not_denied(reader: Reader) -> None:
    found = reader.read("Truppenabzug bestätigt", language="de").findings
    assert [f.status for f in found if isinstance(f, Event)] not in ([], ["denied"])


@pytest.mark.parametrize(
    ("language", "text", "trigger", "status"),
    [
        ("de", "Einen Angriff auf die Stadt schloss der Minister nicht aus.", "Angriff", "considered"),
        ("de", "Libyen droht nach Luftangriffen mit Vergeltung.", "Luftangriffen", "occurred"),
        ("de", "Die Angehörigen verlangen nach Vergeltung.", "Vergeltung", "demanded"),
        ("de", "Der Minister rief die Truppen bei einem Besuch in Kaschmir zur Ruhe auf.", "Besuch", "occurred"),
    ],
)
def test_what_is_told_beside_is_not_what_is_asked_for(
    reader: Reader, language: str, text: str, trigger: str, status: str
) -> None:
    found = reader.read(text, language=language, published="2002-05-21").findings
    assert [f.status for f in found if isinstance(f, Event) and f.trigger == trigger] == [status]
