"""Every entry's example is read: the entry must do there what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.frames import frames
from lagebild.lexicon.generics import generics
from lagebild.lexicon.issues import issues
from lagebild.lexicon.loader import LANGUAGES, load
from lagebild.lexicon.markers import markers
from lagebild.lexicon.names import words
from lagebild.lexicon.parties import parties
from lagebild.model import EVENT_TYPES
from lagebild.reading.events import matching_frames
from lagebild.reading.figures import find_figures
from lagebild.reading.speech import find_speech
from lagebild.reading.status import _votes
from lagebild.reading.times import find_times

Parse = Callable[[str, str], Document]


def entries(name: str, table: str) -> Iterator[Any]:
    for language in LANGUAGES:
        for number, entry in enumerate(load(language, name).get(table, [])):
            title = entry.get("lemma") or (entry.get("words") or entry.get("forms") or [number])[0]
            yield pytest.param(language, entry, id=f"{language}-{table}-{title}-{number}")


def at(document: Document, text: str) -> list[tuple[Sentence, int]]:
    """The words at which a piece of a document's text stands."""
    start = document.text.index(text)
    found = []
    for sentence in document.sentences:
        for word, token in enumerate(sentence.tokens):
            if token.start < start + len(text) and token.end > start:
                found.append((sentence, word))
    assert found
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_type_has_its_frames(language: str) -> None:
    counts = {t: len({(f.lemma, f.upos) for f in frames(language).frames if f.type == t}) for t in EVENT_TYPES}
    assert min(counts.values()) >= 15, counts


@pytest.mark.parametrize(("language", "entry"), entries("events", "entry"))
def test_frame(parse: Parse, language: str, entry: dict[str, Any]) -> None:
    document = parse(entry["example"], language)
    found = [
        frame
        for sentence, word in at(document, entry["trigger"])
        for frame, _ in matching_frames(sentence, word, frames(language))
    ]
    assert any(f.type == entry["type"] and f.mode == entry.get("mode") for f in found)


@pytest.mark.parametrize(
    ("language", "entry"),
    [
        p
        for table in ("modal", "adverb", "adjective", "governor", "subjunction", "negation")
        for p in entries("status", table)
    ],
)
def test_status_marker(parse: Parse, language: str, entry: dict[str, Any]) -> None:
    document = parse(entry["example"], language)
    votes = [
        vote
        for sentence, word in at(document, entry["act"])
        for vote in _votes(sentence, word, markers(language), language)
    ]
    status = entry.get("status") or (None if entry.get("stance") else "denied")
    assert any((vote.status, vote.stance) == (status, entry.get("stance")) for vote in votes)


@pytest.mark.parametrize(
    ("language", "entry"),
    [p for table in ("numeral", "magnitude", "plural", "dozen", "fraction") for p in entries("numbers", table)],
)
def test_number(parse: Parse, language: str, entry: dict[str, Any]) -> None:
    found = find_figures(parse(entry["example"], language))
    assert [f.value for f in found] == [entry["expect"]]


@pytest.mark.parametrize(("language", "entry"), entries("numbers", "precision"))
def test_precision(parse: Parse, language: str, entry: dict[str, Any]) -> None:
    assert [f.precision for f in find_figures(parse(entry["example"], language))] == [entry["value"]]


@pytest.mark.parametrize(("language", "entry"), [p for t in ("counted", "predicate") for p in entries("numbers", t)])
def test_measure(parse: Parse, language: str, entry: dict[str, Any]) -> None:
    found = [f.measure for f in find_figures(parse(entry["example"], language))]
    assert found == ([entry["measure"]] if entry["measure"] else [])


@pytest.mark.parametrize(("language", "entry"), [p for t in ("word", "rule") for p in entries("times", t)])
def test_time(parse: Parse, language: str, entry: dict[str, Any]) -> None:
    published = date.fromisoformat(entry.get("published", "2015-07-15"))
    found = find_times(parse(entry["example"], language), published)
    values = [f.expression.value for f in found]
    expected = entry.get("expect", entry.get("value"))
    if expected == "":  # a word that keeps a number from being a time
        assert values == []
    else:
        assert expected in values


@pytest.mark.parametrize(("language", "entry"), [p for t in ("verb", "noun") for p in entries("speech", t)])
def test_speech_cue(parse: Parse, language: str, entry: dict[str, Any]) -> None:
    document = parse(entry["example"], language)
    found = find_speech(document)
    assert any(u.stance == entry.get("stance", "asserts") for u in found)


@pytest.mark.parametrize(("language", "entry"), [p for t in ("adposition", "particle") for p in entries("speech", t)])
def test_speech_phrase(parse: Parse, language: str, entry: dict[str, Any]) -> None:
    assert find_speech(parse(entry["example"], language))


@pytest.mark.parametrize(("language", "entry"), entries("issues", "issue"))
def test_issue(parse: Parse, language: str, entry: dict[str, Any]) -> None:
    document = parse(entry["example"], language)
    found = {issues(language).find(lemma) for sentence in document.sentences for lemma in sentence.lemmas}
    assert entry["id"] in found


@pytest.mark.parametrize(("language", "entry"), entries("roles", "generic"))
def test_party_noun(parse: Parse, language: str, entry: dict[str, Any]) -> None:
    document = parse(entry["example"], language)
    nouns = generics(language)
    lemmas = [lemma for sentence in document.sentences for lemma in sentence.lemmas]
    found = [nouns.find(lemma) for lemma in lemmas] + [nouns.find_phrase(pair) for pair in pairwise(lemmas)]
    assert entry["name"] in {g.name for g in found if g}


@pytest.mark.parametrize(("language", "entry"), entries("roles", "office"))
def test_office(language: str, entry: dict[str, Any]) -> None:
    role = parties().offices.role(words(entry["example"]), language)
    assert role is not None
    assert role.role == entry["role"]


@pytest.mark.parametrize("table", ["groups", "organisations", "people"])
def test_party_tables_have_their_breadth(table: str) -> None:
    least = {"groups": 150, "organisations": 120, "people": 250}[table]
    assert (
        len(load("parties", table)[{"groups": "group", "organisations": "organisation", "people": "person"}[table]])
        >= least
    )


@pytest.mark.parametrize(
    ("table", "entry"),
    [
        pytest.param(table, entry, id=entry["name"])
        for table, key in (("groups", "group"), ("organisations", "organisation"), ("people", "person"))
        for entry in load("parties", table).get(key, [])
    ],
)
def test_party_is_found_in_its_example(table: str, entry: dict[str, Any]) -> None:
    words = entry["example"].replace(".", " ").replace(",", " ").replace("«", " ").replace("»", " ").split()
    found = {m.entry.name for language in LANGUAGES for m in parties().match(words, language)}
    assert entry["name"] in found
