"""The faster searches answer as HanTa's own."""

from __future__ import annotations

import pytest
from HanTa.HanoverTagger import HanoverTagger

from lagebild.language.morphemes import Morphemes

MODEL = "morphmodel_ger.pgz"
WORDS = (
    "Waffenstillstandsvereinbarung", "zurückgezogen", "Kämpferinnen", "beschossenen", "Xqzzwümpel", "ab", "é", "12a",
    "Grenzübergangs", "entminten", "Friedensgespräche", "Ukraine-Konflikts", "eroberte", "Wochenendgipfels",
)  # fmt: skip


@pytest.fixture(scope="module")
def taggers() -> tuple[HanoverTagger, Morphemes]:
    return HanoverTagger(MODEL), Morphemes(MODEL)


@pytest.mark.parametrize("word", WORDS)
def test_same_answers(taggers: tuple[HanoverTagger, Morphemes], word: str) -> None:
    slow, fast = taggers
    assert fast.analyze_forward(word.lower()) == slow.analyze_forward(word.lower())
    assert fast.tag_word(word, casesensitive=False, cutoff=20) == slow.tag_word(word, casesensitive=False, cutoff=20)
    for tag in ("NN", "VV(INF)", "VV(PP)", "ADJ(A)", None):
        if tag in slow.tag2int:
            assert fast.analyze(word, pos=tag) == slow.analyze(word, pos=tag)
