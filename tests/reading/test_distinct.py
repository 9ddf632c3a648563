"""Two words for one act are one event; words that only say what a noun is like are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lagebild.language.document import Document
from lagebild.reading.events import find_acts

Parse = Callable[[str, str], Document]


@pytest.mark.parametrize(
    ("language", "text", "told", "same"),
    [
        ("de", "In der Stadt explodierten am Abend vier Autobomben.", "explodierten", "Autobomben"),
        ("de", "Der Anschlag tötete vier Soldaten.", "Anschlag", "tötete"),
        ("de", "Kommentatoren sehen die Reform sehr kritisch.", "kritisch", "sehen"),
        ("de", "Der Bericht nennt alle begangenen Verbrechen.", "Verbrechen", "begangenen"),
        ("de", "Trump und Kim haben sich zu einem historischen Gipfel getroffen.", "getroffen", "Gipfel"),
        ("en", "A coup toppled the government in June.", "toppled", "coup"),
        ("en", "The United Nations will provide 25,000 tons of food aid to refugees.", "provide", "aid"),
    ],
)
def test_one_event_for_one_act(parse: Parse, language: str, text: str, told: str, same: str) -> None:
    document = parse(text, language)
    words = [document.sentences[a.sentence].forms[a.word] for a in find_acts(document)]
    assert told in words
    assert same not in words


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The two countries agreed on a new free trade pact.", "free"),
        ("The rebels attacked the armed forces of the country.", "armed"),
    ],
)
def test_what_a_noun_is_like_is_no_act(parse: Parse, text: str, word: str) -> None:
    document = parse(text, "en")
    assert word not in [document.sentences[a.sentence].forms[a.word] for a in find_acts(document)]
