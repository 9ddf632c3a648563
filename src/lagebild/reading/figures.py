"""Finds quantities: number words with their value, precision, what they count and what is measured."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.countries import demonym
from lagebild.lexicon.generics import generics
from lagebild.lexicon.loader import load
from lagebild.model import MEASURES, Span
from lagebild.reading.events import verb_lemmas
from lagebild.reading.numerals import Numerals, numerals
from lagebild.reading.syntax import clause_head, is_passive, is_verbal
from lagebild.reading.times import FoundTime, find_times
from lagebild.reading.utterance import speaker_of

_SIGNS = "$€£"
_CLAUSE_ENDS = {";", "–", "—", ":", "(", ")", "„", "“", "»", "«", '"'}
_PERSON_MEASURES = {"killed", "wounded", "missing", "captured", "displaced", "protesters", "affected"}
#: Nouns of these measures keep it whatever the clause says.
_FIXED = {"share", "money", "distance", "killed", "wounded", "missing", "weapons", "vehicles", "attacks"}

#: The source of a measure that a figure has as part of the one before it.
PART = "part of the figure before"
#: What things are counted by; nothing happens to them that happens to people.
_THINGS = frozenset({"share", "money", "distance", "weapons", "vehicles", "attacks"})
#: The source of a measure that a bare number has from the figure that it corrects or adds to.
SAME = "measure of the figure before"
#: Sentences back in which that figure may stand, and the least sum of money that needs no currency.
_BACK, _SUM = 2, 1e6
#: What happens to people: the verb above the counted noun decides, whatever the noun.
_FATES = frozenset({"killed", "wounded", "missing", "captured", "displaced"})

#: Kinds of party nouns that name people who can be counted one by one.
_PEOPLE = frozenset({"population", "group", "military"})

#: Measures that a sentence must have a word for before the head may give them to a counted noun; units of length are known.
_CUED = _FATES | {"troops", "fighters"}
_LENGTHS = frozenset({"distance"})
_ALL = frozenset(MEASURES)

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


@dataclass(frozen=True)
class Words:
    """The number words of a language, compiled from `numbers.toml`."""

    numbers: Numerals
    magnitude: Mapping[str, float]
    plural: Mapping[str, float]
    dozen: Mapping[str, float]
    fraction: Mapping[str, float]
    precision: Mapping[str, str]
    counted: tuple[tuple[regex.Pattern[str], str], ...]
    predicate: tuple[tuple[regex.Pattern[str], str], ...]
    person: frozenset[str]
    stop: frozenset[str]
    single: frozenset[str]
    ranges: frozenset[str]
    inclusive: frozenset[str]
    tally: frozenset[str]
    named: frozenset[str]
    things: frozenset[str]
    counters: Mapping[str, str]


def _table(entries: Any, key: str) -> dict[str, Any]:
    return {form: entry[key] for entry in entries for form in entry["forms"]}


@cache
def words(language: str) -> Words:
    """The compiled number words of a language."""
    t = load(language, "numbers")
    counted = []
    for entry in t.get("counted", ()):
        forms = "|".join(map(regex.escape, entry["forms"]))
        counted.append(
            (regex.compile(rf"(?:{forms})" if entry.get("whole") else rf"[\w-]*?(?:{forms})"), entry["measure"])
        )
    predicate = [
        (regex.compile(rf"(?<!\w)(?:{'|'.join(e['forms'])})(?!\w)"), e["measure"]) for e in t.get("predicate", ())
    ]
    flat = {name: frozenset(f for e in t.get(name, ()) for f in e["forms"]) for name in ("person", "stop")}
    marks = t.get("marks", {})
    return Words(
        numerals(language),
        _table(t.get("magnitude", ()), "value"),
        _table(t.get("plural", ()), "value"),
        _table(t.get("dozen", ()), "value"),
        _table(t.get("fraction", ()), "value"),
        _table(t.get("precision", ()), "value"),
        tuple(counted),
        tuple(predicate),
        flat["person"],
        flat["stop"],
        frozenset(marks.get("single", ())),
        frozenset(marks.get("ranges", ())),
        frozenset(marks.get("inclusive", ())),
        frozenset(marks.get("tally", ())),
        frozenset(marks.get("named", ())),
        frozenset(marks.get("things", ())),
        {verb: marker for verb, _, marker in (entry.partition(" ") for entry in marks.get("counters", ()))},
    )


@dataclass(frozen=True, slots=True)
class _Number:
    first: int
    last: int
    value: float
    precision: str
    kind: str  # number, plural, fraction, single


def _number(s: Sentence, i: int, w: Words) -> _Number | None:
    """The number that starts at word i."""
    form = s.forms[i]
    n = len(s.forms)
    nxt = s.forms[i + 1] if i + 1 < n else ""
    if form in w.plural and not (form in w.magnitude and i and w.numbers.value(s.forms[i - 1]) is not None):
        return _Number(i, i, w.plural[form], "at_least", "plural")
    if form in w.fraction:
        return _Number(i, i, w.fraction[form], "about", "fraction")
    if form in w.dozen:
        return _Number(i, i, w.dozen[form], "about", "number")
    if form in w.magnitude and w.precision.get(s.forms[i - 1].casefold() if i else "") == "at_least":
        return _Number(i, i, 2 * w.magnitude[form], "at_least", "plural")
    value = w.numbers.value(form)
    if value is None or value < 0:
        return None
    if nxt in w.magnitude:
        return _Number(i, i + 1, value * w.magnitude[nxt], "exact", "number")
    if nxt in w.dozen:
        return _Number(i, i + 1, value * w.dozen[nxt], "about", "number")
    if nxt in w.fraction:
        return _Number(
            i, i + 1, round(value * (100 / 3 if w.fraction[nxt] == 33.33 else w.fraction[nxt]), 2), "about", "fraction"
        )
    return _Number(i, i, value, "exact", "single" if form.casefold() in w.single else "number")


def _precision(s: Sentence, first: int, w: Words) -> tuple[str, int] | None:
    """The precision word before word `first`: its value and its index."""
    for size in (2, 1):
        if first - size >= 0:
            phrase = " ".join(s.forms[first - size : first])
            if value := w.precision.get(phrase) or w.precision.get(phrase[:1].lower() + phrase[1:]):
                return value, first - size
    return None


def _noun(s: Sentence, i: int, german: bool) -> bool:
    upos = s.upos[i]
    if upos in ("NOUN", "PROPN", "SYM"):
        return True
    if german and upos in ("ADJ", "VERB") and i and s.forms[i][:1].isupper():
        return True  # participles as nouns: «50 Verletzte»
    if upos == "X":  # no analyser: German nouns are capitalised
        return s.forms[i][:1].isupper() if german else s.forms[i].isalpha()
    return False


def _head(s: Sentence, number: _Number, w: Words, german: bool) -> tuple[int, int] | None:
    """First and last word of what is counted: the noun after the number with its adjectives."""
    i = number.last + 1
    limit = min(len(s.forms), i + 6)
    if i < limit and s.forms[i] in ("%", "€", "$"):
        return i, i
    begin = i
    while i < limit:
        form = s.forms[i]
        if _noun(s, i, german):
            end = i
            while end + 1 < limit and s.upos[end + 1] == "NOUN" and not german and s.forms[end + 1].isalpha():
                end += 1
            return begin, end
        if (s.upos[i] in ("DET", "ADP") and i == begin) or form in ("der", "des", "von", "of", "the"):
            i += 1
            begin = i
            continue
        if (
            s.upos[i] not in ("ADJ", "ADV", "X", "VERB", "DET", "NUM")
            or not form[:1].isalpha()
            or form in ("und", "and")
        ):
            return None
        i += 1
    return None


def _clause(s: Sentence, word: int) -> tuple[int, int]:
    """The words around `word` up to the commas and brackets that close its clause."""
    first = last = word
    while first > 0 and not _ends(s, first - 1):
        first -= 1
    while last + 1 < len(s.forms) and not _ends(s, last + 1):
        last += 1
    while last > first and s.forms[last] in ".!?":
        last -= 1
    return first, last


def _ends(s: Sentence, i: int) -> bool:
    form = s.forms[i]
    if form in _CLAUSE_ENDS:
        return True
    if form != ",":
        return False
    # a comma that stands in a row of words closes no clause: the rest must hold a verb
    tail = [j for j in range(i + 1, len(s.forms))]
    return s.upos[i] == "X" or any(s.upos[j] in ("VERB", "AUX") for j in tail) or not tail


def _fate(s: Sentence, word: int, w: Words) -> tuple[str, str] | None:
    """What the verb says that the counted noun is subject or object of: the measure and the verb; None if nothing."""
    node = word
    while s.relation(node) == "conj" and s.heads[node] >= 0 and s.upos[s.heads[node]] in ("NOUN", "PROPN", "NUM"):
        node = s.heads[node]
    verb, relation = s.heads[node], s.deprels[node]
    if verb < 0 or s.upos[verb] not in ("VERB", "ADJ") or relation.partition(":")[0] not in ("nsubj", "obj"):
        return None
    doer = relation == "nsubj" and bool(s.dependents(verb, "obj"))
    for pattern, measure in w.predicate:
        if measure in _FATES and pattern.fullmatch(s.forms[verb]):
            return "fighters" if doer else measure, s.forms[verb]  # those who kill are not the killed
    return None


def _included(s: Sentence, number: _Number, before: RawFigure | None, w: Words) -> str | None:
    """The measure that a part shares with the whole before it: «126 Tote, darunter 68 Kinder und 13 Frauen»."""
    if before is None or before.measure not in _PERSON_MEASURES:
        return None
    between = s.forms[before.word + 1 : number.first]
    inclusive = before.source == PART or any(form.casefold() in w.inclusive for form in between)
    return before.measure if inclusive else None


def _is_person(noun: str, w: Words, language: str) -> bool:
    """Whether a noun names people: by the lexicon, or as those of a country («814 000 Ukrainer»)."""
    if noun in w.person or not noun:
        return bool(noun)
    generic = generics(language).find(noun)
    return (generic is not None and generic.kind in _PEOPLE) or demonym(noun, language) is not None


def _goes_on(s: Sentence, number: _Number, found: list[RawFigure], index: int, w: Words) -> str | None:
    """The measure of a bare number that is about the same as a figure before it: «schätzen die Zahl auf mehr als 300»,
    «erkennt nur 3,1 Milliarden an»."""
    near = [f for f in reversed(found) if index - f.sentence <= _BACK]
    if number.value >= _SUM and any(f.measure == "money" for f in near):
        return "money"
    people = next((f.measure for f in near if f.measure in _PERSON_MEASURES), None)
    if people is not None and any(s.lemmas[i] in w.tally or s.forms[i] in w.tally for i in _around(s, number)):
        return people
    return None


def _around(s: Sentence, number: _Number) -> range:
    first, _ = _clause(s, number.first)
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


def _measure(
    s: Sentence,
    number: _Number,
    head: tuple[int, int] | None,
    clause: tuple[int, int],
    text: str,
    w: Words,
    fate: tuple[str, str] | None,
    language: str,
) -> tuple[str | None, str]:
    """The measure and what gave it; None as the measure if this counts nothing of interest."""
    noun = s.forms[head[1]] if head else ""
    by_noun = next((m for p, m in w.counted if p.fullmatch(noun)), None) if noun else None
    if by_noun == "":
        return None, noun
    if number.kind == "fraction":
        return "share", s.forms[number.last]
    if by_noun in _FIXED:
        return by_noun, noun
    if fate is not None:
        return fate
    span = s.tokens[clause[0]].start, s.tokens[clause[1]].end
    here = text[span[0] : span[1]]
    best: tuple[int, str, str] | None = None
    middle = s.tokens[number.first].start - span[0]
    for pattern, measure in w.predicate:
        for match in pattern.finditer(here):
            distance = abs(match.start() - middle)
            if best is None or distance < best[0]:
                best = distance, measure, match.group()
    if best and (
        (by_noun in ("troops", "fighters", "protesters", "captured", "displaced") and best[1] != "displaced")
        or (not by_noun and _is_person(noun, w, language))
        or not noun
        or (s.upos[head[1] if head else 0] == "X" and best[0] < 60)
    ):
        if best[1] != "protesters" or _is_person(noun, w, language) or not noun or by_noun:
            if not (by_noun and best[1] in ("protesters", "affected")):
                return best[1], best[2]
    if by_noun:
        return by_noun, noun
    return "other", noun


def fitting(s: Sentence, noun: str, measure: str, w: Words, language: str) -> frozenset[str]:
    """Measures that the head alone may give to what is counted: things are not hurt, people no sum, and who is
    killed, missing or driven out is so by a word of the sentence."""
    if measure in _THINGS or noun in w.things:
        return _ALL - _PERSON_MEASURES - _LENGTHS - {"money"}
    if not noun:
        return _ALL
    here = " ".join(s.forms)
    told = {m for p, m in (*w.predicate, *w.counted) if m in _CUED and p.search(here)}
    return _ALL - (_CUED - told) - (_THINGS if _is_person(noun, w, language) else _LENGTHS)


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
    german = document.language == "de"
    found: list[RawFigure] = []
    for index, s in enumerate(document.sentences):
        pending: list[_Number] = []
        i = 0
        while i < len(s.forms):
            number = _number(s, i, w)
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
            if after in w.ranges and number.last + 2 < len(s.forms) and _number(s, number.last + 2, w):
                pending.append(number)
                continue
            head = _head(s, number, w, german)
            if number.first and s.forms[number.first - 1] in _SIGNS:
                head = (number.first - 1, number.first - 1)
            clause = _clause(s, number.first)
            fate = _fate(s, head[1] if head else number.last, w)
            measure, source = _measure(s, number, head, clause, document.text, w, fate, document.language)
            last = found[-1] if found and found[-1].sentence == index else None
            part = _included(s, number, last, w) if head is not None and measure == "other" else None
            if part is not None:
                measure, source = part, PART
            if number.kind == "single":
                noun = s.forms[head[1]] if head else ""
                if measure not in _PERSON_MEASURES or noun not in w.person or measure in ("protesters", "affected"):
                    measure = (
                        measure if measure in ("share", "killed") and after == noun and number.kind == "x" else None
                    )
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
            before = _precision(s, pending[0].first if pending else number.first, w)
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


def in_span(figures: list[RawFigure], span: Span) -> list[RawFigure]:
    """The figures whose number word lies in `span` (figures are in text order)."""
    keys = [f.trigger_span[0] for f in figures]
    return figures[bisect_left(keys, span[0]) : bisect_left(keys, span[1])]
