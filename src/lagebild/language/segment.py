"""Raw text to sentences of tokens with exact offsets: one compiled pattern and the lexicon's abbreviations.

Why our own: see docs/decisions/segmentation.md. A token is never white space, tokens never overlap, and every visible
character of the text belongs to one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from lagebild.language.document import Token
from lagebild.lexicon.loader import load

#: Characters that are there for the page and not for the reader: soft hyphen, joiners, direction and order marks.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_STRIP = dict.fromkeys(map(ord, _INVISIBLE))
_W = rf"[^\W_{_INVISIBLE}]"
#: What may stand within a word: letters, digits, marks that join to letters, invisible characters.
_IN = rf"[\w\u0300-\u036f{_INVISIBLE}]"
#: Endings of the addresses that papers are named by («tagesschau.de»); others than these may be a full stop without a space.
_DOMAINS = "de|at|ch|com|org|net|info|eu|fr|it|ru|tv|uk|ua|il|ir|cn|jp|kr|pl|cz|tr|nl|dk|se|hu|rs|gr|pk|lb|sa|ae|br|mx|za|ge|az"
#: Spaces that part thousands, as Swiss, Austrian and agency reports write them («60 000 Soldaten»).
_THIN = " \u00a0\u2009\u202f"
_THOUSANDS = re.compile(rf"(?<=\d)[{_THIN}](?=\d)")
_COMMON = rf"""
  (?:https?://|www\.)[^\s<>"«»“”]*[^\s<>"«»“”.,;:!?)\]']
 | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
 | {_W}[\w-]*(?:\.[\w-]+)*\.(?:{_DOMAINS})(?!\w)
 | (?:{_W}\.){{2,}}(?!{_W}{{2}})
 | (?<![\d.,'’])[1-9]\d{{0,2}}(?:[{_THIN}]\d{{3}})+(?!['’.,:]?\d)
 | \#?\d+(?:['’.,:]\d+)*
"""
_TAIL = r"""
 | \.{2,} | -{2,} | –+ | —+ | [!?]+ | '' | `` | _+ | \*+ | =+
 | [:;]-?[()DP](?!\w)
 | \S
"""
_PATTERNS = {
    "de": rf"""{_COMMON}(?:-?{_W}{_IN}*(?:-{_W}{_IN}*)*)?
 | {_W}{_IN}*(?:(?:[-‑/&](?={_W}{_IN})|['’])(?={_W}){_IN}+)*(?:-(?!\S*-)(?=\s|,|$))?
 {_TAIL}""",
    "en": rf"""{_COMMON}(?:(?:-\d+)+(?=\W|$))?(?:st|nd|rd|th|s)?(?!{_W})
 | \d+(?:['’.,:]\d+)*
 | {_W}{_IN}*(?:['’&](?={_W}){_IN}+)*['’]?(?<=[\w'’]) {_TAIL}""",
}
_CLITIC = re.compile(r"(?i)(?<=\w)(?:n['’]t|['’](?:s|re|ve|ll|d|m))$")
_CANNOT = re.compile(r"(?i)^(can)(not)$|^(gon)(na)$|^(wan)(na)$|^(got)(ta)$")
_OPENING = frozenset("«„“‚‘\"'([{»”›‹")
_CLOSING = frozenset("»“”\"'’)]}«›‹‘")
_STOPS = re.compile(r"^(?:[.!?…]+|\.{2,})$")


@dataclass(frozen=True)
class _Rules:
    pattern: re.Pattern[str]
    inner: frozenset[str]
    either: frozenset[str]
    starters: frozenset[str]
    prefixes: frozenset[str]
    amounts: frozenset[str]
    counted: frozenset[str]


@cache
def _rules(language: str) -> _Rules:
    table = load(language, "segmentation")

    def forms(group: str, kind: str = "") -> frozenset[str]:
        rows = table.get(group, [])
        return frozenset(form for row in rows if not kind or row.get("kind") == kind for form in row["forms"])

    return _Rules(
        re.compile(_PATTERNS.get(language, _PATTERNS["de"]), re.VERBOSE),
        forms("abbreviations", "inner"),
        forms("abbreviations", "either"),
        forms("starters"),
        forms("prefixes"),
        forms("amounts"),
        forms("ordinals"),
    )


def word_form(text: str, token: Token) -> str:
    """The token's text as the analyser reads it: without soft hyphens and other invisible characters, digits without
    the spaces that part thousands."""
    form = text[token.start : token.end]
    if form[:1].isdecimal():
        form = _THOUSANDS.sub("", form)
    if form.isascii():
        return form
    return form.translate(_STRIP).replace("‑", "-") or form


def segment(text: str, language: str, breaks: Sequence[int] = ()) -> list[list[Token]]:
    """Sentences of `text`. None crosses a blank line, the end of a headline or an offset in `breaks`."""
    rules = _rules(language if language in _PATTERNS else "de")
    found: list[list[Token]] = []
    limits = sorted({0, len(text), *(b for b in breaks if 0 < b < len(text))})
    for begin, end in pairwise(limits):
        for first, last in _blocks(text, begin, end):
            found.extend(_sentences(text, list(_tokens(text, first, last, rules)), rules))
    return found


#: A blank line, or a single line break (decided by what stands before it).
_BREAK = re.compile(r"[^\S\n]*(?:\r\n|[\n\r\u2028\u2029\x0b\x0c\x85])\s*")


def _blocks(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches that sentences cannot leave: cut at blank lines and after headlines."""
    start, line = begin, begin
    for match in _BREAK.finditer(text, begin, end):
        gap = match.group()
        if len(gap.replace("\r\n", "\n").split("\n")) > 2 or _headline(text, line, match.start(), match.end(), end):
            yield start, match.start()
            start = match.end()
        line = match.end()
    if start < end:
        yield start, end


def _headline(text: str, start: int, end: int, following: int, limit: int) -> bool:
    """Whether a line is a headline: short, no final punctuation, and the next line begins like a sentence."""
    line = text[start:end].strip()
    if not line or line[-1] in '.!?…:,;»“”"’)-–' or len(line) > 60 or following >= limit:
        return False
    head = text[following:limit].lstrip("«„“\"'")[:1]
    # Wrapped prose has lines of like length: a headline is followed by a longer line.
    after = text.find("\n", following, limit)
    width = (limit if after < 0 else after) - following
    return (head.isupper() or head.isdigit()) and width > len(line) + 15


def _tokens(text: str, begin: int, end: int, rules: _Rules) -> Iterator[tuple[int, int]]:
    at = begin
    stuck = rules.prefixes
    for match in rules.pattern.finditer(text, begin, end):
        start, stop = match.span()
        if start < at or start == stop:
            continue
        form = match.group()
        at = stop
        if not form.translate(_STRIP).strip():
            continue
        last = form[-1]
        if stuck:
            # A prefix keeps its hyphen and the word behind it.
            if form.lower() in stuck and text[stop : stop + 1] == "-" and text[stop + 1 : stop + 2].isalpha():
                behind = rules.pattern.match(text, stop + 1, end)
                if behind:
                    stop = at = behind.end()
                    form = text[start:stop]
                    last = form[-1]
            clitic = _CLITIC.search(form)
            if clitic:
                yield start, start + clitic.start()
                yield start + clitic.start(), stop
                continue
            if last in "'’" and len(form) > 1:
                # A possessive of a plural keeps its apostrophe as a word; either way it stands alone.
                yield start, stop - 1
                yield stop - 1, stop
                continue
            joined = _CANNOT.match(form)
            if joined:
                cut = len(next(g for g in joined.groups() if g))
                yield start, start + cut
                yield start + cut, stop
                continue
        # «Mr.», «14.», «A.»: the full stop belongs to the word.
        if last != "." and stop < end and text[stop] == "." and text[stop + 1 : stop + 2] != ".":
            key = form.lower()
            if key in rules.inner or key in rules.either or _numbered(text, form, start, stop, end, rules):
                at = stop = stop + 1
        yield start, stop


def _numbered(text: str, form: str, start: int, stop: int, end: int, rules: _Rules) -> bool:
    """Whether «14.», «XIV.» or «J.» go on: an ordinal, a date or an initial, not the end of a sentence."""
    if len(form) == 1 and form.isupper():
        return stop + 1 < end
    digits = form[0].isdigit() and not form[-1].isalpha()
    if not rules.counted or not (digits or _ROMAN.match(form)):
        return False
    rest = _NEXT.match(text, stop + 1, end)
    if not rest or (rest.start() == stop + 1 and rest.group(1) is None):
        return False
    word = rest.group(1) or ""
    if form.isdecimal() and int(form) > _LAST_DAY and word.lower() not in rules.counted:
        before = _BEFORE.search(text, max(0, start - 30), start)
        if before and before.group(1) in rules.amounts:
            return False  # «auf mehr als 300.» counts
    whole = form.replace(".", "").isdigit()
    return (
        whole
        and len(form) <= 5
        and not (len(form) == 4 and form.isdigit())
        and bool(word)
        and (word not in rules.starters)
    ) or bool(_ROMAN.match(form) and word and word not in rules.starters)


#: Numbers up to it are days of a month more often than amounts.
_LAST_DAY = 31
_BEFORE = re.compile(r"([^\W\d_]+)\s+$")
_ROMAN = re.compile(r"^(?:[IVX]{2,5})$")
_NEXT = re.compile(r"\s*[,)]?\s*[-–]?\s*([\w]+)?")


def _sentences(text: str, spans: list[tuple[int, int]], rules: _Rules) -> Iterator[list[Token]]:
    """Tokens cut into sentences."""
    count = len(spans)
    sentence: list[Token] = []
    place = 0
    while place < count:
        start, end = spans[place]
        following = spans[place + 1][0] if place + 1 < count else len(text)
        sentence.append(Token(start, end, following > end or place + 1 == count))
        form = text[start:end]
        place += 1
        if place == count or not _ends(text, form, spans, place, rules):
            continue
        # Closing quotation marks and brackets go with the sentence that they close.
        while place < count and spans[place][0] == sentence[-1].end and text[spans[place][0]] in _CLOSING:
            if spans[place][1] - spans[place][0] > 2:
                break
            start, end = spans[place]
            following = spans[place + 1][0] if place + 1 < count else len(text)
            sentence.append(Token(start, end, following > end or place + 1 == count))
            place += 1
        if place < count and not _begins(text, spans, place, rules):
            continue
        yield sentence
        sentence = []
    if sentence:
        yield sentence


def _ends(text: str, form: str, spans: list[tuple[int, int]], place: int, rules: _Rules) -> bool:
    """Whether a sentence may end with this word."""
    if _STOPS.match(form):
        return True
    if form[-1] != "." or len(form) < 2:
        return False
    key = form[:-1].lower()
    if key not in rules.either and "." not in key:
        return False
    if key in rules.inner:
        return False
    start, end = spans[place]
    return text[start:end] in rules.starters


def _begins(text: str, spans: list[tuple[int, int]], place: int, rules: _Rules) -> bool:
    """Whether a sentence may begin here: after white space, not in lower case, not with a comma."""
    start = spans[place][0]
    if start == spans[place - 1][1]:
        return False
    at = place
    while at < len(spans) and text[spans[at][0]] in _OPENING and at < place + 2:
        at += 1
    first = text[spans[min(at, len(spans) - 1)][0]]
    return not first.islower() and first not in ",;:)]–-"
