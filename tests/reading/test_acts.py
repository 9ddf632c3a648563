"""How the lexicon's frames meet the words of a sentence: word classes, parties, joined words, one event an act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lagebild.language.document import Document
from lagebild.lexicon.frames import frames
from lagebild.reading.events import find_acts

Parse = Callable[[str, str], Document]


def acts(parse: Parse, text: str, language: str = "en") -> list[tuple[str, str]]:
    document = parse(text, language)
    return [(document.sentences[a.sentence].forms[a.word], a.type) for a in find_acts(document, "lexicon")]


def test_a_class_of_words_fills_a_slot(parse: Parse) -> None:
    assert acts(parse, "The rebels planted mines on the road.") == [("planted", "ASSAULT")]
    assert acts(parse, "The farmers planted trees on the hill.") == []


def test_a_party_fills_a_slot_by_name_and_by_noun(parse: Parse) -> None:
    assert acts(parse, "Cuba helped Angola.") == [("helped", "AID")]
    assert acts(parse, "The chancellor scolded the minister.") == [("scolded", "ACCUSE")]
    assert acts(parse, "The cook helped the dog.") == []


def test_needs_are_not_met_by_the_end_of_an_english_word() -> None:
    (frame,) = [f for f in frames("en").find("ship", "VERB") if f.type == "AID"]
    takes = dict(frame.needs)["obj"].takes
    assert takes("howitzer")
    assert not takes("friendship")
    assert not takes("farm")


def test_german_needs_are_met_by_the_last_part_of_a_compound() -> None:
    fillings = [filling for f in frames("de").frames for _, filling in f.needs if "truppe" in filling.words]
    assert fillings
    assert all(filling.takes("panzertruppe") for filling in fillings)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The car bomb killed nine people.", ("bomb", "ASSAULT")),
        ("Rebels booby-trapped the house.", ("trapped", "ASSAULT")),
    ],
)
def test_a_word_is_known_by_what_is_joined_to_it(parse: Parse, text: str, act: tuple[str, str]) -> None:
    assert acts(parse, text) == [act]


@pytest.mark.parametrize(
    ("text", "language", "act"),
    [
        ("Two soldiers were killed in an ambush near Mosul.", "en", "ambush"),
        ("Gunmen attacked a patrol near Mosul, killing two soldiers.", "en", "attacked"),
        ("Bei einem Anschlag in Kabul wurden drei Soldaten getötet.", "de", "Anschlag"),
    ],
)
def test_a_result_is_no_second_act(parse: Parse, text: str, language: str, act: str) -> None:
    assert acts(parse, text, language) == [(act, "ASSAULT")]


def test_the_act_keeps_the_victims_of_the_result(parse: Parse) -> None:
    document = parse("An ambush near Mosul killed two soldiers.", "en")
    (act,) = find_acts(document, "lexicon")
    assert "soldier" in [document.sentences[0].lemmas[slot.word] for slot in act.arguments]


@pytest.mark.parametrize(
    ("text", "language", "act"),
    [
        (
            "Die EU hat Sanktionen gegen Belarus verhängt. Sie könnten bald aufgehoben werden.",
            "de",
            ("aufgehoben", "RETREAT"),
        ),
        ("Die EU hat ein Konzert veranstaltet. Sie könnten bald aufgehoben werden.", "de", None),
    ],
)
def test_a_pronoun_stands_for_a_noun_of_the_sentence_before(
    parse: Parse, text: str, language: str, act: tuple[str, str] | None
) -> None:
    assert [a for a in acts(parse, text, language) if a[0] == "aufgehoben"] == ([act] if act else [])


def test_a_bare_noun_goes_on_with_the_kind_of_act_told_before(parse: Parse) -> None:
    told = acts(parse, "The sides exchanged prisoners near the town. More exchanges will follow on Sunday.")
    assert told[:2] == [("exchanged", "RETREAT"), ("exchanges", "RETREAT")]
    assert ("exchanges", "RETREAT") not in acts(parse, "The schools met. More exchanges will follow on Sunday.")
