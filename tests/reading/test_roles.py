"""Roles: who acts and who is acted on, by voice, noun, compound, adjective and coordination."""

from __future__ import annotations

import pytest

from lagebild import Reader
from lagebild.model import Event

CASES = [
    # text, language, type, actors, recipients (names)
    ("Die USA bombardierten am Dienstag die Taliban.", "de", "ASSAULT", {"United States"}, {"Taliban"}),
    ("Das Dorf wurde von israelischen Truppen beschossen.", "de", "ASSAULT", {"Israel Defense Forces"}, set()),
    ("Bei einem US-Luftangriff starben neun Menschen.", "de", "ASSAULT", {"United States"}, None),
    ("Die Forderung Frankreichs nach einer Waffenruhe blieb unbeantwortet.", "de", "REQUEST", {"France"}, None),
    ("Deutschland und Frankreich verurteilten den Putsch.", "de", "ACCUSE", {"Germany", "France"}, None),
    ("Turkey accused Greece of violating its airspace.", "en", "ACCUSE", {"Turkey"}, {"Greece"}),
    ("The convoy was attacked by the Taliban.", "en", "ASSAULT", {"Taliban"}, None),
    # The first person is who speaks.
    (
        '"We will attack the city", the Russian president Vladimir Putin said.',
        "en",
        "ASSAULT",
        {"Vladimir Putin"},
        None,
    ),
    # Title and name are one person.
    (
        "U.S. Secretary of State John Kerry met Sergei Lavrov in Paris.",
        "en",
        "CONSULT",
        {"John Kerry"},
        {"Sergey Lavrov"},
    ),
    # It is the mediator who mediates, between those who agree.
    (
        "Armenien und Aserbaidschan haben unter Vermittlung Russlands eine Waffenruhe vereinbart.",
        "de",
        "CONSULT",
        {"Russia"},
        {"Armenia", "Azerbaijan"},
    ),
    # A pronoun is none of the other parties of its verb.
    (
        "Colin Powell arrived in Paris. Vladimir Putin met him on Monday.",
        "en",
        "CONSULT",
        {"Vladimir Putin"},
        {"Colin Powell"},
    ),
    (
        "Angela Merkel reiste nach Rom. Wladimir Putin beschuldigte sie.",
        "de",
        "ACCUSE",
        {"Vladimir Putin"},
        {"Angela Merkel"},
    ),
    # A party that only says whose the other is acts in neither role.
    ("Das Aussenministerium Chinas verurteilte den Angriff.", "de", "ACCUSE", {"Chinese Foreign Ministry"}, None),
]


@pytest.mark.parametrize(("text", "language", "kind", "actors", "recipients"), CASES)
def test_roles(
    reader: Reader, text: str, language: str, kind: str, actors: set[str], recipients: set[str] | None
) -> None:
    found = [f for f in reader.read(text, language=language).findings if isinstance(f, Event) and f.type == kind]
    assert found, f"no {kind} found"
    assert any({p.name for p in e.actors} == actors for e in found), [e.actors for e in found]
    if recipients is not None:
        assert any({p.name for p in e.recipients} == recipients for e in found), [e.recipients for e in found]


@pytest.mark.parametrize(
    ("text", "language", "kind", "issue"),
    [
        ("Der Minister forderte einen sofortigen Waffenstillstand.", "de", "REQUEST", "ceasefire"),
        ("Die EU verurteilte den Anschlag auf den Markt.", "de", "ACCUSE", "attack"),
        ("The president demanded the withdrawal of all foreign troops.", "en", "REQUEST", "withdrawal"),
    ],
)
def test_issue_of_a_verbal_act(reader: Reader, text: str, language: str, kind: str, issue: str) -> None:
    found = [f for f in reader.read(text, language=language).findings if isinstance(f, Event) and f.type == kind]
    assert [e.issue for e in found] == [issue]


@pytest.mark.parametrize(
    ("text", "language", "kind", "mode"),
    [
        ("Der Ort wurde mit Raketen beschossen.", "de", "ASSAULT", "heavy-weapons"),
        ("Kampfflugzeuge griffen das Dorf an.", "de", "ASSAULT", "aerial"),
        ("Der Minister forderte einen sofortigen Waffenstillstand.", "de", "REQUEST", "yield"),
    ],
)
def test_mode_by_instrument_and_issue(reader: Reader, text: str, language: str, kind: str, mode: str) -> None:
    found = [f for f in reader.read(text, language=language).findings if isinstance(f, Event) and f.type == kind]
    assert [e.mode for e in found] == [mode]


def test_an_object_before_the_verb_is_not_who_acts(reader: Reader) -> None:
    text = "Die Annexion der Krim verurteilte Angela Merkel als Bruch des Völkerrechts."
    found = [
        f for f in reader.read(text, language="de").findings if isinstance(f, Event) and f.trigger == "verurteilte"
    ]
    assert [[p.name for p in f.actors] for f in found] == [["Angela Merkel"]]
