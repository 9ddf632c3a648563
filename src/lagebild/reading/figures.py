"""Finds quantities: number words with their value, precision, what they count and what is measured."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from lagebild.language.document import Document, Sentence
from lagebild.model import Span
from lagebild.reading.events import verb_lemmas
from lagebild.reading.measures import LIVING, PEOPLE_MEASURES, fate_of, fitting, is_person, measure_of, part_of
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
#: The learned head's judgement of a figure: (sentence, word, measure, measures that fit) -> the measure it takes, None for
#: no figure.
Judge = Callable[[Sentence, int, str, frozenset[str]], str | None]


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
    starts = [a for a, _ in spans]
    found: list[RawFigure] = []
    for index, s in enumerate(document.sentences):
        pending: list[Number] = []
        i = 0
        while i < len(s.forms):
            number = number_at(s, i, w)
            if number is None:
                i += 1
                continue
            i = number.last + 1
            a, b = s.tokens[number.first].start, s.tokens[number.last].end
            k = bisect_right(starts, a) - 1
            if (k >= 0 and spans[k][1] > a) or (k + 1 < len(spans) and starts[k + 1] < b):
                continue
            if number.first and s.forms[number.first - 1] in w.stop:
                continue
            after = s.forms[number.last + 1] if number.last + 1 < len(s.forms) else ""
            if (
                after == "."
                and number.last + 2 < len(s.forms)
                and s.forms[number.first][:1].isdecimal()
                and number.value < 100
            ):
                continue  # an ordinal
            if after.startswith(("-", "/")) or after == ":":
                continue
            if number.kind == "fraction" and s.forms[number.first - 1].casefold() in w.named and number.first:
                continue  # «das Viertel» is a part of a town
            if range_ahead(s, number, w):
                pending.append(number)
                continue
            head = counted_noun(s, number, w)
            if number.first and s.forms[number.first - 1] in _SIGNS:
                head = (number.first - 1, number.first - 1)
            clause = clause_of(s, number.first)
            fate = fate_of(s, head[1] if head else number.last, w)
            measure, source = measure_of(s, number, head, clause, document.text, w, fate, document.language)
            last = found[-1] if found and found[-1].sentence == index else None
            part = _included(s, number, last, w) if head is not None and measure == "other" else None
            if part is None and head is not None and (measure in LIVING or measure == "other"):
                person = measure != "other" or is_person(s.forms[head[1]], w, document.language)
                part = part_of(s, number, w) if person else None
            if part is not None:
                measure, source = part, PART
            if number.kind == "single":
                noun = s.forms[head[1]] if head else ""
                if measure not in PEOPLE_MEASURES or noun not in w.person or measure in ("protesters", "affected"):
                    measure = None
            if head is None and measure == "other":
                same = _goes_on(s, number, found, index, w)
                if same is not None:
                    measure, source, part = same, SAME, same
            if measure is None or (head is None and measure == "other" and number.kind != "plural"):
                pending = []
                continue
            judged: str | None = measure
            if judge is not None and part is None:
                noun = s.forms[head[1]] if head else ""
                judged = judge(s, number.first, measure, fitting(s, noun, measure, w, document.language))
            if judged is None:
                pending = []
                continue
            if fate is None or measure != fate[0]:
                measure = judged
            of_span = (s.tokens[head[0]].start, s.tokens[head[1]].end) if head else None
            evidence = clause[0], max(clause[1], number.last)
            before = precision_before(s, pending[0].first if pending else number.first, w)
            items = [(p, "at_least") for p in pending] + [(number, "at_most" if pending else "")]
            for item, bound in items:
                precision = bound or (before[0] if before else item.precision)
                if item.kind in ("plural",) and not bound:
                    precision = "at_least"
                found.append(
                    RawFigure(
                        measure,
                        item.value,
                        precision,
                        index,
                        item.first,
                        head[1] if head else None,
                        (s.tokens[item.first].start, s.tokens[item.last].end),
                        of_span,
                        evidence,
                        s.span(*evidence),
                        source,
                    )
                )
            pending = []
    return found
