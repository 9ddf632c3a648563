"""CoNLL-U: writes a document's analysis, and reads any parser's so that it can stand in for the program's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from lagebild.language.document import Document, Sentence, Token


def to_conllu(document: Document) -> str:
    """The document in CoNLL-U. Words that share a token («zu dem» in «zum») stand under a multi-word line."""
    return "".join("\n".join(_lines(document.text, sentence)) + "\n\n" for sentence in document.sentences)


def _lines(text: str, sentence: Sentence) -> Iterator[str]:
    yield f"# sent_id = {sentence.index + 1}"
    yield "# text = " + " ".join(sentence.text.split())
    for _, group in groupby(range(len(sentence)), key=lambda w: (sentence.tokens[w].start, sentence.tokens[w].end)):
        words = list(group)
        token = sentence.tokens[words[-1]]
        misc = "_" if token.space_after else "SpaceAfter=No"
        if len(words) > 1:
            form = text[token.start : token.end]
            yield "\t".join([f"{words[0] + 1}-{words[-1] + 1}", form, *["_"] * 7, misc])
            misc = "_"
        for w in words:
            feats = "|".join(f"{k}={v}" for k, v in sorted(sentence.feats[w].items())) or "_"
            yield "\t".join(
                [
                    str(w + 1),
                    sentence.forms[w],
                    sentence.lemmas[w],
                    sentence.upos[w],
                    "_",
                    feats,
                    str(sentence.heads[w] + 1),
                    sentence.deprels[w],
                    "_",
                    misc,
                ]
            )


def from_conllu(text: str, conllu: str, language: str) -> Document:
    """The analysis of `text` that another parser wrote as CoNLL-U.

    Raises ValueError, naming the word, if a word of the analysis does not follow in the text.
    """
    sentences: list[Sentence] = []
    at = 0
    for block in conllu.split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line and not line.startswith("#")]
        if not rows:
            continue
        tokens, words, at = _align(text, rows, at)
        sentences.append(_sentence(text, tokens, words, len(sentences)))
    return Document(text, language, tuple(sentences))


def _align(text: str, rows: Sequence[Sequence[str]], at: int) -> tuple[list[Token], list[Sequence[str]], int]:
    tokens: list[Token] = []
    words: list[Sequence[str]] = []
    covered, span = 0, (at, at)
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0] or int(row[0]) > covered:
            start = text.find(row[1], at)
            if start < 0 or text[at:start].strip():
                raise ValueError(f"word {row[1]!r} does not follow at offset {at} of the text")
            span = (start, start + len(row[1]))
            at = span[1]
        if "-" in row[0]:
            covered = int(row[0].split("-")[1])
            continue
        tokens.append(Token(span[0], span[1], not text[span[1] : span[1] + 1].strip() and span[1] < len(text)))
        words.append(row)
    return tokens, words, at


def _sentence(text: str, tokens: list[Token], words: list[Sequence[str]], index: int) -> Sentence:
    feats = [dict(f.split("=", 1) for f in w[5].split("|")) if w[5] != "_" else {} for w in words]
    return Sentence(
        text=text[tokens[0].start : tokens[-1].end],
        tokens=tuple(tokens),
        forms=tuple(w[1] for w in words),
        lemmas=tuple(w[2] for w in words),
        upos=tuple(w[3] for w in words),
        feats=tuple(feats),
        heads=tuple(int(w[6]) - 1 for w in words),
        deprels=tuple(w[7] for w in words),
        index=index,
    )
