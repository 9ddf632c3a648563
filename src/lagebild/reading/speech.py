"""Who says what: direct, indirect and reported speech, cues with «laut» and «zufolge», running Konjunktiv.

An utterance ties stretches of words to a speaker. It serves twice: as a quotation that the program prints, and to
tell for each event and figure who vouches for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.cues import cues
from lagebild.model import Quote, Span
from lagebild.reading.direct import find_direct, mostly_quoted, quoted_ranges
from lagebild.reading.indirect import find_adpositional, find_indirect, find_nominal, find_parenthetical
from lagebild.reading.running import find_running
from lagebild.reading.syntax import (
    phrase,
    subject,
)
from lagebild.reading.utterance import Utterance, Words


def find_speech(document: Document) -> list[Utterance]:
    """All utterances of a document, in text order; nested ones follow those that hold them."""
    lexicon = cues(document.language)
    found: list[Utterance] = []
    inside = quoted_ranges(document, lexicon)
    previous: Utterance | None = None
    for index, sentence in enumerate(document.sentences):
        quoted = inside.get(index, [])
        here = list(find_indirect(document, index, sentence, lexicon))
        here += find_adpositional(index, sentence, lexicon, here)
        here += find_parenthetical(index, sentence, lexicon, here)
        here += find_nominal(index, sentence, lexicon)
        direct = list(find_direct(document, index, sentence, quoted, here, previous, lexicon))
        here = [u for u in here if not mostly_quoted(u, direct)]
        covered = {w for u in (*here, *direct) for s, a, b in u.content if s == index for w in range(a, b + 1)}
        running = (
            None if sentence.root in covered else find_running(document, index, previous, bool(here or direct), lexicon)
        )
        found += sorted([*here, *direct, *([running] if running else [])], key=lambda u: u.content[0])
        if here or direct or running:
            candidates = [
                u for u in (*here, *direct, *([running] if running else [])) if u.speaker and u.stance != "denies"
            ]
            previous = candidates[-1] if candidates else previous
        elif previous and index - previous.content[-1][0] > 2:
            previous = None
    return list(_merged(found))


def quotes(document: Document, utterances: list[Utterance]) -> tuple[Quote, ...]:
    """The utterances as quotations with character spans."""

    def span(words: Words) -> Span:
        return document.sentences[words[0]].span(words[1], words[2])

    def noun(at: tuple[int, int] | None) -> tuple[Span, ...]:
        if at is None:
            return ()
        sentence = document.sentences[at[0]]
        return (sentence.span(*phrase(sentence, at[1])),)

    result = []
    for u in utterances:
        result.append(
            Quote(
                type=u.type,
                quote=tuple(span(w) for w in u.content),
                speaker=noun(u.speaker),
                cue=tuple(document.sentences[s].span(w, w) for s, w in u.cue),
                frame=tuple(span(w) for w in u.frame),
                addressee=noun(u.addressee),
            )
        )
    return tuple(result)


def _merged(found: list[Utterance]) -> Iterator[Utterance]:
    """Running sentences of one speaker are one quotation."""
    last: Utterance | None = None
    for utterance in found:
        if (
            last is not None
            and last.type == utterance.type
            and "FreeIndirect" in last.type
            and last.speaker == utterance.speaker
            and last.source == utterance.source
            and utterance.content[0][0] - last.content[-1][0] == 1
        ):
            last = replace(last, content=(*last.content, *utterance.content))
            continue
        if last is not None:
            yield last
        last = utterance
    if last is not None:
        yield last


def speaker_at(utterances: list[Utterance], sentence: int, word: int) -> Utterance | None:
    """The outermost utterance that covers a word and names a source, else the outermost that covers it."""
    covering = [u for u in utterances if u.covers(sentence, word)]
    if not covering:
        return None
    covering.sort(key=lambda u: (u.speaker is None, -sum(b - a for _, a, b in u.content)))
    return covering[0]


def subject_of(sentence: Sentence, word: int) -> int | None:
    """The subject word of a predicate, borrowed or own."""
    found = subject(sentence, word)
    return found[0] if found else None
