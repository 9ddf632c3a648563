"""Which words name an act, by the lexicon alone: idioms, light verbs, denied verbs, participles, one event an act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lagebild.language.document import Document
from lagebild.language.lemma import participle_of
from lagebild.reading.events import find_acts

Parse = Callable[[str, str], Document]


def acts(parse: Parse, text: str) -> list[tuple[str, str]]:
    document = parse(text, "de")
    return [(document.sentences[a.sentence].forms[a.word], a.type) for a in find_acts(document, "lexicon")]


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("Die Opposition stellte das Ergebnis in Frage.", "stellte", "ACCUSE"),
        ("Der Minister nannte den Abschuss eine Provokation.", "nannte", "ACCUSE"),
        ("Der Verband äusserte Bedenken gegen das Gesetz.", "Bedenken", "ACCUSE"),
        ("Die Rebellen akzeptierten das Ergebnis nicht.", "akzeptierten", "REJECT"),
        ("Die Rebellen akzeptierten das Ergebnis.", "akzeptierten", "AGREE"),
        ("Das Gericht verurteilte den General zu zehn Jahren Haft.", "verurteilte", "SANCTION"),
        ("Der Präsident hat die Geiseln ziehen lassen.", "ziehen", "RETREAT"),
    ],
)
def test_frames_hold_in_their_construction(parse: Parse, text: str, word: str, kind: str) -> None:
    assert (word, kind) in acts(parse, text)


@pytest.mark.parametrize(
    "text",
    [
        "Der Trainer stellte die Mannschaft um.",
        "Sie nannte ihren Hund Rex.",
        "Im Kampf um Platz drei verlor die Mannschaft.",
        "Das Unwetter forderte zwei Todesopfer.",
        "Das nahegelegene Dorf liegt am Fluss.",
    ],
)
def test_no_act_outside_of_it(parse: Parse, text: str) -> None:
    assert acts(parse, text) == []


def test_verb_that_needs_its_noun_is_one_event_with_it(parse: Parse) -> None:
    assert [kind for _, kind in acts(parse, "Der Journalist sitzt seit Mai im Gefängnis.")] == ["COERCE"]


def test_participle_before_its_noun_has_it_as_object(parse: Parse) -> None:
    document = parse("Die Familie des ermordeten Bischofs schweigt.", "de")
    found = [a for a in find_acts(document, "lexicon") if a.type == "ASSAULT"]
    assert [[document.sentences[0].forms[s.word] for s in a.arguments if s.name == "obj"] for a in found] == [
        ["Bischofs"]
    ]


@pytest.mark.parametrize(
    ("adjective", "verb"),
    [("getötet", "töten"), ("demonstrierend", "demonstrieren"), ("zurückgewiesen", "zurückweisen")],
)
def test_infinitive_of_participle(adjective: str, verb: str) -> None:
    assert participle_of(adjective, "de") == verb
