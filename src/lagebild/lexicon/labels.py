"""The words of a language for types, states, measures and the like, its dates and numbers, and sentence templates."""

from __future__ import annotations

from datetime import date
from functools import cache

from lagebild.lexicon.loader import load


class Labels:
    """The words of one language of display."""

    def __init__(self, language: str) -> None:
        table = load(language, "picture")
        self.language = language
        self._labels: dict[str, dict[str, str]] = table["label"]
        self._templates: dict[str, str] = {entry["id"]: entry["text"] for entry in table["template"]}

    def __call__(self, group: str, id: str | None) -> str:
        """The word for a value of a group (type, mode, issue, state …); the value itself where there is none."""
        return self._labels[group].get(id, id) if id is not None else ""

    def act(self, type_: str, mode: str | None) -> str:
        """What an event is called: by its mode where that has a word of its own."""
        return self._labels["mode"].get(mode or "") or self("type", type_)

    def day(self, iso: str | None) -> str:
        """`5. September 2014`; what is no day stays as it is."""
        try:
            day = date.fromisoformat(iso or "")
        except ValueError:
            return iso or "?"
        return self("form", "day").format(day=day.day, month=self("month", str(day.month)), year=day.year)

    def days(self, start: str | None, end: str | None) -> str:
        """A span of days, open sides as an ellipsis; empty if neither is known."""
        if start is None and end is None:
            return ""
        if start == end:
            return self.day(start)
        return f"{self.day(start) if start else '…'} – {self.day(end) if end else '…'}"

    def number(self, value: float) -> str:
        """`17,600` in English, `17.600` in German."""
        if not float(value).is_integer():
            return f"{value:.10g}" if self.language == "en" else f"{value:.10g}".replace(".", ",")
        return f"{int(value):,}".replace(",", self("form", "thousands"))

    def sentence(self, template: str, **values: str) -> str:
        """A template with its values filled in."""
        return self._templates[template].format(**values)


@cache
def labels(language: str) -> Labels:
    """The words of a language, loaded once."""
    return Labels(language)
