"""A spaCy pipeline stands in for the program's own analyser."""

from __future__ import annotations

import pytest

from lagebild.language.spacy import SpacyAnalyser
from lagebild.reading.reader import Reader

spacy = pytest.importorskip("spacy", reason="spaCy is an optional extra")
TEXT = "Kerry traf Lawrow in Genf.  Die Armee griff an."


def test_blank_pipeline_gives_words_and_offsets() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("sentencizer")
    document = SpacyAnalyser(nlp).analyse(TEXT, "de")
    assert [s.forms[-1] for s in document.sentences] == [".", "."]
    for sentence in document.sentences:
        assert [TEXT[t.start : t.end] for t in sentence.tokens] == list(sentence.forms)
        assert sentence.heads.count(-1) == 1


def test_annotation_reaches_the_findings() -> None:
    nlp = spacy.blank("de")
    ruler = nlp.add_pipe("attribute_ruler")
    for word, upos, lemma in (
        ("Armee", "NOUN", "Armee"),
        ("bombardierte", "VERB", "bombardieren"),
        ("Aleppo", "PROPN", "Aleppo"),
    ):
        ruler.add(patterns=[[{"TEXT": word}]], attrs={"POS": upos, "LEMMA": lemma})
    report = Reader(SpacyAnalyser(nlp)).read("Die Armee bombardierte Aleppo.", language="de")
    assert [(f.type, f.trigger) for f in report.findings] == [("ASSAULT", "bombardierte")]  # type: ignore[union-attr]
