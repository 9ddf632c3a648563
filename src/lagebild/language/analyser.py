"""Raw text to parsed sentences: segmentation, the network, lemmas and closed morphology, put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from lagebild.language.document import Document, Entity, Sentence, Token
from lagebild.language.gazetteer import correct_names
from lagebild.language.lemma import lemmatiser
from lagebild.language.morphology import correct_feats
from lagebild.language.neural import Network, Scores
from lagebild.language.passives import passive_relations
from lagebild.language.segment import segment, word_form
from lagebild.language.truncated import completed
from lagebild.lexicon.loader import load

#: Longest sentence that the reading handles; longer ones (lists, tables) are cut.
_LONGEST = 250


class NeuralAnalyser:
    """The program's own analyser. Safe to share between threads."""

    name = "lagebild"

    def __init__(self, weights: Path | None = None, threads: int = 1) -> None:
        self._network = Network(weights, threads)
        self.version = self._network.version

    def analyse(self, text: str, language: str, breaks: Sequence[int] = ()) -> Document:
        """Parses `text`; no sentence crosses an offset in `breaks`."""
        prepared: list[list[tuple[str, Token]]] = []
        for tokens in segment(text, language, breaks):
            for at in range(0, len(tokens), _LONGEST):
                words = [w for token in tokens[at : at + _LONGEST] for w in syntactic_words(text, token, language)]
                if words:
                    prepared.append(words)
        scores = self._network.run(
            [[(form, token.space_after) for form, token in words] for words in prepared], language
        )
        sentences = tuple(
            _sentence(text, language, index, words, score)
            for index, (words, score) in enumerate(zip(prepared, scores, strict=True))
        )
        return Document(text, language, sentences)


@cache
def _contractions(language: str) -> dict[str, tuple[str, ...]]:
    return {k: tuple(v) for k, v in load(language, "morphology").get("contractions", {}).items()}


def syntactic_words(text: str, token: Token, language: str) -> Iterator[tuple[str, Token]]:
    """The syntactic words of a token: «zum» is «zu dem», both with the token's offsets."""
    form = word_form(text, token)
    parts = _contractions(language).get(form.lower())
    if parts is None:
        yield form or text[token.start : token.end], token
        return
    for i, part in enumerate(parts):
        first = part[:1].upper() + part[1:] if i == 0 and form[:1].isupper() else part
        yield first, Token(token.start, token.end, True if i < len(parts) - 1 else token.space_after)


def _sentence(text: str, language: str, index: int, words: list[tuple[str, Token]], score: Scores) -> Sentence:
    forms = tuple(form for form, _ in words)
    lemmas = lemmatiser(language)
    heads, deprels = completed(forms, score.upos, score.heads, score.deprels)
    feats = correct_feats(forms, score.upos, score.feats, heads, deprels, language)
    deprels = passive_relations(forms, feats, heads, deprels, language)
    return Sentence(
        text=text[words[0][1].start : words[-1][1].end],
        tokens=tuple(token for _, token in words),
        forms=forms,
        # Participles are tagged as adjectives where they stand with «sein»; their lemma is the verb's all the same.
        lemmas=tuple(
            lemmas.lemma(form, "VERB" if upos == "ADJ" and f.get("VerbForm") == "Part" else upos)
            for form, upos, f in zip(forms, score.upos, feats, strict=True)
        ),
        upos=tuple(score.upos),
        feats=tuple(feats),
        heads=tuple(heads),
        deprels=tuple(deprels),
        entities=tuple(_entities(correct_names(forms, score.upos, score.entities, language))),
        index=index,
        scores=score,
    )


def _entities(labels: Sequence[str]) -> Iterator[Entity]:
    first = None
    for word, label in enumerate([*labels, "O"]):
        if first is not None and not label.startswith("I-"):
            yield Entity(first, word - 1, labels[first][2:])
            first = None
        if label.startswith("B-") or (label.startswith("I-") and first is None):
            first = word
