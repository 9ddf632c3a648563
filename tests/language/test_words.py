"""Sentences, tokens, lemmas, closed morphology and language on real text."""

from __future__ import annotations

import pytest

from lagebild.language.document import Analyser
from lagebild.language.identify import identify
from lagebild.language.lemma import lemmatiser
from lagebild.language.segment import segment, word_form


def cut(text: str, language: str = "de") -> list[list[str]]:
    return [[text[t.start : t.end] for t in sentence] for sentence in segment(text, language)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Am 3. Mai traf Dr. Keller ca. 200 Helfer. Sie blieben.", 2),
        ("«Wir gehen», sagte er. «Sofort.» Dann ging er.", 3),
        ("17'600 Soldaten standen dort. 3.600 starben.", 2),
        ("Sie schätzen die Zahl auf mehr als 300. Nachfolger wird ein General.", 2),
        ("Sie feierten mit rund 500. Gästen schmeckte es.", 2),
        ("Er kam auf den 40. Rang. Sie warten bis zum 14. Oktober in Genf.", 2),
        ("Überschrift ohne Punkt\n\nDer Text beginnt hier.", 2),
    ],
)
def test_sentences(text: str, sentences: int) -> None:
    assert len(cut(text)) == sentences


def test_addresses_that_papers_are_named_by_stay_whole() -> None:
    words = [w for s in cut("Laut spiegel-bote.de und bbc.co.uk kam er an.Die Lage ist ruhig.") for w in s]
    assert {"spiegel-bote.de", "bbc.co.uk", "Die"} <= set(words)


def test_tokens_keep_numbers_and_compounds_whole() -> None:
    words = cut("17'600 US-Soldaten zahlten 3,5 Mio. Franken (CHF).")[0]
    assert {"17'600", "US-Soldaten", "3,5", "Mio.", "CHF"} <= set(words)


def test_thousands_parted_by_a_space_are_one_number() -> None:
    text = "Im Jahr 2008 250 000 Vertriebene, 17\u202f000 Blauhelme und 940 Helfer."
    tokens = segment(text, "de")[0]
    assert [word_form(text, t) for t in tokens if text[t.start].isdecimal()] == ["2008", "250000", "17000", "940"]
    assert "250 000" in cut(text)[0]


@pytest.mark.parametrize(
    ("form", "upos", "language", "lemma"),
    [
        ("Angriffe", "NOUN", "de", "Angriff"),
        ("griff", "VERB", "de", "greifen"),
        ("UNO-Angaben", "NOUN", "de", "UNO-Angabe"),
        ("Truppen", "NOUN", "de", "Truppe"),
        ("said", "VERB", "en", "say"),
        ("troops", "NOUN", "en", "troop"),
        ("fighting", "NOUN", "en", "fighting"),
        ("shot", "VERB", "en", "shoot"),
    ],
)
def test_lemmas(form: str, upos: str, language: str, lemma: str) -> None:
    assert lemmatiser(language).lemma(form, upos) == lemma


@pytest.mark.parametrize(
    ("text", "verb", "mood"),
    [
        ("Er sagte, die Lage sei ruhig.", "sei", "Sub"),
        ("Der Minister habe gelogen, sagte sie.", "habe", "Sub"),
        ("Ich habe gelogen.", "habe", "Ind"),
        ("Die Lage ist ruhig.", "ist", "Ind"),
    ],
)
def test_mood_decides_who_speaks(analyser: Analyser, text: str, verb: str, mood: str) -> None:
    (sentence,) = analyser.analyse(text, "de").sentences
    assert sentence.feats[sentence.forms.index(verb)].get("Mood") == mood


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Regierung wies die Vorwürfe am Montag zurück.", "de"),
        ("The government rejected the accusations on Monday.", "en"),
        ("Le gouvernement a rejeté lundi les accusations portées contre lui.", "fr"),
        # Short and full of foreign names: the words decide.
        ("Kerry traf am Montag Lawrow in Genf.", "de"),
        ("Kerry met Lavrov in Geneva.", "en"),
        ("Putin trifft Merkel", "de"),
        ("El presidente visitó Madrid el lunes.", "es"),
        ("Ministeren mødte sin russiske kollega i København mandag.", "da"),
        ("12345 … 2014!", "zxx"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert identify(text).language == language
