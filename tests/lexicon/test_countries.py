"""Countries by their adjectives: every adjective of the lexicon names its country, in one piece or with a hyphen."""

from __future__ import annotations

import pytest

from lagebild.lexicon.countries import countries
from lagebild.lexicon.parties import parties


@pytest.mark.parametrize("code", sorted(countries()))
def test_every_adjective_names_its_country(code: str) -> None:
    state = countries()[code]
    shared = {stem for other in countries().values() if other.code != code for stem in (*other.stems, *other.english)}
    for stem in state.stems:
        if stem not in shared:
            assert parties().country_of([f"{stem}en"], "de") == code, stem
    for word in state.english:
        if word not in shared and " " not in word:
            assert parties().country_of([word], "en") == code, word


def test_organs_of_a_country_whose_adjective_has_a_hyphen() -> None:
    found = parties().lookup("die saudi-arabische Armee", "de", 2015)
    assert found is not None and found.name == "Saudi military"
