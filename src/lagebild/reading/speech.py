"""Who says what: direct, indirect and reported speech, cues with «laut» and «zufolge», running Konjunktiv.

An utterance ties stretches of words to a speaker. It serves twice: as a quotation that the program prints, and to
tell for each event and figure who vouches for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.cues import Cues, cues
from lagebild.model import Quote, Span
from lagebild.reading.adpositional import find_adpositional, find_parenthetical
from lagebild.reading.direct import find_direct, find_quotations, inside_quotations, is_name, mostly_quoted
from lagebild.reading.extent import noun_extent
from lagebild.reading.indirect import find_embedded, find_indirect
from lagebild.reading.nominal import find_nominal
from lagebild.reading.papers import find_papers
from lagebild.reading.reported import find_claims, find_reported
from lagebild.reading.running import GOING_ON, OWN_WOULD, RUNNING, find_running
from lagebild.reading.turns import find_reports, find_turns
from lagebild.reading.utterance import Cue, Utterance, Words, cues_of, speaker_of


def find_speech(document: Document) -> list[Utterance]:
    """All utterances of a document, in text order; nested ones follow those that hold them."""
    lexicon = cues(document.language)
    quotations = find_quotations(document, lexicon)
    ending: dict[int, list[int]] = {}
    for number, quotation in enumerate(quotations):
        ending.setdefault(quotation.end[0], []).append(number)
    near: dict[int, list[Utterance]] = {}
    words: dict[int, list[Cue]] = {}
    for index, sentence in enumerate(document.sentences):
        found = [
            c for c in cues_of(sentence, lexicon, document.language) if not inside_quotations(quotations, index, c.word)
        ]
        words[index] = found
        here = list(find_indirect(document, index, sentence, found, lexicon))
        here += find_adpositional(index, sentence, lexicon, here, document.language)
        here += find_parenthetical(index, sentence, lexicon, here, document.language)
        here += find_nominal(index, sentence, lexicon, here)
        here += find_embedded(index, sentence, lexicon, here)
        taken = {w for u in here for _, w in u.cue}
        here += find_reported(index, sentence, found, taken, lexicon)
        here += find_papers(index, sentence, lexicon, here, document.language)
        here += find_claims(index, sentence, lexicon)
        near[index] = here
    spoken_words = {
        (s, w) for q in quotations if not is_name(document, q) for s, a, b in q.words(document) for w in range(a, b + 1)
    }
    result: list[Utterance] = []
    previous: Utterance | None = None
    for index, sentence in enumerate(document.sentences):
        here = [_judged(u, spoken_words, lexicon) for u in near[index] if not mostly_quoted(document, u, spoken_words)]
        covered = {w for u in here for s, a, b in u.quote if s == index for w in range(a, b + 1)}
        spoken = all(w in covered or inside_quotations(quotations, index, w) for w in _finite(sentence))
        running = None if spoken else find_running(document, index, previous, lexicon)
        if running is not None and running.source != OWN_WOULD:
            near[index].append(running)
        direct = [
            u
            for number in ending.get(index, [])
            for u in find_direct(document, quotations[number], near, words, previous, lexicon)
        ]
        found_here = [*here, *direct, *([running] if running else [])]
        result += sorted(found_here, key=lambda u: u.quote[0])
        candidates = [u for u in found_here if u.speaker and u.stance != "denies" and (u.content or not u.silent)]
        if candidates:
            previous = _main(candidates, index)
        elif (speaking := _speaking(index, sentence, words[index], lexicon)) is not None:
            previous = speaking
        elif previous and index - previous.last_sentence > 2:
            previous = None
    return [*_merged(result), *find_turns(document), *find_reports(document)]


def _judged(utterance: Utterance, spoken: set[tuple[int, int]], lexicon: Cues) -> Utterance:
    """A judgement in quotation marks («nannte den Plan „absurd“») is direct speech and no report of it besides."""
    judges = utterance.type == "Reported" and utterance.source.removeprefix("speech verb ") in lexicon.about
    if judges and any((s, w) in spoken for s, a, b in utterance.quote for w in range(a, b + 1)):
        return replace(utterance, silent=True)
    return utterance


def _finite(sentence: Sentence) -> list[int]:
    """The finite words of the main clause; its head if it has none."""
    words = (sentence.root, *sentence.dependents(sentence.root, "aux", "cop"))
    return [w for w in words if sentence.feats[w].get("VerbForm") == "Fin"] or [sentence.root]


def _speaking(index: int, sentence: Sentence, cues: list[Cue], lexicon: Cues) -> Utterance | None:
    """A main clause of speaking that does not tell what is said («Der Minister wehrte sich.»): its speaker may go on."""
    for cue in cues:
        if cue.word == sentence.root:
            found = speaker_of(sentence, cue.word, lexicon)
            if found is not None:
                whole = ((index, 0, len(sentence) - 1),)
                return Utterance("Reported", (), speaker=(index, found[0]), source=cue.entry, shown=whole, silent=True)
    return None


def _main(candidates: list[Utterance], index: int) -> Utterance:
    """The utterance whose speaker goes on in the next sentence: the last one that is not nested in another."""
    outer = [u for u in candidates if not u.nested]
    return (outer or candidates)[-1]


def printed(utterances: list[Utterance]) -> list[Utterance]:
    """The utterances that are quotations: a lone sentence in Konjunktiv II may be the report's own «would» and is none."""
    shown = _merged([u for u in utterances if not u.silent], printed=True)
    return [u for u in shown if u.source != OWN_WOULD]


def quotes(document: Document, utterances: list[Utterance]) -> tuple[Quote, ...]:
    """The utterances as quotations with character spans."""

    def span(words: Words) -> Span:
        return document.sentences[words[0]].span(words[1], words[2])

    def noun(at: tuple[int, int] | None, named: tuple[int, int] | None = None) -> tuple[Span, ...]:
        if at is None:
            return ()
        sentence = document.sentences[at[0]]
        return (sentence.span(*(named or noun_extent(sentence, at[1]))),)

    return tuple(
        Quote(
            type=u.type,
            quote=_joined(document, [span(w) for w in u.quote]),
            speaker=noun(u.speaker, u.named),
            cue=_joined(document, [document.sentences[s].span(w, w) for s, w in u.cue]),
            frame=tuple(span(w) for w in u.frame),
            addressee=noun(u.addressee),
        )
        for u in printed(utterances)
    )


def _joined(document: Document, spans: list[Span]) -> tuple[Span, ...]:
    """Spans with nothing but white space between them as one."""
    result: list[Span] = []
    for span in sorted(set(spans)):
        if result and not document.text[result[-1][1] : span[0]].strip():
            result[-1] = (result[-1][0], max(result[-1][1], span[1]))
        else:
            result.append(span)
    return tuple(result)


def _merged(found: list[Utterance], *, printed: bool = False) -> Iterator[Utterance]:
    """Running sentences of one speaker are one quotation; `printed`, whether or not he vouches for all of it."""
    last: Utterance | None = None
    for utterance in found:
        if (
            last is not None
            and last.type == utterance.type
            and "FreeIndirect" in last.type
            and last.speaker == utterance.speaker
            and (last.source == utterance.source or (printed and {last.source, utterance.source} <= GOING_ON))
            and utterance.content[0][0] - last.content[-1][0] == 1
        ):
            source = RUNNING if RUNNING in (last.source, utterance.source) else last.source
            last = replace(last, content=(*last.content, *utterance.content), source=source)
            continue
        if last is not None:
            yield last
        last = utterance
    if last is not None:
        yield last
