"""Finds time expressions and resolves them to days, against the report's date and by the tense of their clause."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from typing import Any

from lagebild.language.document import Document, Sentence
from lagebild.lexicon.roleslots import phrase_words
from lagebild.model import Time, TimeExpression
from lagebild.reading.calendar import Days, add, days_of
from lagebild.reading.timematch import Frame, Reading, months_ago
from lagebild.reading.timevalues import read
from lagebild.reading.timex import Grammar, grammar

_QUOTES = tuple("\"„“”»«›‹'‘’")


@dataclass(frozen=True, slots=True)
class FoundTime:
    """A time expression at words [first, last] of a sentence; `time.text` also holds its preposition."""

    expression: TimeExpression
    sentence: int
    first: int
    last: int
    time: Time
    language: str
    rule: int = field(default=0, repr=False)
    groups: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    relation: str = field(default="", repr=False)
    frame: Frame = field(default=Frame(), repr=False)
    joined: bool = field(default=False, repr=False)


def tense(sentence: Sentence, word: int, ahead: frozenset[str] = frozenset()) -> bool | None:
    """True if the clause of `word` lies ahead, False if it is past, None if nothing tells.

    `ahead` are lemmas of verbs whose time lies ahead even where they themselves are past («wurde für Montag angesetzt»).
    """
    clause = word
    if sentence.upos[word] not in ("VERB", "AUX"):
        clause = next((a for a in sentence.ancestors(word) if sentence.upos[a] in ("VERB", "AUX")), -1)
        if clause < 0:
            clause = sentence.root
    if sentence.lemmas[clause].casefold() in ahead:
        return True
    verbs = [clause, *(c for c in sentence.children[clause] if sentence.upos[c] == "AUX")]
    feats = [sentence.feats[v] for v in verbs]
    if not any(feats):
        return None
    infinitive = any(f.get("VerbForm") == "Inf" for f in feats)
    finite = [f for f in feats if f.get("VerbForm") == "Fin" or f.get("Mood")]
    if any(f.get("Tense") == "Past" and f.get("VerbForm") != "Part" for f in feats):
        # «möchte, könnte, würde … reisen»: past in form, ahead in meaning; «hätte reisen sollen» is past.
        unreal = [
            v for v in verbs if sentence.feats[v].get("Mood") == "Sub" and sentence.feats[v].get("Tense") == "Past"
        ]
        unmet = any(sentence.lemmas[v].casefold() in phrase_words("perfect") for v in unreal)
        return infinitive and bool(unreal) and not unmet
    if any(f.get("VerbForm") == "Part" for f in feats) and not infinitive:
        future = [
            v
            for v in verbs
            if sentence.feats[v].get("Tense") == "Pres" and sentence.lemmas[v] in phrase_words("future")
        ]
        return bool(future)
    if infinitive:  # «… forderte sie auf, bis Montag abzuziehen»: an infinitive lies after what governs it
        return True
    if any(f.get("Tense") == "Pres" for f in finite):
        # «Sie verurteilt den Angriff vom Montag»: the time of a noun is not that of the verb.
        head = _outer(sentence, word)
        return None if sentence.relation(head) == "nmod" and sentence.heads[head] >= 0 else True
    return None


def _outer(sentence: Sentence, word: int) -> int:
    """The head noun of the time expression that a word stands in: «der» and «Nacht» of «in der Nacht zum Montag»."""
    for _ in range(3):
        head = sentence.heads[word]
        if (
            head < 0
            or sentence.upos[head] in ("VERB", "AUX")
            or sentence.relation(word) not in ("det", "amod", "nummod", "case", "advmod")
        ):
            break
        word = head
    return word


def _relate(reading: Reading, relation: str, here: date | None, future: bool | None) -> Days:
    """The days after a preposition: since, until, ago …"""
    if reading.type == "DURATION" and reading.unit:
        amount, unit = reading.amount, reading.unit.rstrip("-")
        if reading.unit.endswith("-"):  # the expression itself says «ago»
            relation = "ago"
        if here is None or amount is None:
            return None, None
        if relation == "ago":
            day = add(here, unit, -amount)
            if unit == "M":
                return days_of(months_ago(here, round(amount)))
            if unit in ("Y", "DE", "C"):
                return days_of(f"{day.year:04}")
            return day, day
        if relation == "since":
            return add(here, unit, -amount), None
        if relation == "within" or (relation == "in" and future is False):
            return (here, add(here, unit, amount)) if future else (add(here, unit, -amount), here)
        if relation == "in":
            day = add(here, unit, amount)
            return day, day
        return None, None
    start, end = reading.start, reading.end
    if relation in ("since", "after", "from"):
        return start, None
    if relation == "until":
        return None, end
    if relation == "ago" and reading.value != "PAST_REF":
        return None, start
    return start, end


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read(groups: dict[str, Any], g: Grammar, rule: int, relation: str, frame: Frame) -> tuple[Reading, Days] | None:
    if relation == "for" or (frame.future is None and relation == "until"):
        frame = replace(frame, future=True)
    elif relation == "since":
        frame = replace(frame, future=False)
    reading = read(g, g.rules[rule], groups, frame)
    return (reading, _relate(reading, relation, frame.here, frame.future)) if reading else None


def resolve(found: FoundTime, future: bool) -> Time:
    """The time again with the direction that the event's status asks for (`future`: it lies ahead)."""
    if found.joined:
        return found.time
    frame = replace(found.frame, future=future, sure=True)
    result = _read(dict(found.groups), grammar(found.language), found.rule, found.relation, frame)
    if result is None:
        return found.time
    start, end = result[1]
    return replace(found.time, start=_iso(start), end=_iso(end))


def find_times(document: Document, published: date | None) -> list[FoundTime]:
    """All time expressions of a report in text order."""
    g = grammar(document.language)
    found: list[FoundTime] = []
    frame = Frame(published)
    for index, sentence in enumerate(document.sentences):
        if sentence.tokens:
            inside, frame = _in_sentence(document, index, sentence, g, frame)
            found.extend(_join(document, inside, g))
            if inside and inside[-1].joined:  # «von 1996 bis 2001 … In dieser Zeit»: the whole span is spoken of
                frame = replace(frame, spoken=(_day(inside[-1].time.start), _day(inside[-1].time.end)))
    return found


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _in_sentence(
    document: Document, index: int, sentence: Sentence, g: Grammar, frame: Frame
) -> tuple[list[FoundTime], Frame]:
    """The time expressions of one sentence, and the frame that the next one is read against."""
    told = any(sentence.finite)
    # A line without a verb (a programme, a caption) tells no story: it takes no day over and hands none on.
    now = frame if told else replace(frame, day=None, spoken=(None, None))
    own: int | None = None  # the year that this sentence has set
    told_of = _other_year(now)
    handed = now.spoken  # what the next sentence goes on from
    found: list[FoundTime] = []
    for rule, match in g.matches(document.text, sentence.start, sentence.end):
        a, b = match.span()
        groups = {k: v for k, v in match.groupdict().items() if v is not None}
        op = g.rules[rule]["op"]
        if op == "part" and "part" not in groups:
            groups["part"] = match.group()
        first = max(0, bisect_right(sentence.tokens, a, key=attrgetter("start")) - 1)
        last = min(len(sentence) - 1, max(first, bisect_left(sentence.tokens, b, key=attrgetter("end"))))
        if _quoted(document.text, a, b):
            continue
        if (op == "bareyear" and _counts(sentence, first)) or not g.allows(rule, document.text, sentence.start, a):
            continue
        relation, begin = "", a
        before = g.prefix.search(document.text, max(sentence.start, a - 40), a)
        if before:
            key = next(k for k, v in before.groupdict().items() if v is not None)
            relation, begin = g.relations[int(key[1:])], before.start()
        future = False if _appeared(sentence, first, document.language) else tense(sentence, first, g.ahead)
        now = replace(now, future=future, year=None if future else own or (told_of if future is False else None))
        naming = next((t.expression.type for t in reversed(found) if t.expression.type != "TIME"), "")
        # «werktags von 14 bis 18 Uhr», «jeweils um 20 Uhr»: on no one day
        timeless = op == "clock" and (naming == "SET" or relation == "each")
        result = _read(groups, g, rule, relation, Frame() if timeless else now)
        if result is None:
            continue
        reading, (start, end) = result
        expression = TimeExpression((a, b), document.text[a:b], reading.type, reading.value)
        time = Time(document.text[begin:b], _iso(start), _iso(end), (begin, b))
        found.append(
            FoundTime(
                expression, index, first, last, time, document.language, rule, tuple(groups.items()), relation, now
            )
        )
        naming_only = op == "bareyear" and _names(sentence, first)
        if reading.start and reading.end and not reading.value.endswith("_REF") and not naming_only:
            day = reading.start if days_of(reading.value) == (reading.start, reading.start) else now.day
            # What holds since then leads back to now: «das seit 2011 geltende Embargo … Anfang Januar».
            spoken = now.spoken if relation == "since" else (reading.start, reading.end)
            now = replace(now, day=day, named=day if day != now.day else now.named, spoken=spoken)
            handed = handed if _aside(sentence, first) else spoken
            if op in ("year", "bareyear") and document.text[b : b + 1] not in ("/", "-", "–"):
                own = reading.start.year
    return found, replace(now, named=None, spoken=handed) if told else frame


def _aside(sentence: Sentence, word: int) -> bool:
    """Whether a time stands in an attribute, which tells of something before the story («am Völkermord von 1994 beteiligt»)."""
    return any(sentence.relation(node) in ("acl", "nmod") for node in (word, *sentence.ancestors(word)))


def _other_year(frame: Frame) -> int | None:
    """The year that the text tells of, where it is not about that of the report: «1974 trat er zurück. Im August …»."""
    start, end = frame.spoken
    if start is None or end is None or (end - start).days > 366:
        return None
    return start.year if frame.here is None or start.year < frame.here.year - 1 else None


def simultaneous(sentence: Sentence, clause: int, language: str) -> bool:
    """A clause that a conjunction sets at the time of the one that governs it («als», «when»)."""
    words = grammar(language).meanwhile
    return any(sentence.lemmas[c].casefold() in words for c in sentence.dependents(clause, "mark", "advmod"))


def has_phase(sentence: Sentence, word: int, language: str) -> bool:
    """A verb whose infinitive happens when the verb does («begann zu schießen»)."""
    return sentence.lemmas[word].casefold() in grammar(language).phase


def happens(sentence: Sentence, word: int, language: str) -> bool:
    """A verb or participle of appearing or taking place, which tells no act of its own («stattfinden», «veröffentlicht»)."""
    known = grammar(language).happening
    return sentence.lemmas[word].casefold() in known or sentence.forms[word].casefold() in known


def _appeared(sentence: Sentence, word: int, language: str) -> bool:
    """Whether a time says when something appeared that stands behind it: «in einem am Montag veröffentlichten Bericht»."""
    return any(
        sentence.relation(a) == "amod" and sentence.heads[a] > a > word and happens(sentence, a, language)
        for a in sentence.ancestors(word)
    )


def _quoted(text: str, start: int, end: int) -> bool:
    """Nothing else between quotation marks: a title or a theme («Weihnachten»), not a time."""
    return text[max(0, start - 1) : start] in _QUOTES and text[end : end + 1] in _QUOTES


def _counts(sentence: Sentence, word: int) -> bool:
    """The number counts a noun after it («2000 Menschen»)."""
    head = sentence.heads[word]
    return head > word and sentence.relation(word) == "nummod" and sentence.upos[head] == "NOUN"


def _names(sentence: Sentence, word: int) -> bool:
    """A bare year that tells one thing from others of its name («Jahrgang 2013», «Agenda 2010») sets no time."""
    head = sentence.heads[word]
    return head == word - 1 and sentence.upos[head] in ("NOUN", "PROPN") and not sentence.dependents(word, "case")


def _join(document: Document, found: list[FoundTime], g: Grammar) -> list[FoundTime]:
    """Two expressions that make one span («von 1964 bis 1982», «am Montag und Dienstag») share its time."""
    joints = tuple(g.groups.get("joint", ()))
    for i in range(len(found) - 1):
        one, two = found[i], found[i + 1]
        gap = document.text[one.expression.span[1] : two.expression.span[0]].strip()
        if len(gap) > 14 or not any(p.fullmatch(gap) for p, _ in joints) or one.expression.type == "DURATION":
            continue
        start = one.time.start or one.time.end
        end = two.time.end or two.time.start
        if start and end and start <= end:
            begin, stop = (one.time.span or one.expression.span)[0], two.expression.span[1]
            time = Time(document.text[begin:stop], start, end, (begin, stop))
            found[i], found[i + 1] = replace(one, time=time, joined=True), replace(two, time=time, joined=True)
    return found
