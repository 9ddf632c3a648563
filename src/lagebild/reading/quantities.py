"""Number words in a sentence: their value, their precision and the noun that they count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from lagebild.language.document import Sentence
from lagebild.lexicon.countries import demonym
from lagebild.lexicon.loader import load
from lagebild.lexicon.roleslots import phrase_words
from lagebild.reading.numerals import Numerals, numerals

_CLAUSE_ENDS = {";", "–", "—", ":", "(", ")", "„", "“", "»", "«", '"'}


@dataclass(frozen=True)
class Words:
    """The number words of a language, compiled from `numbers.toml`; `capitals`: its nouns are written with one. `counted` are
    patterns of whole words, `within` the same to be looked for in a text."""

    numbers: Numerals
    magnitude: Mapping[str, float]
    plural: Mapping[str, float]
    dozen: Mapping[str, float]
    fraction: Mapping[str, float]
    precision: Mapping[str, str]
    counted: tuple[tuple[regex.Pattern[str], str], ...]
    within: tuple[tuple[regex.Pattern[str], str], ...]
    predicate: tuple[tuple[regex.Pattern[str], str], ...]
    person: frozenset[str]
    stop: frozenset[str]
    single: frozenset[str]
    ranges: frozenset[str]
    spans: frozenset[str]
    bounds: frozenset[str]
    half: frozenset[str]
    inclusive: frozenset[str]
    among: frozenset[str]
    tally: frozenset[str]
    named: frozenset[str]
    things: frozenset[str]
    counters: Mapping[str, str]
    keepers: frozenset[str]
    ordinals: frozenset[str]
    strong: frozenset[str]
    phrasal: frozenset[str]
    members: frozenset[str]
    language: str
    capitals: bool


def _table(entries: Any, key: str) -> dict[str, Any]:
    return {form: entry[key] for entry in entries for form in entry["forms"]}


@cache
def words(language: str) -> Words:
    """The compiled number words of a language."""
    t = load(language, "numbers")
    counted, within = [], []
    for entry in t.get("counted", ()):
        forms = f"(?:{'|'.join(map(regex.escape, entry['forms']))})"
        counted.append((regex.compile(forms if entry.get("whole") else rf"[\w-]*?{forms}"), entry["measure"]))
        within.append((regex.compile(forms), entry["measure"]))
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
        tuple(within),
        tuple(predicate),
        flat["person"],
        flat["stop"],
        frozenset(marks.get("single", ())),
        frozenset(marks.get("ranges", ())),
        frozenset(marks.get("spans", ())),
        frozenset(marks.get("bounds", ())),
        frozenset(marks.get("half", ())),
        frozenset(marks.get("inclusive", ())),
        frozenset(marks.get("among", ())),
        frozenset(marks.get("tally", ())),
        frozenset(marks.get("named", ())),
        frozenset(marks.get("things", ())),
        {verb: marker for verb, _, marker in (entry.partition(" ") for entry in marks.get("counters", ()))},
        frozenset(marks.get("keepers", ())),
        frozenset(marks.get("ordinals", ())),
        frozenset(marks.get("strong", ())),
        frozenset(marks.get("phrasal", ())),
        frozenset(marks.get("members", ())),
        language,
        marks.get("capitals", False),
    )


@dataclass(frozen=True, slots=True)
class Number:
    """A number at words [first, last] of a sentence. `kind`: number, plural («Dutzende»), fraction («ein Drittel») or single («ein»)."""

    first: int
    last: int
    value: float
    precision: str
    kind: str


def number_at(s: Sentence, i: int, w: Words) -> Number | None:
    """The number that starts at word i."""
    form = s.forms[i]
    n = len(s.forms)
    nxt = s.forms[i + 1] if i + 1 < n else ""
    large = nxt in w.magnitude or (i + 2 < n and s.forms[i + 2] in w.magnitude)
    if large and (half := _half(s, i, w)) is not None:
        return half
    if form in w.plural and not (form in w.magnitude and i and w.numbers.value(s.forms[i - 1]) is not None):
        return Number(i, i, w.plural[form], "at_least", "plural")
    if form in w.fraction and not (form in w.ordinals and nxt not in phrase_words("partitive")):
        return Number(i, i, w.fraction[form], "about", "fraction")
    if form in w.dozen:
        return Number(i, i, w.dozen[form], "about", "number")
    if form in w.magnitude and w.precision.get(s.forms[i - 1].casefold() if i else "") == "at_least":
        return Number(i, i, 2 * w.magnitude[form], "at_least", "plural")
    hyphened = _hyphened(s, i, w) if nxt == "-" else None
    if hyphened is not None:
        return Number(i, i + 2, hyphened, "exact", "number")
    value = w.numbers.value(form)
    if value is None and nxt in w.magnitude and form.casefold() in w.single:
        value = 1.0
    if value is None or value < 0:
        return None
    if nxt in w.magnitude:
        return Number(i, i + 1, value * w.magnitude[nxt], "exact", "number")
    if nxt in w.dozen:
        return Number(i, i + 1, value * w.dozen[nxt], "about", "number")
    if nxt in w.fraction:
        return Number(
            i, i + 1, round(value * (100 / 3 if w.fraction[nxt] == 33.33 else w.fraction[nxt]), 2), "about", "fraction"
        )
    return Number(i, i, value, "exact", "single" if form.casefold() in w.single else "number")


def _hyphened(s: Sentence, i: int, w: Words) -> float | None:
    """The value of a number word that the analyser has split at its hyphen ("twenty-eight"), or None."""
    if i + 2 >= len(s.forms) or not (s.forms[i] + s.forms[i + 2]).isalpha():
        return None
    if s.tokens[i].end != s.tokens[i + 1].start or s.tokens[i + 1].end != s.tokens[i + 2].start:
        return None
    tens, ones = w.numbers.word(s.forms[i]), w.numbers.word(s.forms[i + 2])
    return tens + ones if tens and ones and 20 <= tens < 100 and ones < 10 else None


def _half(s: Sentence, i: int, w: Words) -> Number | None:
    """Half of a large number, whose article stands before or in it: «eine halbe Million», "half a million"."""
    forms = s.forms[i : i + 3]
    articles = [place for place, form in enumerate(forms) if form.casefold() in w.single]
    plain = [place for place in range(len(forms)) if place not in articles[:1]]
    if len(plain) < 2 or forms[plain[0]].casefold() not in w.half or forms[plain[1]] not in w.magnitude:
        return None
    return Number(i, i + plain[1], 0.5 * w.magnitude[forms[plain[1]]], "about", "number")


def range_ahead(s: Sentence, number: Number, w: Words) -> bool:
    """Whether a number is the first bound of a range: «300 bis 400», «zwischen 300 und 400»."""
    following = s.forms[number.last + 1] if number.last + 2 < len(s.forms) else ""
    spanned = any(form.casefold() in w.spans for form in s.forms[max(0, number.first - 2) : number.first])
    joint = following in w.ranges or (spanned and following in w.bounds)
    return joint and any(number_at(s, i, w) for i in range(number.last + 2, min(len(s.forms), number.last + 4)))


def precision_before(s: Sentence, first: int, w: Words) -> tuple[str, int] | None:
    """The precision word before word `first`: its value and its index."""
    for size in (2, 1):
        if first - size >= 0:
            if first - size and f"{s.lemmas[first - size - 1]} {s.forms[first - size]}" in w.phrasal:
                continue  # «handed over 20 prisoners»
            phrase = " ".join(s.forms[first - size : first])
            if value := w.precision.get(phrase) or w.precision.get(phrase[:1].lower() + phrase[1:]):
                return value, first - size
    return None


def _noun(s: Sentence, i: int, capitals: bool) -> bool:
    upos = s.upos[i]
    if upos in ("NOUN", "PROPN", "SYM"):
        return True
    if capitals and upos in ("ADJ", "VERB") and i and s.forms[i][:1].isupper():
        return True  # participles as nouns: «50 Verletzte»
    if upos == "X":  # no analyser
        return s.forms[i][:1].isupper() if capitals else s.forms[i].isalpha()
    return False


def counted_noun(s: Sentence, number: Number, w: Words) -> tuple[int, int] | None:
    """First and last word of what is counted: the noun after the number with its adjectives."""
    i = number.last + 1
    if s.forms[i : i + 1] == ("-",) and i + 1 < len(s.forms) and s.forms[i + 1] in w.strong:
        i += 2  # «the 5,000-strong brigade»
    limit = min(len(s.forms), i + 6)
    if i < limit and s.forms[i] in ("%", "€", "$"):
        return i, i
    begin = i
    while i < limit:
        form = s.forms[i]
        people = s.upos[i] == "ADJ" and not w.capitals and demonym(form, w.language) is not None
        if _noun(s, i, w.capitals) or (people and s.relation(i) not in ("amod", "compound")):  # «left one Iraqi dead»
            end = i
            if s.relation(i) == "compound" and not w.capitals and i < s.heads[i] < limit:
                end = s.heads[i]  # «hundreds of al-Qaeda members»
            while end + 1 < limit and s.upos[end + 1] == "NOUN" and not w.capitals and s.forms[end + 1].isalpha():
                end += 1
            return begin, end
        own = s.upos[i] == "PRON" and s.feats[i].get("Poss") == "Yes"  # «three of their men»
        if own or (s.upos[i] == "DET" and i == begin) or form in phrase_words("partitive"):
            i += 1
            begin = i
            continue
        if i > number.last + 1 and w.numbers.value(form) is not None and s.upos[i] == "NUM":
            i += 1  # «71 der 72 Geiseln»
            begin = i
            continue
        if (
            s.upos[i] not in ("ADJ", "ADV", "X", "VERB", "DET", "NUM")
            or s.feats[i].get("VerbForm") == "Fin"
            or not form[:1].isalpha()
            or form in phrase_words("joining")
            or (s.upos[i] == "ADV" and s.feats[i].get("PronType") in ("Int", "Rel"))  # "40 wounded when shells hit"
        ):
            return None
        i += 1
    return None


def clause_of(s: Sentence, word: int) -> tuple[int, int]:
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
