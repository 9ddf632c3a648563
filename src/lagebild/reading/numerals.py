"""Reads numbers: digits with separators and number words such as «sechsundfünfzig», by the lexicon's numerals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from lagebild.lexicon.loader import load

#: Digits: groups of three parted by . , ' ’ or a narrow space, or plain digits, with an optional decimal part.
DIGITS = r"(?:\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+|\d+)(?:[.,]\d{1,2})?"
_LIMIT = 60  # no number word is longer; hostile input must not cost time


@dataclass(frozen=True, slots=True, eq=False)
class Numerals:
    """The number words of one language: the forms by value, what joins them, and the sign of decimals."""

    values: dict[str, float]
    joints: tuple[str, ...]
    halves: tuple[str, ...]
    decimal: str
    _pattern: regex.Pattern[str]

    @lru_cache(maxsize=20_000)  # noqa: B019  one object a language lives as long as the program
    def word(self, text: str) -> float | None:
        """The value of a number word («hundertzwanzig», «dreieinhalb», «fifty-six»), or None."""
        folded = text.casefold()
        if not folded or len(folded) > _LIMIT or folded[-1:] == "-":
            return None
        if folded in self.values:
            return self.values[folded]
        half = next((h for h in self.halves if folded.endswith(h) and len(folded) > len(h)), "")
        stem = folded.removesuffix(half) if half else folded
        total = part = 0.0
        position, seen = 0, False
        while position < len(stem):
            match = self._pattern.match(stem, position)
            if match is None:
                return None
            position = match.end()
            if match.group() in self.joints:
                continue
            value = self.values[match.group()]
            seen = True
            if value >= 1000:
                total, part = total + max(part, 1) * value, 0
            elif value == 100:
                part = max(part, 1) * 100
            else:
                part += value
        return total + part + (0.5 if half else 0) if seen else None

    @lru_cache(maxsize=20_000)  # noqa: B019  one object a language lives as long as the program
    def digits(self, text: str) -> float | None:
        """The value of digits as written here: «17'600», «1.034.514», «3,5» in German; «1,100», «3.5» in English."""
        if not text[:1].isdecimal() or len(text) > _LIMIT or (not text.isascii() and not regex.fullmatch(DIGITS, text)):
            return None
        group = "." if self.decimal == "," else ","
        plain = text.replace("'", "").replace("’", "").replace("\u00a0", "").replace("\u202f", "")
        if regex.fullmatch(rf"\d{{1,3}}(?:{regex.escape(group)}\d{{3}})+(?:{regex.escape(self.decimal)}\d+)?", plain):
            plain = plain.replace(group, "")
        elif plain.count(group) and regex.fullmatch(rf"\d+{regex.escape(group)}\d{{1,2}}", plain):
            plain = plain.replace(group, self.decimal)
        plain = plain.replace(self.decimal, ".")
        try:
            return float(plain)
        except ValueError:
            return None

    def value(self, text: str) -> float | None:
        """The value of digits or of a number word."""
        return self.digits(text) if text[:1].isdecimal() else self.word(text)


@cache
def numerals(language: str) -> Numerals:
    """The numerals of a language (`numbers.toml`)."""
    table = load(language, "numbers")
    values = {entry["form"]: float(entry["value"]) for entry in table.get("numeral", ())}
    marks = table.get("marks", {})
    joints = tuple(marks.get("joints", ("-",)))
    forms = sorted([*values, *joints], key=len, reverse=True)
    pattern = regex.compile("|".join(map(regex.escape, forms)) or r"(?!)")
    return Numerals(values, joints, tuple(marks.get("halves", ())), marks.get("decimal", "."), pattern)
