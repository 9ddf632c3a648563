"""Acts that are told by doing as another did."""

from __future__ import annotations

import pytest

from lagebild import Reader
from lagebild.model import Event


@pytest.mark.parametrize(
    ("language", "text", "actors"),
    [
        ("en", "The EU imposed sanctions on Russia. Canada followed suit on Monday.", ["European Union", "Canada"]),
        (
            "en",
            "The EU imposed sanctions on Russia. Washington followed within hours.",
            ["European Union", "United States"],
        ),
        (
            "de",
            "Die EU verhängte Sanktionen gegen Russland. Washington zog am Montag nach.",
            ["European Union", "United States"],
        ),
        ("en", "The EU imposed sanctions on Russia. Protests followed in Moscow.", ["European Union"]),
        ("en", "The EU imposed sanctions on Russia. The minister followed the advice.", ["European Union"]),
    ],
)
def test_who_follows_does_the_same_to_the_same(reader: Reader, language: str, text: str, actors: list[str]) -> None:
    found = reader.read(text, language=language, published="2014-09-12").findings
    sanctions = [f for f in found if isinstance(f, Event) and f.type == "SANCTION"]
    assert [[p.name for p in f.actors] for f in sanctions] == [[name] for name in actors]
    assert all([p.name for p in f.recipients] == ["Russia"] for f in sanctions)
