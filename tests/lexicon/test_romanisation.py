"""Names that German transliterates, as English writes them."""

from __future__ import annotations

from typing import Any

import pytest

from lagebild.lexicon.loader import load
from lagebild.lexicon.romanisation import romanised


@pytest.mark.parametrize("script", load("parties", "romanisation")["script"], ids=lambda s: s["states"][0])
def test_examples(script: dict[str, Any]) -> None:
    german, english = script["example"].split(": ")
    assert romanised(german, "de", script["states"][0]) == english


def test_names_of_other_states_and_english_spellings_stay() -> None:
    assert romanised("Walter Schuster", "de", "AUT") == "Walter Schuster"
    assert romanised("Yulia Wood", "de", "UKR") == "Yulia Wood"
    assert romanised("Iwan Tschernow", "en", "RUS") == "Iwan Tschernow"
