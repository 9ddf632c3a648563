"""Adapter: a spaCy pipeline as the analyser (extra `spacy`). Its learned event head is missing: events come from the lexicon."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from lagebild.language.document import Document, Entity, Sentence, Token

#: spaCy's entity labels and ours; anything else is OTH.
_LABELS = {"PER": "PER", "PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC", "NORP": "OTH"}
#: Relations of spaCy's English scheme (ClearNLP) that Universal Dependencies name otherwise.
_RELATIONS = {
    "dobj": "obj",
    "pobj": "obl",
    "nsubjpass": "nsubj:pass",
    "auxpass": "aux:pass",
    "prt": "compound:prt",
    "ROOT": "root",
    "relcl": "acl:relcl",
    "poss": "nmod:poss",
    "dative": "iobj",
    "neg": "advmod",
}


class SpacyAnalyser:
    """Any spaCy pipeline behind the analyser's protocol; what it lacks (tags, trees) is filled with plain defaults.

    Pipelines trained on Universal Dependencies serve best: relations are taken as they are but for the English scheme.
    """

    name = "spacy"

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp
        self.version = str(nlp.meta.get("version", ""))

    def analyse(self, text: str, language: str, breaks: Sequence[int] = ()) -> Document:
        """Parses `text`; pieces between the offsets of `breaks` are parsed apart."""
        limits = sorted({0, len(text), *(b for b in breaks if 0 < b < len(text))})
        sentences: list[Sentence] = []
        for start, end in pairwise(limits):
            doc = self._nlp(text[start:end])
            spans = list(doc.sents) if doc.has_annotation("SENT_START") else [doc[:]]
            for span in spans:
                sentence = _sentence(text, span, start, len(sentences))
                if sentence is not None:
                    sentences.append(sentence)
        return Document(text, language, tuple(sentences))


def _sentence(text: str, span: Any, offset: int, index: int) -> Sentence | None:
    words = [t for t in span if not t.is_space]
    if not words:
        return None
    place = {t.i: n for n, t in enumerate(words)}
    heads: list[int] = []
    for n, t in enumerate(words):
        head = place.get(t.head.i, -1)
        heads.append(-1 if head == n else head)
    if all(not t.dep_ for t in words):  # no parser: a flat tree under the first word
        heads = [-1, *[0] * (len(words) - 1)]
    tokens = tuple(
        Token(
            offset + t.idx, offset + t.idx + len(t), bool(t.whitespace_) or (t.i + 1 < len(t.doc) and t.nbor().is_space)
        )
        for t in words
    )
    return Sentence(
        text=text[tokens[0].start : tokens[-1].end],
        tokens=tokens,
        forms=tuple(t.text for t in words),
        lemmas=tuple(t.lemma_ or t.text for t in words),
        upos=tuple(t.pos_ or "X" for t in words),
        feats=tuple({k: str(v) for k, v in t.morph.to_dict().items()} for t in words),
        heads=tuple(heads),
        deprels=tuple(
            "root" if h < 0 else _RELATIONS.get(t.dep_, t.dep_ or "dep") for t, h in zip(words, heads, strict=True)
        ),
        entities=tuple(_entities(span, place)),
        index=index,
    )


def _entities(span: Any, place: dict[int, int]) -> list[Entity]:
    found = []
    for entity in span.ents:
        inside = [place[t.i] for t in entity if t.i in place]
        if inside:
            found.append(Entity(inside[0], inside[-1], _LABELS.get(entity.label_, "OTH")))
    return found
