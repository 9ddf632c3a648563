"""Finds quantities: number words with their value, precision, what they count and what is measured."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.countries import demonym
from lagebild.model import Span
from lagebild.reading.fillers import verb_lemmas
from lagebild.reading.measures import (
    HURT,
    LIVING,
    PEOPLE_MEASURES,
    fate_before,
    fate_of,
    fitting,
    is_person,
    measure_of,
    part_of,
)
from lagebild.reading.quantities import (
    Number,
    Words,
    clause_of,
    counted_noun,
    number_at,
    precision_before,
    range_ahead,
    words,
)
from lagebild.reading.syntax import clause_head, is_passive, is_verbal
from lagebild.reading.times import FoundTime, find_times
from lagebild.reading.utterance import speaker_of

_SIGNS = "$€£"
#: The source of a measure that a figure has as part of the one before it.
PART = "part of the figure before"
#: The source of a measure that a bare number has from the figure that it corrects or adds to.
SAME = "measure of the figure before"
#: Sentences back in which that figure may stand, and the least sum of money that needs no currency.
_BACK, _SUM = 2, 1e6
#: Digits below this with a full stop behind them are an ordinal: no day, article or rank is higher.
_ORDINALS = 100
#: The learned head's judgement of a figure: (sentence, words of the number, measure, measures that fit) -> the measure it takes, None for
#: no figure.
Judge = Callable[[Sentence, range, str, frozenset[str]], str | None]


@dataclass(frozen=True, slots=True)
class RawFigure:
    """A quantity: words by index within its sentence; `head` is the counted noun or None; `of` its text."""

    measure: str
    value: float
    precision: str
    sentence: int
    word: int
    head: int | None
    trigger_span: Span
    of_span: Span | None
    evidence: tuple[int, int]
    evidence_span: Span
    source: str = ""

    def of(self, text: str) -> str | None:
        return text[self.of_span[0] : self.of_span[1]] if self.of_span else None


def _included(s: Sentence, number: Number, before: RawFigure | None, w: Words) -> str | None:
    """The measure that a part shares with the whole before it: «126 Tote, darunter 68 Kinder und 13 Frauen»."""
    if before is None or before.measure not in PEOPLE_MEASURES:
        return None
    between = s.forms[before.word + 1 : number.first]
    inclusive = before.source == PART or any(form.casefold() in w.inclusive for form in between)
    return before.measure if inclusive else None


def _goes_on(s: Sentence, number: Number, found: list[RawFigure], index: int, w: Words) -> str | None:
    """The measure of a bare number that is about the same as a figure before it: «schätzen die Zahl auf mehr als 300»,
    «erkennt nur 3,1 Milliarden an»."""
    near = [f for f in reversed(found) if index - f.sentence <= _BACK]
    if number.value >= _SUM and any(f.measure == "money" for f in near):
        return "money"
    people = next((f.measure for f in near if f.measure in PEOPLE_MEASURES), None)
    if people is not None and any(s.lemmas[i] in w.tally or s.forms[i] in w.tally for i in _around(s, number)):
        return people
    return None


def _around(s: Sentence, number: Number) -> range:
    first, _ = clause_of(s, number.first)
    return range(first, number.first)


def _is_region(s: Sentence, word: int, w: Words) -> bool:
    """Whether a fraction is a part of a town or land: «das Viertel», "the eastern, rebel-held half of the city"."""
    if s.forms[word - 1].casefold() in w.named:
        return True
    dependents = [child for child in s.children[word] if child < word]
    described = any(s.relations[child] == "amod" and s.upos[child] == "ADJ" for child in dependents)
    return described and any(s.forms[child].casefold() in w.named for child in dependents)


def counter(s: Sentence, word: int, language: str) -> int | None:
    """The subject of the verb that counts or estimates a figure («331 Tote zählte das Kommissariat»), or None."""
    w = words(language)
    verb = clause_head(s, word)
    if not is_verbal(s, verb) or is_passive(s, verb):
        return None
    marker = next((w.counters[lemma] for lemma in verb_lemmas(s, verb) if lemma in w.counters), None)
    speaker = speaker_of(s, verb)
    if marker is None or speaker is None or word in s.subtree(speaker[0]):
        return None
    between = [form.casefold() for form in s.forms[verb + 1 : word]]
    return speaker[0] if not marker or marker in between else None


def find_figures(
    document: Document, times: list[FoundTime] | None = None, judge: Judge | None = None
) -> list[RawFigure]:
    """All quantities of a report that bear on the situation; `times` (found if not given) are no quantities.

    `judge`, the learned head's voice, may refuse a figure that the words suggest, or name another measure.
    """
    w = words(document.language)
    times = find_times(document, None) if times is None else times
    spans = sorted(t.expression.span for t in times)
    found: list[RawFigure] = []
    for index, s in enumerate(document.sentences):
        lower: list[Number] = []  # the lower bounds of a range, until its upper one is read
        for number in _numbers(s, w):
            if _is_no_quantity(s, number, w) or _overlaps(spans, s.span(number.first, number.last)):
                continue
            if range_ahead(s, number, w):
                lower.append(number)
                continue
            found += _figures(document, index, number, lower, found, judge, w)
            lower = []
    return found


def _numbers(s: Sentence, w: Words) -> Iterator[Number]:
    i = 0
    while i < len(s.forms):
        number = number_at(s, i, w)
        if number is not None:
            yield number
        i = i + 1 if number is None else number.last + 1


def _overlaps(spans: Sequence[Span], span: Span) -> bool:
    """Whether a span shares characters with any of `spans`, which are sorted and apart from each other."""
    k = bisect_right(spans, span[0], key=itemgetter(0)) - 1
    return (k >= 0 and spans[k][1] > span[0]) or (k + 1 < len(spans) and spans[k + 1][0] < span[1])


def _is_no_quantity(s: Sentence, number: Number, w: Words) -> bool:
    """Whether the words beside a number say that it names, orders or parts something: a house number, an ordinal, «das Viertel»."""
    before = s.forms[number.first - 1] if number.first else ""
    if before in w.stop or (number.kind == "fraction" and _is_region(s, number.first, w)):
        return True
    after = s.forms[number.last + 1] if number.last + 1 < len(s.forms) else ""
    strong = after == "-" and number.last + 2 < len(s.forms) and s.forms[number.last + 2] in w.strong
    if not strong and (after.startswith(("-", "/")) or after == ":"):
        return True
    if s.forms[number.last][:1].isdecimal() and s.forms[number.last][-1] == "." and after[:1].isalpha():
        return True  # «die 82. Luftlandedivision»
    goes_on = number.last + 2 < len(s.forms)
    return after == "." and goes_on and s.forms[number.first][:1].isdecimal() and number.value < _ORDINALS


def _is_whole(s: Sentence, number: Number, w: Words) -> bool:
    """Whether a number is the whole of which another counts those to whom something happened: «sieben der zwölf starben»."""
    before = number.first - 2
    if before < 0 or s.upos[before + 1] != "DET" or s.feats[before + 1].get("Case") != "Gen":
        return False
    return s.upos[before] in ("NUM", "PRON") or w.numbers.value(s.forms[before]) is not None


def _figures(
    document: Document,
    index: int,
    number: Number,
    lower: list[Number],
    before: list[RawFigure],
    judge: Judge | None,
    w: Words,
) -> list[RawFigure]:
    """The figures of a number and the lower bounds of its range, none if they count nothing of interest; `before` are those
    that stand before it."""
    s = document.sentences[index]
    head = counted_noun(s, number, w)
    if number.first and s.forms[number.first - 1] in _SIGNS:
        head = (number.first - 1, number.first - 1)
    fate = fate_before(s, number, w) or fate_of(s, head[1] if head else number.last, w, document.language)
    measure, source, part = _measured(document, index, number, head, fate, before, w)
    if measure is None or (measure in HURT and _is_whole(s, number, w)):
        return []
    if judge is not None and not part:
        noun = s.forms[head[1]] if head else ""
        judged = judge(
            s, range(number.first, number.last + 1), measure, fitting(s, noun, measure, w, document.language)
        )
        if judged is None:
            return []
        if fate is None or measure != fate[0]:
            measure = judged
    of_span = s.span(*head) if head else None
    clause = clause_of(s, number.first)
    evidence = clause[0], max(clause[1], number.last)
    said = precision_before(s, lower[0].first if lower else number.first, w)
    found = []
    for item, bound in [*((low, "at_least") for low in lower), (number, "at_most" if lower else "")]:
        precision = bound or ("at_least" if item.kind == "plural" else said[0] if said else item.precision)
        span = s.span(item.first, item.last)
        word = head[1] if head else None
        found.append(
            RawFigure(
                measure,
                item.value,
                precision,
                index,
                item.first,
                word,
                span,
                of_span,
                evidence,
                s.span(*evidence),
                source,
            )
        )
    return found


def _measured(
    document: Document,
    index: int,
    number: Number,
    head: tuple[int, int] | None,
    fate: tuple[str, str] | None,
    before: list[RawFigure],
    w: Words,
) -> tuple[str | None, str, bool]:
    """The measure of a quantity, what gave it, and whether it is that of a figure before it; None as the measure if it counts
    nothing of interest."""
    s = document.sentences[index]
    noun = s.forms[head[1]] if head else ""
    clause = clause_of(s, number.first)
    measure, source = measure_of(s, number, head, clause, document.text, w, fate, document.language)
    part = None
    if head is not None and measure == "other":
        last = before[-1] if before and before[-1].sentence == index else None
        part = _included(s, number, last, w)
    if part is None and head is not None:
        living = measure in LIVING or (measure == "other" and is_person(noun, w, document.language))
        part = part_of(s, number, w) if living else None
    if part is not None:
        measure, source = part, PART
    if number.kind == "single":
        person = (noun in w.person or demonym(noun, document.language) is not None) and measure not in (
            "protesters",
            "affected",
        )
        measure = measure if person and measure in PEOPLE_MEASURES else None
    if head is None and measure == "other":
        same = _goes_on(s, number, before, index, w)
        if same is not None:
            return same, SAME, True
        if number.kind != "plural":
            return None, source, False
    return measure, source, part is not None
