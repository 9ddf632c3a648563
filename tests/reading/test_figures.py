"""Figures: what is measured, by the verb above the counted noun and by the whole that a part belongs to."""

from __future__ import annotations

import pytest

from lagebild import Reader
from lagebild.model import Figure

CASES = [
    (
        "de",
        "Bei dem Anschlag starben 126 Menschen, darunter 68 Kinder und 13 Frauen.",
        [("killed", 126), ("killed", 68), ("killed", 13)],
    ),
    ("de", "Es gab zehn Tote und mehr als 50 Verletzte.", [("killed", 10), ("wounded", 50)]),
    ("de", "Nach Angaben des Pfarrers wurden 45 Mitglieder seiner Gemeinde verletzt.", [("wounded", 45)]),
    (
        "en",
        "The blast killed 126 people, including 68 children and 13 women.",
        [("killed", 126), ("killed", 68), ("killed", 13)],
    ),
    ("en", "Nine shopkeepers were wounded and two more arrested.", [("wounded", 9), ("captured", 2)]),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_measures(reader: Reader, language: str, text: str, expected: list[tuple[str, float]]) -> None:
    found = [f for f in reader.read(text, language=language, published="2020-05-04").findings if isinstance(f, Figure)]
    assert [(f.measure, f.value) for f in found] == expected


def test_those_who_kill_are_not_the_killed(reader: Reader) -> None:
    found = [
        f for f in reader.read("Drei Attentäter töteten neun Händler.", language="de").findings if isinstance(f, Figure)
    ]
    assert ("killed", 3) not in [(f.measure, f.value) for f in found]
    assert ("killed", 9) in [(f.measure, f.value) for f in found]
