"""Direct speech: what stands between quotation marks, with its speaker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.cues import Cues
from lagebild.reading.utterance import Utterance, cue_verb, cue_words, remaining, speaker_of


def quoted_ranges(document: Document, lexicon: Cues) -> dict[int, list[tuple[int, int]]]:
    """For each sentence the word ranges that stand in quotation marks (marks included)."""
    found: dict[int, list[tuple[int, int]]] = {}
    closing: str | None = None
    begin: tuple[int, int] | None = None
    for index, sentence in enumerate(document.sentences):
        for word, form in enumerate(sentence.forms):
            if closing is not None and len(form) <= 2 and form[0] in closing:
                assert begin is not None
                if index - begin[0] <= 8:
                    for s in range(begin[0], index + 1):
                        first = begin[1] if s == begin[0] else 0
                        last = word if s == index else len(document.sentences[s]) - 1
                        found.setdefault(s, []).append((first, last))
                closing = None
            elif closing is None and len(form) <= 2 and form and form[0] in lexicon.marks:
                closing, begin = lexicon.marks[form[0]], (index, word)
        if closing is not None and begin is not None and index - begin[0] > 8:
            closing = None
    return found


def find_direct(
    document: Document,
    index: int,
    sentence: Sentence,
    quoted: list[tuple[int, int]],
    found: list[Utterance],
    previous: Utterance | None,
    lexicon: Cues,
) -> Iterator[Utterance]:
    for first, last in quoted:
        inner = range(first, last + 1)
        whole = last - first + 1 >= len(sentence) - 1
        verbal = any(sentence.upos[w] in ("VERB", "AUX") for w in inner)
        holder = next(
            (u for u in found if any(s == index and a <= first + 1 and last - 1 <= b for s, a, b in u.content)), None
        )
        if holder is None:
            holder = next(
                (u for u in found if any(s == index and first <= a and b <= last for s, a, b in u.content)), None
            )
        if holder is not None:
            inside_content = any(
                (s == index and a < first and last <= b) or (a <= first and last < b) for s, a, b in holder.content
            )
            yield replace(holder, type="Direct", content=((index, first, last),), nested=inside_content)
            continue
        if not verbal and last - first < 5:
            continue
        verb = None if whole else _nearest_cue(sentence, first, last, lexicon)
        if verb is not None:
            speaker = speaker_of(sentence, verb)
            if speaker is not None and first <= speaker <= last:
                speaker = None
            outside = [r for r in remaining(sentence, set(inner))]
            yield Utterance(
                type="Direct",
                content=((index, first, last),),
                speaker=(index, speaker) if speaker is not None else None,
                cue=tuple((index, w) for w in cue_words(sentence, verb)),
                frame=tuple((index, a, b) for a, b in outside),
                source=f"quotation marks with {sentence.lemmas[verb]}",
            )
            continue
        at, cue_at = _neighbour(document, index, previous, lexicon, whole)
        yield Utterance(
            type="Direct", content=((index, first, last),), speaker=at, cue=cue_at, source="quotation marks"
        )


def _nearest_cue(sentence: Sentence, first: int, last: int, lexicon: Cues) -> int | None:
    verbs = [w for w in range(len(sentence)) if not first <= w <= last and sentence.upos[w] == "VERB"]
    named = [w for w in verbs if cue_verb(sentence, w, lexicon)]
    pool = named or [w for w in verbs if sentence.heads[w] < 0]
    return min(pool, key=lambda w: min(abs(w - first), abs(w - last)), default=None)


def _neighbour(
    document: Document, index: int, previous: Utterance | None, lexicon: Cues, whole: bool
) -> tuple[tuple[int, int] | None, tuple[tuple[int, int], ...]]:
    """The speaker of a quotation that fills its sentence: the sentence before with a colon, or the running one."""
    if index > 0:
        before = document.sentences[index - 1]
        if before.forms[-1] == ":":
            root = before.root
            verb = next((w for w in range(len(before)) if cue_verb(before, w, lexicon)), root)
            speaker = speaker_of(before, verb)
            if speaker is not None:
                return (index - 1, speaker), tuple((index - 1, w) for w in cue_words(before, verb))
    if previous is not None and index - previous.content[-1][0] <= 2:
        return previous.speaker, ()
    return None, ()


def mostly_quoted(utterance: Utterance, direct: list[Utterance]) -> bool:
    """Whether direct speech covers nearly all of an utterance's content, so that it is one quotation and not two."""
    words = {(s, w) for s, a, b in utterance.content for w in range(a, b + 1)}
    marked = {(s, w) for d in direct for s, a, b in d.content for w in range(a, b + 1)}
    return len(words - marked) <= 1
