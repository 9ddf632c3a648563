"""Turns of an interview: paragraphs that begin with a name and a colon («Pau: Das ist falsch. …») are its words; a sentence behind
the name of a paper or an agency and a colon is what that reports."""

from __future__ import annotations

from collections.abc import Iterator

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.parties import parties
from lagebild.reading.utterance import Utterance

#: The source of what somebody says in an interview.
TURN = "turn of an interview"
#: The source of what stands behind the name of a paper or an agency and a colon; the kind of such a party.
REPORT, MEDIA = "report of a medium", "media"
#: A name before a colon has no more words than this, marks around it included.
_LONGEST_NAME = 6
#: Two who take turns are an interview; a single name and colon may be anything.
_FEWEST = 2


def find_turns(document: Document) -> Iterator[Utterance]:
    """What each person says in an interview; who is no person (the paper that asks) only ends the turn before."""
    begins: dict[int, tuple[int, int] | None] = {}
    names: list[str] = []
    for index, sentence in enumerate(document.sentences):
        if index and "\n" not in document.text[document.sentences[index - 1].end : sentence.start]:
            continue
        colon = _colon(sentence)
        if colon is None:
            continue
        person = next((e for e in sentence.entities if e.label == "PER" and e.last < colon), None)
        begins[index] = (person.first, colon) if person is not None else None
        names.append(" ".join(sentence.forms[:colon]))
    if len(set(names)) < _FEWEST or len(names) <= len(set(names)):
        return  # nobody speaks twice: a list, and no interview
    for index, turn in begins.items():
        if turn is None:
            continue
        end = next((i for i in sorted(begins) if i > index), len(document.sentences))
        first = (index, turn[1] + 1, len(document.sentences[index]) - 1)
        rest = ((i, 0, len(document.sentences[i]) - 1) for i in range(index + 1, end))
        yield Utterance(
            type="Direct",
            content=tuple(c for c in (first, *rest) if c[1] <= c[2]),
            speaker=(index, turn[0]),
            source=TURN,
            silent=True,
        )


def find_reports(document: Document) -> Iterator[Utterance]:
    """What a paper or an agency reports whose name and a colon stand before the sentence: «Reuters: Zwei Menschen starben.»"""
    for index, sentence in enumerate(document.sentences):
        colon = _colon(sentence)
        if colon is None or colon + 1 >= len(sentence):
            continue
        known = next(iter(parties().match(sentence.forms[:colon], document.language, None)), None)
        if known is not None and known.whole and known.last == colon - 1 and known.entry.kind == MEDIA:
            content = ((index, colon + 1, len(sentence) - 1),)
            yield Utterance("Indirect", content, speaker=(index, 0), source=REPORT, silent=True)


def _colon(sentence: Sentence) -> int | None:
    """The colon behind the name that a sentence begins with: nothing but nouns and marks stand before it («Frage: …»)."""
    for word in range(1, min(_LONGEST_NAME, len(sentence))):
        if sentence.forms[word] == ":":
            before = [w for w in range(word) if sentence.upos[w] != "PUNCT"]
            named = before and all(sentence.upos[w] in ("PROPN", "NOUN", "X") for w in before)
            return word if named else None
    return None
