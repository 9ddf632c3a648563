"""Relations of passives."""

from __future__ import annotations

from lagebild.language.passives import passive_relations

PAST, PRESENT = {"VerbForm": "Part", "Tense": "Past"}, {"VerbForm": "Part", "Tense": "Pres"}


def test_be_with_a_past_participle_is_a_passive() -> None:
    forms, heads = ["Measures", "could", "be", "rolled", "back"], [3, 3, 3, -1, 3]
    found = passive_relations(forms, [{}, {}, {}, PAST, {}], heads, ["nsubj", "aux", "aux", "root", "advmod"], "en")
    assert found == ["nsubj:pass", "aux", "aux:pass", "root", "advmod"]


def test_be_with_a_present_participle_is_none() -> None:
    forms, heads = ["They", "were", "rolling", "back"], [2, 2, -1, 2]
    deprels = ["nsubj", "aux", "root", "advmod"]
    assert passive_relations(forms, [{}, {}, PRESENT, {}], heads, deprels, "en") == deprels


def test_german_sein_makes_none() -> None:
    forms, heads, deprels = ["Sie", "waren", "gekommen"], [2, 2, -1], ["nsubj", "aux", "root"]
    assert passive_relations(forms, [{}, {}, PAST], heads, deprels, "de") == deprels
