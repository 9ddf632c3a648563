"""Understands raw page text without cutting it: which lines are headline, byline, crosshead, caption or body.

A zone ends a sentence. Body text is one zone a paragraph, so that a crosshead or a caption between two paragraphs
never runs into a sentence, while a paragraph broken into short lines stays whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from lagebild.lexicon.loader import LANGUAGES, load
from lagebild.model import Span, Zone

#: The longest crosshead or headline, in words: longer lines without a final stop are body text.
CROSSHEAD_WORDS = 9
HEADLINE_WORDS = 18
#: The longest line that may be a byline, in characters.
BYLINE_LENGTH = 110
#: A caption without a mark of its own doubles a body sentence only if it is at least this long.
DOUBLE_LENGTH = 25

_SPACES = re.compile(r"[^\S\n]+")  # odd ones as well: no-break, thin, narrow
_INVISIBLE = dict.fromkeys(map(ord, "\xad\u200b\u2060\ufeff"))
_FINAL = re.compile(r"[.!?:;…][»«\"“”’'›‹)\]]*$|[.!?…,]\s?[»«\"“”’'›‹]$|,$")
_NAME = r"[^\W\d_a-z][\w.'’-]+( (von|van|de|al|bin|der|den)| [^\W\d_a-z][\w.'’-]*){0,4}"
#: The line of place, day and agency before the first sentence: «Kiew (dpa) - », «GENEVA, Aug 13 - ». Agency or day, or a
#: place in capitals, must be there: «Donezk - einst eine Millionenstadt - » is text.
_CITY = r"[^\W\d_a-z][\w.'’-]*( [^\W\d_a-z][\w.'’-]*){0,3}"
_CITIES = rf"{_CITY}( ?/ ?{_CITY})*"
_CAPITALS = r"[^\W\d_a-z]{2,}([ /.'’-]{1,2}[^\W\d_a-z]+){0,6}"
_DAY = r", (\d{1,2}\. ?[^\W\d_]{3,9}\.?|[^\W\d_]{3,9}\.? \d{1,2})(,? \d{4})?"
_AGENCY = r",? ?\([^\W\d_][\w/.,& -]{1,24}\)"
_DATELINE = re.compile(
    rf"\s*(({_CITIES}({_DAY})?{_AGENCY}|{_CITIES}{_DAY}|{_CAPITALS}({_DAY})?({_AGENCY})?) ?(-{{1,2}}|[–—])|{_CITIES}{_AGENCY}:) "
    r"(?=[\w\"'„“”»«›‹])"
)
_SENTENCE_EDGE = re.compile(r"[.!?…:»«\"“”\n][\s»«\"“”)]*$")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int  # after its line end
    plain: str  # without soft hyphens and odd spaces
    blank_before: bool = False
    blank_after: bool = False
    kind: str = ""
    double_of: int | None = None

    @property
    def final(self) -> bool:
        """Whether the line ends like a sentence."""
        return bool(_FINAL.search(self.plain))

    @property
    def words(self) -> int:
        return len(self.plain.split())

    @property
    def opens(self) -> bool:
        """Whether the line can begin a sentence: it does not go on in small letters."""
        first = next((c for c in self.plain if c.isalnum()), "")
        return not first.islower()


def plain(line: str) -> str:
    """A line as a reader sees it: soft hyphens and zero-width characters gone, any white space one space."""
    return _SPACES.sub(" ", line.translate(_INVISIBLE)).strip()


@lru_cache(maxsize=2)  # asked for twice for a report: to cut its sentences and to show them
def zones(text: str) -> tuple[Zone, ...]:
    """The zones of a raw page text, in order; together they are the whole text (white space goes to the one before)."""
    lines = _lines(text)
    if not lines:
        return (Zone("body", (0, len(text))),) if text else ()
    wrapped = _is_wrapped(lines)
    lines = [_captioned(line) for line in lines]
    lines = _doubles(text, lines)
    lines = _datelined(text, _heads(lines, wrapped))
    found: list[Zone] = []
    for index, line in enumerate(lines):
        kind = line.kind or "body"
        span = (line.start, line.end)
        if found and kind == "body" == found[-1].kind and _goes_on(lines[index - 1], line, wrapped):
            found[-1] = replace(found[-1], span=(found[-1].span[0], line.end))
        else:
            found.append(Zone(kind, span, line.double_of))
    return _covering(found, len(text))


def breaks(text: str) -> tuple[int, ...]:
    """Offsets that no sentence may cross: the starts of all zones but the first."""
    return tuple(zone.span[0] for zone in zones(text)[1:])


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    blank, start = False, 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        shown = plain(text[start:end])
        if shown:
            lines.append(_Line(start, end, shown, blank_before=blank))
            blank = False
        else:
            if lines:
                lines[-1] = replace(lines[-1], blank_after=True)
            blank = True
        start = end
    return lines


def _is_wrapped(lines: list[_Line]) -> bool:
    """Whether the text is broken at a fixed width: many lines, most of the full ones not ending like a sentence."""
    inner = [line for line in lines if not line.blank_after]
    if len(inner) < 4:
        return False
    width = max(len(line.plain) for line in inner)
    full = [line for line in inner if len(line.plain) > 0.6 * width]
    return width < 120 and len(full) * 2 > len(inner) and sum(not line.final for line in full) > 0.6 * len(full)


def _captioned(line: _Line) -> _Line:
    marks = _marks()
    if line.plain.endswith("/") and line.words > 1 and "://" not in line.plain:
        return replace(line, kind="caption")
    if len(line.plain) < 400 and any(pattern.search(line.plain) for pattern in marks["caption"]):
        return replace(line, kind="caption")
    if len(line.plain) <= BYLINE_LENGTH and any(pattern.search(line.plain) for pattern in marks["byline"]):
        return replace(line, kind="byline")
    return line


def _doubles(text: str, lines: list[_Line]) -> list[_Line]:
    """Captions that say again what a sentence of the body says: marked ones by their beginning, others word by word."""
    result = list(lines)
    seen: dict[str, int] = {}
    for index, line in enumerate(lines):
        if line.kind == "caption":
            words = _core(line.plain)
            start = _find(text, words, [other for other in lines if not other.kind]) if len(words) > 15 else None
            result[index] = replace(line, double_of=start)
        elif not line.kind and len(line.plain) >= DOUBLE_LENGTH:
            first = seen.setdefault(line.plain, line.start)
            if first != line.start:
                result[index] = replace(line, kind="caption", double_of=first)
    return result


def _core(caption: str) -> str:
    """A caption's sentence without its mark («(Archivbild) /») and final stop."""
    core = caption.rstrip(" /")
    for pattern in _marks()["caption"]:
        match = pattern.search(core)
        if match and match.start() > 0:
            core = core[: match.start()]
    return core.rstrip(" .…!?/(")


def _find(text: str, words: str, body: list[_Line]) -> int | None:
    """Where a body sentence begins with these words (white space and soft hyphens as they may be)."""
    pattern = re.compile(r"[\s\xad]+".join(re.escape(word) for word in words.split()))
    for line in body:
        for match in pattern.finditer(text, line.start, line.end):
            if match.start() == line.start or not text[line.start : match.start()].strip():
                return match.start()
            if _SENTENCE_EDGE.search(text[line.start : match.start()]):
                return match.start()
    return None


def _heads(lines: list[_Line], wrapped: bool) -> list[_Line]:
    """Headlines before the first body line, crossheads between body lines."""
    result = list(lines)
    texts = [index for index, line in enumerate(lines) if not line.kind and (line.final or line.words > HEADLINE_WORDS)]
    if not texts:
        return result
    first, last = texts[0], texts[-1]
    for index, line in enumerate(lines):
        if line.kind or line.final or not line.opens or not any(c.isalpha() for c in line.plain):
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        if following is None or not following.opens:
            continue  # it goes on in the next line, or is the text's last, broken-off line
        apart = line.blank_before and line.blank_after
        if index < first:
            if line.words <= HEADLINE_WORDS and (line.blank_after or not wrapped):
                result[index] = replace(line, kind="headline")
        elif index < last and line.words <= CROSSHEAD_WORDS:
            before = lines[index - 1]
            if apart or (not wrapped and (before.final or before.kind or result[index - 1].kind or line.blank_before)):
                result[index] = replace(line, kind="crosshead")
    return _without_lists(result)


def _datelined(text: str, lines: list[_Line]) -> list[_Line]:
    """The first body line without the line of place, day and agency at its beginning, which is a byline of its own."""
    first = next((index for index, line in enumerate(lines) if not line.kind), None)
    if first is None:
        return lines
    line = lines[first]
    match = _DATELINE.match(text, line.start, line.end)
    if match is None or match.end() - line.start > BYLINE_LENGTH:
        return lines
    head = _Line(line.start, match.end(), plain(match.group()), line.blank_before, kind="byline")
    rest = replace(line, start=match.end(), plain=plain(text[match.end() : line.end]), blank_before=False)
    return [*lines[:first], head, rest, *lines[first + 1 :]]


def _without_lists(lines: list[_Line]) -> list[_Line]:
    """Three short lines in a row are a list, which is body text, not crossheads."""
    result, start = list(lines), 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].kind == "crosshead":
            end += 1
        if end - start >= 3:
            result[start:end] = [replace(line, kind="") for line in lines[start:end]]
        start = max(end, start + 1)
    return result


def _goes_on(before: _Line, line: _Line, wrapped: bool) -> bool:
    """Whether a body line continues the paragraph of the one before."""
    if before.final and not before.plain.endswith(","):
        return wrapped and not before.blank_after
    return not before.blank_after or not line.opens


def _covering(found: list[Zone], length: int) -> tuple[Zone, ...]:
    """Stretches every zone up to the next one, the first from the beginning, the last to the end."""
    starts = [0, *(zone.span[0] for zone in found[1:])]
    ends = [*starts[1:], length]
    spans: list[Span] = list(zip(starts, ends, strict=True))
    return tuple(replace(zone, span=span) for zone, span in zip(found, spans, strict=True))


@cache
def _marks() -> dict[str, tuple[re.Pattern[str], ...]]:
    """The patterns of captions and bylines of all languages: a page's furniture need not be in the article's."""
    found: dict[str, list[re.Pattern[str]]] = {"caption": [], "byline": []}
    for language in LANGUAGES:
        for entry in load(language, "zones").get("entry", ()):
            word = str(entry["word"]).replace("NAME", _NAME)
            if entry["mark"] == "bracket":
                pattern = rf"[(\[]\s*(\w+[ -])?{word}\b[^()\[\]]*[)\]]\s*/?$|(?<=[.!?»”“\"]) {word}: ?[^.:]{{1,40}}$"
            else:
                pattern = rf"^{word}" + ("$" if entry["mark"] == "whole" else "")
            flags = re.IGNORECASE if "NAME" not in str(entry["word"]) else 0
            found[entry["zone"]].append(re.compile(pattern, flags))
    return {zone: tuple(patterns) for zone, patterns in found.items()}
