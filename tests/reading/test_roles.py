"""Roles: who acts and who is acted on, by voice, noun, compound, adjective and coordination."""

from __future__ import annotations

import pytest

from lagebild import Reader
from lagebild.model import Event

CASES = [
    # text, language, type, actors, recipients (names)
    ("Die USA bombardierten am Dienstag die Taliban.", "de", "ASSAULT", {"United States"}, {"Taliban"}),
    ("Das Dorf wurde von israelischen Truppen beschossen.", "de", "ASSAULT", {"Israeli military"}, set()),
    ("Bei einem US-Luftangriff starben neun Menschen.", "de", "ASSAULT", {"United States"}, None),
    ("Die Forderung Frankreichs nach einer Waffenruhe blieb unbeantwortet.", "de", "REQUEST", {"France"}, None),
    ("Deutschland und Frankreich verurteilten den Putsch.", "de", "ACCUSE", {"Germany", "France"}, None),
    ("Turkey accused Greece of violating its airspace.", "en", "ACCUSE", {"Turkey"}, {"Greece"}),
    ("The convoy was attacked by the Taliban.", "en", "ASSAULT", {"Taliban"}, None),
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
