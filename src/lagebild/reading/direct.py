"""Direct speech: what stands between quotation marks, over as many sentences as it takes, with its speaker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.cues import Cues
from lagebild.reading.extent import clause_extent, frame_extent, noun_extent, trimmed_range
from lagebild.reading.syntax import is_predicate, is_verbal
from lagebild.reading.utterance import Cue, Utterance, addressee_of, cue_words, speaker_of

#: Longest quotation in sentences; a mark that closes later belongs to another one.
_LONGEST = 14
_COLON_REACH = 60
#: So few words without a finite verb may be a name or irony.
_FEW = 4
#: The source of a quotation that stands behind a name and a colon; other words may stand there as well («Auszug: „…“»).
BEHIND_NAME = "quotation marks behind a name"


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands in quotation marks: the sentence and word of the opening and of the closing mark."""

    begin: tuple[int, int]
    end: tuple[int, int]

    def within(self, document: Document, index: int) -> tuple[int, int] | None:
        """The first and last word of the quotation in a sentence, marks included; None where it does not reach."""
        if not self.begin[0] <= index <= self.end[0]:
            return None
        first = self.begin[1] if index == self.begin[0] else 0
        last = self.end[1] if index == self.end[0] else len(document.sentences[index]) - 1
        return first, last

    def words(self, document: Document) -> tuple[tuple[int, int, int], ...]:
        """The quotation as ranges of words, one a sentence."""
        found = ((s, self.within(document, s)) for s in range(self.begin[0], self.end[0] + 1))
        return tuple((s, *part) for s, part in found if part)


def find_quotations(document: Document, lexicon: Cues) -> list[Quotation]:
    """All outermost quotations of a document in text order; one that is never closed is none."""
    found: list[Quotation] = []
    begin: tuple[int, int] | None = None
    opening = closing = ""
    depth = 0
    last_close: tuple[int, int] | None = None
    for index, sentence in enumerate(document.sentences):
        if begin is not None and index - begin[0] > _LONGEST:
            if last_close is not None:
                found.append(Quotation(begin, last_close))
            begin, depth = None, 0
        for word, form in enumerate(sentence.forms):
            if not form or len(form) > 2:
                continue
            mark = form[0]
            if begin is None:
                if mark in lexicon.marks and not _apostrophe(sentence, word, mark):
                    begin, opening, closing, depth, last_close = (index, word), mark, lexicon.marks[mark], 1, None
            elif mark in closing and not (mark == opening and _opens(sentence, word)):
                depth -= 1
                last_close = (index, word)
                if depth == 0:
                    found.append(Quotation(begin, last_close))
                    begin = None
            elif mark == opening:
                depth += 1
    if begin is not None and last_close is not None:
        found.append(Quotation(begin, last_close))
    return found


def _opens(sentence: Sentence, word: int) -> bool:
    """Whether a mark that may open or close stands before a word: white space before and none after."""
    token = sentence.tokens[word]
    spaced = word > 0 and sentence.tokens[word - 1].space_after
    return spaced and not token.space_after and sentence.forms[word] in ("„", "‚")


def _apostrophe(sentence: Sentence, word: int, mark: str) -> bool:
    """A single mark that closes a word («the soldiers’») opens nothing."""
    return mark in "’'‘" and (word == 0 or not sentence.tokens[word - 1].space_after) and mark != "‘"


def find_direct(
    document: Document,
    quotation: Quotation,
    near: dict[int, list[Utterance]],
    cues: dict[int, list[Cue]],
    previous: Utterance | None,
    lexicon: Cues,
) -> Iterator[Utterance]:
    """The utterance of one quotation, if it is one: `near` are the utterances found in its sentences by their cues."""
    words = quotation.words(document)
    start, stop = quotation.begin[0], quotation.end[0]
    speech = _is_speech(document, quotation)
    name = is_name(document, quotation)
    for index in dict.fromkeys((stop, start)):
        part = quotation.within(document, index)
        assert part is not None
        holder = _holder(near.get(index, []), index, part)
        if holder is None or name:
            continue
        nested = any(s == index and (a < part[0] - 1 or b > part[1] + 1) for s, a, b in holder.content)
        yield replace(holder, type="Direct", content=words, shown=(), nested=nested, silent=False)
        return
    if name:
        return
    cue = _cue_beside(document, quotation, cues)
    if cue is not None:
        index, verb = cue
        sentence = document.sentences[index]
        inner = quotation.within(document, index)
        taken = set(range(inner[0], inner[1] + 1)) if inner else set()
        found = speaker_of(sentence, verb, lexicon)
        if found is not None and (found[0] in taken or found[1] in taken):
            found = None
        if not speech and not _says(sentence, verb, cues[index], words, found is not None):
            return
        frame = clause_extent(sentence, verb, taken) if inner else set(range(len(sentence)))
        addressee = addressee_of(sentence, verb, lexicon, taken)
        yield Utterance(
            type="Direct",
            content=words,
            speaker=(index, found[0]) if found else None,
            named=noun_extent(sentence, found[1]) if found and found[1] != found[0] else None,
            cue=tuple((index, w) for w in cue_words(sentence, verb, lexicon)) if _named(cues, index, verb) else (),
            frame=tuple((index, a, b) for a, b in frame_extent(sentence, frame, taken)),
            addressee=(index, addressee) if addressee is not None and addressee != (found or (None,))[0] else None,
            source=f"quotation marks with {sentence.lemmas[verb]}",
        )
        return
    title = _title_before(document, quotation)
    if title is not None:
        index, head, frame_range = title
        yield Utterance(
            type="Direct",
            content=words,
            speaker=(index, head),
            frame=((index, *frame_range),),
            source=BEHIND_NAME,
        )
        return
    if not speech and sum(b - a + 1 for _, a, b in words) < 7:
        return
    near_enough = previous is not None and start - previous.last_sentence <= 2
    yield Utterance(
        type="Direct",
        content=words,
        speaker=previous.speaker if previous and near_enough else None,
        named=previous.named if previous and near_enough else None,
        source="quotation marks",
    )


def _says(
    sentence: Sentence, verb: int, cues: list[Cue], words: tuple[tuple[int, int, int], ...], somebody: bool
) -> bool:
    """Whether a few words in quotation marks are said by somebody, and no name or irony («der „Rosinenbomber“»)."""
    if sum(b - a - 1 for _, a, b in words) > _FEW:
        return True
    return somebody and any(c.word == verb and not c.act for c in cues)


def _is_speech(document: Document, quotation: Quotation) -> bool:
    """Whether a quotation holds a finite verb, so that something is said in it."""
    for index, first, last in quotation.words(document):
        sentence = document.sentences[index]
        if any(sentence.feats[w].get("VerbForm") == "Fin" for w in range(first, last + 1)):
            return True
        if any(is_verbal(sentence, w) for w in range(first, last + 1)) and last - first > 4:
            return True
    return False


def is_name(document: Document, quotation: Quotation) -> bool:
    """Whether the marks set off a name or a title («die Zeitung „Standpunkt“») and nothing that anybody says."""
    index, first = quotation.begin
    if quotation.end[0] != index or _is_speech(document, quotation):
        return False
    sentence = document.sentences[index]
    last = quotation.end[1]
    inner = [w for w in range(first + 1, last) if sentence.upos[w] != "PUNCT"]
    if not inner:
        return True
    before = first - 1
    if all(sentence.upos[w] in ("PROPN", "X", "NUM", "ADP", "DET") for w in inner):
        return True
    named = {w for e in sentence.entities for w in range(e.first, e.last + 1)} & set(inner)
    if 2 * len(named) > len(inner) and all(
        sentence.upos[w] in ("PROPN", "NOUN", "X", "DET", "ADP", "ADJ", "NUM") for w in inner
    ):
        return True
    # «der Sender „Freie Welle“»: a noun right before, and the quotation hangs on it.
    noun = before >= 0 and sentence.upos[before] in ("NOUN", "PROPN")
    head = next((w for w in inner if sentence.heads[w] not in range(first, last + 1)), inner[0])
    attached = noun and (sentence.heads[head] == before or sentence.relation(head) in ("appos", "flat"))
    return bool(attached) and sentence.forms[inner[0]][:1].isupper()


def _holder(found: list[Utterance], index: int, part: tuple[int, int]) -> Utterance | None:
    """The utterance whose content holds a quotation or lies in it."""
    first, last = part
    holding = [u for u in found if any(s == index and a <= first + 1 and last - 1 <= b for s, a, b in u.quote)]
    if holding:
        return max(holding, key=lambda u: (u.type != "Reported", u.speaker is not None, _length(u)))
    for utterance in found:
        # Whoever is cited within the quotation («Wir folgen ihrem Wunsch zu gehen») does not say all of it.
        cited = any(s == index and first <= w <= last for s, w in utterance.cue)
        if not cited and any(s == index and first <= a and b <= last for s, a, b in utterance.content):
            return utterance
    return None


def _length(utterance: Utterance) -> int:
    return sum(b - a for _, a, b in utterance.quote)


def _cue_beside(document: Document, quotation: Quotation, cues: dict[int, list[Cue]]) -> tuple[int, int] | None:
    """The sentence and verb that introduce or follow a quotation."""
    start, stop = quotation.begin[0], quotation.end[0]
    for index in dict.fromkeys((stop, start)):
        part = quotation.within(document, index)
        assert part is not None
        sentence = document.sentences[index]
        first, last = part
        outside = [w for w in range(len(sentence)) if not first <= w <= last and is_verbal(sentence, w)]
        if not outside:
            continue
        named = [c.word for c in cues.get(index, []) if c.word in outside and not _far(sentence, c.word, first, last)]
        colon = first > 0 and sentence.forms[first - 1] == ":" and _is_speech(document, quotation)
        pool = named or ([w for w in outside if is_predicate(sentence, w) and w < first] if colon else [])
        if pool:
            return index, min(pool, key=lambda w: min(abs(w - first), abs(w - last)))
    if quotation.begin[1] == 0 and start > 0:
        before = document.sentences[start - 1]
        gap = document.text[before.end : document.sentences[start].start]
        if before.forms[-1] == ":" and len(gap) < _COLON_REACH:
            named = [c.word for c in cues.get(start - 1, [])]
            root = before.root
            if named or is_predicate(before, root):
                return start - 1, (named[-1] if named else root)
    return None


def _far(sentence: Sentence, verb: int, first: int, last: int) -> bool:
    """A verb whose clause ends before the quotation begins, or begins behind it without touching it."""
    below = sentence.subtree(verb)
    touches = any(first <= w <= last for w in below)
    inside = any(first <= a <= last for a in sentence.ancestors(verb))
    return not (touches or inside)


def _named(cues: dict[int, list[Cue]], index: int, verb: int) -> bool:
    return any(c.word == verb for c in cues.get(index, []))


def _title_before(document: Document, quotation: Quotation) -> tuple[int, int, tuple[int, int]] | None:
    """«Minister Meier: „…“»: a name and a colon right before the quotation."""
    index, first = quotation.begin
    sentence = document.sentences[index]
    if first == 0:
        index -= 1
        if index < 0:
            return None
        sentence = document.sentences[index]
        first = len(sentence)
    if first == 0 or sentence.forms[first - 1] != ":":
        return None
    whole = trimmed_range(sentence, 0, first - 1)
    if whole is None:
        return None
    nouns = [w for w in range(whole[0], whole[1] + 1) if sentence.upos[w] in ("NOUN", "PROPN")]
    if not nouns:
        return None
    head = next((w for w in nouns if sentence.heads[w] not in nouns), nouns[0])
    return index, head, (whole[0], first - 1)


def inside_quotations(quotations: list[Quotation], index: int, word: int) -> bool:
    """Whether a word stands between quotation marks."""
    return any(q.begin < (index, word) < q.end for q in quotations)


def mostly_quoted(document: Document, utterance: Utterance, spoken: set[tuple[int, int]]) -> bool:
    """Whether direct speech covers nearly all of an utterance's content, so that it is one quotation and not two.

    Behind a colon half is enough: what the parser put before it («Über ihn sagte der Rat: „…“») is not said.
    """
    words = {(s, w) for s, a, b in utterance.content for w in range(a, b + 1)}
    outside = len(words - spoken)
    if outside >= len(words):
        return False
    if outside <= max(1, len(words) // 10):
        return True
    first = min(words & spoken)
    before = [document.sentences[first[0]].forms[w] for w in range(max(0, first[1] - 2), first[1] + 1)]
    return ":" in before and 2 * outside < len(words)
