"""Who answers for an act does it."""

from __future__ import annotations

import pytest

from lagebild.model import Event
from lagebild.reading.reader import Reader


@pytest.mark.parametrize(
    ("text", "trigger", "actor", "language"),
    [
        (
            "Al-Qaida wird für mehrere tödliche Anschläge im Jemen verantwortlich gemacht.",
            "Anschläge",
            "Al-Qaeda",
            "de",
        ),
        ("Die Regierung machte die ETA für den Anschlag in Burgos verantwortlich.", "Anschlag", "ETA", "de"),
        ("Die Hamas ist für den Raketenangriff auf Sderot verantwortlich.", "Raketenangriff", "Hamas", "de"),
        ("Officials said that the Taliban were responsible for the attack in Kabul.", "attack", "Taliban", "en"),
        ("Kyiv blamed Russia for the explosion at the dam.", "explosion", "Russia", "en"),
    ],
)
def test_who_answers_for_an_act_is_its_actor(
    reader: Reader, text: str, trigger: str, actor: str, language: str
) -> None:
    found = reader.read(text, language=language, published="2015-03-10").findings
    assert [[p.name for p in f.actors] for f in found if isinstance(f, Event) and f.trigger == trigger] == [[actor]]


@pytest.mark.parametrize(
    ("text", "trigger", "actor"),
    [
        ("Kabila forderte eine Verlängerung des EU-Militäreinsatzes im Kongo.", "Verlängerung", "European Union"),
    ],
)
def test_whose_act_another_word_names_does_it(reader: Reader, text: str, trigger: str, actor: str) -> None:
    found = reader.read(text, language="de", published="2015-03-10").findings
    assert [[p.name for p in f.actors] for f in found if isinstance(f, Event) and f.trigger == trigger] == [[actor]]
