"""The words of the interface in one language: those of the picture (lexicon) and those of the pages (words/*.toml)."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources

from lagebild.lexicon.labels import Labels, labels
from lagebild.lexicon.loader import LANGUAGES


class Words:
    """`words("search")` is a word of the pages; `words.label` holds the picture's words, dates and numbers."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.label: Labels = labels(language)
        self.own: dict[str, str] = load(language)

    def __call__(self, key: str, **values: object) -> str:
        text = self.own[key]
        return text.format(**values) if values else text

    def many(self, key: str, number: int) -> str:
        """`1 report`, `2 reports`: the words `KEY_one` and `KEY_many`."""
        return self(f"{key}_one" if number == 1 else f"{key}_many", n=self.label.number(number))

    def percent(self, share: float) -> str:
        """`93%`, `93 %`: certainty is never whole."""
        return self("percent", n=self.label.number(min(99, round(100 * share))))

    def stretch(self, start: int, shown: int, total: int) -> str:
        """`61–120 of 1,390`; all of few are only counted."""
        number = self.label.number
        if shown >= total:
            return number(total)
        return self("stretch", first=number(start + 1), last=number(start + shown), total=number(total))

    def short(self, iso: str | None) -> str:
        """A day in few characters: `5 Sep 2014`, `5.9.2014`."""
        try:
            day = date.fromisoformat(iso or "")
        except ValueError:
            return iso or ""
        if self.language == "de":
            return f"{day.day}.{day.month}.{day.year}"
        return f"{day.day} {self.label('month', str(day.month))[:3]} {day.year}"

    def tick(self, iso: str) -> str:
        """A day without its year: `5 Sep`, `5.9.`."""
        return self.short(iso)[:-4].rstrip()

    def span(self, start: str | None, end: str | None) -> str:
        if start is None and end is None:
            return ""
        if start == end:
            return self.short(start)
        return f"{self.short(start) if start else '…'} – {self.short(end) if end else '…'}"


@cache
def load(language: str) -> dict[str, str]:
    text = (resources.files("lagebild.web") / "words" / f"{language}.toml").read_text("utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}


@cache
def words(language: str) -> Words:
    return Words(language)


def chosen(asked: str | None, kept: str | None, accepted: str) -> str:
    """The language asked for in the address, else kept in the cookie, else the first that the browser accepts, else English."""
    for language in (asked, kept):
        if language in LANGUAGES:
            return str(language)
    for part in accepted.split(","):
        language = part.split(";")[0].strip()[:2].lower()
        if language in LANGUAGES:
            return language
    return "en"
