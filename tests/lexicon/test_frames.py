"""Frames as the loader makes them: groups of synonyms, named lists of words, words that only look like compounds."""

from __future__ import annotations

from lagebild.lexicon.frames import frames, single


def test_group_is_one_entry_a_lemma_with_its_own_example() -> None:
    group = {"lemmas": ["rügen", "tadeln"], "upos": "VERB", "example": "Der Rat will die Armee {}."}
    assert list(single(group)) == [
        {"upos": "VERB", "lemma": "rügen", "example": "Der Rat will die Armee rügen.", "trigger": "rügen"},
        {"upos": "VERB", "lemma": "tadeln", "example": "Der Rat will die Armee tadeln.", "trigger": "tadeln"},
    ]


def test_entry_of_one_lemma_stays_as_it_is() -> None:
    entry = {"lemma": "rügen", "example": "Der Rat rügte die Armee.", "trigger": "rügte"}
    assert list(single(entry)) == [entry]


def test_named_lists_are_their_words() -> None:
    known = [f for f in frames("de").find("ziehen", "VERB") if f.type == "ACCUSE"]
    needs = [filling for f in known for slot, filling in f.needs if slot == "vor"]
    assert needs
    assert all(filling.takes("verfassungsgericht") and not filling.takes("haus") for filling in needs)


def test_last_part_that_only_looks_like_an_event() -> None:
    assert frames("de").find("Gaseinigung", "NOUN")
    assert not frames("de").find("Bauernvereinigung", "NOUN")
    assert not frames("de").find("Vereinigung", "NOUN")
